"""What a form of period expressions is, and the tail that says which year it lies in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from govreq.mentions.mention import Anchor, PeriodExpression
from govreq.mentions.period_shape import place_shape
from govreq.mentions.period_words import SHORT_YEAR, year_of

Reader = Callable[[re.Match[str]], "tuple[PeriodExpression, ...]"]


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """One way to word a period.

    ``cues`` are substrings in lower case, one of which every match has: they keep the pattern from
    being tried in vain. ``read`` gives the expressions of a match: none where it is none after all,
    and two for "the first and second half": then the groups ``a`` and ``b`` are their spans.
    """

    name: str
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reader


def make_form(name: str, cues: str, pattern: str, read: Reader) -> PeriodForm:
    """A form whose pattern begins and ends at word boundaries; ``cues`` are split at commas."""
    compiled = re.compile(rf"(?<![\w$€£])(?:{pattern})(?!\w)")
    return PeriodForm(name, tuple(cues.split(",")), compiled, read)


LAST_YEAR_WORDS = r"(?:last (?:calendar )?year|(?:the )?past year|last calendar year)"
THIS_YEAR_WORDS = r"(?:this (?:calendar )?year|the current (?:calendar )?year|the year so far)"
EARLIER_YEAR_WORDS = (
    r"(?:the )?(?:previous|preceding|prior) (?:calendar )?year|(?:the|a) year "
    r"(?:before(?! last)|earlier|prior|previous|previously|ago)|a year-?earlier"
)
LATER_YEAR_WORDS = r"the (?:following|next|subsequent) year"

TAIL = (
    rf"(?i:,? ?(?:\b(?:of|in|during|for|from|to) )?(?:the )?(?:(?:calendar|financial|"
    rf"fiscal) )?(?:year )?"
    rf"(?P<y>{SHORT_YEAR})"
    rf"|,? (?:(?:of|in|during|for) )?(?P<ty>{THIS_YEAR_WORDS})"
    rf"|,? (?:(?:of|in|during|for) )?(?P<ly>{LAST_YEAR_WORDS})"
    rf"|,? (?:(?:of|in|during|for) )?(?P<by>the year before last|two years ago)"
    rf"|,? (?:(?:of|in|during|for) )?(?P<py>{EARLIER_YEAR_WORDS})"
    rf"|,? (?:(?:of|in|during|for) )?(?P<ny>{LATER_YEAR_WORDS})"
    rf"|,? (?:(?:of|in|during|for) )?(?P<sy>(?:the same|that|the|each|the reporting) "
    rf"(?:calendar )?year(?! (?:to|end)))|)"
)
"""Which year a half, quarter or month lies in, or nothing."""

NEEDED_TAIL = TAIL.removesuffix("|)") + ")"
"""The same where it must be said."""


def with_tail(match: re.Match[str], shape: str) -> tuple[PeriodExpression, ...]:
    """The expression of a shape whose year the groups of :data:`TAIL` tell."""
    groups = match.groupdict()
    if groups.get("y"):
        return absolute(shape, year_of(groups["y"]))
    if groups.get("ty"):
        return (PeriodExpression(Anchor.PUBLISHED, shape=shape),)
    for group, back in (("ly", 1), ("by", 2)):
        if groups.get(group):
            return (PeriodExpression(Anchor.PUBLISHED, shape=shape, offset=back),)
    for group, back in (("py", 1), ("ny", -1)):
        if groups.get(group):
            return (PeriodExpression(Anchor.YEAR, shape=shape, offset=back),)
    return (PeriodExpression(Anchor.YEAR, shape=shape),)


def absolute(shape: str, year: int) -> tuple[PeriodExpression, ...]:
    """The expression of a shape in a known year, nothing where there is no such period."""
    period = place_shape(shape, year)
    if period is None:
        return ()
    return (PeriodExpression(Anchor.NONE, period, shape),)

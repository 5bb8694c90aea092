"""Period expressions: which stretch of time a text speaks of, in all its wordings.

The forms stand in ``period_parts``, ``period_dates`` and ``period_relative``; to add an expression,
add an entry there and its examples to ``tests/mentions/test_period.py``. The longest expression
wins where two overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govreq.article.spans import Span
from govreq.mentions.mention import Anchor, Mention, Period, PeriodExpression
from govreq.mentions.period_dates import DATE_FORMS
from govreq.mentions.period_form import PeriodForm, absolute, make_form
from govreq.mentions.period_parts import PART_FORMS
from govreq.mentions.period_relative import RELATIVE_FORMS
from govreq.mentions.period_resolve import resolve_period
from govreq.mentions.period_shape import place_shape
from govreq.mentions.period_words import YEAR
from govreq.mentions.year import is_year

__all__ = ["FORMS", "find_periods", "resolve_period"]

LAW_BEFORE = re.compile(
    r"(?:\b(?:Acts?|Laws?|Regulations?|Directive|Rules|GDPR|Bill|Ordinance|Code|Amendments?|Order|"
    r"Statute|Decree|Resolution|[Cc]lass|Windows|[Ss]ections?|Sec\.|Agenda|Vision|Expo|"
    r"Olympics|Rule|"
    r"No\.|Article|Office|Convention|Treaty|Constitution|Guidelines|Policy|Roadmap|FIFA|Room|Route)"
    r"(?:,| of|, of| \(|,? No\.)? ?|[§#$€£₹]\s?|\b[A-Z]-)$"
)
"""What a year belongs to that is no time. Accepts: "Act, ", "class of ". Refuses: "in "."""

LAW_AFTER = re.compile(
    r"\s(?:(?:[A-Z][\w-]*|and|of) ){0,4}(?:Act|Law|Bill|Directive|Regulation|Rules|Ordinance|Code|"
    r"Constitution|Convention|Treaty|Order|Olympics|World Cup)\b|"
    r"\s(?:(?:federal|national|state|controversial|landmark) )?(?:law|act|statute|directive|ruling|"
    r"judgment|lawsuit|elections?|presidential|general election|protests|coup|attacks?|edition|"
    r"U\.S\.C|film|book|model)\b"
)
"""What makes a year part of a name. Accepts: " CLOUD Act". Refuses: " report"."""

LONGEST_MONTH = 31
"""Days that a month has at most."""

SHARED_YEAR = re.compile(
    r"(?: and| or|,| and in| and for| to| and the| as well as)? ?(?:in |the )?"
)
"""Between a stretch without a year and the next one, whose year it has. Accepts: " and "."""


def _plain_year(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    start, end = match.span("y")
    text = match.string
    line = Span(max(0, start - 60), min(len(text), end + 60))
    before = text[max(0, start - 24) : start]
    if LAW_BEFORE.search(before) or LAW_AFTER.match(text, end, line.end):
        return ()
    if not is_year(text, line, start, end):
        return ()
    return absolute("year", int(match.group("y")))


YEAR_FORM = make_form(
    "year",
    "19,20",
    rf"(?:(?i:calendar|the)(?: calendar)?(?: year)? |(?i:year )|CY ?)?(?P<y>{YEAR})(?:[’']s)?",
    _plain_year,
)

FORMS: tuple[PeriodForm, ...] = (*PART_FORMS, *DATE_FORMS, *RELATIVE_FORMS, YEAR_FORM)
"""Every form, in the order in which they are tried."""

GATE = re.compile(
    r"(?:19|20)[0-9]{2}|year|half|quarter|month|period|[12]h|h[12y]|[1-4]q|q[1-4]|since|far|"
    r"to date|"
    r"till date|time|stretch|span|window|interval|decade|halves|jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|"
    r"oct|nov|dec|[’'][0-9]{2}|weeks|days|report|fy|y-?o-?y|[0-9][/.-][0-9]"
)
"""What every sentence with a period has, in lower case. Accepts: "year". Refuses: "request"."""


def find_periods(text: str, within: Span) -> tuple[Mention[PeriodExpression], ...]:
    """The period expressions of ``text[within.start:within.end]``, in its order, none overlapping.

    Years of laws ("the Act, 2000") and counts that look like years ("2020 requests") are none. Each
    mention's rule is ``period:`` and the name of its form.
    """
    lowered = text[within.start : within.end].lower()
    if not GATE.search(lowered):
        return ()
    found: list[Mention[PeriodExpression]] = []
    for form in FORMS:
        if any(cue in lowered for cue in form.cues):
            found.extend(_read_form(form, text, within))
    chosen = _longest_first(found, within)
    return tuple(_carry_years(_share_years(text, chosen)))


def _read_form(form: PeriodForm, text: str, within: Span) -> Iterator[Mention[PeriodExpression]]:
    for match in form.pattern.finditer(text, within.start, within.end):
        expressions = form.read(match)
        rule = f"period:{form.name}"
        if len(expressions) == 2:
            spans = (Span(match.start(), match.end("a")), Span(*match.span("b")))
        else:
            spans = (Span(*match.span()),) * 2
        for span, expression in zip(spans, expressions, strict=False):
            yield Mention(_trimmed(text, span), expression, rule)


def _trimmed(text: str, span: Span) -> Span:
    inner = text[span.start : span.end]
    return Span(span.start + len(inner) - len(inner.lstrip()), span.start + len(inner.rstrip()))


def _longest_first(
    found: Sequence[Mention[PeriodExpression]], within: Span
) -> list[Mention[PeriodExpression]]:
    taken = bytearray(len(within))
    chosen = []
    for mention in sorted(found, key=lambda one: -len(one.span)):
        start, end = mention.span.start - within.start, mention.span.end - within.start
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            chosen.append(mention)
    return sorted(chosen, key=lambda one: one.span)


def _share_years(
    text: str, mentions: Sequence[Mention[PeriodExpression]]
) -> list[Mention[PeriodExpression]]:
    """The year of the second for the first: "January–June and July–December 2020"."""
    shared = list(mentions)
    for place in range(len(shared) - 2, -1, -1):
        first, second = shared[place], shared[place + 1]
        gap = text[first.span.end : second.span.start]
        if first.value.anchor is not Anchor.YEAR or not SHARED_YEAR.fullmatch(gap):
            continue
        value = second.value
        if value.anchor is Anchor.NONE and value.period is not None:
            period = place_shape(first.value.shape, value.period.end.year)
            if period is not None:
                expression = PeriodExpression(Anchor.NONE, period, first.value.shape)
                shared[place] = replace(first, value=expression)
        elif value.anchor in (Anchor.PUBLISHED, Anchor.YEAR):
            expression = replace(value, shape=first.value.shape)
            shared[place] = replace(first, value=expression)
    return shared


def _carry_years(
    mentions: Sequence[Mention[PeriodExpression]],
) -> Iterator[Mention[PeriodExpression]]:
    """A month after one with a year lies in that year: "17 in May 2021 and 12 in June"."""
    named: Period | None = None
    for mention in mentions:
        value = mention.value
        if (
            mention.rule == "period:month"
            and value.anchor is Anchor.PUBLISHED
            and named is not None
        ):
            period = place_shape(value.shape, named.end.year)
            if period is not None and value.offset == 0 and period.start > named.start:
                value = PeriodExpression(Anchor.NONE, period, value.shape)
                mention = replace(mention, value=value)
        if value.anchor is Anchor.NONE and value.period is not None:
            single = (value.period.end - value.period.start).days <= LONGEST_MONTH
            named = value.period if single else None
        yield mention

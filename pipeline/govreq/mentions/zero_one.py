"""None and one: "no requests", "zero", "none", "not any", "a single one", and "one" the pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.cue import find_cues_of
from govreq.mentions.mention import Unit
from govreq.mentions.number_words import any_of, number_words
from govreq.mentions.series import Item

PRONOUN_BEFORE = re.compile(
    r"\b(?:no|the|this|that|any|every|each|which|some|another|latter|former|new|big|first|"
    r"last|next|"
    r"previous|good|a|an|other|such|is|as|or|to|(?:a|an|the) (?!remaining|only)[a-z]+)[ -]$",
    re.IGNORECASE,
)
"""Words before "one" that make it a pronoun. Accepts: "no ". Refuses: "received "."""

PRONOUN_AFTER = re.compile(
    r"[’']s\b| (?:of (?:the (?:most|first|biggest|largest|few|main|world|many|top|reasons)|"
    r"its|our)|"
    r"another|can|could|would|must|might|may|should|has to|thing|day|way|hand|more|reason|wonders|"
    r"by one)\b|-(?!time)\w|\s?[)\]]",
    re.IGNORECASE,
)
"""Words after "one" that make it no count. Accepts: " of the largest". Refuses: " request"."""

SINGLE = re.compile(r"\b(not )?an? (?:single|lone|sole)\b(?!-)", re.IGNORECASE)
"""One, in other words. Accepts: "a single". Refuses: "every single"."""

NOT_ONE = re.compile(r"\bnot (?:even )?one\b", re.IGNORECASE)
"""None, in other words. Accepts: "not one". Refuses: "one"."""

NOT_ANY = re.compile(r"(?:\bnot|n[’']t|\bnever|\bwithout) (?:[a-z]+ ){0,4}(any)\b", re.IGNORECASE)
"""None, in other words. Accepts: "has not received any". Refuses: "at any rate"."""

ZERO_REFUSED = re.compile(
    r"-|[ -](?:day|tolerance|trust|knowledge|sum|hour|one\b|longer|doubt|matter|way|more than|"
    r"fewer|less|later|wonder|idea|such|comment|question|reason|other|change|surprise|precise|"
    r"exact|rating)",
    re.IGNORECASE,
)
"""What makes "no" or "zero" no count. Accepts: " longer". Refuses: " requests"."""

ZERO_NAMED = re.compile(r"\b(?:triple|double|ground|net|sub|absolute) $", re.IGNORECASE)
"""Words before "zero" that make it a name. Accepts: "triple ". Refuses: "received "."""

CLAUSE_END = re.compile(r"[,.;:]|\b(?:in|of|to|from|was|were|that|which|who)\b")
"""Where the noun phrase after "no" ends at the latest. Accepts: " of". Refuses: " user"."""

CONTENTS = re.compile(r"\b(?:data|information|content)\b")
"""What is given or not given. Accepts: " user data". Refuses: " database"."""


def is_pronoun(text: str, within: Span, span: Span) -> bool:
    """Whether the number word at ``span`` is "one" and stands for a thing named before."""
    if text[span.start : span.end].lower() != "one":
        return False
    before = text[max(within.start, span.start - 20) : span.start]
    after = text[span.end : min(within.end, span.end + 24)]
    return bool(PRONOUN_BEFORE.search(before) or PRONOUN_AFTER.match(after))


def find_zeros_and_ones(text: str, within: Span) -> Iterator[Item]:
    """Candidates for "none" (rule ``quantity:zero``) and "a single" (``quantity:single``)."""
    for match in SINGLE.finditer(text, within.start, within.end):
        rule = "zero" if match.group(1) else "single"
        yield _item(Span(*match.span()), 0.0 if match.group(1) else 1.0, rule)
    for match in NOT_ONE.finditer(text, within.start, within.end):
        yield _item(Span(*match.span()), 0.0, "zero")
    for match in _zero_words().finditer(text, within.start, within.end):
        if _counts_nothing(text, within, Span(*match.span())):
            yield _item(Span(*match.span()), 0.0, "zero")
    for match in NOT_ANY.finditer(text, within.start, within.end):
        if _has_counted_noun(text, within, match.end(1)):
            yield _item(Span(*match.span(1)), 0.0, "zero")


def _item(span: Span, value: float, rule: str) -> Item:
    return Item(span, span, value, Unit.NUMBER, f"quantity:{rule}")


@cache
def _zero_words() -> re.Pattern[str]:
    words = any_of(list(number_words("zero")))
    return re.compile(rf"(?<![\w-])(?:{words})\b", re.IGNORECASE)


def _counts_nothing(text: str, within: Span, span: Span) -> bool:
    """Whether "no" has a counted noun after it; "none", "nil" and "zero" need none."""
    if ZERO_REFUSED.match(text, span.end, within.end):
        return False
    if ZERO_NAMED.search(text[max(within.start, span.start - 9) : span.start]):
        return False
    if text[span.start : span.end].lower() != "no":
        return True
    return not text.startswith(".", span.end) and _has_counted_noun(text, within, span.end)


def _has_counted_noun(text: str, within: Span, start: int) -> bool:
    reach = text[start : min(within.end, start + 48)]
    end = CLAUSE_END.search(reach)
    phrase = reach[: end.start()] if end is not None else reach
    if CONTENTS.search(phrase):
        return True
    return bool(find_cues_of("counted", phrase, Span(0, len(phrase))))

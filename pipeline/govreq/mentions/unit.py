"""What kind of number a numeral is, by the signs and words beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from govreq.article.spans import Span
from govreq.mentions.mention import Unit
from govreq.mentions.numeral import Numeral
from govreq.mentions.year import is_year
from govreq.vocabulary.loader import Row, load_rows

CURRENCY_LETTERS = re.compile(r"\b(?:Rs\.?|INR|USD|EUR|GBP|US|CAD|AUD)$")
"""Letters stuck to an amount. Accepts: "Rs" in "Rs500". Refuses: "G" in "G20"."""

HYPHENATED = re.compile(r"[A-Za-z]-$")
"""A word joined to the number. Accepts: "F-" in "F-16". Refuses: "- "."""

JOINED_TIME = re.compile(
    r"\b(?:mid|early|late|pre|post|June|July|January|December)-$", re.IGNORECASE
)
"""Words that a year is joined to. Accepts: "mid-". Refuses: "F-"."""

MINUS = re.compile(r"(?:^|[\s(|:])[-−–]$")
"""The sign of a negative number. Accepts: " -". Refuses: "F-"."""


class UnitRow(Row):
    """Words (regular expressions) on one side of a number, and what they make it."""

    name: str
    unit: Unit
    side: Literal["before", "after"]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitReading:
    """The unit of a number, what it covers with its sign or unit word, and the rule."""

    unit: Unit
    span: Span
    rule: str


def read_unit(text: str, within: Span, numeral: Numeral) -> UnitReading:
    """The unit of ``numeral``; NUMBER where nothing beside it says otherwise."""
    span = Span(numeral.span.start, numeral.end)
    stuck = _stuck_letters(text, within, numeral)
    if stuck is not None:
        return stuck
    before = _before(text, within, span)
    if before is not None:
        return before
    if numeral.plain and is_year(text, within, numeral.span.start, numeral.span.end):
        return UnitReading(Unit.YEAR, span, "quantity:year")
    after = _after(text, within, span)
    if after is not None:
        return after
    if text[span.end : span.end + 1].isalpha() and numeral.form == "digits":
        return UnitReading(Unit.CODE, span, "quantity:letters")
    return UnitReading(Unit.NUMBER, span, f"quantity:{numeral.form}")


def _stuck_letters(text: str, within: Span, numeral: Numeral) -> UnitReading | None:
    start = numeral.span.start
    window = text[max(within.start, start - 10) : start]
    span = Span(start, numeral.end)
    if numeral.form == "digits" and window[-1:].isalpha():
        unit = Unit.MONEY if CURRENCY_LETTERS.search(window) else Unit.CODE
        return UnitReading(unit, span, "quantity:letters")
    if HYPHENATED.search(window):
        year = numeral.plain and len(numeral.digits) == 4 and JOINED_TIME.search(window)
        return UnitReading(Unit.YEAR if year else Unit.CODE, span, "quantity:hyphenated")
    return None


def _before(text: str, within: Span, span: Span) -> UnitReading | None:
    left = max(within.start, span.start - 20)
    match = _pattern("before").search(text[left : span.start])
    if match is None or match.lastgroup is None:
        return None
    row = _row(match.lastgroup)
    start = left + match.start() if row.unit is Unit.MONEY else span.start
    return UnitReading(row.unit, Span(start, span.end), f"units:{row.name}")


def _after(text: str, within: Span, span: Span) -> UnitReading | None:
    match = _pattern("after").match(text, span.end, min(within.end, span.end + 40))
    if match is None or match.lastgroup is None:
        return None
    row = _row(match.lastgroup)
    covers = row.unit in (Unit.PERCENT, Unit.MONEY) or row.name == "fold"
    end = match.end() if covers else span.end
    start = span.start
    if row.unit is Unit.PERCENT and MINUS.search(text[max(within.start, start - 2) : start]):
        start -= 1
    return UnitReading(row.unit, Span(start, end), f"units:{row.name}")


def _row(key: str) -> UnitRow:
    return _units()[int(key.removeprefix("row"))]


@cache
def _units() -> tuple[UnitRow, ...]:
    return load_rows("units", UnitRow)


@cache
def _pattern(side: str) -> re.Pattern[str]:
    alternatives = "|".join(
        f"(?P<row{place}>{'|'.join(row.patterns)})"
        for place, row in enumerate(load_rows("units", UnitRow))
        if row.side == side
    )
    return re.compile(rf"(?:{alternatives})\s?$" if side == "before" else alternatives)

"""When a document's fiscal year begins: what it says itself, else the country that it speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from govreq.mentions.period_words import MONTH, month_of
from govreq.vocabulary.loader import Row, load_rows

STATED = re.compile(
    rf"(?i:(?:fiscal|financial)[ -]years?) (?:\w+ ){{0,3}}?(?:to|ending|ended|ends|"
    rf"that ended)(?: on)?"
    rf"(?: the end of)? (?:[0-9]{{1,2}}(?:st|th)? )?({MONTH})"
)
"""Accepts: "financial year ended 30 June". Refuses: "financial year 2020"."""


SPEAKS = re.compile(r"\bFY ?[0-9]|(?i:\b(?:fiscal|financial) year)")
"""Accepts: "FY2020", "financial year". Refuses: "financial data"."""


class FiscalYearRow(Row):
    """Words of a country and the month in which its public fiscal year begins (1 to 12)."""

    name: str
    month: int
    words: tuple[str, ...]


@lru_cache(maxsize=8)
def speaks_of_fiscal_years(text: str) -> bool:
    """Whether the text names fiscal years, so that "2012-2013" is likely to be one."""
    return SPEAKS.search(text) is not None


@lru_cache(maxsize=8)
def first_fiscal_month(text: str) -> int | None:
    """The month in which fiscal years of this text begin, or None where nothing says so."""
    stated = STATED.search(text)
    if stated is not None:
        return month_of(stated.group(1)) % 12 + 1
    best, most = None, 0
    for row in load_rows("fiscal_years", FiscalYearRow):
        count = len(re.findall(rf"\b(?:{'|'.join(row.words)})\b", text))
        if count > most:
            best, most = row.month, count
    return best

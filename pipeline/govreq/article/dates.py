"""Dates that a page states about itself: one string in, one day out."""

from __future__ import annotations

import re
from datetime import date

import dateparser

_EARLIEST, _LATEST = 1991, 2100
_LONGEST = 60

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

# Accepts "2019-04-16T09:30:00Z", "2019/4/16"; refuses "2019-16", "12019-04-16".
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
# Accepts "20190416", "20190416T0930"; refuses a longer number.
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
# Accepts "April 16, 2019", "Apr. 16th 2019", "Ann LeeApr 16, 2019"; refuses "April 2019".
_MONTH_FIRST = re.compile(
    r"(?:\b|(?<=[a-z])(?=[A-Z]))([A-Z]?[a-z]{2,8}|[A-Z]{3,9})"
    r"\.? {0,2}(\d{1,2})(?:st|nd|rd|th)?,? {0,2}(\d{4})(?!\d)"
)
# Accepts "16 April 2019", "16th of April, 2019", "16-Apr-2019"; refuses "16 2019".
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]{1,2}([A-Za-z]{3,9})\.?,?[ -]{1,2}(\d{4})(?!\d)"
)
# Accepts "16.04.2019", "4/16/2019"; refuses "1.5.19".
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
# Accepts "16. Juli 2019", "04-ago-2021", "16 de julio de 2019", "16 июля 2019"; refuses "16 2019".
_FOREIGN = re.compile(
    r"(?<!\d)\d{1,2}\.?º?(?: de)?[ -][^\W\d_]{3,12}\.?(?: de|,| del)?[ -]\d{4}(?!\d)"
    r"|\d{4}年 ?\d{1,2}月 ?\d{1,2}日|\d{4}년 ?\d{1,2}월 ?\d{1,2}일"
)

_MONTH_LAST = frozenset(("us", "ph", "ca"))
_STRICT = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RETURN_AS_TIMEZONE_AWARE": False,
    "PREFER_LOCALE_DATE_ORDER": True,
}


def parse_day(text: str, language: str = "en") -> date | None:
    """The day that a date string names, as written there, whatever its time zone; else None.

    ``language`` (a tag such as ``en-US``) decides between day and month in "4/5/2019".

    >>> parse_day("2019-04-16T23:30:00-05:00"), parse_day("Posted Apr. 16, 2019 at 9:30")
    (datetime.date(2019, 4, 16), datetime.date(2019, 4, 16))
    >>> parse_day("4/5/2019", "en-GB"), parse_day("next Tuesday")
    (datetime.date(2019, 5, 4), None)
    """
    text = " ".join(text.split())
    if not any(char.isdigit() for char in text):
        return None
    return _numeric_day(text, language) or _named_day(text) or _foreign_day(text, language)


def _numeric_day(text: str, language: str) -> date | None:
    found = _ISO.search(text) or _COMPACT.search(text)
    if found:
        return _day(*map(int, found.groups()))
    found = _NUMBERS.search(text)
    if not found:
        return None
    first, second = int(found.group(1)), int(found.group(3))
    region = language.lower().rpartition("-")[2]
    month_first = found.group(2) == "/" and (region in _MONTH_LAST or region == "en")
    if (month_first or second > 12) and first <= 12:
        first, second = second, first
    return _day(int(found.group(4)), second, first)


def _named_day(text: str) -> date | None:
    for found in _MONTH_FIRST.finditer(text):
        month = _MONTHS.get(found.group(1).lower())
        if month:
            return _day(int(found.group(3)), month, int(found.group(2)))
    for found in _DAY_FIRST.finditer(text):
        month = _MONTHS.get(found.group(2).lower())
        if month:
            return _day(int(found.group(3)), month, int(found.group(1)))
    return None


def _foreign_day(text: str, language: str) -> date | None:
    found = _FOREIGN.search(text)
    if not found or len(found.group()) > _LONGEST:
        return None
    code = language.lower().partition("-")[0]
    languages = [code] if re.fullmatch("[a-z]{2}", code) and code != "en" else None
    words = found.group().replace("-", " ")
    try:
        parsed = dateparser.parse(words, languages=languages, settings=_STRICT)
    except ValueError:  # a language that dateparser does not know
        parsed = dateparser.parse(words, settings=_STRICT)
    return _day(parsed.year, parsed.month, parsed.day) if parsed else None


def _day(year: int, month: int, day: int) -> date | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Accepts "/2019/04/16/", "/2019-04-16-", "/20190416/"; refuses "/2019/04/".
_URL_DAY = re.compile(
    r"[/_-]((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d])"
)
# Accepts "/2019/apr/16/"; refuses "/2019/april-fools/16".
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/([a-z]{3})/(\d{1,2})/")


def day_of_url(url: str) -> date | None:
    """The day that an address spells out, else None.

    >>> day_of_url("https://example.org/2019/04/16/story"), day_of_url("https://example.org/2019/04/x")
    (datetime.date(2019, 4, 16), None)
    """
    found = _URL_MONTH.search(url)
    if found and found.group(2) in _MONTHS:
        return _day(int(found.group(1)), _MONTHS[found.group(2)], int(found.group(3)))
    found = _URL_DAY.search(url)
    if not found or (not found.group(2) and len(found.group(3) + found.group(4)) != 4):
        return None
    return _day(int(found.group(1)), int(found.group(3)), int(found.group(4)))

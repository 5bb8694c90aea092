"""Selections: which of the stored records are meant."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from govreq.errors import StoreError
from govreq.records.record import ReportingPeriod

# Accepts "2021", "2021-H1", "2021 q3", "2021-03"; refuses "21", "2021-H3", "March 2021".
_PART = re.compile(r"(?P<year>\d{4})(?:[- ]?(?:H(?P<half>[12])|Q(?P<quarter>[1-4])))?", re.I)
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
# Accepts "2021-01-01..2021-06-30"; refuses "2021..2022".
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
# Accepts "H1 2021", "q3 2021"; refuses "2021 H1".
_PART_FIRST = re.compile(r"([HQ][1-4])[- ](\d{4})", re.I)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a record must have: this company, this jurisdiction's code, a period inside this one."""

    company: str | None = None
    jurisdiction: str | None = None
    period: ReportingPeriod | None = None


ALL = Selection()


def parse_period(text: str) -> ReportingPeriod:
    """The period that a user names.

    Raises:
        StoreError: it is none; the message says how one is written.

    >>> parse_period("H1 2021") == parse_period("2021-H1")
    True
    >>> parse_period("2020-02").end
    datetime.date(2020, 2, 29)
    """
    text = text.strip()
    if swapped := _PART_FIRST.fullmatch(text):
        text = f"{swapped[2]}-{swapped[1]}"
    try:
        if days := _RANGE.fullmatch(text):
            return ReportingPeriod(
                start=date.fromisoformat(days[1]), end=date.fromisoformat(days[2])
            )
        if month := _MONTH.fullmatch(text):
            return _months(int(month["year"]), int(month["month"]), 1)
        if part := _PART.fullmatch(text):
            return _part_of_year(part)
    except ValueError:  # no such day, or the end before the start
        pass
    raise StoreError(f"{text}: is no period; write 2021, 2021-H1, 2021-Q3, 2021-03 or DAY..DAY")


def _part_of_year(part: re.Match[str]) -> ReportingPeriod:
    year = int(part["year"])
    if part["half"]:
        return _months(year, 6 * int(part["half"]) - 5, 6)
    if part["quarter"]:
        return _months(year, 3 * int(part["quarter"]) - 2, 3)
    return _months(year, 1, 12)


def _months(year: int, first: int, count: int) -> ReportingPeriod:
    last = first + count - 1
    end = date(year, last, calendar.monthrange(year, last)[1])
    return ReportingPeriod(start=date(year, first, 1), end=end)

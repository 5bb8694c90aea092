"""Shapes: what is known of a period whose year is not, such as "H1", "Q3" or "07-01..12-31"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from govreq.mentions.mention import Period
from govreq.mentions.period_words import last_day, make_date

DAYS = re.compile(r"([0-9]{2})-([0-9]{2})\.\.([0-9]{2})-([0-9]{2})")
"""A stretch of days. Accepts: "07-01..12-31". Refuses: "H1"."""

FISCAL = re.compile(r"fiscal-([0-9]{2})")
"""A fiscal year by its first month. Accepts: "fiscal-04". Refuses: "year"."""


def shape_of_months(first: int, last: int) -> str:
    """The shape of whole months: 7 and 12 make "07-01..12-31"."""
    return f"{first:02}-01..{last:02}-99"


def shape_of_days(start: tuple[int, int], end: tuple[int, int]) -> str:
    """The shape of a stretch between two (month, day) pairs."""
    return f"{start[0]:02}-{start[1]:02}..{end[0]:02}-{end[1]:02}"


def place_shape(shape: str, year: int) -> Period | None:
    """The period of a shape in a year; a stretch over New Year's Eve ends in ``year``.

    A fiscal year is named after the calendar year in which it ends.

    >>> place_shape("H2", 2020)
    Period(start=datetime.date(2020, 7, 1), end=datetime.date(2020, 12, 31))
    """
    if not 1900 < year < 2200:
        return None
    if shape == "year":
        return Period(date(year, 1, 1), date(year, 12, 31))
    if shape in ("H1", "H2"):
        first = 1 if shape == "H1" else 7
        return Period(date(year, first, 1), last_day(year, first + 5))
    if shape in ("Q1", "Q2", "Q3", "Q4"):
        first = 3 * int(shape[1]) - 2
        return Period(date(year, first, 1), last_day(year, first + 2))
    fiscal = FISCAL.fullmatch(shape)
    if fiscal is not None:
        return fiscal_year(year, int(fiscal.group(1)))
    days = DAYS.fullmatch(shape)
    return _place_days(days, year) if days is not None else None


def fiscal_year(ends: int, first_month: int) -> Period:
    """The twelve months from ``first_month`` on that end in the calendar year ``ends``."""
    if first_month == 1:
        return Period(date(ends, 1, 1), date(ends, 12, 31))
    return Period(date(ends - 1, first_month, 1), last_day(ends, first_month - 1))


def _place_days(days: re.Match[str], year: int) -> Period | None:
    first_month, first_day, last_month, end_day = map(int, days.groups())
    starts = year - 1 if (first_month, first_day) > (last_month, end_day) else year
    start = make_date(starts, first_month, first_day)
    end = last_day(year, last_month) if end_day == 99 else make_date(year, last_month, end_day)
    return Period(start, end) if start is not None and end is not None else None


def shift_months(period: Period, months: int) -> Period:
    """The period ``months`` later; an end on a month's last day stays on one."""
    return Period(_shift(period.start, months, False), _shift(period.end, months, True))


def _shift(day: date, months: int, is_end: bool) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = last_day(year, month + 1)
    if is_end and day == last_day(day.year, day.month):
        return last
    return last if day.day > last.day else date(year, month + 1, day.day)


def months_in(period: Period) -> int:
    """The length of a period in months, rounded."""
    return max(1, round(((period.end - period.start).days + 1) / 30.44))


def ending_months(end: date, months: int) -> Period:
    """The ``months`` whole months whose last is that of ``end``."""
    return (
        shift_months(Period(date(end.year, end.month, 1), last_day(end.year, end.month)), 0)
        if months == 1
        else Period(
            _shift(date(end.year, end.month, 1), 1 - months, False), last_day(end.year, end.month)
        )
    )


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)

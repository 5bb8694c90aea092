"""Forms made of months and days: "January to June 2020", "5 May 2021", "six months to June"."""

from __future__ import annotations

import re
from datetime import date

from govreq.mentions.mention import Anchor, Period, PeriodExpression
from govreq.mentions.period_form import TAIL, THIS_YEAR_WORDS, absolute, make_form, with_tail
from govreq.mentions.period_shape import ending_months, shape_of_days, shape_of_months
from govreq.mentions.period_words import (
    COUNT,
    DAY,
    MONTH,
    SHORT_YEAR,
    TO,
    YEAR,
    count_of,
    day_of,
    last_day,
    make_date,
    month_of,
    year_of,
)

TO_WORDS = rf"(?:{TO}|-to-|-through-)"
END_OF = r"(?:the )?(?:end[ -]of(?: the month of)? |end )?"


def _stretch(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """From a day or month to another one, with one year, two or none."""
    groups = match.groupdict()
    joint = groups["joint"].strip().lower()
    if joint == "and" and not groups["pre"]:
        return ()
    months = month_of(groups["m1"]), month_of(groups["m2"])
    days = _day(groups, "d1", "e1"), _day(groups, "d2", "e2")
    start = (months[0], days[0] or 1)
    end = (months[1], days[1] or 99)
    if groups["y1"] and groups.get("y"):
        return _between(year_of(groups["y1"]), start, year_of(groups["y"]), end)
    if groups["y1"]:
        first = year_of(groups["y1"])
        return _between(first, start, first + (start > end), end)
    return with_tail(match, shape_of_days(start, end))


def _day(groups: dict[str, str | None], *names: str) -> int | None:
    return next((day_of(day) for name in names if (day := groups.get(name))), None)


def _between(
    first: int, start: tuple[int, int], last: int, end: tuple[int, int]
) -> tuple[PeriodExpression, ...]:
    low = make_date(first, *start)
    high = last_day(last, end[0]) if end[1] == 99 else make_date(last, *end)
    if low is None or high is None or not low <= high:
        return ()
    return (PeriodExpression(Anchor.NONE, Period(low, high), "days"),)


def _from_year(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """From the start of a year to a month: "between 2012 and June 2018"."""
    if match.group("joint").strip() == "and" and not match.group("pre"):
        return ()
    end = (month_of(match.group("m1")), _day(match.groupdict(), "d1", "e1") or 99)
    return _between(int(match.group("y1")), (1, 1), int(match.group("y")), end)


def _days_of_month(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    month = month_of(match.group("m1"))
    days = day_of(match.group("d1")), day_of(match.group("d2"))
    if not 1 <= days[0] < days[1] <= 31:
        return ()
    return with_tail(match, shape_of_days((month, days[0]), (month, days[1])))


def _ending(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """Some months that end with a month: "the six months to December 2018"."""
    groups = match.groupdict()
    count = (
        12 if groups["yr"] else 3 if groups["q"] else 6 if groups["hy"] else count_of(groups["n"])
    )
    if count is None or not 1 <= count <= 12:
        return ()
    month, day = month_of(groups["m1"]), _day(groups, "d1", "e1")
    if groups.get("y"):
        end = make_date(year_of(groups["y"]), month, 1)
        if end is None:
            return ()
        period = _ending_period(end, count, day)
        return (PeriodExpression(Anchor.NONE, period, f"{count} months"),)
    return with_tail(match, shape_of_months((month - count) % 12 + 1, month))


def _ending_period(end: date, count: int, day: int | None) -> Period:
    """Whole months; where the last day is another than the month's, days are counted back."""
    period = ending_months(end, count)
    if day is None or day >= 28:
        return period
    last = make_date(end.year, end.month, day)
    month = ending_months(end, count + 1).start if count < 12 else period.start
    first = make_date(month.year, month.month, day + 1) if count < 12 else None
    return Period(first, last) if first is not None and last is not None else period


def _beginning(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    groups = match.groupdict()
    count = (
        12 if groups["yr"] else 3 if groups["q"] else 6 if groups["hy"] else count_of(groups["n"])
    )
    if count is None or not 1 <= count <= 12:
        return ()
    month = month_of(groups["m1"])
    last = (month + count - 2) % 12 + 1
    if groups.get("y"):
        year = year_of(groups["y"])
        return _between(year, (month, 1), year + (last < month), (last, 99))
    return with_tail(match, shape_of_months(month, last))


def _day_expression(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    groups = match.groupdict()
    month, day = month_of(groups["m1"]), _day(groups, "d1", "e1")
    if day is None or not 1 <= day <= 31:
        return ()
    return _near_publication(match, shape_of_days((month, day), (month, day)))


def _month(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    month = month_of(match.group("m1"))
    return _near_publication(match, shape_of_months(month, month))


def _quarter_to(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """The calendar quarter that ends with a month: "the March quarter"."""
    return with_tail(match, f"Q{month_of(match.group('m1')) // 3}")


def _short_year(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    return absolute("year", year_of(match.group("y")))


def _until_month(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """The part of a year that is over: "till June this year"."""
    return with_tail(match, shape_of_months(1, month_of(match.group("m1"))))


def _near_publication(match: re.Match[str], shape: str) -> tuple[PeriodExpression, ...]:
    """A day or month without a year is the last one before publication, not the report's."""
    expressions = with_tail(match, shape)
    if expressions == (PeriodExpression(Anchor.YEAR, shape=shape),) and not match.groupdict()["sy"]:
        return (PeriodExpression(Anchor.PUBLISHED, shape=shape),)
    return expressions


def _numeric(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """Two dates in digits, year first or last; month before day unless that is impossible."""
    first, last = _digits_date(match.group("a")), _digits_date(match.group("z"))
    if first is None or last is None or not first <= last:
        return ()
    return (PeriodExpression(Anchor.NONE, Period(first, last), "days"),)


def _numeric_day(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    day = _digits_date(match.group())
    return () if day is None else (PeriodExpression(Anchor.NONE, Period(day, day), "day"),)


def _digits_date(written: str) -> date | None:
    parts = [int(part) for part in re.split(r"[/.-]", written)]
    if parts[0] > 31:
        return make_date(parts[0], parts[1], parts[2])
    year = parts[2] if parts[2] > 99 else 2000 + parts[2]
    month, day = (parts[1], parts[0]) if "." in written else (parts[0], parts[1])
    return make_date(year, month, day) or make_date(year, day, month)


def _month_in_digits(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    month = int(match.group("m"))
    return absolute(shape_of_months(month, month), int(match.group("y"))) if 0 < month < 13 else ()


DATE_1 = (
    rf"(?:(?P<d1>{DAY})(?: of)? )?(?P<m1>{MONTH})(?: (?P<e1>{DAY})(?![0-9]|[.,:][0-9]| per|%))?"
)
DATE_2 = DATE_1.replace("1>", "2>")
LENGTH = (
    rf"(?i:(?:(?P<n>{COUNT})[ -]months?|(?P<hy>half[ -]?year)|"
    r"(?P<yr>(?:(?:financial|fiscal|reporting|calendar) )?year)|(?P<q>quarter))(?:[ -]period)?)"
)
MONTH_CUES = "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec"
DIGITS_DATE = (
    r"(?:[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2}|"
    r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})"
)

DATE_FORMS = (
    make_form(
        "stretch",
        MONTH_CUES,
        rf"(?:(?P<pre>(?i:from|between))(?: the)? )?{DATE_1}(?:,? (?:of )?(?P<y1>{SHORT_YEAR}))?,?"
        rf"(?P<joint>{TO_WORDS}){END_OF}{DATE_2}{TAIL}",
        _stretch,
    ),
    make_form(
        "year to month",
        MONTH_CUES,
        rf"(?:(?P<pre>(?i:from|between)) )?(?P<y1>{YEAR})(?P<joint>{TO_WORDS}){END_OF}{DATE_1},? "
        rf"(?P<y>{YEAR})",
        _from_year,
    ),
    make_form(
        "days of a month",
        MONTH_CUES,
        rf"(?:(?P<m1>{MONTH}) (?P<d1>{DAY}){TO_WORDS}(?P<d2>{DAY})(?![0-9]){TAIL})",
        _days_of_month,
    ),
    make_form(
        "days before a month",
        MONTH_CUES,
        rf"(?P<d1>{DAY}){TO_WORDS}(?P<d2>{DAY}) (?P<m1>{MONTH}){TAIL}",
        _days_of_month,
    ),
    make_form(
        "months ending",
        MONTH_CUES,
        rf"(?:[Tt]he )?{LENGTH} (?i:to|ending|ended|through|that ended|which ended)"
        rf"(?: on| in)? {END_OF}{DATE_1}{TAIL}",
        _ending,
    ),
    make_form(
        "months beginning",
        MONTH_CUES,
        rf"(?:[Tt]he )?{LENGTH},? (?:beginning|starting|commencing|from|that began|which began)"
        rf"(?: on| in)? (?:(?P<d1>1(?:st)?) )?(?P<m1>{MONTH})(?: 1(?:st)?(?![0-9]))?{TAIL}",
        _beginning,
    ),
    make_form(
        "day",
        MONTH_CUES,
        rf"(?:(?:the )?(?P<d1>{DAY})(?: of)? )(?P<m1>{MONTH}){TAIL}",
        _day_expression,
    ),
    make_form(
        "month's day",
        MONTH_CUES,
        rf"(?P<m1>{MONTH}) (?P<e1>{DAY})(?![0-9]|[.,:][0-9]| per|%){TAIL}",
        _day_expression,
    ),
    make_form(
        "month of a year",
        MONTH_CUES,
        rf"(?P<m1>{MONTH}),? (?:of )?(?P<y>{SHORT_YEAR})(?P<sy>)",
        _month,
    ),
    make_form(
        "month",
        MONTH_CUES,
        rf"(?:in|during|for|throughout|month of|of|[Ll]ast|[Tt]his|by|until|In|During|"
        rf"For) (?:early |late |mid-|the month of )?"
        rf"(?P<m1>{MONTH})(?! [0-9]){TAIL}",
        _month,
    ),
    make_form(
        "quarter to a month",
        MONTH_CUES,
        rf"(?:the )?(?P<m1>March|June|Sept(?:ember|\.)?|Dec(?:ember|\.)?) quarter{TAIL}",
        _quarter_to,
    ),
    make_form("'20", "’,'", r"(?:in|of|during|for) (?P<y>[’'][0-9]{2})(?![0-9])", _short_year),
    make_form(
        "until month",
        MONTH_CUES,
        rf"(?:until|till|up to) {END_OF}(?P<m1>{MONTH}),? (?:of |in )?"
        rf"(?:(?P<y>{YEAR})|(?P<ty>{THIS_YEAR_WORDS}))",
        _until_month,
    ),
    make_form(
        "dates in digits",
        "0,1,2,3,4,5,6,7,8,9",
        rf"(?:[Ff]rom )?(?P<a>{DIGITS_DATE}){TO}(?P<z>{DIGITS_DATE})",
        _numeric,
    ),
    make_form("date in digits", "/,-,.", DIGITS_DATE, _numeric_day),
    make_form("2020-06", "-", rf"(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?!-)", _month_in_digits),
)
"""Months, days and stretches of them."""

"""From an expression to a period: arithmetic on the publication date and the periods before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from govreq.mentions.mention import Anchor, Period, PeriodExpression
from govreq.mentions.period_shape import (
    day_before,
    ending_months,
    months_in,
    place_shape,
    shift_months,
)

SHORTEST = 27
"""Days of the shortest period that another one may refer to: a single date is none."""

IN_YEAR = re.compile(r"in ([0-9]{4})")

LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Months of the stretches that are named by their length."""


def resolve_period(
    expression: PeriodExpression, published: date | None, context: Sequence[Period]
) -> Period | None:
    """The period of ``expression``, or None where date and context do not settle it.

    ``context`` are the periods of the mentions before it, the nearest last; single days in it are
    passed over. Nothing depends on today's date.
    """
    if expression.anchor is Anchor.NONE:
        return expression.period
    usable = [period for period in context if (period.end - period.start).days >= SHORTEST]
    match expression.anchor:
        case Anchor.YEAR:
            return _in_context_year(expression, published, usable)
        case Anchor.PUBLISHED:
            return _before_publication(expression, published, usable)
        case Anchor.PREVIOUS:
            return _beside(expression, published, usable)
        case Anchor.SAME:
            return _same(expression, usable)
        case _:
            return None


def _in_context_year(
    expression: PeriodExpression, published: date | None, context: Sequence[Period]
) -> Period | None:
    """A half without a year lies in that of the nearest period, else it is the last one past."""
    shape, back = expression.shape, expression.offset
    if context:
        placed = place_shape(shape, context[-1].end.year - back)
        if placed is None or published is None or placed.start <= published:
            return placed
        return place_shape(shape, context[-1].end.year - back - 1)
    if published is None:
        return None
    return _last_ended(shape, published.year - back, published)


def _last_ended(shape: str, year: int, published: date) -> Period | None:
    placed = place_shape(shape, year)
    if placed is not None and placed.end >= published:
        return place_shape(shape, year - 1)
    return placed


def _before_publication(
    expression: PeriodExpression, published: date | None, context: Sequence[Period]
) -> Period | None:
    shape, back = expression.shape, expression.offset
    if published is None:
        return _without_date(expression, context)
    if shape in ("month", "quarter", "half"):
        return _completed(LENGTHS[shape], published, back)
    if shape == "12 months":
        return ending_months(_month_ended(published), 12)
    if shape.startswith("fiscal-"):
        return _fiscal_before(shape, back, published)
    placed = place_shape(shape, published.year - back)
    if placed is not None and placed.start > published:
        return place_shape(shape, published.year - back - 1)
    return placed


def _fiscal_before(shape: str, back: int, published: date) -> Period | None:
    """The fiscal year that runs at publication, or the ``back``-th before it."""
    for year in (published.year, published.year + 1):
        placed = place_shape(shape, year)
        if placed is not None and placed.start <= published <= placed.end:
            return place_shape(shape, year - back)
    return None


def _without_date(expression: PeriodExpression, context: Sequence[Period]) -> Period | None:
    """In a document without a date "last year" is the latest year that it has spoken of."""
    if not context:
        return None
    latest = max(period.end for period in context).year
    if LENGTHS.get(expression.shape, 12) < 12:
        return None
    back = expression.offset
    return place_shape(expression.shape, latest - max(0, back - 1))


def _completed(months: int, published: date, back: int) -> Period:
    """The calendar month, quarter or half that ended before publication, or that runs then."""
    first = (published.month - 1) // months * months + 1
    running = ending_months(date(published.year, first + months - 1, 1), months)
    return shift_months(running, -months * back)


def _month_ended(published: date) -> date:
    return day_before(date(published.year, published.month, 1))


def _beside(
    expression: PeriodExpression, published: date | None, context: Sequence[Period]
) -> Period | None:
    """The period before (or after) the nearest one, or the same stretch of another year."""
    shape, back = expression.shape, expression.offset
    if not context:
        if shape != "year" or published is None or back < 0:
            return None
        return place_shape("year", published.year - back)
    base = context[-1]
    if shape == "calendar year":
        return place_shape("year", base.end.year - back)
    if shape == "year":
        return shift_months(base, -12 * back)
    months = LENGTHS.get(shape, months_in(base))
    if shape == "period" or months == months_in(base):
        return shift_months(base, -months * back)
    if back < 0:
        return shift_months(ending_months(base.end, months), months)
    return ending_months(day_before(base.start), months)


def _same(expression: PeriodExpression, context: Sequence[Period]) -> Period | None:
    if not context:
        return None
    base = context[-1]
    year = IN_YEAR.fullmatch(expression.shape)
    if year is not None:
        return shift_months(base, 12 * (int(year.group(1)) - base.end.year))
    if expression.shape == "year":
        return place_shape("year", base.end.year)
    return base

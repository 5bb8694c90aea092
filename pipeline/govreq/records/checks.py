"""Consistency checks: records that speak of the same thing must agree with each other.

A check reads records and returns findings; it never changes what a record says. To add one, write a
function and decorate it with :func:`check`: nothing else needs to know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from govreq.article.blocks import CELL_SEPARATOR
from govreq.mentions.mention import Bound
from govreq.records.record import Finding, Outcome, Record, ReportingPeriod, Statistic

TOLERANCE = 0.02
"""Relative difference that rounding explains, between two numbers that should be equal."""

POINTS = 1.0
"""Difference, in percentage points, that rounding explains between two percentages."""

MOST_LISTED = 10
"""Records that a finding names; its message gives how many there are."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Records that do not agree, and the arithmetic that shows it."""

    records: tuple[Record, ...]
    message: str


Check = Callable[[Sequence[Record]], Iterable[Contradiction]]
CHECKS: dict[str, Check] = {}
"""Every check by name, in the order of this file."""


def check(function: Check) -> Check:
    """Registers a check under the name of its function, ``check_`` left out."""
    CHECKS[function.__name__.removeprefix("check_")] = function
    return function


def attach_findings(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records, each with the findings that it takes part in, in the order of the checks."""
    found: dict[str, list[Finding]] = {}
    for name, function in CHECKS.items():
        for item in function(records):
            identities = tuple(record.record_id for record in item.records[:MOST_LISTED])
            message = item.message
            if len(item.records) > MOST_LISTED:
                message += f" ({len(item.records)} records, {MOST_LISTED} of them listed)"
            finding = Finding(check=name, message=message, records=identities)
            for record in item.records:
                found.setdefault(record.record_id, []).append(finding)
    return tuple(
        record.model_copy(update={"findings": tuple(found[record.record_id])})
        if record.record_id in found
        else record
        for record in records
    )


SCOPE = (
    "company",
    "jurisdiction",
    "period",
    "counted",
    "outcome",
    "subject",
    "legal_process",
    "data",
)
"""Fields that say what a number counts."""


def group_alike(records: Iterable[Record], *free: str) -> dict[tuple[object, ...], list[Record]]:
    """Records by all fields of their scope but the ``free`` ones, in the order of the records."""
    groups: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in records:
        groups[scope_of(record, *free)].append(record)
    return groups


def scope_of(record: Record, *free: str) -> tuple[object, ...]:
    """What a record counts, but for the ``free`` fields: a key for :func:`group_alike`."""
    period = None if "period" in free else record.period
    return (*_read_scope(free)(record), period and (period.start, period.end))


@cache
def _read_scope(free: tuple[str, ...]) -> Callable[[Record], tuple[object, ...]]:
    """What reads the fields of the scope but the free ones and the period."""
    return attrgetter(*(name for name in SCOPE if name not in free and name != "period"))


def _exact_counts(records: Sequence[Record]) -> Iterator[Record]:
    return (r for r in records if r.statistic is Statistic.COUNT and r.bound is Bound.EXACT)


def _sum_of_slices(slices: Sequence[Record]) -> float:
    """The sum over jurisdictions, of each its largest number."""
    largest: dict[str, float] = {}
    for record in slices:
        largest[record.jurisdiction] = max(largest.get(record.jurisdiction, 0), record.value)
    return sum(largest.values())


@check
def check_disclosed_within_received(records: Sequence[Record]) -> Iterable[Contradiction]:
    """No more demands can have been met than were made."""
    for group in group_alike(_exact_counts(records), "outcome").values():
        made = [r for r in group if r.outcome is Outcome.RECEIVED]
        for met in group:
            if met.outcome in (Outcome.DISCLOSED, Outcome.REJECTED, Outcome.CHALLENGED):
                for total in made[:1]:
                    if met.value > total.value:
                        yield Contradiction(
                            (met, total),
                            f"{met.value:,.0f} {met.outcome} exceed {total.value:,.0f} received",
                        )


@check
def check_slices_within_total(records: Sequence[Record]) -> Iterable[Contradiction]:
    """The countries of one period cannot sum to more than the worldwide total."""
    for group in group_alike(_exact_counts(records), "jurisdiction").values():
        totals = [r for r in group if r.jurisdiction == "WORLD"]
        slices = [r for r in group if r.jurisdiction != "WORLD"]
        summed = _sum_of_slices(slices)
        if totals and slices and summed > max(t.value for t in totals) * (1 + TOLERANCE):
            yield Contradiction(
                (totals[0], *slices),
                f"{len(slices)} slices sum to {summed:,.0f}, more than the total"
                f" {totals[0].value:,.0f}",
            )


@check
def check_shares_within_whole(records: Sequence[Record]) -> Iterable[Contradiction]:
    """The shares of the countries of one total cannot exceed 100 percent."""
    shares = (r for r in records if r.statistic is Statistic.SHARE and r.bound is Bound.EXACT)
    for group in group_alike(shares, "jurisdiction").values():
        summed = _sum_of_slices(group)
        if len(group) > 1 and summed > 100 + POINTS:
            yield Contradiction(tuple(group), f"{len(group)} shares sum to {summed:g} percent")


@check
def check_share_agrees_with_slice(records: Sequence[Record]) -> Iterable[Contradiction]:
    """A slice's share of the total and its count must agree."""
    counts = group_alike(_exact_counts(records))
    totals = group_alike(
        (r for r in _exact_counts(records) if r.jurisdiction == "WORLD"), "jurisdiction"
    )
    for share in records:
        if share.statistic is not Statistic.SHARE or share.bound is not Bound.EXACT:
            continue
        parts = counts.get(scope_of(share), [])
        wholes = totals.get(scope_of(share, "jurisdiction"), [])
        if share.jurisdiction != "WORLD" and len(parts) == len(wholes) == 1 and wholes[0].value:
            computed = 100 * parts[0].value / wholes[0].value
            if abs(computed - share.value) > POINTS:
                yield Contradiction(
                    (share, parts[0], wholes[0]),
                    f"{parts[0].value:,.0f} of {wholes[0].value:,.0f} is {computed:.1f} percent,"
                    f" not {share.value:g}",
                )


@check
def check_change_agrees_with_counts(records: Sequence[Record]) -> Iterable[Contradiction]:
    """A stated change must agree with the counts of the two periods, if a pair of them gives it.

    The earlier period is not part of a ``change`` record: the change is contradicted only where
    one earlier count exists, and it gives another percentage.
    """
    counts = group_alike((r for r in _exact_counts(records) if r.period is not None), "period")
    for change in records:
        if change.statistic is not Statistic.CHANGE or change.bound is not Bound.EXACT:
            continue
        group = counts.get(scope_of(change, "period"), [])
        later = [r for r in group if r.period == change.period]
        earlier = [r for r in group if _is_before(r, change)]
        if len(later) == len(earlier) == 1 and earlier[0].value:
            computed = 100 * (later[0].value / earlier[0].value - 1)
            if abs(computed - change.value) > max(POINTS, abs(change.value) * 0.05):
                yield Contradiction(
                    (change, later[0], earlier[0]),
                    f"{earlier[0].value:,.0f} to {later[0].value:,.0f} is {computed:+.1f} percent,"
                    f" not {change.value:+g}",
                )


def _is_before(one: Record, other: Record) -> bool:
    return (
        one.period is not None and other.period is not None and one.period.end < other.period.start
    )


@check
def check_halves_add_up(records: Sequence[Record]) -> Iterable[Contradiction]:
    """Two halves must sum to their year."""
    for group in group_alike(_exact_counts(records), "period").values():
        parts = {r.period.start: r for r in group if r.period and _lasts(r.period, 175, 190)}
        for year in (r for r in group if r.period and _lasts(r.period, 360, 366)):
            halves = {start: half for start, half in parts.items() if _is_within(half, year)}
            if len(halves) == 2:
                summed = sum(half.value for half in halves.values())
                if abs(summed - year.value) > TOLERANCE * max(year.value, 1):
                    yield Contradiction(
                        (year, *halves.values()),
                        f"halves sum to {summed:,.0f}, the year is {year.value:,.0f}",
                    )


def _lasts(period: ReportingPeriod, fewest: int, most: int) -> bool:
    """Whether so many days lie between the period's first and last day."""
    return fewest <= (period.end - period.start).days <= most


def _is_within(half: Record, year: Record) -> bool:
    if half.period is None or year.period is None:
        return False
    return half.period.start >= year.period.start and half.period.end <= year.period.end


@check
def check_one_value_a_fact(records: Sequence[Record]) -> Iterable[Contradiction]:
    """One fact cannot have two exact values, stated at two places of the document.

    Rows of a table, and figures of one sentence, that are read as the same fact differ in something
    that no field holds: they do not contradict each other.
    """
    dated = (r for r in _exact_counts(records) if r.period is not None)
    for group in group_alike(dated).values():
        values = sorted({r.value for r in group})
        if len(values) > 1 and len({_place_of(r) for r in group}) > 1:
            stated = ", ".join(f"{value:,.0f}" for value in values[:MOST_LISTED])
            more = ", ..." if len(values) > MOST_LISTED else ""
            yield Contradiction(
                _first_of_each_place(group),
                f"{len(values)} values for one fact: {stated}{more}",
            )


def _place_of(record: Record) -> int:
    """Where a fact is first stated: all rows of tables are one place."""
    first = record.evidence[0]
    return -1 if CELL_SEPARATOR in first.quote else first.start


def _first_of_each_place(group: Sequence[Record]) -> tuple[Record, ...]:
    """The records of a contradiction: one for each value and place, in the order of the text."""
    kept: dict[tuple[int, float], Record] = {}
    for record in group:
        kept.setdefault((_place_of(record), record.value), record)
    return tuple(kept.values())

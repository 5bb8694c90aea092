"""Consistency checks: records that speak of the same thing must agree with each other.

A check reads records and returns findings; it never changes what a record says. To add one, write a
function and decorate it with :func:`check`: nothing else needs to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from govreq.mentions.mention import Bound
from govreq.records.record import Finding, Outcome, Record, Statistic

TOLERANCE = 0.02
"""Relative difference that rounding explains, between two numbers that should be equal."""

POINTS = 1.0
"""Difference, in percentage points, that rounding explains between two percentages."""


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
            identities = tuple(record.record_id for record in item.records)
            finding = Finding(check=name, message=item.message, records=identities)
            for identity in identities:
                found.setdefault(identity, []).append(finding)
    return tuple(
        record.model_copy(update={"findings": tuple(found[record.record_id])})
        if record.record_id in found
        else record
        for record in records
    )


def alike(one: Record, other: Record, *free: str) -> bool:
    """Whether two records agree in every field that says what is counted, but for ``free``."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in (
            "company",
            "jurisdiction",
            "period",
            "counted",
            "outcome",
            "subject",
            "legal_process",
            "data",
        )
        if name not in free
    )


def _exact_counts(records: Sequence[Record]) -> list[Record]:
    return [r for r in records if r.statistic is Statistic.COUNT and r.bound is Bound.EXACT]


@check
def check_disclosed_within_received(records: Sequence[Record]) -> Iterable[Contradiction]:
    """No more demands can have been met than were made."""
    counts = _exact_counts(records)
    for met in counts:
        if met.outcome not in (Outcome.DISCLOSED, Outcome.REJECTED, Outcome.CHALLENGED):
            continue
        for made in counts:
            received = made.outcome is Outcome.RECEIVED and alike(met, made, "outcome")
            if received and met.value > made.value:
                yield Contradiction(
                    (met, made),
                    f"{met.value:,.0f} {met.outcome} exceed {made.value:,.0f} received",
                )


@check
def check_slices_within_total(records: Sequence[Record]) -> Iterable[Contradiction]:
    """The countries of one period cannot sum to more than the worldwide total."""
    counts = _exact_counts(records)
    for total in counts:
        if total.jurisdiction != "WORLD":
            continue
        slices = [
            r for r in counts if r.jurisdiction != "WORLD" and alike(r, total, "jurisdiction")
        ]
        summed = sum(_largest_by_jurisdiction(slices).values())
        if slices and summed > total.value * (1 + TOLERANCE):
            yield Contradiction(
                (total, *slices),
                f"{len(slices)} slices sum to {summed:,.0f}, more than the total {total.value:,.0f}",
            )


def _largest_by_jurisdiction(records: Sequence[Record]) -> dict[str, float]:
    largest: dict[str, float] = {}
    for record in records:
        largest[record.jurisdiction] = max(largest.get(record.jurisdiction, 0), record.value)
    return largest


@check
def check_shares_within_whole(records: Sequence[Record]) -> Iterable[Contradiction]:
    """The shares of the countries of one total cannot exceed 100 percent."""
    seen: set[str] = set()
    shares = [r for r in records if r.statistic is Statistic.SHARE and r.bound is Bound.EXACT]
    for first in shares:
        group = [r for r in shares if alike(r, first, "jurisdiction")]
        if first.record_id in seen or len(_largest_by_jurisdiction(group)) < 2:
            continue
        seen.update(r.record_id for r in group)
        summed = sum(_largest_by_jurisdiction(group).values())
        if summed > 100 + POINTS:
            yield Contradiction(tuple(group), f"{len(group)} shares sum to {summed:g} percent")


@check
def check_share_agrees_with_slice(records: Sequence[Record]) -> Iterable[Contradiction]:
    """A slice's share of the total and its count must agree."""
    counts = _exact_counts(records)
    for share in records:
        if share.statistic is not Statistic.SHARE or share.bound is not Bound.EXACT:
            continue
        for part in counts:
            if not alike(part, share) or part.jurisdiction == "WORLD":
                continue
            for total in counts:
                if total.jurisdiction == "WORLD" and alike(total, share, "jurisdiction"):
                    computed = 100 * part.value / total.value if total.value else 0.0
                    if abs(computed - share.value) > POINTS:
                        yield Contradiction(
                            (share, part, total),
                            f"{part.value:,.0f} of {total.value:,.0f} is {computed:.1f} percent,"
                            f" not {share.value:g}",
                        )


@check
def check_change_agrees_with_counts(records: Sequence[Record]) -> Iterable[Contradiction]:
    """A stated change must agree with the counts of the two periods, if a pair of them gives it.

    The earlier period is not part of a ``change`` record: the change is contradicted only where
    one earlier count exists, and it gives another percentage.
    """
    counts = [r for r in _exact_counts(records) if r.period is not None]
    for change in records:
        if change.statistic is not Statistic.CHANGE or change.period is None:
            continue
        if change.bound is not Bound.EXACT:
            continue
        later = [r for r in counts if alike(r, change)]
        earlier = [
            r
            for r in counts
            if alike(r, change, "period")
            and r.period is not None
            and r.period.end < change.period.start
        ]
        if len(later) == 1 and len(earlier) == 1 and earlier[0].value:
            computed = 100 * (later[0].value / earlier[0].value - 1)
            if abs(computed - change.value) > max(POINTS, abs(change.value) * 0.05):
                yield Contradiction(
                    (change, later[0], earlier[0]),
                    f"{earlier[0].value:,.0f} to {later[0].value:,.0f} is {computed:+.1f} percent,"
                    f" not {change.value:+g}",
                )


@check
def check_halves_add_up(records: Sequence[Record]) -> Iterable[Contradiction]:
    """Two halves must sum to their year."""
    counts = [r for r in _exact_counts(records) if r.period is not None]
    for year in counts:
        halves = [r for r in counts if alike(r, year, "period") and _is_half_of(r, year)]
        if len(halves) == 2 and halves[0].period != halves[1].period:
            summed = halves[0].value + halves[1].value
            if abs(summed - year.value) > TOLERANCE * max(year.value, 1):
                yield Contradiction(
                    (year, *halves), f"halves sum to {summed:,.0f}, the year is {year.value:,.0f}"
                )


def _is_half_of(half: Record, year: Record) -> bool:
    if half.period is None or year.period is None:
        return False
    days = (half.period.end - half.period.start).days
    inside = half.period.start >= year.period.start and half.period.end <= year.period.end
    return inside and 175 <= days <= 190 and (year.period.end - year.period.start).days >= 360


@check
def check_one_value_a_fact(records: Sequence[Record]) -> Iterable[Contradiction]:
    """One fact cannot have two exact values."""
    totals = [r for r in _exact_counts(records) if r.period is not None]
    for index, one in enumerate(totals):
        for other in totals[index + 1 :]:
            if alike(one, other) and one.value != other.value:
                yield Contradiction(
                    (one, other),
                    f"two values for one fact: {one.value:,.0f} and {other.value:,.0f}",
                )

"""Statements of one fact become one record with several evidences.

Two statements are one fact when all fields are equal, and also when one is the rounded form of
the other ("nearly 28,000" beside 27,664): the exact one is kept (``GUIDELINES.md``, "Decided
cases"). A large number that comes again ("Of the 27,664, Germany ...") is the same fact too,
whatever stands around it: two facts of one document hardly ever share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govreq.candidates.candidate import Candidate
from govreq.mentions.mention import Bound
from govreq.records.identity import fact_of

TELLING = 1000
"""Counts of at least this much that a text gives twice are one fact."""

ROUNDING = 0.025
"""How far, relative to the exact value, a rounded restatement may lie from it."""


def merge_candidates(candidates: Sequence[Candidate]) -> list[tuple[Candidate, ...]]:
    """Groups of candidates that state one fact, the one to be kept first, in the text's order."""
    groups: dict[object, list[Candidate]] = {}
    for candidate in candidates:
        key = _telling_key(candidate) or fact_of(candidate)
        groups.setdefault(key, []).append(candidate)
    merged: list[list[Candidate]] = []
    rounded: list[list[Candidate]] = []
    for group in groups.values():
        group.sort(key=lambda item: item.figure.value.bound is not Bound.EXACT)
        exact = group[0].figure.value.bound is Bound.EXACT
        (merged if exact else rounded).append(group)
    for group in rounded:
        home = next((other for other in merged if _restates(group[0], other[0])), None)
        if home is None:
            merged.append(group)
        else:
            home.extend(group)
    merged.sort(key=lambda group: min(item.figure.span for item in group))
    return [tuple(group) for group in merged]


def _telling_key(candidate: Candidate) -> tuple[object, ...] | None:
    """What stands for the fact where the number is so large that two facts do not share it.

    Numbers of tables have none: there each cell is a fact of its own. Nor have ranges.
    """
    fact = fact_of(candidate)
    prose = candidate.statistic.rule.startswith("model:")
    if not prose or fact.statistic != "count" or fact.value < TELLING or fact.value_max is not None:
        return None
    bound = candidate.figure.value.bound
    return (fact.value, bound, fact.counted, fact.outcome, fact.subject, fact.legal_process)


def _restates(rough: Candidate, exact: Candidate) -> bool:
    """Whether ``rough`` is ``exact`` said roughly: like fields, a compatible bound and value."""
    if exact.figure.value.bound is not Bound.EXACT:
        return False
    a, b = rough.value, exact.value
    if replace(fact_of(rough), value=b) != fact_of(exact) or b == 0:
        return False
    bound = rough.figure.value.bound
    near = abs(a - b) <= ROUNDING * abs(b)
    if bound is Bound.MIN:
        return near and a <= b
    if bound is Bound.MAX:
        return near and a >= b
    return near and bound is Bound.APPROX

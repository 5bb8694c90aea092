"""Statements of one fact become one record with several evidences.

Two statements are one fact when all fields are equal, and also when one is the rounded form of
the other ("nearly 28,000" beside 27,664): the exact one is kept (``GUIDELINES.md``, "Decided
cases"). A long exact number that comes again ("Of the 27,664, Germany ...") is the same fact too,
whatever stands around it: two facts of one document hardly ever share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govreq.candidates.candidate import Candidate
from govreq.mentions.mention import Bound
from govreq.records.identity import Fact, fact_of

ROUNDING = 0.08
"""How far, relative to the exact value, a rounded restatement may lie from it."""


def merge_candidates(candidates: Sequence[Candidate]) -> list[tuple[Candidate, ...]]:
    """Groups of candidates that state one fact, the one to be kept first, in the text's order."""
    groups: dict[Fact, list[Candidate]] = {}
    told: dict[tuple[object, ...], Fact] = {}
    for candidate in candidates:
        fact = fact_of(candidate)
        if _is_telling(candidate):
            key = (fact.value, fact.counted, fact.outcome, fact.subject, fact.legal_process)
            fact = told.setdefault(key, fact)
        groups.setdefault(fact, []).append(candidate)
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


def _is_telling(candidate: Candidate) -> bool:
    """Whether the number is so particular that it stands for one fact: 27,664, not 12 or 30,000.

    Numbers of tables are left out: there each cell is a fact of its own.
    """
    exact = candidate.figure.value.bound is Bound.EXACT and candidate.value_max is None
    prose = candidate.statistic.rule.startswith("model:")
    count = candidate.statistic.value == "count"
    return exact and prose and count and candidate.value >= 1000 and candidate.value % 100 != 0


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

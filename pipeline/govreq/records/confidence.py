"""How far a record can be trusted: grades whose meaning is measured on the gold documents."""

from __future__ import annotations

from govreq.records.record import Grade

HIGH = 0.6
MEDIUM = 0.25
"""Least belief, as :attr:`Candidate.probability`, for the grades ``high`` and ``medium``."""


def grade_probability(probability: float) -> Grade:
    """The grade of a record whose linker believes it with ``probability``.

    >>> grade_probability(0.9).value
    'high'
    """
    if probability >= HIGH:
        return Grade.HIGH
    return Grade.MEDIUM if probability >= MEDIUM else Grade.LOW

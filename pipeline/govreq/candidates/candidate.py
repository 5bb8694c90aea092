"""Candidates and rejections: every number of a document becomes exactly one of the two."""

from __future__ import annotations

from dataclasses import dataclass

from govreq.article.spans import Span
from govreq.mentions.mention import Mention, Period, Quantity


@dataclass(frozen=True, slots=True)
class Slot:
    """One field's value, where it was read (None: nowhere, a default), and by which rule."""

    value: str | None
    span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class PeriodSlot:
    """The period of a figure, where it was read, and by which rule."""

    value: Period | None
    span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure with its slots; ``statement`` is the sentence, list item or table row.

    ``value`` is the figure after the statistic is known ("doubled" as a change is 100);
    ``probability`` is the scorer's belief that all of it is right.
    """

    figure: Mention[Quantity]
    statement: Span
    value: float
    value_max: float | None
    statistic: Slot
    counted: Slot
    outcome: Slot
    subject: Slot
    legal_process: Slot
    data: Slot
    company: Slot
    jurisdiction: Slot
    period: PeriodSlot
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Rejection:
    """A number that is no request statistic: its span, and the reason (``year``, ``money`` ...)."""

    span: Span
    reason: str
    rule: str = ""

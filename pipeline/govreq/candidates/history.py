"""What was decided for the figures so far: later figures of a document lean on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from govreq.article.spans import Span
from govreq.candidates.reading import Figure
from govreq.mentions.mention import Period

FieldValue = str | Period | None

FIELDS = (
    "subject",
    "company",
    "counted",
    "outcome",
    "legal_process",
    "data",
    "jurisdiction",
    "period",
)
"""Fields that are chosen among options, in the order in which they are decided."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The value chosen for one field: where it was read, from which source, how sure."""

    value: FieldValue
    span: Span | None
    rule: str
    probability: float = 1.0
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One accepted figure with its choices."""

    figure: Figure
    statistic: str
    choices: dict[str, Choice] = field(default_factory=dict)
    probability: float = 1.0

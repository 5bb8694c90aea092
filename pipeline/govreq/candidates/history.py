"""What was decided for the figures so far: later figures of a document lean on it."""

from __future__ import annotations

from collections.abc import Sequence
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
    """The value chosen for one field: where it was read, by which rule, how sure.

    ``explicit``: the figure's own sentence says it. ``form`` is that of the mention: the anchor of
    a period, the form of a country's or a company's name.
    """

    value: FieldValue
    span: Span | None
    rule: str
    probability: float = 1.0
    explicit: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One accepted figure with its choices."""

    figure: Figure
    statistic: str
    choices: dict[str, Choice] = field(default_factory=dict)
    probability: float = 1.0


def main_line(history: Sequence[Decision]) -> Decision | None:
    """The last decision that was not made in passing.

    "up from 3,222 in the first half" leaves the period that the text is about; the next figure
    returns to it. A decision is in passing where its period ends before that of the one before.
    """
    for back in range(len(history) - 1, -1, -1):
        period = history[back].choices["period"].value
        before = history[back - 1].choices["period"].value if back else None
        if not isinstance(period, Period) or not isinstance(before, Period):
            return history[back]
        if period.end >= before.end:
            return history[back]
    return history[-1] if history else None

"""Goes through a document's figures in the order of the text and decides each of them.

Figures lean on the ones before: "Spain 18 per cent and the UK 4" inherits all but the country.
"""

from __future__ import annotations

from dataclasses import dataclass

from govreq.candidates.history import FIELDS, Decision
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.scorer import NONE, Scorer, decide_figure, describe


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure that is no request statistic, and how sure that is."""

    figure: Figure
    probability: float


def decide_figures(
    reading: Reading, scorer: Scorer
) -> tuple[tuple[Decision, ...], tuple[Refusal, ...]]:
    """A decision or a refusal for each figure of the reading."""
    decisions: list[Decision] = []
    refusals: list[Refusal] = []
    for figure in reading.figures:
        known = describe(reading, figure, decisions)
        chances = scorer.statistics(known)
        statistic = max(chances, key=lambda name: chances[name])
        if statistic == NONE:
            refusals.append(Refusal(figure, chances[NONE]))
            continue
        choices = decide_figure(scorer, reading, figure, decisions, statistic, known, FIELDS)
        decisions.append(Decision(figure, statistic, choices, chances[statistic]))
    return tuple(decisions), tuple(refusals)

"""Goes through a document's figures in the order of the text and decides each of them.

Figures lean on the ones before: "Spain 18 per cent and the UK 4" inherits all but the country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govreq.candidates.features import Features
from govreq.candidates.history import Decision
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.scorer import NONE, Scorer, decide_figure, describe
from govreq.mentions.mention import Unit


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure that is no request statistic, and how sure that is."""

    figure: Figure
    probability: float


def possible_statistics(figure: Figure) -> tuple[str, ...]:
    """What a figure can be at all: a share has a percent sign, and is at most 100."""
    quantity = figure.mention.value
    if quantity.unit is Unit.NUMBER:
        return (NONE, "count")
    if quantity.unit is Unit.MULTIPLE or quantity.value > 100:
        return (NONE, "change")
    return (NONE, "share", "rate", "change")


def decide_figures(
    reading: Reading, scorer: Scorer
) -> tuple[tuple[Decision, ...], tuple[Refusal, ...]]:
    """A decision or a refusal for each figure of the reading.

    Two passes: the second knows how the first decided the document's other figures, the later ones
    included, so that one slip is not handed on from figure to figure.
    """
    survey, _ = run_pass(reading, scorer, ())
    decisions, refusals = run_pass(reading, scorer, survey)
    return tuple(decisions), tuple(refusals)


def run_pass(
    reading: Reading, scorer: Scorer, survey: Sequence[Decision]
) -> tuple[list[Decision], list[Refusal]]:
    """One pass over the figures, in the order of the text."""
    decisions: list[Decision] = []
    refusals: list[Refusal] = []
    for figure in reading.figures:
        known = describe(reading, figure, decisions)
        decision = decide_one(scorer, reading, figure, decisions, known, survey)
        if decision is None:
            refusals.append(Refusal(figure, scorer.statistics(known)[NONE]))
        else:
            decisions.append(decision)
    return decisions, refusals


def decide_one(
    scorer: Scorer,
    reading: Reading,
    figure: Figure,
    history: Sequence[Decision],
    known: Features,
    survey: Sequence[Decision] = (),
) -> Decision | None:
    """The decision for one figure, or None where it is no request statistic."""
    chances = scorer.statistics(known)
    statistic = max(possible_statistics(figure), key=lambda name: chances[name])
    if statistic == NONE:
        return None
    choices = decide_figure(scorer, reading, figure, history, statistic, known, survey)
    return Decision(figure, statistic, choices, chances[statistic])

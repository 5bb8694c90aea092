"""Goes through a document's figures in the order of the text and decides each of them.

Figures lean on the ones before: "Spain 18 per cent and the UK 4" inherits all but the country.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from govreq.article.spans import Span
from govreq.candidates.features import Features
from govreq.candidates.history import Decision
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.scorer import NONE, Scorer, decide_figure, describe
from govreq.mentions.mention import Unit


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure that is no request statistic."""

    figure: Figure


class Taken:
    """Stretches of the text whose figures are decided already, by the tables and lists."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def holds(self, span: Span) -> bool:
        """Whether ``span`` overlaps one of them."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start


def possible_statistics(figure: Figure) -> tuple[str, ...]:
    """What a figure can be at all: a share has a percent sign, and is at most 100."""
    quantity = figure.mention.value
    if quantity.unit is Unit.NUMBER:
        return (NONE, "count")
    if quantity.unit is Unit.MULTIPLE or quantity.value > 100:
        return (NONE, "change")
    return (NONE, "share", "rate", "change")


def decide_figures(
    reading: Reading, scorer: Scorer, taken: Taken | None = None
) -> tuple[tuple[Decision, ...], tuple[Refusal, ...]]:
    """A decision or a refusal for each figure of the reading that does not stand in ``taken``.

    Two passes: the second knows how the first decided the document's other figures, the later ones
    included, so that one slip is not handed on from figure to figure.
    """
    figures = [f for f in reading.figures if taken is None or not taken.holds(f.span)]
    survey, _ = run_pass(reading, figures, scorer, ())
    decisions, refusals = run_pass(reading, figures, scorer, survey)
    return tuple(decisions), tuple(refusals)


def run_pass(
    reading: Reading, figures: Sequence[Figure], scorer: Scorer, survey: Sequence[Decision]
) -> tuple[list[Decision], list[Refusal]]:
    """One pass over the figures, in the order of the text."""
    decisions: list[Decision] = []
    refusals: list[Refusal] = []
    for figure in figures:
        known = describe(reading, figure, decisions)
        decision = decide_one(scorer, reading, figure, decisions, known, survey)
        if decision is None:
            refusals.append(Refusal(figure))
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

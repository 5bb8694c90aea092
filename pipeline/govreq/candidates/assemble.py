"""From sentences to candidates and rejections: each number becomes one or the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from govreq.article.article import Article
from govreq.candidates.candidate import Candidate, PeriodSlot, Rejection, Slot
from govreq.candidates.decide import Refusal, Taken, decide_figures
from govreq.candidates.history import Choice, Decision
from govreq.candidates.reading import CONTEXT_KINDS, Figure, Reading
from govreq.candidates.rows import assemble_rows
from govreq.candidates.scorer import Scorer, load_scorer
from govreq.candidates.slices import spread_over_slices
from govreq.mentions.mention import Period, Unit
from govreq.mentions.read import FIGURE_UNITS
from govreq.mentions.sentence import Sentence

_scorer = cache(load_scorer)


def assemble_candidates(
    article: Article, sentences: tuple[Sentence, ...], scorer: Scorer | None = None
) -> tuple[tuple[Candidate, ...], tuple[Rejection, ...]]:
    """The candidates of tables and prose, and the numbers that are none, with the reason."""
    reading = Reading(article, sentences)
    listed, unlisted = assemble_rows(article, sentences, reading)
    taken = Taken([item.figure.span for item in listed] + [item.span for item in unlisted])
    decisions, refusals = decide_figures(reading, scorer or _scorer(), taken)
    prose = [
        candidate
        for decision in decisions
        for candidate in spread_over_slices(reading, decision, candidate_of(reading, decision))
    ]
    rejections = [
        *unlisted,
        *(item for item in _obvious(sentences) if not taken.holds(item.span)),
        *(_rejection_of(reading, refusal) for refusal in refusals),
    ]
    candidates = sorted((*listed, *prose), key=lambda item: item.figure.span)
    return tuple(candidates), tuple(sorted(rejections, key=lambda item: item.span))


def candidate_of(reading: Reading, decision: Decision) -> Candidate:
    """The candidate of one decision, each slot with its span and rule."""
    figure, choices = decision.figure, decision.choices
    value, value_max = value_of_figure(reading, figure, decision.statistic)
    period = choices["period"]
    slots = {field: _slot(choices[field]) for field in choices if field != "period"}
    return Candidate(
        figure=figure.mention,
        statement=reading.sentences[figure.sentence].span,
        value=value,
        value_max=value_max,
        statistic=Slot(decision.statistic, figure.span, "model:statistic"),
        period=PeriodSlot(
            period.value if isinstance(period.value, Period) else None, period.span, period.rule
        ),
        probability=probability_of(decision),
        **slots,
    )


def probability_of(decision: Decision) -> float:
    """The belief that the figure is a statistic and that every choice is right."""
    chance = decision.probability
    for choice in decision.choices.values():
        chance *= choice.probability
    return chance


def _slot(choice: Choice) -> Slot:
    value = choice.value
    return Slot(value if isinstance(value, str) else None, choice.span, choice.rule)


def value_of_figure(reading: Reading, figure: Figure, statistic: str) -> tuple[float, float | None]:
    """The record's value: "doubled" as a change is 100, a change that fell is negative."""
    quantity = figure.mention.value
    value, value_max = quantity.value, quantity.value_max
    if quantity.unit is Unit.MULTIPLE:
        value = round((value - 1) * 100, 1)
    elif statistic == "change" and falls(reading, figure):
        value = -value
    return value, value_max


def falls(reading: Reading, figure: Figure) -> bool:
    """Whether the change is a decline: the nearest word of growth or decline says so."""
    tree = reading.trees[figure.sentence]
    best: tuple[float, bool] = (999.0, False)
    for cue in reading.sentences[figure.sentence].cues:
        if cue.value.field == "relation" and cue.value.value in ("growth", "decline"):
            place = tree.head_of(cue.span)
            distance = float(tree.path_length(figure.token, place)) + abs(place - figure.token) / 10
            best = min(best, (distance, cue.value.value == "decline"))
    return best[1]


def _obvious(sentences: Sequence[Sentence]) -> list[Rejection]:
    """Numbers whose unit says that they are no figure, and figures of headlines."""
    found: list[Rejection] = []
    for sentence in sentences:
        context = sentence.kind in CONTEXT_KINDS
        for item in sentence.quantities:
            if item.value.unit not in FIGURE_UNITS:
                found.append(Rejection(item.span, item.value.unit.value, item.rule))
            elif context:
                found.append(Rejection(item.span, "headline", "headline"))
            elif not sentence.tokens:
                found.append(Rejection(item.span, "no_demands", "gate"))
    return found


def _rejection_of(reading: Reading, refusal: Refusal) -> Rejection:
    figure = refusal.figure
    tree = reading.trees[figure.sentence]
    traps = [
        (abs(tree.head_of(cue.span) - figure.noun), cue)
        for cue in reading.sentences[figure.sentence].cues
        if cue.value.field == "trap"
    ]
    near = [item for item in traps if item[0] <= 6]
    if not near:
        return Rejection(figure.span, "unrelated", "model:statistic")
    cue = min(near, key=lambda item: (item[0], item[1].span))[1]
    return Rejection(figure.span, cue.value.value, cue.rule)

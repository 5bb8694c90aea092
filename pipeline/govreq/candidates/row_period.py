"""When: the period that a labelled figure covers.

A header may give the whole of it, or a half whose year stands in another header or further out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from govreq.candidates.candidate import PeriodSlot
from govreq.candidates.labels import LabelReading
from govreq.candidates.place_reading import PlaceReading
from govreq.candidates.row_company import RowContext
from govreq.candidates.sheet import NEAR, OWN, Label, Tier
from govreq.mentions.mention import Anchor, Mention, Period, PeriodExpression
from govreq.mentions.period import resolve_period
from govreq.mentions.period_shape import place_shape

SHORTEST_PERIOD = 27
"""Days: a shorter time is a date of release or of a law, no reporting period."""

AROUND = (Tier.CORNER, Tier.CAPTION, Tier.HEADING, Tier.INTRODUCTION, Tier.TITLE)

UNTIL = re.compile(r"\W*\b(?:up to|until|till|through|to|as of)\s+", re.IGNORECASE)
"""Between a year and the day that it is counted to. Accepts: " (up to ". Refuses: " on "."""

COMPARED = re.compile(r"\b(?:vs\.?|versus|from|against|since|than|compared (?:with|to)|over)\s+$")
"""Before the period that a change is measured against. Accepts: "Change vs. "."""

Stated = tuple[Period, Mention[PeriodExpression]]
Said = tuple[Label, LabelReading]


def decide_period(reading: PlaceReading, context: RowContext, changes: bool) -> PeriodSlot:
    """The time covered: own headers, groups, then outwards; at last what the document is about."""
    said = list(reading.within((*NEAR, *AROUND)))
    near = [item for item in said if item[0].tier in NEAR]
    halves = [item for item in near if _has_half(item[1])]
    for label, words in (*halves, *said):
        stated = _stated_in(words, _years_around(words, said, context), context, changes)
        wide = label.tier in (Tier.INTRODUCTION, Tier.TITLE, Tier.CORNER)
        if len({period for period, _ in stated}) == 1 or (stated and not wide):
            if changes and label.tier in AROUND:
                break
            period, mention = stated[0]
            return PeriodSlot(period, mention.span, f"{label.tier}:{mention.rule}")
    return _latest_sibling(reading, context) if changes else context.period


def _has_half(said: LabelReading) -> bool:
    """Whether the label names a part of a year without the year."""
    return any(mention.value.anchor is Anchor.YEAR for mention in said.periods)


def _stated_in(
    said: LabelReading, years: Sequence[Period], context: RowContext, changes: bool
) -> list[Stated]:
    """The reporting periods that one label states.

    A part of a year beside a bare year belongs to it ("2020: January - June"), and a day after
    "up to" ends it.
    """
    mentions = [mention for mention in said.periods if not _is_compared(said, mention, changes)]
    published = context.article.published
    bare = [
        mention
        for mention in mentions
        if mention.value.shape == "year" and mention.value.period is not None
    ]
    own_years = [mention.value.period for mention in bare if mention.value.period is not None]
    ended = _ended_year(said, mentions)
    if ended is not None:
        return [ended]
    stated: list[Stated] = []
    for mention in mentions:
        if mention.value.anchor in (Anchor.PREVIOUS, Anchor.SAME, Anchor.OPEN):
            continue
        half = mention.value.anchor is Anchor.YEAR
        period = resolve_period(mention.value, published, [*years, *own_years] if half else years)
        if period is None or (period.end - period.start).days < SHORTEST_PERIOD:
            continue
        stated.append((period, mention))
    if _has_half(said) and len(bare) == 1:
        stated = [item for item in stated if item[1] is not bare[0]] or stated
    return stated


def _ended_year(said: LabelReading, mentions: Sequence[Mention[PeriodExpression]]) -> Stated | None:
    """A year up to a day: "2025 (up to June 30)" is its first half."""
    for year, day in pairwise(mentions):
        whole, shape = year.value.period, day.value.shape
        between = said.text[year.span.end - said.span.start : day.span.start - said.span.start]
        if whole is None or year.value.shape != "year" or not UNTIL.fullmatch(between):
            continue
        last = day.value.period or place_shape(shape, whole.start.year)
        if last is not None and last.end > whole.start:
            return Period(date(whole.start.year, 1, 1), last.end), year
    return None


def _is_compared(said: LabelReading, mention: Mention[PeriodExpression], changes: bool) -> bool:
    """Whether the period is the one that a change is measured against."""
    before = said.text[: mention.span.start - said.span.start]
    return changes and COMPARED.search(before.lower()[-30:]) is not None


def _years_around(here: LabelReading, said: Sequence[Said], context: RowContext) -> list[Period]:
    """Periods of the other labels, the nearest last: they give "Jan - Jun" its year."""
    found = [
        mention.value.period
        for _, words in said
        if words is not here
        for mention in words.periods
        if mention.value.period is not None
    ]
    found.reverse()
    report = context.period.value
    return [report, *found] if report is not None else found


def _latest_sibling(reading: PlaceReading, context: RowContext) -> PeriodSlot:
    """A change is of the latest period beside it, else of the document's."""
    found = [reading.facts_beside(label).latest for label, _ in reading.within(OWN)]
    best = max((item for item in found if item), key=lambda item: item[0].end, default=None)
    if best is not None:
        return PeriodSlot(best[0], best[1], "table:latest_period")
    tiers = (Tier.CAPTION, Tier.HEADING, Tier.TITLE)
    for label, said in reading.within(tiers):
        for mention in said.periods:
            if mention.value.period is not None:
                return PeriodSlot(
                    mention.value.period, mention.span, f"{label.tier}:{mention.rule}"
                )
    return context.period

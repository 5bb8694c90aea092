"""Why a labelled figure is no request statistic: whose it is, what it measures, what is missing.

A table of removals under the platform's own rules looks just like one of removals on demand; the
words of its headers, its heading and the paragraph above tell them apart.
"""

from __future__ import annotations

from govreq.candidates.candidate import Rejection
from govreq.candidates.labels import LabelReading
from govreq.candidates.place_reading import (
    OWN_DOING,
    PlaceReading,
    is_plain,
    speaks_of_demands,
)
from govreq.candidates.row_counted import counted_in
from govreq.candidates.sheet import NEAR, OWN, SHEET, Label, Tier

MEASURES = frozenset({"time", "money", "average", "people", "organisations", "reports", "pending"})
"""Traps that say that the figure counts something else, where nothing counted stands beside."""


def find_reason(reading: PlaceReading, statistic: str, value: float) -> Rejection | None:
    """The rejection of a figure that is no request statistic, None where it is one."""
    span = reading.place.figure.span
    if statistic == "difference" or (statistic != "change" and value < 0):
        return Rejection(span, "difference", "table:difference")
    if statistic in ("share", "rate") and value > 100:
        return Rejection(span, "unrelated", "table:over_100_percent")
    demand = _speaks_of_demands(reading)
    for label, said in reading.within((*SHEET, Tier.HEADING)):
        reason = _own_doing(label, said, demand) or _measure(label, said)
        if reason is not None:
            return Rejection(span, reason, f"{label.tier}:{reason}")
    if not demand and (reason := _introduced_as(reading)) is not None:
        return Rejection(span, reason, f"introduction:{reason}")
    if not demand and not _titled_as_demands(reading):
        return Rejection(span, "no_demands", "table:no_demands")
    return None


def _own_doing(label: Label, said: LabelReading, demand: bool) -> str | None:
    """What kind of figure a label makes it, if not one of demands by the state."""
    for mark in OWN_DOING:
        if mark not in said.marks:
            continue
        if mark == "enforcement" and demand and label.tier not in (Tier.CORNER, Tier.CAPTION):
            continue
        if label.tier is Tier.HEADING and (speaks_of_demands(said) or (label.depth > 0 and demand)):
            continue
        if mark == "private_party" and _has_process(said):
            continue
        return "enforcement" if mark == "own_action" else mark
    return None


def _has_process(said: LabelReading) -> bool:
    return any(
        cue.value.value not in ("all", "civil") for cue in said.cues_of("legal_process")
    ) or any(word in said.text.lower() for word in ("court", "civil", "subpoena"))


def _measure(label: Label, said: LabelReading) -> str | None:
    """The unit of a header that counts neither demands nor accounts nor items."""
    if label.tier not in OWN or said.place is not None:
        return None
    if "money" in said.marks and not said.cues_of("counted"):
        return "money"
    if "scale" in said.marks and not speaks_of_demands(said):
        return "user_base"
    if any(cue.value.value == "pending" for cue in said.cues_of("trap")):
        return "pending"
    if counted_in(label, said) is not None or said.cues_of("legal_process"):
        return None
    return _trap_in(said)


def _trap_in(said: LabelReading) -> str | None:
    """A trap at the label's start ("Days to respond"), or at its end where it says no outcome."""
    outcome = bool(said.cues_of("outcome"))
    for cue in said.cues_of("trap"):
        if cue.value.value not in MEASURES:
            continue
        last = cue.span.end == said.span.end and not said.periods and not outcome
        if last or cue.span.start == said.span.start:
            return cue.value.value
    return None


def _speaks_of_demands(reading: PlaceReading) -> bool:
    """Whether a header of the figure, its group, caption or nearest heading speaks of demands."""
    for label, said in reading.within((*SHEET, Tier.HEADING)):
        if label.tier is Tier.HEADING and label.depth > 1:
            continue
        if speaks_of_demands(said):
            return True
    return _beside_demands(reading)


def _beside_demands(reading: PlaceReading) -> bool:
    """Whether a header beside the figure's counts demands: its table is one of demands.

    Rows may be of many sorts, so that a row's neighbours speak only for one that is plain itself.
    """
    return any(
        reading.facts_beside(label).demands
        for label, said in reading.within(OWN)
        if label.tier is Tier.COLUMN or is_plain(said)
    )


def _introduced_as(reading: PlaceReading) -> str | None:
    """What the nearest paragraph above makes of a table that does not speak of demands itself."""
    for _, said in reading.within((Tier.INTRODUCTION,)):
        for mark in OWN_DOING:
            if mark in said.marks:
                return "enforcement" if mark == "own_action" else mark
        return None
    return None


def _titled_as_demands(reading: PlaceReading) -> bool:
    """Whether what stands above speaks of demands, and the headers of nothing else."""
    if not all(is_plain(said) for _, said in reading.within(NEAR)):
        return False
    if not all(reading.facts_beside(label).plain for label, _ in reading.within((Tier.COLUMN,))):
        return False
    tiers = (Tier.HEADING, Tier.INTRODUCTION, Tier.TITLE)
    return any(speaks_of_demands(said) for _, said in reading.within(tiers))

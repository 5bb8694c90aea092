"""A labelled figure with what its labels say, and what neighbouring labels have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govreq.article.spans import Span
from govreq.candidates.labels import LabelReader, LabelReading
from govreq.candidates.sheet import OWN, Label, Place, Sheet, Tier
from govreq.mentions.mention import Period

GROUPS = frozenset({"WORLD", "NON-US", "EU", "EUROPE", "OTHER"})
"""Jurisdictions that are no single country or part of one."""

ONLY_PROCESS = frozenset({"subpoena", "search_warrant"})

OWN_DOING = ("private_party", "voluntary", "own_action", "enforcement")
"""Marks of what is not the state's demand, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class AxisFacts:
    """What the labels of one axis have in common.

    ``codes`` are the countries or parts that they name, ``demands`` says whether one counts
    demands, ``plain`` whether each is a place, a time, a total or what the vocabulary knows,
    ``emergencies`` whether some but not all are of emergencies, ``processes`` whether one is a
    subpoena or warrant; ``latest`` is the latest period that one names, with its span.
    """

    codes: frozenset[str]
    demands: bool
    plain: bool
    emergencies: bool
    processes: bool
    latest: tuple[Period, Span] | None


NO_FACTS = AxisFacts(frozenset(), False, True, False, False, None)


class SheetReading:
    """A sheet with the facts of its axes; each axis is read once, however many figures it heads."""

    def __init__(self, sheet: Sheet, reader: LabelReader) -> None:
        self.sheet = sheet
        self.reader = reader
        self.around = tuple((label, reader.read(label.span)) for label in sheet.around)
        self.facts = {
            axis: _facts_of([reader.read(label.span) for label in labels])
            for axis, labels in sheet.siblings.items()
        }
        self.emergencies = any(facts.emergencies for facts in self.facts.values())

    def read_place(self, place: Place) -> PlaceReading:
        """One place of the sheet with all its labels read."""
        own = tuple((label, self.reader.read(label.span)) for label in place.labels)
        return PlaceReading(place, self, (*own, *self.around))


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place with its sheet and what each of its labels says, the nearest first."""

    place: Place
    sheet: SheetReading
    read: tuple[tuple[Label, LabelReading], ...]

    @property
    def own(self) -> tuple[tuple[Label, LabelReading], ...]:
        """The labels that are the place's own, without those around its sheet."""
        return self.read[: len(self.place.labels)]

    def within(self, tiers: Sequence[Tier]) -> Iterator[tuple[Label, LabelReading]]:
        """The labels of these tiers with their readings."""
        return ((label, said) for label, said in self.read if label.tier in tiers)

    def holds_mark(self, mark: str, tiers: Sequence[Tier] = OWN) -> Span | None:
        """Where a label of these tiers has a word of tables with this value, else None."""
        for label, said in self.read:
            if label.tier in tiers and mark in said.marks:
                return said.marks[mark]
        return None

    def facts_beside(self, label: Label) -> AxisFacts:
        """What the labels beside this one have in common."""
        return self.sheet.facts.get(label.axis, NO_FACTS)


def speaks_of_demands(said: LabelReading) -> bool:
    """Whether a label counts demands of the state or names a legal process."""
    if not said.marks.keys().isdisjoint(OWN_DOING):
        return "demand" in said.marks and "private_party" not in said.marks
    return any(
        (cue.value.field == "legal_process" and cue.value.value != "all")
        or (cue.value.field == "counted" and cue.value.value == "requests")
        for cue in said.cues
    )


def is_plain(said: LabelReading) -> bool:
    """Whether a header names a place, a time, a total, or what the vocabulary knows."""
    if said.place is not None or said.periods or said.places or said.companies:
        return True
    if not said.marks.keys().isdisjoint(("total", "other", "region", "percent", "number")):
        return True
    return any(cue.value.field in ("outcome", "counted", "data") for cue in said.cues)


def _facts_of(readings: Sequence[LabelReading]) -> AxisFacts:
    emergencies = [any(cue.value.value == "emergency" for cue in said.cues) for said in readings]
    return AxisFacts(
        codes=frozenset(
            said.place.code
            for said in readings
            if said.place is not None and said.place.code and said.place.code not in GROUPS
        ),
        demands=any(speaks_of_demands(said) for said in readings),
        plain=all(is_plain(said) for said in readings),
        emergencies=any(emergencies) and not all(emergencies),
        processes=any(cue.value.value in ONLY_PROCESS for said in readings for cue in said.cues),
        latest=_latest_of(readings),
    )


def _latest_of(readings: Sequence[LabelReading]) -> tuple[Period, Span] | None:
    found = [
        (mention.value.period, mention.span)
        for said in readings
        if "change" not in said.marks
        for mention in said.periods
        if mention.value.period is not None
    ]
    return max(found, key=lambda item: item[0].end, default=None)

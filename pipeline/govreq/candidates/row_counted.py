"""What a labelled figure counts: the head of its label's noun phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govreq.candidates.candidate import Slot
from govreq.candidates.labels import LabelReading
from govreq.candidates.place_reading import PlaceReading
from govreq.candidates.sheet import OWN, Label, Tier
from govreq.candidates.slots import default_slot, slot_of
from govreq.mentions.mention import Cue, Mention

HEAD_START = re.compile(
    r"\s*(?:(?:#|(?:total |the )*numbers?|percent(?:age)?|%|share|proportion|count|no\.)"
    r"\s*(?:of\b)?\s*|total\s+)*",
    re.IGNORECASE,
)
"""What stands before the thing counted. Accepts: "Number of ", "% of ". Refuses: "Accounts"."""

HEAD_END = re.compile(
    r"\s[-–—]\s|[(:,]|\b(?:for|where|in|that|which|who|whose|with|by|from|of|on|to|under|about"
    r"|resulting|subject|against|concerning|relating|naming)\b",
    re.IGNORECASE,
)
"""Where the noun phrase of a label ends. Accepts: " - ", "where". Refuses: "/"."""

CONTENT_HEAD = re.compile(
    HEAD_START.pattern + r"content\b(?!\s+(?:removals?|takedowns?|requests?|orders?|demands?))",
    re.IGNORECASE,
)
"""Accepts: "Content removed". Refuses: "Requests for content", "Content removal"."""

BEYOND = (Tier.PARENT, Tier.GROUP, Tier.CORNER, Tier.CAPTION, Tier.HEADING)


def decide_counted(reading: PlaceReading, subject: str, outcome: str) -> Slot:
    """What the figure counts: ``items`` and ``accounts`` in any of its own labels come first."""
    own = list(_counted_within(reading, OWN))
    for value in ("items", "accounts", "requests"):
        for slot in own:
            if slot.value == value:
                return slot
    if subject == "content_removal" and outcome.startswith("disclosed"):
        for label, said in reading.within(OWN):
            if CONTENT_HEAD.match(said.text):
                return Slot("items", said.span, f"{label.tier}:content_removed")
    return next(_counted_within(reading, BEYOND), default_slot("requests"))


def _counted_within(reading: PlaceReading, tiers: tuple[Tier, ...]) -> Iterator[Slot]:
    """What the labels of the tiers count; of the headings only the nearest is asked."""
    for label, said in reading.within(tiers):
        if label.depth == 0 and said.place is None:
            slot = counted_in(label, said)
            if slot is not None:
                yield slot


def counted_in(label: Label, said: LabelReading) -> Slot | None:
    """The last thing named in the label's noun phrase; a bracket "(accounts ...)" overrules it."""
    cues = [cue for cue in said.cues_of("counted") if not _is_part_of_data(said, cue)]
    bracket = said.text.find("(")
    if bracket > 0:
        for cue in cues:
            if cue.span.start - said.span.start == bracket + 1 and cue.value.value != "requests":
                return slot_of(cue.value.value, cue, label)
    start = HEAD_START.match(said.text)
    first = start.end() if start else 0
    end = HEAD_END.search(said.text, first)
    last = end.start() if end else len(said.text)
    head = [cue for cue in cues if first <= cue.span.start - said.span.start < last]
    if not head and end is not None and end.group().strip() in ("-", "–", "—"):
        head = [cue for cue in cues if cue.span.start - said.span.start >= last]
    return slot_of(head[-1].value.value, head[-1], label) if head else None


def _is_part_of_data(said: LabelReading, cue: Mention[Cue]) -> bool:
    """Whether the word belongs to a kind of data: "subscriber" in "subscriber data"."""
    if cue.value.value == "requests":
        return False
    return any(
        other.span.contains(cue.span) and len(other.span) > len(cue.span)
        for other in said.cues
        if other.value.field in ("data", "subject")
    )

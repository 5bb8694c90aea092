"""What a labelled figure is about and what became of it: process, outcome, subject, data.

Each field is one ordered list of decisions: the labels are asked from the figure outwards, and the
first that speaks decides. How far out a field asks differs: a heading names the process of a whole
table, while an outcome in a title says nothing of a cell.
"""

from __future__ import annotations

import re

from govreq.article.spans import Span
from govreq.candidates.candidate import Slot
from govreq.candidates.labels import LabelReading
from govreq.candidates.place_reading import PlaceReading
from govreq.candidates.sheet import NEAR, OWN, SHEET, Label, Tier
from govreq.candidates.slots import default_slot, mark_slot, slot_of
from govreq.mentions.mention import Cue, Mention, Unit

OUTCOMES = (
    "rejected", "disclosed_full", "disclosed_partial", "gagged", "challenged", "notified",
    "disclosed", "received",
)  # fmt: skip
"""Within one label the first of these wins: "disclosure of no data" is ``rejected``."""

PURPOSE = re.compile(
    r"\b(?:to|for|of|seeking|requesting|demanding|requiring|ordering)\s+(?:the\s+)?$", re.IGNORECASE
)
"""A word after this is what was asked for. Accepts: "requests for ". Refuses: "requests "."""

REQUEST_NOUN = re.compile(
    r"\s*(?:data |information )?(?:requests?|orders?|demands?|notices?|letters?)\b", re.IGNORECASE
)
"""After a noun such as "disclosure" this makes it a kind of request. Accepts: " requests"."""

NAMING_NOUN = re.compile(r"(?:ures?|ings?|ions?|als?|ice|ance|ment)$", re.IGNORECASE)
"""Cues that are nouns. Accepts: "disclosure", "removal". Refuses: "disclosed", "denied"."""

STATISTIC_WORD = re.compile(r"shares?|positive", re.IGNORECASE)
"""Words of statistics that are outcomes in prose. Accepts: "Share". Refuses: "shared"."""

COORDINATION = re.compile(r"\b(?:and|or|other|all|any)\b|[,&/;]", re.IGNORECASE)
"""Words of a heading that names more than one thing. Accepts: "orders and letters"."""

WHAT = re.compile(r"\b(?:data|information|content|access|records)\b", re.IGNORECASE)
"""What demands are about. Accepts: "Information disclosed". Refuses: "Now released"."""

NATIONAL_SECURITY = frozenset({"national_security", "nsl", "fisa"})
COURT = frozenset({"court_order", "search_warrant"})
NO_DATA_KIND = frozenset({"wiretap", "pen_register", "geofence"})


def decide_process(reading: PlaceReading) -> Slot:
    """The legal process: "legal requests" are ``ordinary`` where emergencies are set apart."""
    emergencies = reading.sheet.emergencies
    for label, said in reading.within((*NEAR, Tier.CAPTION, Tier.HEADING, Tier.TITLE)):
        near = label.tier in NEAR
        if near and (slot := _rest_of_process(label, said, emergencies)) is not None:
            return slot
        cues = [cue for cue in said.cues_of("legal_process") if cue.value.value != "all"]
        if not near or not emergencies:
            cues = [cue for cue in cues if cue.value.value != "ordinary"]
        slot = _process_of(label, said, cues)
        if slot is not None and (near or _names_one(said, cues)):
            return slot
        if near and "orders" in said.marks and reading.facts_beside(label).processes:
            return mark_slot("court_order", "orders", said.marks["orders"], label)
    return default_slot("all")


def _rest_of_process(label: Label, said: LabelReading, emergencies: bool) -> Slot | None:
    if "not_emergency" in said.marks:
        return mark_slot("ordinary", "not_emergency", said.marks["not_emergency"], label)
    known = {cue.value.value for cue in said.cues_of("legal_process")} - {"all", "ordinary"}
    if emergencies and "rest_of_process" in said.marks and not known:
        return mark_slot("ordinary", "rest_of_process", said.marks["rest_of_process"], label)
    return None


def _process_of(label: Label, said: LabelReading, cues: list[Mention[Cue]]) -> Slot | None:
    """The one process that the cues of a label come to."""
    if not cues:
        return None
    outside = [cue for cue in cues if not _in_brackets(said, cue.span)] or cues
    values = {cue.value.value for cue in cues}
    if values <= NATIONAL_SECURITY:
        value = values.pop() if len(values) == 1 else "national_security"
        if {cue.value.value for cue in outside} == {"nsl"}:
            value = "nsl"
        return slot_of(value, cues[0], label)
    values = {cue.value.value for cue in outside} - {"ordinary"} or {"ordinary"}
    if len(values) == 1:
        return slot_of(
            outside[0].value.value if len(outside) == 1 else values.pop(), outside[0], label
        )
    if "civil" in values:
        return slot_of("civil", outside[0], label)
    if values == COURT:
        return slot_of("court_order", outside[0], label)
    if "emergency" in values:
        return slot_of("emergency", outside[0], label)
    return Slot("all", outside[0].span, f"{label.tier}:several_processes")


def _in_brackets(said: LabelReading, span: Span) -> bool:
    before = said.text[: span.start - said.span.start]
    return before.count("(") > before.count(")")


def _names_one(said: LabelReading, cues: list[Mention[Cue]]) -> bool:
    """Whether a heading names this process and nothing beside it."""
    if {cue.value.value for cue in cues} <= NATIONAL_SECURITY:
        return True
    rest = said.text
    for cue in sorted(cues, key=lambda item: item.span, reverse=True):
        at = said.span.start
        rest = rest[: cue.span.start - at] + rest[cue.span.end - at :]
    return COORDINATION.search(rest) is None


def decide_outcome(reading: PlaceReading) -> tuple[Slot, Tier | None]:
    """The outcome and the tier that said so, None where nothing did."""
    for label, said in reading.within((*SHEET, Tier.HEADING)):
        if label.tier is Tier.HEADING and label.depth > 0:
            continue
        if label.tier in OWN and "affected" in said.marks:
            return mark_slot("disclosed", "affected", said.marks["affected"], label), label.tier
        cues = [cue for cue in said.cues_of("outcome") if _is_outcome(said, cue, label)]
        for value in _outcome_order(cues):
            named = [cue for cue in cues if cue.value.value == value]
            if named and (value != "received" or label.tier in OWN):
                return slot_of(value, named[0], label), label.tier
    return default_slot("received"), None


def _outcome_order(cues: list[Mention[Cue]]) -> tuple[str, ...]:
    """Which outcome of a label wins; "partial or no data" is of those that got some."""
    if cues and min(cues, key=lambda cue: cue.span).value.value == "disclosed_partial":
        return ("disclosed_partial", *OUTCOMES)
    return OUTCOMES


def _is_outcome(said: LabelReading, cue: Mention[Cue], label: Label) -> bool:
    """Whether the cue says what happened, not what was asked for ("disclosure requests")."""
    at, end = cue.span.start - said.span.start, cue.span.end - said.span.start
    words = said.text[at:end]
    if STATISTIC_WORD.fullmatch(words):
        return False
    noun = NAMING_NOUN.search(words.split()[0]) is not None
    if label.tier not in (*OWN, Tier.PARENT, Tier.GROUP) and not _names_what(said):
        return False
    if cue.value.value in ("rejected", "gagged"):
        return True
    if PURPOSE.search(said.text[:at]) and not words.lower().startswith(("some", "any")):
        return "resulting in" in said.text.lower()
    if noun and REQUEST_NOUN.match(said.text, end):
        return False
    if noun and label.tier not in OWN and cue.value.value == "disclosed":
        return "restrict" in words.lower()
    return True


def _names_what(said: LabelReading) -> bool:
    """Whether a heading says what it happened to: "Information disclosed", not "Now released"."""
    return bool(said.cues_of("counted")) or WHAT.search(said.text) is not None


def decide_subject(reading: PlaceReading) -> Slot:
    """What the demands ask for; a label that names two things decides nothing."""
    order = ("preservation", "content_removal", "user_data")
    for label, said in reading.within(tuple(Tier)):
        cues = said.cues_of("subject")
        values = {cue.value.value for cue in cues}
        one = len(values) < 2 or label.tier in NEAR
        if not one and (label.tier is Tier.INTRODUCTION or "content_removal" in values):
            continue
        for value in order:
            for cue in cues:
                if cue.value.value == value:
                    return slot_of(value, cue, label)
    return default_slot("user_data")


def decide_data(reading: PlaceReading, subject: str, process: str) -> Slot:
    """Which data: only for demands for user data, and not where the process says it."""
    if subject != "user_data" or process in NO_DATA_KIND:
        return default_slot("any")
    for label, said in reading.within((*NEAR, Tier.CAPTION)):
        if "ncd" in said.marks:
            return mark_slot("non_content", "ncd", said.marks["ncd"], label)
        cues = [cue for cue in said.cues_of("data") if cue.value.value != "any"]
        values = {cue.value.value for cue in cues}
        if len(values) == 1:
            return slot_of(cues[0].value.value, cues[0], label)
        if values:
            break
    return default_slot("any")


def decide_statistic(reading: PlaceReading, outcome: Slot, tier: Tier | None) -> Slot:
    """Whether the figure is a count, a share, a rate or a change.

    The slot has no span where the figure itself says it, by its sign or the lack of one.
    """
    change = reading.holds_mark("change")
    if not is_percentage(reading):
        return Slot("difference" if change else "count", None, "table:number")
    if change is not None:
        return Slot("change", change, "table:change")
    if outcome.value == "received":
        return Slot("share", None, "table:percent")
    whole = reading.holds_mark("share")
    if whole is not None and (tier not in OWN or "total" in whole.of(reading.sheet.reader.text)):
        return Slot("share", whole, "table:share")
    return Slot("rate", outcome.span, "table:outcome")


def is_percentage(reading: PlaceReading) -> bool:
    """Whether the figure is a percentage: by its sign, else by the nearest header that says so."""
    quantity = reading.place.figure.value
    if quantity.unit is Unit.PERCENT:
        return True
    if quantity.value > 100 or quantity.value_max is not None:
        return False
    for _, said in reading.within((Tier.COLUMN, Tier.ROW)):
        if "number" in said.marks and "percent" not in said.marks:
            return False
        if "percent" in said.marks and "number" not in said.marks:
            return True
    return False

"""Where: whose authorities asked, for a labelled figure.

Headers say it of single rows and columns; captions, headings, the paragraphs above and the title
say it of a whole sheet. The nearest that settles it decides.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache, lru_cache

from govreq.candidates.candidate import Slot
from govreq.candidates.labels import LabelReading
from govreq.candidates.place_reading import GROUPS, PlaceReading
from govreq.candidates.row_fields import NATIONAL_SECURITY
from govreq.candidates.sheet import NEAR, OWN, Label, Tier
from govreq.candidates.slots import default_slot, mark_slot
from govreq.mentions.jurisdiction_table import JurisdictionRow
from govreq.mentions.mention import (
    JurisdictionName,
    Mention,
)
from govreq.mentions.sentence import Sentence
from govreq.vocabulary.loader import load_rows

NEAR_ENOUGH = 0.87
"""How alike, from 0 to 1, a misspelt name is to the country's."""

FORMS_OF_ASKERS = frozenset({"name", "demonym", "group", "place"})

ASKED_BY = re.compile(
    r"\b(?:from|by|in|outside(?: of)?|to|within|across|made under|throughout)\s+(?:the\s+)?"
    r"(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before a place that sent demands. Accepts: "came from the ". Refuses: "valid "."""

ASKERS = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+){0,2}?(?:governments?|authorit|law enforcement|police|courts?|agenc"
    r"|prosecutor|requests?|demands?|orders?|investigat|judges?|ministr|bodies|officials)",
    re.IGNORECASE,
)
"""After a place that sent demands. Accepts: " authorities sent". Refuses: " law says"."""

MANY_DEMANDS = re.compile(
    r"\b(?:requests|demands|orders|subpoenas|warrants|inquiries|enquiries|legal process)\b",
    re.IGNORECASE,
)
"""Accepts: "the orders that". Refuses: "an order"."""


def decide_jurisdiction(reading: PlaceReading, process: str) -> Slot:
    """Whose authorities asked: own headers, groups, then what stands over the sheet."""
    by_country = False
    for label, said in reading.within((*NEAR, Tier.CORNER)):
        slot = _named_place(reading, label, said)
        if slot is not None:
            return slot
        by_country = by_country or (label.tier in OWN and bool(reading.facts_beside(label).codes))
    if process in ("nsl", "fisa"):
        return _national_security()
    tiers = (Tier.CAPTION, Tier.HEADING, Tier.INTRODUCTION, Tier.TITLE)
    for label, said in reading.within(tiers):
        slot = _scope_of(reading, label, said)
        if slot is None or (by_country and not _may_hold_countries(reading, slot)):
            continue
        return slot
    return _national_security() if process in NATIONAL_SECURITY else default_slot("WORLD")


def _national_security() -> Slot:
    return Slot("US", None, "national_security:US")


def _named_place(reading: PlaceReading, label: Label, said: LabelReading) -> Slot | None:
    """The jurisdiction that a header, group or corner names, by its words or by its name."""
    country_list = label.tier in OWN and bool(reading.facts_beside(label).codes)
    named = said.place is not None and said.place.code not in ("WORLD", "OTHER")
    if "world" in said.marks and "other" not in said.marks and not named:
        return mark_slot("WORLD", "world", said.marks["world"], label)
    if "total" in said.marks and (said.place.code == "WORLD" if said.place else not said.places):
        return None
    if "other" in said.marks and label.tier in OWN:
        lone = said.place is not None and said.place.code == "OTHER" and _is_alone(said)
        return (
            mark_slot("OTHER", "other", said.marks["other"], label)
            if (country_list or lone)
            else None
        )
    if "abroad" in said.marks and not named:
        return mark_slot("NON-US", "abroad", said.marks["abroad"], label)
    return _mentioned_place(label, said) or _unnamed_place(label, said, country_list)


def _mentioned_place(label: Label, said: LabelReading) -> Slot | None:
    """The place that the label is the name of, or the one place that it mentions."""
    if said.place is not None and said.place.form != "generic":
        return Slot(said.place.code, said.span, f"{label.tier}:name")
    unwanted = ("", "OTHER") if label.tier is Tier.CORNER else ("",)
    places = [
        item
        for item in said.places
        if item.value.form in FORMS_OF_ASKERS and item.value.code not in unwanted
    ]
    if len({item.value.code for item in places}) != 1 or "change" in said.marks:
        return None
    return Slot(places[0].value.code, places[0].span, f"{label.tier}:{places[0].rule}")


def _unnamed_place(label: Label, said: LabelReading, country_list: bool) -> Slot | None:
    """A region, or what a list of countries misspells or alone knows."""
    if label.tier in OWN and "region" in said.marks and not said.cues_of("counted"):
        return mark_slot("OTHER", "region", said.marks["region"], label)
    if not country_list or said.places or not said.is_silent or said.marks:
        return None
    near = nearest_country(said.text)
    rule = "unknown_place" if near is None else "near_name"
    return Slot(near or "OTHER", said.span, f"{label.tier}:{rule}")


def _is_alone(said: LabelReading) -> bool:
    return not said.cues_of("counted") and not said.cues_of("legal_process")


@lru_cache(maxsize=4096)
def nearest_country(name: str) -> str | None:
    """The country that a misspelt name of a list of countries means, None where none is near.

    >>> nearest_country("Phillipines"), nearest_country("Narnia")
    ('PH', None)
    """
    words = name.strip(" *").casefold()
    near = get_close_matches(words, _country_names(), n=1, cutoff=NEAR_ENOUGH)
    return _country_names()[near[0]] if near and near[0][0] == words[0] else None


@cache
def _country_names() -> dict[str, str]:
    rows = load_rows("jurisdictions", JurisdictionRow)
    return {word.casefold(): row.code for row in rows for word in row.words}


def _may_hold_countries(reading: PlaceReading, slot: Slot) -> bool:
    """Whether the scope can be that of a list of countries: a group, or the whole of the parts."""
    if slot.value in GROUPS:
        return slot.value != "OTHER"
    return all(
        code.startswith(f"{slot.value}-")
        for label, _ in reading.within(OWN)
        for code in reading.facts_beside(label).codes
    )


def _scope_of(reading: PlaceReading, label: Label, said: LabelReading) -> Slot | None:
    """The one jurisdiction that a caption, heading, paragraph or title gives for the sheet."""
    if label.tier is Tier.INTRODUCTION:
        return _scope_of_paragraph(reading, label)
    found = [
        item
        for item in said.places
        if item.value.form in FORMS_OF_ASKERS and item.value.code not in ("", "OTHER")
    ]
    codes = {item.value.code for item in found}
    if "world" in said.marks:
        codes.add("WORLD")
    if len(codes) != 1:
        return None
    if found:
        return Slot(found[0].value.code, found[0].span, f"{label.tier}:{found[0].rule}")
    return mark_slot("WORLD", "world", said.marks["world"], label)


def _scope_of_paragraph(reading: PlaceReading, label: Label) -> Slot | None:
    """The first sentence that says from whom demands came, if it names one jurisdiction."""
    for sentence in reading.sheet.reader.sentences_in(label.span):
        found = [item for item in sentence.jurisdictions if _sent_demands(reading, item, sentence)]
        if len({item.value.code for item in found}) == 1:
            return Slot(found[0].value.code, found[0].span, f"{label.tier}:{found[0].rule}")
    return None


def _sent_demands(
    reading: PlaceReading, item: Mention[JurisdictionName], sentence: Sentence
) -> bool:
    """Whether the sentence makes the place the one that asked, more than once."""
    if item.value.form not in FORMS_OF_ASKERS or item.value.code in ("", "OTHER"):
        return False
    text, span = reading.sheet.reader.text, sentence.span
    before, after = text[span.start : item.span.start], text[item.span.end : span.end]
    if item.value.form == "group" or not ASKERS.match(after):
        plural = MANY_DEMANDS.search(text, span.start, span.end)
        return plural is not None and ASKED_BY.search(before[-60:]) is not None
    return True

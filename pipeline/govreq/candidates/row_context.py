"""Who, where and when of a labelled figure: jurisdiction, period, company.

Headers say it of single rows and columns; captions, headings, the paragraphs above and the title
say it of a whole sheet. The nearest that settles it decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache

from govreq.article.article import Article
from govreq.article.spans import Span
from govreq.candidates.candidate import PeriodSlot, Slot
from govreq.candidates.labels import LabelReading
from govreq.candidates.place_reading import GROUPS, PlaceReading
from govreq.candidates.reading import Reading
from govreq.candidates.row_fields import NATIONAL_SECURITY, default_slot, mark_slot
from govreq.candidates.sheet import NEAR, OWN, Label, Tier
from govreq.mentions.jurisdiction_table import JurisdictionRow
from govreq.mentions.mention import (
    CompanyName,
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


SITE_WORDS = re.compile(
    r"^(?:the)\s+|[\s:|–-]*\b(?:transparency|trust|privacy|news ?room|official|press|blog|center"
    r"|centre|report(?:s|ing)?|hub|help|support|group|ag|inc|llc|ltd|plc|corp(?:oration)?|gmbh|s\.a"
    r"|about|policies|policy|safety|corporate|investor relations)\b\.?",
    re.IGNORECASE,
)
"""Words of a publisher's name that are not the company's. Accepts: "The ", " Transparency"."""

FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)


@dataclass(frozen=True)
class RowContext:
    """What the whole document says: its company and its reporting period."""

    article: Article
    reading: Reading

    @cached_property
    def period(self) -> PeriodSlot:
        """The period that the document is about."""
        reading = self.reading
        wanted = reading.report_period
        for _, mention, period in reading.absolute_periods:
            if period == wanted:
                return PeriodSlot(period, mention.span, "document:report_period")
        return PeriodSlot(None, None, "default")

    @cached_property
    def publisher(self) -> str | None:
        """The company that publishes the page about itself, by the name that the page gives."""
        known = self.reading.publisher_company
        if known is not None:
            return known
        name = self.article.publisher
        if not name or not FIRST_PERSON.search(self.article.text):
            return None
        return SITE_WORDS.sub("", name).strip(" .,–-|") or None

    @cached_property
    def company(self) -> Slot:
        """The company of figures whose labels name none."""
        publisher = self.publisher
        if publisher is None:
            topic = self.reading.topic_company
            if topic is None:
                return default_slot_of_company(None)
            return Slot(topic.value.name, topic.span, "document:topic")
        named = [item for item in self._mentions if item.value.name == publisher]
        businesses = [item for item in self._mentions if item.value.parent == publisher]
        if not named and len({item.value.name for item in businesses}) == 1:
            return Slot(businesses[0].value.name, businesses[0].span, "document:business")
        at = self.article.text.find(publisher)
        span = named[0].span if named else Span(at, at + len(publisher)) if at >= 0 else None
        return Slot(publisher, span, "document:publisher")

    @cached_property
    def _mentions(self) -> list[Mention[CompanyName]]:
        return [
            item
            for sentence in self.reading.sentences
            for item in sentence.companies
            if item.value.known and item.value.name
        ]


def default_slot_of_company(name: str | None) -> Slot:
    """The company where nothing names one."""
    return Slot(name, None, "default")


def decide_jurisdiction(reading: PlaceReading, process: str) -> Slot:
    """Whose authorities asked: own headers, groups, then what stands over the sheet."""
    by_country = False
    for label, said in reading.within((*NEAR, Tier.CORNER)):
        slot = _named_place(reading, label, said)
        if slot is not None:
            return slot
        by_country = by_country or (label.tier in OWN and _names_countries(reading, label))
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
    """The jurisdiction that a header, group or corner names."""
    country_list = label.tier in OWN and _names_countries(reading, label)
    if "world" in said.marks and "other" not in said.marks and not _names_part(said):
        return mark_slot("WORLD", "world", said.marks["world"], label)
    if "total" in said.marks and (said.place.code == "WORLD" if said.place else not said.places):
        return None
    if "other" in said.marks and label.tier in OWN:
        if country_list or (said.place and said.place.code == "OTHER" and _is_alone(said)):
            return mark_slot("OTHER", "other", said.marks["other"], label)
        return None
    if "abroad" in said.marks and not _names_part(said):
        return mark_slot("NON-US", "abroad", said.marks["abroad"], label)
    if said.place is not None and said.place.form != "generic":
        return Slot(said.place.code, said.span, f"{label.tier}:name")
    places = [item for item in said.places if item.value.form in FORMS_OF_ASKERS]
    codes = {item.value.code for item in places if item.value.code}
    if label.tier is Tier.CORNER:
        codes -= {"OTHER"}
    if len(codes) == 1 and not _changes(said):
        mention = next(item for item in places if item.value.code)
        return Slot(mention.value.code, mention.span, f"{label.tier}:{mention.rule}")
    if "region" in said.marks and label.tier in OWN and _is_region(said):
        return mark_slot("OTHER", "region", said.marks["region"], label)
    if country_list and not places and _is_unknown_name(said):
        near = nearest_country(said.text)
        rule = "unknown_place" if near is None else "near_name"
        return Slot(near or "OTHER", said.span, f"{label.tier}:{rule}")
    return None


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


def _is_unknown_name(said: LabelReading) -> bool:
    """Whether a label in a list of countries is a name that no table knows."""
    return not said.cues and not said.marks and not said.periods and not said.companies


def _names_part(said: LabelReading) -> bool:
    return said.place is not None and said.place.code not in ("WORLD", "OTHER")


def _changes(said: LabelReading) -> bool:
    return "change" in said.marks


def _is_region(said: LabelReading) -> bool:
    return not said.cues_of("counted") and len(said.text) <= 60


def _names_countries(reading: PlaceReading, label: Label) -> bool:
    """Whether the labels beside this one are names of countries or of their parts."""
    return bool(reading.facts_beside(label).codes)


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


def decide_company(reading: PlaceReading, context: RowContext) -> Slot:
    """Who received the demands: a header or heading that names a business, else the publisher."""
    default = context.company
    publisher = context.publisher
    tiers = (*NEAR, Tier.CORNER, Tier.CAPTION, Tier.HEADING, Tier.INTRODUCTION, Tier.TITLE)
    for label, said in reading.within(tiers):
        named = [item for item in said.companies if item.value.known and item.value.name]
        if label.tier in (Tier.INTRODUCTION, Tier.CORNER, Tier.TITLE) and publisher is not None:
            named = [item for item in named if item.value.parent == publisher]
        names = {item.value.name for item in named}
        if len(names) == 1:
            return Slot(named[0].value.name, named[0].span, f"{label.tier}:{named[0].rule}")
        if names and label.tier in NEAR:
            return Slot(named[0].value.name, named[0].span, f"{label.tier}:{named[0].rule}")
    return default

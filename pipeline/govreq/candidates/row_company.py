"""Who: the company of a labelled figure, and what the document as a whole says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from govreq.article.article import Article, BlockKind
from govreq.article.spans import Span
from govreq.candidates.candidate import PeriodSlot, Slot
from govreq.candidates.place_reading import PlaceReading
from govreq.candidates.reading import Reading
from govreq.candidates.sheet import NEAR, Tier
from govreq.mentions.mention import CompanyName, Mention

SITE_WORDS = re.compile(
    r"^(?:the)\s+|[\s:|–-]*\b(?:transparency|trust|privacy|news ?room|official|press|blog|center"
    r"|centre|report(?:s|ing)?|hub|help|support|group|ag|inc|llc|ltd|plc|corp(?:oration)?|gmbh|s\.a"
    r"|about|policies|policy|safety|corporate|investor relations)\b\.?",
    re.IGNORECASE,
)
"""Words of a publisher's name that are not the company's. Accepts: "The ", " Transparency"."""

QUOTED = re.compile(r"“[^”]{0,500}”|\"[^\"]{0,500}\"")
"""Accepts: "“We comply,” it said". Refuses: "it's"."""

FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
"""Accepts: "We publish". Refuses: "the US"."""

AUTHORITY = re.compile(
    r"\b(?:courts?|ministry|department|office of|government|federal|police|commission(?:er)?|agency"
    r"|parliament|senate|congress|bureau|authority|directorate|state of)\b",
    re.IGNORECASE,
)
"""Publishers that demand and are not demanded of. Accepts: "Ministry of Justice". Refuses: "Wire".
"""

OWN_REPORT = re.compile(r"\btransparency\b", re.IGNORECASE)
"""Words of a title that only a company gives its own page. Accepts: "Transparency report 2020"."""


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
        if (
            not name
            or AUTHORITY.search(name)
            or self._titled_after_another
            or not self._speaks_of_itself
        ):
            return None
        return SITE_WORDS.sub("", name).strip(" .,–-|") or None

    @property
    def _titled_after_another(self) -> bool:
        """Whether the title names a known company: then an unknown publisher writes about it."""
        return any(
            item.value.known and item.value.name
            for sentence in self.reading.sentences
            if sentence.kind is BlockKind.TITLE
            for item in sentence.companies
        )

    @property
    def _speaks_of_itself(self) -> bool:
        """Whether the page calls itself a transparency report, or says "we" outside its quotes."""
        if OWN_REPORT.search(f"{self.article.publisher} {self.article.title}"):
            return True
        return FIRST_PERSON.search(QUOTED.sub("", self.article.text)) is not None

    @cached_property
    def company(self) -> Slot:
        """The company of figures whose labels name none."""
        publisher = self.publisher
        if publisher is None:
            topic = self.reading.topic_company
            if topic is None:
                return Slot(None, None, "default")
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

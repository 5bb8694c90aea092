"""The outline of an article: which headings and introductions a table or list stands under."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field

from govreq.article.article import Article, Block, BlockKind
from govreq.article.spans import Span
from govreq.candidates.sheet import Label, Tier

MOST_INTRODUCTIONS = 4
"""Paragraphs above a sheet, in one section, that are read as its introduction."""

LONGEST_LEAD = 90
"""A longer paragraph is no heading in disguise."""

NOTE = re.compile(
    r"\s*(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹]|\[\w{1,3}\]|\(?\d{1,2}[.)]\s|note\b|source\b)", re.IGNORECASE
)
"""A footnote below a table. Accepts: "* Includes", "[1] We", "Note: the". Refuses: "2019 was"."""

SENTENCE_END = re.compile(r"[.!?;]\W*$")
"""Accepts: "We got them." Refuses: "United States"."""


@dataclass(slots=True)
class _Section:
    level: int
    heading: Span | None = None
    paragraphs: list[Span] = field(default_factory=list)


class BlockFinder:
    """Finds the block that holds a span."""

    def __init__(self, article: Article) -> None:
        self.blocks = article.blocks
        self._starts = [block.span.start for block in article.blocks]

    def number_of(self, span: Span) -> int:
        """The number of the block that holds the span."""
        return max(0, bisect_right(self._starts, span.start) - 1)

    def statement_of(self, span: Span) -> Span:
        """The block that holds the span: the row or list item that states a figure."""
        return self.blocks[self.number_of(span)].span


def outline_blocks(article: Article, wanted: Collection[int]) -> dict[int, tuple[Label, ...]]:
    """For each wanted block, the headings, introductions and the title that it stands under.

    Headings come nearest first, then the paragraphs between them and what they head, then the
    title. One pass over the blocks.
    """
    outlines: dict[int, tuple[Label, ...]] = {}
    title: list[Label] = []
    sections = [_Section(-1)]
    for number, block in enumerate(article.blocks):
        if number in wanted:
            lead = _lead_of(article, number)
            outlines[number] = (*_labels_of(sections, lead), *title)
        if block.kind is BlockKind.TITLE:
            title.append(Label(block.span, Tier.TITLE))
        elif block.kind is BlockKind.HEADING:
            while len(sections) > 1 and sections[-1].level >= block.level:
                sections.pop()
            sections.append(_Section(block.level, block.span))
        elif _introduces(article.text, block):
            sections[-1].paragraphs.append(block.span)
    return outlines


def _labels_of(sections: list[_Section], lead: Span | None) -> list[Label]:
    headings = [] if lead is None else [Label(lead, Tier.HEADING)]
    introductions: list[Label] = []
    for depth, section in enumerate(reversed(sections)):
        if section.heading is not None:
            headings.append(Label(section.heading, Tier.HEADING, depth=len(headings)))
        introductions += (
            Label(span, Tier.INTRODUCTION, depth=depth)
            for span in reversed(section.paragraphs[-MOST_INTRODUCTIONS:])
            if span != lead
        )
    return [*headings, *introductions]


def _introduces(text: str, block: Block) -> bool:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
        return False
    return NOTE.match(text, block.span.start, block.span.end) is None


def _lead_of(article: Article, number: int) -> Span | None:
    """A short line right above that ends no sentence: a heading that is not marked as one."""
    if number == 0:
        return None
    block = article.blocks[number - 1]
    words = block.span.of(article.text)
    if block.kind is not BlockKind.PARAGRAPH or len(words) > LONGEST_LEAD:
        return None
    return None if SENTENCE_END.search(words) or NOTE.match(words) else block.span

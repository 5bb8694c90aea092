"""Data tables of the body, and the headings and paragraphs that they stand under.

A report page may be a title, a line of text and a table: too little prose to tell by it where the
body is. A table of figures is the article's own unless the element that it stands in says
otherwise, and so are the words that lead to it.
"""

from __future__ import annotations

import re

from govreq.article.article import BlockKind
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.class_words import Hint
from govreq.article.grids import FIGURE

LEADS = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION})
LEAD_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "caption", "figcaption"})
OUTERMOST = frozenset({"html", "body"})
FURNITURE_TAGS = frozenset({"aside", "footer", "form", "header"})

LABELLED_FIGURE = re.compile(
    r"[^\W\d_][^:;!?]{1,100}(?::|\s[-–—])\s*[<>≤≥~]?\s?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?%?"
    r"(?:\s\(\d[\d.,]*\s?%\))?"
)
"""An item of a list of figures. Accepts: "Complied with: 9 (64%)". Refuses: "It came in 2019"."""

ENDS_IN_FIGURE = re.compile(r"[^\W\d_]\W{1,4}\d[\d.,]*\W?$")
"""A line of a list of figures. Accepts: "Civil subpoenas: 25". Refuses: "Was this helpful?"."""

FURNITURE = (
    Hint.COMMENTS
    | Hint.NEWSLETTER
    | Hint.ADVERTISEMENT
    | Hint.HIDDEN
    | Hint.NAVIGATION
    | Hint.SIDEBAR
    | Hint.SHARE
)

RELATED = re.compile(
    r"related|recommend|popular|trending|teaser|most|latest|promo|suggest|similar|read|next|explore"
)
"""Names of link lists. Accepts: "div.most-read". Refuses: "div.card", which tiles have as well."""

BODY_TAGS = frozenset({"main", "article", "section"})

FEWEST_FIGURES = (1, 2)
"""Figures of a table, and items of a list, that make it one of figures."""

LONGEST_ITEM = 200
MOST_LINKED = 0.3


def keep_tables(page: PageBlocks, own: list[bool]) -> None:
    """Marks the tables and lists of figures and what leads to them as the article's own."""
    figures = _count_figures(page)
    places: set[int] = set()
    last = -1
    for number, block in enumerate(page.blocks):
        if figures.get(_sheet_of(page, block), 0) < FEWEST_FIGURES[block.table < 0]:
            continue
        chain = page.chain(block)
        if not own[number] and (
            _is_furniture(page, chain) or (block.table < 0 and not _stands_inside(page, chain))
        ):
            continue
        own[number] = True
        places.update(chain)
        last = number
    _keep_leads(page, own, places, last)


def _sheet_of(page: PageBlocks, block: PageBlock) -> tuple[str, int]:
    """The table, or the list, that the block belongs to."""
    if block.table >= 0:
        return "table", block.table
    if block.kind is not BlockKind.LIST_ITEM or block.container < 0:
        return "none", -1
    return "list", page.containers[block.container].parent


def _count_figures(page: PageBlocks) -> dict[tuple[str, int], int]:
    counts: dict[tuple[str, int], int] = {}
    for block in page.blocks:
        sheet = _sheet_of(page, block)
        if block.table >= 0:
            found = sum(FIGURE.fullmatch(cell.text) is not None for cell in block.cells)
        else:
            found = LABELLED_FIGURE.fullmatch(block.text[:LONGEST_ITEM]) is not None
        counts[sheet] = counts.get(sheet, 0) + found
    counts.pop(("none", -1), None)
    return counts


def _stands_inside(page: PageBlocks, chain: list[int]) -> bool:
    return any(page.containers[number].tag in BODY_TAGS for number in chain)


def _keep_leads(page: PageBlocks, own: list[bool], places: set[int], last: int) -> None:
    """Keeps the headings, paragraphs and items that stand beside or above a kept table."""
    for number, block in enumerate(page.blocks):
        late = number > last and not (
            block.kind is BlockKind.HEADING or ENDS_IN_FIGURE.search(block.text)
        )
        if late or own[number] or block.table >= 0 or block.kind not in LEADS:
            continue
        chain = page.chain(block)[:3]
        if not chain or page.containers[chain[0]].tag not in LEAD_TAGS:
            continue
        parents = [place for place in chain[1:] if place in places]
        if not parents or page.containers[parents[0]].tag in OUTERMOST:
            continue
        if block.linked <= MOST_LINKED * len(block.text):
            own[number] = not _is_furniture(page, page.chain(block))


def _is_furniture(page: PageBlocks, chain: list[int]) -> bool:
    """Whether a container is one of page furniture by its tag or by what its names hint at.

    Names such as "privacy", "legal" or "account", which are those of cookie banners and log-ins
    elsewhere, are everyday names on report pages and say nothing here.
    """
    for number in chain:
        container = page.containers[number]
        if container.tag in FURNITURE_TAGS or container.own_hints & FURNITURE:
            return True
        if container.own_hints & Hint.RELATED and RELATED.search(container.key):
            return True
    return False

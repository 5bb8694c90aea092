"""Data tables of the body, and the headings and paragraphs that they stand under.

A report page may be a title, a line of text and a table: too little prose to tell by it where the
body is. A table of figures is the article's own unless the element that it stands in says
otherwise, and so are the words that lead to it.
"""

from __future__ import annotations

import re

from govreq.article.article import BlockKind
from govreq.article.blocks import PageBlocks
from govreq.article.grids import FIGURE

LEADS = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION})
LEAD_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "caption", "figcaption"})
OUTERMOST = frozenset({"html", "body"})
FURNITURE_TAGS = frozenset({"aside", "footer", "form", "header"})

ENDS_IN_FIGURE = re.compile(r"[^\W\d_]\W{1,4}\d[\d.,]*\W?$")
"""A line of a list of figures. Accepts: "Civil subpoenas: 25". Refuses: "Was this helpful?"."""

FEWEST_FIGURES = 1
MOST_LINKED = 0.3


def keep_tables(page: PageBlocks, own: list[bool], furniture: int) -> None:
    """Marks the data tables and their leads as the article's own.

    ``furniture`` are the bits of the hints that name page furniture.
    """
    figures: dict[int, int] = {}
    for block in page.blocks:
        if block.table >= 0:
            found = sum(FIGURE.fullmatch(cell.text) is not None for cell in block.cells)
            figures[block.table] = figures.get(block.table, 0) + found
    places: set[int] = set()
    last = -1
    for number, block in enumerate(page.blocks):
        if block.table < 0 or figures[block.table] < FEWEST_FIGURES:
            continue
        chain = page.chain(block)
        if not own[number] and _is_furniture(page, chain, furniture):
            continue
        own[number] = True
        places.update(chain)
        last = number
    _keep_leads(page, own, places, last, furniture)


def _keep_leads(
    page: PageBlocks, own: list[bool], places: set[int], last: int, furniture: int
) -> None:
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
        if block.linked <= MOST_LINKED * len(block.text) and not _is_furniture(
            page, page.chain(block), furniture
        ):
            own[number] = True


def _is_furniture(page: PageBlocks, chain: list[int], furniture: int) -> bool:
    return any(
        page.containers[number].own_hints & furniture
        or page.containers[number].tag in FURNITURE_TAGS
        for number in chain
    )

"""The publication date as a reader sees it: last resort where no machine-readable date is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from govreq.article.article import BlockKind
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.class_words import Hint
from govreq.article.titles import agree_titles

_LONGEST = 240
_BEFORE, _AFTER = 12, 25

# Accepts "Published", "Posted on", "Veröffentlicht", "Publié le"; refuses "publisher".
_PUBLISHED_WORD = re.compile(
    r"\b(?:publish(?:ed|ing)|posted|first aired|date|veröffentlicht|erstellt|stand|vom|publié|"
    r"publicado|pubblicato|gepubliceerd|опубликовано)\b",
    re.IGNORECASE,
)
# Accepts "Updated", "Last modified", "Mis à jour"; refuses "update".
_CHANGED_WORD = re.compile(
    r"\b(?:updated|modified|reviewed|aktualisiert|mis à jour|actualizado|aggiornato)\b",
    re.IGNORECASE,
)


def find_visible_day(
    page: PageBlocks, title: str, read: Callable[[str], date | None]
) -> date | None:
    """The day near the title that most looks like the date of publication, else None.

    ``read`` turns a string into a day. Short lines count more than prose, places with names such as
    "byline" or "meta" more than others, "published" more than "updated".
    """
    blocks = page.blocks
    start = _place_of_title(blocks, title)
    best: tuple[float, int, date] | None = None
    first, last = max(0, start - _BEFORE), start + _AFTER
    for number in range(first, min(len(blocks), last)):
        block = blocks[number]
        if not any(char.isdigit() for char in block.text[:_LONGEST]):
            continue
        day = read(block.text[:_LONGEST])
        if day is None:
            continue
        score = _score(page, block, number - start)
        if score > 0 and (best is None or score > best[0]):
            best = (score, number, day)
    return best[2] if best else None


def _place_of_title(blocks: list[PageBlock], title: str) -> int:
    places = [n for n, block in enumerate(blocks) if title and agree_titles(block.text, title)]
    for number in places:
        if blocks[number].kind is BlockKind.HEADING:
            return number
    return places[0] if places else 0


def _score(page: PageBlocks, block: PageBlock, distance: int) -> float:
    text = block.text[:_LONGEST]
    score = 3.0 - len(text) / 60 - abs(distance) / 10
    container = page.containers[block.container]
    if (container.hints | block.inline_hints) & (Hint.DATE | Hint.AUTHOR):
        score += 1.0
    if container.hints & (Hint.RELATED | Hint.COMMENTS | Hint.SIDEBAR):
        score -= 1.5
    if _PUBLISHED_WORD.search(text):
        score += 1.0
    elif _CHANGED_WORD.search(text):
        score -= 0.3
    if block.linked > 0.8 * len(block.text):
        score -= 0.5
    if distance < 0:
        score -= 0.5
    return score

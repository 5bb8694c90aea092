"""The publication date as a reader sees it.

It is the last resort where no machine-readable date is given; and where one is given that the page
shows nowhere, a bare date beside the headline goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

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
    r"\b(?:updated|modified|reviewed|revised|aktualisiert|mis à jour|actualizado|aggiornato"
    r"|bijgewerkt|обновлено)\b",
    re.IGNORECASE,
)
# Accepts "2019", "16.04.2019"; refuses "1719".
_YEAR = re.compile(r"(?:19|20)\d{2}")

_BYLINE_BEFORE, _BYLINE_AFTER = 2, 12
_LONGEST_BYLINE, _LONGEST_LABEL = 60, 30
_ASIDE = Hint.RELATED | Hint.COMMENTS | Hint.SIDEBAR


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


def find_bare_day(
    page: PageBlocks, title: str, declared: date, latest: date, read: Callable[[str], date | None]
) -> date | None:
    """The one day that stands beside the headline where the day ``declared`` is shown nowhere.

    Pages that are published anew keep their first day in their metadata and show their readers
    another one. A day with a word such as "updated" before it is none: it says that there was an
    earlier one. Nor is a day after ``latest``, the last that the page declares of itself: such a
    line gives the day of the visit, or an event.
    """
    start = _place_of_title(page.blocks, title)
    days = {
        day
        for number in range(
            max(0, start - _BYLINE_BEFORE), min(len(page.blocks), start + _BYLINE_AFTER + 1)
        )
        if _is_dated_byline(page, number) and (day := read(page.blocks[number].text)) is not None
    }
    if len(days) != 1:
        return None
    day = days.pop()
    if day == declared or day > latest + timedelta(days=1):
        return None
    return None if _is_shown(page, declared, read) else day


def _is_dated_byline(page: PageBlocks, number: int) -> bool:
    """Whether a block is a short line with one year in it, and not the date of a change."""
    block = page.blocks[number]
    text = block.text
    if len(text) > _LONGEST_BYLINE or block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return False
    if len(_YEAR.findall(text)) != 1 or text[-1] in ".!?" or _CHANGED_WORD.search(text):
        return False
    if page.containers[block.container].hints & _ASIDE:
        return False
    before = page.blocks[number - 1].text if number else ""
    return len(before) > _LONGEST_LABEL or not _CHANGED_WORD.search(before)


def _is_shown(page: PageBlocks, day: date, read: Callable[[str], date | None]) -> bool:
    """Whether a short block of the page names a day."""
    year = str(day.year)
    return any(
        len(block.text) <= _LONGEST and year in block.text and read(block.text) == day
        for block in page.blocks
    )

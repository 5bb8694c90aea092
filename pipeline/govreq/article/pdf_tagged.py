"""Tagged tables of a PDF, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from govreq.article.pdf_tables import PageTable, mark_headers, text_of
from govreq.article.pdf_tags import Place, TaggedTable
from govreq.article.pdf_words import Word
from govreq.article.table_source import LONGEST_CELL
from govreq.article.tables import MOST_PLACES, TALLEST, WIDEST, GridCell, place_cells

Placed = Mapping[Place, Sequence[Word]]
"""The words of a document by the place that they are drawn at."""


def read_tagged(table: TaggedTable, placed: Placed) -> list[tuple[int, PageTable]]:
    """The parts of a tagged table with the pages that they stand on; none where it lays out."""
    words = [
        [[word for place in sorted(cell.places) for word in placed.get(place, ())] for cell in row]
        for row in table.rows
    ]
    pages = [_page_of([sorted(cell.places) for cell in row]) for row in table.rows]
    texts = [[text_of(own) for own in row] for row in words]
    lengths = [len(text) for row in texts for text in row]
    if len(lengths) <= len(table.rows) or sum(lengths) > LONGEST_CELL * len(lengths):
        return []
    headers = [[cell.header for cell in row] for row in table.rows]
    spans = [[(cell.rows, cell.columns) for cell in row] for row in table.rows]
    grid = place_cells(texts, headers, _clamp(spans))
    rows = [list(row) for row in grid.rows]
    if not any(map(any, headers)):
        rows = mark_headers(rows)
    return _part_by_page(rows, words, pages)


def _clamp(spans: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """The rows and columns that cells cover, within the table; one each where it claims too much."""
    clamped = [
        [(min(down, len(spans) - row, TALLEST), min(across, WIDEST)) for down, across in own]
        for row, own in enumerate(spans)
    ]
    if sum(down * across for own in clamped for down, across in own) > MOST_PLACES:
        return [[(1, 1)] * len(own) for own in spans]
    return clamped


def _page_of(places: Sequence[Sequence[Place]]) -> int:
    return next((own[0][0] for own in places if own), 0)


def _part_by_page(
    rows: list[list[GridCell]], words: list[list[list[Word]]], pages: Sequence[int]
) -> list[tuple[int, PageTable]]:
    parts: list[tuple[int, PageTable]] = []
    for row, own, page in zip(rows, words, pages, strict=True):
        drawn = [word for cell in own for word in cell]
        if not drawn:
            continue
        top = min(word.base - word.size for word in drawn)
        bottom = max(word.base for word in drawn)
        if not parts or (page and parts[-1][0] != page):
            parts.append((page, PageTable([], top, bottom)))
        part = parts[-1][1]
        part.rows.append(row)
        part.used += drawn
        part.top, part.bottom = min(part.top, top), max(part.bottom, bottom)
    return parts


def renumber(rows: Sequence[Sequence[GridCell]], start: int) -> list[list[GridCell]]:
    """The rows of a table's further part, numbered on from ``start``."""
    first = rows[0][0].row if rows and rows[0] else 0
    return [[replace(cell, row=cell.row - first + start) for cell in row] for row in rows]

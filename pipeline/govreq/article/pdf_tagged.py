"""Tagged tables of a PDF, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from govreq.article.pdf_tables import PageTable, mark_headers, text_of
from govreq.article.pdf_tags import Place, TaggedCell, TaggedTable
from govreq.article.pdf_words import Word
from govreq.article.table_source import LONGEST_CELL
from govreq.article.tables import MOST_PLACES, TALLEST, WIDEST, GridCell, place_cells

Placed = Mapping[Place, Sequence[Word]]
"""The words of a document by the place that they are drawn at."""

Words = list[list[list[Word]]]
"""The words of each cell of each row."""


def read_tagged(table: TaggedTable, placed: Placed) -> list[tuple[int, PageTable]]:
    """The parts of a tagged table with the pages that they stand on; none where it lays out."""
    pages = _pages_of(table, placed)
    words = [
        [_words_of(cell, page, placed) for cell in row]
        for row, page in zip(table.rows, pages, strict=True)
    ]
    drawn = [
        [word for cell in row for place in cell.places for word in placed.get(place, ())]
        for row in table.rows
    ]
    table, words = _with_empty_cells(table, words)
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
    return _part_by_page(rows, words, drawn, pages)


def _pages_of(table: TaggedTable, placed: Placed) -> list[int]:
    """For each row the page that it stands on: heads and feet are drawn on each page again."""
    pages: list[int] = []
    page = 0
    for row in table.rows:
        own = sorted({place[0] for cell in row for place in cell.places if placed.get(place)})
        page = next((number for number in own if number >= page), page)
        pages.append(page)
    return pages


def _words_of(cell: TaggedCell, page: int, placed: Placed) -> list[Word]:
    """The words of a cell on its row's page, and the rest of a cell that goes on on the next."""
    by_page: dict[int, list[Word]] = {}
    for place in sorted(cell.places):
        by_page.setdefault(place[0], []).extend(placed.get(place, ()))
    first = by_page.pop(page, [])
    same = [word.text for word in first]
    rest = [own for own in by_page.values() if [word.text for word in own] != same]
    if not first:
        return rest[0] if rest else []
    low = max(word.base for word in first)
    return first + [replace(word, base=word.base + low) for own in rest for word in own]


def _with_empty_cells(table: TaggedTable, words: Words) -> tuple[TaggedTable, Words]:
    """The table with the empty cells that its tags leave out, found by where the others stand."""
    widths = [sum(cell.columns for cell in row) for row in table.rows]
    most = max(widths, default=0)
    simple = all(cell.rows == 1 for row in table.rows for cell in row)
    full = [own for own in words if len(own) == most]
    if not simple or min(widths, default=0) == most or not full:
        return table, words
    middles = [
        [(min(w.x0 for w in row[n]) + max(w.x1 for w in row[n])) / 2 for row in full if row[n]]
        for n in range(most)
    ]
    if not all(middles):
        return table, words
    places = [median(own) for own in middles]
    empty = TaggedCell(frozenset(), header=False)
    filled = TaggedTable(caption=table.caption)
    result: Words = []
    for row, own, width in zip(table.rows, words, widths, strict=True):
        if width == most or width != len(row):
            filled.rows.append(row)
            result.append(own)
            continue
        spots = _spots_of(own, places)
        filled.rows.append([empty] * most)
        result.append([[] for _ in range(most)])
        for spot, cell, drawn in zip(spots, row, own, strict=True):
            filled.rows[-1][spot], result[-1][spot] = cell, drawn
    return filled, result


def _spots_of(cells: Sequence[Sequence[Word]], places: Sequence[float]) -> list[int]:
    """For each cell of a row its column: the nearest one that leaves room for the next cells."""
    spots: list[int] = []
    for number, own in enumerate(cells):
        first = spots[-1] + 1 if spots else 0
        last = len(places) - (len(cells) - number)
        middle = (min(w.x0 for w in own) + max(w.x1 for w in own)) / 2 if own else places[first]
        spots.append(min(range(first, last + 1), key=lambda n: (abs(places[n] - middle), n)))
    return spots


def _clamp(spans: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """The places that cells cover, within the table; one each where it claims too many."""
    clamped = [
        [(min(down, len(spans) - row, TALLEST), min(across, WIDEST)) for down, across in own]
        for row, own in enumerate(spans)
    ]
    if sum(down * across for own in clamped for down, across in own) > MOST_PLACES:
        return [[(1, 1)] * len(own) for own in spans]
    return clamped


def _part_by_page(
    rows: list[list[GridCell]], words: Words, drawn: list[list[Word]], pages: Sequence[int]
) -> list[tuple[int, PageTable]]:
    parts: list[tuple[int, PageTable]] = []
    for row, own, used, page in zip(rows, words, drawn, pages, strict=True):
        shown = [word for cell in own for word in cell]
        if not shown:
            continue
        top = min(word.base - word.size for word in shown)
        bottom = max(word.base for word in shown)
        if not parts or parts[-1][0] != page:
            parts.append((page, PageTable([], top, bottom)))
        part = parts[-1][1]
        part.rows.append(row)
        part.used += used
        part.top, part.bottom = min(part.top, top), max(part.bottom, bottom)
    return parts


def renumber(rows: Sequence[Sequence[GridCell]], start: int) -> list[list[GridCell]]:
    """The rows of a table's further part, numbered on from ``start``."""
    first = rows[0][0].row if rows and rows[0] else 0
    return [[replace(cell, row=cell.row - first + start) for cell in row] for row in rows]

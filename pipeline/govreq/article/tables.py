"""Data tables of a page: the grid of their cells.

A table's place in the grid is resolved as a browser does: ``rowspan`` and ``colspan`` reserve
places, clamped to what a browser accepts and to the table itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bs4.element import Tag

from govreq.article.grids import find_plain_rows, find_role_rows
from govreq.article.inline import text_within
from govreq.article.table_source import TableSource, holds_data, read_source

WIDEST = 1_000
TALLEST = 65_534
MOST_PLACES = 200_000
"""A table that claims more grid places than this keeps its rows, each cell spanning one place."""

_LONGEST_TERM = 120
_FEWEST_REPEATED = 2
"""Columns whose cells all repeat their label before it is taken for one for small screens."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as it stands in the grid; ``text`` is whitespace-normalised.

    A cell that reaches down from an earlier row is named again in each row that it covers, with
    ``repeated`` set, so that a row can be read by itself.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A resolved data table: for each row its cells in reading order, and the caption."""

    rows: tuple[tuple[GridCell, ...], ...]
    caption: str = ""


def find_grid(element: Tag) -> Grid | None:
    """The grid of an element that holds data: ``table``, ``dl``, table roles, a clear grid."""
    if element.name == "table":
        source = read_source(element)
        return None if source is None else _grid_of_table(source)
    if element.name == "dl":
        return _grid_of_definitions(element)
    rows = find_role_rows(element) or find_plain_rows(element)
    if rows is None:
        return None
    cells = [[cell for cell, _ in row] for row in rows]
    return place_cells(
        [[text_within(cell) for cell in row] for row in cells],
        [[header for _, header in row] for row in rows],
        _spans_of_rows(cells, [len(rows)] * len(rows)),
    )


def _grid_of_table(source: TableSource) -> Grid | None:
    """The cells of a ``table`` with their grid places, None where it lays out a page."""
    texts = [[text_within(cell) for cell in row] for row in source.cells]
    if not holds_data(source, texts):
        return None
    headers = [[cell.name == "th" for cell in row] for row in source.cells]
    ends = _section_ends(source.rows)
    grid = place_cells(texts, headers, _spans_of_rows(source.cells, ends))
    caption = text_within(source.caption) if source.caption is not None else ""
    return replace(grid, caption=caption)


def _section_ends(rows: list[Tag]) -> list[int]:
    """For each row the end of its ``thead``, ``tbody`` or ``tfoot``: no cell reaches beyond it."""
    ends: list[int] = []
    end = len(rows)
    for number in range(len(rows) - 1, -1, -1):
        if number + 1 < len(rows) and rows[number].parent is not rows[number + 1].parent:
            end = number + 1
        ends.append(end)
    return ends[::-1]


def place_cells(
    texts: list[list[str]], headers: list[list[bool]], spans: list[list[tuple[int, int]]]
) -> Grid:
    """The grid of rows of cells, each given as its text, whether it is a header, and its spans."""
    reaching: dict[int, GridCell] = {}
    resolved: list[tuple[GridCell, ...]] = []
    for number, row in enumerate(texts):
        cells: list[GridCell] = []
        column = 0
        for text, header, (down, across) in zip(row, headers[number], spans[number], strict=True):
            column = _pass_reaching(cells, reaching, number, column)
            placed = GridCell(text, number, column, down, across, header)
            cells.append(placed)
            if down > 1:
                reaching[column] = placed
            column += across
        _pass_reaching(cells, reaching, number, column)
        resolved.append(tuple(cells))
    return Grid(tuple(_drop_repeated_labels(resolved)))


def _drop_repeated_labels(rows: list[tuple[GridCell, ...]]) -> list[tuple[GridCell, ...]]:
    """Cells without the label of their column, which pages repeat in cells for small screens."""
    if not rows or not all(cell.header for cell in rows[0]):
        return rows
    labels = {cell.column: cell.text for cell in rows[0] if cell.text}
    seen = dict.fromkeys(labels, 0)
    for cell in (cell for row in rows[1:] for cell in row if cell.column in labels):
        repeats = not cell.text or _rest_after(cell.text, labels[cell.column]) is not None
        seen[cell.column] = seen[cell.column] + 1 if repeats and seen[cell.column] >= 0 else -1
    repeated = {column: label for column, label in labels.items() if seen[column] > 0}
    if len(repeated) < _FEWEST_REPEATED:
        return rows
    return [rows[0], *(tuple(_without_label(cell, repeated) for cell in row) for row in rows[1:])]


def _without_label(cell: GridCell, labels: dict[int, str]) -> GridCell:
    label = labels.get(cell.column)
    rest = None if label is None else _rest_after(cell.text, label)
    return cell if rest is None else replace(cell, text=rest)


def _rest_after(text: str, label: str) -> str | None:
    """What stands in a cell after its column's label, None where the cell has no such label."""
    if len(text) <= len(label) or not text.startswith(label) or text[len(label)].isalnum():
        return None
    return text[len(label) :].lstrip(" :\u2013-").strip() or None


def _pass_reaching(
    cells: list[GridCell], reaching: dict[int, GridCell], row: int, column: int
) -> int:
    """Name again the cells that reach down to ``row`` at ``column``; the first free column."""
    while (cell := reaching.get(column)) is not None:
        if cell.row + cell.rows <= row:
            del reaching[column]
            break
        cells.append(replace(cell, row=row, rows=1, repeated=True))
        column += cell.columns
    return column


def _grid_of_definitions(element: Tag) -> Grid | None:
    """A ``dl`` whose terms and values are short, one row a term."""
    entries = element.find_all(["dt", "dd"])
    if element.find(["dl", "table"]) is not None or len(entries) < 2 or entries[0].name != "dt":
        return None
    texts = [text_within(entry) for entry in entries]
    if max(map(len, texts)) > _LONGEST_TERM:
        return None
    rows: list[list[GridCell]] = []
    for entry, text in zip(entries, texts, strict=True):
        if entry.name == "dt":
            rows.append([])
        row = rows[-1]
        row.append(GridCell(text, len(rows) - 1, len(row), header=entry.name == "dt"))
    return Grid(tuple(map(tuple, rows)))


def _spans_of_rows(cells: list[list[Tag]], ends: list[int]) -> list[list[tuple[int, int]]]:
    """Rows and columns that each cell covers, one each where the table claims too much."""
    spans: list[list[tuple[int, int]]] = []
    for number, row in enumerate(cells):
        most = ends[number] - number
        claimed = [_spans_of(cell) for cell in row]
        spans.append([(min(down or most, most), across) for down, across in claimed])
    if sum(down * across for row in spans for down, across in row) > MOST_PLACES:
        return [[(1, 1)] * len(row) for row in spans]
    return spans


def _spans_of(cell: Tag) -> tuple[int, int]:
    """Rows and columns that a cell claims, clamped; 0 rows mean "to the table's end"."""
    down = _positive(cell.get("rowspan"), TALLEST, zero=0)
    across = _positive(cell.get("colspan"), WIDEST, zero=1)
    return down, across


def _positive(value: object, most: int, zero: int) -> int:
    text = str(value).strip() if value is not None else "1"
    if not text[:20].isascii() or not text.isdigit():
        return 1
    return min(int(text[:9]), most) or zero

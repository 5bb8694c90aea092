"""Tables of a PDF page as grids: tagged ones, ruled ones, and those that only white space parts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from govreq.article.pdf_columns import (
    Columns,
    Piece,
    cut_pieces,
    find_columns,
    is_row,
    is_value,
    is_weak_row,
    narrow_columns,
    spans_strip,
)
from govreq.article.pdf_words import Box, Line, Word, build_lines, join_words, split_runs
from govreq.article.tables import GridCell

SNAP = 3.0
"""Points: edges nearer than this are one."""

FARTHEST_ROW = 3.2
FARTHEST_HEADER = 2.3
MOST_FRAGMENTS = 3
MOST_HEADER_LINES = 16
FEWEST_PROSE_WORDS = 8
SAME_LEFT = 1.5
SAME_ROW = 1.28
"""Parts of the type size: lines of one cell are nearer than this where rows are farther apart."""

ROW_PITCH = 0.88
LEAST_LEADING, SAME_LEADING = 0.95, 1.08
"""Lines of one cell are as far apart as the nearest lines of the table, rows are farther."""


@dataclass(slots=True)
class PageTable:
    """A table on one page: its rows of cells, and the height that it starts at.

    ``xs`` are the ends of the strips between its columns, or its vertical rules: a table goes on on
    the next page with the same ones.
    """

    rows: list[list[GridCell]]
    top: float
    bottom: float
    xs: tuple[float, ...] = ()
    used: list[Word] = field(default_factory=list)


def read_ruled(boxes: Sequence[Box], words: Sequence[Word]) -> PageTable | None:
    """The table that rules draw; None where they only frame text."""
    xs = _snap([edge for box in boxes for edge in (box.x0, box.x1)])
    ys = _snap([edge for box in boxes for edge in (box.top, box.bottom)])
    if len(xs) < 3 or len(ys) < 3:
        return None
    used: list[Word] = []
    rows: list[list[GridCell]] = [[] for _ in ys[1:]]
    filled = 0
    for box in sorted(boxes, key=lambda item: (item.top, item.x0)):
        inside = [word for word in words if box.holds(word.middle, word.base - word.size / 3)]
        row, column = _nearest(ys, box.top), _nearest(xs, box.x0)
        down = max(1, _nearest(ys, box.bottom) - row)
        across = max(1, _nearest(xs, box.x1) - column)
        if row < len(rows):
            rows[row].append(GridCell(text_of(inside), row, column, down, across))
            filled += bool(inside)
            used += inside
    if filled * 3 < len(boxes) or sum(any(cell.text for cell in row) for row in rows) < 2:
        return None
    resolved = [sorted(row, key=lambda cell: cell.column) for row in rows]
    twice = tuple(x for x in xs[1:-1] for _ in range(2))
    return PageTable(mark_headers(_repeat(resolved)), ys[0], ys[-1], twice, used)


def _repeat(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """The rows, each with the cells that reach down into it from above."""
    result = [list(row) for row in rows]
    for row in rows:
        for cell in row:
            for below in range(cell.row + 1, min(cell.row + cell.rows, len(rows))):
                again = GridCell(cell.text, below, cell.column, 1, cell.columns, repeated=True)
                result[below].append(again)
    return [sorted(row, key=lambda cell: cell.column) for row in result]


def _snap(edges: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > SNAP:
            kept.append(edge)
    return kept


def _nearest(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - edge))


def text_of(words: Sequence[Word]) -> str:
    """The text of words that may stand on several lines."""
    return join_lines([line.text for line in build_lines(words)])


def join_lines(texts: Sequence[str]) -> str:
    """The lines of one cell or block as one text; a word that a hyphen parts is put together."""
    joined = ""
    for text in texts:
        if joined[-1:] == "\u2010" or (
            joined[-1:] == "-" and joined[-2:-1].islower() and text[:1].islower()
        ):
            joined = joined[:-1] + text
        else:
            joined = f"{joined} {text}" if joined else text
    return joined


def mark_headers(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """The rows above the first one with a figure are headers."""
    first = next(
        (n for n, row in enumerate(rows) if any(cell.text and is_value(cell.text) for cell in row)),
        0,
    )
    return [
        [
            GridCell(cell.text, cell.row, cell.column, cell.rows, cell.columns, True, cell.repeated)
            for cell in row
        ]
        if number < first
        else row
        for number, row in enumerate(rows)
    ]


def find_plain_tables(lines: Sequence[Line], rules: Sequence[Box]) -> list[PageTable]:
    """The tables without rules among the lines of a page or column, from top to bottom."""
    tables: list[PageTable] = []
    number = 0
    floor = 0
    while number < len(lines):
        if not is_row(lines[number]) and not is_weak_row(lines[number]):
            number += 1
            continue
        end = _end_of_rows(lines, number)
        table = _table_of(lines, floor, number, end, rules)
        if table is not None:
            tables.append(table)
            floor = end
        number = end
    return tables


def _end_of_rows(lines: Sequence[Line], start: int) -> int:
    """Where the rows that begin at ``start`` end; fragments of wrapped cells stand between them."""
    end = number = start
    width = lines[start].x1 - lines[start].x0
    while number + 1 < len(lines):
        gap = lines[number + 1].base - lines[number].base
        if gap > FARTHEST_ROW * lines[number].size or number - end >= MOST_FRAGMENTS:
            break
        number += 1
        line = lines[number]
        if is_row(line) or (is_weak_row(line) and line.x1 - line.x0 < 1.2 * width):
            end = number
            width = max(width, line.x1 - line.x0)
        elif len(split_runs(line)) == 1 and line.x1 - line.x0 > 0.75 * width:
            break
    if end + 1 < len(lines) and _wraps(lines, end + 1, width):
        end += 1
    return end + 1


def _wraps(lines: Sequence[Line], number: int, width: float) -> bool:
    """Whether a line is the rest of the last row's label."""
    last, line = lines[number - 1], lines[number]
    return (
        line.base - last.base < SAME_ROW * last.size
        and line.size == last.size
        and line.x1 - line.x0 < width / 2
    )


def _table_of(
    lines: Sequence[Line], floor: int, start: int, end: int, rules: Sequence[Box]
) -> PageTable | None:
    rows = [line for line in lines[start:end] if is_row(line) or is_weak_row(line)]
    strong = sum(map(is_row, rows))
    if len(rows) < 2 or not strong:
        return None
    columns = find_columns(rows)
    if len(columns) < 2:
        return None
    columns = narrow_columns(columns, lines[start:end])
    left = min(line.x0 for line in lines[start:end])
    start = _start_of_row(lines, floor, start)
    top = _top_of_header(lines, floor, start, columns, left)
    columns = narrow_columns(columns, lines[top:start][::-1])
    taken = lines[top:end]
    pieces = [cut_pieces(line, columns) for line in taken]
    head = _rows_of_header(pieces[: start - top])
    body = _rows_of_body(taken[start - top :], pieces[start - top :], rules)
    grid = [_cells_of(row, number, columns) for number, row in enumerate([*head, *body])]
    xs = tuple(x for strip in columns.strips for x in strip)
    used = [word for line in taken for word in line.words]
    return PageTable(mark_headers(grid), taken[0].base - taken[0].size, taken[-1].base, xs, used)


def _start_of_row(lines: Sequence[Line], floor: int, start: int) -> int:
    """The first line of the row at ``start``: a longer label begins above its centred figures."""
    while (
        start > floor
        and lines[start].base - lines[start - 1].base < LEAST_LEADING * lines[start].size
        and len(split_runs(lines[start - 1])) == 1
    ):
        start -= 1
    return start


def _top_of_header(
    lines: Sequence[Line], floor: int, start: int, columns: Columns, left: float
) -> int:
    """The first of the lines above the rows that belong to the header."""
    top = start
    size = lines[start].size
    left -= SAME_LEFT * size
    for number in range(start - 1, max(floor, start - MOST_HEADER_LINES) - 1, -1):
        line = lines[number]
        far = lines[number + 1].base - line.base > FARTHEST_HEADER * size
        if far or line.size > 1.1 * size or line.x0 < left or _is_prose(line, columns):
            break
        columns = narrow_columns(columns, [line])
        top = number
    return _skip_titles(lines, top, start, columns)


def _is_prose(line: Line, columns: Columns) -> bool:
    """Whether a line above a table is one of text: it starts left and runs over the columns."""
    if line.words[0].x0 >= columns.strips[0][1]:
        return False
    if len(split_runs(line)) == 1 and len(line.words) >= FEWEST_PROSE_WORDS:
        return True
    return any(spans_strip(line, strip) for strip in columns.strips[:1])


def _skip_titles(lines: Sequence[Line], top: int, start: int, columns: Columns) -> int:
    """The header without lines above it that stand in the first column only: titles of the table.

    A label that is centred beside a header of more lines stands nearer to the next line.
    """
    while top < start and not any(piece.first for piece in cut_pieces(lines[top], columns)):
        below = lines[top + 1].base - lines[top].base
        if top + 1 < start and below < SAME_ROW * lines[top].size / 1.5:
            break
        top += 1
    return top


def _rows_of_header(pieces: Sequence[list[Piece]]) -> list[list[Piece]]:
    """One row for each level: a piece over several columns starts one, the rest are one row."""
    levels: list[list[Piece]] = []
    rest: list[Piece] = []
    for row in pieces:
        spanning = any(piece.last > piece.first for piece in row)
        if spanning and not rest:
            levels.append(row)
        else:
            rest += row
    return [*levels, rest] if rest else levels


def _rows_of_body(
    lines: Sequence[Line], pieces: Sequence[list[Piece]], rules: Sequence[Box]
) -> list[list[Piece]]:
    """The pieces of the lines, row by row: lines of wrapped cells join the row that they touch."""
    bases = [line.base for line, own in zip(lines, pieces, strict=True) if _has_value(own)]
    steps = [b - a for a, b in itertools.pairwise(bases)]
    size = lines[0].size
    pitch = median(steps) if steps else 2 * size
    gaps = [b.base - a.base for a, b in itertools.pairwise(lines)]
    leading = min((gap for gap in gaps if gap > LEAST_LEADING * size), default=pitch)
    reach = min(ROW_PITCH * pitch, SAME_LEADING * leading)
    rows: list[list[Piece]] = []
    filled = False
    for number, (line, own) in enumerate(zip(lines, pieces, strict=True)):
        gap = line.base - lines[number - 1].base if number else 0.0
        value = _has_value(own)
        ruled = number > 0 and _is_ruled(rules, lines[number - 1].base, line.base - line.size)
        if not rows or ruled or (value and filled) or gap > reach:
            rows.append([])
            filled = False
        rows[-1] += own
        filled = filled or value
    return rows


def _has_value(pieces: Sequence[Piece]) -> bool:
    return any(piece.first and is_value(join_words(piece.words)) for piece in pieces)


def _is_ruled(rules: Sequence[Box], above: float, below: float) -> bool:
    return any(above - 1 <= rule.top and rule.bottom <= below + 4 for rule in rules)


def _cells_of(pieces: Sequence[Piece], row: int, columns: Columns) -> list[GridCell]:
    """The cells of one row, empty ones included."""
    parts: dict[int, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda item: (item.base, item.first)):
        parts.setdefault(piece.first, []).append(piece)
    cells: list[GridCell] = []
    column = 0
    for first in range(len(columns)):
        if first < column:
            continue
        own = parts.get(first, [])
        across = max((piece.last - first + 1 for piece in own), default=1)
        free = next((n for n in range(first + 1, len(columns)) if n in parts), len(columns))
        across = min(across, free - first)
        text = join_lines([join_words(piece.words) for piece in own])
        cells.append(GridCell(text, row, first, 1, across))
        column = first + across
    return cells

"""Tables that are not made of ``table``: elements with table roles, and clear grids of elements.

Many report pages draw their tables with ``div``. Where roles say so, it is a table; without roles
it is one where like elements hold the same number of short cells each, most of them numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from govreq.article.inline import text_within

TABLE_ROLES = frozenset({"table", "grid", "treegrid"})
CELL_ROLES = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
HEADER_ROLES = frozenset({"columnheader", "rowheader"})

GRID_PARENTS = frozenset({"div", "section", "ul", "ol", "main", "article", "dl"})
FEWEST_ROWS = 2
MOST_GRID_COLUMNS = 30
LONGEST_GRID_CELL = 80
LONGEST_LINKED = 45
MOST_CELL_ELEMENTS = 8

FIGURE = re.compile(
    r"[<>≤≥~+−-]?\s?\d[\d.,'’\u00a0\u2009\u202f ]*(?:\s?[-–]\s?\d[\d.,]*)?\s?%?"
    r"(?:\s?\(\d[\d.,]*\s?%\))?\W{0,3}"
)
"""A cell that is a number. Accepts: "1,234", "0-249", "8 %". Refuses: "5 min read", "Step 1"."""

RowOfCells = list[tuple[Tag, bool]]


def find_role_rows(element: Tag) -> list[RowOfCells] | None:
    """The rows of an element with a table's role, each cell with whether it is a header."""
    if element.get("role") not in TABLE_ROLES:
        return None
    rows = [
        [(cell, cell.get("role") in HEADER_ROLES) for cell in _outermost(row, CELL_ROLES)]
        for row in _outermost(element, frozenset({"row"}))
    ]
    rows = [row for row in rows if row]
    return rows if len(rows) >= FEWEST_ROWS and max(map(len, rows)) > 1 else None


def _outermost(root: Tag, roles: frozenset[str]) -> Iterator[Tag]:
    """The elements with one of the roles under ``root``, not looking into them."""
    todo = [child for child in reversed(root.contents) if isinstance(child, Tag)]
    while todo:
        node = todo.pop()
        if node.get("role") in roles:
            yield node
        elif node.name != "table":
            todo.extend(child for child in reversed(node.contents) if isinstance(child, Tag))


def find_plain_rows(element: Tag) -> list[RowOfCells] | None:
    """The rows of a clear grid: like children with as many short cells each, mostly numbers."""
    rows = _children_of(element)
    if rows is None or len(rows) < FEWEST_ROWS or len({row.name for row in rows}) > 1:
        return None
    first = _children_of(rows[0])
    if first is None or not 2 <= len(first) <= MOST_GRID_COLUMNS:
        return None
    grid: list[list[Tag]] = []
    for row in rows:
        cells = _children_of(row)
        if cells is None or len(cells) != len(first):
            return None
        grid.append(cells)
    if any(_holds_much(cell) for cells in grid for cell in cells):
        return None
    texts = [[text_within(cell) for cell in cells] for cells in grid]
    if not _is_numeric(texts) or _is_link_list(grid, texts):
        return None
    return [[(cell, False) for cell in row] for row in grid]


def _holds_much(cell: Tag) -> bool:
    """Whether the element holds more elements than a cell would."""
    return len(cell.find_all(True, limit=MOST_CELL_ELEMENTS + 1)) > MOST_CELL_ELEMENTS


def _children_of(element: Tag) -> list[Tag] | None:
    """The child elements, None where words stand beside them or a child is a block of text."""
    children: list[Tag] = []
    for child in element.contents:
        if isinstance(child, Tag):
            if child.name in ("table", "form", "script", "ul", "ol", "br"):
                return None
            children.append(child)
        elif type(child) is NavigableString and not child.isspace():
            return None
    return children


def _is_link_list(grid: list[list[Tag]], texts: list[list[str]]) -> bool:
    """Whether the rows are numbered links ("1 | Headline"), as in lists of what is read most."""
    for column in zip(*texts, strict=True):
        if [text.strip(".# ") for text in column] == [str(n) for n in range(1, len(texts) + 1)]:
            return True
    longest = max(len(text) for row in texts for text in row)
    linked = sum(cell.name == "a" or cell.find("a") is not None for row in grid for cell in row)
    return longest > LONGEST_LINKED and linked >= len(grid) - 1


def _is_numeric(texts: list[list[str]]) -> bool:
    """Whether each row but a first one of words has a figure, in a column that others share."""
    if any(len(text) > LONGEST_GRID_CELL for row in texts for text in row):
        return False
    figures = [[FIGURE.fullmatch(text) is not None for text in row] for row in texts]
    body = figures if any(figures[0]) else figures[1:]
    if len(body) < FEWEST_ROWS or not all(any(row) for row in body):
        return False
    words = [column for column in zip(*body, strict=True) if not any(column)]
    numbers = [column for column in zip(*body, strict=True) if sum(column) * 2 > len(body)]
    return len(words) == 1 and len(words) + len(numbers) == len(body[0])

"""The rows and cells of a ``table`` element, and whether it holds data or lays out a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4.element import Tag

LAYOUT_TAGS = frozenset({"table", "article", "h1", "h2", "form", "section", "main"})
"""Elements that stand in the cells of layouts, not in those of data."""

LONGEST_REMARK = 600
"""A table of a few cells, one of them longer than this, lays out a page."""

LONGEST_CELL = 400
"""A table whose cells are longer on average lays out a page."""

FEW_CELLS = 5


@dataclass(slots=True)
class TableSource:
    """The ``tr`` elements of a table, for each its ``td`` and ``th``, and what else it holds."""

    rows: list[Tag] = field(default_factory=list)
    cells: list[list[Tag]] = field(default_factory=list)
    caption: Tag | None = None
    paragraphs: int = 0
    has_headers: bool = False


def read_source(table: Tag) -> TableSource | None:
    """The rows and cells of a table in one pass, None where it holds what only layouts hold."""
    if table.get("role") in ("presentation", "none"):
        return None
    source = TableSource()
    todo = [child for child in reversed(table.contents) if isinstance(child, Tag)]
    while todo:
        node = todo.pop()
        name = node.name
        if name in LAYOUT_TAGS:
            return None
        if name == "tr":
            source.rows.append(node)
            source.cells.append([])
        elif name in ("td", "th"):
            if not source.rows:
                source.rows.append(node)
                source.cells.append([])
            source.cells[-1].append(node)
            source.has_headers = source.has_headers or name == "th"
        elif name == "caption" and source.caption is None:
            source.caption = node
        elif name == "p":
            source.paragraphs += 1
        todo.extend(child for child in reversed(node.contents) if isinstance(child, Tag))
    return source


def holds_data(source: TableSource, texts: list[list[str]]) -> bool:
    """Whether the table holds data: several cells, short ones, in more than one column."""
    lengths = [len(text) for row in texts for text in row]
    cells, rows = len(lengths), len(source.rows)
    if cells < 2 or source.paragraphs > 2 * cells:
        return False
    if cells <= rows and not source.has_headers:
        return False
    if cells < FEW_CELLS and max(lengths) > LONGEST_REMARK:
        return False
    return sum(lengths) <= LONGEST_CELL * cells

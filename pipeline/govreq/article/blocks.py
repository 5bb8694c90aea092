"""Blocks of a page: paragraphs, headings, list items, captions and rows, in reading order.

The tree is walked once, without recursion. A block is a run of text between two block-level
boundaries; it remembers the chain of block-level elements that it stands in, because where a block
stands tells more about what it is than its words do.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4.element import NavigableString, Tag

from govreq.article.article import BlockKind
from govreq.article.class_words import Hint, hints_of
from govreq.article.grids import GRID_PARENTS
from govreq.article.inline import BLOCK_TAGS, LINE_BREAK, clean_text, is_footnote_mark
from govreq.article.tables import Grid, GridCell, find_grid

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELL_SEPARATOR = " | "
_GRIDS = frozenset(("table", "dl", *GRID_PARENTS))
_LONG_LINE = 60
"""Lines ended by ``<br>`` are paragraphs where they are longer than this on average."""


@dataclass(slots=True)
class Container:
    """A block-level element: its tag, its parent's number (-1: none) and what its names hint at."""

    tag: str
    parent: int
    depth: int
    hints: int
    own_hints: int
    key: str


@dataclass(slots=True)
class PageBlock:
    """One stretch of text of a page, before it is known whether it is the article's own.

    ``lines`` are the parts that single ``<br>`` separate. ``container`` is the number of the
    innermost :class:`Container`. ``linked`` counts characters within links, ``tagged`` within
    emphasis. ``table`` numbers the data table of a row, else -1. ``page`` numbers a PDF's page.
    """

    text: str
    kind: BlockKind
    level: int
    container: int
    lines: tuple[str, ...]
    linked: int = 0
    tagged: int = 0
    inline_hints: int = 0
    table: int = -1
    cells: tuple[GridCell, ...] = ()
    page: int | None = None


@dataclass(slots=True)
class PageBlocks:
    """All blocks of a page with the elements that they stand in and its data tables."""

    blocks: list[PageBlock] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)

    def chain(self, block: PageBlock) -> list[int]:
        """The numbers of the containers of a block, innermost first."""
        numbers: list[int] = []
        number = block.container
        while number >= 0:
            numbers.append(number)
            number = self.containers[number].parent
        return numbers


def cut_blocks(root: Tag) -> PageBlocks:
    """The blocks of the tree under ``root`` in reading order."""
    cutter = _Cutter()
    cutter.walk(root)
    return cutter.page


_OPEN, _CLOSE = 0, 1


class _Cutter:
    """The state of one walk: the open elements and the run of text that is being gathered."""

    def __init__(self) -> None:
        self.page = PageBlocks()
        self.parts: list[str] = []
        self.container = -1
        self.lists = 0
        self.quotes = 0
        self.links = 0
        self.strong = 0
        self.linked = 0
        self.tagged = 0
        self.inline_hints = 0

    def walk(self, root: Tag) -> None:
        """Visit every element and string under ``root``."""
        todo: list[tuple[int, Tag | NavigableString]] = [(_OPEN, root)]
        while todo:
            action, node = todo.pop()
            if isinstance(node, NavigableString):
                self._gather(str(node))
            elif action == _CLOSE:
                self._leave(node)
            elif node.name == "br":
                self.parts.append(LINE_BREAK)
            elif node.name in _GRIDS and (grid := find_grid(node)) is not None:
                self._cut_table(node, grid)
            elif node.name == "sup" and is_footnote_mark(node, self.parts):
                continue
            elif node.name != "title":
                self._enter(node)
                todo.append((_CLOSE, node))
                todo.extend(
                    (_OPEN, child)
                    for child in reversed(node.contents)
                    if isinstance(child, Tag) or type(child) is NavigableString
                )
        self._flush()

    def _gather(self, text: str) -> None:
        self.parts.append(text)
        if self.links or self.strong:
            size = len(text.strip())
            if self.links:
                self.linked += size
            if self.strong:
                self.tagged += size

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCK_TAGS:
            self._flush()
            self._open_container(tag)
            self.lists += name in ("ul", "ol")
            self.quotes += name == "blockquote"
        elif name == "a":
            self.links += tag.get("href") is not None
            self.inline_hints |= _hints(tag)
        elif name in ("b", "strong", "em", "i"):
            self.strong += 1
        elif name == "span" or "-" in name:
            self.inline_hints |= _hints(tag)

    def _leave(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCK_TAGS:
            self._flush()
            self.container = self.page.containers[self.container].parent
            self.lists -= name in ("ul", "ol")
            self.quotes -= name == "blockquote"
        elif name == "a":
            self.links -= tag.get("href") is not None
        elif name in ("b", "strong", "em", "i"):
            self.strong -= 1

    def _open_container(self, tag: Tag) -> None:
        containers = self.page.containers
        parent = containers[self.container] if self.container >= 0 else None
        own = _hints(tag)
        containers.append(
            Container(
                tag=tag.name,
                parent=self.container,
                depth=parent.depth + 1 if parent else 0,
                hints=own | (parent.hints if parent else 0),
                own_hints=own,
                key=f"{tag.name}.{tag.get('class') or ''}",
            )
        )
        self.container = len(containers) - 1

    def _flush(self) -> None:
        """End the run of text; single line breaks stay within a block, double ones part blocks."""
        raw = "".join(self.parts)
        linked, tagged, hints = self.linked, self.tagged, self.inline_hints
        self.parts, self.linked, self.tagged, self.inline_hints = [], 0, 0, 0
        if not raw or raw.isspace():
            return
        for lines in _paragraphs_of(raw, self._tag()):
            text = " ".join(lines)
            share = len(text) / max(1, len(raw))
            self.page.blocks.append(
                PageBlock(
                    text=text,
                    kind=self._kind(),
                    level=self._level(),
                    container=self.container,
                    lines=tuple(lines),
                    linked=min(len(text), round(linked * share)),
                    tagged=min(len(text), round(tagged * share)),
                    inline_hints=hints,
                )
            )

    def _tag(self) -> str:
        return self.page.containers[self.container].tag if self.container >= 0 else ""

    def _kind(self) -> BlockKind:
        tag = self._tag()
        if tag in _HEADINGS:
            return BlockKind.HEADING
        if tag in ("figcaption", "caption"):
            return BlockKind.CAPTION
        if self.quotes:
            return BlockKind.QUOTE
        if self.lists and self._in_list_item():
            return BlockKind.LIST_ITEM
        return BlockKind.PARAGRAPH

    def _in_list_item(self) -> bool:
        number, steps = self.container, 0
        while number >= 0 and steps < 3:
            if self.page.containers[number].tag == "li":
                return True
            number, steps = self.page.containers[number].parent, steps + 1
        return False

    def _level(self) -> int:
        tag = self._tag()
        if tag in _HEADINGS:
            return _HEADINGS[tag]
        return self.lists if self._kind() is BlockKind.LIST_ITEM else 0

    def _cut_table(self, table: Tag, grid: Grid) -> None:
        self._flush()
        self._open_container(table)
        number = len(self.page.tables)
        self.page.tables.append(grid)
        if grid.caption:
            self._add_row(grid.caption, BlockKind.CAPTION, number, ())
        for row in grid.rows:
            text = CELL_SEPARATOR.join(cell.text for cell in row)
            if any(cell.text for cell in row):
                self._add_row(text, BlockKind.TABLE_ROW, number, row)
        self.container = self.page.containers[self.container].parent

    def _add_row(self, text: str, kind: BlockKind, table: int, cells: tuple[GridCell, ...]) -> None:
        self.page.blocks.append(
            PageBlock(text, kind, 0, self.container, (text,), table=table, cells=cells)
        )


def _paragraphs_of(raw: str, tag: str) -> list[list[str]]:
    """The paragraphs of a run of text, each as its lines."""
    paragraphs: list[list[str]] = []
    lines: list[str] = []
    for piece in raw.split(LINE_BREAK):
        line = clean_text(piece)
        if line:
            lines.append(line)
        elif lines:
            paragraphs.append(lines)
            lines = []
    if lines:
        paragraphs.append(lines)
    if tag in ("p", "li", "td", "dd", "blockquote", *_HEADINGS):
        return paragraphs
    parted: list[list[str]] = []
    for lines in paragraphs:
        if len(lines) > 2 and _are_paragraphs(lines):
            parted.extend([line] for line in lines)
        else:
            parted.append(lines)
    return parted


def _are_paragraphs(lines: list[str]) -> bool:
    """Whether lines ended by single ``<br>`` are paragraphs: long, and most of them sentences."""
    sentences = sum(line[-1] in '.!?”"' for line in lines)
    return sum(map(len, lines)) > _LONG_LINE * len(lines) and sentences > 0.6 * len(lines)


def _hints(tag: Tag) -> int:
    names = f"{tag.get('class') or ''} {tag.get('id') or ''} {tag.get('role') or ''}"
    hints = hints_of(names) if len(names) > 2 else 0
    if tag.get("hidden") is not None or "display:none" in str(tag.get("style") or "").replace(
        " ", ""
    ):
        hints |= Hint.HIDDEN.value
    return hints

"""Blocks of a PDF: lines joined to paragraphs, headings and list items, tables row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from govreq.article.article import BlockKind
from govreq.article.blocks import CELL_SEPARATOR, PageBlock, PageBlocks
from govreq.article.pdf_columns import YEAR
from govreq.article.pdf_flow import Flow, FlowLine, FlowTable
from govreq.article.pdf_tables import PageTable
from govreq.article.pdf_tagged import renumber
from govreq.article.tables import Grid, GridCell

LARGER = 1.12
"""Type larger than this times that of the text is a heading's."""

SAME_SIZE = 0.06
FARTHEST_LINE = 1.75
"""Parts of the type size: lines of one paragraph are not farther apart than this."""

LONGEST_BOLD = 14
LONGEST_HEADING = 200
SAME_INDENT = 3.0
_ENDS = frozenset(".!?…:;”\"'’)")
_HEADING_TAGS = {"H": 1, "Title": 1} | {f"H{level}": level for level in range(1, 7)}
# Accepts "govern-" at a line's end; refuses "2019-".
_HYPHENATED = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class _Group:
    """Lines of one block."""

    lines: list[FlowLine] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


def build_blocks(flow: Flow) -> PageBlocks:
    """The blocks of a PDF's lines and tables."""
    builder = _Builder(flow)
    for item in flow:
        if isinstance(item, FlowTable):
            builder.add_table(item)
        else:
            builder.add_line(item)
    builder.flush()
    return builder.page


class _Builder:
    """The blocks as they grow."""

    def __init__(self, flow: Flow) -> None:
        lines = [item for item in flow if isinstance(item, FlowLine)]
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.size = max(sizes, key=lambda size: (sizes[size], -size), default=10.0)
        larger = {line.size for line in lines if line.size > LARGER * self.size}
        self.levels = {size: min(6, n) for n, size in enumerate(sorted(larger, reverse=True), 1)}
        self.words = Counter(word for line in lines for word in _WORDS.findall(line.text.lower()))
        self.page = PageBlocks()
        self.group = _Group()
        self.indents: list[float] = []
        self.table: FlowTable | None = None
        self.rows = 0

    def add_line(self, line: FlowLine) -> None:
        """Takes the next line: it goes on with the block before it, or starts one."""
        if not line.text:
            return
        self.table = None
        if self.group.lines and not self._goes_on(self.group.lines[-1], line):
            self.flush()
        if not self.group.lines:
            self.group.kind, self.group.level = self._kind_of(line)
        self.group.lines.append(line)

    def _goes_on(self, last: FlowLine, line: FlowLine) -> bool:
        if last.tag is not None or line.tag is not None:
            return last.tag == line.tag
        if line.item is not None or abs(last.size - line.size) > SAME_SIZE * line.size:
            return False
        if line.page != last.page or line.base < last.base:
            is_text = self.group.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            return is_text and last.text[-1] not in _ENDS and line.text[0].islower()
        if line.base - last.base > FARTHEST_LINE * line.size or last.bold != line.bold:
            return False
        if self.group.kind is BlockKind.HEADING:
            return True
        if self.group.kind is BlockKind.LIST_ITEM:
            start = self.group.lines[0].item
            return start is None or line.x0 > start - SAME_INDENT
        room = last.right - last.x1
        return room < line.first_width + line.size / 2 or (
            last.text[-1] not in _ENDS and line.text[0].islower()
        )

    def _kind_of(self, line: FlowLine) -> tuple[BlockKind, int]:
        kind = line.tag.kind if line.tag is not None else ""
        if kind in _HEADING_TAGS:
            return BlockKind.HEADING, _HEADING_TAGS[kind]
        if kind == "Caption":
            return BlockKind.CAPTION, 0
        if kind == "BlockQuote":
            return BlockKind.QUOTE, 0
        if kind in ("LI", "LBody"):
            return BlockKind.LIST_ITEM, max(1, line.tag.depth if line.tag else 1)
        if line.item is not None:
            return BlockKind.LIST_ITEM, self._depth_of(line.item)
        if len(line.text) < LONGEST_HEADING:
            if line.size in self.levels:
                return BlockKind.HEADING, self.levels[line.size]
            if self._is_bold_heading(line):
                return BlockKind.HEADING, min(6, len(self.levels) + 1)
        return BlockKind.PARAGRAPH, 0

    def _is_bold_heading(self, line: FlowLine) -> bool:
        return (
            line.bold
            and line.text.count(" ") < LONGEST_BOLD
            and line.text[-1] not in ".,;:"
            and (any(sign.isalpha() for sign in line.text) or YEAR.fullmatch(line.text) is not None)
            and line.size >= self.size * (1 - SAME_SIZE)
        )

    def _depth_of(self, start: float) -> int:
        """How deep a list item is nested, by where its text starts."""
        while self.indents and self.indents[-1] > start + SAME_INDENT:
            self.indents.pop()
        if not self.indents or self.indents[-1] < start - SAME_INDENT:
            self.indents.append(start)
        return len(self.indents)

    def flush(self) -> None:
        """Ends the block that is growing."""
        group, self.group = self.group, _Group()
        if not group.lines:
            return
        if group.kind is not BlockKind.LIST_ITEM:
            self.indents = []
        text = self._join([line.text for line in group.lines])
        self.page.blocks.append(
            PageBlock(text, group.kind, group.level, -1, (text,), page=group.lines[0].page)
        )

    def _join(self, texts: Sequence[str]) -> str:
        """The lines as one text; a hyphen at a line's end stays where the document has it so."""
        joined = ""
        for text in texts:
            parted = _HYPHENATED.search(joined)
            rest = _FIRST_WORD.match(text)
            if parted is None or rest is None or not text[0].islower():
                joined = f"{joined} {text}" if joined else text
                continue
            head, tail = parted.group(1).lower(), rest.group().lower()
            whole, compound = self.words[head + tail], self.words[f"{head}-{tail}"]
            joined = (joined if compound > whole else joined[:-1]) + text
        return joined

    def add_table(self, item: FlowTable) -> None:
        """Takes a table; one that goes on from the page before is the same table."""
        self.flush()
        rows = item.table.rows
        if self.table is not None and self._continues(item):
            rows = _without_repeated_head(rows, self.page.tables[-1])
            self.page.tables[-1] = Grid((*self.page.tables[-1].rows, *map(tuple, rows)))
        else:
            self.rows = 0
            self.page.tables.append(Grid(tuple(map(tuple, rows))))
        number = len(self.page.tables) - 1
        for row in renumber(rows, self.rows):
            text = CELL_SEPARATOR.join(cell.text for cell in row)
            if any(cell.text for cell in row):
                self.page.blocks.append(
                    PageBlock(
                        text,
                        BlockKind.TABLE_ROW,
                        0,
                        -1,
                        (text,),
                        0,
                        0,
                        0,
                        number,
                        tuple(row),
                        item.page,
                    )
                )
        self.rows += len(rows)
        self.table = item

    def _continues(self, item: FlowTable) -> bool:
        last = self.table
        if last is None or item.page != last.page + 1:
            return False
        if item.number >= 0 or last.number >= 0:
            return item.number == last.number
        if not item.table.xs:
            return False
        return _are_aligned(last.table, item.table)


def _are_aligned(one: PageTable, other: PageTable) -> bool:
    """Whether two tables have as many columns, and white or rules at the same places."""
    return len(one.xs) == len(other.xs) and all(
        max(a0, b0) <= min(a1, b1) + SAME_INDENT
        for a0, a1, b0, b1 in zip(
            one.xs[::2], one.xs[1::2], other.xs[::2], other.xs[1::2], strict=True
        )
    )


def _without_repeated_head(rows: list[list[GridCell]], table: Grid) -> list[list[GridCell]]:
    """The rows of a further page without the head that each page repeats."""
    number = 0
    while (
        number < min(len(rows) - 1, len(table.rows))
        and any(cell.text for cell in rows[number])
        and [cell.text for cell in rows[number]] == [cell.text for cell in table.rows[number]]
    ):
        number += 1
    return rows[number:]

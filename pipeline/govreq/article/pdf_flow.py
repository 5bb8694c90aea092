"""The lines and tables of a PDF in reading order, with what its tags say of each line."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import median

from govreq.article.pdf_file import PdfFile, PdfPage
from govreq.article.pdf_regions import Region, split_regions
from govreq.article.pdf_tables import PageTable, find_plain_tables, read_ruled
from govreq.article.pdf_tagged import read_tagged
from govreq.article.pdf_tags import TaggedBlock, Tags
from govreq.article.pdf_words import (
    FOOTNOTE,
    Box,
    Line,
    Word,
    build_lines,
    join_words,
    split_runs,
)

WIDE_GAP = 2.0
"""Part of the type size: words farther apart than this on one line are two lines."""

BULLETS = frozenset("•●▪■◦○‣⁃·\uf0b7\uf0a7➢✓–-")
MARK_REACH = 2.5
OTHER_SIZE = 0.8
FARTHEST_HEADING_LINE, MOST_BETWEEN = 1.5, 6


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of text: its page, the right end of its column, its tag, and its bullet.

    ``item`` is where the text of a list item starts that begins on this line, else None.
    """

    text: str
    page: int
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    right: float
    first_width: float
    tag: TaggedBlock | None = None
    item: float | None = None


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table, or its part on one page; ``number`` is that of a tagged table, else -1."""

    table: PageTable
    page: int
    number: int = -1


Flow = list[FlowLine | FlowTable]


def read_flow(file: PdfFile) -> Flow:
    """The lines and tables of all pages in reading order."""
    placed: dict[tuple[int, int], list[Word]] = {}
    for page in file.pages:
        for word in page.words:
            if word.mark >= 0:
                placed.setdefault((page.number, word.mark), []).append(word)
    tagged: dict[int, list[FlowTable]] = {}
    for number, table in enumerate(file.tags.tables):
        for page_number, part in read_tagged(table, placed):
            tagged.setdefault(page_number, []).append(FlowTable(part, page_number, number))
    parts = [item.table for own in tagged.values() for item in own]
    drawn = {id(word) for part in parts for word in part.used}
    flow: Flow = []
    for page in file.pages:
        flow += _flow_of_page(page, file.tags, tagged.get(page.number, []), drawn)
    return flow


def _flow_of_page(
    page: PdfPage, tags: Tags, tagged: Sequence[FlowTable], drawn: AbstractSet[int]
) -> Flow:
    """The lines and tables of one page; ``drawn`` are the words of tagged tables, by their id."""
    tables = list(tagged)
    words = [word for word in page.words if id(word) not in drawn]
    for boxes in page.grids:
        ruled = read_ruled(boxes, words)
        if ruled is not None:
            tables.append(FlowTable(ruled, page.number))
            used = {id(word) for word in ruled.used}
            words = [word for word in words if id(word) not in used]
    flow: Flow = []
    for region in split_regions(words):
        flow += _flow_of_region(region, page, tags)
    for item in sorted(tables, key=lambda one: one.table.top):
        flow.insert(_place_of(flow, item.table), item)
    return flow


def _place_of(flow: Flow, table: PageTable) -> int:
    """Where a table belongs among the lines of its page: before the first one below its top."""
    for number, item in enumerate(flow):
        top = item.base if isinstance(item, FlowLine) else item.table.top
        if top > table.top:
            return number
    return len(flow)


def _flow_of_region(region: Region, page: PdfPage, tags: Tags) -> Flow:
    lines = build_lines(region.words)
    free = [line for line in lines if not _is_bulleted(line, page)]
    if tags.tables:
        free = [line for line in free if _tag_of(line.words, page, tags) is None]
    tables = [FlowTable(table, page.number) for table in find_plain_tables(free, page.rules)]
    used = {id(word) for item in tables for word in item.table.used}
    right = max((line.x1 for line in lines), default=0.0)
    flow: Flow = []
    for line in lines:
        if id(line.words[0]) in used:
            continue
        flow += (_flow_line(words, page, tags, right) for words in _split(line, page, tags))
    flow = _gather_headings(_gather_tagged(flow))
    for item in tables:
        flow.insert(_place_of(flow, item.table), item)
    return flow


def _gather_tagged(flow: Flow) -> Flow:
    """The lines of one tagged block together, where its first one stands."""
    first: dict[int, int] = {}
    keys: list[int] = []
    for number, item in enumerate(flow):
        tag = item.tag if isinstance(item, FlowLine) else None
        keys.append(number if tag is None else first.setdefault(tag.number, number))
    return [flow[number] for number in sorted(range(len(flow)), key=lambda n: (keys[n], n))]


def _gather_headings(flow: Flow) -> Flow:
    """The lines of one heading together, where lines of another column stand between them."""
    lines = [item for item in flow if isinstance(item, FlowLine)]
    size = median(line.size for line in lines) if lines else 0.0
    result: Flow = []
    for item in flow:
        place = len(result)
        if isinstance(item, FlowLine) and item.size * OTHER_SIZE > size:
            for back in range(len(result) - 1, max(-1, len(result) - 1 - MOST_BETWEEN), -1):
                other = result[back]
                if isinstance(other, FlowLine) and _continues_heading(other, item):
                    place = back + 1
                    break
        result.insert(place, item)
    return result


def _continues_heading(last: FlowLine, line: FlowLine) -> bool:
    return (
        last.size == line.size
        and abs(last.x0 - line.x0) < line.size
        and 0 < line.base - last.base < FARTHEST_HEADING_LINE * line.size
    )


def _split(line: Line, page: PdfPage, tags: Tags) -> list[list[Word]]:
    """The words of a line, parted where its tags change, or at gaps where there are no tags."""
    parts: list[list[Word]] = []
    bullet = line.words[0].text in BULLETS
    for run in split_runs(line, WIDE_GAP):
        for word in run:
            other = parts and _differs(parts[-1][-1], word) and not bullet
            same = (
                parts
                and not other
                and _tag_of(parts[-1][-1:], page, tags) == _tag_of([word], page, tags)
            )
            if not same or (word is run[0] and not tags.blocks and not (bullet and len(parts) < 2)):
                parts.append([])
            parts[-1].append(word)
    return parts


def _differs(last: Word, word: Word) -> bool:
    """Whether two neighbouring words differ in size of type, and the second is no mark."""
    small, large = sorted((last.size, word.size))
    return small < OTHER_SIZE * large and FOOTNOTE.fullmatch(word.text) is None


def _tag_of(words: Sequence[Word], page: PdfPage, tags: Tags) -> TaggedBlock | None:
    return next(
        (tag for word in words if (tag := tags.blocks.get((page.number, word.mark))) is not None),
        None,
    )


def _is_bulleted(line: Line, page: PdfPage) -> bool:
    return line.words[0].text in BULLETS or _mark_before(line.words[0], page.marks)


def _mark_before(word: Word, marks: Sequence[Box]) -> bool:
    """Whether a small shape is drawn before a word: the mark of a list item."""
    return any(
        word.x0 - MARK_REACH * word.size < mark.x0
        and mark.x1 < word.x0
        and word.base - word.size < mark.top
        and mark.bottom < word.base + 1
        for mark in marks
    )


def _flow_line(words: Sequence[Word], page: PdfPage, tags: Tags, right: float) -> FlowLine:
    tag = _tag_of(words, page, tags)
    bullet = words[0].text in BULLETS and len(words) > 1
    own = words[1:] if bullet else words
    line = Line(tuple(own))
    item = own[0].x0 if bullet or _mark_before(own[0], page.marks) else None
    return FlowLine(
        text=join_words(own),
        page=page.number,
        x0=line.x0,
        x1=line.x1,
        base=line.base,
        size=line.size,
        bold=line.bold,
        right=right,
        first_width=own[0].x1 - own[0].x0,
        tag=tag,
        item=item,
    )

"""The article stage: from a document's bytes to one clean text with its blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from govreq.article.article import (
    Article,
    Block,
    BlockKind,
    Cell,
    RemovalReason,
    Removed,
    Table,
)
from govreq.article.blocks import CELL_SEPARATOR, PageBlock, PageBlocks, cut_blocks
from govreq.article.boilerplate import judge_blocks
from govreq.article.decode import decode_page
from govreq.article.furniture import Verdict
from govreq.article.inline import clean_text
from govreq.article.metadata import PageMetadata, read_metadata
from govreq.article.pdf import read_pdf
from govreq.article.spans import Span
from govreq.article.tables import GridCell
from govreq.article.tree import parse_page
from govreq.errors import RefusedError
from govreq.settings import DEFAULTS, Settings
from govreq.source.document import Document

SEPARATOR = "\n\n"


def read_article(document: Document, settings: Settings = DEFAULTS) -> Article:
    """The article of a document: its title and body as one text, and what was taken out.

    Raises:
        RefusedError: there is nothing to read: ``empty``, ``binary``, ``too_deep``, ``malformed``;
            of PDFs also ``pdf_extra_missing``, ``encrypted``, ``damaged_pdf``, ``no_text_layer``.
    """
    if document.media_type == "application/pdf":
        article = _read_pdf(document, settings)
    else:
        article = _read_markup(document, settings)
    if not article.text:
        message = f"{document.source}: holds no text; save the page again once it is loaded"
        raise RefusedError(message, document.source, "empty")
    return _name_origin(article, document)


def _name_origin(article: Article, document: Document) -> Article:
    """The article with what is known from outside the page: see :class:`Document`."""
    told = {"url": document.url, "published": document.published}
    sources = [(name, "manifest") for name, value in told.items() if value]
    if article.url is None and document.url is None and document.origin is not None:
        sources.append(("url", "archive"))
    named = {name for name, _ in sources}
    if not named:
        return article
    kept = [item for item in article.provenance if item[0] not in named]
    return replace(
        article,
        url=document.url or article.url or document.origin,
        published=document.published or article.published,
        provenance=(*kept, *sources),
    )


def _read_markup(document: Document, settings: Settings) -> Article:
    page = decode_page(document)
    if document.media_type == "text/plain":
        return _read_plain(page.text, page.warnings, settings)
    return _read_html(page.text, document.source, page.warnings, settings)


def _read_pdf(document: Document, settings: Settings) -> Article:
    read = read_pdf(document, settings)
    verdicts = judge_blocks(read.page, read.metadata)
    return _assemble(
        read.page, read.metadata, verdicts, list(read.removed), read.warnings, settings
    )


def _read_html(text: str, source: str, warnings: tuple[str, ...], settings: Settings) -> Article:
    tree = parse_page(text, source, settings)
    page = cut_blocks(tree.soup)
    metadata = read_metadata(tree, page)
    verdicts = judge_blocks(page, metadata)
    removed = [Removed(words, RemovalReason.NAVIGATION, "element") for words in tree.navigation]
    if tree.flattened:
        warnings = (*warnings, "flattened")
    if is_cut_off(text):
        warnings = (*warnings, "truncated")
    return _assemble(page, metadata, verdicts, removed, warnings, settings)


def is_cut_off(text: str) -> bool:
    """Whether a page stops in its middle: within a tag, or within words of a body left open.

    Pages that never open ``<html>`` or ``<body>`` are fragments, and fragments end as they like.

    >>> is_cut_off("<html><body><p>One.</p><p>It got 1"), is_cut_off("<p>It got 12 requ")
    (True, False)
    """
    opened = any(tag in text[:HEAD].lower() for tag in ("<html", "<body"))
    page = text.rstrip()
    tail = page[-HEAD:].lower()
    within_tag = tail.rfind("<") > tail.rfind(">")
    closes = any(tag in tail for tag in ("</p>", "</div>"))  # else it closes nothing anyway
    left_open = "</html" not in tail and "</body" not in tail and not tail.endswith(">") and closes
    return opened and (within_tag or left_open)


HEAD = 5_000
"""Characters at both ends of a page in which its outermost tags are looked for."""


def _read_plain(text: str, warnings: tuple[str, ...], settings: Settings) -> Article:
    """Paragraphs are parted by blank lines; a first line without a full stop is the title."""
    paragraphs = [clean_text(part) for part in _split_paragraphs(text)]
    paragraphs = [part for part in paragraphs if part]
    title = None
    if len(paragraphs) > 1 and len(paragraphs[0]) < 200 and paragraphs[0][-1] not in ".:;,":
        title = paragraphs.pop(0)
    page = PageBlocks()
    for part in paragraphs:
        page.blocks.append(PageBlock(part, BlockKind.PARAGRAPH, 0, -1, (part,)))
    metadata = PageMetadata(title=title, provenance=(("title", "first line"),) if title else ())
    verdicts = judge_blocks(page, metadata)
    return _assemble(page, metadata, verdicts, [], warnings, settings)


def _split_paragraphs(text: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return [" ".join(lines) for lines in parts]


@dataclass(slots=True)
class _Writer:
    """The text as it grows, with the spans of what was written."""

    pieces: list[str]
    blocks: list[Block]
    length: int = 0

    def write(self, text: str, kind: BlockKind, level: int, page: int | None = None) -> Span:
        if self.pieces:
            self.pieces.append(SEPARATOR)
            self.length += len(SEPARATOR)
        span = Span(self.length, self.length + len(text))
        self.pieces.append(text)
        self.length = span.end
        self.blocks.append(Block(span, kind, level, page))
        return span


def _assemble(
    page: PageBlocks,
    metadata: PageMetadata,
    verdicts: list[Verdict],
    removed: list[Removed],
    warnings: tuple[str, ...],
    settings: Settings,
) -> Article:
    writer = _Writer([], [])
    if metadata.title:
        writer.write(metadata.title, BlockKind.TITLE, 0)
    tables = _TableSpans(page)
    cut = False
    for block, verdict in zip(page.blocks, verdicts, strict=True):
        removed.extend(verdict.removed)
        if not verdict.text or cut:
            continue
        room = settings.max_text_characters - writer.length - len(SEPARATOR)
        if len(verdict.text) > room:
            warnings, cut = (*warnings, "text_cut"), True
            if block.kind is not BlockKind.TABLE_ROW and (
                text := verdict.text[: max(0, room)].strip()
            ):
                writer.write(text, block.kind, block.level, block.page)
            continue
        span = writer.write(verdict.text, block.kind, block.level, block.page)
        tables.note(block, span)
    return Article(
        text="".join(writer.pieces),
        blocks=tuple(writer.blocks),
        title=metadata.title,
        publisher=metadata.publisher,
        author=metadata.author,
        published=metadata.published,
        modified=metadata.modified,
        url=metadata.url,
        language=metadata.language,
        tables=tables.collect(),
        removed=tuple(removed),
        provenance=metadata.provenance,
        warnings=warnings,
    )


class _TableSpans:
    """Gathers the spans of table cells while the text is written."""

    def __init__(self, page: PageBlocks) -> None:
        self.page = page
        self.cells: dict[int, list[Cell]] = {}
        self.captions: dict[int, Span] = {}
        self.headings: dict[int, Span | None] = {}
        self.heading: Span | None = None

    def note(self, block: PageBlock, span: Span) -> None:
        """Remember where ``block`` was written."""
        if block.kind is BlockKind.HEADING:
            self.heading = span
        if block.table < 0:
            return
        if block.kind is BlockKind.CAPTION:
            self.captions[block.table] = span
        self.headings.setdefault(block.table, self.heading)
        if block.cells:
            self.cells.setdefault(block.table, []).extend(_cells_of(block.cells, span.start))

    def collect(self) -> tuple[Table, ...]:
        """The tables whose rows were written, in the order of the page."""
        return tuple(
            Table(tuple(cells), self.captions.get(number), self.headings.get(number))
            for number, cells in sorted(self.cells.items())
        )


def _cells_of(cells: tuple[GridCell, ...], start: int) -> list[Cell]:
    placed: list[Cell] = []
    for cell in cells:
        end = start + len(cell.text)
        if not cell.repeated:
            span = Span(start, end)
            placed.append(Cell(span, cell.row, cell.column, cell.rows, cell.columns, cell.header))
        start = end + len(CELL_SEPARATOR)
    return placed

"""The article: one clean text with its blocks, and what was taken out of the page.

Everything after this stage is offsets into :attr:`Article.text`. The title is the text's first
block, so that a company that only the headline names has a span as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from govreq.article.spans import Span


class BlockKind(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    QUOTE = "quote"
    TABLE_ROW = "table_row"


class RemovalReason(StrEnum):
    """Why a block of the page is not part of the article."""

    NAVIGATION = "navigation"
    APPEAL = "appeal"
    NEWSLETTER = "newsletter"
    SUBSCRIPTION = "subscription"
    TEASER = "teaser"
    COMMENTS = "comments"
    SHARE = "share"
    AUTHOR = "author"
    ADVERTISEMENT = "advertisement"
    COOKIE = "cookie"
    COPYRIGHT = "copyright"
    RELATED = "related"
    DUPLICATE = "duplicate"
    HIDDEN = "hidden"
    PAGE_EDGE = "page_edge"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row of the text.

    ``level`` is a heading's level (1 to 6), or a list item's nesting depth (1 is outermost),
    else 0. ``span`` excludes the blank line that separates blocks. ``page`` is the page of a PDF
    that the block starts on, counted from 1.
    """

    span: Span
    kind: BlockKind
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One resolved table cell: its grid position, its own span of the text, and its role.

    A cell that spans several rows or columns is listed once; ``rows`` and ``columns`` say how many
    grid places it covers (clamped).
    """

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A data table: its cells in reading order, its caption and the heading above it."""

    cells: tuple[Cell, ...]
    caption: Span | None = None
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of the page that is not the article's own, and why it was taken out."""

    text: str
    reason: RemovalReason
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One page as text: title, blocks, tables, what the page says about itself, what was removed.

    ``text`` is the blocks joined by one blank line. ``provenance`` names, for each of title,
    publisher, author, published, modified, url and language, where on the page it was read
    (``json-ld``, ``meta og:title``, ``h1`` ...). ``warnings`` name what is uncertain or was cut
    (``encoding_guessed``, ``truncated`` ...).
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    modified: date | None = None
    url: str | None = None
    language: str | None = None
    tables: tuple[Table, ...] = ()
    removed: tuple[Removed, ...] = ()
    provenance: tuple[tuple[str, str], ...] = field(default=())
    warnings: tuple[str, ...] = ()

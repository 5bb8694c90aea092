"""An article as it is shown: what was kept, what was thrown away, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from govreq.article.article import Article, BlockKind, RemovalReason
from govreq.source.document import Document

_LONGEST_REMOVED = 160
_MARKS = {
    BlockKind.LIST_ITEM: "- ",
    BlockKind.QUOTE: "> ",
    BlockKind.TABLE_ROW: "| ",
    BlockKind.CAPTION: "^ ",
}


class ShownRemoval(BaseModel):
    """A stretch of the page that was taken out, why, and the rule that took it."""

    model_config = ConfigDict(frozen=True)

    text: str
    reason: RemovalReason
    rule: str


class ShownBlock(BaseModel):
    """One block of the body."""

    model_config = ConfigDict(frozen=True)

    kind: BlockKind
    level: int
    text: str


class ShownArticle(BaseModel):
    """One page as ``govreq article --format json`` prints it.

    ``text`` is the body without the title, blocks parted by one blank line. ``provenance`` names
    where each of the fields before it was read.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    modified: str | None
    url: str | None
    language: str | None
    provenance: dict[str, str]
    text: str
    blocks: tuple[ShownBlock, ...]
    removed: tuple[ShownRemoval, ...]
    warnings: tuple[str, ...]


def show_article(article: Article, document: Document) -> ShownArticle:
    """The article of a document in the form that is printed as JSON."""
    blocks = tuple(
        ShownBlock(kind=block.kind, level=block.level, text=block.span.of(article.text))
        for block in article.blocks
        if block.kind is not BlockKind.TITLE
    )
    return ShownArticle(
        source=document.source,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        published=article.published.isoformat() if article.published else None,
        modified=article.modified.isoformat() if article.modified else None,
        url=article.url,
        language=article.language,
        provenance=dict(article.provenance),
        text="\n\n".join(block.text for block in blocks),
        blocks=blocks,
        removed=tuple(
            ShownRemoval(text=each.text, reason=each.reason, rule=each.rule)
            for each in article.removed
        ),
        warnings=article.warnings,
    )


def render_article_json(article: Article, document: Document) -> str:
    """The article of a document as one line of JSON."""
    return show_article(article, document).model_dump_json()


def render_article_text(article: Article, document: Document) -> str:
    """The article for a reader: what the page says of itself, the body, then what was removed."""
    lines = [f"=== {document.source}", *_render_metadata(article)]
    lines += [f"! {warning}" for warning in article.warnings]
    for block in article.blocks:
        text = block.span.of(article.text)
        if block.kind is BlockKind.TITLE:
            continue
        mark = "#" * max(1, block.level) + " " if block.kind is BlockKind.HEADING else ""
        lines += ["", f"{mark or _MARKS.get(block.kind, '')}{text}"]
    lines += ["", *_render_removed(article)]
    return "\n".join(lines) + "\n"


def _render_metadata(article: Article) -> Iterator[str]:
    where = dict(article.provenance)
    values = (
        ("title", article.title),
        ("publisher", article.publisher),
        ("author", article.author),
        ("published", article.published),
        ("modified", article.modified),
        ("url", article.url),
        ("language", article.language),
    )
    for name, value in values:
        shown = f"{value}  ({where[name]})" if value and name in where else value or "-"
        yield f"{name + ':':<11}{shown}"


def _render_removed(article: Article) -> Iterator[str]:
    """The removed stretches, one a line, cut short, each with its reason and rule."""
    if not article.removed:
        return
    yield f"--- removed: {len(article.removed)}"
    for removal in article.removed:
        text = removal.text
        if len(text) > _LONGEST_REMOVED:
            text = f"{text[:_LONGEST_REMOVED].rstrip()} ... ({len(removal.text):,} characters)"
        yield f"[{removal.reason} / {removal.rule}] {text}"

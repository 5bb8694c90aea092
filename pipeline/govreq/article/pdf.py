"""PDF documents: their pages as the same blocks and tables that an HTML page has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govreq.article.article import BlockKind, Removed
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.dates import parse_day
from govreq.article.inline import clean_text
from govreq.article.metadata import PageMetadata
from govreq.article.pdf_blocks import build_blocks
from govreq.article.pdf_edges import drop_edges
from govreq.article.pdf_file import read_pdf_file
from govreq.article.pdf_flow import read_flow
from govreq.article.pdf_pairs import pair_figures
from govreq.article.titles import choose_title, fold_title
from govreq.settings import Settings
from govreq.source.document import Document

MOST_FIRST_BLOCKS = 25
LONGEST_DATELINE = 120

# Accepts "Published: May 3, 2021", "Released May 2021", "Last updated"; refuses "publisher".
PUBLISHED = re.compile(
    r"\b(?:published|publication date|posted|released|release date|issued|dated?|updated)\b",
    re.IGNORECASE,
)
# Accepts "D:20210503120000Z"; refuses "2021".
PDF_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
# Accepts "Microsoft Word - report.docx", "report_v2.indd", "untitled"; refuses "Annual report".
NO_TITLE = re.compile(
    r"microsoft \w+ - .*|.*\.(?:docx?|indd|pdf|xlsx?|pptx?|html?)|untitled.*|document\d*|\W*",
    re.IGNORECASE,
)
# Accepts what browsers call themselves as creators: "Mozilla/5.0 ... Chrome/156.0".
BROWSER = re.compile(r"mozilla/|skia/pdf|quartz pdfcontext|chrom(?:e|ium)", re.IGNORECASE)
# Accepts the bar of "Report | The Company", that of "Report - The Company"; refuses "well-known".
SEPARATOR = re.compile(r"\s+[|\-–—·•»]\s+")
MOST_SITE_WORDS = 4


@dataclass(frozen=True, slots=True)
class PdfArticle:
    """The blocks of a PDF, what it says about itself, and what of its pages was left out."""

    page: PageBlocks
    metadata: PageMetadata
    removed: tuple[Removed, ...]
    warnings: tuple[str, ...]


def read_pdf(document: Document, settings: Settings) -> PdfArticle:
    """The blocks, tables and metadata of a PDF.

    Raises:
        RefusedError: ``pdf_extra_missing``, ``encrypted``, ``damaged_pdf``, ``no_text_layer``.
    """
    file = read_pdf_file(document, settings)
    removed = drop_edges(file.pages)
    page = build_blocks(pair_figures(read_flow(file)))
    return PdfArticle(page, _metadata_of(file.metadata, page), tuple(removed), file.warnings)


def _metadata_of(declared: Mapping[str, str], page: PageBlocks) -> PageMetadata:
    title = clean_text(declared.get("Title", ""))
    title = "" if NO_TITLE.fullmatch(title) else title
    first = page.blocks[:MOST_FIRST_BLOCKS]
    site = _site_of(title, first)
    offers = [("pdf title", title)] if title else []
    name, where = choose_title(_headings_of(first), "", offers, title, site)
    published, place = _published_of(declared, first)
    author = clean_text(declared.get("Author", ""))
    provenance = (
        ("title", where.removeprefix("meta ").replace("h1", "heading")),
        ("publisher", "pdf title" if site else ""),
        ("author", "pdf author" if author else ""),
        ("published", place),
    )
    return PageMetadata(
        title=name or None,
        publisher=site or None,
        author=author or None,
        published=published,
        provenance=tuple((field, source) for field, source in provenance if source),
    )


def _headings_of(blocks: Sequence[PageBlock]) -> list[str]:
    """The headings of the highest level on the first page."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING and block.page == 1]
    highest = min((block.level for block in headings), default=0)
    return [block.text for block in headings if block.level == highest]


def _site_of(title: str, blocks: Sequence[PageBlock]) -> str:
    """The part of a declared title that is none of the first page's headings: whose report it is.

    "Transparency report | The Company" stands where a page's title stands: the PDF names no other
    publisher.
    """
    heads = {
        word
        for block in blocks
        if block.kind is BlockKind.HEADING
        for word in fold_title(block.text).split()
    }
    parts = [part.strip() for part in SEPARATOR.split(title)]
    own = [part for part in parts if part and set(fold_title(part).split()) - heads]
    short = [part for part in own if part.count(" ") < MOST_SITE_WORDS]
    return short[-1] if len(parts) > 1 and len(own) < len(parts) and short else ""


def _published_of(
    declared: Mapping[str, str], blocks: Sequence[PageBlock]
) -> tuple[date | None, str]:
    """The day of publication: as the first page says, else when the file was made.

    When a browser printed a page says nothing about when it was published.
    """
    for block in blocks:
        if block.page == 1 and len(block.text) <= LONGEST_DATELINE and PUBLISHED.search(block.text):
            day = parse_day(block.text)
            if day is not None:
                return day, "text"
    made = PDF_DAY.match(declared.get("CreationDate", ""))
    if made is None or BROWSER.search(f"{declared.get('Creator')} {declared.get('Producer')}"):
        return None, ""
    try:
        return date(*map(int, made.groups())), "pdf creation date"
    except ValueError:
        return None, ""

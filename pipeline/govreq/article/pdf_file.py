"""A PDF's pages as words with their places, its ruled cells and its tags; nothing is judged here.

pdfplumber is an extra (``pip install 'govreq[pdf]'``): it is imported when the first PDF is read.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from govreq.article.pdf_faults import FAULTS
from govreq.article.pdf_tags import Tags, read_tags
from govreq.article.pdf_words import Box, Word, build_words, glyph_of
from govreq.errors import RefusedError
from govreq.settings import Settings
from govreq.source.document import Document

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

HOW_TO_INSTALL = "pip install 'govreq[pdf]'"

SMALL_MARK = 7.0
"""Points: a drawn shape of this size before a line is the mark of a list item."""

FEWEST_RULED = 2


@dataclass(slots=True)
class PdfPage:
    """One page, in points from its upper left corner.

    ``grids`` are tables as their rules draw them: the boxes of their cells. ``rules`` are the
    heights of horizontal rules with their ends, ``marks`` small drawn shapes. ``tagged`` holds the
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    grids: list[list[Box]] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True)
class PdfFile:
    """What was read of a PDF; ``warnings`` name what was left out."""

    pages: list[PdfPage] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    tags: Tags = field(default_factory=Tags)
    warnings: tuple[str, ...] = ()


def read_pdf_file(document: Document, settings: Settings) -> PdfFile:
    """The pages of a PDF, as far as its limits allow.

    Raises:
        RefusedError: ``pdf_extra_missing``, ``encrypted``, ``damaged_pdf``, ``no_text_layer``.
    """
    with _opened(document) as pdf:
        file = PdfFile(metadata=_metadata_of(pdf))
        warnings = _read_pages(pdf, file, settings)
        if not file.pages:
            raise _refusal(document, "damaged_pdf", "is a damaged PDF; save it again")
        if not any(page.words for page in file.pages):
            what = "is a PDF of pictures without text; recognise its text (OCR) first"
            raise _refusal(document, "no_text_layer", what)
        if any(page.pictures and not page.words for page in file.pages):
            warnings.append("pages_without_text")
        file.tags = read_tags(pdf)
        file.warnings = tuple(warnings)
    return file


def _refusal(document: Document, reason: str, what: str) -> RefusedError:
    return RefusedError(f"{document.source}: {what}", document.source, reason)


@contextmanager
def _opened(document: Document) -> Iterator[PDF]:
    """The PDF, opened; the parser's own remarks on damaged files are not the user's business."""
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
    except ImportError as error:
        what = f"is a PDF; to read PDFs, {HOW_TO_INSTALL}"
        raise _refusal(document, "pdf_extra_missing", what) from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        pdf = pdfplumber.open(BytesIO(document.content))
    except (PdfminerException, MalformedPDFException, PSException, *FAULTS) as error:
        causes = (*error.args, error)
        if any(isinstance(one, PDFPasswordIncorrect | PDFEncryptionError) for one in causes):
            what = "is an encrypted PDF; save it without its password"
            raise _refusal(document, "encrypted", what) from error
        raise _refusal(document, "damaged_pdf", "is a damaged PDF; save it again") from error
    with pdf:
        yield pdf


def _metadata_of(pdf: PDF) -> dict[str, str]:
    return {key: str(value) for key, value in pdf.metadata.items() if isinstance(value, str)}


def _read_pages(pdf: PDF, file: PdfFile, settings: Settings) -> list[str]:
    """Reads page after page into ``file``; the names of what made it stop or pass one over."""
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    warnings: list[str] = []
    end = time.monotonic() + settings.max_pdf_seconds
    glyphs = 0
    try:
        pages = pdf.pages
    except (PdfminerException, PSException, *FAULTS):
        return ["damaged_pages"]
    for number, page in enumerate(pages, start=1):
        if number > settings.max_pdf_pages or glyphs > settings.max_text_characters:
            warnings.append("pages_cut")
            break
        if time.monotonic() > end:
            warnings.append("pdf_timeout")
            break
        try:
            file.pages.append(_read_page(page, number))
            glyphs += len(page.chars)
        except (PdfminerException, PSException, *FAULTS):
            if "damaged_pages" not in warnings:
                warnings.append("damaged_pages")
        page.close()
    return warnings


def _read_page(page: Page, number: int) -> PdfPage:
    glyphs = [glyph for char in page.chars if (glyph := glyph_of(char)) is not None]
    read = PdfPage(number, float(page.width), float(page.height), build_words(glyphs))
    for shape in (*page.rects, *page.lines, *page.curves):
        box = Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])
        if box.height < SMALL_MARK and box.width < SMALL_MARK:
            read.marks.append(box)
        elif box.height < SMALL_MARK / 2:
            read.rules.append(box)
    read.pictures = len(page.images)
    if len(page.rects) + len(page.lines) >= FEWEST_RULED:
        read.grids = [
            [Box(x0, top, x1, bottom) for x0, top, x1, bottom in table.cells]
            for table in page.find_tables()
        ]
    return read

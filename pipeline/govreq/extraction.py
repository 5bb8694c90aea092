"""The flow: a document goes in, records and the numbers that were not taken come out."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from govreq.article.article import Article
from govreq.article.read import read_article
from govreq.candidates.assemble import assemble_candidates
from govreq.candidates.candidate import Rejection
from govreq.errors import SourceError
from govreq.mentions.read import read_sentences
from govreq.records.build import build_records
from govreq.records.record import Record
from govreq.settings import DEFAULTS, Settings
from govreq.source.document import Document


class Status(StrEnum):
    """What became of a document."""

    OK = "ok"  # read; it may state no request statistics
    PARTIAL = "partial"  # read, but cut at a limit or damaged: records may be missing
    EMPTY = "empty"  # nothing to read in it
    REFUSED = "refused"  # nothing that govreq reads, or beyond a limit
    TIMEOUT = "timeout"  # took longer than allowed
    FAILED = "failed"  # an error of ours; the message names it


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave.

    ``rejections`` are the numbers that became no record, each with its reason; ``reason`` is a
    short stable name where ``status`` is not ``ok`` (``too_large``, ``not_found`` ...), ``message``
    one line for the user.
    """

    records: tuple[Record, ...]
    rejections: tuple[Rejection, ...]
    status: Status
    reason: str = ""
    message: str = ""
    article: Article | None = None


def extract(document: Document, settings: Settings = DEFAULTS) -> Extraction:
    """The records of one document. Never raises for what a document holds; see :class:`Status`."""
    with _without_collection():
        return _extract(document, settings)


@contextmanager
def _without_collection() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: in a table of thousands of rows it finds none.

    It would walk over all that the document holds again and again, a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _extract(document: Document, settings: Settings) -> Extraction:
    try:
        article = read_article(document, settings)
    except SourceError as error:
        status = Status.EMPTY if error.reason == "empty" else Status.REFUSED
        return Extraction((), (), status, error.reason, str(error))
    sentences = read_sentences(article, settings)
    candidates, rejections = assemble_candidates(article, sentences)
    records = build_records(document, article, candidates)
    status = Status.PARTIAL if DAMAGE.intersection(article.warnings) else Status.OK
    reason = ", ".join(sorted(DAMAGE.intersection(article.warnings)))
    return Extraction(records, rejections, status, reason, article=article)


DAMAGE = frozenset(
    {
        "truncated",
        "text_cut",
        "pages_cut",
        "pdf_timeout",
        "damaged_pages",
        "pages_without_text",
    }
)
"""Warnings of the article stage that make a document ``partial``."""

"""The report: what one document gave, as it is written down and stored."""

from __future__ import annotations

import hashlib
from typing import Annotated

from pydantic import Field, StringConstraints

from govreq.article.article import Article
from govreq.candidates.candidate import Rejection
from govreq.extraction import Status
from govreq.records.lines import write_line
from govreq.records.record import DocumentReference, Frozen, Record
from govreq.runs.pool import Result


class RejectedNumber(Frozen):
    """A number of a document that became no record, and why.

    ``quote`` is ``article.text[start:end]``, ``reason`` a short stable name (``year``, ``money``).
    """

    source: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    quote: str
    reason: str
    rule: str = ""


class DocumentReport(Frozen):
    """One document: how it went, its records, and its numbers that became none.

    ``sha256`` is null where the document could not be read. ``reason`` names what was wrong where
    ``status`` is not ``ok``, ``message`` says it to the user.
    """

    source: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None
    status: Status
    reason: str = ""
    message: str = ""
    document: DocumentReference | None = None
    records: tuple[Record, ...] = ()
    rejections: tuple[RejectedNumber, ...] = ()

    def digest(self) -> str:
        """A hash of the whole report: equal reports, equal digests."""
        return hashlib.sha256(write_line(self).encode()).hexdigest()


def report_result(result: Result) -> DocumentReport:
    """The report of one source."""
    extraction, document = result.extraction, result.document
    sha256 = document.sha256 if document else None
    return DocumentReport(
        source=result.source,
        sha256=sha256,
        status=extraction.status,
        reason=extraction.reason,
        message=extraction.message,
        document=_reference_of(result.source, sha256, extraction.article),
        records=extraction.records,
        rejections=tuple(
            _rejected(result.source, extraction.article, rejection)
            for rejection in extraction.rejections
        ),
    )


def _reference_of(
    source: str, sha256: str | None, article: Article | None
) -> DocumentReference | None:
    if sha256 is None or article is None:
        return None
    return DocumentReference(
        source=source,
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        sha256=sha256,
    )


def _rejected(source: str, article: Article | None, rejection: Rejection) -> RejectedNumber:
    return RejectedNumber(
        source=source,
        start=rejection.span.start,
        end=rejection.span.end,
        quote=rejection.span.of(article.text) if article else "",
        reason=rejection.reason,
        rule=rejection.rule,
    )

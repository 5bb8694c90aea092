"""Reports as rows of the tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govreq.records.record import Record
from govreq.runs.report import DocumentReport

Cell = str | int | float | bool | date | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows that one report makes, without the run that writes them.

    ``rejections`` is None where they are not known, ``unread`` where the document was not read.
    """

    document: Row
    records: Sequence[Row]
    evidence: Sequence[Row]
    rejections: Sequence[Row] | None
    unread: bool = False


def identify_document(source: str) -> str:
    """The id of the document that is read from ``source``: 16 hexadecimal digits."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def make_rows(report: DocumentReport) -> ReportRows:
    """The rows of one report."""
    key = identify_document(report.source)
    return ReportRows(
        document=_document_row(key, report),
        records=[_record_row(key, place, item) for place, item in enumerate(report.records)],
        evidence=[row for item in report.records for row in _evidence_rows(key, item)],
        rejections=[
            {"document_id": key, "position": place, **item.model_dump(exclude={"source"})}
            for place, item in enumerate(report.rejections)
        ],
        unread=report.document is None,
    )


def _document_row(key: str, report: DocumentReport) -> Row:
    reference = report.document
    return {
        "document_id": key,
        "source": report.source,
        "sha256": report.sha256,
        "status": report.status.value,
        "reason": report.reason,
        "message": report.message,
        "url": reference.url if reference else None,
        "title": reference.title if reference else None,
        "publisher": reference.publisher if reference else None,
        "published": reference.published if reference else None,
        "digest": report.digest(),
    }


def _record_row(key: str, place: int, record: Record) -> Row:
    period = record.period
    return {
        "document_id": key,
        "record_id": record.record_id,
        "position": place,
        "statistic": record.statistic.value,
        "value": record.value,
        "value_max": record.value_max,
        "bound": record.bound.value,
        "counted": record.counted.value,
        "outcome": record.outcome.value,
        "subject": record.subject.value,
        "legal_process": record.legal_process.value,
        "data": record.data.value,
        "company": record.company,
        "jurisdiction": record.jurisdiction,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "confidence": record.confidence.value,
        "findings": _json([finding.model_dump() for finding in record.findings]),
        "schema_version": record.schema_version,
        "closed": False,
    }


def _evidence_rows(key: str, record: Record) -> list[Row]:
    return [
        {
            "document_id": key,
            "record_id": record.record_id,
            "position": place,
            "quote": item.quote,
            "start": item.start,
            "end": item.end,
            "fields": _json({name: where.model_dump() for name, where in item.fields.items()}),
            "page": item.page,
        }
        for place, item in enumerate(record.evidence)
    ]


def _json(value: Sequence[object] | Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

"""CSV as of RFC 4180: one record a row; the first statement of the fact is its evidence."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from govreq.records.lines import plain_number
from govreq.records.record import Record
from govreq.store.writers import writer

COLUMNS = (
    "record_id",
    "statistic",
    "value",
    "value_max",
    "bound",
    "counted",
    "outcome",
    "subject",
    "legal_process",
    "data",
    "company",
    "jurisdiction",
    "period_start",
    "period_end",
    "confidence",
    "findings",
    "document_source",
    "document_url",
    "document_title",
    "document_publisher",
    "document_published",
    "document_sha256",
    "evidence_quote",
    "evidence_start",
    "evidence_end",
    "evidence_count",
    "schema_version",
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None


@writer("csv")
class CsvWriter:
    """Writes a header line, then each record as one row."""

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.writer(stream)
        self._rows.writerow(COLUMNS)

    def write_records(self, records: Sequence[Record]) -> None:
        """Writes the records of one document."""
        for record in records:
            self._rows.writerow([defuse_cell(cell) for cell in flatten_record(record)])

    def finish(self) -> None:
        """Nothing follows the last record."""


def defuse_cell(cell: Cell) -> Cell:
    """The cell, with a ``'`` before text that a spreadsheet would run as a formula.

    >>> defuse_cell("=1+1"), defuse_cell("Amazon"), defuse_cell(-50)
    ("'=1+1", 'Amazon', -50)
    """
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def flatten_record(record: Record) -> list[Cell]:
    """A record as the cells of its row, in the order of :data:`COLUMNS`."""
    document, period, evidence = record.document, record.period, record.evidence[0]
    return [
        record.record_id,
        record.statistic.value,
        plain_number(record.value),
        None if record.value_max is None else plain_number(record.value_max),
        record.bound.value,
        record.counted.value,
        record.outcome.value,
        record.subject.value,
        record.legal_process.value,
        record.data.value,
        record.company,
        record.jurisdiction,
        period.start.isoformat() if period else None,
        period.end.isoformat() if period else None,
        record.confidence.value,
        "; ".join(finding.message for finding in record.findings),
        document.source,
        document.url,
        document.title,
        document.publisher,
        document.published.isoformat() if document.published else None,
        document.sha256,
        evidence.quote,
        evidence.start,
        evidence.end,
        len(record.evidence),
        record.schema_version,
    ]

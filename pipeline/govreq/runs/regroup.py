"""Record files read back as reports: a document's records together, as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from govreq.errors import RecordFileError
from govreq.extraction import Status
from govreq.records.lines import read_records
from govreq.records.record import Record
from govreq.runs.report import DocumentReport


def read_reports(path: Path) -> Iterator[DocumentReport]:
    """A report for each document of a JSONL file of records; its rejections are not known.

    Raises:
        RecordFileError: the file cannot be read, a line is no record, or the records of a document
            do not stand together.
    """
    yield from group_records(read_records(path), path)


def group_records(records: Iterable[Record], path: Path) -> Iterator[DocumentReport]:
    """The reports of records; ``path`` names them in errors."""
    seen: set[str] = set()
    for source, group in groupby(records, key=lambda record: record.document.source):
        if source in seen:
            message = f"{path}: the records of {source} do not stand together; sort the lines"
            raise RecordFileError(message)
        seen.add(source)
        stated = tuple(group)
        reference = stated[0].document
        if len({record.record_id for record in stated}) < len(stated):
            raise RecordFileError(f"{path}: a record of {source} stands there twice")
        yield DocumentReport(
            source=source,
            sha256=reference.sha256,
            status=Status.OK,
            document=reference,
            records=stated,
        )

"""JSONL: one record a line (``schemas/record.schema.json``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from govreq.records.lines import write_line
from govreq.records.record import Record
from govreq.store.writers import writer


@writer("jsonl")
class JsonlWriter:
    """Writes each record as one line of JSON."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write_records(self, records: Sequence[Record]) -> None:
        """Writes the records of one document."""
        for record in records:
            self._stream.write(write_line(record) + "\n")

    def finish(self) -> None:
        """Nothing follows the last record."""

"""Parquet: the columns of the CSV with their types, by DuckDB (the extra ``columnar``)."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from govreq.errors import OutputError
from govreq.records.record import Record
from govreq.store.formats.csv import COLUMNS, flatten_record

_TYPES = {
    "value": "DOUBLE",
    "value_max": "DOUBLE",
    "period_start": "DATE",
    "period_end": "DATE",
    "document_published": "DATE",
    "evidence_start": "INTEGER",
    "evidence_end": "INTEGER",
    "evidence_count": "INTEGER",
}


def write_parquet(path: Path, records: Iterable[Sequence[Record]]) -> int:
    """Writes records to a Parquet file, whole or not at all; says how many.

    Raises:
        OutputError: DuckDB is not installed, or the file cannot be written.
    """
    try:
        import duckdb
    except ImportError as error:
        raise OutputError(f"{path}: Parquet needs DuckDB; install govreq[columnar]") from error
    target = path.resolve()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            rows, made = Path(folder) / "rows.jsonl", Path(folder) / "made.parquet"
            count = _write_rows(rows, records)
            with duckdb.connect() as connection:
                connection.execute(_statement(rows, made))
            with made.open("rb") as file:
                os.fsync(file.fileno())
            made.replace(target)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from error
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OutputError(f"{path}: cannot be written ({reason})") from error
    return count


def _write_rows(path: Path, records: Iterable[Sequence[Record]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for document in records:
            for record in document:
                row = dict(zip(COLUMNS, flatten_record(record), strict=True))
                file.write(json.dumps(row) + "\n")
                count += 1
    return count


def _statement(rows: Path, made: Path) -> str:
    types = ", ".join(f"'{name}': '{_TYPES.get(name, 'VARCHAR')}'" for name in COLUMNS)
    source = f"read_json({_quote(rows)}, format='newline_delimited', columns={{{types}}})"
    return f"COPY (SELECT * FROM {source}) TO {_quote(made)} (FORMAT parquet)"  # noqa: S608


def _quote(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"

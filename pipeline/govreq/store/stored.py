"""Stored records: read back from a database as they were written, in the order of their sources."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from govreq.records.record import Record
from govreq.store.database import name_store_errors, open_for_reading
from govreq.store.selection import ALL, Selection
from govreq.store.tables import documents, evidence, records

_AT_ONCE = 200
_FIELDS = frozenset(Record.model_fields) & frozenset(records.columns.keys())


@contextmanager
def open_stored_records(
    database: str, selection: Selection = ALL
) -> Iterator[Iterator[Sequence[Record]]]:
    """The records that are not closed, a document at a time, as one state of the database.

    Raises:
        StoreError: there is no such database, or it cannot be read.
    """
    engine = open_for_reading(database)
    try:
        with name_store_errors(engine.url), engine.connect() as connection:
            yield _read_documents(connection, selection)
    finally:
        engine.dispose()


def _read_documents(connection: Connection, selection: Selection) -> Iterator[list[Record]]:
    wanted = _condition(selection)
    source: ColumnElement[str] = documents.c.source
    if connection.dialect.name == "postgresql":  # the order of SQLite: by code point
        source = documents.c.source.collate("C")
    query = (
        select(documents)
        .where(documents.c.document_id.in_(select(records.c.document_id).where(wanted)))
        .order_by(source)
    )
    result = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for part in result.partitions():
        yield from _read_part(connection, part, wanted)


def _read_part(
    connection: Connection, part: Sequence[Row[Any]], wanted: ColumnElement[bool]
) -> Iterator[list[Record]]:
    keys = [row.document_id for row in part]
    proofs = _read_evidence(connection, keys)
    query = (
        select(records)
        .where(records.c.document_id.in_(keys), wanted)
        .order_by(records.c.document_id, records.c.position)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for fact in connection.execute(query).mappings():
        found.setdefault(fact["document_id"], []).append(dict(fact))
    for row in part:
        reference = {
            name: row._mapping[name]  # noqa: SLF001 - the public way to read a row by name
            for name in ("source", "url", "title", "publisher", "published", "sha256")
        }
        key = row.document_id
        yield [_make_record(each, reference, proofs) for each in found.get(key, ())]


def _read_evidence(
    connection: Connection, keys: Sequence[str]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    query = (
        select(evidence)
        .where(evidence.c.document_id.in_(keys))
        .order_by(evidence.c.document_id, evidence.c.record_id, evidence.c.position)
    )
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in connection.execute(query).mappings():
        item = {name: row[name] for name in ("quote", "start", "end", "page")}
        item["fields"] = json.loads(row["fields"])
        groups.setdefault((row["document_id"], row["record_id"]), []).append(item)
    return groups


def _make_record(
    row: Mapping[str, Any],
    reference: Mapping[str, Any],
    proofs: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]],
) -> Record:
    start = row["period_start"]
    return Record.model_validate(
        {
            **{name: row[name] for name in _FIELDS},
            "period": start and {"start": start, "end": row["period_end"]},
            "document": reference,
            "evidence": proofs[row["document_id"], row["record_id"]],
            "findings": json.loads(row["findings"]),
        }
    )


def _condition(selection: Selection) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [records.c.closed.is_(False)]
    if selection.company is not None:
        parts.append(func.lower(records.c.company) == selection.company.lower())
    if selection.jurisdiction is not None:
        parts.append(records.c.jurisdiction == selection.jurisdiction)
    if period := selection.period:
        parts.append(records.c.period_start >= period.start)
        parts.append(records.c.period_end <= period.end)
    return and_(*parts)

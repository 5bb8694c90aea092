"""Changes: what a document's new rows differ in from those that are stored, written and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection, bindparam, delete, select, update

from govreq.store.bulk import insert_rows
from govreq.store.rows import ReportRows, Row
from govreq.store.tables import evidence, records


@dataclass(slots=True)
class LoadCounts:
    """What a load did to the records."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0

    def describe(self) -> str:
        """The counts for a person."""
        return (
            f"{self.new:,} records new, {self.changed:,} changed, "
            f"{self.unchanged:,} unchanged, {self.closed:,} closed"
        )

    def __iadd__(self, other: LoadCounts) -> Self:
        """Adds what another load did."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.closed += other.closed
        return self


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of a document's records that are new, changed, unchanged, and stated no more."""

    new: Sequence[str]
    changed: Sequence[str]
    unchanged: Sequence[str]
    gone: Sequence[str]


def write_records(
    connection: Connection, key: str, rows: ReportRows, run: int, close_gone: bool
) -> LoadCounts:
    """Brings the records of the document ``key`` to ``rows``; writes only what differs.

    Records that the document states no more are closed if ``close_gone``, else left alone.
    """
    stored = _read_records(connection, key)
    fresh = {str(row["record_id"]): row for row in rows.records}
    proofs = _group_evidence(rows.evidence)
    changes = _compare(fresh, proofs, stored, _read_evidence(connection, key))
    insert_rows(connection, records, [{**fresh[name], "run_id": run} for name in changes.new])
    _update_records(connection, [{**fresh[name], "run_id": run} for name in changes.changed])
    _delete_evidence(connection, key, changes.changed)
    written = (*changes.new, *changes.changed)
    insert_rows(connection, evidence, [row for name in written for row in proofs[name]])
    gone = changes.gone if close_gone else ()
    _update_records(connection, [{**stored[name], "closed": True, "run_id": run} for name in gone])
    return LoadCounts(len(changes.new), len(changes.changed), len(changes.unchanged), len(gone))


def _compare(
    fresh: Mapping[str, Row],
    proofs: Mapping[str, Sequence[Row]],
    stored: Mapping[str, Row],
    stored_proofs: Mapping[str, Sequence[Row]],
) -> Changes:
    new, changed, unchanged = [], [], []
    for name, row in fresh.items():
        if name not in stored:
            new.append(name)
        elif row.items() <= stored[name].items() and proofs[name] == stored_proofs.get(name):
            unchanged.append(name)
        else:
            changed.append(name)
    gone = [name for name, row in stored.items() if name not in fresh and not row["closed"]]
    return Changes(new, changed, unchanged, gone)


def _read_records(connection: Connection, key: str) -> dict[str, Row]:
    query = select(records).where(records.c.document_id == key).order_by(records.c.position)
    return {row["record_id"]: dict(row) for row in connection.execute(query).mappings()}


def _read_evidence(connection: Connection, key: str) -> dict[str, list[Row]]:
    query = select(evidence).where(evidence.c.document_id == key).order_by(evidence.c.position)
    return _group_evidence([dict(row) for row in connection.execute(query).mappings()])


def _group_evidence(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row["record_id"]), []).append(row)
    return groups


def _update_records(connection: Connection, rows: Sequence[Row]) -> None:
    if not rows:
        return
    keys = {"document_id", "record_id"}
    statement = (
        update(records)
        .where(
            records.c.document_id == bindparam("old_document_id"),
            records.c.record_id == bindparam("old_record_id"),
        )
        .values({name: bindparam(name) for name in rows[0] if name not in keys})
    )
    bound = [
        {f"old_{name}" if name in keys else name: cell for name, cell in row.items()}
        for row in rows
    ]
    connection.execute(statement, bound)


def _delete_evidence(connection: Connection, key: str, names: Sequence[str]) -> None:
    for name in names:
        connection.execute(
            delete(evidence).where(evidence.c.document_id == key, evidence.c.record_id == name)
        )

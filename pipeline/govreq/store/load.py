"""Loading: reports into a database, where only what changed is written.

Loading the same reports again writes no row. A document is loaded whole or not at all: each batch
of documents is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import Connection, Engine, delete, insert, select, update

from govreq.runs.report import DocumentReport
from govreq.settings import DEFAULTS, Settings
from govreq.store.bulk import insert_rows
from govreq.store.changes import LoadCounts, write_records
from govreq.store.database import name_store_errors, open_database
from govreq.store.migrations import take_write_lock
from govreq.store.rows import ReportRows, make_rows
from govreq.store.tables import documents, evidence, records, rejections, runs

BATCH = 50
"""Documents in one transaction: what an interruption can cost."""

BULK = 1000
"""The same where a file is loaded that can be loaded again."""

COMPLETE = frozenset({"ok", "empty"})
"""Statuses of documents that were read to their end: a record not found again is closed."""


_REFERENCE = frozenset({"sha256", "url", "title", "publisher", "published"})


@dataclass(slots=True)
class Loader:
    """Loads reports; ``counts`` says what that did so far."""

    engine: Engine
    settings: Settings = DEFAULTS
    batch: int = BATCH
    counts: LoadCounts = field(default_factory=LoadCounts)
    _pending: dict[str, ReportRows] = field(default_factory=dict)
    _run: int | None = None

    def load_report(self, report: DocumentReport, *, rejections_known: bool = True) -> None:
        """Takes one report; it is in the database after :meth:`flush` at the latest.

        Without ``rejections_known`` those that are stored of the document stay.
        """
        rows = make_rows(report)
        self.load_rows(rows if rejections_known else replace(rows, rejections=None))

    def load_rows(self, rows: ReportRows) -> None:
        """Takes the rows of one report."""
        key = str(rows.document["document_id"])
        if key in self._pending or len(self._pending) >= self.batch:
            self.flush()
        self._pending[key] = rows

    def flush(self) -> None:
        """Writes all that is pending, in one transaction.

        Raises:
            StoreError: the database cannot be written; nothing of the batch is.
        """
        if not self._pending:
            return
        with name_store_errors(self.engine.url), self.engine.begin() as connection:
            take_write_lock(connection)
            digests = _read_digests(connection, list(self._pending))
            fresh = {key: rows for key, rows in self._pending.items() if key not in digests}
            counts = LoadCounts()
            if fresh:
                counts += self._insert_documents(connection, fresh)
            for key, digest in digests.items():
                rows = self._pending[key]
                if digest == rows.document["digest"]:
                    counts.unchanged += len(rows.records)
                else:
                    counts += self._update_document(connection, key, rows)
        self.counts += counts
        self._pending.clear()

    def _insert_documents(
        self, connection: Connection, fresh: Mapping[str, ReportRows]
    ) -> LoadCounts:
        """Inserts documents that are new to the database, with all that belongs to them."""
        run = {"run_id": self._run_id(connection)}
        rows = list(fresh.values())
        added = [{**row, **run} for each in rows for row in each.records]
        insert_rows(connection, documents, [{**each.document, **run} for each in rows])
        insert_rows(connection, records, added)
        insert_rows(connection, evidence, [row for each in rows for row in each.evidence])
        insert_rows(connection, rejections, [row for each in rows for row in each.rejections or ()])
        return LoadCounts(new=len(added))

    def _update_document(self, connection: Connection, key: str, rows: ReportRows) -> LoadCounts:
        """Brings a document that the database knows to its new state.

        Where it could not be read this time, what is known of it stays, as its records do.
        """
        run = self._run_id(connection)
        known = _REFERENCE if rows.unread else frozenset()
        values = {name: cell for name, cell in rows.document.items() if name not in known}
        statement = update(documents).where(documents.c.document_id == key)
        connection.execute(statement.values({**values, "run_id": run}))
        complete = str(rows.document["status"]) in COMPLETE
        counts = write_records(connection, key, rows, run, close_gone=complete)
        if rows.rejections is not None:
            connection.execute(delete(rejections).where(rejections.c.document_id == key))
            insert_rows(connection, rejections, rows.rejections)
        return counts

    def _run_id(self, connection: Connection) -> int:
        """The id of this load's row of ``runs``, written at its first change."""
        if self._run is None:
            row = {
                "started": datetime.now(UTC).isoformat(timespec="seconds"),
                "version": version("govreq"),
                "settings": self.settings.model_dump_json(),
            }
            statement = insert(runs).values(row).returning(runs.c.run_id)
            self._run = connection.execute(statement).scalar_one()
        return self._run


@contextmanager
def open_loader(
    database: str, settings: Settings = DEFAULTS, batch: int = BATCH
) -> Iterator[Loader]:
    """A loader into ``database``, a file's path or a URL; what is pending is written at the end.

    What was done before an error or an interruption is written too.

    Raises:
        StoreError: the database cannot be opened or written.
    """
    engine = open_database(database)
    loader = Loader(engine, settings, batch)
    try:
        yield loader
    finally:
        try:
            loader.flush()
        finally:
            engine.dispose()


def _read_digests(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    query = select(documents.c.document_id, documents.c.digest).where(
        documents.c.document_id.in_(keys)
    )
    return {row.document_id: row.digest for row in connection.execute(query)}

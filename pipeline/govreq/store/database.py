"""Databases: opening one by its file or URL, and naming what goes wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from govreq.errors import StoreError
from govreq.store.tables import metadata

# Accepts "sqlite:///records.db", "postgresql://host/db"; refuses "records.db", "C:\records.db".
_URL = re.compile(r"[a-z][a-z0-9+]+://", re.IGNORECASE)
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_WAIT = 30.0
"""Seconds to wait for another program's write."""


def open_database(database: str) -> Engine:
    """The database at a file's path or a URL, with its tables; both are made where missing.

    Raises:
        StoreError: it cannot be opened, or is no database.
    """
    url = locate_database(database)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        _check_folder(Path(url.database))
    with name_store_errors(url):
        try:
            engine = create_engine(url)
        except ImportError as error:
            raise StoreError(f"{_show(url)}: its driver is not installed ({error.name})") from error
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        metadata.create_all(engine)
    return engine


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


@contextmanager
def name_store_errors(url: URL) -> Iterator[None]:
    """Raises what goes wrong inside as one line that names the database."""
    try:
        yield
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


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Each connection: readers and a writer at once, commits that survive, links that hold."""
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {int(_WAIT * 1000)}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

"""Many rows at once: by the driver's own way, which is several times faster than one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import itemgetter

from sqlalchemy import Connection, Date, Table, insert

from govreq.errors import StoreError
from govreq.store.rows import Cell, Row

Cells = tuple[Cell, ...]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows of equal columns, if there are any."""
    if not rows:
        return
    write = _WRITERS.get(connection.dialect.name)
    if write is None:
        connection.execute(insert(table), list(rows))
    else:
        write(connection, table, rows)


def _insert_many(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """SQLite: one prepared statement; dates are stored as text (ISO 8601)."""
    names = tuple(rows[0])
    dates = [place for place, name in enumerate(names) if isinstance(table.c[name].type, Date)]
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608
    connection.exec_driver_sql(statement, list(_take_cells(rows, names, dates)))


def _copy_many(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """PostgreSQL: COPY, in the connection's own transaction."""
    names = tuple(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    statement = f'COPY "{table.name}" ({columns}) FROM STDIN'
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for cells in _take_cells(rows, names, ()):
                copy.write_row(cells)
    except connection.dialect.loaded_dbapi.Error as error:
        raise StoreError((str(error).splitlines() or ["COPY failed"])[0]) from error


def _take_cells(
    rows: Sequence[Row], names: tuple[str, ...], dates: Sequence[int]
) -> Iterator[Cells]:
    """The cells of each row in the order of ``names``; dates at ``dates`` as text."""
    take = _taker(names)
    if not dates:
        yield from map(take, rows)
        return
    for row in rows:
        cells = list(take(row))
        for place in dates:
            cell = cells[place]
            if isinstance(cell, date):
                cells[place] = cell.isoformat()
        yield tuple(cells)


@cache
def _taker(names: tuple[str, ...]) -> Callable[[Row], Cells]:
    if len(names) == 1:
        return lambda row: (row[names[0]],)
    return itemgetter(*names)


_WRITERS: dict[str, Callable[[Connection, Table, Sequence[Row]], None]] = {
    "postgresql": _copy_many,
    "sqlite": _insert_many,
}

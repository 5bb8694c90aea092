"""Migrations: from every schema to the newest, with data, all or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from govreq.errors import StoreError
from govreq.runs.report import DocumentReport
from govreq.store import migrations
from govreq.store.database import locate_database, open_database, open_for_reading
from govreq.store.load import open_loader
from govreq.store.tables import metadata

Query = Callable[[str], list[tuple[Any, ...]]]
MakeReport = Callable[..., DocumentReport]
VIEWS = ("current_records", "facts", "requests_by_period")
VIEWS_REVISION = "0002"
NEWEST = "0003"


def make_first_schema(database: str, *, marked: bool) -> None:
    """A database as the first govreq left it; ``marked`` where it says so."""
    engine = create_engine(locate_database(database))
    migrations.upgrade_schema(engine, migrations.FIRST)
    if not marked:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()


def test_the_newest_schema_is_that_of_the_tables(database: str) -> None:
    engine = open_database(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == NEWEST
    engine.dispose()


@pytest.mark.parametrize("marked", [True, False])
def test_the_first_schema_comes_up_with_its_data(
    database: str, query: Query, make_report: MakeReport, marked: bool
) -> None:
    make_first_schema(database, marked=marked)
    query(
        "INSERT INTO runs (run_id, started, version, settings) VALUES (7, 'then', '0.1', '{}')"
        " RETURNING run_id"
    )
    open_database(database).dispose()
    assert query("SELECT run_id, started FROM runs") == [(7, "then")]
    for view in VIEWS:
        assert query(f"SELECT count(*) FROM {view}") == [(0,)]


def test_a_migration_that_fails_leaves_the_old_schema(
    database: str, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_first_schema(database, marked=True)
    script = migrations._load_scripts().get_revision(VIEWS_REVISION)
    assert script is not None
    views = script.module
    monkeypatch.setattr(views, "_BY_PERIOD", "CREATE VIEW broken AS SELECT nothing FROM nowhere")
    if database.endswith(".db"):
        monkeypatch.setattr(views, "_BY_PERIOD", "CREATE VIEW broken AS SELECT FROM")
    with pytest.raises(StoreError):
        open_database(database)
    assert query("SELECT version_num FROM alembic_version") == [(migrations.FIRST,)]
    monkeypatch.undo()
    open_database(database).dispose()
    assert query("SELECT version_num FROM alembic_version") == [(NEWEST,)]


SLOW = """
import sys, time
from govreq.store import migrations
from govreq.store.database import open_database
views = migrations._load_scripts().get_revision("0002").module
upgrade = views.upgrade
def slowly():
    upgrade()
    print("made", flush=True)
    time.sleep(60)
views.upgrade = slowly
open_database(sys.argv[1])
"""


def test_a_migration_that_is_killed_leaves_the_old_schema(database: str, query: Query) -> None:
    make_first_schema(database, marked=True)
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, database], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "made\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    time.sleep(0.2)
    assert query("SELECT version_num FROM alembic_version") == [(migrations.FIRST,)]
    open_database(database).dispose()
    assert query("SELECT version_num FROM alembic_version") == [(NEWEST,)]


def test_a_database_of_a_newer_govreq_is_refused(database: str, query: Query) -> None:
    open_database(database).dispose()
    query("UPDATE alembic_version SET version_num = '9999' RETURNING version_num")
    for open_it in (open_database, open_for_reading):
        with pytest.raises(StoreError, match="newer govreq"):
            open_it(database)


def test_a_reader_sees_one_state_while_a_load_runs(database: str, make_report: MakeReport) -> None:
    with open_loader(database) as loader:
        loader.load_report(make_report(source="a.html"))
    engine = open_for_reading(database)
    with engine.connect() as connection:
        count = text("SELECT count(*) FROM documents")
        assert connection.execute(count).scalar_one() == 1
        with open_loader(database) as loader:
            loader.load_report(make_report(source="b.html"))
        assert connection.execute(count).scalar_one() == 1
    with engine.connect() as connection:
        assert connection.execute(count).scalar_one() == 2
    engine.dispose()

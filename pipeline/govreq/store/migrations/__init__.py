"""Migrations: a database is brought to the newest schema when it is opened.

All that is missing is done in one transaction: an interruption leaves the old schema whole. A
database of a newer govreq is refused.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import RevisionStep, StampStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from govreq.errors import StoreError

FIRST = "0001"
"""The schema of databases that were made before they said which they have."""

_LOCK = 7_346_001
"""Number of the lock under which one program at a time changes a PostgreSQL database."""


def upgrade_schema(engine: Engine, newest: str = "head") -> None:
    """Brings the database to the schema ``newest``; writes nothing where it is there.

    Raises:
        StoreError: a newer govreq made it.
    """
    with engine.connect() as connection:
        if _read_revision(connection) == _find_newest(newest):
            return
    with engine.begin() as connection:
        take_write_lock(connection)
        _refuse_newer(connection)
        if _read_revision(connection) is None and inspect(connection).has_table("documents"):
            MigrationContext.configure(connection).stamp(_load_scripts(), FIRST)
        _migrate(connection, newest)


def take_write_lock(connection: Connection) -> None:
    """Waits until no other program writes; the lock ends with the transaction.

    SQLite needs none: a writing transaction begins with its own.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


@cache
def _load_scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent))


def _find_newest(newest: str) -> str | None:
    return _load_scripts().get_current_head() if newest == "head" else newest


def _read_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection) -> None:
    revision = _read_revision(connection)
    known = {script.revision for script in _load_scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(f"its tables are of a newer govreq (schema {revision}); update govreq")


def _migrate(connection: Connection, newest: str) -> None:
    scripts = _load_scripts()

    def find_steps(revision: str, _: MigrationContext) -> list[StampStep | RevisionStep]:
        # As alembic's own commands do it.
        return [*scripts._upgrade_revs(newest, revision)]  # noqa: SLF001

    with EnvironmentContext(Config(), scripts, fn=find_steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()

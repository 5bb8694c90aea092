"""One schema for SQLite and PostgreSQL, with every field of a record in it."""

from __future__ import annotations

import pytest
from sqlalchemy import Table, make_url
from sqlalchemy.schema import CreateTable

from govreq.records.record import Record
from govreq.store.tables import metadata, records


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_is_made_on_both_databases(table: Table) -> None:
    for url in ("sqlite://", "postgresql://"):
        dialect = make_url(url).get_dialect()()
        statement = str(CreateTable(table).compile(dialect=dialect))
        assert statement.strip().startswith("CREATE TABLE")


def test_every_field_of_a_record_has_its_place() -> None:
    columns = set(records.columns.keys()) | {"document", "evidence"}
    for field in Record.model_fields:
        assert field in columns or f"{field}_start" in columns, field

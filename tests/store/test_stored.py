"""Reading back: the same records, in the same bytes, from either database."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govreq.errors import OutputError, RecordFileError, StoreError
from govreq.records.lines import write_line
from govreq.records.record import Record
from govreq.runs.regroup import group_records
from govreq.runs.report import DocumentReport
from govreq.store.load import open_loader
from govreq.store.parquet import write_parquet
from govreq.store.selection import Selection, parse_period
from govreq.store.stored import open_stored_records
from govreq.store.writers import load_writers

MakeRecord = Callable[..., Record]
MakeReport = Callable[..., DocumentReport]
Query = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def reports(make_record: MakeRecord, make_report: MakeReport) -> list[DocumentReport]:
    """Three documents: two state one fact, one has other facts of every sort."""
    finding = {"check": "sum", "message": "halves: 1 + 2 = 3", "records": ("a" * 16,)}
    stated: dict[str, list[dict[str, Any]]] = {
        "b.html": [{}],
        "a.html": [{"record_id": "1" * 16}],
        "é B.html": [
            {"record_id": "9" * 16, "company": None, "period": None, "jurisdiction": "WORLD"},
            {"bound": "range", "value": 0, "value_max": 249, "findings": (finding,)},
            {"record_id": "2" * 16, "statistic": "change", "value": -12.5, "company": "=Zürich"},
        ],
    }
    return [
        make_report(source=source, records=tuple(make_record(source=source, **f) for f in facts))
        for source, facts in stated.items()
    ]


def load(database: str, reports: list[DocumentReport]) -> None:
    with open_loader(database) as loader:
        for report in reports:
            loader.load_report(report)


def read(database: str, **selection: Any) -> list[Record]:
    with open_stored_records(database, Selection(**selection)) as documents:
        return [record for records in documents for record in records]


def test_what_is_read_back_is_what_was_written(
    database: str, reports: list[DocumentReport]
) -> None:
    load(database, reports)
    expected = sorted(reports, key=lambda report: report.source)
    lines = [write_line(record) for report in expected for record in report.records]
    assert [write_line(record) for record in read(database)] == lines


def test_closed_records_are_left_out(database: str, make_report: MakeReport) -> None:
    load(database, [make_report()])
    load(database, [make_report(records=())])
    assert read(database) == []


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        ({"company": "initech"}, 3),
        ({"company": "Init"}, 0),
        ({"jurisdiction": "WORLD"}, 1),
        ({"period": parse_period("2021")}, 4),
        ({"period": parse_period("2021-Q1")}, 0),
        ({"company": "Initech", "jurisdiction": "DE", "period": parse_period("H1 2021")}, 3),
    ],
)
def test_selections(
    database: str, reports: list[DocumentReport], selection: dict[str, Any], count: int
) -> None:
    load(database, reports)
    assert len(read(database, **selection)) == count


@pytest.mark.parametrize("text", ["", "21", "2021-H3", "2021-13", "2021-02-30..2021-03-01", "x"])
def test_what_is_no_period_is_named(text: str) -> None:
    with pytest.raises(StoreError, match="is no period"):
        parse_period(text)


def test_views(database: str, query: Query, reports: list[DocumentReport]) -> None:
    load(database, reports)
    assert query("SELECT count(*) FROM current_records") == [(5,)]
    facts = query("SELECT value, documents, sources FROM facts WHERE documents > 1")
    assert facts == [(1204.0, 2, "a.html\nb.html")]
    by_period = "SELECT jurisdiction, received, documents FROM requests_by_period"
    assert query(f"{by_period} WHERE company = 'Initech'") == [("DE", 1204.0, 2)]


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        read(str(tmp_path / "missing.db"))
    assert list(tmp_path.iterdir()) == []


def test_parquet_holds_every_record_with_types(
    tmp_path: Path, reports: list[DocumentReport]
) -> None:
    path = tmp_path / "it's.parquet"
    assert write_parquet(path, [report.records for report in reports]) == 5
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT company, value, period_start::VARCHAR FROM read_parquet(?) ORDER BY value",
            [str(path)],
        ).fetchall()
    assert found[0] == ("=Zürich", -12.5, "2021-01-01")
    assert [value for _, value, _ in found] == [-12.5, 0.0, 1204.0, 1204.0, 1204.0]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with pytest.raises(OutputError):
        write_parquet(tmp_path / "missing" / "x.parquet", [])


def test_a_file_of_records_is_read_as_reports(reports: list[DocumentReport]) -> None:
    records = [record for report in reports for record in report.records]
    regrouped = list(group_records(records, Path("x.jsonl")))
    assert [report.records for report in regrouped] == [report.records for report in reports]
    with pytest.raises(RecordFileError, match="do not stand together"):
        list(group_records([*records, records[0]], Path("x.jsonl")))
    with pytest.raises(RecordFileError, match="twice"):
        list(group_records([records[0], records[0]], Path("x.jsonl")))


def test_a_csv_export_runs_nothing(database: str, reports: list[DocumentReport]) -> None:
    load(database, reports)
    stream = io.StringIO()
    writer = load_writers()["csv"](stream)
    writer.write_records(read(database))
    assert ",'=Zürich," in stream.getvalue()
    assert ",-12.5," in stream.getvalue()

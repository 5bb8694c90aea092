"""Loading into a real database: only what changed is written, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from govreq.errors import StoreError
from govreq.extraction import Status
from govreq.records.record import Record
from govreq.runs.report import DocumentReport, RejectedNumber
from govreq.store.changes import LoadCounts
from govreq.store.load import BATCH, open_loader

MakeRecord = Callable[..., Record]
MakeReport = Callable[..., DocumentReport]


def load(database: Path, *reports: DocumentReport) -> LoadCounts:
    with open_loader(str(database)) as loader:
        for report in reports:
            loader.load_report(report)
    return loader.counts


def read_tables(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(database) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
            for (name,) in names.fetchall()
        }


def test_a_second_load_writes_no_row(tmp_path: Path, make_report: MakeReport) -> None:
    database = tmp_path / "records.db"
    report = make_report()
    assert load(database, report) == LoadCounts(new=1)
    before, content = read_tables(database), database.read_bytes()
    assert load(database, report) == LoadCounts(unchanged=1)
    assert read_tables(database) == before
    assert database.read_bytes() == content
    assert {name: len(rows) for name, rows in before.items()} == {
        "runs": 1,
        "documents": 1,
        "records": 1,
        "evidence": 1,
        "rejections": 0,
    }


def test_a_changed_field_writes_that_record_alone(
    tmp_path: Path, make_record: MakeRecord, make_report: MakeReport
) -> None:
    database = tmp_path / "records.db"
    kept, other = make_record(), make_record(record_id="f" * 16, outcome="disclosed")
    load(database, make_report(records=(kept, other)))
    changed = make_record(record_id="f" * 16, outcome="disclosed", confidence="low")
    counts = load(database, make_report(records=(kept, changed)))
    assert counts == LoadCounts(changed=1, unchanged=1)
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT record_id, confidence, run_id FROM records ORDER BY 1")
        assert rows.fetchall() == [("0123456789abcdef", "high", 1), ("f" * 16, "low", 2)]


def test_changed_evidence_replaces_the_old(
    tmp_path: Path, make_record: MakeRecord, make_report: MakeReport
) -> None:
    database = tmp_path / "records.db"
    load(database, make_report())
    counts = load(database, make_report(records=(make_record(quote="Germany sent 1,204."),)))
    assert counts == LoadCounts(changed=1)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT quote FROM evidence").fetchall() == [
            ("Germany sent 1,204.",)
        ]


def test_a_fact_that_is_gone_is_closed_and_opens_again(
    tmp_path: Path, make_report: MakeReport
) -> None:
    database = tmp_path / "records.db"
    load(database, make_report())
    assert load(database, make_report(records=())) == LoadCounts(closed=1)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT closed FROM records").fetchall() == [(1,)]
    assert load(database, make_report(records=())) == LoadCounts()
    assert load(database, make_report()) == LoadCounts(changed=1)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT closed FROM records").fetchall() == [(0,)]


@pytest.mark.parametrize("status", [Status.FAILED, Status.REFUSED, Status.TIMEOUT, Status.PARTIAL])
def test_a_document_that_was_not_read_whole_closes_nothing(
    tmp_path: Path, make_report: MakeReport, status: Status
) -> None:
    database = tmp_path / "records.db"
    load(database, make_report())
    report = make_report(records=(), status=status, reason="not_found", message="gone")
    assert load(database, report) == LoadCounts()
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT closed FROM records").fetchall() == [(0,)]
        assert connection.execute("SELECT status FROM documents").fetchall() == [(status.value,)]


def test_rejections_are_stored_with_their_reason(tmp_path: Path, make_report: MakeReport) -> None:
    database = tmp_path / "records.db"
    rejected = RejectedNumber(source="x", start=3, end=7, quote="2021", reason="year")
    load(database, make_report(rejections=(rejected,)))
    with sqlite3.connect(database) as connection:
        rows = connection.execute('SELECT position, start, "end", quote, reason FROM rejections')
        assert rows.fetchall() == [(0, 3, 7, "2021", "year")]


def test_more_documents_than_a_batch(
    tmp_path: Path, make_record: MakeRecord, make_report: MakeReport
) -> None:
    database = tmp_path / "records.db"
    sources = [f"pages/{number}.html" for number in range(2 * BATCH + 3)]
    reports = [
        make_report(source=source, records=(make_record(source=source),)) for source in sources
    ]
    assert load(database, *reports) == LoadCounts(new=len(sources))
    assert load(database, *reports) == LoadCounts(unchanged=len(sources))


def test_what_was_done_before_an_interruption_is_kept(
    tmp_path: Path, make_report: MakeReport
) -> None:
    database = tmp_path / "records.db"
    with pytest.raises(KeyboardInterrupt), open_loader(str(database)) as loader:
        loader.load_report(make_report())
        raise KeyboardInterrupt
    assert len(read_tables(database)["records"]) == 1


@pytest.mark.parametrize("text", ["'; DROP TABLE records; --", 'a "b" ]', "naïve  \t", "=1+1"])
def test_text_is_stored_as_it_is(
    tmp_path: Path, make_record: MakeRecord, make_report: MakeReport, text: str
) -> None:
    database = tmp_path / "records.db"
    load(database, make_report(records=(make_record(company=text, quote=text),)))
    with sqlite3.connect(database) as connection:
        query = "SELECT company, quote FROM records JOIN evidence USING (record_id)"
        assert connection.execute(query).fetchall() == [(text, text)]


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"), open_loader(str(tmp_path)):
        pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    database = tmp_path / "missing" / "records.db"
    with pytest.raises(StoreError, match="its folder does not exist"), open_loader(str(database)):
        pass


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    database = tmp_path / "notes.txt"
    database.write_text("my notes\n" * 200)
    with pytest.raises(StoreError, match=r"notes\.txt"), open_loader(str(database)):
        pass
    assert database.read_text() == "my notes\n" * 200


@pytest.mark.parametrize("url", ["mysterydb://host/records", "postgresql://h:port/x"])
def test_a_url_that_names_no_database_is_one_line(url: str) -> None:
    with pytest.raises(StoreError) as caught, open_loader(url):
        pass
    assert "\n" not in str(caught.value)

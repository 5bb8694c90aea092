"""Loading into a real database: only what changed is written, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from govreq.errors import StoreError
from govreq.extraction import Status
from govreq.records.record import Record
from govreq.runs.report import DocumentReport, RejectedNumber
from govreq.store.changes import LoadCounts
from govreq.store.database import locate_database
from govreq.store.load import BATCH, open_loader

MakeRecord = Callable[..., Record]
MakeReport = Callable[..., DocumentReport]
Query = Callable[[str], list[tuple[Any, ...]]]
TABLES = ("runs", "documents", "records", "evidence", "rejections")


def load(database: str, *reports: DocumentReport) -> LoadCounts:
    with open_loader(database) as loader:
        for report in reports:
            loader.load_report(report)
    return loader.counts


def read_tables(query: Query) -> dict[str, list[tuple[object, ...]]]:
    return {name: query(f"SELECT * FROM {name} ORDER BY 1, 2") for name in TABLES}


def test_a_second_load_writes_no_row(database: str, query: Query, make_report: MakeReport) -> None:
    report = make_report()
    assert load(database, report) == LoadCounts(new=1)
    before = read_tables(query)
    assert load(database, report) == LoadCounts(unchanged=1)
    assert load(database, report) == LoadCounts(unchanged=1)
    assert read_tables(query) == before
    assert {name: len(rows) for name, rows in before.items()} == {
        "runs": 1,
        "documents": 1,
        "records": 1,
        "evidence": 1,
        "rejections": 0,
    }


def test_a_changed_field_writes_that_record_alone(
    database: str, query: Query, make_record: MakeRecord, make_report: MakeReport
) -> None:
    kept, other = make_record(), make_record(record_id="f" * 16, outcome="disclosed")
    load(database, make_report(records=(kept, other)))
    changed = make_record(record_id="f" * 16, outcome="disclosed", confidence="low")
    counts = load(database, make_report(records=(kept, changed)))
    assert counts == LoadCounts(changed=1, unchanged=1)
    rows = query("SELECT record_id, confidence, run_id FROM records ORDER BY 1")
    assert rows == [("0123456789abcdef", "high", 1), ("f" * 16, "low", 2)]


def test_changed_evidence_replaces_the_old(
    database: str, query: Query, make_record: MakeRecord, make_report: MakeReport
) -> None:
    load(database, make_report())
    counts = load(database, make_report(records=(make_record(quote="Germany sent 1,204."),)))
    assert counts == LoadCounts(changed=1)
    assert query("SELECT quote FROM evidence") == [("Germany sent 1,204.",)]


def test_a_fact_that_is_gone_is_closed_and_opens_again(
    database: str, query: Query, make_report: MakeReport
) -> None:
    load(database, make_report())
    assert load(database, make_report(records=())) == LoadCounts(closed=1)
    assert query("SELECT closed FROM records") == [(True,)]
    assert load(database, make_report(records=())) == LoadCounts()
    assert load(database, make_report()) == LoadCounts(changed=1)
    assert query("SELECT closed FROM records") == [(False,)]


@pytest.mark.parametrize("status", [Status.FAILED, Status.REFUSED, Status.TIMEOUT, Status.PARTIAL])
def test_a_document_that_was_not_read_whole_closes_nothing(
    database: str, query: Query, make_report: MakeReport, status: Status
) -> None:
    load(database, make_report())
    report = make_report(records=(), status=status, reason="not_found", message="gone")
    assert load(database, report) == LoadCounts()
    assert query("SELECT closed FROM records") == [(False,)]
    assert query("SELECT status FROM documents") == [(status.value,)]


def test_rejections_are_stored_with_their_reason(
    database: str, query: Query, make_report: MakeReport
) -> None:
    rejected = RejectedNumber(source="x", start=3, end=7, quote="2021", reason="year")
    load(database, make_report(rejections=(rejected,)))
    rows = query('SELECT position, start, "end", quote, reason FROM rejections')
    assert rows == [(0, 3, 7, "2021", "year")]


def test_more_documents_than_a_batch(
    database: str, query: Query, make_record: MakeRecord, make_report: MakeReport
) -> None:
    sources = [f"pages/{number}.html" for number in range(2 * BATCH + 3)]
    reports = [
        make_report(source=source, records=(make_record(source=source),)) for source in sources
    ]
    assert load(database, *reports) == LoadCounts(new=len(sources))
    assert load(database, *reports) == LoadCounts(unchanged=len(sources))


def test_what_was_done_before_an_interruption_is_kept(
    database: str, query: Query, make_report: MakeReport
) -> None:
    with pytest.raises(KeyboardInterrupt), open_loader(database) as loader:
        loader.load_report(make_report())
        raise KeyboardInterrupt
    assert len(read_tables(query)["records"]) == 1


@pytest.mark.parametrize("text", ["'; DROP TABLE records; --", 'a "b" ]', "naïve  \t", "=1+1"])
def test_text_is_stored_as_it_is(
    database: str, query: Query, make_record: MakeRecord, make_report: MakeReport, text: str
) -> None:
    load(database, make_report(records=(make_record(company=text, quote=text),)))
    statement = "SELECT company, quote FROM records JOIN evidence USING (record_id)"
    assert query(statement) == [(text, text)]


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


def test_a_file_does_not_change_by_a_load_of_the_same(
    tmp_path: Path, make_report: MakeReport
) -> None:
    database = tmp_path / "records.db"
    load(str(database), make_report())
    content = database.read_bytes()
    load(str(database), make_report())
    assert database.read_bytes() == content


def test_what_is_known_of_a_document_outlives_a_failure(
    database: str, query: Query, make_report: MakeReport
) -> None:
    load(database, make_report())
    load(database, make_report(records=(), status="failed", document=None, sha256=None))
    assert query("SELECT status, title, sha256 FROM documents") == [
        ("failed", "Initech's demands rise", "0" * 64)
    ]


def test_writers_at_once_lose_nothing(
    database: str, query: Query, make_record: MakeRecord, make_report: MakeReport
) -> None:
    def write(part: int) -> None:
        names = [f"{number}.html" for number in range(part * 20, part * 20 + 40)]
        load(
            database,
            *(make_report(source=n, records=(make_record(source=n),)) for n in names),
        )

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))
    assert query("SELECT count(*) FROM documents") == [(100,)]
    assert query("SELECT count(*), count(DISTINCT document_id) FROM records") == [(100, 100)]


def test_a_batch_that_fails_leaves_nothing_of_itself(
    database: str, query: Query, make_record: MakeRecord, make_report: MakeReport
) -> None:
    load(database, make_report())
    twice = make_record(source="b.html")
    broken = make_report(source="b.html", records=(twice, twice))
    with pytest.raises(StoreError) as caught:
        load(database, make_report(source="a.html"), broken)
    assert "\n" not in str(caught.value)
    assert query("SELECT count(*) FROM documents") == [(1,)]


def test_a_server_that_goes_away_is_one_line_and_the_load_goes_on_later(
    postgres: str, make_record: MakeRecord, make_report: MakeReport
) -> None:
    engine = create_engine(locate_database(postgres), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE cut"))
        database = make_url(postgres).set(database="cut").render_as_string(hide_password=False)
        names = [f"{number}.html" for number in range(2 * BATCH)]
        reports = [make_report(source=n, records=(make_record(source=n),)) for n in names]
        with pytest.raises(StoreError) as caught, open_loader(database) as loader:
            for place, report in enumerate(reports):
                if place == BATCH + 1:
                    connection.execute(
                        text(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE datname = 'cut'"
                        )
                    )
                loader.load_report(report)
        assert "\n" not in str(caught.value)
        counts = load(database, *reports)
        assert counts.new + counts.unchanged == len(reports)
        assert counts.unchanged == BATCH
        connection.execute(text("DROP DATABASE cut WITH (FORCE)"))
    engine.dispose()

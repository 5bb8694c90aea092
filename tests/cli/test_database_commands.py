"""``govreq load``, ``export`` and ``query`` on a real database file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from govreq.records.lines import write_line
from govreq.records.record import Record

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def records(tmp_path: Path, make_record: Callable[..., Record]) -> Path:
    path = tmp_path / "records.jsonl"
    facts = [
        make_record(source="a.html"),
        make_record(source="a.html", record_id="1" * 16, company="Hooli", jurisdiction="FR"),
        make_record(source="b.html", period={"start": "2020-01-01", "end": "2020-12-31"}),
    ]
    path.write_text("".join(f"{write_line(fact)}\n" for fact in facts))
    return path


def test_load_then_export_gives_the_same_bytes(records: Path, run_govreq: Run) -> None:
    folder = records.parent
    first = run_govreq("load", "records.jsonl", "--db", "r.db", cwd=folder)
    assert first.stderr == "r.db: 3 records new, 0 changed, 0 unchanged, 0 closed\n"
    again = run_govreq("load", "records.jsonl", "--db", "r.db", cwd=folder)
    assert again.stderr == "r.db: 0 records new, 0 changed, 3 unchanged, 0 closed\n"
    exported = run_govreq("export", "--db", "r.db", cwd=folder)
    assert exported.returncode == 0, exported.stderr
    assert exported.stdout == records.read_text()
    table = run_govreq("export", "--db", "r.db", "-o", "r.csv", cwd=folder)
    assert table.returncode == 0
    assert len((folder / "r.csv").read_text().splitlines()) == 4
    parquet = run_govreq("export", "--db", "r.db", "-o", "r.parquet", cwd=folder)
    assert parquet.returncode == 0, parquet.stderr
    assert (folder / "r.parquet").read_bytes()[:4] == b"PAR1"
    assert run_govreq("export", "--db", "r.db", "--format", "parquet", cwd=folder).returncode == 2


def test_query_shows_what_was_asked_for(records: Path, run_govreq: Run) -> None:
    folder = records.parent
    run_govreq("load", "records.jsonl", "--db", "r.db", cwd=folder)

    def ask(*options: str) -> list[str]:
        result = run_govreq("query", "--db", "r.db", "--format", "jsonl", *options, cwd=folder)
        assert result.returncode == 0, result.stderr
        return result.stdout.splitlines()

    assert len(ask()) == 3
    assert len(ask("--company", "initech")) == 2
    assert len(ask("--country", "France")) == 1
    assert len(ask("--country", "de", "--period", "2021-H1")) == 1
    shown = run_govreq("query", "--db", "r.db", "--company", "Hooli", cwd=folder)
    assert "1,204 requests" in shown.stdout
    wrong = run_govreq("query", "--db", "r.db", "--country", "Nowhereland", cwd=folder)
    assert wrong.returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--db", "missing.db"),
        ("query", "--db", "missing.db"),
        ("query", "--db", "r.db", "--period", "someday"),
        ("load", "missing.jsonl", "--db", "r.db"),
        ("load", "notes.txt", "--db", "r.db"),
        ("export", "--db", "r.db", "-o", "missing/r.jsonl"),
        ("export", "--db", "r.db", "-o", "missing/r.parquet"),
        ("export", "--db", "notes.txt"),
        ("load", "records.jsonl", "--db", "postgresql:///nothing?host=/nowhere"),
    ],
)
def test_what_goes_wrong_is_one_line(
    records: Path, run_govreq: Run, arguments: tuple[str, ...]
) -> None:
    folder = records.parent
    (folder / "notes.txt").write_text("my notes\n" * 200)
    run_govreq("load", "records.jsonl", "--db", "r.db", cwd=folder)
    result = run_govreq(*arguments, cwd=folder)
    assert result.returncode == 1
    assert result.stderr.startswith("govreq: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_locked_database_is_one_line(records: Path, run_govreq: Run) -> None:
    folder = records.parent
    run_govreq("load", "records.jsonl", "--db", "r.db", cwd=folder)
    records.write_text(records.read_text().replace("Hooli", "Pied Piper"))
    other = sqlite3.connect(folder / "r.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = run_govreq("load", "records.jsonl", "--db", "r.db", cwd=folder, GOVREQ_DB_WAIT="0.2")
    other.rollback()
    other.close()
    assert result.returncode == 1
    assert result.stderr == "govreq: r.db: database is locked\n"
    assert "Hooli" in run_govreq("export", "--db", "r.db", cwd=folder).stdout


def test_a_read_only_target_keeps_what_stood_there(records: Path, run_govreq: Run) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    folder = records.parent
    run_govreq("load", "records.jsonl", "--db", "r.db", cwd=folder)
    closed = folder / "closed"
    closed.mkdir()
    (closed / "r.jsonl").write_text("old\n")
    closed.chmod(0o500)
    result = run_govreq("export", "--db", "r.db", "-o", "closed/r.jsonl", cwd=folder)
    closed.chmod(0o700)
    assert result.returncode == 1
    assert (closed / "r.jsonl").read_text() == "old\n"

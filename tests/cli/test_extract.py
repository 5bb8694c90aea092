"""``govreq extract`` on real files: what it writes, what it says, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from govreq.records.lines import read_records

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SCRIPT = Path(sys.executable).parent / "govreq"
SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "record.schema.json"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Initech sees more demands</title>
<meta property="article:published_time" content="2021-08-02">
<link rel="canonical" href="https://news.example/initech"></head>
<body><article><h1>Initech sees more demands</h1>
<p>Google received 1,204 government requests for user data from Germany in the first half of
2021, up from 903 requests a year earlier, the company’s transparency report says.</p>
<p>The search company handed over some data in response to 61% of the German requests during
that period. It employs 4,000 people, and its report runs to 31 pages in all.</p>
</article></body></html>
"""


def write_pages(folder: Path) -> None:
    """Pages as they are: two good ones, and everything that can be wrong with one."""
    (folder / "sub").mkdir(parents=True)
    (folder / "good.html").write_text(PAGE)
    (folder / "sub" / "again.html").write_text(PAGE.replace("1,204", "1,304"))
    (folder / "empty.html").touch()
    (folder / "binary.html").write_bytes(bytes(range(256)) * 20)
    (folder / "report.html").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    (folder / "cut.html").write_text(PAGE[: len(PAGE) * 2 // 3])
    (folder / "wrong.html").write_bytes(PAGE.encode("cp1252"))
    (folder / "dangling.html").symlink_to("gone.html")
    (folder / "loop.html").symlink_to("loop.html")
    (folder / "style.css").touch()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("extract")
    write_pages(folder / "pages")
    return folder


@pytest.fixture(scope="module")
def batch(pages: Path, run_govreq: Run) -> subprocess.CompletedProcess[str]:
    """One run over everything: two good pages, a dozen of bad ones, a missing path."""
    arguments = ["extract", "pages", "missing.html", "-o", "out.jsonl", "--rejections", "no.jsonl"]
    return run_govreq(*arguments, "--db", "records.db", cwd=pages)


def test_bad_pages_are_named_and_the_rest_is_done(
    batch: subprocess.CompletedProcess[str], pages: Path
) -> None:
    assert batch.returncode == 1
    assert batch.stdout == ""
    assert "Traceback" not in batch.stderr
    lines = batch.stderr.splitlines()
    for start, reason in [
        ("refused: pages/binary.html: ", "[unsupported]"),
        ("failed: pages/dangling.html: ", "[not_found]"),
        ("empty: pages/empty.html: ", "[empty]"),
        ("failed: pages/loop.html: ", "[unreadable]"),
        ("refused: pages/report.html: ", "[damaged_pdf]"),
        ("failed: missing.html: ", "[not_found]"),
    ]:
        (line,) = [line for line in lines if line.startswith(start)]
        assert line.endswith(reason)
    sources = {record.document.source for record in read_records(pages / "out.jsonl")}
    assert {"pages/good.html", "pages/sub/again.html", "pages/wrong.html"} <= sources
    assert sources <= {f"pages/{name}.html" for name in ("good", "sub/again", "wrong", "cut")}


def test_the_summary_adds_up(batch: subprocess.CompletedProcess[str], pages: Path) -> None:
    records = len((pages / "out.jsonl").read_text().splitlines())
    rejected = len((pages / "no.jsonl").read_text().splitlines())
    assert "\n10 documents: " in batch.stderr
    assert f"\n{records} records\n" in batch.stderr
    assert f"\n{rejected} other numbers: " in batch.stderr
    assert "\n1 file of other kinds: 1 .css\n" in batch.stderr
    assert f"\nrecords.db: {records} records new, 0 changed, 0 unchanged" in batch.stderr


def test_every_record_fits_the_schema_and_quotes_its_page(
    batch: subprocess.CompletedProcess[str], pages: Path
) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text()))
    lines = (pages / "out.jsonl").read_text().splitlines()
    assert lines
    for line in lines:
        validator.validate(json.loads(line))
    good = [r for r in read_records(pages / "out.jsonl") if r.document.source.endswith("good.html")]
    assert 1204 in {record.value for record in good}
    for record in good:
        for evidence in record.evidence:
            assert evidence.end - evidence.start == len(evidence.quote)
            where = evidence.fields["value"]
            figure = evidence.quote[where.start - evidence.start : where.end - evidence.start]
            assert any(letter.isalnum() for letter in figure)


def test_rejected_numbers_have_a_reason(
    batch: subprocess.CompletedProcess[str], pages: Path
) -> None:
    rejections = [json.loads(line) for line in (pages / "no.jsonl").read_text().splitlines()]
    assert rejections
    assert all(item["reason"] and item["quote"] for item in rejections)


def test_a_second_run_gives_the_same_bytes_and_changes_no_row(
    batch: subprocess.CompletedProcess[str], pages: Path, run_govreq: Run
) -> None:
    database = (pages / "records.db").read_bytes()
    again = run_govreq(
        "extract", "pages", "missing.html", "--db", "records.db", cwd=pages, PYTHONHASHSEED="7"
    )
    assert again.stdout == (pages / "out.jsonl").read_text()
    assert (pages / "records.db").read_bytes() == database
    assert "records.db: 0 records new, 0 changed" in again.stderr
    with sqlite3.connect(pages / "records.db") as connection:
        (stored,) = connection.execute("SELECT count(*) FROM records").fetchone()
    assert stored == len(again.stdout.splitlines())


def test_all_well_is_status_0(pages: Path, run_govreq: Run) -> None:
    result = run_govreq("extract", "pages/good.html", "--quiet", "--format", "csv", cwd=pages)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("record_id,statistic,value,")


def test_standard_input_and_a_table(pages: Path, run_govreq: Run) -> None:
    result = run_govreq("extract", "-", "--format", "table", stdin=PAGE.encode())
    assert result.returncode == 0
    assert "1,204 requests" in result.stdout
    assert "*1,204*" in result.stdout


def test_nothing_to_read_is_said(tmp_path: Path, run_govreq: Run) -> None:
    result = run_govreq("extract", ".", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("no page found in .")


def test_an_output_that_cannot_be_written_is_one_line(pages: Path, run_govreq: Run) -> None:
    result = run_govreq("extract", "pages/good.html", "-o", "missing/out.jsonl", cwd=pages)
    assert result.returncode == 1
    assert result.stderr.startswith("govreq: missing/out.jsonl: cannot be written")
    assert len(result.stderr.splitlines()) == 1


def test_a_full_disk_is_one_line(pages: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [SCRIPT, "extract", "pages/good.html", "--quiet"],
            cwd=pages,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("govreq: output cannot be written")


def test_a_reader_that_goes_away_is_no_fault(pages: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [SCRIPT, "extract", "pages/good.html", "--quiet"],
        cwd=pages,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert result.returncode == 1
    assert result.stderr == ""


def test_an_interruption_leaves_the_old_file_whole(pages: Path) -> None:
    output = pages / "interrupted.jsonl"
    output.write_text("old\n")
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [SCRIPT, "extract", "pages/good.html", "-", "-o", output],
        cwd=pages,
        stdin=reader,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list(pages.glob(".interrupted.jsonl.*.tmp")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    os.close(writer)
    os.close(reader)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert output.read_text() == "old\n"
    assert not list(pages.glob(".interrupted.jsonl.*.tmp"))


def test_a_terminal_gets_a_bar_and_a_pipe_none(
    batch: subprocess.CompletedProcess[str], pages: Path
) -> None:
    assert "\x1b" not in batch.stderr
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [SCRIPT, "extract", "pages/good.html", "-o", "bar.jsonl"],
        cwd=pages,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0
    assert b"\x1b[" in shown
    assert b"documents" in shown

"""A batch that is killed or stopped at any moment, and what ``--resume`` makes of it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SCRIPT = Path(sys.executable).parent / "govreq"
PAGES = 60
KILLS = 2
PAGE = """<html lang="en"><head><title>Demands rise</title>
<meta property="article:published_time" content="2021-08-02"></head><body><article>
<p>Google received {count} government requests for user data from Germany in the first half of
2021, up from 903 requests a year earlier. It has {staff} employees.</p></article></body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resume")
    (folder / "pages").mkdir()
    for number in range(PAGES):
        page = PAGE.format(count=1000 + number, staff=4000 + number)
        (folder / "pages" / f"{number:04}.html").write_text(page)
    return folder


@pytest.fixture(scope="module")
def unbroken(folder: Path, run_govreq: Run) -> bytes:
    result = run_govreq("extract", "pages", "-o", "unbroken.jsonl", cwd=folder)
    assert result.returncode == 0, result.stderr
    return (folder / "unbroken.jsonl").read_bytes()


def start(folder: Path, name: str, *options: str) -> subprocess.Popen[str]:
    command: list[str | Path] = [
        SCRIPT,
        "extract",
        "pages",
        "-w",
        "2",
        "-o",
        f"{name}.jsonl",
        "--db",
        f"{name}.db",
    ]
    return subprocess.Popen(
        [*command, *options],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_lines(path: Path, lines: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and path.read_bytes().count(b"\n") > lines:
            return
        time.sleep(0.01)
    raise AssertionError(f"{path} did not grow")


@pytest.mark.parametrize("workers", ["2", "3"])
def test_the_bytes_do_not_depend_on_the_workers(
    folder: Path, unbroken: bytes, run_govreq: Run, workers: str
) -> None:
    output = f"workers{workers}.jsonl"
    run_govreq("extract", "pages", "-w", workers, "-o", output, cwd=folder)
    assert (folder / output).read_bytes() == unbroken


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_batch_goes_on_where_it_was(
    folder: Path, unbroken: bytes, run_govreq: Run, seed: int
) -> None:
    chance = random.Random(seed)
    name = f"killed{seed}"
    ledger = folder / f"{name}.jsonl.ledger"
    process = start(folder, name)
    wait_for_lines(ledger, chance.randrange(PAGES - 10))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    done = ledger.read_bytes().count(b"\n") - 1
    assert not (folder / f"{name}.jsonl").exists()
    with ledger.open("ab") as file:
        file.write(b'{"check": 1, "torn')
    arguments = ("extract", "pages", "-w", "2", "-o", f"{name}.jsonl", "--db", f"{name}.db")
    result = run_govreq(*arguments, "--resume", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "torn end (18 bytes) was cut off" in result.stderr
    assert f"{done} of them done before, {PAGES - done} now" in result.stderr
    assert (folder / f"{name}.jsonl").read_bytes() == unbroken
    with sqlite3.connect(folder / f"{name}.db") as connection:
        (stored,) = connection.execute("SELECT count(*) FROM records").fetchone()
    assert stored == unbroken.count(b"\n")


def test_one_interruption_stops_in_order_and_can_be_resumed(
    folder: Path, unbroken: bytes, run_govreq: Run
) -> None:
    process = start(folder, "stopped")
    wait_for_lines(folder / "stopped.jsonl.ledger", 5)
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert time.monotonic() - begun < 5
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert "--resume goes on from there" in stderr
    assert not list(folder.glob(".stopped*.tmp"))
    run_govreq("extract", "pages", "-o", "stopped.jsonl", "--resume", cwd=folder)
    assert (folder / "stopped.jsonl").read_bytes() == unbroken


def test_a_second_interruption_ends_at_once_and_can_be_resumed(
    folder: Path, unbroken: bytes, run_govreq: Run
) -> None:
    process = start(folder, "twice")
    wait_for_lines(folder / "twice.jsonl.ledger", 5)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert time.monotonic() - begun < 3
    assert process.returncode == 130
    assert "Traceback" not in stderr
    run_govreq("extract", "pages", "-o", "twice.jsonl", "--resume", cwd=folder)
    assert (folder / "twice.jsonl").read_bytes() == unbroken


def test_a_second_run_does_only_what_changed(folder: Path, run_govreq: Run) -> None:
    (folder / "few").mkdir()
    for number in range(3):
        page = PAGE.format(count=2000 + number, staff=70)
        (folder / "few" / f"{number}.html").write_text(page)
    arguments = ("extract", "few", "--db", "few.db", "--resume")
    assert "done before" not in run_govreq(*arguments, cwd=folder).stderr
    (folder / "few" / "1.html").write_text(PAGE.format(count=3333, staff=70))
    result = run_govreq(*arguments, cwd=folder)
    assert "2 of them done before, 1 now" in result.stderr
    assert "3333" in result.stdout
    assert len(result.stdout.splitlines()) == 6
    assert "few.db: 1 records new, 1 changed, 4 unchanged, 1 closed" in result.stderr


def test_a_page_that_takes_too_long_is_named(folder: Path, run_govreq: Run) -> None:
    slow = folder / "slow.html"
    sentence = "Google received {0} requests from Germany in {1}, and {0} from Spain in H1 {1}. "
    parts = [f"<p>{sentence.format(n, 2000 + n % 20)}</p>" for n in range(10_000)]
    slow.write_text(f"<html><body><article>{''.join(parts)}</article></body></html>")
    result = run_govreq("extract", "slow.html", "--timeout", "1", cwd=folder)
    assert result.returncode == 1
    assert "timeout: slow.html: took longer than 1 seconds" in result.stderr
    assert result.stderr.splitlines()[0].endswith("[timeout]")


def test_resume_without_a_place_for_it_is_wrong_usage(folder: Path, run_govreq: Run) -> None:
    result = run_govreq("extract", "pages", "--resume", cwd=folder)
    assert result.returncode == 2
    assert "needs --output, --db or --ledger" in result.stderr

"""Worker processes: a poisoned document costs only itself, and each is named."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from govreq.errors import ModelError
from govreq.extraction import Extraction, Status
from govreq.runs.batch import Batch
from govreq.runs.ledger import open_ledger
from govreq.runs.limits import MEGABYTE, Limits
from govreq.runs.pool import Result
from govreq.runs.report import DocumentReport
from govreq.runs.worker import Task
from govreq.settings import DEFAULTS
from govreq.source.local import read_document

PAGE = b"<html><body><p>Initech received 1,204 requests from Germany in 2021.</p></body></html>"
LIMITS = Limits(workers=2, timeout=1.0, memory=512 * MEGABYTE)
POISONED = {
    "loop": (Status.TIMEOUT, "timeout"),
    "allocate": (Status.FAILED, "memory_limit"),
    "abort": (Status.FAILED, "worker_died"),
    "segfault": (Status.FAILED, "worker_died"),
}


def poison(task: Task) -> Result:
    """Does to the worker what the page's name says."""
    name = Path(task.source).stem
    if name.startswith("loop"):
        while True:
            pass
    if name.startswith("allocate"):
        return Result(task.source, read_document(task.source), _allocate(8 * 1024**3))
    if name.startswith("abort"):
        os.abort()
    if name.startswith("segfault"):
        ctypes.string_at(0)
    if name.startswith("killed"):
        _die_once(Path(task.source).with_suffix(".mark"))
    if name.startswith("model"):
        raise ModelError("language model 'x' cannot be loaded")
    if name.startswith("report"):
        raise MemoryError
    if name.startswith("slow"):
        time.sleep(0.2)
    return Result(task.source, read_document(task.source), Extraction((), (), Status.OK))


def _allocate(size: int) -> Extraction:
    """Fails as the batch names it, or succeeds where nothing limits the process."""
    try:
        bytearray(size)
    except MemoryError as error:
        return Extraction((), (), Status.FAILED, type(error).__name__, "no memory")
    return Extraction((), (), Status.OK)


def _die_once(mark: Path) -> None:
    """As if someone killed the worker while it was at this page, the first time."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def write_pages(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / f"{name}.html").write_bytes(PAGE)
    return [str(folder / f"{name}.html") for name in names]


def run(sources: list[str], limits: Limits = LIMITS) -> list[DocumentReport]:
    return [item.report for item in Batch(sources, limits=limits, work=poison).run()]


def test_poison_costs_only_itself_and_is_named(tmp_path: Path) -> None:
    names = [f"page{number:03}" for number in range(196)]
    for place, name in enumerate(POISONED):
        names.insert(17 + 40 * place, name)
    sources = write_pages(tmp_path, *names)
    start = time.monotonic()
    reports = run(sources)
    assert time.monotonic() - start < 20
    assert [report.source for report in reports] == sources
    assert Counter(report.status for report in reports) == {"ok": 196, "failed": 3, "timeout": 1}
    for report in reports:
        name = Path(report.source).stem
        if name in POISONED:
            assert (report.status, report.reason) == POISONED[name]
            assert report.message.startswith(f"{report.source}: ")
            assert report.sha256 is not None
    (segfault,) = [r.message for r in reports if "segfault" in r.source]
    assert "SIGSEGV" in segfault


def test_a_document_whose_worker_was_killed_is_done_again(tmp_path: Path) -> None:
    sources = write_pages(tmp_path, "page1", "killed", "page2")
    assert [report.status for report in run(sources)] == ["ok", "ok", "ok"]
    assert (tmp_path / "killed.mark").exists()


def test_what_no_document_can_do_without_stops_the_batch(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        run(write_pages(tmp_path, "page", "model", "last"))


def test_memory_that_runs_out_outside_the_extraction_is_named(tmp_path: Path) -> None:
    report, last = run(write_pages(tmp_path, "report", "last"))
    assert (report.status, report.reason) == (Status.FAILED, "memory_limit")
    assert last.status is Status.OK


def test_an_idle_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    sources = write_pages(tmp_path, "killed1", "killed2", "killed3", "page")
    reports = run(sources, Limits(workers=1, timeout=5.0))
    assert [report.status for report in reports] == ["ok"] * 4


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_reports_come_in_the_order_of_the_sources(tmp_path: Path, workers: int) -> None:
    sources = write_pages(tmp_path, "slow1", *(f"page{n}" for n in range(20)), "slow2", "last")
    limits = Limits(workers=workers, timeout=5.0)
    assert [report.source for report in run(sources, limits)] == sources


def test_failed_ones_are_done_again_only_when_asked(tmp_path: Path) -> None:
    sources = write_pages(tmp_path, "page", "abort", "loop")
    path = tmp_path / "ledger"

    def run_again(retry: bool) -> list[bool]:
        with open_ledger(path, DEFAULTS, resume=True) as ledger:
            batch = Batch(sources, limits=LIMITS, ledger=ledger, retry=retry, work=poison)
            return [item.kept for item in batch.run()]

    assert run_again(retry=False) == [False, False, False]
    assert run_again(retry=False) == [True, True, True]
    assert run_again(retry=True) == [True, False, False]
    (tmp_path / "page.html").write_bytes(PAGE + b"<p>More.")
    assert run_again(retry=False) == [False, True, True]

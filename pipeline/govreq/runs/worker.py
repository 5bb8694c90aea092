"""What happens inside a worker process: one document at a time, within its limits."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from govreq.extraction import Extraction, Status
from govreq.records.lines import write_line
from govreq.runs.limits import Limits
from govreq.runs.pool import Result, run_document, run_loaded_document
from govreq.runs.report import report_result
from govreq.settings import Settings
from govreq.source.document import Document

GRACE = 5.0
"""Seconds past its deadline after which a worker that nobody watches any more ends itself."""

TOO_MUCH_MEMORY = "needs more memory than allowed (--memory); it was left out"


@dataclass(frozen=True, slots=True)
class Task:
    """One document to do; ``document`` holds its bytes where only the parent could read them."""

    source: str
    settings: Settings
    document: Document | None = None


Work = Callable[[Task], Result]
"""What is done with a task: :func:`do_task`, or what a test puts in its place."""


def do_task(task: Task) -> Result:
    """The result of one task."""
    if task.document is not None:
        return run_loaded_document(task.document, task.settings)
    return run_document(task.source, task.settings)


def prepare_worker(limits: Limits) -> None:
    """Sets the limits of this process; called once, when a worker starts."""
    beyond = _address_space() + limits.memory
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        beyond = min(beyond, hard)
    resource.setrlimit(resource.RLIMIT_AS, (beyond, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def work_on_task(task: Task, work: Work, timeout: float) -> str:
    """The report of one task as a line of JSON.

    The alarm ends the process where the parent, which watches the deadline, is gone.
    """
    signal.setitimer(signal.ITIMER_REAL, timeout + GRACE)
    try:
        return write_line(report_result(_name_memory(work(task))))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _name_memory(result: Result) -> Result:
    """The result with its own reason where the memory limit was what failed it."""
    if result.extraction.reason != MemoryError.__name__:
        return result
    message = f"{result.source}: {TOO_MUCH_MEMORY}"
    extraction = Extraction((), (), Status.FAILED, "memory_limit", message)
    return replace(result, extraction=extraction)


def _address_space() -> int:
    """Bytes of address space that this process has taken already; 0 where nothing says so."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()

"""Worker processes: tasks go in, lines of reports come out as they are done.

A document that loops, takes all memory or kills its worker costs its own deadline and no other
document. A worker that is killed from outside is replaced, and its document done again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver
from typing import Self

from pebble import CONSTS, ProcessExpired, ProcessPool

from govreq.errors import SourceError
from govreq.extraction import Status
from govreq.records.lines import write_line
from govreq.runs.limits import Limits
from govreq.runs.report import DocumentReport
from govreq.runs.worker import TOO_MUCH_MEMORY, Task, Work, do_task, prepare_worker, work_on_task
from govreq.source.local import printable_source, read_document

TRIES = 3
"""A document is given up after so many workers were killed over it."""

_STALL = 30.0
"""Seconds without a result, beyond the deadline, after which the pool itself counts as lost."""

_TURN = 0.2
_KILLED = frozenset({-signal.SIGKILL, -signal.SIGTERM})
_PRELOAD = ["__main__", "govreq.runs.warm"]


@dataclass(slots=True)
class _Pending:
    place: int
    task: Task
    tries: int = 0


@dataclass(slots=True)
class Workers:
    """A pool of worker processes; :meth:`submit` tasks, :meth:`collect` what is done."""

    limits: Limits
    work: Work = do_task
    _pending: dict[Future[str], _Pending] = field(default_factory=dict)
    _pool: ProcessPool | None = None
    _progress: float = 0.0

    def __enter__(self) -> Self:
        CONSTS.term_timeout = 0.5
        self._pool = self._open_pool()
        return self

    def __exit__(self, *_: object) -> None:
        self._close_pool()

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return bool(self._pending)

    def submit(self, place: int, task: Task) -> None:
        """Hands a task over; ``place`` comes back with its line."""
        if not self._pending:
            self._progress = time.monotonic()
        self._schedule(_Pending(place, task))

    def collect(self) -> Iterator[tuple[int, str]]:
        """Places and lines of the tasks that are done; waits a moment where none is.

        Raises:
            GovreqError: no document can be done (the model or a vocabulary is broken).
        """
        done, _ = wait(self._pending, timeout=_TURN, return_when="FIRST_COMPLETED")
        if not done and time.monotonic() - self._progress > self.limits.timeout + _STALL:
            self._restart([])
        for future in done:
            pending = self._pending.pop(future, None)
            if pending is None:  # the pool was restarted over one before
                continue
            line = self._line_of(future, pending)
            if line is not None:
                self._progress = time.monotonic()
                yield pending.place, line

    def _line_of(self, future: Future[str], pending: _Pending) -> str | None:
        """The line of a future that is done; None where its task is tried again."""
        try:
            return future.result()
        except TimeoutError:
            return _report_timeout(pending.task, self.limits.timeout)
        except MemoryError:  # while it wrote its report
            return _report_memory(pending.task)
        except ProcessExpired as error:
            pending.tries += 1
            if error.exitcode in _KILLED and pending.tries < TRIES:
                self._schedule(pending)
                return None
            return _report_death(pending.task, error.exitcode or 0)
        except (BrokenProcessPool, CancelledError):
            pending.tries += 1
            self._restart([pending] if pending.tries < TRIES else [])
            return None if pending.tries < TRIES else _report_death(pending.task, 0)

    def _schedule(self, pending: _Pending) -> None:
        arguments = (pending.task, self.work, self.limits.timeout)
        try:
            future = self._running().schedule(work_on_task, arguments, timeout=self.limits.timeout)
        except (BrokenProcessPool, RuntimeError):  # a pool that is broken takes no task
            self._restart([pending])
            return
        self._pending[future] = pending

    def _restart(self, also: list[_Pending]) -> None:
        """A new pool in the place of one that is lost; what was under way is done again."""
        again = sorted((*also, *self._pending.values()), key=lambda pending: pending.place)
        self._pending.clear()
        self._close_pool()
        self._pool = self._open_pool()
        self._progress = time.monotonic()
        for pending in again:
            self._schedule(pending)

    def _running(self) -> ProcessPool:
        if self._pool is None:
            self._pool = self._open_pool()
        return self._pool

    def _open_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOAD)
        with _without_stderr():
            forkserver.ensure_running()
        return ProcessPool(
            max_workers=self.limits.workers,
            max_tasks=self.limits.tasks_per_worker,
            initializer=prepare_worker,
            initargs=(self.limits,),
            context=context,
        )

    def _close_pool(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


@contextmanager
def _without_stderr() -> Iterator[None]:
    """What starts inside writes nowhere: what befalls a worker is told by its document's status.

    Else an interruption would show the traces of processes that it met while they started.
    """
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _report_timeout(task: Task, seconds: float) -> str:
    message = f"took longer than {seconds:g} seconds (--timeout); it was stopped"
    return _report(task, Status.TIMEOUT, "timeout", message)


def _report_memory(task: Task) -> str:
    return _report(task, Status.FAILED, "memory_limit", TOO_MUCH_MEMORY)


def _report_death(task: Task, code: int) -> str:
    try:
        cause = signal.Signals(-code).name
    except ValueError:
        cause = f"exit status {code}"
    return _report(task, Status.FAILED, "worker_died", f"its worker process died of it ({cause})")


def _report(task: Task, status: Status, reason: str, message: str) -> str:
    name = printable_source(task.source)
    return write_line(
        DocumentReport(
            source=name,
            sha256=hash_source(task),
            status=status,
            reason=reason,
            message=f"{name}: {message}",
        )
    )


def hash_source(task: Task) -> str | None:
    """The SHA-256 of a task's document; None where it cannot be read now."""
    if task.document is not None:
        return task.document.sha256
    try:
        return read_document(task.source, task.settings).sha256
    except SourceError:
        return None

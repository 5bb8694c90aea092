"""A batch: reports of many sources in their order, from worker processes and from a ledger.

The order of the reports, and so every byte of an output, is that of the sources, whatever the
number of workers. Each document is in the ledger as soon as it is done, before its turn has come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govreq.errors import SourceError
from govreq.runs.ledger import Entry, Ledger
from govreq.runs.limits import LIMITS, Limits
from govreq.runs.pool import fail_source
from govreq.runs.report import DocumentReport, report_result
from govreq.runs.worker import Task, Work, do_task
from govreq.runs.workers import Workers, hash_source
from govreq.settings import DEFAULTS, Settings
from govreq.source.local import STANDARD_INPUT, printable_source, read_document

AHEAD = 32
"""Documents a worker that may be under way or done beyond the one whose turn it is."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """A report, and whether it was taken from the ledger instead of made now."""

    report: DocumentReport
    kept: bool


@dataclass(slots=True)
class Batch:
    """What a batch does: ``retry`` does again what failed or took too long before."""

    sources: Sequence[str]
    settings: Settings = DEFAULTS
    limits: Limits = LIMITS
    ledger: Ledger | None = None
    retry: bool = False
    work: Work = do_task
    _ready: dict[int, Entry | DocumentReport] = field(default_factory=dict)

    def run(self) -> Iterator[BatchReport]:
        """Each source's report, in the order of the sources.

        Raises:
            GovreqError: no document could be done (the model or a vocabulary is broken).
        """
        ahead = AHEAD * self.limits.workers
        submitted = 0
        with Workers(self.limits, self.work) as workers:
            for place in range(len(self.sources)):
                while submitted < min(len(self.sources), place + ahead):
                    self._start(submitted, workers)
                    submitted += 1
                while place not in self._ready:
                    for done, line in workers.collect():
                        self._keep(done, line)
                yield self._take(place)

    def _start(self, place: int, workers: Workers) -> None:
        """Finds a source's report in the ledger, or hands the source to the workers."""
        source = self.sources[place]
        task = Task(source, self.settings)
        if source == STANDARD_INPUT:
            try:
                document = read_document(source, self.settings)
            except SourceError as error:
                self._ready[place] = report_result(fail_source(source, error))
                return
            task = Task(source, self.settings, document)
        elif entry := self._find_done(task):
            self._ready[place] = entry
            return
        workers.submit(place, task)

    def _find_done(self, task: Task) -> Entry | None:
        name = printable_source(task.source)
        if self.ledger is None or name not in self.ledger.entries:
            return None
        return self.ledger.find_done(name, hash_source(task), retry=self.retry)

    def _keep(self, place: int, line: str) -> None:
        report = DocumentReport.model_validate_json(line)
        if self.ledger is not None and report.source != STANDARD_INPUT:
            self.ledger.add_line(report.source, report.sha256, report.status.value, line)
        self._ready[place] = report

    def _take(self, place: int) -> BatchReport:
        ready = self._ready.pop(place)
        if isinstance(ready, DocumentReport):
            return BatchReport(ready, kept=False)
        return BatchReport(DocumentReport.model_validate_json(ready.line()), kept=True)

"""The tally of a batch: what is counted while documents pass, and said at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govreq.runs.report import DocumentReport
    from govreq.store.changes import LoadCounts

GOOD_STATUSES = frozenset({"ok", "partial"})


@dataclass(slots=True)
class Tally:
    """Counts of documents by status, of records, of rejected numbers by reason."""

    statuses: Counter[str] = field(default_factory=Counter)
    rejections: Counter[str] = field(default_factory=Counter)
    left_aside: Counter[str] = field(default_factory=Counter)
    records: int = 0
    kept: int = 0
    database: str = ""
    load: LoadCounts | None = None

    @property
    def documents(self) -> int:
        """How many documents are done."""
        return self.statuses.total()

    def count_report(self, report: DocumentReport) -> None:
        """Counts one document."""
        self.statuses[report.status.value] += 1
        self.records += len(report.records)
        self.rejections.update(rejection.reason for rejection in report.rejections)

    def describe_statuses(self) -> str:
        """The counts by status, short, for the progress bar."""
        return "  ".join(f"{name} {count:,}" for name, count in sorted(self.statuses.items()))

    def leave_aside(self, path: str) -> None:
        """Counts a file or folder that is no page."""
        self.left_aside[PurePath(path).suffix.lower() or PurePath(path).name] += 1

    @property
    def all_well(self) -> bool:
        """Whether there was a document, and none failed, was refused or empty."""
        return bool(self.statuses) and self.statuses.keys() <= GOOD_STATUSES

    def lines(self) -> Iterator[str]:
        """The summary, line by line."""
        yield _line(self.documents, "document", self.statuses)
        if self.kept:
            yield f"{self.kept:,} of them done before, {self.documents - self.kept:,} now"
        yield _line(self.records, "record", Counter())
        if self.rejections:
            yield _line(self.rejections.total(), "other number", self.rejections)
        if self.left_aside:
            yield _line(self.left_aside.total(), "file", self.left_aside, " of other kinds")
        if load := self.load:
            yield f"{self.database}: {load.describe()}"


def describe_trouble(report: DocumentReport) -> str | None:
    """One line on a document that did not go well: what, where, what to do. None where it did."""
    if report.status.value == "ok":
        return None
    message = report.message or f"{report.source}: read in part, records may be missing"
    return f"{report.status.value}: {message}" + (f" [{report.reason}]" if report.reason else "")


def _line(total: int, noun: str, parts: Counter[str], tail: str = "") -> str:
    listed = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
    detail = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in listed)
    return f"{total:,} {noun}{'' if total == 1 else 's'}{tail}" + (f": {detail}" if detail else "")

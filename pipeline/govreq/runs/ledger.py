"""The ledger of a batch: which documents are done, with what content, settings and result.

One line a document: a head of JSON, a tab, the document's report. Lines are added as documents are
done, in whatever order; a later line of a source replaces an earlier one. A last line that a crash
tore is cut when the ledger is opened again. What a line holds counts only for the same content, the
same settings and the same version of govreq.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Final

from govreq.errors import OutputError
from govreq.extraction import Status
from govreq.settings import Settings

FORMAT: Final = 1
RETRIED = frozenset({Status.FAILED.value, Status.TIMEOUT.value})
"""Statuses that ``--retry-failed`` does again."""

_SYNC = 1.0
"""Seconds of work at most that a loss of power costs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document that is done: the hash of its bytes, its status, where its report stands."""

    descriptor: int
    sha256: str | None
    settings: str
    status: str
    start: int
    length: int

    def line(self) -> str:
        """The report, as the line of JSON that was added; the ledger must be open."""
        return os.pread(self.descriptor, self.length, self.start).decode()


@dataclass(slots=True)
class Ledger:
    """An open ledger; made by :func:`open_ledger`."""

    path: Path
    file: BinaryIO
    settings: str
    entries: dict[str, Entry] = field(default_factory=dict)
    cut: int = 0
    _synced: float = 0.0

    def find_done(self, source: str, sha256: str | None, *, retry: bool) -> Entry | None:
        """The entry of a document that need not be done again.

        ``retry`` leaves out those that failed or took too long. What could not be read has no hash
        and is always tried again.
        """
        entry = self.entries.get(source)
        if entry is None or sha256 is None or entry.sha256 != sha256:
            return None
        if entry.settings != self.settings or (retry and entry.status in RETRIED):
            return None
        return entry

    def add_line(self, source: str, sha256: str | None, status: str, line: str) -> None:
        """Adds one document that is done.

        Raises:
            OutputError: the disk is full, or the like.
        """
        body = line.encode()
        head = {
            "check": zlib.crc32(body),
            "settings": self.settings,
            "sha256": sha256,
            "source": source,
            "status": status,
        }
        try:
            _write_whole(self.file, json.dumps(head).encode() + b"\t" + body + b"\n")
            now = time.monotonic()
            if now - self._synced > _SYNC:
                os.fsync(self.file.fileno())
                self._synced = now
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written ({error.strerror})") from error


def digest_settings(settings: Settings) -> str:
    """A short hash of what decides a report beside the document: settings and version."""
    text = f"{version('govreq')}\n{settings.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def open_ledger(path: Path, settings: Settings, *, resume: bool) -> Iterator[Ledger]:
    """The ledger at ``path``: gone on with, or begun anew.

    Raises:
        OutputError: it cannot be opened, is no ledger or a newer one, or another run has it open.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from error
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        _lock(path, descriptor)
        ledger = Ledger(path, file, digest_settings(settings))
        _refuse_other_files(path, descriptor)
        if resume:
            _read_entries(ledger)
        else:
            file.truncate(0)
        file.seek(0, os.SEEK_END)
        if file.tell() == 0:
            _write_whole(file, json.dumps({"govreq_ledger": FORMAT}).encode() + b"\n")
        try:
            yield ledger
        finally:
            os.fsync(descriptor)


def _lock(path: Path, descriptor: int) -> None:
    """One run a ledger; the lock ends with the process, however that ends."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise OutputError(f"{path}: another run is using it; wait or name another") from error


def _refuse_other_files(path: Path, descriptor: int) -> None:
    first = os.pread(descriptor, 100, 0)
    if not first:
        return
    try:
        head = json.loads(first.partition(b"\n")[0])
        number = head["govreq_ledger"]
    except (ValueError, TypeError, KeyError):
        if b'{"govreq_ledger": '.startswith(first):  # torn in its first line
            os.ftruncate(descriptor, 0)
            return
        message = f"{path}: is no ledger of govreq; name another with --ledger"
        raise OutputError(message) from None
    if number != FORMAT:
        raise OutputError(f"{path}: is a ledger of another version of govreq ({number})")


def _read_entries(ledger: Ledger) -> None:
    """Reads what is done; what follows the last whole line is cut off."""
    place = 0
    with open(ledger.file.fileno(), "rb", closefd=False) as file:
        for line in file:
            if place and not _take_line(ledger, line, place):
                break
            if not line.endswith(b"\n"):
                break
            place += len(line)
    size = os.fstat(ledger.file.fileno()).st_size
    ledger.cut = size - place
    if ledger.cut:
        os.ftruncate(ledger.file.fileno(), place)


def _take_line(ledger: Ledger, line: bytes, place: int) -> bool:
    head, tab, rest = line.partition(b"\t")
    body = rest.removesuffix(b"\n")
    try:
        fields = json.loads(head)
    except ValueError:
        return False
    if not tab or rest == body or fields["check"] != zlib.crc32(body):
        return False
    ledger.entries[fields["source"]] = Entry(
        ledger.file.fileno(),
        fields["sha256"],
        fields["settings"],
        fields["status"],
        place + len(head) + 1,
        len(body),
    )
    return True


def _write_whole(file: BinaryIO, data: bytes) -> None:
    """Writes all of ``data``; nothing of it where the disk has no room for it."""
    start = file.seek(0, os.SEEK_END)
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError:
        file.truncate(start)
        raise

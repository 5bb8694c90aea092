"""Output files: whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from govreq.errors import OutputError


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A UTF-8 text stream to ``path``, or to standard output where it is None.

    A file appears under its name only when everything is written and on the disk; after an error
    or an interruption what stood there before still stands there.

    Raises:
        OutputError: the file cannot be written.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        with _open_in_place(path) if _is_special(path) else _open_beside(path) as stream:
            yield stream
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from error


def _is_special(path: Path) -> bool:
    """Whether ``path`` is a pipe or a device, in whose place no file can be put."""
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it")
    return path.exists() and not path.is_file()


def _open_in_place(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


@contextmanager
def _open_beside(path: Path) -> Iterator[TextIO]:
    """A temporary file in the same folder, put in the place of ``path`` at the end."""
    target = path.resolve()
    descriptor, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".tmp"
    )
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(descriptor)
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode_of(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file would have."""
    with suppress(FileNotFoundError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

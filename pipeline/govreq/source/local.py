"""Local sources: files, folders, globs and standard input, as documents.

:func:`find_sources` never raises: what cannot be read is yielded as well, and :func:`read_document`
then says why, so that one bad path costs only itself.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence

from govreq.errors import NotFoundError, RefusedError, UnreadableError
from govreq.settings import DEFAULTS, Settings
from govreq.source.compressed import decompress, is_compressed
from govreq.source.document import Document
from govreq.source.media_type import (
    COMPRESSED_SUFFIX,
    READ_MEDIA_TYPES,
    SUFFIXES,
    describe_media_type,
    identify_media_type,
)

STANDARD_INPUT = "-"
# Accepts "\x1b", "\n"; refuses " ", "é".
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
PAGE_PARTS = "_files"
"""Browsers save the parts of ``page.html`` into ``page_files``: they are no pages of their own."""

_HINTS = {
    errno.EACCES: "check its permissions",
    errno.EPERM: "check its permissions",
    errno.ELOOP: "mend or remove the link",
    errno.ENAMETOOLONG: "shorten its name",
}


def find_sources(
    paths: Sequence[str], left_aside: Callable[[str], None] = lambda _: None
) -> Iterator[str]:
    """The sources that ``paths`` name, each once, folders in the order of their names.

    A path is a file, a folder (searched to the bottom), a glob, or ``-`` for standard input. A
    file is yielded whatever its name; in folders, only files with a suffix that govreq reads, and
    ``left_aside`` is called with each path that is passed over. Folders that lead back to
    themselves are entered once.
    """
    seen = _Seen()
    for path in paths:
        if path == STANDARD_INPUT or os.path.lexists(path) or not glob.has_magic(path):
            yield from _expand(path, seen, left_aside)
            continue
        matches = sorted(glob.iglob(path, recursive=True))
        for match in matches or [path]:
            yield from _expand(match, seen, left_aside)


class _Seen:
    """The folders that were entered and the files that were named, by their place on the disk."""

    def __init__(self) -> None:
        self.folders: set[tuple[int, int]] = set()
        self.files: set[str] = set()

    def enters(self, folder: str) -> bool:
        """Whether ``folder`` is entered for the first time."""
        place = _place_of(folder)
        if place is None or place in self.folders:
            return False
        self.folders.add(place)
        return True

    def names(self, path: str) -> bool:
        """Whether ``path`` is named for the first time, and was not met in a folder either."""
        real = path if "\0" in path else os.path.realpath(path)
        if real in self.files:
            return False
        self.files.add(real)
        folder, name = os.path.split(path)
        return not (_place_of(folder or ".") in self.folders and is_page_name(name))


def _place_of(folder: str) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _expand(path: str, seen: _Seen, left_aside: Callable[[str], None]) -> Iterator[str]:
    if path != STANDARD_INPUT and os.path.isdir(path):
        if seen.enters(path):
            yield from _search_folder(path, seen, left_aside)
    elif seen.names(path):
        yield path


def _search_folder(top: str, seen: _Seen, left_aside: Callable[[str], None]) -> Iterator[str]:
    """The pages under ``top``; a folder that cannot be listed is yielded itself."""
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            yield folder
            continue
        folders: list[str] = []
        for name in names:
            path = os.path.join(folder, name)
            is_folder = os.path.isdir(path)
            if not (_is_searched(name, names) if is_folder else is_page_name(name)):
                left_aside(path)
            elif is_folder:
                if seen.enters(path):
                    folders.append(path)
            elif not seen.files or os.path.realpath(path) not in seen.files:
                yield path
        pending.extend(reversed(folders))


def is_page_name(name: str) -> bool:
    """Whether a folder's file of this name is read.

    >>> is_page_name("report.HTML"), is_page_name("report.html.gz"), is_page_name("style.css")
    (True, True, False)
    """
    plain = name.lower().removesuffix(COMPRESSED_SUFFIX)
    return not name.startswith(".") and os.path.splitext(plain)[1] in SUFFIXES


def _is_searched(folder: str, siblings: Sequence[str]) -> bool:
    """Whether a folder of this name, beside ``siblings``, may hold pages of its own."""
    if folder.startswith("."):
        return False
    page = folder.removesuffix(PAGE_PARTS)
    return page == folder or not any(f"{page}{suffix}" in siblings for suffix in SUFFIXES)


def read_document(source: str, settings: Settings = DEFAULTS) -> Document:
    """The document that ``source``, a file's path or ``-``, names; gzip is undone.

    Raises:
        NotFoundError: there is no such file.
        UnreadableError: it cannot be read (``unreadable``, ``is_a_folder``, ``damaged_gzip``).
        RefusedError: it is ``empty``, ``too_large``, ``not_a_file`` or ``unsupported``.
    """
    name = printable_source(source)
    content = _read_input(settings) if source == STANDARD_INPUT else _read_file(source, settings)
    return document_of_bytes(content, name, settings)


def document_of_bytes(content: bytes, source: str, settings: Settings = DEFAULTS) -> Document:
    """The document of bytes that are at hand already; refuses what :func:`read_document` does."""
    limit = settings.max_document_bytes
    if len(content) > limit:
        raise _too_large(source, limit)
    if is_compressed(content):
        content = decompress(content, source, limit)
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise RefusedError(f"{source}: is empty; save the page again", source, "empty")
    media_type = identify_media_type(content)
    if media_type not in READ_MEDIA_TYPES:
        what = describe_media_type(media_type)
        raise RefusedError(f"{source}: is {what}", source, "unsupported")
    return Document(content, source, media_type)


def printable_source(source: str) -> str:
    r"""The source as it is shown and stored: bytes that are no UTF-8 are written as ``\xNN``.

    >>> printable_source(os.fsdecode(b"caf\xe9.html"))
    'caf\\xe9.html'
    """
    text = os.fsencode(source).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda control: f"\\x{ord(control.group()):02x}", text)


def _read_input(settings: Settings) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise UnreadableError("-: standard input is closed; pipe a page into it", "-")
    return sys.stdin.buffer.read(settings.max_document_bytes + 1)


def _read_file(source: str, settings: Settings) -> bytes:
    """The bytes of a regular file, at most one more than the limit; a pipe is never waited for."""
    name = printable_source(source)
    try:
        descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise _not_a_file(name, status.st_mode)
            if status.st_size > settings.max_document_bytes:
                raise _too_large(name, settings.max_document_bytes)
            return file.read(settings.max_document_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(_missing(source, name), name) from error
    except IsADirectoryError as error:
        raise UnreadableError(_unlisted(source, name), name, "is_a_folder") from error
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "check the disk")
        message = f"{name}: cannot be read ({error.strerror}); {hint}"
        raise UnreadableError(message, name) from error
    except ValueError as error:  # a NUL in the path
        raise NotFoundError(f"{name!r}: no such file", name) from error


def _missing(source: str, name: str) -> str:
    if os.path.islink(source):
        return f"{name}: is a link to a file that does not exist; mend or remove it"
    if glob.has_magic(source):
        return f"{name}: no file matches; check the pattern"
    return f"{name}: no such file or folder; check the path"


def _unlisted(source: str, name: str) -> str:
    try:
        os.listdir(source)
    except OSError as error:
        return f"{name}: the folder cannot be listed ({error.strerror}); check its permissions"
    return f"{name}: is a folder, not a file"


def _not_a_file(name: str, mode: int) -> RefusedError | UnreadableError:
    if stat.S_ISDIR(mode):
        return UnreadableError(_unlisted(name, name), name, "is_a_folder")
    message = f"{name}: is a pipe or a device, not a file; pipe it into `govreq extract -`"
    return RefusedError(message, name, "not_a_file")


def _too_large(name: str, limit: int) -> RefusedError:
    megabytes = limit / 1024 / 1024
    return RefusedError(
        f"{name}: is larger than {megabytes:g} MiB (max_document_bytes)", name, "too_large"
    )

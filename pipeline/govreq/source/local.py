"""Local sources: files, folders, globs, pages within files, and standard input, as documents.

:func:`find_sources` never raises: what cannot be read is yielded as well, and :func:`read_document`
then says why, so that one bad path costs only itself.
"""

from __future__ import annotations

import errno
import glob
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from govreq.errors import NotFoundError, RefusedError, SourceError, UnreadableError
from govreq.settings import DEFAULTS, Settings
from govreq.source.compressed import decompress, is_compressed
from govreq.source.container import HEAD, SEPARATOR, Container, Member, recognise_container
from govreq.source.document import Document
from govreq.source.media_type import READ_MEDIA_TYPES, describe_media_type, identify_media_type
from govreq.source.mhtml import unwrap_mhtml
from govreq.source.names import holds_pages, is_page_name
from govreq.source.names import printable_source as printable_source

STANDARD_INPUT = "-"
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
    themselves are entered once. A file that holds several pages (zip, WARC, a manifest) stands for
    them, each as ``batch.zip!a.html``.
    """
    for path in _find_files(paths, left_aside):
        yield from _find_pages(path, left_aside)


def _find_pages(path: str, left_aside: Callable[[str], None]) -> Iterator[str]:
    """The pages of a container, else the path itself; so is a container that cannot be listed."""
    if path == STANDARD_INPUT:
        yield path
        return
    name = printable_source(path)
    try:
        with _open_file(path, name) as file:
            kind = _container_of(file)
            listing = kind.list_pages(file, path, DEFAULTS) if kind else None
    except SourceError:
        listing = None
    if listing is None:
        yield path
        return
    for member in listing.left_aside:
        left_aside(f"{path}{SEPARATOR}{member}")
    for page in listing.pages:
        yield f"{path}{SEPARATOR}{page}"


def _find_files(paths: Sequence[str], left_aside: Callable[[str], None]) -> Iterator[str]:
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
            if not (holds_pages(name, names) if is_folder else is_page_name(name)):
                left_aside(path)
            elif is_folder:
                if seen.enters(path):
                    folders.append(path)
            elif not seen.files or os.path.realpath(path) not in seen.files:
                yield path
        pending.extend(reversed(folders))


def read_document(source: str, settings: Settings = DEFAULTS) -> Document:
    """The document that ``source`` names: a file's path, ``-``, or a page as ``batch.zip!a.html``.

    Gzip and MHTML are undone. A container of one page is read as that page.

    Raises:
        NotFoundError: there is no such file.
        UnreadableError: it cannot be read (``unreadable``, ``is_a_folder``, ``damaged_gzip`` ...).
        RefusedError: it is ``empty``, ``too_large``, ``not_a_file``, ``unsupported`` ...
    """
    name = printable_source(source)
    if source == STANDARD_INPUT:
        return document_of_bytes(_read_input(settings), name, settings)
    return _read_path(source, name, settings, nested=False)


def _read_path(source: str, name: str, settings: Settings, *, nested: bool) -> Document:
    """The document at a path or within a container; ``nested`` where a manifest names it."""
    path, page = split_source(source)
    shown = printable_source(path)
    with _open_file(path, shown) as file:
        kind = _container_of(file)
        if kind is None and page is None:
            return document_of_bytes(_read_file(file, shown, settings), name, settings)
        if kind is None:
            raise NotFoundError(f"{name}: {shown} is one page, not an archive of pages", name)
        page = _only_page(kind, file, path, settings) if page is None else page
        member = kind.read_page(file, path, page, settings)
    if member.stored_at is None:
        return _document_of_member(member, name, settings)
    if nested:
        raise RefusedError(f"{name}: is named by a manifest within a manifest", name, "nested")
    document = _read_path(member.stored_at, name, settings, nested=True)
    return replace(document, url=member.url, published=member.published)


def split_source(source: str) -> tuple[str, str | None]:
    """The path of a source's file, and the name of the page in it where it names one."""
    place = source.find(SEPARATOR)
    while place > 0 and not os.path.lexists(source):
        if os.path.isfile(source[:place]):
            return source[:place], source[place + len(SEPARATOR) :]
        place = source.find(SEPARATOR, place + 1)
    return source, None


def _container_of(file: BinaryIO) -> Container | None:
    kind = recognise_container(file.read(HEAD))
    file.seek(0)
    return kind


def _only_page(kind: Container, file: BinaryIO, path: str, settings: Settings) -> str:
    pages = kind.list_pages(file, path, settings).pages
    if len(pages) > 1:
        message = f"{path}: holds {len(pages):,} pages; name one as {path}{SEPARATOR}{pages[0]}"
        raise RefusedError(message, path, "several_pages")
    file.seek(0)
    return pages[0]


def _document_of_member(member: Member, name: str, settings: Settings) -> Document:
    if recognise_container(member.content[:HEAD]):
        message = f"{name}: is an archive within an archive; unpack it first"
        raise RefusedError(message, name, "nested_archive")
    document = document_of_bytes(member.content, name, settings)
    encoding = document.encoding or member.encoding
    return replace(document, encoding=encoding, origin=document.origin or member.origin)


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
    if media_type == "multipart/related":
        return unwrap_mhtml(content, source)
    return Document(content, source, media_type)


def _read_input(settings: Settings) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise UnreadableError("-: standard input is closed; pipe a page into it", "-")
    return sys.stdin.buffer.read(settings.max_document_bytes + 1)


def _read_file(file: BinaryIO, name: str, settings: Settings) -> bytes:
    """The bytes of an open file, at most one more than the limit; a larger one is not read."""
    if os.fstat(file.fileno()).st_size > settings.max_document_bytes:
        raise _too_large(name, settings.max_document_bytes)
    return file.read(settings.max_document_bytes + 1)


@contextmanager
def _open_file(source: str, name: str) -> Iterator[BinaryIO]:
    """A regular file, open; a pipe is never waited for, and every failure has its name."""
    try:
        descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(_missing(source, name), name) from error
    except OSError as error:
        raise _unreadable(source, name, error) from error
    except ValueError as error:  # a NUL in the path
        raise NotFoundError(f"{name!r}: no such file", name) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise _not_a_file(source, name, mode)
    with open(descriptor, "rb") as file:
        try:
            yield file
        except OSError as error:
            raise _unreadable(source, name, error) from error


def _unreadable(source: str, name: str, error: OSError) -> UnreadableError:
    if isinstance(error, IsADirectoryError):
        return UnreadableError(_unlisted(source, name), name, "is_a_folder")
    hint = _HINTS.get(error.errno or 0, "check the disk")
    return UnreadableError(f"{name}: cannot be read ({error.strerror}); {hint}", name)


def _missing(source: str, name: str) -> str:
    if source.lower().startswith(("http://", "https://")):
        return f"{name}: is an address, and no page of it is saved; fetch it with `govreq fetch`"
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


def _not_a_file(source: str, name: str, mode: int) -> RefusedError | UnreadableError:
    if stat.S_ISDIR(mode):
        return UnreadableError(_unlisted(source, name), name, "is_a_folder")
    message = f"{name}: is a pipe or a device, not a file; pipe it into `govreq extract -`"
    return RefusedError(message, name, "not_a_file")


def _too_large(name: str, limit: int) -> RefusedError:
    megabytes = limit / 1024 / 1024
    return RefusedError(
        f"{name}: is larger than {megabytes:g} MiB (max_document_bytes)", name, "too_large"
    )

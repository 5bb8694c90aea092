"""Zip archives of saved pages: read in memory, one level deep; nothing is ever unpacked to disk."""

from __future__ import annotations

import itertools
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from typing import BinaryIO

from govreq.errors import RefusedError, UnreadableError
from govreq.settings import Settings
from govreq.source.container import SEPARATOR, Container, Listing, Member, each_once
from govreq.source.names import is_page_path

_END = b"PK\x05\x06"
_END_RECORD = struct.Struct("<4s4H2LH")
_LONGEST_END = _END_RECORD.size + 65_535  # a comment may follow
_LONGEST_ENTRY = 1024
"""An entry of the directory is 46 bytes and a name; more than this on average is hostile."""

_LOCAL_HEADER = 30
_READ_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others (bzip2, LZMA) may need memory without bound before the first byte is out."""

_ENCRYPTED = 0x1

# Accepts "../a.html", "/a.html", "C:a.html", "a\\b.html", "aux.html"; refuses "a/b..html".
_UNSAFE = re.compile(
    r"^/|(?:^|/)\.\.(?:/|$)|\\|^[A-Za-z]:|[\x00-\x1f]"
    r"|(?:^|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.[^/]*)?(?:/|$)",
    re.IGNORECASE,
)


def _list_pages(file: BinaryIO, path: str, settings: Settings) -> Listing:
    with _open_archive(file, path, settings) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    files = frozenset(names)
    pages = each_once(name for name in names if is_page_path(name.split("/"), files))
    if not pages:
        raise RefusedError(f"{path}: holds no page that govreq reads", path, "no_pages")
    return Listing(pages, tuple(sorted(files.difference(pages))))


def _read_page(file: BinaryIO, path: str, name: str, settings: Settings) -> Member:
    source = f"{path}{SEPARATOR}{name}"
    with _open_archive(file, path, settings) as archive:
        info = _find_member(archive, name, source)
        if info.file_size > settings.max_document_bytes:
            raise _too_large(source, settings.max_document_bytes, "max_document_bytes")
        try:
            with archive.open(info) as member:
                return Member(member.read(settings.max_document_bytes + 1))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            message = f"{source}: is damaged in its archive; make the archive again"
            raise UnreadableError(message, source, "damaged_zip") from error


def _open_archive(file: BinaryIO, path: str, settings: Settings) -> zipfile.ZipFile:
    """The archive, once its directory is known to be small and honest."""
    _count_members(file, path, settings.max_archive_members)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError) as error:
        message = f"{path}: its zip directory is damaged or cut short; make the archive again"
        raise UnreadableError(message, path, "damaged_zip") from error
    members = archive.infolist()
    if len(members) > settings.max_archive_members:
        raise _too_many(path, settings.max_archive_members)
    if sum(info.file_size for info in members) > settings.max_archive_bytes:
        raise _too_large(path, settings.max_archive_bytes, "max_archive_bytes")
    _check_overlaps(members, path)
    return archive


def _count_members(file: BinaryIO, path: str, limit: int) -> None:
    """Refuses a directory of too many members before it is read: it alone may fill the memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read(_LONGEST_END)
    place = tail.rfind(_END)
    if 0 <= place <= len(tail) - _END_RECORD.size:
        _, _, _, _, count, directory, _, _ = _END_RECORD.unpack_from(tail, place)
        if count > limit or directory > limit * _LONGEST_ENTRY:
            raise _too_many(path, limit)
    file.seek(0)


def _check_overlaps(members: list[zipfile.ZipInfo], path: str) -> None:
    """Members that share bytes multiply what an archive unpacks to."""
    ordered = sorted(members, key=lambda info: info.header_offset)
    for info, following in itertools.pairwise(ordered):
        if info.header_offset + _LOCAL_HEADER + info.compress_size > following.header_offset:
            message = f"{path}: its members overlap; it is damaged or meant to harm"
            raise RefusedError(message, path, "overlapping_members")


def _find_member(archive: zipfile.ZipFile, name: str, source: str) -> zipfile.ZipInfo:
    """The member of this name; refuses links, devices, unsafe and repeated names."""
    counts = Counter(info.filename for info in archive.infolist())
    if not counts[name]:
        raise UnreadableError(f"{source}: no such member in the archive", source, "not_found")
    info = archive.getinfo(name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    refusals = (
        (counts[name] > 1, "same_name", "is in its archive more than once"),
        (bool(_UNSAFE.search(name)), "unsafe_name", "its name leads out of the archive"),
        (kind == stat.S_IFLNK, "link", "is a link, which is not followed"),
        (kind not in (0, stat.S_IFREG), "not_a_file", "is a device or a folder, not a file"),
        (bool(info.flag_bits & _ENCRYPTED), "encrypted", "is encrypted; unpack it first"),
        (info.compress_type not in _READ_METHODS, "unsupported", "is in an unusual compression"),
    )
    for refused, reason, words in refusals:
        if refused:
            raise RefusedError(f"{source}: {words}", source, reason)
    return info


def _too_many(path: str, limit: int) -> RefusedError:
    message = f"{path}: holds more than {limit:,} members (max_archive_members)"
    return RefusedError(message, path, "too_many_members")


def _too_large(source: str, limit: int, name: str) -> RefusedError:
    message = f"{source}: unpacks to more than {limit / 2**20:g} MiB ({name})"
    return RefusedError(message, source, "too_large")


CONTAINER = Container(
    suffixes=(".zip",),
    recognises=lambda head: head.startswith((b"PK\x03\x04", _END)),
    list_pages=_list_pages,
    read_page=_read_page,
)

"""WARC archives, plain and gzipped: each response or resource that is a page is a document.

A page is named by its address, ``crawl.warc.gz!https://news.example/a``; a second capture of the
same address has ``!2`` behind it. Records are read in place: the file is never held whole.
"""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from functools import lru_cache
from typing import BinaryIO

from govreq.errors import RefusedError, UnreadableError
from govreq.settings import Settings
from govreq.source.compressed import is_compressed
from govreq.source.container import SEPARATOR, Container, Listing, Member
from govreq.source.http_body import decode_body, join_chunks
from govreq.source.warc_stream import WarcStream

_LONGEST_HEADERS = 64 * 1024
_READ_TYPES = ("response", "resource")
_PAGE_TYPES = ("html", "text/plain", "application/pdf", "multipart/related")
_HEADERS_ROOM = 64 * 1024
"""The body of a response may be this much longer than a document: its headers and chunk sizes."""


@dataclass(frozen=True, slots=True)
class _Record:
    """Where a page is: the place in the file to read from, and the bytes to skip from there."""

    name: str
    place: int
    skipped: int
    page: bool


@lru_cache(maxsize=4)
def _index(path: str, size: int, modified: int) -> tuple[_Record, ...]:
    """Every record of the file that may be a page; ``size`` and ``modified`` say which file."""
    del size, modified
    counts: Counter[str] = Counter()
    records: list[_Record] = []
    with open(path, "rb") as file:
        stream = WarcStream(file, path)
        while stream.skip_blank():
            place, skipped = stream.mark()
            headers = _read_warc_headers(stream, path)
            length = _content_length(headers, path)
            end = stream.position + length
            kind = _type_of_page(stream, headers, length, path)
            if kind is not None:
                address = str(headers.get("WARC-Target-URI", "")).strip().strip("<>") or "unnamed"
                counts[address] += 1
                again = f"{SEPARATOR}{counts[address]}" if counts[address] > 1 else ""
                is_page = any(name in kind for name in _PAGE_TYPES)
                records.append(_Record(f"{address}{again}", place, skipped, is_page))
            stream.skip(end - stream.position)
    return tuple(records)


def _list_pages(file: BinaryIO, path: str, settings: Settings) -> Listing:
    del settings
    records = _index_of(file, path)
    pages = tuple(record.name for record in records if record.page)
    if not pages:
        raise RefusedError(f"{path}: holds no page that govreq reads", path, "no_pages")
    return Listing(pages, tuple(record.name for record in records if not record.page))


def _read_page(file: BinaryIO, path: str, name: str, settings: Settings) -> Member:
    source = f"{path}{SEPARATOR}{name}"
    record = next((item for item in _index_of(file, path) if item.name == name), None)
    if record is None:
        raise UnreadableError(f"{source}: no such page in the archive", source, "not_found")
    stream = WarcStream(file, path, record.place)
    stream.skip(record.skipped)
    headers = _read_warc_headers(stream, source)
    length = _content_length(headers, source)
    if length > settings.max_document_bytes + _HEADERS_ROOM:
        message = f"{source}: is larger than {settings.max_document_bytes / 2**20:g} MiB"
        raise RefusedError(f"{message} (max_document_bytes)", source, "too_large")
    origin = str(headers.get("WARC-Target-URI", "")).strip().strip("<>") or None
    if str(headers.get("WARC-Type", "")).lower() == "resource":
        return Member(stream.read(length), encoding=headers.get_content_charset(), origin=origin)
    end = stream.position + length
    response = _read_http_headers(stream, source, length)
    body = stream.read(end - stream.position)
    if "chunked" in str(response.get("Transfer-Encoding", "")).lower():
        body = join_chunks(body)
    compression = str(response.get("Content-Encoding", ""))
    content = decode_body(body, compression, source, settings.max_document_bytes)
    return Member(content, encoding=response.get_content_charset(), origin=origin)


def _index_of(file: BinaryIO, path: str) -> tuple[_Record, ...]:
    status = os.fstat(file.fileno())
    return _index(path, status.st_size, status.st_mtime_ns)


def _type_of_page(stream: WarcStream, headers: Message, length: int, source: str) -> str | None:
    """The declared media type of a record that may hold a page, else None."""
    kind = str(headers.get("WARC-Type", "")).strip().lower()
    if kind == "resource":
        return headers.get_content_type()
    if kind not in _READ_TYPES or "http" not in str(headers.get("Content-Type", "")).lower():
        return None
    response = _read_http_headers(stream, source, length)
    status = str(response.get("X-Status-Line", "")).split()
    if len(status) < 2 or not status[1].startswith("2"):
        return None
    return response.get_content_type() if response.get("Content-Type") else "html"


def _read_warc_headers(stream: WarcStream, source: str) -> Message:
    first = stream.read_line(_LONGEST_HEADERS)
    if not first.startswith(b"WARC/"):
        message = f"{source}: a WARC record is damaged or cut short; make the archive again"
        raise UnreadableError(message, source, "damaged_warc")
    return _parse_headers(b"".join(_header_lines(stream, source, _LONGEST_HEADERS)))


def _read_http_headers(stream: WarcStream, source: str, length: int) -> Message:
    limit = min(length, _LONGEST_HEADERS)
    status = stream.read_line(limit)
    lines = b"".join(_header_lines(stream, source, limit))
    return _parse_headers(b"X-Status-Line: " + status.strip() + b"\r\n" + lines)


def _header_lines(stream: WarcStream, source: str, limit: int) -> Iterator[bytes]:
    size = 0
    while (line := stream.read_line(limit)).strip():
        size += len(line)
        if size > limit or not line.endswith(b"\n"):
            message = f"{source}: the headers of a WARC record do not end; it is damaged"
            raise UnreadableError(message, source, "damaged_warc")
        yield line


def _parse_headers(lines: bytes) -> Message:
    return BytesHeaderParser().parsebytes(lines)


def _content_length(headers: Message, source: str) -> int:
    value = str(headers.get("Content-Length", "")).strip()
    if not (value.isascii() and value.isdecimal()) or len(value) > 15:
        message = f"{source}: a WARC record does not say how long it is; it is damaged"
        raise UnreadableError(message, source, "damaged_warc")
    return int(value)


def _recognises(head: bytes) -> bool:
    if is_compressed(head):
        try:
            return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


CONTAINER = Container(
    suffixes=(".warc",), recognises=_recognises, list_pages=_list_pages, read_page=_read_page
)

"""MHTML: the page that a browser saved together with its pictures as one mail message."""

from __future__ import annotations

import binascii
import quopri
import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from govreq.errors import UnreadableError
from govreq.source.document import Document
from govreq.source.media_type import identify_media_type

_LONGEST_HEADERS = 64 * 1024
_DEEPEST = 3
"""A page may lie in a multipart/alternative within the multipart/related."""

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")

# Accepts "\r\n\r\n", "\n\n", "\n \t\r\n"; refuses "\n".
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class _Part:
    headers: Message
    start: int
    end: int


def unwrap_mhtml(content: bytes, source: str) -> Document:
    """The page in an MHTML message: its own bytes, its declared encoding and its address.

    Raises:
        UnreadableError: there is no page in it, or it is cut short (``damaged_mhtml``).
    """
    part = _find_page(content, 0, len(content), _DEEPEST)
    if part is None:
        message = f"{source}: no page is in this MHTML file; save the page again"
        raise UnreadableError(message, source, "damaged_mhtml")
    page = _decode_transfer(content[part.start : part.end], part.headers)
    outer = _read_headers(content, 0, len(content)).headers
    origin = part.headers.get("Content-Location") or outer.get("Snapshot-Content-Location")
    charset = part.headers.get_content_charset()
    return Document(page, source, identify_media_type(page), charset, origin=_web_address(origin))


def _find_page(content: bytes, start: int, end: int, depth: int) -> _Part | None:
    """The part that is the page: the one named as root, else the first that is HTML, else text."""
    whole = _read_headers(content, start, end)
    kind = whole.headers.get_content_type()
    if kind in _PAGE_TYPES:
        return whole if "Content-Type" in whole.headers else None
    boundary = whole.headers.get_boundary()
    if not boundary or depth == 0:
        return None
    root = whole.headers.get_param("start")
    found: list[_Part] = []
    for place, stop in _cut_parts(content, whole.start, end, boundary.encode("utf-8", "replace")):
        part = _find_page(content, place, stop, depth - 1)
        if part is None:
            continue
        if root and str(part.headers.get("Content-ID", "")).strip() == str(root).strip():
            return part
        found.append(part)
    found.sort(key=lambda part: _PAGE_TYPES.index(part.headers.get_content_type()))
    return found[0] if found else None


def _read_headers(content: bytes, start: int, end: int) -> _Part:
    blank = _BLANK_LINE.search(content, start, min(end, start + _LONGEST_HEADERS))
    stop = blank.start() if blank else min(end, start + _LONGEST_HEADERS)
    headers = BytesHeaderParser().parsebytes(content[start:stop].lstrip(b"\xef\xbb\xbf"))
    return _Part(headers, blank.end() if blank else stop, end)


def _cut_parts(content: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """Where each part between lines of ``boundary`` starts and ends; a last one may be cut."""
    mark = b"--" + boundary
    parts: list[tuple[int, int]] = []
    place = content.find(mark, start, end)
    while place >= 0:
        place += len(mark)
        following = content.find(b"\n" + mark, place, end)
        if content.startswith(b"--", place):
            break
        line_end = content.find(b"\n", place, end)
        stop = end if following < 0 else following
        if 0 <= line_end < end:
            parts.append((line_end + 1, max(line_end + 1, stop)))
        place = -1 if following < 0 else following + 1
    return parts


def _decode_transfer(content: bytes, headers: Message) -> bytes:
    encoding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(content)
    if encoding == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4] + _padded(letters))
    return content.removesuffix(b"\r")


def _padded(letters: bytes) -> bytes:
    """The last, incomplete group of ``letters`` as base64 wants it; one letter alone is nothing."""
    rest = letters[len(letters) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _web_address(address: str | None) -> str | None:
    """``address`` where it is one of the web, not of a part or of a disk."""
    text = str(address or "").strip()
    return text if text.lower().startswith(("http://", "https://")) else None

"""Media types: what a document's bytes are, and which of them govreq reads.

The name of a file says nothing sure (a PDF is often saved as ``.html``), so the bytes decide. To
add an input format, add its :class:`Format` to ``FORMATS`` and its reader to the article stage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format that govreq reads: its media type, and the suffixes that it has in folders."""

    media_type: str
    suffixes: tuple[str, ...]


FORMATS = (
    Format("text/html", (".html", ".htm", ".shtml")),
    Format("application/xhtml+xml", (".xhtml", ".xht")),
    Format("text/plain", (".txt",)),
    Format("multipart/related", (".mhtml", ".mht")),
    Format("application/pdf", (".pdf",)),  # with the extra ``pdf``
)
"""Every format that is read, in the order of the documentation."""

READ_MEDIA_TYPES = frozenset(item.media_type for item in FORMATS)
SUFFIXES = frozenset(suffix for item in FORMATS for suffix in item.suffixes)
COMPRESSED_SUFFIX = ".gz"

HOW_TO_READ = {
    "application/zip": "a zip archive where a page should be; name its file",
    "application/gzip": "compressed twice; unpack it first",
    "application/warc": "a WARC archive where a page should be; name its file",
    "application/json": "JSON; save the page itself as HTML",
    "application/octet-stream": "binary data, not a page",
}
"""What a media type that is not read is called, and what the user can do."""

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"WARC/", "application/warc"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x00\x00\x00\x1cftyp", "video/mp4"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/octet-stream"),
    (b"\xd0\xcf\x11\xe0", "application/octet-stream"),  # documents of old office programs
)
_PDF_WITHIN = 1024
"""A PDF's header may follow up to 1,024 bytes of something else."""

_SNIFFED = 64 * 1024
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

# Accepts "<!doctype html", "<div class=", "</p>"; refuses "x < y", "<3".
_TAG = re.compile(
    rb"<(?:!doctype\s+html|!--|/?(?:html|head|body|title|meta|link|script|style|div|main|article"
    rb"|section|header|h[1-6]|p|span|a|ul|ol|li|table|tr|td|br|img)[\s>/])",
    re.IGNORECASE,
)
# Accepts "<html xmlns='http://www.w3.org/1999/xhtml'"; refuses "<html lang='en'".
_XHTML = re.compile(rb"<html[^>]{0,400}\bxmlns\s*=", re.IGNORECASE)
# Accepts "Content-Type: multipart/related;"; refuses "the type multipart/related".
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
# Accepts "\x00", "\x05"; refuses tab, line feed, form feed, carriage return and escape.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02
"""A text may hold a few stray control characters; beyond this share it is binary data."""

_MOST_ZEROS = 0.4
"""Text of the West in UTF-16 has a zero in nearly every second byte."""


def identify_media_type(content: bytes) -> str:
    r"""The media type of ``content``, decided from its first 64 KiB.

    >>> identify_media_type(b"%PDF-1.7 ...")
    'application/pdf'
    >>> identify_media_type(b"<p>Requests rose.")
    'text/html'
    >>> identify_media_type(b"Requests rose by 5%, n < 10.")
    'text/plain'
    >>> identify_media_type(bytes(range(256)))
    'application/octet-stream'
    """
    head = content[:_SNIFFED]
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if b"%PDF-" in head[:_PDF_WITHIN] and not _TAG.search(head[:_PDF_WITHIN]):
        return "application/pdf"
    narrow = _narrow(head)
    if _MHTML.search(narrow[:4096]):
        return "multipart/related"
    if _TAG.search(narrow):
        return "application/xhtml+xml" if _XHTML.search(narrow[:4096]) else "text/html"
    if len(_CONTROL.findall(narrow)) > _MOST_CONTROLS * len(narrow):
        return "application/octet-stream"
    return "application/json" if narrow.lstrip()[:1] in (b"{", b"[") else "text/plain"


def describe_media_type(media_type: str) -> str:
    """What a document of a media type that is not read is, and what to do with it."""
    kind = media_type.partition("/")[0]
    if kind in ("image", "video", "audio"):
        return f"{kind} data, not a page"
    return HOW_TO_READ.get(media_type, f"{media_type}, which is not read")


def _narrow(head: bytes) -> bytes:
    """``head`` with one byte a character, where it is UTF-16 with or without its mark."""
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    even, odd = head[::2], head[1::2]
    for half, other in ((odd, even), (even, odd)):
        if len(half) > 1 and half.count(0) > _MOST_ZEROS * len(half):
            return other
    return head

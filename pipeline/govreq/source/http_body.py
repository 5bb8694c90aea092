"""The body of an HTTP response: chunks joined, compression undone, and never beyond a limit."""

from __future__ import annotations

import importlib
import importlib.util
import re
import zlib
from collections.abc import Callable
from typing import Protocol

from govreq.errors import RefusedError, UnreadableError

_LARGEST_STEP = 1024 * 1024
"""So much at most is decompressed at once, so that a bomb is met soon after the limit."""

_GZIP_OR_ZLIB = 47  # zlib's window size for "gzip or zlib header, whichever is there"
_RAW_DEFLATE = -15

# Accepts "1a2b\r\n", "5;name=value\n"; refuses "<html>", "".
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


class Decoder(Protocol):
    """Undoes one compression, piece by piece."""

    def decode(self, piece: bytes, room: int) -> bytes:
        """At most ``room`` bytes (or one step more) of what ``piece`` stands for."""

    @property
    def complete(self) -> bool:
        """Whether the compressed data reached its end."""


class _Deflate:
    """Gzip and deflate; servers send deflate with and without its header."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._started = False

    def decode(self, piece: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        while piece and not self._stream.eof and room > 0:
            part = self._step(piece, min(room, _LARGEST_STEP))
            parts.append(part)
            room -= len(part)
            piece = self._stream.unconsumed_tail
        return b"".join(parts)

    def _step(self, piece: bytes, room: int) -> bytes:
        try:
            part = self._stream.decompress(piece, room)
        except zlib.error:
            if self._started:
                raise
            self._stream = zlib.decompressobj(_RAW_DEFLATE)
            part = self._stream.decompress(piece, room)
        self._started = True
        return part

    @property
    def complete(self) -> bool:
        return self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        brotli = importlib.import_module("brotli")
        self._stream = brotli.Decompressor()
        self._error: type[Exception] = brotli.error

    def decode(self, piece: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        while room > 0 and not self._stream.is_finished():
            try:
                part = self._stream.process(piece, output_buffer_limit=min(room, _LARGEST_STEP))
            except self._error as error:
                raise zlib.error(str(error)) from error
            parts.append(part)
            room -= len(part)
            piece = b""
            if self._stream.can_accept_more_data():
                break
        return b"".join(parts)

    @property
    def complete(self) -> bool:
        return bool(self._stream.is_finished())


class _Identity:
    complete = True

    def decode(self, piece: bytes, room: int) -> bytes:
        return piece[:room]


def accepted_encodings() -> str:
    """The compressions that can be undone here, as the header ``Accept-Encoding`` names them."""
    return "gzip, deflate, br" if importlib.util.find_spec("brotli") else "gzip, deflate"


def make_decoder(content_encoding: str, source: str) -> Decoder:
    """What undoes the ``Content-Encoding`` of a response.

    Raises:
        RefusedError: it is none that can be undone here (``unsupported_compression``).
    """
    name = content_encoding.strip().lower()
    makers: dict[str, Callable[[], Decoder]] = {
        "": _Identity,
        "identity": _Identity,
        "gzip": _Deflate,
        "x-gzip": _Deflate,
        "deflate": _Deflate,
    }
    if importlib.util.find_spec("brotli"):
        makers["br"] = _Brotli
    if name not in makers:
        hint = "install govreq[fetch]" if name == "br" else "save the page again"
        message = f"{source}: is compressed with {name[:40]!r}, which is not read; {hint}"
        raise RefusedError(message, source, "unsupported_compression")
    return makers[name]()


def decode_body(body: bytes, content_encoding: str, source: str, limit: int) -> bytes:
    """The bytes that a stored body stands for.

    Raises:
        RefusedError: they are more than ``limit`` (``too_large``), or see :func:`make_decoder`.
        UnreadableError: the compressed data is damaged or cut short (``damaged_body``).
    """
    decoder = make_decoder(content_encoding, source)
    try:
        content = decoder.decode(body, limit + 1)
    except zlib.error as error:
        raise damaged_body(source) from error
    if len(content) > limit:
        message = f"{source}: holds more than {limit / 2**20:g} MiB (max_document_bytes)"
        raise RefusedError(message, source, "too_large")
    if not decoder.complete:
        raise damaged_body(source)
    return content


def damaged_body(source: str) -> UnreadableError:
    """The error of a body that is damaged or cut short."""
    message = f"{source}: its compressed body is damaged or cut short; fetch the page again"
    return UnreadableError(message, source, "damaged_body")


def join_chunks(body: bytes) -> bytes:
    """The body without the sizes of its chunks; a body that is in no chunks is given back."""
    parts: list[bytes] = []
    place = 0
    while size := _CHUNK_SIZE.match(body, place):
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        place = size.end() + length
        place += 2 if body.startswith(b"\r\n", place) else body.startswith(b"\n", place)
    return b"".join(parts) if parts and place >= len(body) else body

"""Gzip: a compressed page is read as the page, and a bomb costs no more than the limit."""

from __future__ import annotations

import zlib

from govreq.errors import RefusedError, UnreadableError

_MAGIC = b"\x1f\x8b\x08"
_GZIP = 31  # zlib's window size for "gzip header, and its checksum is checked"

_FIRST_PIECE = 256
_LARGEST_PIECE = 64 * 1024


def is_compressed(content: bytes) -> bool:
    """Whether ``content`` is gzip, by its first bytes."""
    return content.startswith(_MAGIC)


def decompress(content: bytes, source: str, limit: int) -> bytes:
    """The bytes that the gzip ``content`` stands for; several members are read as one.

    ``source`` is named in errors. Never holds more than ``limit`` decompressed bytes plus one.

    Raises:
        RefusedError: there are more than ``limit`` bytes in it (``too_large``).
        UnreadableError: the compressed data is cut short or damaged (``damaged_gzip``).
    """
    parts: list[bytes] = []
    room = limit + 1
    place = 0
    while content.startswith(_MAGIC, place):
        try:
            part, place = _read_member(content, place, room)
        except (zlib.error, EOFError) as error:
            message = f"{source}: its gzip data is damaged or cut short; save the page again"
            raise UnreadableError(message, source, "damaged_gzip") from error
        parts.append(part)
        room -= len(part)
        if room <= 0:
            message = f"{source}: holds more than {limit / 2**20:g} MiB (max_document_bytes)"
            raise RefusedError(message, source, "too_large")
    return b"".join(parts)


def _read_member(content: bytes, place: int, room: int) -> tuple[bytes, int]:
    """At most ``room`` bytes of the member at ``place``, and where the next one starts.

    The input is fed in growing pieces: a file of a million tiny members would else be copied a
    million times.
    """
    stream = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    piece = _FIRST_PIECE
    while not stream.eof and room > 0:
        fed = stream.unconsumed_tail or content[place : place + piece]
        if not fed:
            raise EOFError
        if not stream.unconsumed_tail:
            place += len(fed)
        part = stream.decompress(fed, room)
        parts.append(part)
        room -= len(part)
        piece = min(2 * piece, _LARGEST_PIECE)
    return b"".join(parts), place - len(stream.unused_data)

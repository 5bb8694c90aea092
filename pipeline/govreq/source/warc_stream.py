"""The bytes of a WARC file from a place in it on, gzip undone member by member."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from govreq.errors import UnreadableError
from govreq.source.compressed import is_compressed

_PIECE = 64 * 1024
_GZIP = 31  # zlib's window size for "gzip header, and its checksum is checked"


class WarcStream:
    """Reads a WARC file; holds at most one piece of 64 KiB beside what was asked for.

    ``position`` counts all bytes that were read.
    """

    def __init__(self, file: BinaryIO, source: str, place: int = 0) -> None:
        self._file = file
        self._source = source
        self._buffer = b""
        self._taken = 0
        self._raw = b""
        self._stream: zlib._Decompress | None = None
        file.seek(0)
        self._compressed = is_compressed(file.read(8))
        file.seek(place)
        self._place = place
        self._offset = 0
        self.position = 0

    def mark(self) -> tuple[int, int]:
        """Where the next byte is: the place to read the file from, and the bytes to skip there.

        In a gzipped file the place is where the member starts that the byte is in.
        """
        return (self._place, self._offset) if self._compressed else (self._place + self._offset, 0)

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes; raises ``damaged_warc`` where the file ends before."""
        parts: list[bytes] = []
        while size > 0:
            part = self._take(size)
            if not part:
                raise self._cut_short()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> None:
        """Passes over ``size`` bytes; raises ``damaged_warc`` where the file ends before."""
        while size > 0:
            part = self._take(size)
            if not part:
                raise self._cut_short()
            size -= len(part)

    def read_line(self, limit: int) -> bytes:
        """The next line with its end; at most ``limit`` bytes, and b"" at the end of the file."""
        parts: list[bytes] = []
        while limit > 0 and self._fill():
            end = self._buffer.find(b"\n", self._taken) + 1
            part = self._take(min(limit, end - self._taken if end else limit))
            parts.append(part)
            limit -= len(part)
            if end and part.endswith(b"\n"):
                break
        return b"".join(parts)

    def skip_blank(self) -> bool:
        """Passes over blank lines between records; False at the end of the file."""
        while self._fill():
            if self._buffer[self._taken] not in b"\r\n":
                return True
            self._take(1)
        return False

    def _take(self, size: int) -> bytes:
        if not self._fill():
            return b""
        part = self._buffer[self._taken : self._taken + size]
        self._taken += len(part)
        self._offset += len(part)
        self.position += len(part)
        return part

    def _fill(self) -> bool:
        """Whether there is at least one more byte to take."""
        while self._taken >= len(self._buffer):
            self._taken = 0
            if not self._compressed:
                self._buffer = self._file.read(_PIECE)
                return bool(self._buffer)
            try:
                if not self._decompress():
                    return False
            except (zlib.error, EOFError) as error:
                raise self._cut_short() from error
        return True

    def _decompress(self) -> bool:
        """Puts the next piece into the buffer (maybe an empty one); False at the file's end."""
        self._buffer = b""
        if self._stream is None or self._stream.eof:
            self._raw = (self._stream.unused_data if self._stream else b"") or self._raw
            self._raw = self._raw or self._file.read(_PIECE)
            if not self._raw.strip(b"\x00"):
                return False
            self._place = self._file.tell() - len(self._raw)
            self._offset = 0
            self._stream = zlib.decompressobj(_GZIP)
        if not self._raw:
            self._raw = self._file.read(_PIECE)
            if not self._raw:
                raise EOFError
        self._buffer = self._stream.decompress(self._raw, _PIECE)
        self._raw = self._stream.unconsumed_tail
        return True

    def _cut_short(self) -> UnreadableError:
        message = f"{self._source}: the WARC data is damaged or cut short; make the archive again"
        return UnreadableError(message, self._source, "damaged_warc")

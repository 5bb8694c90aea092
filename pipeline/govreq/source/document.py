"""A document: the bytes of one saved page and where they came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one page.

    ``source`` is the path or URL that was read, as the user gave it (``-`` for standard input).
    ``media_type`` is decided from the bytes, never from the name: ``text/html``, ``text/plain``,
    ``application/pdf`` ... ``encoding`` is what a transport header declared, else None.
    """

    content: bytes
    source: str
    media_type: str = "text/html"
    encoding: str | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, as 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

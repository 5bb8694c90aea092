"""A document: the bytes of one saved page and where they came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one page.

    ``source`` is the path or URL that was read, as the user gave it (``-`` for standard input,
    ``batch.zip!a.html`` for a page within a file). ``origin`` is the address that the page was had
    from, where its container says so; the page's own word goes before it. ``url`` and
    ``published`` are what the user's manifest says, which goes before what the page says.
    ``media_type`` is decided from the bytes, never from the name: ``text/html``, ``text/plain``,
    ``application/pdf`` ... ``encoding`` is what a transport header declared, else None.
    """

    content: bytes
    source: str
    media_type: str = "text/html"
    encoding: str | None = None
    origin: str | None = None
    url: str | None = None
    published: date | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, as 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

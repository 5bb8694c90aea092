"""Every error that govreq raises on purpose, drawn once.

::

    GovreqError
     +-- SourceError            a document cannot be had
     |    +-- NotFoundError         no such file or folder
     |    +-- UnreadableError       it is there, and cannot be read
     |    +-- RefusedError          it is there, and is nothing that govreq reads, or is too large
     +-- VocabularyError        a vocabulary table is broken
     +-- ModelError             the language model is not installed, or not the one expected
     +-- RecordFileError        a file of records cannot be read back
     +-- StoreError             a database cannot be opened or written
     +-- OutputError            an output file cannot be written

Messages are one line: what happened, where, and what to do.
"""

from __future__ import annotations


class GovreqError(Exception):
    """Base of every error that govreq raises on purpose."""


class SourceError(GovreqError):
    """A document cannot be had. ``source`` is its path or URL, ``reason`` a stable short name."""

    reason = "source"

    def __init__(self, message: str, source: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.source = source
        self.reason = reason or type(self).reason


class NotFoundError(SourceError):
    """No such file or folder."""

    reason = "not_found"


class UnreadableError(SourceError):
    """The file is there, and cannot be read (permissions, a broken disk, a folder in its place)."""

    reason = "unreadable"


class RefusedError(SourceError):
    """The bytes are nothing that govreq reads (binary, PDF without the extra), or too many."""

    reason = "refused"


class VocabularyError(GovreqError):
    """A vocabulary table is missing or broken."""


class ModelError(GovreqError):
    """The language model is not installed, or lacks a component that govreq needs."""


class RecordFileError(GovreqError):
    """A file of records cannot be read back: not JSONL, or not records."""


class StoreError(GovreqError):
    """A database cannot be opened, read or written."""


class OutputError(GovreqError):
    """An output file cannot be written."""

"""Structured records of government demands to companies, out of saved articles.

>>> import govreq
>>> page = b"<p>Initech received 1,204 government requests for user data in 2021."
>>> govreq.extract(page).status.value
'ok'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govreq.api import extract, extract_batch
    from govreq.errors import (
        GovreqError,
        ModelError,
        NotFoundError,
        OutputError,
        RecordFileError,
        RefusedError,
        SourceError,
        StoreError,
        UnreadableError,
        VocabularyError,
    )
    from govreq.extraction import Extraction, Status
    from govreq.records.record import Record
    from govreq.settings import Settings
    from govreq.source.document import Document

_HOMES = {
    "extract": "govreq.api",
    "extract_batch": "govreq.api",
    "Document": "govreq.source.document",
    "Extraction": "govreq.extraction",
    "GovreqError": "govreq.errors",
    "ModelError": "govreq.errors",
    "NotFoundError": "govreq.errors",
    "OutputError": "govreq.errors",
    "Record": "govreq.records.record",
    "RecordFileError": "govreq.errors",
    "RefusedError": "govreq.errors",
    "Settings": "govreq.settings",
    "SourceError": "govreq.errors",
    "Status": "govreq.extraction",
    "StoreError": "govreq.errors",
    "UnreadableError": "govreq.errors",
    "VocabularyError": "govreq.errors",
}
"""Where each public name lives. They are imported at first use: the command line starts fast."""

__all__ = [
    "Document",
    "Extraction",
    "GovreqError",
    "ModelError",
    "NotFoundError",
    "OutputError",
    "Record",
    "RecordFileError",
    "RefusedError",
    "Settings",
    "SourceError",
    "Status",
    "StoreError",
    "UnreadableError",
    "VocabularyError",
    "extract",
    "extract_batch",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'govreq' has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

"""The public functions: extraction from whatever is at hand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from govreq.extraction import Extraction
from govreq.extraction import extract as extract_document
from govreq.runs.pool import Result, run_batch
from govreq.settings import DEFAULTS, Settings
from govreq.source.document import Document
from govreq.source.local import document_of_bytes, find_sources, read_document

Page = str | os.PathLike[str] | bytes | Document
"""A saved page: the path of its file, its bytes, or a document."""


def extract(page: Page, settings: Settings = DEFAULTS) -> Extraction:
    """The records that one saved page states.

    Raises:
        NotFoundError: ``page`` is a path, and there is no such file.
        UnreadableError: the file cannot be read.
        RefusedError: it is empty, too large, or nothing that govreq reads; ``reason`` says which.
        ModelError: the language model is not installed.
    """
    return extract_document(_document_of(page, settings), settings)


def extract_batch(
    paths: Iterable[str | os.PathLike[str]], settings: Settings = DEFAULTS
) -> Iterator[Result]:
    """One result for each page that ``paths`` (files, folders, globs) name, as soon as it is there.

    Never raises for a page: what went wrong with it is in ``result.extraction.status``.
    """
    sources = find_sources([os.fspath(path) for path in paths])
    return run_batch(sources, settings)


def _document_of(page: Page, settings: Settings) -> Document:
    if isinstance(page, Document):
        return page
    if isinstance(page, bytes):
        return document_of_bytes(page, "<bytes>", settings)
    return read_document(os.fspath(page), settings)

"""The batch: every source becomes an extraction with a status; none stops the others.

This is the one place that may catch ``Exception``: a fault of ours costs the document in which it
shows, is named in its status, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govreq.errors import GovreqError, RefusedError, SourceError
from govreq.extraction import Extraction, Status, extract
from govreq.settings import DEFAULTS, Settings
from govreq.source.document import Document
from govreq.source.local import printable_source, read_document


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source.

    ``document`` is None where the source could not be read. ``extraction.status`` always says how
    it went.
    """

    source: str
    document: Document | None
    extraction: Extraction


def run_batch(sources: Iterable[str], settings: Settings = DEFAULTS) -> Iterator[Result]:
    """One result a source, in their order, as soon as it is there.

    Raises:
        ModelError: the language model is missing: no document could be done.
        VocabularyError: a vocabulary table is broken: neither.
    """
    for source in sources:
        yield run_document(source, settings)


def run_document(source: str, settings: Settings = DEFAULTS) -> Result:
    """The result of one source; raises what :func:`run_batch` raises."""
    try:
        document = read_document(source, settings)
    except SourceError as error:
        return fail_source(source, error)
    except GovreqError:
        raise
    except Exception as error:
        return Result(printable_source(source), None, _fault(source, error))
    return run_loaded_document(document, settings)


def run_loaded_document(document: Document, settings: Settings = DEFAULTS) -> Result:
    """The result of a document whose bytes are at hand."""
    try:
        extraction = extract(document, settings)
    except SourceError as error:
        extraction = _failure(_status_of(error), error.reason, str(error))
    except GovreqError:
        raise
    except Exception as error:
        extraction = _fault(document.source, error)
    return Result(document.source, document, extraction)


def fail_source(source: str, error: SourceError) -> Result:
    """The result of a source that could not be read."""
    extraction = _failure(_status_of(error), error.reason, str(error))
    return Result(printable_source(source), None, extraction)


def _status_of(error: SourceError) -> Status:
    if error.reason == "empty":
        return Status.EMPTY
    return Status.REFUSED if isinstance(error, RefusedError) else Status.FAILED


def _fault(source: str, error: Exception) -> Extraction:
    kind, name = type(error).__name__, printable_source(source)
    message = f"{name}: an error in govreq itself ({kind}: {_first_line(error)}); report it"
    return _failure(Status.FAILED, kind, message)


def _failure(status: Status, reason: str, message: str) -> Extraction:
    return Extraction((), (), status, reason, message)


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:200] if lines else "no message"

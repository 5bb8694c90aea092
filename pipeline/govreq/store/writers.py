"""Writers of records, and the registry that finds one by the name of its format.

A format is one module of :mod:`govreq.store.formats` with a class under ``@writer("name")``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol, TextIO, TypeVar

from govreq.records.record import Record
from govreq.store import formats
from govreq.store.output import open_output


class RecordWriter(Protocol):
    """Writes records to a text stream as they come, one document's at a time."""

    def __init__(self, stream: TextIO) -> None: ...

    def write_records(self, records: Sequence[Record]) -> None:
        """Writes the records of one document."""

    def finish(self) -> None:
        """Writes what belongs after the last record. The stream stays open."""


W = TypeVar("W", bound=RecordWriter)
_WRITERS: dict[str, type[RecordWriter]] = {}


def writer(name: str) -> Callable[[type[W]], type[W]]:
    """Registers a class as the writer of the format ``name``."""

    def register(kind: type[W]) -> type[W]:
        _WRITERS[name] = kind
        return kind

    return register


@cache
def load_writers() -> Mapping[str, type[RecordWriter]]:
    """Every format's writer, by the format's name, in the order of the names."""
    for module in pkgutil.iter_modules(formats.__path__):
        importlib.import_module(f"{formats.__name__}.{module.name}")
    return dict(sorted(_WRITERS.items()))


@contextmanager
def open_writer(name: str, path: Path | None) -> Iterator[RecordWriter]:
    """A writer of the format ``name`` to ``path``, or to standard output where it is None.

    The file appears when all is written; after an error or an interruption it does not.

    Raises:
        OutputError: the file cannot be written.
    """
    with open_output(path) as stream:
        opened = load_writers()[name](stream)
        yield opened
        opened.finish()

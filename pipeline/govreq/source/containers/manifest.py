"""Manifests: a table of saved pages with what the user knows of them, as CSV or as JSONL.

Columns: ``path`` (from the manifest's folder; a page within an archive as ``batch.zip!a.html``),
and, where known, ``url`` and ``date`` (``2021-08-02``), which go before what the page says.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govreq.errors import RefusedError, UnreadableError
from govreq.settings import Settings
from govreq.source.container import Container, Listing, Member, each_once

_MARK = b"\xef\xbb\xbf"
# Accepts 'path,url,date', '"url","path"'; refuses 'path to the page, and more', 'pathway,url'.
_CSV_HEADER = re.compile(
    rb'^"?(?:path|url|date)"?(?:[,;\t]"?(?:path|url|date|[a-z_]{1,30})"?){0,20}\r?(?:\n|$)',
    re.IGNORECASE,
)
# Accepts '{"path": "a.html"', '{"url": "x", "path": "a"'; refuses '{"requests": 1204}'.
_JSON_ROW = re.compile(rb'^\s*\{[^\n]{0,2000}"path"\s*:\s*"')


class _Row(BaseModel):
    """One row of a manifest; further columns are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    path: str = Field(min_length=1)
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    date: datetime.date | None = None


def _recognises(head: bytes) -> bool:
    text = head.removeprefix(_MARK)
    columns = text.partition(b"\n")[0].lower()
    return bool(_JSON_ROW.search(text) or (_CSV_HEADER.search(text) and b"path" in columns))


def _list_pages(file: BinaryIO, path: str, settings: Settings) -> Listing:
    return Listing(each_once(row.path for row in _read_rows(file, path, settings)))


def _read_page(file: BinaryIO, path: str, name: str, settings: Settings) -> Member:
    folder = os.path.dirname(path)
    for row in _read_rows(file, path, settings):
        if row.path == name:
            stored_at = os.path.join(folder, row.path)
            return Member(stored_at=stored_at, url=row.url, published=row.date)
    raise UnreadableError(f"{path}: names no page {name}", path, "not_found")


def _read_rows(file: BinaryIO, path: str, settings: Settings) -> Iterator[_Row]:
    content = file.read(settings.max_document_bytes + 1)
    if len(content) > settings.max_document_bytes:
        raise RefusedError(f"{path}: the manifest is too large", path, "too_large")
    try:
        text = content.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _broken(path, "it is not UTF-8") from error
    named = False
    for number, values in _cut_rows(text, path):
        try:
            yield _Row.model_validate(values)
        except ValidationError as error:
            fault = error.errors()[0]
            column = ".".join(str(part) for part in fault["loc"])
            raise _broken(path, f"row {number}, {column}: {fault['msg'].lower()}") from error
        named = True
    if not named:
        raise RefusedError(f"{path}: the manifest names no page", path, "no_pages")


def _cut_rows(text: str, path: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each row with its number, counted from 1 without the header; empty cells are left out."""
    if text.lstrip().startswith("{"):
        yield from _cut_json(text, path)
        return
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=delimiter), 1):
            cells = {
                str(name).strip().lower(): value.strip()
                for name, value in row.items()
                if isinstance(value, str) and value.strip()
            }
            if cells:
                yield number, cells
    except csv.Error as error:
        raise _broken(path, str(error)) from error


def _cut_json(text: str, path: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _broken(path, f"row {number} is not JSON") from error
        if not isinstance(values, dict):
            raise _broken(path, f"row {number} is no object")
        yield number, {name: value for name, value in values.items() if value not in (None, "")}


def _broken(path: str, what: str) -> UnreadableError:
    return UnreadableError(f"{path}: the manifest is broken: {what}", path, "damaged_manifest")


CONTAINER = Container(
    suffixes=(),  # a table in a folder of pages is no manifest unless the user names it
    recognises=_recognises,
    list_pages=_list_pages,
    read_page=_read_page,
)

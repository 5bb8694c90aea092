"""What was fetched, kept: a WARC archive or plain files, and a list that says what became of all.

``fetched.jsonl`` holds one row an address. Each row is written after the page that it speaks of, so
that a run which ends anywhere leaves at worst one page that no row names; it is cut off again.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import AwareDatetime, BaseModel, ConfigDict, NonNegativeInt, ValidationError
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govreq.errors import OutputError
from govreq.source.container import SEPARATOR
from govreq.source.fetch.crawl import FetchOutcome
from govreq.source.fetch.page import FetchedPage, Response
from govreq.source.media_type import identify_media_type

LIST_NAME = "fetched.jsonl"
WARC_NAME = "pages.warc.gz"
CACHE_NAME = ".http-cache.db"
_SUFFIXES = {"application/pdf": ".pdf", "text/plain": ".txt"}
# Accepts "?", "/", "é"; refuses "a", "-", "7".
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")


class FetchedRow(BaseModel):
    """One row of the list: an address, and the page that it gave or why it gave none."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    url: str
    status: str
    reason: str = ""
    source: str = ""
    """What ``govreq extract`` reads the page as, from the folder of the list."""

    landed: str = ""
    sha256: str = ""
    fetched: AwareDatetime | None = None
    cached: bool = False
    end: NonNegativeInt = 0
    """How long the archive was when this row was written."""


class Keeper(Protocol):
    """Keeps pages; gives each back as the source that it can be read as, in the folder."""

    def keep(self, page: FetchedPage) -> str:
        """Stores the page for good."""

    @property
    def end(self) -> int:
        """How long the archive is now; 0 where every page is a file of its own."""


class SavedPages:
    """A folder of fetched pages with its list."""

    def __init__(self, folder: Path, rows: dict[str, FetchedRow], keeper: Keeper) -> None:
        self.folder = folder
        self.rows = rows
        self._keeper = keeper

    def missing(self, urls: list[str]) -> list[str]:
        """The addresses that the list does not name as fetched, each once."""
        done = {url for url, row in self.rows.items() if row.status == "ok"}
        return [url for url in dict.fromkeys(urls) if url not in done]

    def add(self, outcome: FetchOutcome) -> FetchedRow:
        """Keeps what an address gave, and only then names it in the list."""
        row = self._row_of(outcome)
        self.rows[outcome.url] = row
        with (self.folder / LIST_NAME).open("ab") as file:
            file.write(f"{row.model_dump_json(exclude_defaults=True)}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        return row

    def _row_of(self, outcome: FetchOutcome) -> FetchedRow:
        if outcome.page is None:
            reason = outcome.error.reason if outcome.error else "failed"
            end = self._keeper.end
            return FetchedRow(url=outcome.url, status="failed", reason=reason, end=end)
        page = outcome.page.page
        source = self._keeper.keep(outcome.page)
        return FetchedRow(
            url=outcome.url,
            status="ok",
            source=source,
            landed=page.url,
            sha256=page.sha256,
            fetched=page.fetched,
            cached=page.cached,
            end=self._keeper.end,
        )

    def sources(self, urls: list[str]) -> list[str]:
        """What ``govreq extract`` reads the pages of these addresses as."""
        rows = (self.rows.get(url) for url in dict.fromkeys(urls))
        # Not joined as a path: that would make one slash of the two in an address.
        return [f"{self.folder}/{row.source}" for row in rows if row and row.status == "ok"]


@contextmanager
def open_saved(folder: Path, *, html: bool, resume: bool) -> Iterator[SavedPages]:
    """The folder that pages are saved into; made where it does not exist.

    Raises:
        OutputError: it cannot be written, its list is broken, or it holds pages already and
            ``resume`` is not set.
    """
    list_path = folder / LIST_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if list_path.exists() and not resume:
            message = f"{folder}: holds fetched pages; --resume adds what is missing"
            raise OutputError(message)
        rows = _read_rows(list_path) if list_path.exists() else {}
        end = max((row.end for row in rows.values()), default=0)
        keeper: Keeper = _Files(folder) if html else _Archive(folder / WARC_NAME, end)
        yield SavedPages(folder, rows, keeper)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error


def _read_rows(path: Path) -> dict[str, FetchedRow]:
    """The last row of each address; a torn last line is cut off."""
    content = path.read_bytes()
    whole = content.rpartition(b"\n")[0]
    if len(whole) + 1 < len(content):
        os.truncate(path, len(whole) + 1 if whole else 0)
    rows: dict[str, FetchedRow] = {}
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            row = FetchedRow.model_validate_json(line)
        except ValidationError as error:
            raise OutputError(f"{path}: row {number} is broken; mend or remove it") from error
        rows[row.url] = row
    return rows


class _Archive:
    """One WARC file, a gzip member a record, that only grows."""

    def __init__(self, path: Path, end: int) -> None:
        self._path = path
        self._names: dict[str, int] = {}
        size = path.stat().st_size if path.exists() else 0
        if end < size:
            os.truncate(path, end)  # a page that no row names, maybe half written
        elif end > size:
            raise OutputError(f"{path}: is shorter than {LIST_NAME} says; move both away")
        self.end = end
        if end:
            self._count_names()

    def _count_names(self) -> None:
        from govreq.source.local import find_sources

        for source in find_sources([str(self._path)]):
            name = source.removeprefix(f"{self._path}{SEPARATOR}")
            address = re.sub(f"{SEPARATOR}\\d+$", "", name)
            self._names[address] = self._names.get(address, 0) + 1

    def keep(self, page: FetchedPage) -> str:
        """Appends the records of a page and of the redirects that led to it."""
        with self._path.open("ab") as file:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            if not self.end:
                about = {"software": f"govreq/{version('govreq')}", "robots": "obey"}
                writer.write_record(writer.create_warcinfo_record(WARC_NAME, about))
            for response in (*page.redirects, page.page):
                _write_response(writer, response)
            file.flush()
            os.fsync(file.fileno())
            self.end = file.tell()
        address = page.page.url
        self._names[address] = count = self._names.get(address, 0) + 1
        again = f"{SEPARATOR}{count}" if count > 1 else ""
        return f"{WARC_NAME}{SEPARATOR}{address}{again}"


def _write_response(writer: WARCWriter, response: Response) -> None:
    """Adds the record of a response: its headers, its time, its body as it came, their digests."""
    kept = [item for item in response.headers if item[0] not in ("transfer-encoding", "connection")]
    status = f"{response.status} {response.phrase}".strip()
    http = StatusAndHeaders(status, kept, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=io.BytesIO(response.body),
        http_headers=http,
        warc_headers_dict={"WARC-Date": _write_time(response.fetched)},
    )
    writer.write_record(record)


def _write_time(moment: datetime) -> str:
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


class _Files:
    """Plain files, one a page, in a folder a host."""

    end = 0

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, page: FetchedPage) -> str:
        """Writes the page; its own file is whole or not there."""
        response = page.page
        parts = urlsplit(response.url)
        kind = identify_media_type(response.content)
        words = _NOT_IN_NAMES.sub("-", parts.path).strip("-")[-60:].strip("-") or "index"
        digest = hashlib.sha256(response.url.encode()).hexdigest()[:8]
        host = _NOT_IN_NAMES.sub("-", (parts.netloc or "host").replace(".", "-")).strip("-")
        path = self._folder / host / f"{words}-{digest}{_SUFFIXES.get(kind, '.html')}"
        path.parent.mkdir(exist_ok=True)
        torn = path.with_name(f".{path.name}.part")
        with torn.open("wb") as file:
            file.write(_mark_encoding(response, kind))
            file.flush()
            os.fsync(file.fileno())
        torn.replace(path)
        return str(path.relative_to(self._folder))


def _mark_encoding(response: Response, kind: str) -> bytes:
    """The page's bytes; where only a header said their encoding, as UTF-8 with its mark."""
    declared = re.search(
        r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})",
        dict(response.headers).get("content-type", ""),
    )
    if declared is None or kind == "application/pdf" or declared.group(1).lower() == "utf-8":
        return response.content
    try:
        return response.content.decode(declared.group(1)).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return response.content

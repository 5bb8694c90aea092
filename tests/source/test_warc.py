"""WARC archives: what warcio writes is read, and what is damaged or hostile is named."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govreq.errors import SourceError
from govreq.settings import Settings
from govreq.source.local import find_sources, read_document

PAGE = b"<html><body><p>Initech received 1,204 requests.</p></body></html>"
ADDRESS = "https://news.example/initech"
Response = tuple[str, str, list[tuple[str, str]], bytes]
HTML = ("Content-Type", "text/html; charset=windows-1252")


def write_warc(path: Path, responses: list[Response], *, compressed: bool) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=compressed)
        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
        for address, status, headers, body in responses:
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=http
            )
            writer.write_record(record)
    return path


def chunk(body: bytes) -> bytes:
    return b"5;x=y\r\n" + body[:5] + b"\r\n%x\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n"


RESPONSES: list[Response] = [
    (ADDRESS, "200 OK", [HTML], PAGE),
    (f"{ADDRESS}/logo", "200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
    (f"{ADDRESS}/gone", "404 Not Found", [HTML], PAGE),
    (f"{ADDRESS}/gz", "200 OK", [HTML, ("Content-Encoding", "gzip")], gzip.compress(PAGE)),
    (f"{ADDRESS}/zz", "200 OK", [HTML, ("Content-Encoding", "deflate")], zlib.compress(PAGE)),
    (f"{ADDRESS}/ch", "200 OK", [HTML, ("Transfer-Encoding", "chunked")], chunk(PAGE)),
    (f"{ADDRESS}/no", "200 OK", [HTML, ("Transfer-Encoding", "chunked")], PAGE),
    (ADDRESS, "200 OK", [HTML], PAGE + b"later"),
]


@pytest.mark.parametrize("compressed", [False, True])
def test_each_response_is_a_document(tmp_path: Path, compressed: bool) -> None:
    path = write_warc(tmp_path / "crawl.warc.gz", RESPONSES, compressed=compressed)
    left: list[str] = []
    sources = list(find_sources([str(tmp_path)], left.append))
    names = [source.removeprefix(f"{path}!") for source in sources]
    kinds = [ADDRESS + end for end in ("", "/gz", "/zz", "/ch", "/no", "!2")]
    assert names == kinds
    assert left == [f"{path}!{ADDRESS}/logo"]
    for source in sources:
        document = read_document(source)
        assert document.content == PAGE + (b"later" if source.endswith("!2") else b"")
        assert document.encoding == "windows-1252"
        assert (document.origin or "").startswith(ADDRESS)


def test_a_whole_file_in_one_gzip_member_is_read(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "crawl.warc", RESPONSES, compressed=False)
    path.write_bytes(gzip.compress(path.read_bytes()))
    sources = list(find_sources([str(path)]))
    assert len(sources) == 6
    assert read_document(sources[1]).content == PAGE


@pytest.mark.parametrize("compressed", [False, True])
def test_a_cut_archive_is_named(tmp_path: Path, compressed: bool) -> None:
    path = write_warc(tmp_path / "crawl.warc.gz", RESPONSES, compressed=compressed)
    content = path.read_bytes()
    for part in range(1, 10):
        path.write_bytes(content[: len(content) * part // 10 + 3])
        with pytest.raises(SourceError) as caught:
            read_document(next(find_sources([str(path)])))
        assert caught.value.reason in ("damaged_warc", "no_pages")


RECORD = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
ROOM = b"WARC-Target-URI: https://news.example/a\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def record_of(http: bytes, headers: bytes = b"") -> bytes:
    return RECORD + ROOM + headers + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (RECORD + b"\r\n", "damaged_warc"),
        (RECORD + b"Content-Length: -5\r\n\r\n", "damaged_warc"),
        (RECORD + b"Content-Length: 99999999999999\r\n\r\n<p>", "damaged_warc"),
        (RECORD + b"X: " + b"y" * 10_000_000, "damaged_warc"),
        (RECORD + b"X: y\r\n" * 1_000_000, "damaged_warc"),
        (record_of(OK + b"X: y\r\n" * 100_000), "damaged_warc"),
        (record_of(OK + b"Content-Encoding: rot13\r\n\r\n<p>x"), "unsupported_compression"),
        (record_of(OK + b"Content-Encoding: gzip\r\n\r\n<p>x"), "damaged_body"),
        (
            record_of(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(50_000_000))),
            "too_large",
        ),
        (record_of(OK + b"\r\n" + b"<p>" * 1_000_000), "too_large"),
        (record_of(OK + b"\r\n"), "empty"),
        (record_of(OK + b"\r\nPK\x03\x04"), "nested_archive"),
        (record_of(OK.replace(b"200", b"500") + b"\r\n<p>x"), "no_pages"),
        (b"WARC/1.1\r\n" * 100_000, "damaged_warc"),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_a_hostile_archive_is_named(
    tmp_path: Path, content: bytes, reason: str, compressed: bool
) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(gzip.compress(content, 1) if compressed else content)
    started = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(SourceError) as caught:
        read_document(next(find_sources([str(path)])), Settings(max_document_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.reason == reason
    assert peak < 64 * 2**20
    assert time.perf_counter() - started < 3

"""``govreq fetch`` from end to end, and addresses given to ``govreq extract``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest

from govreq.source.local import find_sources, read_document

if TYPE_CHECKING:
    from tests.source.fetch.conftest import Site

Run = Callable[..., CompletedProcess[str]]
PAGE = (
    b"<html><head><title>Demands</title></head><body><article><p>Google received 1,204 government "
    b"requests for user data from Germany in 2021.</p></article></body></html>"
)
FLAGS = ("--allow-private", "--interval", "0")


def ok(body: bytes, kind: str = "text/html") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
        kind.encode(),
        len(body),
        body,
    )


@pytest.fixture
def pages(site: Site) -> Site:
    site.answer("/a", ok(PAGE))
    site.answer("/b?x=1", ok(PAGE.replace(b"1,204", b"1,310")))
    return site


def test_pages_are_saved_as_an_archive(pages: Site, run_govreq: Run, tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text(f"# two pages\n{pages.url('/b?x=1')}\n\n")
    result = run_govreq(
        "fetch", pages.url("/a"), pages.url("/gone"), "--from", "urls.txt", *FLAGS, cwd=tmp_path
    )
    assert result.returncode == 1
    assert "[http_404]" in result.stderr
    assert "2 of 3 pages are in fetched" in result.stderr
    found = sorted(find_sources([str(tmp_path / "fetched")]))
    archive = tmp_path / "fetched" / "pages.warc.gz"
    assert found == [f"{archive}!{pages.url('/a')}", f"{archive}!{pages.url('/b?x=1')}"]
    document = read_document(found[0])
    assert (document.content, document.origin) == (PAGE, pages.url("/a"))


def test_a_second_run_fetches_what_is_missing(pages: Site, run_govreq: Run, tmp_path: Path) -> None:
    addresses = [pages.url("/a"), pages.url("/late")]
    assert run_govreq("fetch", *addresses, *FLAGS, cwd=tmp_path).returncode == 1
    again = run_govreq("fetch", *addresses, *FLAGS, cwd=tmp_path)
    assert "--resume adds what is missing" in again.stderr
    pages.answers["/late"] = pages.answers["/a"]
    archive = tmp_path / "fetched" / "pages.warc.gz"
    with archive.open("ab") as file:
        file.write(b"\x1f\x8b\x08 a record half written when the machine stopped")
    with (tmp_path / "fetched" / "fetched.jsonl").open("ab") as file:
        file.write(b'{"url": "http://torn')
    result = run_govreq("fetch", *addresses, "--resume", *FLAGS, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert pages.paths().count("/a") == 1
    sources = list(find_sources([str(archive)]))
    assert [read_document(source).content for source in sources] == [PAGE, PAGE]
    rows = (tmp_path / "fetched" / "fetched.jsonl").read_text().splitlines()
    assert [json.loads(row)["status"] for row in rows] == ["ok", "failed", "ok"]


def test_pages_are_saved_as_files(pages: Site, run_govreq: Run, tmp_path: Path) -> None:
    russian = "<html><body><p>Яндекс получил запросы.</p></body></html>"
    pages.answer("/ru", ok(russian.encode("koi8-r"), "text/html; charset=koi8-r"))
    addresses = [pages.url("/a"), pages.url("/ru")]
    result = run_govreq("fetch", *addresses, "--html", "-o", "saved", *FLAGS, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    documents = [read_document(source) for source in find_sources([str(tmp_path / "saved")])]
    assert [document.content.decode("utf-8-sig") for document in documents] == [
        PAGE.decode(),
        russian,
    ]


def test_addresses_are_extracted(pages: Site, run_govreq: Run, tmp_path: Path) -> None:
    result = run_govreq("extract", pages.url("/a"), "--allow-private", "-q", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    (record,) = map(json.loads, result.stdout.splitlines())
    assert (record["company"], record["value"]) == ("Google", 1204)
    assert record["document"]["source"] == f"fetched/pages.warc.gz!{pages.url('/a')}"
    assert record["document"]["url"] == pages.url("/a")


def test_a_private_address_is_not_extracted(pages: Site, run_govreq: Run, tmp_path: Path) -> None:
    result = run_govreq("extract", pages.url("/a"), "-q", cwd=tmp_path)
    assert result.returncode == 1
    assert "[private_address]" in result.stderr
    assert pages.asked == []

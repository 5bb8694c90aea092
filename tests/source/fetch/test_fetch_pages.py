"""What servers do, and how each of it ends: as documented, within its limit."""

from __future__ import annotations

import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest

from govreq.source.fetch.limits import FetchLimits

if TYPE_CHECKING:
    from tests.source.fetch.conftest import Site

Headers = dict[str, str]
PAGE = b"<html><body><p>Initech received 1,204 requests.</p></body></html>"


def respond(
    body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str
) -> bytes:
    """The bytes of a response; header names with _ for -."""
    values = {"Content_Type": "text/html", "Connection": "close"} | headers
    values["Content_Length"] = str(len(body) if length is None else length)
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in values.items()]
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode() + body


def endless(headers: Headers) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"<p>more</p>" * 1000


def endless_chunks(headers: Headers) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1\r\nx\r\n" * 100
        time.sleep(0.02)


def drip(headers: Headers) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"x"
        time.sleep(0.2)


def drip_headers(headers: Headers) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X: y\r\n"
        time.sleep(0.2)


def silence(headers: Headers) -> Iterator[bytes]:
    time.sleep(4)
    yield b""


def many_headers(headers: Headers) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    yield b"X-Header: y\r\n" * 10_000
    yield b"\r\n" + PAGE


BOMB = b"<p>" + bytes(50_000_000)
GOOD = {
    "plain": respond(PAGE),
    "no type": respond(PAGE, Content_Type=""),
    "octets": respond(PAGE, Content_Type="application/octet-stream"),
    "gzip": respond(gzip.compress(PAGE), Content_Encoding="gzip"),
    "deflate": respond(zlib.compress(PAGE), Content_Encoding="deflate"),
    "raw deflate": respond(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate"),
    "brotli": respond(brotli.compress(PAGE), Content_Encoding="br"),
    "chunks": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE),
}
Answers = bytes | Callable[[Headers], Iterator[bytes]]
BAD: dict[str, tuple[Answers, str]] = {
    "not found": (respond(PAGE, "404 Not Found"), "http_404"),
    "gone": (respond(PAGE, "410 Gone"), "http_410"),
    "server error": (respond(PAGE, "500 Oh"), "http_500"),
    "image": (respond(b"\x89PNG", Content_Type="image/png"), "unsupported"),
    "image called a page": (respond(b"\x89PNG\r\n\x1a\n"), "unsupported"),
    "zip called a page": (respond(b"PK\x03\x04"), "unsupported"),
    "empty": (respond(b" "), "empty"),
    "too large": (respond(b"<p>" + bytes(300_000)), "too_large"),
    "gzip bomb": (respond(gzip.compress(BOMB), Content_Encoding="gzip"), "too_large"),
    "brotli bomb": (respond(brotli.compress(BOMB, quality=5), Content_Encoding="br"), "too_large"),
    "cut gzip": (respond(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "damaged_body"),
    "no gzip": (respond(PAGE, Content_Encoding="gzip"), "damaged_body"),
    "unknown compression": (respond(PAGE, Content_Encoding="rot13"), "unsupported_compression"),
    "too short": (respond(PAGE, length=len(PAGE) + 9), "broken"),
    "no HTTP": (b"hello\r\n\r\n", "broken"),
    "nothing": (b"", "broken"),
    "endless": (endless, "too_large"),
    "endless chunks": (endless_chunks, "timeout"),
    "drip": (drip, "timeout"),
    "drip of headers": (drip_headers, "timeout"),
    "silence": (silence, "timeout"),
    "10,000 headers": (many_headers, "broken"),
    "to a file": (respond(b"", "302 Found", Location="file:///etc/passwd"), "not_http"),
    "to gopher": (respond(b"", "302 Found", Location="gopher://127.0.0.1/"), "not_http"),
    "to nowhere": (respond(b"", "302 Found"), "too_many_redirects"),
    "to itself": (respond(b"", "302 Found", Location="/page"), "too_many_redirects"),
    "with a user": (respond(b"", "302 Found", Location="http://a:b@127.0.0.1/"), "credentials"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_page_is_fetched(site: Site, kind: str) -> None:
    site.answer("/page", GOOD[kind])
    (outcome,) = site.fetch("/page")
    assert outcome.error is None
    assert outcome.page is not None
    assert outcome.page.page.content == PAGE


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_answer_has_its_reason(site: Site, kind: str) -> None:
    answer, reason = BAD[kind]
    site.answer("/page", answer)
    tracemalloc.start()
    started = time.monotonic()
    (outcome,) = site.fetch("/page")
    taken = time.monotonic() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.error is not None
    # A server that is cut off while it floods may be seen as a broken connection first.
    also = "unreachable" if kind == "10,000 headers" else reason
    assert outcome.error.reason in (reason, also)
    assert outcome.error.source.startswith(("http://", "file:", "gopher:"))
    assert "\n" not in str(outcome.error)
    assert taken < site.limits.total + 2.0
    assert peak < 64 * 2**20


def test_redirects_are_followed_and_kept(site: Site) -> None:
    site.answer("/page", respond(b"", "301 Moved", Location="/next#part"))
    site.answer("/next", respond(b"", "307 There", Location=site.url("/last")))
    site.answer("/last", respond(PAGE))
    (outcome,) = site.fetch("/page")
    assert outcome.page is not None
    assert [hop.url for hop in outcome.page.redirects] == [site.url("/page"), site.url("/next")]
    assert outcome.page.page.url == site.url("/last")


def test_five_redirects_are_the_most(site: Site) -> None:
    for number in range(6):
        site.answer(f"/{number}", respond(b"", "302 Found", Location=f"/{number + 1}"))
    site.answer("/6", respond(PAGE))
    first, second = site.fetch("/0", "/1")
    assert first.error is not None
    assert first.error.reason == "too_many_redirects"
    assert second.page is not None


ROBOTS = b"User-agent: govreq\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n"


def test_robots_are_obeyed(site: Site) -> None:
    site.answer("/robots.txt", respond(ROBOTS, Content_Type="text/plain"))
    for path in ("/yes", "/no"):
        site.answer(path, respond(PAGE))
    site.answer("/to-no", respond(b"", "302 Found", Location="/no"))
    outcomes = site.fetch("/yes", "/no", "/to-no")
    assert [item.error.reason if item.error else "ok" for item in outcomes] == [
        "ok",
        "robots",
        "robots",
    ]
    assert site.paths().count("/robots.txt") == 1
    assert "/no" not in site.paths()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (respond(b"", "404 Not Found"), "ok"),
        (respond(b"", "403 Forbidden"), "ok"),
        (respond(b"<html>not rules</html>"), "ok"),
        (respond(ROBOTS + b"#" * 2_000_000), "robots"),
        (respond(b"", "503 Busy"), "robots_unreachable"),
        (silence, "robots_unreachable"),
        (endless, "ok"),
        (respond(b"", "302 Found", Location="/robots.txt"), "robots_unreachable"),
    ],
)
def test_every_answer_about_robots_has_its_meaning(
    site: Site, answer: Answers, reason: str
) -> None:
    site.answer("/robots.txt", answer)
    site.answer("/no", respond(PAGE))
    (outcome,) = site.fetch("/no")
    assert (outcome.error.reason if outcome.error else "ok") == reason
    assert ("/no" in site.paths()) == (reason == "ok")


def gaps(site: Site, path: str = "/") -> list[float]:
    times = [when for asked, when, _ in site.asked if asked.startswith(path)]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_a_host_is_asked_once_an_interval_and_hosts_at_once(site: Site) -> None:
    site.answer("/a", respond(PAGE))
    site.answer("/b", respond(PAGE))
    limits = FetchLimits(interval=0.4, total=1.0, connect=1.0)
    elsewhere = [site.url(path, "localhost") for path in ("/a", "/b")]
    started = time.monotonic()
    outcomes = site.fetch("/a", "/b", *elsewhere, limits=limits)
    assert all(outcome.page for outcome in outcomes)
    assert time.monotonic() - started < 1.6, "two hosts, three requests each, at the same time"
    hosts = {headers["host"] for _, _, headers in site.asked}
    for host in hosts:
        times = [when for _, when, headers in site.asked if headers["host"] == host]
        assert len(times) == 3
        assert min(b - a for a, b in itertools.pairwise(times)) > 0.38


def test_a_crawl_delay_is_kept(site: Site) -> None:
    rules = b"User-agent: *\nCrawl-delay: 0.5\n"
    site.answer("/robots.txt", respond(rules, Content_Type="text/plain"))
    site.answer("/a", respond(PAGE))
    site.answer("/b", respond(PAGE))
    assert all(outcome.page for outcome in site.fetch("/a", "/b"))
    assert min(gaps(site)[1:]) > 0.48


def test_a_long_crawl_delay_ends_the_page(site: Site) -> None:
    site.answer("/robots.txt", respond(b"User-agent: *\nCrawl-delay: 900\n"))
    (outcome,) = site.fetch("/a")
    assert outcome.error is not None
    assert outcome.error.reason == "crawl_delay"


@pytest.mark.parametrize("status", ["429 Too Many", "503 Busy"])
def test_retry_after_is_honoured(site: Site, status: str) -> None:
    site.answer("/page", respond(b"", status, Retry_After="1"), respond(PAGE))
    (outcome,) = site.fetch("/page")
    assert outcome.page is not None
    assert gaps(site, "/page")[0] > 0.98


@pytest.mark.parametrize("value", ["3600", formatdate(time.time() + 3600, usegmt=True)])
def test_a_long_retry_after_ends_the_page(site: Site, value: str) -> None:
    site.answer("/page", respond(b"", "429 Too Many", Retry_After=value))
    (outcome,) = site.fetch("/page")
    assert outcome.error is not None
    assert outcome.error.reason == "retry_after"
    assert site.paths().count("/page") == 1


def test_what_passes_is_tried_again(site: Site) -> None:
    site.answer("/page", respond(b"", "502 Bad"), respond(PAGE))
    (outcome,) = site.fetch("/page")
    assert outcome.page is not None


def test_a_page_that_did_not_change_is_from_the_cache(site: Site, tmp_path: Path) -> None:
    fresh = respond(PAGE, ETag='"one"', Cache_Control="no-cache")

    def again(headers: Headers) -> Iterator[bytes]:
        known = headers.get("if-none-match") == '"one"'
        yield respond(b"", "304 Not Modified", ETag='"one"') if known else respond(b"<p>changed")

    site.answer("/page", fresh, again)
    contents = []
    for _ in range(2):
        (outcome,) = site.fetch("/page", cache=tmp_path / "cache.db")
        assert outcome.page is not None
        contents.append((outcome.page.page.content, outcome.page.page.cached))
    assert contents == [(PAGE, False), (PAGE, True)]
    assert site.paths().count("/page") == 2


def test_we_say_who_we_are(site: Site) -> None:
    site.answer("/page", respond(PAGE))
    site.fetch("/page")
    site.fetch("/page", agent="study (study@news.example)")
    agents = [headers["user-agent"] for path, _, headers in site.asked if path == "/page"]
    assert agents[0].startswith("govreq/")
    assert agents[1] == "study (study@news.example)"

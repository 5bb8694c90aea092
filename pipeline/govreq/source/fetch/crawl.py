"""Fetching many pages: hosts at the same time, the pages of one host one after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from hishel import CacheOptions, SqliteStorage
from hishel.httpx2 import CacheTransport

from govreq.errors import SourceError
from govreq.source.fetch.addresses import Resolver, resolve_name
from govreq.source.fetch.limits import LIMITS, FetchLimits, PageClock
from govreq.source.fetch.page import FetchedPage, PageFetcher
from govreq.source.fetch.robots import Robots
from govreq.source.fetch.transport import CheckedBackend, Pace, PoliteTransport
from govreq.source.http_body import accepted_encodings

PAGES_WANTED = "text/html,application/xhtml+xml,text/plain;q=0.8,application/pdf;q=0.8,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched. ``cache`` is the file of the HTTP cache; None for none."""

    limits: FetchLimits = LIMITS
    allow_private: bool = False
    agent: str | None = None
    cache: Path | None = None
    resolve: Resolver = resolve_name


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What became of one address: the page, or why there is none."""

    url: str
    page: FetchedPage | None
    error: SourceError | None = None


def own_agent() -> str:
    """Who we say we are, where the user says nothing."""
    return f"govreq/{version('govreq')} (saves articles about government requests)"


def fetch_pages(urls: Sequence[str], settings: FetchSettings) -> Iterator[FetchOutcome]:
    """The outcome of each address, in the order in which they are done.

    Closing the iterator stops the waits; a page that is under way is not waited for longer than
    its own limit.
    """
    limits = settings.limits
    stopped = threading.Event()
    clock = PageClock()
    pace = Pace(limits.interval, stopped)
    done: queue.SimpleQueue[FetchOutcome | BaseException] = queue.SimpleQueue()
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(_host_of(url), []).append(url)
    with _open_client(settings, pace, clock) as client:
        fetcher = PageFetcher(client, pace, clock, limits)
        robots = Robots(fetcher.ask_robots)
        pool = ThreadPoolExecutor(limits.hosts, thread_name_prefix="fetch")
        try:
            for host_urls in by_host.values():
                host = pool.submit(_fetch_host, host_urls, fetcher, robots, done, stopped)
                host.add_done_callback(lambda ended: _hand_on_fault(ended, done))
            for _ in urls:
                outcome = done.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                yield outcome
        finally:
            stopped.set()
            pool.shutdown(cancel_futures=True)


def _hand_on_fault(
    ended: Future[None], done: queue.SimpleQueue[FetchOutcome | BaseException]
) -> None:
    """A fault of ours ends the whole run, instead of being waited for."""
    if not ended.cancelled() and (fault := ended.exception()) is not None:
        done.put(fault)


def _fetch_host(
    urls: Sequence[str],
    fetcher: PageFetcher,
    robots: Robots,
    done: queue.SimpleQueue[FetchOutcome | BaseException],
    stopped: threading.Event,
) -> None:
    for url in urls:
        if stopped.is_set():
            return
        try:
            done.put(FetchOutcome(url, fetcher.fetch(url, robots)))
        except SourceError as error:
            done.put(FetchOutcome(url, None, error))


def _open_client(settings: FetchSettings, pace: Pace, clock: PageClock) -> httpx2.Client:
    limits = settings.limits
    backend = CheckedBackend(settings.resolve, clock, allow_private=settings.allow_private)
    transport: httpx2.BaseTransport = PoliteTransport(backend, pace, clock, limits)
    if settings.cache is not None:
        storage = SqliteStorage(database_path=settings.cache, max_stream_size=limits.size)
        transport = CacheTransport(transport, storage, CacheOptions(shared=False))
    return httpx2.Client(
        transport=transport,
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(limits.total, connect=limits.connect),
        headers={
            "User-Agent": settings.agent or own_agent(),
            "Accept": PAGES_WANTED,
            "Accept-Encoding": accepted_encodings(),
        },
    )


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""

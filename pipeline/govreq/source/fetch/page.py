"""One page: its requests, its redirects, its body within the limits, and why it failed."""

from __future__ import annotations

import email.utils
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina

from govreq.errors import RefusedError, UnreadableError
from govreq.source.fetch.limits import FetchLimits, PageClock
from govreq.source.fetch.robots import LARGEST, Robots, RobotsAnswer
from govreq.source.fetch.transport import Pace
from govreq.source.http_body import damaged_body, make_decoder
from govreq.source.media_type import identify_media_type

KEPT_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_UNSURE_TYPES = ("", "application/octet-stream", "binary/octet-stream")
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (429, 500, 502, 503, 504)
"""Statuses that may be another one a little later."""


class PassingError(UnreadableError):
    """A failure that may pass; ``wait`` is how many seconds the server asked for, if it did."""

    def __init__(self, message: str, source: str, reason: str, wait: float | None = None) -> None:
        super().__init__(message, source, reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Response:
    """One response as it came: ``body`` still compressed, ``content`` what it stands for."""

    url: str
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content: bytes
    fetched: datetime
    cached: bool

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content, as 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What was asked for, the redirects on the way, and the page."""

    url: str
    redirects: tuple[Response, ...]
    page: Response


@dataclass(frozen=True, slots=True)
class PageFetcher:
    """Fetches single pages; safe for several threads."""

    client: httpx2.Client
    pace: Pace
    clock: PageClock
    limits: FetchLimits
    heed_robots: bool = True

    def fetch(self, url: str, robots: Robots) -> FetchedPage:
        """The page at ``url``.

        Raises:
            RefusedError: it is not to be fetched: ``robots``, ``private_address``, ``not_http``,
                ``unsupported``, ``too_large``, ``too_many_redirects`` ...
            UnreadableError: it could not be: ``http_404``, ``timeout``, ``unreachable`` ...
        """
        attempts = stamina.retry_context(
            on=_wait_for, attempts=self.limits.attempts, timeout=None, wait_initial=0.5, wait_max=8
        )
        for attempt in attempts:
            with attempt:
                self.clock.start(self.limits.total)
                return self._follow(url, robots)
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def ask_robots(self, url: str) -> RobotsAnswer:
        """What a host's robots.txt says; a missing one allows all, a failing host nothing."""
        response = self._follow(url, None).page
        return RobotsAnswer(response.content[:LARGEST].decode("utf-8", "replace"))

    def _follow(self, url: str, robots: Robots | None) -> FetchedPage:
        """The response at the end of the redirects; without ``robots``, any text will do."""
        passed: list[Response] = []
        place = url
        for _ in range(self.limits.redirects + 1):
            check_address(place)
            if robots is not None:
                self._heed(place, robots)
            response = self._send(place, is_page=robots is not None)
            if response.status not in _REDIRECTS:
                return FetchedPage(url, tuple(passed), response)
            passed.append(response)
            place = urljoin(place, dict(response.headers).get("location", "")).partition("#")[0]
        message = f"{url}: redirects more than {self.limits.redirects} times"
        raise RefusedError(message, url, "too_many_redirects")

    def _heed(self, url: str, robots: Robots) -> None:
        delay = robots.check(url)
        if delay > self.limits.longest_wait:
            message = f"{url}: its host asks for {delay:g} s between requests; longer than we wait"
            raise RefusedError(message, url, "crawl_delay")
        if delay:
            self.pace.slow_down(urlsplit(url).hostname or "", delay)

    def _send(self, url: str, *, is_page: bool) -> Response:
        try:
            with self.client.stream("GET", url) as response:
                return self._read(response, url, is_page=is_page)
        except RefusedError as error:
            error.source = url
            raise
        except httpx2.TimeoutException as error:
            message = f"{url}: took longer than {self.limits.total:g} s, or did not answer"
            raise UnreadableError(message, url, "timeout") from error
        except (httpx2.ConnectError, httpx2.ReadError, httpx2.WriteError) as error:
            raise PassingError(f"{url}: cannot be reached ({error})", url, "unreachable") from error
        except httpx2.RemoteProtocolError as error:
            raise PassingError(f"{url}: the answer is broken ({error})", url, "broken") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise UnreadableError(f"{url}: cannot be asked for ({error})", url, "failed") from error

    def _read(self, response: httpx2.Response, url: str, *, is_page: bool) -> Response:
        headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
        named = dict(headers)
        body, content = b"", b""
        if is_page and response.status_code not in _REDIRECTS:
            self._check_status(response.status_code, url, named)
            _check_type(named.get("content-type", ""), url)
        elif not is_page and response.status_code in _PASSING:
            raise UnreadableError(f"{url}: status {response.status_code}", url, "unreachable")
        if response.status_code == 200:
            limit = self.limits.size if is_page else LARGEST
            body, content = self._read_body(response, url, limit, cut=not is_page)
            if is_page:
                _check_content(content, url)
        return Response(
            url,
            response.status_code,
            response.reason_phrase,
            headers,
            body,
            content,
            datetime.now(UTC),
            bool(response.extensions.get("caching", {}).get("from_cache")),
        )

    def _read_body(
        self, response: httpx2.Response, url: str, limit: int, *, cut: bool
    ) -> tuple[bytes, bytes]:
        """The body as it came and decompressed; stopped at the limit while it comes in."""
        decoder = make_decoder(response.headers.get("content-encoding", ""), url)
        raw: list[bytes] = []
        parts: list[bytes] = []
        size = came = 0
        for piece in response.iter_raw():
            raw.append(piece)
            came += len(piece)
            try:
                parts.append(decoder.decode(piece, limit + 1 - size))
            except zlib.error as error:
                raise damaged_body(url) from error
            size += len(parts[-1])
            if size > limit or came > limit:
                if cut:
                    return b"", b"".join(parts)
                message = f"{url}: is larger than {limit / 2**20:g} MiB"
                raise RefusedError(message, url, "too_large")
        if not decoder.complete:
            raise damaged_body(url)
        return b"".join(raw), b"".join(parts)

    def _check_status(self, status: int, url: str, headers: Mapping[str, str]) -> None:
        if status == 200:
            return
        message = f"{url}: the server answers {status}"
        if status not in _PASSING:
            raise UnreadableError(message, url, f"http_{status}")
        wait = read_retry_after(headers.get("retry-after"))
        if wait is not None and wait > self.limits.longest_wait:
            message = f"{message} and asks to come back in {wait:g} s; longer than we wait"
            raise UnreadableError(message, url, "retry_after")
        if wait:
            self.pace.hold(urlsplit(url).hostname or "", wait)
        raise PassingError(message, url, f"http_{status}", wait)


def check_address(url: str) -> None:
    """Refuses what is no plain address of the web (``not_http``, ``credentials``)."""
    try:
        parts = urlsplit(url)
        httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL) as error:
        raise RefusedError(f"{url}: is no address of the web", url, "not_http") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise RefusedError(f"{url}: is no address of the web (http or https)", url, "not_http")
    if parts.username is not None or parts.password is not None:
        raise RefusedError(f"{url}: names a user; leave that out", url, "credentials")


def read_retry_after(value: str | None) -> float | None:
    """The seconds that a ``Retry-After`` asks for, else None.

    >>> read_retry_after("120"), read_retry_after("soon"), read_retry_after(None)
    (120.0, None, None)
    """
    text = (value or "").strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        day = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    return max(0.0, (day - datetime.now(UTC)).total_seconds())


def _wait_for(error: Exception) -> bool | float:
    """Whether to try again after an error, or after how many seconds."""
    if not isinstance(error, PassingError):
        return False
    return error.wait if error.wait else True


def _check_type(declared: str, url: str) -> None:
    kind = declared.partition(";")[0].strip().lower()
    if kind not in KEPT_TYPES and kind not in _UNSURE_TYPES:
        raise RefusedError(f"{url}: is {kind[:80]}, not a page", url, "unsupported")


def _check_content(content: bytes, url: str) -> None:
    if not content.strip():
        raise RefusedError(f"{url}: is empty", url, "empty")
    kind = identify_media_type(content)
    if kind not in KEPT_TYPES:
        raise RefusedError(f"{url}: is {kind}, whatever the server calls it", url, "unsupported")

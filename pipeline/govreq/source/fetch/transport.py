"""The transport: dials only addresses that were checked, in time, and no host too often."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from govreq.source.fetch.addresses import Resolver, find_addresses
from govreq.source.fetch.limits import FetchLimits, PageClock

_MOST_ADDRESSES = 4
"""So many addresses of a host are tried, one after the other."""


class Pace:
    """Waits so that no host is asked more often than once an interval."""

    def __init__(self, interval: float, stopped: threading.Event) -> None:
        self._interval = interval
        self._stopped = stopped
        self._delays: dict[str, float] = {}
        self._free: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    def slow_down(self, host: str, delay: float) -> None:
        """Makes the interval of a host at least ``delay`` seconds."""
        with self._lock:
            self._delays[host] = max(delay, self._delays.get(host, 0.0))

    def hold(self, host: str, seconds: float) -> None:
        """Asks the host nothing for so many seconds from now."""
        with self._lock:
            self._free[host] = max(self._free[host], time.monotonic() + seconds)

    def wait(self, host: str) -> float:
        """Waits for the host's turn; returns the seconds that it took."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free[host])
            self._free[host] = turn + max(self._interval, self._delays.get(host, 0.0))
        self._stopped.wait(turn - now)
        return turn - now


class _TimedStream(httpcore2.NetworkStream):
    """A connection whose every step must be done before the page's time is over."""

    def __init__(self, stream: httpcore2.NetworkStream, clock: PageClock) -> None:
        self._stream = stream
        self._clock = clock

    def _left(self, timeout: float | None) -> float:
        left = self._clock.left
        if left <= 0:
            raise httpcore2.ReadTimeout("the page took too long")
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _TimedStream(stream, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class CheckedBackend(httpcore2.NetworkBackend):
    """Resolves a host once, checks every address that it has, and dials these very addresses."""

    def __init__(
        self,
        resolve: Resolver,
        clock: PageClock,
        *,
        allow_private: bool,
        dial: httpcore2.NetworkBackend | None = None,
    ) -> None:
        self._resolve = resolve
        self._clock = clock
        self._allow_private = allow_private
        self._dial = dial or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to one of the host's checked addresses."""
        try:
            addresses = find_addresses(host, port, self._resolve, allow_private=self._allow_private)
        except OSError as error:
            raise httpcore2.ConnectError(str(error)) from error
        end = time.monotonic() + min(timeout or self._clock.left, self._clock.left)
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in addresses[:_MOST_ADDRESSES]:
            left = end - time.monotonic()
            if left <= 0:
                break
            try:
                stream = self._dial.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
                continue
            return _TimedStream(stream, self._clock)
        raise failure


class PoliteTransport(httpx2.HTTPTransport):
    """Sends each request when it is its host's turn, over a checked connection."""

    def __init__(
        self, backend: CheckedBackend, pace: Pace, clock: PageClock, limits: FetchLimits
    ) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=4 * limits.hosts,
            network_backend=backend,
        )
        self._pace = pace
        self._clock = clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, its body not read yet."""
        self._clock.pause(self._pace.wait(request.url.host))
        return super().handle_request(request)

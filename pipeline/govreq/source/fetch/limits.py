"""The limits of fetching, as one frozen model, and the clock of one page."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Sizes in bytes, times in seconds; see docs/fetching.md."""

    connect: float = 5.0
    total: float = 30.0
    """For one page with its redirects, without the waits that politeness asks for."""

    size: int = 10 * 1024 * 1024
    """Of a page, after decompression."""

    redirects: int = 5
    attempts: int = 3
    """For what may pass: a busy server, a broken connection."""

    interval: float = 1.0
    """Between two requests to one host, where robots.txt asks for no longer."""

    longest_wait: float = 120.0
    """A ``Retry-After`` or a crawl delay that is longer ends the page, with its reason."""

    hosts: int = 8
    """Hosts that are asked at once."""


LIMITS = FetchLimits()


class PageClock(threading.local):
    """The time that is left for the page that this thread fetches."""

    _end = float("inf")

    def start(self, seconds: float) -> None:
        """Gives the page so much time, from now on."""
        self._end = time.monotonic() + seconds

    def pause(self, seconds: float) -> None:
        """Adds time that was waited on purpose."""
        self._end += seconds

    @property
    def left(self) -> float:
        """Seconds that are left; zero or less where the page's time is over."""
        return self._end - time.monotonic()

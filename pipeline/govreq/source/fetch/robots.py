"""robots.txt: what a host lets be fetched, and how often (RFC 9309)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from govreq.errors import RefusedError, SourceError

AGENT = "govreq"
"""The name that rules for us are found under."""

LARGEST = 500 * 1024
"""Rules beyond so many bytes are not read, as the standard allows."""


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What asking for a robots.txt gave: its text, or None where the host could not say."""

    text: str | None


class Robots:
    """The rules of each host, asked for once."""

    def __init__(self, ask: Callable[[str], RobotsAnswer]) -> None:
        self._ask = ask
        self._rules: dict[str, Protego | None] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, url: str) -> float:
        """The delay in seconds that the host asks for between two requests; 0 for none.

        Raises:
            RefusedError: the rules refuse the page (``robots``), or the host cannot say what
                its rules are, which refuses everything (``robots_unreachable``).
        """
        rules = self._rules_of(url)
        if rules is None:
            message = f"{url}: the rules of its host (robots.txt) cannot be had now; try later"
            raise RefusedError(message, url, "robots_unreachable")
        if not rules.can_fetch(url, AGENT):
            message = f"{url}: its host asks programs not to fetch it (robots.txt)"
            raise RefusedError(message, url, "robots")
        rate = rules.request_rate(AGENT)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(rules.crawl_delay(AGENT) or 0.0, by_rate)

    def _rules_of(self, url: str) -> Protego | None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._read(f"{origin}/robots.txt")
            return self._rules[origin]

    def _read(self, url: str) -> Protego | None:
        try:
            answer = self._ask(url)
        except SourceError as error:
            if error.reason == "private_address":
                raise
            return None
        return None if answer.text is None else Protego.parse(answer.text)

"""A real HTTP server on loopback, whose answers a test writes byte by byte."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from govreq.source.fetch.crawl import FetchOutcome, FetchSettings, fetch_pages
from govreq.source.fetch.limits import FetchLimits

Headers = dict[str, str]
Answer = Callable[[Headers], Iterator[bytes]]
QUICK = FetchLimits(
    connect=1.0, total=1.5, size=200_000, attempts=2, interval=0.0, longest_wait=2.0
)


@dataclass
class Site:
    """What the server answers, and what it was asked."""

    port: int = 0
    limits: FetchLimits = QUICK
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    asked: list[tuple[str, float, Headers]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, path: str, *answers: bytes | Answer) -> None:
        """Each request of ``path`` gets the next answer, the last one for ever."""
        for item in answers:
            self.answers[path].append(item if callable(item) else _constant(item))

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def fetch(self, *paths: str, **settings: object) -> list[FetchOutcome]:
        chosen = FetchSettings(**({"limits": self.limits, "allow_private": True} | settings))  # type: ignore[arg-type]
        urls = [path if "://" in path else self.url(path) for path in paths]
        return list(fetch_pages(urls, chosen))


def _constant(content: bytes) -> Answer:
    return lambda headers: iter([content])


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode("latin-1").split()
            headers: Headers = {}
            while text := self.rfile.readline().decode("latin-1").strip():
                name, _, value = text.partition(":")
                headers[name.lower()] = value.strip()
            if len(line) < 2:
                return
            found.asked.append((line[1], time.monotonic(), headers))
            answers = found.answers.get(line[1])
            if not answers:
                missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                answers = [_constant(missing)]
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            with contextlib.suppress(OSError):
                for piece in answer(headers):
                    self.wfile.write(piece)
                self.connection.shutdown(socket.SHUT_WR)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        found.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield found
        server.shutdown()

"""Sixty ways to name an address that is not public: none of them is dialled."""

from __future__ import annotations

import ipaddress
import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import httpcore2
import pytest

from govreq.source.fetch.addresses import find_addresses, is_public
from govreq.source.fetch.crawl import FetchSettings, fetch_pages
from govreq.source.fetch.limits import FetchLimits

if TYPE_CHECKING:
    from tests.source.fetch.conftest import Site

LIMITS = FetchLimits(connect=0.5, total=1.0, interval=0.0, attempts=1)
# fmt: off
SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7F.1",
    "017700000001", "0177.0.0.1", "0177.1", "127.0.0.1.", "127.255.255.254", "0.0.0.0", "0",
    "0x0", "10.0.0.1", "10.1", "167772161", "0xa000001", "012.0.0.1", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "192.168.1", "3232235521", "0xc0a80001", "169.254.169.254",
    "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "100.64.0.1", "100.127.255.255",
    "198.18.0.1", "192.0.0.192", "168.63.129.16", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "192.0.2.1", "203.0.113.9", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]",
    "[2001:0:4136:e378::1]", "[2001:db8::1]",
]
# fmt: on
NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "metadata.google.internal": ["169.254.169.254"],
    "intranet.example": ["10.0.0.5"],
    "mixed.example": ["93.184.216.34", "127.0.0.1"],
    "six.example": ["::ffff:10.0.0.1"],
    "rebound.example": ["192.168.0.9"],
}


class Dialled(httpcore2.NetworkBackend):
    """Writes down what is dialled, and connects to nothing."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        self.addresses.append(host)
        answer = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.1:9/\r\n\r\n"
        return httpcore2.MockStream([answer])


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> Dialled:
    backend = Dialled()
    monkeypatch.setattr(httpcore2, "SyncBackend", lambda: backend)
    return backend


def resolve(host: str, port: int) -> Sequence[str]:
    if host in NAMES:
        return NAMES[host]
    raise OSError(f"{host} is unknown")


def reasons(url: str, resolver: Any = resolve) -> list[str]:
    settings = FetchSettings(LIMITS, resolve=resolver)
    return [item.error.reason if item.error else "" for item in fetch_pages([url], settings)]


def test_there_are_sixty_spellings() -> None:
    assert len(set(SPELLINGS)) >= 60


@pytest.mark.parametrize("host", [*SPELLINGS, *NAMES])
def test_no_private_address_is_dialled(dialled: Dialled, host: str) -> None:
    reason = "not_http" if host.startswith(("0177.0", "012.", "0251.")) else "private_address"
    assert reasons(f"http://{host}:9/a") == [reason]
    assert dialled.addresses == []


@pytest.mark.parametrize(
    "url",
    [
        "http://１２７.０.０.１/",
        "http://127.0.0.1:80@8.8.8.8/",
        "http://[fe80::1%25eth0]/",
        "http://0x7f.0x0.0x0.0x1.0x1/",
        "http://256.256.256.256/",
        "http://[::1/",
        "http:///127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:11211/",
        "ftp://127.0.0.1/",
        "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    ],
)
def test_no_odd_address_is_dialled(dialled: Dialled, url: str) -> None:
    assert reasons(url) != [""]
    assert dialled.addresses == []


def test_what_was_checked_is_what_is_dialled(dialled: Dialled) -> None:
    """The name changes to a private address between two questions; it is asked once a dial."""
    answers = itertools.chain([["93.184.216.34"]], itertools.repeat(["127.0.0.1"]))
    reasons("http://rebinding.example/a", lambda host, port: next(answers))
    assert dialled.addresses == ["93.184.216.34"]


def test_a_redirect_to_a_private_address_is_not_dialled(dialled: Dialled) -> None:
    assert reasons("http://public.example/a", lambda host, port: ["93.184.216.34"]) == [
        "private_address"
    ]
    assert set(dialled.addresses) == {"93.184.216.34"}


def test_a_redirect_of_a_real_server_is_checked(site: Site) -> None:
    """The first host is allowed by name; the second is loopback by its own."""
    location = f"http://[::ffff:127.0.0.1]:{site.port}/secret"
    answer = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n"
    site.answer("/page", answer.encode())
    (outcome,) = site.fetch("/page", allow_private=False)
    assert outcome.error is not None
    assert outcome.error.reason == "private_address"
    assert site.asked == []


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.216.34", "2606:4700::1", "64:ff9b::808:808"])
def test_public_addresses_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))
    assert find_addresses("a.example", 80, lambda host, port: [text], allow_private=False) == (
        text,
    )


def test_private_addresses_may_be_allowed() -> None:
    assert find_addresses("127.1", 80, resolve, allow_private=True) == ("127.0.0.1",)


def test_a_name_without_address_is_named() -> None:
    with pytest.raises(OSError, match="no address"):
        find_addresses("a.example", 80, lambda host, port: [], allow_private=True)

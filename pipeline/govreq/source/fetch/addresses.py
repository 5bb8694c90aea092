"""Addresses: which of them are public, and what a host's name stands for."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLong
from threading import Thread

from govreq.errors import RefusedError

Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a host's name; raises ``OSError`` where there are none."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_UNICAST = ipaddress.ip_network("2000::/3")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # its last 32 bits are an IPv4 address
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments, among them metadata services
        "192.88.99.0/24",  # relays that carry packets to any address
        "168.63.129.16/32",  # a cloud's own services behind a public address
        "2001::/23",  # tunnels and protocol assignments
        "2002::/16",  # tunnels to any IPv4 address
        "3fff::/20",  # documentation
        "5f00::/16",
    )
)

# Accepts "127.1", "0x7f000001", "017700000001", "1.2.3"; refuses "1.example", "x1".
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}", re.IGNORECASE)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and leads to no other kind of address.

    >>> [is_public(ipaddress.ip_address(text)) for text in ("8.8.8.8", "10.0.0.1", "::1")]
    [True, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST or address.scope_id is not None:
            return False
    if any(address in network for network in _NOT_PUBLIC if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def find_addresses(
    host: str, port: int, resolve: Resolver, *, allow_private: bool
) -> tuple[str, ...]:
    """The addresses to dial for ``host``, each checked: what is given back is what is dialled.

    Raises:
        RefusedError: the host has an address that is not public (``private_address``).
        OSError: the name cannot be resolved.
    """
    name = host.strip("[]").rstrip(".")
    numbered = _read_number(name)
    texts = [numbered] if numbered else list(resolve(name, port))
    addresses: list[str] = []
    for text in texts:
        address = ipaddress.ip_address(text)
        if not allow_private and not is_public(address):
            message = f"{host}: stands for {address}, which is not a public address"
            raise RefusedError(f"{message}; --allow-private", host, "private_address")
        addresses.append(str(address))
    if not addresses:
        raise OSError(f"{host} has no address")
    return tuple(dict.fromkeys(addresses))


def _read_number(host: str) -> str | None:
    """The address that a host written in numbers is, in any of the spellings that systems take."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not _NUMBERS.fullmatch(host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError as error:
        raise OSError(f"{host} is no address") from error


def resolve_name(host: str, port: int, seconds: float = 5.0) -> Sequence[str]:
    """The addresses that the system's resolver gives, within ``seconds``."""
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.set_result([str(item[4][0]) for item in found])
        except (OSError, UnicodeError) as error:
            answer.set_exception(OSError(f"{host} cannot be resolved: {error}"))

    Thread(target=ask, daemon=True, name="resolve").start()
    try:
        return answer.result(timeout=seconds)
    except WaitedTooLong as error:
        raise OSError(f"{host} cannot be resolved in {seconds:g} s") from error

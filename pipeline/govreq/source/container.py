"""Containers: files that hold several pages. Each kind is one file of ``source/containers``.

A page within a container is named ``batch.zip!a.html``. To add a kind, add a module to
:mod:`govreq.source.containers` that holds a :class:`Container` named ``CONTAINER``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import BinaryIO

from govreq.settings import Settings

SEPARATOR = "!"
"""Stands between a container's path and the name of a page in it."""

HEAD = 4096
"""So many first bytes of a file say whether it is a container."""


@dataclass(frozen=True, slots=True)
class Member:
    """One page of a container: its bytes, or where they are stored, and what is said about it.

    The fields after ``stored_at`` mean what they mean in :class:`~govreq.source.document.Document`.
    """

    content: bytes = b""
    stored_at: str | None = None
    encoding: str | None = None
    origin: str | None = None
    url: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The names of a container's pages, in its order, and of what is passed over."""

    pages: tuple[str, ...]
    left_aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of container.

    ``recognises`` judges a file by its first bytes. ``list_pages`` and ``read_page`` take the open
    file and its path, which errors name, and raise :class:`~govreq.errors.SourceError`.
    """

    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    list_pages: Callable[[BinaryIO, str, Settings], Listing]
    read_page: Callable[[BinaryIO, str, str, Settings], Member]


@cache
def load_containers() -> tuple[Container, ...]:
    """Every kind of container, in the order of their modules' names."""
    from govreq.source import containers

    names = sorted(module.name for module in pkgutil.iter_modules(containers.__path__))
    modules = [importlib.import_module(f"{containers.__name__}.{name}") for name in names]
    return tuple(module.CONTAINER for module in modules)


def recognise_container(head: bytes) -> Container | None:
    """The kind of container that a file with these first bytes is, else None."""
    return next((kind for kind in load_containers() if kind.recognises(head)), None)


def container_suffixes() -> frozenset[str]:
    """The suffixes that containers have in folders."""
    return frozenset(suffix for kind in load_containers() for suffix in kind.suffixes)


def each_once(names: Iterator[str]) -> tuple[str, ...]:
    """``names`` without repetitions, in their order."""
    return tuple(dict.fromkeys(names))

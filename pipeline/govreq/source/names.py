"""Names: which files of a folder or an archive are pages, and how a source is shown."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Container, Sequence

from govreq.source.container import container_suffixes
from govreq.source.media_type import COMPRESSED_SUFFIX, SUFFIXES

PAGE_PARTS = "_files"
"""Browsers save the parts of ``page.html`` into ``page_files``: they are no pages of their own."""

# Accepts "\x1b", "\n"; refuses " ", "é".
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def is_page_name(name: str) -> bool:
    """Whether a folder's file of this name is read.

    >>> is_page_name("report.HTML"), is_page_name("report.html.gz"), is_page_name("style.css")
    (True, True, False)
    """
    return not name.startswith(".") and suffix_of(name) in SUFFIXES | container_suffixes()


def suffix_of(name: str) -> str:
    """The suffix that says what a file is, without that of its compression.

    >>> suffix_of("crawl.WARC.gz"), suffix_of("page")
    ('.warc', '')
    """
    return posixpath.splitext(name.lower().removesuffix(COMPRESSED_SUFFIX))[1]


def holds_pages(folder: str, siblings: Container[str]) -> bool:
    """Whether a folder of this name, beside files named ``siblings``, may hold pages of its own."""
    if folder.startswith(".") and folder not in (".", ".."):
        return False
    if folder == "__MACOSX":
        return False
    page = folder.removesuffix(PAGE_PARTS)
    return page == folder or not any(f"{page}{suffix}" in siblings for suffix in SUFFIXES)


def is_page_path(parts: Sequence[str], files: Container[str]) -> bool:
    """Whether an archive's member, its path in ``parts``, is read; ``files`` are all the paths."""
    if not is_page_name(parts[-1]):
        return False
    for depth, folder in enumerate(parts[:-1]):
        above = "/".join(parts[:depth])
        page = f"{above}/{folder}" if above else folder
        page = page.removesuffix(PAGE_PARTS)
        if not holds_pages(folder, ()):
            return False
        if folder.endswith(PAGE_PARTS) and any(f"{page}{suffix}" in files for suffix in SUFFIXES):
            return False
    return True


def printable_source(source: str) -> str:
    r"""The source as it is shown and stored: bytes that are no UTF-8 are written as ``\xNN``.

    >>> printable_source(os.fsdecode(b"caf\xe9.html"))
    'caf\\xe9.html'
    """
    text = os.fsencode(source).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda control: f"\\x{ord(control.group()):02x}", text)

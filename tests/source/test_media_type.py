"""The bytes decide what a document is, whatever its name says."""

from __future__ import annotations

import pytest

from govreq.source.media_type import (
    FORMATS,
    READ_MEDIA_TYPES,
    describe_media_type,
    identify_media_type,
)

PAGE = "<!DOCTYPE html><html><head><title>Größe</title></head><body><p>1,204 requests</p></body>"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PAGE.encode(), "text/html"),
        (PAGE.encode("utf-16"), "text/html"),
        (PAGE.encode("utf-16-le"), "text/html"),
        (PAGE.encode("utf-16-be"), "text/html"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "text/html"),
        (PAGE.encode("latin-1"), "text/html"),
        (b"\n\n  <p>A page without a head", "text/html"),
        (b"<!-- saved --><div>x</div>", "text/html"),
        (b"<p>NUL\x00 in a page\x00</p>", "text/html"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><p/>", "application/xhtml+xml"),
        (b"Requests rose by 5%, if x < y.", "text/plain"),
        ("Zahl der Anfragen: größer".encode("latin-1"), "text/plain"),
        ("政府の要請".encode("shift_jis"), "text/plain"),
        ("Anfragen: 1.204".encode("utf-16"), "text/plain"),
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"\n\n%PDF-1.4", "application/pdf"),
        (b"<p>The header %PDF-1.7 starts a PDF", "text/html"),
        (b"PK\x03\x04\x14\x00", "application/zip"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b'{"requests": 1204}', "application/json"),
        (b"From: <Saved>\r\nContent-Type: multipart/related; x\r\n\r\n<html>", "multipart/related"),
        (bytes(range(256)) * 8, "application/octet-stream"),
        (b"\x7fELF\x02\x01\x01", "application/octet-stream"),
    ],
)
def test_the_bytes_decide(content: bytes, media_type: str) -> None:
    assert identify_media_type(content) == media_type


def test_only_the_first_bytes_are_looked_at() -> None:
    assert identify_media_type(b"text " * 20_000 + bytes(100_000)) == "text/plain"


@pytest.mark.parametrize("media_type", ["image/png", "application/zip", "font/woff2"])
def test_what_is_not_read_is_described(media_type: str) -> None:
    assert media_type not in READ_MEDIA_TYPES
    assert describe_media_type(media_type)


def test_no_suffix_belongs_to_two_formats() -> None:
    suffixes = [suffix for item in FORMATS for suffix in item.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)

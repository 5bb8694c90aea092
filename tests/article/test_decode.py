"""Encodings: declared rightly, wrongly or not at all."""

from __future__ import annotations

import pytest

from govreq.article.decode import decode_page
from govreq.source.document import Document

SENTENCE = "Zürich’s café chain said “no” to 27,664 requests — that is 40 % über dem Vorjahr."
RUSSIAN = (
    "Компания получила 1204 запроса от полиции за первое полугодие и отказала в сорока случаях. "
)


def page(text: str, encoding: str, declared: str | None) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["right", "absent", "utf-8", "iso-8859-1", "klingon"])
def test_western_page_reads_right(encoding: str, declared: str) -> None:
    name = {"right": encoding, "absent": None}.get(declared, declared)
    decoded = decode_page(Document(page(SENTENCE, encoding, name), "page"))
    assert SENTENCE in decoded.text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8"])
def test_russian_page_reads_right_when_declared(encoding: str) -> None:
    decoded = decode_page(Document(page(RUSSIAN, encoding, encoding), "page"))
    assert (RUSSIAN in decoded.text, decoded.warnings) == (True, ())


def test_guess_and_contradiction_are_marked() -> None:
    guessed = decode_page(Document(page(SENTENCE, "cp1252", None), "page"))
    assert guessed.warnings == ("encoding_guessed",)
    wrong = decode_page(Document(page(SENTENCE, "utf-8", "iso-8859-1"), "page"))
    assert wrong.warnings == ("encoding_contradicted",)


def test_transport_goes_before_the_page() -> None:
    content = page(RUSSIAN, "koi8-r", "windows-1251")
    assert RUSSIAN in decode_page(Document(content, "page", encoding="koi8-r")).text


def test_two_encodings_in_one_page_are_marked_damaged() -> None:
    content = page(SENTENCE * 3, "utf-8", "utf-8") + SENTENCE[:9].encode("cp1252", "replace")
    decoded = decode_page(Document(content, "page"))
    assert SENTENCE in decoded.text
    assert "encoding_damaged" in decoded.warnings

"""The same article, however it was saved, and in whichever encoding: the same records."""

from __future__ import annotations

import gzip
import io
import json
import quopri
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govreq.article.read import read_article
from govreq.extraction import extract
from govreq.source.document import Document
from govreq.source.local import find_sources, read_document

URL = "https://news.example/demands"
BODY = "Google received 1,204 government requests for user data from Germany in 2021."
PAGE = (
    f'<html><head><meta charset="utf-8"><link rel="canonical" href="{URL}"><title>Demands</title>'
    f"</head><body><article><p>{BODY}</p></article></body></html>"
).encode()


def as_html(folder: Path) -> Path:
    (folder / "page.html").write_bytes(PAGE)
    return folder / "page.html"


def as_gzip(folder: Path) -> Path:
    (folder / "page.html.gz").write_bytes(gzip.compress(PAGE))
    return folder / "page.html.gz"


def as_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "page.zip", "w") as archive:
        archive.writestr("a.html", PAGE)
    return folder / "page.zip"


def as_mhtml(folder: Path) -> Path:
    (folder / "page.mhtml").write_bytes(
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(PAGE)
        + b"\r\n--b--\r\n"
    )
    return folder / "page.mhtml"


def as_warc(folder: Path) -> Path:
    with (folder / "page.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        payload = io.BytesIO(PAGE)
        writer.write_record(writer.create_warc_record(URL, "response", payload, http_headers=http))
    return folder / "page.warc.gz"


def records_of(document: Document) -> list[dict[str, object]]:
    """The records, without what says where the page was read and which bytes it was."""
    found = [record.model_dump(mode="json") for record in extract(document).records]
    for record in found:
        del record["document"]["source"], record["document"]["sha256"]
    return found


@pytest.mark.parametrize("save", [as_gzip, as_zip, as_mhtml, as_warc])
def test_every_form_gives_the_same_records(tmp_path: Path, save: object) -> None:
    assert callable(save)
    expected = records_of(read_document(str(as_html(tmp_path))))
    (source,) = find_sources([str(save(tmp_path))])
    assert len(expected) == 1
    assert records_of(read_document(source)) == expected


def test_standard_input_gives_the_same_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = records_of(read_document(str(as_html(tmp_path))))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE)))
    assert json.dumps(records_of(read_document("-"))) == json.dumps(expected)


ENCODINGS = {
    "utf-8": "Zürich’s café said “no” — 27,664 requests.",
    "utf-16-le": "Zürich’s café said “no” — 27,664 requests.",
    "utf-16-be": "Zürich’s café said “no” — 27,664 requests.",
    "cp1252": "Zürich’s café said “no” — 27,664 requests.",
    "iso-8859-15": "Zürich café said no, at 5 €: 27,664 requests.",
    "cp1250": "Łódź i Kraków: 27,664 requests, źródło: ministerstwo.",
    "iso-8859-2": "Łódź i Kraków: 27,664 requests, źródło: ministerstwo.",
    "cp1251": "Компания получила 27,664 запроса от полиции.",
    "koi8-r": "Компания получила 27,664 запроса от полиции.",
    "cp932": "政府からの要請は27,664件でした。",
    "gb18030": "政府的请求为27,664件，公司拒绝了一半。",
    "cp949": "정부의 요청은 27,664건이었다.",
}
UNSURE = {"encoding_guessed", "encoding_contradicted", "encoding_damaged"}
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", ["right", "absent", "wrong", "mark"])
def test_an_encoding_is_read_or_named_unsure(encoding: str, declared: str) -> None:
    text = ENCODINGS[encoding]
    wrong = "iso-8859-1" if encoding == "utf-8" else "utf-8"
    meta = {"right": encoding, "wrong": wrong}.get(declared)
    head = f'<meta charset="{meta}">' if meta else ""
    content = f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode(encoding)
    if declared == "mark":
        mark = MARKS.get(encoding, b"\xef\xbb\xbf")
        content = mark + (content if encoding in MARKS else content.decode(encoding).encode())
    article = read_article(Document(content, "page"))
    assert text in article.text or UNSURE.intersection(article.warnings)
    assert "27,664" in article.text

"""Pages within files: MHTML, zip, WARC and manifests, whole, damaged and hostile."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from govreq.errors import SourceError
from govreq.settings import Settings
from govreq.source.document import Document
from govreq.source.local import find_sources, read_document

PAGE = (
    b"<html><body><p>Initech received 1,204 requests \xe2\x80\x94 more than ever.</p></body></html>"
)
SMALL = Settings(max_document_bytes=1000, max_archive_members=50, max_archive_bytes=5000)

# --- zip


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read_all(*paths: Path | str) -> dict[str, Document | str]:
    """What each page of the files is, or the reason why it is none."""
    found: dict[str, Document | str] = {}
    for source in find_sources([str(path) for path in paths]):
        try:
            found[source] = read_document(source, SMALL)
        except SourceError as error:
            found[source] = error.reason if "\n" not in str(error) else "several lines"
    return found


def test_the_pages_of_a_zip_are_documents(tmp_path: Path) -> None:
    left: list[str] = []
    path = make_zip(
        tmp_path / "batch.zip",
        {
            "b.html": PAGE,
            "sub/a.html.gz": gzip.compress(PAGE),
            "b_files/frame.html": PAGE,
            "__MACOSX/b.html": PAGE,
            "style.css": b"p {}",
        },
    )
    sources = list(find_sources([str(tmp_path)], left.append))
    assert sources == [f"{path}!b.html", f"{path}!sub/a.html.gz"]
    assert left == [f"{path}!__MACOSX/b.html", f"{path}!b_files/frame.html", f"{path}!style.css"]
    for source in sources:
        document = read_document(source)
        assert (document.content, document.source) == (PAGE, source)


def test_one_page_of_a_zip_may_be_named(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a!b.zip", {"x!y.html": PAGE, "z.html": PAGE})
    assert read_document(f"{path}!x!y.html").content == PAGE
    with pytest.raises(SourceError, match="holds 2 pages; name one as"):
        read_document(str(path))
    with pytest.raises(SourceError, match="no such member"):
        read_document(f"{path}!none.html")


def test_an_archive_of_one_page_is_that_page(tmp_path: Path) -> None:
    assert read_document(str(make_zip(tmp_path / "a.html", {"p.html": PAGE}))).content == PAGE


def _link(path: Path, mode: int = stat.S_IFLNK) -> None:
    info = zipfile.ZipInfo("a.html")
    info.external_attr = (mode | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")


def _same_name(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("a.html", PAGE)
        archive.writestr("a.html", PAGE + b"other")


def _overlapping(path: Path) -> None:
    """Two entries of the directory that name the same bytes."""
    make_zip(path, {"a.html": PAGE, "b.html": PAGE})
    content = path.read_bytes()
    second = content.rindex(b"PK\x01\x02")
    offset = second + 42
    path.write_bytes(content[:offset] + bytes(4) + content[offset + 4 :])


def _lying_size(path: Path) -> None:
    """A bomb whose directory says that it is small."""
    make_zip(path, {"a.html": bytes(1_000_000)})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<L", 500)
    path.write_bytes(bytes(content))


def _encrypted(path: Path) -> None:
    make_zip(path, {"a.html": PAGE})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1
    path.write_bytes(bytes(content))


def _nested(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.html", PAGE)
    make_zip(path, {"a.zip": inner.getvalue()})


def _named(*names: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        make_zip(path, dict.fromkeys(names, PAGE))

    return make


def _of_size(size: int, members: int = 1) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        make_zip(path, {f"{number}.html": bytes(size) for number in range(members)})

    return make


def _cut(path: Path) -> None:
    make_zip(path, {"a.html": PAGE})
    path.write_bytes(path.read_bytes()[:-30])


def _unusual(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.html", PAGE)


def _damaged(path: Path) -> None:
    make_zip(path, {"a.html": PAGE})
    content = path.read_bytes()
    path.write_bytes(content[:60] + b"\xff" * 10 + content[70:])


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "bomb": (_of_size(1_000_000), "too_large"),
    "bomb that lies": (_lying_size, "damaged_zip"),
    "many large members": (_of_size(900, 40), "too_large"),
    "100,000 members": (_of_size(0, 100_000), "too_many_members"),
    "overlapping": (_overlapping, "overlapping_members"),
    "above": (_named("../a.html"), "unsafe_name"),
    "absolute": (_named("/etc/a.html"), "unsafe_name"),
    "drive": (_named("C:\\a.html"), "unsafe_name"),
    "device name": (_named("aux.html"), "unsafe_name"),
    "link": (_link, "link"),
    "device": (lambda path: _link(path, stat.S_IFBLK), "not_a_file"),
    "same name": (_same_name, "same_name"),
    "encrypted": (_encrypted, "encrypted"),
    "zip in zip": (_nested, "nested_archive"),
    "cut": (_cut, "damaged_zip"),
    "damaged": (_damaged, "damaged_zip"),
    "bzip2": (_unusual, "unsupported"),
    "no page": (_named("style.css"), "no_pages"),
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_hostile_zip_is_refused_by_name(tmp_path: Path, fault: str) -> None:
    make, reason = HOSTILE[fault]
    path = tmp_path / "in" / "batch.zip"
    path.parent.mkdir()
    make(path)
    before = sorted(tmp_path.rglob("*"))
    tracemalloc.start()
    found = read_all(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert set(found.values()) == {reason}
    assert peak < SMALL.max_archive_bytes + 64 * 2**20
    assert sorted(tmp_path.rglob("*")) == before, "nothing is written"


# --- MHTML

MHTML = (
    b"From: <Saved by Blink>\r\n"
    b"Snapshot-Content-Location: https://news.example/initech\r\n"
    b"Subject: Demands\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--x----"\r\n'
    b"\r\n\r\n------Part--x----\r\n"
    b"Content-Type: %s\r\nContent-ID: <frame-0@mhtml.blink>\r\n"
    b"Content-Transfer-Encoding: %s\r\nContent-Location: https://news.example/initech\r\n\r\n"
    b"%s\r\n------Part--x----\r\n"
    b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n"
    b"------Part--x------\r\n"
)


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "binary", "8bit"])
def test_an_mhtml_page_is_its_page(tmp_path: Path, transfer: str) -> None:
    import base64
    import quopri

    body = {
        "quoted-printable": quopri.encodestring(PAGE).replace(b"\n", b"\r\n"),
        "base64": base64.encodebytes(PAGE).replace(b"\n", b"\r\n"),
    }.get(transfer, PAGE)
    path = tmp_path / "page.mhtml"
    path.write_bytes(MHTML % (b'text/html; charset="utf-8"', transfer.encode(), body))
    document = read_document(str(path))
    assert document.content.strip() == PAGE
    assert document.encoding == "utf-8"
    assert document.origin == "https://news.example/initech"
    assert document.media_type == "text/html"


@pytest.mark.parametrize(
    "content",
    [
        b"Content-Type: multipart/related; boundary=x\r\n\r\nno part\r\n",
        b"Content-Type: multipart/related\r\n\r\n--x\r\n\r\n<p>y\r\n--x--",
        b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n.",
        b'Content-Type: multipart/related; boundary="x"\r\n\r\n'
        + b'--x\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' * 10_000,
    ],
)
def test_an_mhtml_without_a_page_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_document(str(path))
    assert caught.value.reason == "damaged_mhtml"


# --- manifest


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.csv", "path,url,date\na.html,https://news.example/a,2021-08-02\nb.zip!b.html,,\n"),
        ("m.csv", "\ufeffdate;path;note\n2021-08-02;a.html;x\n;b.zip!b.html;\n"),
        ("m.jsonl", '{"path": "a.html", "date": "2021-08-02"}\n{"path": "b.zip!b.html"}\n'),
    ],
)
def test_a_manifest_says_more_than_the_page(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    make_zip(tmp_path / "b.zip", {"b.html": PAGE})
    manifest = tmp_path / name
    manifest.write_text(content)
    sources = list(find_sources([str(manifest)]))
    assert sources == [f"{manifest}!a.html", f"{manifest}!b.zip!b.html"]
    first, second = map(read_document, sources)
    assert (first.content, first.published) == (PAGE, date(2021, 8, 2))
    assert (second.content, second.published, second.source) == (PAGE, None, sources[1])
    assert first.url == ("https://news.example/a" if "url" in content else None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("path,date\na.html,2021-13-02\n", "damaged_manifest"),
        ("path,url\na.html,javascript:x\n", "damaged_manifest"),
        ("url,path\nhttps://news.example/a,\n", "damaged_manifest"),
        ("path,url\n", "no_pages"),
        ('{"path": "a.html"}\n{"path": \n', "damaged_manifest"),
        ('{"path": "a.html"}\n[1]\n', "damaged_manifest"),
        ("path\nmissing.html\n", "not_found"),
    ],
)
def test_a_broken_manifest_is_named(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(content)
    assert reason in read_all(manifest).values()


def test_a_manifest_names_no_manifest(tmp_path: Path) -> None:
    manifest = tmp_path / "m.csv"
    manifest.write_text("path\nn.csv\n")
    (tmp_path / "n.csv").write_text("path\nm.csv\n")
    assert set(read_all(manifest).values()) == {"nested"}


def test_prose_about_a_path_is_no_manifest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Path to reform, and more requests\n\nInitech received 1,204 requests.\n")
    assert list(find_sources([str(path)])) == [str(path)]

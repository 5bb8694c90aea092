"""Files, folders, globs and standard input: every page once, every failure named."""

from __future__ import annotations

import gzip
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from govreq.errors import NotFoundError, RefusedError, SourceError, UnreadableError
from govreq.settings import Settings
from govreq.source.local import find_sources, read_document
from govreq.source.names import is_page_name

PAGE = b"<html><body><p>Initech received 1,204 requests.</p></body></html>"
SMALL = Settings(max_document_bytes=1000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of pages as people keep them."""
    for name in ("b.html", "a.HTM", "sub/c.html", "sub/deep/d.xhtml", "e.txt", "f.html.gz"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)
    for name in ("style.css", "b_files/frame.html", ".hidden.html", ".git/x.html", "report.docx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)
    return tmp_path


def names(folder: Path, *paths: str) -> list[str]:
    found = find_sources([str(folder / path) if path != "-" else path for path in paths])
    return [os.path.relpath(path, folder) if path != "-" else path for path in found]


def test_a_folder_is_searched_in_the_order_of_its_names(folder: Path) -> None:
    left: list[str] = []
    found = [os.path.relpath(path, folder) for path in find_sources([str(folder)], left.append)]
    assert found == ["a.HTM", "b.html", "e.txt", "f.html.gz", "sub/c.html", "sub/deep/d.xhtml"]
    assert sorted(os.path.relpath(path, folder) for path in left) == [
        ".git",
        ".hidden.html",
        "b_files",
        "report.docx",
        "style.css",
    ]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["report.docx"], ["report.docx"]),
        (["*.html"], ["b.html"]),
        (["sub/**/*.xhtml"], ["sub/deep/d.xhtml"]),
        (["none-*.html"], ["none-*.html"]),
        (["missing.html"], ["missing.html"]),
        (["-", "b.html", "-"], ["-", "b.html"]),
        (["b.html", "b.html"], ["b.html"]),
        (["sub/c.html", "sub"], ["sub/c.html", "sub/deep/d.xhtml"]),
        (["sub", "sub/c.html"], ["sub/c.html", "sub/deep/d.xhtml"]),
        (["sub", "sub/deep"], ["sub/c.html", "sub/deep/d.xhtml"]),
    ],
)
def test_each_page_is_found_once(folder: Path, paths: list[str], expected: list[str]) -> None:
    assert names(folder, *paths) == expected


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    (tmp_path / "a[1].html").write_bytes(PAGE)
    (tmp_path / "a1.html").write_bytes(PAGE)
    assert names(tmp_path, "a[1].html") == ["a[1].html"]


def test_a_loop_of_folders_is_entered_once(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "sub" / "self").symlink_to(folder / "sub", target_is_directory=True)
    assert names(folder, "sub") == [
        "sub/c.html",
        "sub/deep/d.xhtml",
        "sub/up/a.HTM",
        "sub/up/b.html",
        "sub/up/e.txt",
        "sub/up/f.html.gz",
    ]


def test_a_link_to_itself_is_named_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop.html").symlink_to(tmp_path / "loop.html")
    assert names(tmp_path, ".") == ["loop.html"]
    with pytest.raises(UnreadableError) as caught:
        read_document(str(tmp_path / "loop.html"))
    assert caught.value.reason == "unreadable"


def test_a_page_is_read(folder: Path) -> None:
    document = read_document(str(folder / "b.html"))
    assert (document.content, document.media_type) == (PAGE, "text/html")
    assert document.source == str(folder / "b.html")


@pytest.mark.parametrize("pages", [1, 3])
def test_a_compressed_page_is_the_page(tmp_path: Path, pages: int) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(b"".join(gzip.compress(PAGE) for _ in range(pages)))
    assert read_document(str(path)).content == PAGE * pages


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE)))
    document = read_document("-")
    assert (document.content, document.source) == (PAGE, "-")


def _make_pipe(path: Path) -> None:
    os.mkfifo(path)


def _make_folder(path: Path) -> None:
    path.mkdir()


def _make_dangling(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def _nothing(path: Path) -> None:
    del path


def write(content: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


@pytest.mark.parametrize(
    ("make", "error", "reason"),
    [
        (_nothing, NotFoundError, "not_found"),
        (_make_dangling, NotFoundError, "not_found"),
        (_make_folder, UnreadableError, "is_a_folder"),
        (_make_pipe, RefusedError, "not_a_file"),
        (write(b""), RefusedError, "empty"),
        (write(b" \r\n\t \n"), RefusedError, "empty"),
        (write(b"\xef\xbb\xbf"), RefusedError, "empty"),
        (write(b"\x89PNG\r\n\x1a\n"), RefusedError, "unsupported"),
        (write(bytes(range(256))), RefusedError, "unsupported"),
        (write(b"x" * 1001), RefusedError, "too_large"),
        (write(gzip.compress(b"x" * 1001)), RefusedError, "too_large"),
        (write(gzip.compress(gzip.compress(PAGE))), RefusedError, "unsupported"),
        (write(gzip.compress(PAGE)[:40]), UnreadableError, "damaged_gzip"),
        (write(gzip.compress(PAGE)[:-8] + bytes(8)), UnreadableError, "damaged_gzip"),
        (write(gzip.compress(b"")), RefusedError, "empty"),
    ],
)
def test_every_failure_is_named(
    tmp_path: Path, make: Callable[[Path], None], error: type[SourceError], reason: str
) -> None:
    path = tmp_path / "page.html"
    make(path)
    with pytest.raises(error) as caught:
        read_document(str(path), SMALL)
    assert caught.value.reason == reason
    assert caught.value.source == str(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    path.chmod(0)
    with pytest.raises(UnreadableError, match="check its permissions"):
        read_document(str(path))


@pytest.mark.parametrize("path", ["a\0b.html", "x" * 5000])
def test_an_impossible_path_is_named(path: str) -> None:
    with pytest.raises(SourceError):
        read_document(next(find_sources([path])))


def test_a_bomb_costs_no_more_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.html.gz"
    path.write_bytes(gzip.compress(bytes(200_000_000)))
    started = time.perf_counter()
    with pytest.raises(RefusedError) as caught:
        read_document(str(path))
    assert caught.value.reason == "too_large"
    assert time.perf_counter() - started < 2


def test_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9\x1b.html"
    with open(raw, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(PAGE)
    (source,) = find_sources([str(tmp_path)])
    assert read_document(source).source == f"{tmp_path}/caf\\xe9\\x1b.html"


@pytest.mark.parametrize("name", ["a.html", "A.HTML", "a.htm", "a.html.gz", "a.b.xhtml", "n.txt"])
def test_page_names(name: str) -> None:
    assert is_page_name(name)
    assert not is_page_name(f".{name}")
    assert not is_page_name(f"{name}.part")

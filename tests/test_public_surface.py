"""The public surface: what it holds, that it is lazy, and that it takes what it promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import govreq
from govreq import errors

PAGE = (
    b"<html><head><title>Demands</title></head><body><article><p>Google received 1,204 government "
    b"requests for user data from Germany in 2021.</p></article></body></html>"
)
SURFACE = {
    "Document",
    "Extraction",
    "Record",
    "Settings",
    "Status",
    "extract",
    "extract_batch",
}
ERRORS = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.GovreqError)
}


def test_the_surface_is_what_is_listed() -> None:
    assert set(govreq.__all__) == SURFACE | ERRORS
    assert dir(govreq) == govreq.__all__ == sorted(govreq.__all__)
    for name in govreq.__all__:
        assert getattr(govreq, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = govreq.nonsense


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys, govreq; print([name for name in sys.modules if 'govreq.' in name])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert loaded.stdout.strip() == b"[]"


def test_every_kind_of_page_gives_the_same_records(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    facts = [
        [(record.company, record.value) for record in govreq.extract(page).records]
        for page in (str(path), path, PAGE, govreq.Document(PAGE, "page.html"))
    ]
    assert facts[0] == [("Google", 1204.0)]
    assert facts.count(facts[0]) == 4


def test_a_page_that_cannot_be_had_raises(tmp_path: Path) -> None:
    with pytest.raises(govreq.NotFoundError):
        govreq.extract(tmp_path / "missing.html")
    with pytest.raises(govreq.RefusedError, match="is empty"):
        govreq.extract(b"")


def test_a_batch_raises_for_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.html").touch()
    results = list(govreq.extract_batch([tmp_path, "missing.html"]))
    assert [result.extraction.status for result in results] == ["ok", "empty", "failed"]

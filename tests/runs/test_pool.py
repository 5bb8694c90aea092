"""A batch: every source has a result, whatever happens to it, and none stops the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from govreq.errors import ModelError
from govreq.extraction import Extraction, Status
from govreq.runs import pool
from govreq.runs.pool import run_batch
from govreq.runs.report import report_result
from govreq.settings import Settings
from govreq.source.document import Document

PAGE = b"<html><body><p>Initech received 1,204 requests from Germany in 2021.</p></body></html>"
Extract = Callable[[Document, Settings], Extraction]


def replace_extraction(monkeypatch: pytest.MonkeyPatch, extract: Extract) -> None:
    monkeypatch.setattr(pool, "extract", extract)


def succeed(document: Document, settings: Settings) -> Extraction:
    return Extraction((), (), Status.OK)


@pytest.mark.parametrize(
    "error", [ValueError("first\nsecond"), RecursionError(), MemoryError(), KeyError("a")]
)
def test_a_fault_of_ours_costs_its_document_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail_on_second(document: Document, settings: Settings) -> Extraction:
        if document.source.endswith("2.html"):
            raise error
        return succeed(document, settings)

    replace_extraction(monkeypatch, fail_on_second)
    sources = [str(tmp_path / f"{number}.html") for number in (1, 2, 3)]
    for source in sources:
        Path(source).write_bytes(PAGE)
    results = list(run_batch(sources))
    assert [result.source for result in results] == sources
    assert [result.extraction.status for result in results] == ["ok", "failed", "ok"]
    failed = results[1].extraction
    assert failed.reason == type(error).__name__
    assert failed.message.startswith(f"{sources[1]}: ")
    assert "\n" not in failed.message


def test_a_missing_model_stops_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document, settings: Settings) -> Extraction:
        raise ModelError("language model 'x' cannot be loaded")

    replace_extraction(monkeypatch, fail)
    (tmp_path / "1.html").write_bytes(PAGE)
    with pytest.raises(ModelError):
        list(run_batch([str(tmp_path / "1.html")]))


def test_what_cannot_be_read_has_a_status_and_a_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    (tmp_path / "report.html").write_bytes(b"\x89PNG\r\n")
    names = ["missing.html", "empty.html", "report.html", "."]
    reports = [report_result(result) for result in run_batch([f"{tmp_path}/{n}" for n in names])]
    assert [(report.status.value, report.reason) for report in reports] == [
        ("failed", "not_found"),
        ("empty", "empty"),
        ("refused", "unsupported"),
        ("failed", "is_a_folder"),
    ]
    assert all(report.sha256 is None and report.message for report in reports)


def test_results_come_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def note(document: Document, settings: Settings) -> Extraction:
        seen.append(document.source)
        return succeed(document, settings)

    replace_extraction(monkeypatch, note)
    sources = [str(tmp_path / f"{number}.html") for number in (1, 2)]
    for source in sources:
        Path(source).write_bytes(PAGE)
    batch = run_batch(sources)
    next(batch)
    assert seen == sources[:1]

"""What several stages' tests share: factories of records and reports, and the console script."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from govreq.records.record import Record
    from govreq.runs.report import DocumentReport

SCRIPT = Path(sys.executable).parent / "govreq"
Run = Callable[..., "subprocess.CompletedProcess[str]"]
SENTENCE = "Initech received 1,204 requests from Germany in the first half of 2021."


@pytest.fixture
def make_record() -> Callable[..., Record]:
    """Makes a valid record; fields that a test is about are given by name."""

    from govreq.records.record import Record

    def make(**fields: Any) -> Record:
        quote = fields.pop("quote", SENTENCE)
        source = fields.pop("source", "pages/initech.html")
        values: dict[str, Any] = {
            "record_id": "0123456789abcdef",
            "statistic": "count",
            "value": 1204,
            "bound": "exact",
            "counted": "requests",
            "outcome": "received",
            "subject": "user_data",
            "legal_process": "all",
            "data": "any",
            "company": "Initech",
            "jurisdiction": "DE",
            "period": {"start": "2021-01-01", "end": "2021-06-30"},
            "document": {
                "source": source,
                "url": "https://news.example/initech",
                "title": "Initech's demands rise",
                "publisher": "Example News",
                "published": "2021-08-02",
                "sha256": "0" * 64,
            },
            "evidence": [
                {
                    "quote": quote,
                    "start": 24,
                    "end": 24 + len(quote),
                    "fields": {"value": {"start": 41, "end": 46, "rule": "quantity:number"}},
                }
            ],
            "confidence": "high",
        }
        return Record.model_validate(values | fields)

    return make


@pytest.fixture
def make_report(make_record: Callable[..., Record]) -> Callable[..., DocumentReport]:
    """Makes the report of one document, by default with one record."""

    from govreq.runs.report import DocumentReport

    def make(**fields: Any) -> DocumentReport:
        record = make_record()
        values: dict[str, Any] = {
            "source": record.document.source,
            "sha256": record.document.sha256,
            "status": "ok",
            "document": record.document,
            "records": (record,),
        }
        return DocumentReport.model_validate(values | fields)

    return make


@pytest.fixture(scope="session")
def run_govreq() -> Run:
    """Runs ``govreq`` with arguments, in a folder, with bytes on standard input."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            [SCRIPT, *arguments],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            env=os.environ | {"COLUMNS": "100"} | environment,
            check=False,
            timeout=120,
        )
        return subprocess.CompletedProcess(
            result.args, result.returncode, result.stdout.decode(), result.stderr.decode()
        )

    return run

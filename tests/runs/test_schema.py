"""The schemas in the repository are those of the models, and what is written fits them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from govreq.records.lines import write_line
from govreq.records.record import Record
from govreq.runs.report import DocumentReport, RejectedNumber
from govreq.runs.schema import MODELS, make_schema

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


@pytest.mark.parametrize("name", MODELS)
def test_the_schema_file_is_not_stale(name: str) -> None:
    path = SCHEMAS / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == make_schema(name), "run `make schema`"


def test_no_schema_file_is_left_over() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{name}.schema.json" for name in MODELS}


@pytest.mark.parametrize("name", MODELS)
def test_the_schema_is_valid_and_named(name: str) -> None:
    schema = json.loads(make_schema(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("draft/2020-12/schema")
    assert schema["$id"].startswith(f"urn:govreq:schema:{name}:")


def validate(name: str, line: str) -> None:
    Draft202012Validator(json.loads(make_schema(name))).validate(json.loads(line))


def test_a_record_fits_its_schema(make_record: Callable[..., Record]) -> None:
    record = make_record(company=None, period=None, bound="range", value=0, value_max=249)
    validate("record", write_line(record))


def test_what_is_no_record_does_not(make_record: Callable[..., Record]) -> None:
    fields = json.loads(write_line(make_record()))
    wrongs: list[dict[str, object]] = [
        {"outcome": "unknown"},
        {"evidence": []},
        {"surprise": 1},
        {"value": "many"},
    ]
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            validate("record", json.dumps(fields | wrong))


def test_a_report_fits_its_schema(make_report: Callable[..., DocumentReport]) -> None:
    rejected = RejectedNumber(source="x", start=3, end=7, quote="2021", reason="year")
    validate("extraction", write_line(make_report(rejections=(rejected,))))
    validate("extraction", write_line(make_report(records=(), sha256=None, document=None)))
    validate("rejection", write_line(rejected))

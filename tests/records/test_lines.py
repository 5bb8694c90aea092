"""Records as lines: what is written reads back the same, and a bad line is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from govreq.errors import RecordFileError
from govreq.records.lines import read_records, write_line
from govreq.records.record import Record

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(company=TEXT, quote=TEXT, value=st.floats(0, 1e15))
def test_records_read_back_the_same(
    make_record: Callable[..., Record],
    tmp_path: Path,
    company: str,
    quote: str,
    value: float,
) -> None:
    record = make_record(company=company, quote=quote, value=value)
    line = write_line(record)
    assert len(line.splitlines()) == 1
    path = tmp_path / "records.jsonl"
    path.write_text(f"{line}\n\n{line}\n", encoding="utf-8", newline="\n")
    assert list(read_records(path)) == [record, record]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"value": 3}\n', "line 2: record_id: Field required"),
        (b"not json\n", "line 2: line: Invalid JSON"),
        (b"\xff\xfe\n", "is not UTF-8"),
    ],
)
def test_a_line_that_is_no_record_is_named(
    make_record: Callable[..., Record], tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(write_line(make_record()).encode() + b"\n" + content)
    with pytest.raises(RecordFileError, match=message) as caught:
        list(read_records(path))
    assert str(caught.value).startswith(str(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordFileError, match="cannot be read"):
        list(read_records(tmp_path / "missing.jsonl"))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_record_holds_no_number_that_json_cannot(
    make_record: Callable[..., Record], value: float
) -> None:
    with pytest.raises(ValidationError, match="finite"):
        make_record(value=value)

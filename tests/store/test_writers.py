"""Outputs: the same bytes for the same records, nothing for a spreadsheet or terminal to run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreq.records.record import Record
from govreq.store.formats.csv import COLUMNS, defuse_cell, flatten_record
from govreq.store.formats.table import TableWriter, describe_figure, describe_period
from govreq.store.writers import load_writers

MakeRecord = Callable[..., Record]


def write(name: str, records: Sequence[Record]) -> str:
    stream = io.StringIO()
    writer = load_writers()[name](stream)
    writer.write_records(records)
    writer.finish()
    return stream.getvalue()


def test_every_format_is_registered_and_described() -> None:
    writers = load_writers()
    assert list(writers) == ["csv", "jsonl", "table"]
    assert all(kind.__doc__ for kind in writers.values())


@pytest.mark.parametrize("name", ["csv", "jsonl", "table"])
def test_the_same_records_give_the_same_bytes(name: str, make_record: MakeRecord) -> None:
    records = [make_record(), make_record(record_id="a" * 16, company=None)]
    assert write(name, records) == write(name, records)


def test_jsonl_is_a_sorted_object_a_line(make_record: MakeRecord) -> None:
    record = make_record(company="Zürich\u2028Ltd", quote="one\u0085two\nthree 1,204")
    text = write("jsonl", [record, record])
    assert len(text.splitlines()) == 2
    line = text.splitlines()[0]
    assert "Zürich" in line
    assert '"value": 1204,' in line
    fields = json.loads(line)
    assert list(fields) == sorted(fields)
    assert Record.model_validate_json(line) == record


def test_csv_has_a_column_for_every_field() -> None:
    flat = {name.removesuffix("_start").removesuffix("_end") for name in COLUMNS}
    for field in Record.model_fields:
        assert any(name == field or name.startswith(f"{field}_") for name in flat), field


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_text_is_never_a_formula(start: str, make_record: MakeRecord) -> None:
    record = make_record(company=f"{start}cmd()", quote=f"{start}1+1", source=f"{start}x.html")
    (row,) = list(csv.DictReader(io.StringIO(write("csv", [record]), newline="")))
    assert row["company"] == f"'{start}cmd()"
    assert row["evidence_quote"] == f"'{start}1+1"
    assert row["document_source"] == f"'{start}x.html"


def test_csv_numbers_stay_numbers(make_record: MakeRecord) -> None:
    record = make_record(statistic="change", value=-50)
    (row,) = list(csv.DictReader(io.StringIO(write("csv", [record]))))
    assert row["value"] == "-50"
    assert row["value_max"] == ""


@given(st.text(min_size=1))
def test_defused_text_loses_nothing(text: str) -> None:
    defused = defuse_cell(text)
    assert isinstance(defused, str)
    assert defused.removeprefix("'") == text.removeprefix("'")
    assert not defused.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_row_is_as_long_as_the_header(make_record: MakeRecord) -> None:
    assert len(flatten_record(make_record())) == len(COLUMNS)


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_its_width_and_holds_every_fact(
    width: int, make_record: MakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    record = make_record(company="Amazon Web Services", legal_process="national_security")
    text = write("table", [record])
    assert max(len(line) for line in text.splitlines()) <= width
    flat = " ".join(text.split())
    for part in (
        "1,204 requests",
        "DE",
        "H1 2021",
        "received",
        "“Initech received *1,204* requests",
    ):
        assert part in flat
    assert "Initech's demands rise · Example News · 2021-08-02" in flat


def test_a_table_without_records_says_so() -> None:
    assert write("table", []) == "no records\n"


def test_a_page_cannot_steer_the_terminal(make_record: MakeRecord) -> None:
    record = make_record(company="\x1b]0;title\x07Initech", quote="\x1b[2J 1,204\x9b31m")
    assert not set(write("table", [record])) & set(map(chr, (*range(10), *range(11, 32), 0x9B)))


def test_the_figure_is_marked_on_a_terminal(make_record: MakeRecord) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    TableWriter(stream).write_records([make_record()])
    assert "1,204\x1b[0m" in stream.getvalue()


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": 27664}, "27,664 requests"),
        ({"value": 815, "bound": "approx", "counted": "accounts"}, "~815 accounts"),
        ({"value": 9000, "bound": "min"}, "> 9,000 requests"),
        ({"value": 10, "bound": "max"}, "< 10 requests"),
        ({"value": 0, "value_max": 249, "bound": "range"}, "0–249 requests"),
        ({"statistic": "share", "value": 42.4}, "42.4% share"),
        ({"statistic": "change", "value": 56}, "+56% change"),
        ({"statistic": "change", "value": -12.5}, "-12.5% change"),
    ],
)
def test_figures(fields: dict[str, object], text: str, make_record: MakeRecord) -> None:
    assert describe_figure(make_record(**fields)) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-07-01", "2020-12-31", "H2 2020"),
        ("2020-04-01", "2020-06-30", "Q2 2020"),
        ("2020-02-01", "2020-02-29", "Feb 2020"),
        ("2021-02-01", "2021-04-30", "Feb–Apr 2021"),
        ("2020-07-01", "2021-06-30", "2020-07-01 – 2021-06-30"),
        ("2021-02-03", "2021-02-28", "2021-02-03 – 2021-02-28"),
    ],
)
def test_periods(start: str, end: str, text: str, make_record: MakeRecord) -> None:
    assert describe_period(make_record(period={"start": start, "end": end}).period) == text


def test_no_period_is_a_dash(make_record: MakeRecord) -> None:
    assert describe_period(make_record(period=None).period) == "–"

"""Evaluation: pairs, scores, and the same figures as the reference scorer where it is at hand."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from govreq.errors import RecordFileError
from govreq.records.evaluate import evaluate_records, pair_records
from govreq.records.gold import (
    SameCompany,
    ScoredRecord,
    load_gold,
    load_predictions,
    normalize_company,
)
from govreq.vocabulary.loader import load_rows

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "gold"
FACT: dict[str, Any] = {
    "statistic": "count",
    "value": 1204,
    "value_max": None,
    "bound": "exact",
    "counted": "requests",
    "outcome": "received",
    "subject": "user_data",
    "legal_process": "all",
    "data": "any",
    "company": "Initech",
    "jurisdiction": "DE",
    "period": {"start": "2021-01-01", "end": "2021-06-30"},
    "evidence": "Initech received 1,204 requests.",
}


def write_gold(folder: Path, records: list[dict[str, Any]]) -> None:
    contents = {"id": "x1", "records": records}
    (folder / "x1.json").write_text(json.dumps(contents), encoding="utf-8")


def write_predictions(path: Path, records: list[dict[str, Any]]) -> None:
    lines = [json.dumps({"document": {"source": "pages/x1.html"}} | item) for item in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def score(tmp_path: Path, gold: list[dict[str, Any]], ours: list[dict[str, Any]]) -> list[float]:
    write_gold(tmp_path, gold)
    write_predictions(tmp_path / "ours.jsonl", ours)
    result = evaluate_records(load_gold(tmp_path), load_predictions(tmp_path / "ours.jsonl"))
    return [result.levels[level].f1 for level in ("figure", "core", "full")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, [1.0, 1.0, 1.0]),
        ({"outcome": "disclosed"}, [1.0, 1.0, 0.0]),
        ({"company": "Initrode"}, [1.0, 0.0, 0.0]),
        ({"company": "Initech, Inc."}, [1.0, 1.0, 1.0]),
        ({"period": None}, [1.0, 0.0, 0.0]),
        ({"value": 1205}, [0.0, 0.0, 0.0]),
        ({"value_max": 1300, "bound": "range"}, [0.0, 0.0, 0.0]),
    ],
)
def test_three_strictnesses(tmp_path: Path, change: dict[str, Any], expected: list[float]) -> None:
    assert score(tmp_path, [FACT], [FACT | change]) == expected


def test_a_record_pairs_once(tmp_path: Path) -> None:
    assert score(tmp_path, [FACT], [FACT, FACT]) == [0.6667, 0.6667, 0.6667]


def test_nothing_at_all_is_perfect(tmp_path: Path) -> None:
    assert score(tmp_path, [], []) == [1.0, 1.0, 1.0]


def test_those_that_agree_most_pair_first() -> None:
    gold = [ScoredRecord(**FACT), ScoredRecord(**FACT | {"jurisdiction": "FR"})]
    assert pair_records(gold, gold[::-1]) == [(0, 1), (1, 0)]


def test_every_disagreement_is_listed(tmp_path: Path) -> None:
    write_gold(tmp_path, [FACT, FACT | {"value": 7}])
    write_predictions(
        tmp_path / "ours.jsonl", [FACT | {"outcome": "disclosed"}, FACT | {"value": 9}]
    )
    result = evaluate_records(load_gold(tmp_path), load_predictions(tmp_path / "ours.jsonl"))
    assert [item.kind for item in result.disagreements] == ["FIELDS outcome", "MISSED", "EXTRA"]


@pytest.mark.parametrize("row", load_rows("same_companies", SameCompany), ids=lambda row: row.name)
def test_names_of_one_business_are_equal(row: SameCompany) -> None:
    assert {normalize_company(name) for name in row.accepts} == {row.name}
    assert row.name not in {normalize_company(name) for name in row.refuses}
    assert all(alias == alias.lower() for alias in row.aliases)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordFileError, match="no gold document"):
        load_gold(tmp_path)


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"id": "x"}'])
def test_a_broken_gold_document_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x1.json").write_bytes(content)
    with pytest.raises(RecordFileError, match=r"x1\.json"):
        load_gold(tmp_path)


def _disturb(record: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    changes: list[dict[str, Any]] = [
        {},
        {},
        {"company": dice.choice([None, "Google", "X Corp", "Amazon.com, Inc."])},
        {"period": None},
        {"outcome": "rejected"},
        {"value": record["value"] + 1},
        {"legal_process": "civil", "bound": "approx"},
    ]
    return record | dice.choice(changes)


@pytest.mark.skipif(not (REFERENCE / "score.py").exists(), reason="the reference is not at hand")
@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_those_of_the_reference(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    lines: list[str] = []
    for path in sorted((REFERENCE / "dev").glob("*.json")):
        for record in json.loads(path.read_text(encoding="utf-8"))["records"]:
            for _ in range(dice.choice([0, 1, 1, 1, 2])):
                ours = _disturb(record, dice) | {"document": {"source": f"p/{path.stem}.html"}}
                lines.append(json.dumps(ours))
    predictions = tmp_path / "ours.jsonl"
    predictions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    gold = str(REFERENCE / "dev")
    reference = subprocess.run(
        [sys.executable, str(REFERENCE / "score.py"), gold, str(predictions), "--json"],
        capture_output=True,
        check=True,
    )
    result = evaluate_records(load_gold(REFERENCE / "dev"), load_predictions(predictions))
    assert json.loads(result.as_json()) == json.loads(reference.stdout)
    assert 0.1 < result.levels["full"].f1 < result.levels["figure"].f1 < 1

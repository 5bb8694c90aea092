"""Each check fires on records that contradict each other, and stays silent on sound ones."""

from datetime import date
from typing import Any

import pytest

from govreq.mentions.mention import Bound
from govreq.records.checks import CHECKS, attach_findings
from govreq.records.record import (
    Counted,
    DataKind,
    DocumentReference,
    Evidence,
    Grade,
    LegalProcess,
    Outcome,
    Record,
    ReportingPeriod,
    Statistic,
    Subject,
)

H1 = ReportingPeriod(start=date(2020, 1, 1), end=date(2020, 6, 30))
H2 = ReportingPeriod(start=date(2020, 7, 1), end=date(2020, 12, 31))
YEAR = ReportingPeriod(start=date(2020, 1, 1), end=date(2020, 12, 31))


def record(number: int, value: float, **fields: Any) -> Record:
    base: dict[str, Any] = {
        "record_id": f"{number:016x}",
        "statistic": Statistic.COUNT,
        "value": value,
        "bound": Bound.EXACT,
        "counted": Counted.REQUESTS,
        "outcome": Outcome.RECEIVED,
        "subject": Subject.USER_DATA,
        "legal_process": LegalProcess.ALL,
        "data": DataKind.ANY,
        "company": "Amazon",
        "jurisdiction": "WORLD",
        "period": H1,
        "document": DocumentReference(source="a.html", sha256="0" * 64),
        "evidence": (Evidence(quote="x", start=number, end=number + 1, fields={}),),
        "confidence": Grade.HIGH,
    }
    return Record(**{**base, **fields})


CONTRADICTIONS = {
    "disclosed_within_received": [record(1, 10), record(2, 11, outcome=Outcome.DISCLOSED)],
    "slices_within_total": [
        record(1, 10),
        record(2, 7, jurisdiction="DE"),
        record(3, 6, jurisdiction="ES"),
    ],
    "shares_within_whole": [
        record(1, 70, statistic=Statistic.SHARE, jurisdiction="DE"),
        record(2, 40, statistic=Statistic.SHARE, jurisdiction="ES"),
    ],
    "share_agrees_with_slice": [
        record(1, 100),
        record(2, 42, jurisdiction="DE"),
        record(3, 12, jurisdiction="DE", statistic=Statistic.SHARE),
    ],
    "change_agrees_with_counts": [
        record(1, 100),
        record(2, 200, period=H2),
        record(3, 50, period=H2, statistic=Statistic.CHANGE),
    ],
    "halves_add_up": [record(1, 10), record(2, 10, period=H2), record(3, 30, period=YEAR)],
    "one_value_a_fact": [record(1, 10), record(2, 11)],
}

SOUND = {
    "disclosed_within_received": [record(1, 10), record(2, 10, outcome=Outcome.DISCLOSED)],
    "slices_within_total": [record(1, 13), *CONTRADICTIONS["slices_within_total"][1:]],
    "shares_within_whole": [
        record(1, 60, statistic=Statistic.SHARE, jurisdiction="DE"),
        record(2, 40, statistic=Statistic.SHARE, jurisdiction="ES"),
    ],
    "share_agrees_with_slice": [
        record(1, 100),
        record(2, 42, jurisdiction="DE"),
        record(3, 42, jurisdiction="DE", statistic=Statistic.SHARE),
    ],
    "change_agrees_with_counts": [
        record(1, 100),
        record(2, 200, period=H2),
        record(3, 100, period=H2, statistic=Statistic.CHANGE),
    ],
    "halves_add_up": [record(1, 10), record(2, 20, period=H2), record(3, 30, period=YEAR)],
    "one_value_a_fact": [record(1, 10), record(2, 11, jurisdiction="DE")],
}


def test_every_check_has_its_cases() -> None:
    assert set(CONTRADICTIONS) == set(SOUND) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_check_names_the_records_that_contradict_each_other(name: str) -> None:
    records = CONTRADICTIONS[name]
    found = attach_findings(records)
    involved = {r.record_id for r in found if any(f.check == name for f in r.findings)}
    assert involved == {r.record_id for r in records}
    assert all(f.message for r in found for f in r.findings)


@pytest.mark.parametrize("name", CHECKS)
def test_check_is_silent_on_sound_records(name: str) -> None:
    assert [
        f.check for r in attach_findings(SOUND[name]) for f in r.findings if f.check == name
    ] == []


def test_a_finding_changes_nothing_else() -> None:
    records = CONTRADICTIONS["one_value_a_fact"]
    found = attach_findings(records)
    assert [r.model_copy(update={"findings": ()}) for r in found] == list(records)


def test_rows_of_tables_and_figures_of_one_sentence_do_not_contradict_each_other() -> None:
    row = (Evidence(quote="Spain | 12", start=5, end=15, fields={}),)
    same = [record(1, 10, evidence=row), record(2, 11, evidence=row)]
    assert not any(r.findings for r in attach_findings(same))
    apart = [*same, record(30, 12)]
    assert all(r.findings for r in attach_findings(apart))


def test_finding_lists_a_few_records_and_says_how_many_there_are() -> None:
    found = attach_findings([record(number, number) for number in range(1, 41)])
    assert {len(r.findings) for r in found} == {1}
    [finding] = found[39].findings
    assert len(finding.records) == 10
    assert "40 values for one fact: 1, 2, 3" in finding.message
    assert "(40 records, 10 of them listed)" in finding.message

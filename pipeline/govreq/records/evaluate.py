"""Evaluation: predicted records against gold documents, one to one, at three strictnesses.

``figure``: the number is there (statistic, value and the range's upper end). ``core``: company,
jurisdiction and period agree too. ``full``: and all other fields.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from govreq.records.gold import GoldDocument, ScoredRecord

CORE = ("company", "jurisdiction", "period")
REST = ("counted", "outcome", "subject", "legal_process", "data", "bound")
LEVELS = ("figure", "core", "full")
_BRIEF = ("counted", "outcome", "subject", "legal_process", "data")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, to four decimals; 1.0 where there is nothing."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A gold record that was missed, a record too many, or a pair that differs in fields."""

    document: str
    kind: str
    gold: str
    predicted: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How predictions compare with gold: counts, a score a level, the share of right fields."""

    documents: int
    gold: int
    predicted: int
    levels: Mapping[str, Score]
    field_accuracy: Mapping[str, float]
    disagreements: Sequence[Disagreement]

    def as_json(self) -> str:
        """The figures as one line of JSON."""
        figures: dict[str, object] = {
            "documents": self.documents,
            "gold": self.gold,
            "predicted": self.predicted,
        }
        figures |= {level: asdict(score) for level, score in self.levels.items()}
        return json.dumps(figures | {"field_accuracy": self.field_accuracy})


def evaluate_records(
    gold: Mapping[str, GoldDocument], predicted: Mapping[str, Sequence[ScoredRecord]]
) -> Evaluation:
    """Scores predictions by document; those of documents without gold are left out."""
    hits: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    disagreements: list[Disagreement] = []
    totals = [0, 0]
    for key, document in gold.items():
        ours = predicted.get(key, [])
        totals[0] += len(document.records)
        totals[1] += len(ours)
        pairs = pair_records(document.records, ours)
        for g, p in pairs:
            missed = _differing_fields(document.records[g], ours[p])
            wrong.update(missed)
            hits["figure"] += 1
            hits["core"] += not any(field in CORE for field in missed)
            hits["full"] += not missed
            if missed:
                kind = f"FIELDS {','.join(missed)}"
                disagreements.append(_disagree(key, kind, document.records[g], ours[p]))
        disagreements += _unpaired(key, document.records, ours, pairs)
    paired = hits["figure"] or 1
    return Evaluation(
        documents=len(gold),
        gold=totals[0],
        predicted=totals[1],
        levels={level: _score(hits[level], totals[1], totals[0]) for level in LEVELS},
        field_accuracy={field: round(1 - wrong[field] / paired, 4) for field in (*CORE, *REST)},
        disagreements=disagreements,
    )


def pair_records(
    gold: Sequence[ScoredRecord], predicted: Sequence[ScoredRecord]
) -> list[tuple[int, int]]:
    """One-to-one pairs of indexes with equal figures, those that agree on most fields first."""
    options: list[tuple[int, int, int]] = []
    for g, one in enumerate(gold):
        for p, other in enumerate(predicted):
            if one.figure() == other.figure():
                missed = _differing_fields(one, other)
                core = sum(field in CORE for field in missed)
                options.append((3 * core + len(missed) - core, g, p))
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    for _, g, p in sorted(options):
        if g not in taken_gold and p not in taken_predicted:
            pairs.append((g, p))
            taken_gold.add(g)
            taken_predicted.add(p)
    return pairs


def _differing_fields(gold: ScoredRecord, predicted: ScoredRecord) -> list[str]:
    return [field for field in (*CORE, *REST) if gold.compared(field) != predicted.compared(field)]


def _unpaired(
    key: str,
    gold: Sequence[ScoredRecord],
    predicted: Sequence[ScoredRecord],
    pairs: Sequence[tuple[int, int]],
) -> list[Disagreement]:
    paired_gold = {g for g, _ in pairs}
    paired_predicted = {p for _, p in pairs}
    missed = [record for g, record in enumerate(gold) if g not in paired_gold]
    extra = [record for p, record in enumerate(predicted) if p not in paired_predicted]
    return [
        *(_disagree(key, "MISSED", record, None) for record in missed),
        *(_disagree(key, "EXTRA", None, record) for record in extra),
    ]


def _disagree(
    key: str, kind: str, gold: ScoredRecord | None, predicted: ScoredRecord | None
) -> Disagreement:
    shown = gold or predicted
    evidence = shown.evidence if shown else None
    text = evidence if isinstance(evidence, str) else json.dumps(evidence, ensure_ascii=False)
    return Disagreement(key, kind, _brief(gold), _brief(predicted), text[:300])


def _brief(record: ScoredRecord | None) -> str:
    if record is None:
        return ""
    period = record.compared("period")
    parts = [record.statistic, f"{record.value:g}", record.bound, record.compared("company")]
    parts += [record.jurisdiction, "..".join(period) if period else "-"]
    return " ".join(str(part) for part in (*parts, *(record.compared(name) for name in _BRIEF)))


def _score(hits: int, predicted: int, gold: int) -> Score:
    precision = hits / predicted if predicted else 1.0
    recall = hits / gold if gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(round(precision, 4), round(recall, 4), round(f1, 4))

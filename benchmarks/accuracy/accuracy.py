"""How good the records are on documents that the models have not seen, and what changed.

usage: python benchmarks/accuracy/accuracy.py [--folds N] [--commit] [--errors N]

Cross-validates the linker by document over the gold documents (see ``train.py``), then prints
totals, the accuracy of each field, the share of right records for each construction, and gains and
losses against the last committed figures in ``benchmarks/accuracy/figures.json``. ``--commit``
writes the new figures there, and the tables to ``docs/accuracy.md``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from constructions import CONSTRUCTIONS, constructions_of
from train import Lesson, fit, prepare_lesson

from govreq.candidates.assemble import assemble_candidates
from govreq.records.build import build_records
from govreq.records.evaluate import (
    CORE,
    LEVELS,
    REST,
    Evaluation,
    evaluate_records,
    pair_records,
)
from govreq.records.gold import GoldDocument as Scored
from govreq.records.gold import ScoredRecord
from govreq.source.document import Document

FIGURES = Path(__file__).with_name("figures.json")
TABLES = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
ARTICLES = ("article", "blog", "press_release")


def cross_validate(lesson: Lesson, folds: int) -> dict[str, list[ScoredRecord]]:
    """The records of each gold document, read with models that never saw it."""
    predicted: dict[str, list[ScoredRecord]] = {}
    for fold in range(folds):
        seen = [d for index, d in enumerate(lesson.gold) if index % folds != fold]
        scorer = fit(lesson.examples_from((*seen, *lesson.written)))
        for document in lesson.gold[fold::folds]:
            sentences = lesson.readings[document.id].sentences
            candidates, _ = assemble_candidates(document.article, sentences, scorer)
            source = Document(b"", f"{document.id}.html")
            predicted[document.id] = [
                ScoredRecord.model_validate(record.model_dump(mode="json"))
                for record in build_records(source, document.article, candidates)
            ]
    return predicted


def summarize(evaluation: Evaluation) -> dict[str, object]:
    """The figures that are kept from one run to the next."""
    return {
        "documents": evaluation.documents,
        "gold": evaluation.gold,
        "predicted": evaluation.predicted,
        **{level: asdict(evaluation.levels[level]) for level in LEVELS},
        "fields": dict(evaluation.field_accuracy),
    }


def rate_constructions(
    gold: dict[str, Scored], predicted: dict[str, list[ScoredRecord]]
) -> dict[str, tuple[int, int]]:
    """For each construction: gold records that came out right in all fields, and all of them."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for key, document in gold.items():
        pairs = dict(pair_records(document.records, predicted[key]))
        for index, record in enumerate(document.records):
            names = constructions_of(str(record.evidence))
            total.update(names)
            if index in pairs:
                other = predicted[key][pairs[index]]
                if all(record.compared(f) == other.compared(f) for f in (*CORE, *REST)):
                    right.update(names)
    return {name: (right[name], total[name]) for name in (*CONSTRUCTIONS, "plain")}


def print_tables(new: dict[str, Any], old: dict[str, Any]) -> str:
    """The tables as Markdown, each figure with its gain or loss against ``old``."""
    lines = [
        f"{new['documents']} documents, {new['gold']} gold records, {new['predicted']} predicted.",
        "",
        "| level | precision | recall | F1 | change |",
        "| --- | --- | --- | --- | --- |",
    ]
    for level in LEVELS:
        now = new[level]
        change = now["f1"] - old.get(level, now)["f1"]
        lines.append(
            f"| {level} | {now['precision']:.3f} | {now['recall']:.3f} | {now['f1']:.3f}"
            f" | {change:+.3f} |"
        )
    lines += ["", "| field | accuracy | change |", "| --- | --- | --- |"]
    for field, accuracy in new["fields"].items():
        change = accuracy - old.get("fields", {}).get(field, accuracy)
        lines.append(f"| {field} | {accuracy:.3f} | {change:+.3f} |")
    lines += [
        "",
        "| construction | records | right in all fields | change |",
        "| --- | --- | --- | --- |",
    ]
    for name, (right, total) in new["constructions"].items():
        share = right / total if total else 0.0
        before = old.get("constructions", {}).get(name, (right, total))
        change = share - (before[0] / before[1] if before[1] else 0.0)
        lines.append(f"| {name} | {total} | {share:.3f} | {change:+.3f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Runs the cross-validation and prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--commit", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    lesson = prepare_lesson()
    documents = [d for d in lesson.gold if d.contents["kind"] in ARTICLES]
    predicted = cross_validate(lesson, options.folds)
    gold = {d.id: Scored.model_validate(d.contents) for d in documents}
    evaluation = evaluate_records(gold, predicted)
    new = summarize(evaluation) | {"constructions": rate_constructions(gold, predicted)}
    old = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    tables = print_tables(new, old)
    print(tables)
    for item in evaluation.disagreements[: options.errors]:
        print(
            f"[{item.document}] {item.kind}\n  {item.gold}\n  {item.predicted}\n  {item.evidence}"
        )
    if options.commit:
        FIGURES.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
        TABLES.write_text(f"# Accuracy\n\n{tables}", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Learns the linker's weights from the gold documents.

usage: python benchmarks/accuracy/train.py

Writes one model a field to ``pipeline/govreq/candidates/weights/``. The same documents and the same
code give the same bytes. How good models are on documents that they never saw: ``accuracy.py``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from corpus import GoldDocument, load_gold, pair_records, period_of, read_document
from sklearn.ensemble import HistGradientBoostingClassifier
from written import load_pages, load_written

from govreq.candidates.decide import decide_one, run_pass
from govreq.candidates.features import Features
from govreq.candidates.history import FIELDS, Choice, Decision
from govreq.candidates.options import Option, list_options
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.scorer import (
    NONE,
    Scorer,
    describe,
    describe_choices,
    describe_value,
    group_options,
)
from govreq.candidates.trees import Matrix, ensemble_of

Example = tuple[Features, Any]
Examples = dict[str, list[Example]]


def gold_value(record: dict[str, Any], field: str) -> Any:
    """The value of a record's field as options carry it."""
    return period_of(record) if field == "period" else record[field]


def examples_of(
    document: GoldDocument, reading: Reading, guide: Scorer | None = None
) -> dict[str, list[Example]]:
    """Training examples of one document: for the statistic, and for each field's options.

    Without a ``guide`` the other figures are taken as gold has them. With one, they are as that
    scorer (which must not have seen the document) decides them, so that a model learns how far its
    own past can be trusted; then each example stands twice, without and with a survey of the whole
    document, as the linker's two passes ask.
    """
    pairs, ignored, _ = pair_records(document, reading)
    examples: dict[str, list[Example]] = {name: [] for name in ("statistic", *FIELDS)}
    truth = gold_decisions(reading, pairs)
    survey = (
        list(truth.values()) if guide is None else run_pass(reading, reading.figures, guide, ())[0]
    )
    history: list[Decision] = []
    for index, figure in enumerate(reading.figures):
        known = describe(reading, figure, history)
        decided = truth.get(index)
        if guide is not None:
            decided = decide_one(guide, reading, figure, history, known, survey)
        records = pairs.get(index)
        if records:
            statistic = records[0]["statistic"]
            examples["statistic"].append((known, statistic))
            asked = examples_of_figure(
                reading, figure, records, known, history, survey, estranged=guide is None
            )
            for field, rows in asked.items():
                examples[field].extend(rows)
        elif index not in ignored:
            examples["statistic"].append((known, NONE))
        if decided is not None:
            history.append(decided)
    return examples


def examples_of_figure(
    reading: Reading,
    figure: Figure,
    records: list[dict[str, Any]],
    known: Features,
    history: list[Decision],
    survey: list[Decision],
    *,
    estranged: bool,
) -> dict[str, list[Example]]:
    """The rows of each field's values, with whether the value is right."""
    examples: dict[str, list[Example]] = {}
    choices: dict[str, Choice] = {}
    for field in FIELDS:
        groups = group_options(list_options(field, reading, figure, history))
        right = [gold_value(record, field) for record in records]
        fixed = {**known, **describe_choices(records[0]["statistic"], choices)}
        rows: list[Example] = []
        for told in [survey] if estranged else [[], survey]:
            described = [
                (describe_value(field, v, groups, reading, figure, history, told), v in right)
                for v in groups
            ]
            rows += described if len(groups) > 1 else []
            rows += estrange(described) if estranged and field in ESTRANGED else []
        examples[field] = [({**fixed, **row}, label) for row, label in rows]
        choices[field] = gold_choice(right[0], groups)
    return examples


def gold_choice(value: Any, groups: dict[Any, list[Option]]) -> Choice:
    """The choice that gold makes."""
    said = groups.get(value, [])
    return Choice(
        value=value,
        span=next((option.span for option in said if option.span), None),
        rule="gold",
        explicit=any(option.source == "own" for option in said),
        form=said[0].form if said else "",
    )


def gold_decisions(reading: Reading, pairs: dict[int, list[dict[str, Any]]]) -> dict[int, Decision]:
    """The decisions that gold makes, by the index of their figure."""
    decisions: dict[int, Decision] = {}
    for index in sorted(pairs):
        figure, record = reading.figures[index], pairs[index][0]
        past = list(decisions.values())
        choices = {
            field: gold_choice(
                gold_value(record, field),
                group_options(list_options(field, reading, figure, past)),
            )
            for field in FIELDS
        }
        decisions[index] = Decision(figure, record["statistic"], choices)
    return decisions


def estrange(rows: list[Example]) -> list[Example]:
    """The same choice with the context against it.

    Most documents speak of one company and one period, so that past, title and topic are nearly
    always right there, and a model would trust them over what the sentence says. Where the right
    value is said in the sentence, its context is given to a made-up rival that is not.
    """
    right = [row for row, label in rows if label and row.get("own")]
    if len(right) != 1:
        return []
    stated = {name: number for name, number in right[0].items() if is_stated(name)}
    context = {name: number for name, number in right[0].items() if not is_stated(name)}
    if not context.get("past1_value") and not context.get("is_topic"):
        return []
    stranger = {name: 0.0 for name in context if name in ("mentions", "is_topic", "publisher")}
    stranger |= {name: context[name] for name in SHARED if name in context}
    strange: tuple[str, ...] = (
        "past1_value",
        "past2_value",
        "past3_value",
        "told",
        "told_last",
        "told_first",
    )
    strange += ("main_value", "stated_value", "survey", "survey_block", "survey_next")
    stranger |= {name: 0.0 for name in strange if name in context}
    stranger |= {"said": 1.0, "own_rivals": 0.0, "values": max(2.0, context["values"])}
    rival = {**context, "own": 0.0, "own_rivals": 1.0, "values": max(2.0, context["values"])}
    others = [(row, False) for row, label in rows if not label and row.get("own")]
    return [({**stated, **stranger}, True), (rival, False), *others]


ESTRANGED = ("company", "jurisdiction", "period")
SHARED = ("companies", "places", "periods", "null", "group", "days", "age", "earlier_rivals")
_CONTEXTUAL = (
    "source_",
    "blocks_",
    "past",
    "is_",
    "to_",
    "told",
    "main_",
    "stated_",
    "survey",
    "recent_",
    "ratio_",
)
_WHOLE = frozenset(
    {"values", "said", "own_rivals", "earlier_rivals", "title_rivals", "mentions", "publisher"}
    | set(SHARED)
)


def is_stated(name: str) -> bool:
    """Whether a feature is about the mention in the figure's own sentence."""
    if name in ("source_own", "is_noun", "is_verb"):
        return True
    return not name.startswith(_CONTEXTUAL) and name not in _WHOLE


CUES_OF = {
    "subject": ("subject", "counted", "outcome", "trap"),
    "company": ("relation", "trap", "outcome"),
    "counted": ("counted", "relation", "subject"),
    "outcome": ("outcome", "relation", "subject"),
    "legal_process": ("legal_process", "counted", "relation"),
    "data": ("data", "outcome", "legal_process"),
    "jurisdiction": ("relation", "legal_process", "outcome", "subject"),
    "period": ("relation",),
}
"""Fields of the cues that a question looks at; the statistic looks at all."""


HARD = frozenset({"company", "jurisdiction", "outcome", "period"})
"""Questions that lean on the whole document: they get twice the trees, and larger ones."""


def concerns(question: str, name: str) -> bool:
    """Whether a feature may speak to a question: cues of other fields are noise to it."""
    if question not in CUES_OF or "=" not in name or ":" not in name:
        return True
    return name.split(":", 1)[1].split("=")[0] in CUES_OF[question]


def learn_weights(
    question: str, examples: list[Example], seed: int = 0, **options: Any
) -> dict[str, Any]:
    """The contents of a weights file for one model."""
    seen = Counter(name for features, _ in examples for name in features)
    names = sorted(name for name, count in seen.items() if count >= 8 and concerns(question, name))
    rows = matrix_of([features for features, _ in examples], names)
    settings: dict[str, Any] = {
        "max_iter": 200 if question in HARD else 100,
        "learning_rate": 0.08,
        "max_leaf_nodes": 16 if question in HARD else 12,
        "min_samples_leaf": 8,
        "l2_regularization": 1.0,
        "max_features": 0.3,
        "early_stopping": False,
        "random_state": seed,
        **options,
    }
    model = HistGradientBoostingClassifier(**settings)
    labels = [label for _, label in examples]
    model.fit(rows, np.array(labels))
    classes = [str(name) for name in model.classes_]
    trees: list[list[Any]] = [[] for _ in range(model.n_trees_per_iteration_)]
    for step in model._predictors:  # noqa: SLF001 - scikit-learn has no other way to its trees
        for place, predictor in enumerate(step):
            trees[place].append(_tree_of(predictor.nodes))
    baseline = np.ravel(model._baseline_prediction)  # noqa: SLF001
    return {
        "features": names,
        "classes": classes,
        "bias": [float(value) for value in baseline],
        "trees": trees,
    }


def matrix_of(features: list[Features], names: list[str]) -> Matrix:
    """The features as rows; what is not named is missing (NaN)."""
    index = {name: place for place, name in enumerate(names)}
    rows = np.full((len(features), len(names)), np.nan)
    for row, named in zip(rows, features, strict=True):
        for name in named.keys() & index.keys():
            row[index[name]] = named[name]
    return rows


def _tree_of(nodes: Any) -> dict[str, list[Any]]:
    leaf = nodes["is_leaf"].astype(bool)
    return {
        "feature": [
            -1 if end else int(f) for end, f in zip(leaf, nodes["feature_idx"], strict=True)
        ],
        "threshold": [
            0.0 if end else min(float(f"{t:.9g}"), 1e300)
            for end, t in zip(leaf, nodes["num_threshold"], strict=True)
        ],
        "left": [int(n) for n in nodes["left"]],
        "right": [int(n) for n in nodes["right"]],
        "value": [float(f"{v:.6g}") for v in nodes["value"]],
        "missing": [bool(m) for m in nodes["missing_go_to_left"]],
    }


def fit(examples: Iterable[Examples], **options: Any) -> Scorer:
    """A scorer of one model a question, from the examples of any number of documents."""
    weights = fit_weights(list(examples), **options)
    return Scorer({name: ensemble_of(model) for name, model in weights.items()})


def fit_weights(examples: list[Examples], **options: Any) -> dict[str, dict[str, Any]]:
    """The weights of every question; questions are learned side by side, one a core.

    Processes are forked, so that the examples need not be copied; the result is the same as one
    after the other.
    """
    tasks = [(name, options) for name in QUESTIONS]
    _SHARED[:] = examples
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return dict(zip(QUESTIONS, pool.map(_fit_question, tasks), strict=True))


def _fit_question(task: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    name, options = task
    return learn_weights(name, [e for document in _SHARED for e in document[name]], **options)


_SHARED: list[Examples] = []
"""What forked processes learn from."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What there is to learn from: readings, and for each document its two sorts of examples.

    ``plain`` examples take a document's other figures as gold has them, ``guided`` ones as models
    decide them that were learned from other documents.
    """

    gold: list[GoldDocument]
    written: list[GoldDocument]
    readings: dict[str, Reading]
    plain: dict[str, Examples]
    guided: dict[str, Examples]

    def examples_from(self, documents: Iterable[GoldDocument]) -> list[Examples]:
        """Both sorts of examples of the documents."""
        wanted = list(documents)
        return [self.plain[d.id] for d in wanted] + [self.guided[d.id] for d in wanted]


def prepare_lesson() -> Lesson:
    """Reads every document and makes its examples.

    Articles that we wrote guide each other, half by half; what was learned from them guides the
    gold documents, so that no gold document has a part in the guide of another.
    """
    gold, written = list(load_gold()), [*load_written(), *load_pages()]
    readings = {d.id: read_document(d) for d in (*gold, *written)}
    plain = {d.id: examples_of(d, readings[d.id]) for d in (*gold, *written)}
    guided: dict[str, Examples] = {}
    for half, other in ((written[0::2], written[1::2]), (written[1::2], written[0::2])):
        guide = fit((plain[d.id] for d in half), **QUICK)
        guided |= {d.id: examples_of(d, readings[d.id], guide) for d in other}
    guided |= {d.id: examples_of(d, readings[d.id], guide) for d in gold}
    return Lesson(gold, written, readings, plain, guided)


def main() -> None:
    """Learns from all documents and writes the weights."""
    lesson = prepare_lesson()
    examples = lesson.examples_from((*lesson.gold, *lesson.written))
    WEIGHTS.mkdir(exist_ok=True)
    for name, weights in fit_weights(examples).items():
        text = json.dumps(weights, separators=(",", ":"))
        (WEIGHTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


QUICK: dict[str, Any] = {"max_iter": 60, "learning_rate": 0.12}
"""Settings of the models that only guide."""

QUESTIONS = ("statistic", *FIELDS)
WEIGHTS = Path(__file__).resolve().parents[2] / "pipeline" / "govreq" / "candidates" / "weights"

if __name__ == "__main__":
    main()

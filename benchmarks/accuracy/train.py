"""Learns the linker's weights from the gold documents, and says how good they are on unseen ones.

usage: python benchmarks/accuracy/train.py [--folds N] [--write]

Without ``--write``, documents are split into folds; each fold is read with models that never saw
it, and the records are scored (cross-validated by document). With ``--write``, models of all
documents are written to ``pipeline/govreq/candidates/weights/``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from corpus import GoldDocument, pair_records, period_of
from sklearn.ensemble import HistGradientBoostingClassifier

from govreq.candidates.decide import decide_one
from govreq.candidates.features import Features
from govreq.candidates.history import FIELDS, Choice, Decision
from govreq.candidates.options import list_options
from govreq.candidates.reading import Reading
from govreq.candidates.scorer import (
    NONE,
    Scorer,
    describe,
    describe_choices,
    describe_value,
    group_options,
    rows_of,
)
from govreq.candidates.trees import Ensemble, ensemble_of

Example = tuple[Features, Any]


def gold_value(record: dict[str, Any], field: str) -> Any:
    """The value of a record's field as options carry it."""
    return period_of(record) if field == "period" else record[field]


def examples_of(
    document: GoldDocument, reading: Reading, guide: Scorer | None = None
) -> dict[str, list[Example]]:
    """Training examples of one document: for the statistic, and for each field's options.

    Without a ``guide`` the figures before are taken as gold has them. With one, they are as that
    scorer (which must not have seen the document) decides them, so that a model learns how far its
    own past can be trusted.
    """
    pairs, ignored, _ = pair_records(document, reading)
    examples: dict[str, list[Example]] = {name: [] for name in ("statistic", *FIELDS)}
    history: list[Decision] = []
    for index, figure in enumerate(reading.figures):
        known = describe(reading, figure, history)
        records = pairs.get(index)
        if guide is not None and (decision := decide_one(guide, reading, figure, history, known)):
            decided: Decision | None = decision
        else:
            decided = None
        if not records:
            if index not in ignored:
                examples["statistic"].append((known, NONE))
            if decided is not None:
                history.append(decided)
            continue
        statistic = records[0]["statistic"]
        examples["statistic"].append((known, statistic))
        choices: dict[str, Choice] = {}
        for field in FIELDS:
            groups = group_options(list_options(field, reading, figure, history))
            right = [gold_value(record, field) for record in records]
            fixed = {**known, **describe_choices(statistic, choices)}
            described = [
                (describe_value(field, value, groups, reading, figure, history), value in right)
                for value in groups
            ]
            rows = described if len(groups) > 1 else []
            if guide is None and field in ESTRANGED:
                rows = [*rows, *estrange(described)]
            examples[field].extend(({**fixed, **row}, label) for row, label in rows)
            if decided is not None:
                choices[field] = decided.choices[field]
            else:
                said = groups.get(right[0], [])
                span = next((o.span for o in said if o.span), None)
                explicit = any(o.source == "own" for o in said)
                choices[field] = Choice(right[0], span, "gold", explicit=explicit)
        if guide is None:
            history.append(Decision(figure, statistic, choices))
        elif decided is not None:
            history.append(decided)
    return examples


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
    stranger |= {f"past{back}_value": 0.0 for back in (1, 2, 3) if f"past{back}_value" in context}
    stranger |= {"said": 1.0, "own_rivals": 0.0, "values": max(2.0, context["values"])}
    rival = {**context, "own": 0.0, "own_rivals": 1.0, "values": max(2.0, context["values"])}
    others = [(row, False) for row, label in rows if not label and row.get("own")]
    return [({**stated, **stranger}, True), (rival, False), *others]


ESTRANGED = ("company", "jurisdiction", "period")
SHARED = ("companies", "places", "periods", "null", "group", "days", "age", "earlier_rivals")
_CONTEXTUAL = ("source_", "blocks_", "past", "is_", "to_")
_WHOLE = frozenset(
    {"values", "said", "own_rivals", "earlier_rivals", "title_rivals", "mentions", "publisher"}
    | set(SHARED)
)


def is_stated(name: str) -> bool:
    """Whether a feature is about the mention in the figure's own sentence."""
    if name in ("source_own", "is_noun", "is_verb"):
        return True
    return not name.startswith(_CONTEXTUAL) and name not in _WHOLE


def learn(examples: list[Example], seed: int = 0, **options: Any) -> Ensemble:
    """One model from its examples, as plain trees."""
    return ensemble_of(learn_weights(examples, seed, **options))


def learn_weights(examples: list[Example], seed: int = 0, **options: Any) -> dict[str, Any]:
    """The contents of a weights file for one model."""
    names = sorted({name for features, _ in examples for name in features})
    rows = rows_of([features for features, _ in examples], names)
    settings: dict[str, Any] = {
        "max_iter": 120,
        "learning_rate": 0.08,
        "max_leaf_nodes": 12,
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
    for step in model._predictors:
        for place, predictor in enumerate(step):
            trees[place].append(_tree_of(predictor.nodes))
    return {
        "features": names,
        "classes": classes,
        "bias": [float(value) for value in np.ravel(model._baseline_prediction)],
        "trees": trees,
    }


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

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

from govreq.candidates.features import Features
from govreq.candidates.history import FIELDS, Choice, Decision
from govreq.candidates.options import list_options
from govreq.candidates.reading import Reading
from govreq.candidates.scorer import NONE, describe, describe_choices, describe_option, rows_of
from govreq.candidates.trees import Ensemble, ensemble_of

Example = tuple[Features, Any]


def gold_value(record: dict[str, Any], field: str) -> Any:
    """The value of a record's field as options carry it."""
    return period_of(record) if field == "period" else record[field]


def examples_of(document: GoldDocument, reading: Reading) -> dict[str, list[Example]]:
    """Training examples of one document: for the statistic, and for each field's options."""
    pairs, ignored, _ = pair_records(document, reading)
    examples: dict[str, list[Example]] = {name: [] for name in ("statistic", *FIELDS)}
    history: list[Decision] = []
    for index, figure in enumerate(reading.figures):
        known = describe(reading, figure, history)
        records = pairs.get(index)
        if not records:
            if index not in ignored:
                examples["statistic"].append((known, NONE))
            continue
        statistic = records[0]["statistic"]
        examples["statistic"].append((known, statistic))
        choices: dict[str, Choice] = {}
        for field in FIELDS:
            options = list_options(field, reading, figure, history)
            right = [gold_value(record, field) for record in records]
            fixed = {**known, **describe_choices(statistic, choices)}
            for option in options:
                features = {
                    **fixed,
                    **describe_option(field, option, options, reading, figure, history),
                }
                examples[field].append((features, option.value in right))
            span = next((o.span for o in options if o.value == right[0]), None)
            explicit = any(o.source == "own" and o.value == right[0] for o in options)
            choices[field] = Choice(right[0], span, "gold", explicit=explicit)
        history.append(Decision(figure, statistic, choices))
    return examples


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

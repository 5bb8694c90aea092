"""Ensembles of small decision trees, read from a weights file and evaluated with numpy.

A weights file is JSON with ``features`` (their names), ``classes``, ``bias`` (one number a class)
and ``trees`` (one list of trees a class; a single one for a yes-no question). A tree is six equally
long lists: ``feature`` (-1 at a leaf), ``threshold``, ``left``, ``right``, ``value`` and
``missing`` (whether a missing value goes left). The score of a class is its bias plus the values of
the leaves that a row reaches; probabilities are the logistic or softmax of the scores.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from govreq.errors import ModelError

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """All trees of one model, laid end to end; ``roots[c]`` are the root nodes of class ``c``."""

    features: tuple[str, ...]
    classes: tuple[str, ...]
    bias: tuple[float, ...]
    roots: tuple[NDArray[np.int64], ...]
    feature: NDArray[np.int64]
    threshold: Matrix
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Matrix
    missing: NDArray[np.bool_]
    index: dict[str, int]

    def rows_of(
        self, features: Sequence[Mapping[str, float]], base: Matrix | None = None
    ) -> Matrix:
        """Named features as rows; what is not named is as in ``base``, or missing (NaN)."""
        rows = np.full((len(features), len(self.features)), np.nan)
        if base is not None:
            rows[:] = base
        index = self.index
        for row, named in zip(rows, features, strict=True):
            for name in named.keys() & index.keys():
                row[index[name]] = named[name]
        return rows

    def score(self, rows: Matrix) -> Matrix:
        """Raw scores, one row a row of ``rows``, one column a class (one for a yes-no model)."""
        columns = [
            bias + self._leaf_values(rows, roots)
            for bias, roots in zip(self.bias, self.roots, strict=True)
        ]
        return np.stack(columns, axis=1)

    def probabilities(self, rows: Matrix) -> Matrix:
        """Probabilities of the classes; for a yes-no model the one column that says yes."""
        scores = self.score(rows)
        if scores.shape[1] == 1:
            result: Matrix = 1.0 / (1.0 + np.exp(-scores))
            return result
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        normed: Matrix = powers / powers.sum(axis=1, keepdims=True)
        return normed

    def _leaf_values(self, rows: Matrix, roots: NDArray[np.int64]) -> Matrix:
        nodes = np.broadcast_to(roots, (len(rows), len(roots))).copy()
        index = np.arange(len(rows))[:, None]
        while True:
            feature = self.feature[nodes]
            inner = feature >= 0
            if not inner.any():
                break
            seen = rows[index, np.maximum(feature, 0)]
            left = np.where(np.isnan(seen), self.missing[nodes], seen <= self.threshold[nodes])
            step = np.where(left, self.left[nodes], self.right[nodes])
            nodes = np.where(inner, step, nodes)
        total: Matrix = self.value[nodes].sum(axis=1)
        return total


@cache
def load_ensemble(name: str) -> Ensemble:
    """The model ``candidates/weights/<name>.json``.

    Raises:
        ModelError: the file is missing or damaged.
    """
    path = files("govreq.candidates") / "weights" / f"{name}.json"
    try:
        return ensemble_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"weights of {name!r} cannot be read ({error}); install anew") from error


def ensemble_of(model: dict[str, list[object]]) -> Ensemble:
    """An ensemble from the contents of a weights file."""
    columns: dict[str, list[float]] = {
        key: [] for key in ("feature", "threshold", "left", "right", "value", "missing")
    }
    roots: list[NDArray[np.int64]] = []
    for trees in model["trees"]:
        starts: list[int] = []
        for tree in trees:  # type: ignore[attr-defined]
            base = len(columns["feature"])
            starts.append(base)
            for key, values in tree.items():
                shift = base if key in ("left", "right") else 0
                columns[key].extend(value + shift for value in values)
        roots.append(np.array(starts, dtype=np.int64))
    return Ensemble(
        features=tuple(str(name) for name in model["features"]),
        index={str(name): place for place, name in enumerate(model["features"])},
        classes=tuple(str(name) for name in model["classes"]),
        bias=tuple(float(value) for value in model["bias"]),  # type: ignore[arg-type]
        roots=tuple(roots),
        feature=np.array(columns["feature"], dtype=np.int64),
        threshold=np.array(columns["threshold"], dtype=np.float64),
        left=np.array(columns["left"], dtype=np.int64),
        right=np.array(columns["right"], dtype=np.int64),
        value=np.array(columns["value"], dtype=np.float64),
        missing=np.array(columns["missing"], dtype=np.bool_),
    )

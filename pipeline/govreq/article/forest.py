"""Small decision trees, read from a weights file and evaluated for all blocks of a page at once.

``weights/body.json`` is written by ``benchmarks/pages/train.py``: ``{"features": [...], "bias": b,
"threshold": t, "trees": [[feature, threshold, left, right, value], ...]}``, each tree as five
equally long lists, ``feature`` -1 at a leaf. The score of a row is the bias plus the values of the
leaves that it reaches, its probability the logistic of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from govreq.article.features import FEATURES, Matrix
from govreq.errors import ModelError

_WEIGHTS = "weights/body.json"


class WeightsFile(BaseModel):
    """The contents of a weights file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: tuple[str, ...]
    bias: float
    threshold: float
    trees: tuple[
        tuple[
            tuple[int, ...],
            tuple[float, ...],
            tuple[int, ...],
            tuple[int, ...],
            tuple[float, ...],
        ],
        ...,
    ]


@dataclass(frozen=True, slots=True)
class Forest:
    """All trees laid end to end; a leaf leads to itself, so that every row takes equal steps."""

    bias: float
    threshold: float
    depth: int
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    limit: Matrix
    children: NDArray[np.int32]
    value: Matrix

    def probabilities(self, rows: Matrix) -> Matrix:
        """For each row the probability that its block is the article's own."""
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        index = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            right = rows[index, self.feature[nodes]] > self.limit[nodes]
            nodes = self.children[2 * nodes + right]
        scores = self.bias + self.value[nodes].sum(axis=1)
        result: Matrix = 1.0 / (1.0 + np.exp(-scores))
        return result


@cache
def load_forest() -> Forest:
    """The model of the article's body.

    Raises:
        ModelError: the weights file is missing, broken or made for other features.
    """
    try:
        source = (files("govreq.article") / _WEIGHTS).read_bytes()
        weights = WeightsFile.model_validate_json(source)
    except (OSError, ValidationError) as error:
        raise ModelError(f"{_WEIGHTS}: {error}") from error
    if weights.features != FEATURES:
        raise ModelError(f"{_WEIGHTS}: made for other features; train it anew")
    return build_forest(weights)


def build_forest(weights: WeightsFile) -> Forest:
    """The trees of a weights file, laid end to end."""
    feature: list[int] = []
    limit: list[float] = []
    children: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    depth = 0
    for features, limits, lefts, rights, values in weights.trees:
        base = len(feature)
        roots.append(base)
        depths = [0] * len(features)
        for node, column in enumerate(features):
            leaf = column < 0
            feature.append(max(column, 0))
            limit.append(limits[node])
            children += [base + node] * 2 if leaf else [base + lefts[node], base + rights[node]]
            value.append(values[node] if leaf else 0.0)
            if not leaf:
                depths[lefts[node]] = depths[rights[node]] = depths[node] + 1
        depth = max(depth, *depths)
    return Forest(
        bias=weights.bias,
        threshold=weights.threshold,
        depth=depth,
        roots=np.array(roots, dtype=np.int32),
        feature=np.array(feature, dtype=np.int32),
        limit=np.array(limit, dtype=np.float64),
        children=np.array(children, dtype=np.int32),
        value=np.array(value, dtype=np.float64),
    )

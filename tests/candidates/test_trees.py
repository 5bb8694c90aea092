"""Trees read from a weights file give the scores that their leaves say."""

import math

import numpy as np
import pytest

from govreq.candidates.history import FIELDS
from govreq.candidates.trees import ensemble_of, load_ensemble
from govreq.errors import ModelError

# One tree: x <= 1 gives 2, more gives -2; a missing x goes right.
STUMP = {
    "feature": [0, -1, -1],
    "threshold": [1.0, 0.0, 0.0],
    "left": [1, 0, 0],
    "right": [2, 0, 0],
    "value": [0.0, 2.0, -2.0],
    "missing": [False, False, False],
}
MODEL: dict[str, list[object]] = {
    "features": ["x"],
    "classes": ["False", "True"],
    "bias": [0.5],
    "trees": [[STUMP, STUMP]],
}


def test_scores_are_bias_and_leaves() -> None:
    ensemble = ensemble_of(MODEL)
    rows = ensemble.rows_of([{"x": 0.0}, {"x": 3.0}, {}])
    assert ensemble.score(rows)[:, 0].tolist() == [4.5, -3.5, -3.5]
    assert ensemble.probabilities(rows)[0, 0] == pytest.approx(1 / (1 + math.exp(-4.5)))


def test_rows_keep_what_the_base_says_and_pass_over_unknown_names() -> None:
    ensemble = ensemble_of(MODEL)
    base = ensemble.rows_of([{"x": 7.0}])[0]
    rows = ensemble.rows_of([{}, {"x": 1.0, "y": 5.0}], base)
    assert rows.tolist() == [[7.0], [1.0]]


def test_classes_of_one_figure_sum_to_one() -> None:
    ensemble = load_ensemble("statistic")
    rows = ensemble.rows_of([{}, {"percent": 1.0}])
    assert np.allclose(ensemble.probabilities(rows).sum(axis=1), 1.0)
    assert set(ensemble.classes) == {"none", "count", "share", "rate", "change"}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_its_weights(name: str) -> None:
    assert load_ensemble(name).features


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelError, match="no-such"):
        load_ensemble("no-such")

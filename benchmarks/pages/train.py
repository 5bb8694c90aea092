"""Train the model of the article's body and write its weights.

usage: train.py PAGES [--gold GOLD --rendered RENDERED] [--folds 5] [--write]

PAGES holds ``truth.jsonl`` and ``<id>.html.gz``; RENDERED the pages that were made of GOLD.
Prints the body F1 in cross-validation by site (no site is in two folds), then, with ``--write``,
trains on everything and writes ``pipeline/govreq/article/weights/body.json``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from corpus import LabelledPage, read_gold, read_pages, shingles
from sklearn.ensemble import HistGradientBoostingClassifier

from govreq.article.features import FEATURES, Matrix

WEIGHTS = Path(__file__).parents[2] / "pipeline/govreq/article/weights/body.json"
THRESHOLD = 0.47


def fit(pages: Sequence[LabelledPage]) -> HistGradientBoostingClassifier:
    """Boosted trees on the blocks of ``pages``."""
    rows = np.vstack([page.rows for page in pages])
    labels = np.concatenate([page.labels for page in pages])
    weights = np.concatenate([page.weights for page in pages])
    model = HistGradientBoostingClassifier(
        max_iter=140,
        learning_rate=0.07,
        max_leaf_nodes=16,
        max_depth=7,
        min_samples_leaf=30,
        l2_regularization=5.0,
        max_features=0.3,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(rows, labels, sample_weight=weights / weights.mean())


def fold_of(site: str, folds: int) -> int:
    """The fold that holds a site's pages."""
    return zlib.crc32(site.encode()) % folds


def body_f1(pages: Sequence[LabelledPage], chances: Sequence[Matrix], threshold: float) -> str:
    """F1 of mean precision and mean recall of four-word runs over pages."""
    precisions: list[float] = []
    recalls: list[float] = []
    for page, chance in zip(pages, chances, strict=True):
        kept = (text for text, value in zip(page.texts, chance, strict=True) if value >= threshold)
        want, got = shingles(page.body), shingles("\n\n".join(kept))
        same = (want & got).total()
        if got:
            precisions.append(same / got.total())
        recalls.append(same / want.total())
    precision, recall = statistics.mean(precisions), statistics.mean(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    return f"F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}"


def cross_validate(
    pages: Sequence[LabelledPage], extra: Sequence[LabelledPage], folds: int
) -> None:
    """Print the body F1 over pages of sites that were not trained on."""
    chances: dict[str, Matrix] = {}
    for fold in range(folds):
        model = fit([p for p in pages if fold_of(p.site, folds) != fold] + list(extra))
        for page in pages:
            if fold_of(page.site, folds) == fold:
                chances[page.name] = model.predict_proba(page.rows)[:, 1]
    for threshold in (0.3, 0.35, 0.4, 0.42, 0.45, 0.5, 0.55):
        found = [chances[page.name] for page in pages]
        print(f"threshold {threshold:.2f}  {body_f1(pages, found, threshold)}", flush=True)


def weights_of(model: HistGradientBoostingClassifier) -> dict[str, object]:
    """The trees of a model as plain numbers."""
    trees: list[list[list[float]]] = []
    for (predictor,) in model._predictors:  # noqa: SLF001 - scikit-learn exports no trees
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            [
                np.where(leaf, -1, nodes["feature_idx"].astype(int)).tolist(),
                [float(f"{value:.9g}") for value in np.where(leaf, 0, nodes["num_threshold"])],
                np.where(leaf, 0, nodes["left"].astype(int)).tolist(),
                np.where(leaf, 0, nodes["right"].astype(int)).tolist(),
                [float(f"{value:.5g}") for value in np.where(leaf, nodes["value"], 0)],
            ]
        )
    baseline = model._baseline_prediction  # noqa: SLF001 - as above
    bias = float(f"{float(baseline.ravel()[0]):.6g}")
    return {"features": FEATURES, "bias": bias, "threshold": THRESHOLD, "trees": trees}


def main() -> None:
    """Read the pages, cross-validate, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--rendered", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages = list(read_pages(options.pages))
    extra = list(read_gold(options.gold, options.rendered)) if options.gold else []
    print(f"{len(pages)} pages, {len(extra)} gold documents, {len(FEATURES)} features", flush=True)
    if options.folds:
        cross_validate(pages, extra, options.folds)
    if options.write:
        model = fit(pages + extra)
        WEIGHTS.write_text(json.dumps(weights_of(model), separators=(",", ":")) + "\n")
        print(f"wrote {WEIGHTS.name}: {WEIGHTS.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()

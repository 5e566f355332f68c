"""Fits the weights of the spun check.

    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 python training/spun/fit.py --work FOLDER [--seed N]

Clean texts are spun with MyThes in many manners. Trees learn which words were swapped; then the document weights learn,
from texts of the folds that the trees did not see, which texts were spun. Examples and the trees of each fold are made
once and kept in FOLDER, so that a run that was cut off goes on. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from corpora import ROOT
from examples import FOLDS, Example, examples
from mixing import passage_rows
from numpy.typing import NDArray

from marsad.origins.spun.document import DOCUMENT, document_features
from marsad.origins.spun.features import WORD
from marsad.origins.spun.tables import tables
from marsad.origins.spun.weights import CAP, standard

OUT: Final = ROOT / "src/marsad/origins/spun"
TREES: Final = 200
LEAVES: Final = 16
DEPTH: Final = 8
"""The deepest tree says how long all take."""
MOST_WORDS: Final = 800_000
"""So many judged words are drawn for the trees."""
SHARES: Final = {
    "own": 1.0,
    "re3d": 1.0,
    "ecbplus": 1.0,
    "muc4": 1.0,
    "rams": 1.0,
    "nonnative": 16.0,
    "litbank": 1.0,
    "learner": 0.7,
}
"""How much a clean text of each set weighs in the document weights."""
PRIOR: Final = 0.33
"""The share of spun texts for which probabilities are right: a guess at what is scraped without choice."""
LIGHT: Final = 0.1
"""A text with fewer of its words swapped counts twice among the spun ones: these are the hard ones."""
RIDGE: Final = 10.0


def logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64], ridge: float
) -> NDArray[np.float64]:
    """Weights of a ridge-penalised logistic regression by Newton's method; the first column is not penalised."""
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(40):
        share = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (share - y)) + penalty * beta
        curve = (x * (weight * share * (1 - share))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, gradient)
        beta -= step
        if np.abs(step).max() < 1e-4:
            break
    return beta


def fit_trees(given: Sequence[Example], seed: int) -> Any:
    """Boosted trees over the judged words of the examples."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped,unused-ignore]

    x = np.concatenate([e.found.values for e in given])
    y = np.concatenate([e.swapped for e in given])
    drawn = np.random.default_rng(seed).permutation(len(y))[:MOST_WORDS]
    return HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=0.1,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=40,
        max_depth=DEPTH,
        early_stopping=False,
    ).fit(x[drawn], y[drawn])


def written(model: Any) -> str:
    """The trees as a table (``marsad.origins.spun.trees``)."""
    lines = ["tree\tnode\tfeature\tthreshold\tlow\thigh\tvalue"]
    lines.append(f"*\t\t\t\t\t\t{float(np.ravel(model._baseline_prediction)[0]):.5f}")
    for tree, (predictor,) in enumerate(model._predictors):
        for number, node in enumerate(predictor.nodes):
            if node["is_leaf"]:
                lines.append(f"{tree}\t{number}\t\t\t\t\t{node['value']:.5f}")
            else:
                name = WORD[node["feature_idx"]]
                limit = f"{node['num_threshold']:.6g}"
                lines.append(f"{tree}\t{number}\t{name}\t{limit}\t{node['left']}\t{node['right']}\t")
    return "\n".join(lines) + "\n"


def fit_document(
    given: Sequence[Example], rows: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean and scale of the measures on clean text, and the weights, the first for the beginning."""
    y = np.array([float(e.spun) for e in given])
    news = (y == 0) & np.array([e.group not in ("litbank", "nonnative", "learner") for e in given])
    mean, scale = rows[news].mean(0), np.maximum(rows[news].std(0), 1e-3)
    judged = [len(e.found.rows) for e in given]
    z = np.stack([standard(row, mean, scale, n) for row, n in zip(rows, judged, strict=True)])
    weight = np.array([0.2 if e.spun and e.group == "litbank" else 1.0 if e.spun else SHARES[e.group] for e in given])
    weight[[e.spun and e.swapped.sum() < LIGHT * len(e.story.ids) for e in given]] *= 2
    weight[y == 1] *= weight[y == 0].sum() / weight[y == 1].sum() * PRIOR / (1 - PRIOR)
    return mean, scale, logistic(np.c_[np.ones(len(z)), z], y, weight, RIDGE)


def main() -> None:
    """Fit and write both tables of weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kept = options.work / f"spun-examples-{options.seed}.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(list(examples(options.seed))))
    given: list[Example] = [e for e in pickle.loads(kept.read_bytes()) if len(e.found.rows) > 15]
    known = tables()
    rows = np.zeros((len(given), len(DOCUMENT)))
    models = []
    for out in range(FOLDS):
        done = options.work / f"spun-fold-{options.seed}-{out}.pickle"
        if not done.exists():
            model = fit_trees([e for e in given if e.fold != out], options.seed)
            held = [e for e in given if e.fold == out]
            found = [document_features(e.story, known, e.found, model.decision_function(e.found.values)) for e in held]
            done.write_bytes(pickle.dumps((model, np.stack(found))))
        model, found = pickle.loads(done.read_bytes())
        models.append(model)
        rows[[i for i, e in enumerate(given) if e.fold == out]] = found
    (OUT / "word.trees.tsv").write_text(written(fit_trees(given, options.seed)), encoding="utf-8")
    np.savez(options.work / "spun-rows.npz", rows=rows)
    mean, scale, weight = fit_document(given, rows)
    lines = [f"measure\tclean\tscale\tweight\n*\t0\t1\t{weight[0]:.4f}"]
    for i, name in enumerate(DOCUMENT):
        lines.append(f"{name}\t{mean[i]:.5f}\t{scale[i]:.5f}\t{weight[i + 1]:.4f}")

    def of_document(values: NDArray[np.float64], judged: int) -> float:
        return float(weight[0] + standard(values, mean, scale, judged) @ weight[1:])

    pairs = [
        passage_rows([e for e in given if e.fold == out], models[out], of_document, options.seed + out)
        for out in range(FOLDS)
    ]
    x = np.clip(np.concatenate([pair[0] for pair in pairs]), -CAP, CAP)
    y = np.concatenate([pair[1] for pair in pairs])
    seldom = np.where(y == 1, PRIOR / (1 - PRIOR), 1.0)
    joint = logistic(np.c_[np.ones(len(x)), x], y, seldom, 1.0)
    for name, value in zip(("passage", "passage own", "passage text"), joint, strict=True):
        lines.append(f"{name}\t0\t1\t{value:.4f}")
    (OUT / "document.weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(given)} texts, {sum(e.spun for e in given)} of them spun")


if __name__ == "__main__":
    main()

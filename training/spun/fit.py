"""Fits the weights of the spun check.

    python training/spun/fit.py [--seed N]

Clean texts are spun with MyThes in many manners; the word weights learn which words were swapped, then the document
weights learn from texts of the folds that the word weights did not see which texts were spun.
"""

from __future__ import annotations

import argparse
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from senses import counts, forms, mythes
from spinner import Swap, manner, spin
from texts import ROOT, training_texts

from marsad.origins.spun.features import ABSENT, DOCUMENT, WORD, WordFeatures, document_features, word_features
from marsad.origins.spun.narrative import Narrative, narrative
from marsad.origins.spun.tables import tables
from marsad.origins.spun.weights import SHRINK

OUT: Final = ROOT / "src/marsad/origins/spun"
FOLDS: Final = 4
LEAST_SWAPS: Final = 0.06
"""A copy with fewer of its words swapped is left out: it is neither clean nor spun."""
EDGES: Final = {
    "freq": [22, 24, 25, 26, 27, 28, 29, 30, 31, 32],
    "odd": [-12, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2],
    "left": [-50, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8],
    "right": [-50, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8],
    "swap": [-50, -8, -5, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 10, 13],
    "ease": [-50, -8, -5, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 10, 13],
    "choice": [2, 3, 5, 8, 14],
    "capital": [0.5],
}
SHARES: Final = {"own": 1.0, "re3d": 1.0, "ecbplus": 1.0, "muc4": 1.0, "nonnative": 6.0}
"""How much a clean text of each set weighs in the document weights."""


@dataclass(slots=True)
class Example:
    """One text, clean or spun, as the fit sees it."""

    name: str
    group: str
    spun: bool
    story: Narrative
    found: WordFeatures
    swapped: NDArray[np.bool_]
    weight: float = 1.0


def example(name: str, group: str, text: str, swaps: Sequence[Swap], spun: bool) -> Example:
    """Features of a text and which of its judged words were swapped."""
    known = tables()
    story = narrative(text, known)
    found = word_features(story, known)
    where = np.zeros(len(text) + 1, dtype=np.bool_)
    for swap in swaps:
        where[swap.start : swap.end] = True
    return Example(name, group, spun, story, found, where[story.starts[found.rows]])


def pieces(text: str, rng: random.Random, low: int = 130, high: int = 450) -> list[str]:
    """A long text in pieces of some length, cut between paragraphs or sentences."""
    words = len(text.split())
    if words <= high:
        return [text]
    out, at = [], 0
    while at < len(text):
        size = rng.randint(low, high) * len(text) // words
        end = min(len(text), at + size)
        for mark in ("\n", ". "):
            cut = text.find(mark, end)
            if 0 <= cut < end + size // 2:
                end = cut + 1
                break
        else:
            end = len(text)
        out.append(text[at:end])
        at = end
    return [piece for piece in out if len(piece.split()) > 50]


def examples(seed: int) -> list[Example]:
    """Every training text as it is, and spun in two manners."""
    senses, near, table, known = mythes(False), mythes(True), forms(), counts()
    found = []
    for group, texts in training_texts().items():
        for name, whole in texts:
            rng = random.Random(f"{seed} {name}")
            for number, text in enumerate(pieces(whole, rng)):
                if len(text.split()) < 50:
                    continue
                found.append(example(name, group, text, [], False))
                for copy in range(2):
                    how = manner(rng)
                    made, swaps = spin(text, near if rng.random() < 0.4 else senses, table, known, how, rng)
                    if len(swaps) >= LEAST_SWAPS * len(text.split()):
                        found.append(example(f"{name}", group, made, swaps, True))
                    del copy
                del number
    return found


def binned(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """One-hot ranges of every feature, and a constant."""
    columns = [np.ones((len(values), 1))]
    for column, name in enumerate(WORD):
        at = np.searchsorted(np.array(EDGES[name]), values[:, column], side="right")
        columns.append(np.eye(len(EDGES[name]) + 1)[at])
    return np.concatenate(columns, axis=1)


def logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64], ridge: float
) -> NDArray[np.float64]:
    """Weights of a ridge-penalised logistic regression by Newton's method; the first column is not penalised."""
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(25):
        share = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (share - y)) + penalty * beta
        curve = (x * (weight * share * (1 - share))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, gradient)
        beta -= step
        if np.abs(step).max() < 1e-5:
            break
    return beta


def fold(name: str) -> int:
    return zlib.crc32(name.encode()) % FOLDS


def fit_words(given: Sequence[Example]) -> NDArray[np.float64]:
    """Word weights; clean texts and spun ones together."""
    x = np.concatenate([e.found.values for e in given])
    y = np.concatenate([e.swapped for e in given]).astype(float)
    return logistic(binned(x), y, np.ones(len(y)), ridge=3.0)


def document_rows(given: Sequence[Example], beta: NDArray[np.float64]) -> NDArray[np.float64]:
    known = tables()
    return np.stack([document_features(e.story, known, e.found, binned(e.found.values) @ beta) for e in given])


def main() -> None:
    """Fit and write both tables of weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    given = [e for e in examples(options.seed) if len(e.found.rows) > 15]
    rows = np.zeros((len(given), len(DOCUMENT)))
    for out in range(FOLDS):
        beta = fit_words([e for e in given if fold(e.name) != out])
        held = [i for i, e in enumerate(given) if fold(e.name) == out]
        rows[held] = document_rows([given[i] for i in held], beta)
    y = np.array([float(e.spun) for e in given])
    mean = rows[y == 0].mean(0)
    scale = np.maximum(rows[y == 0].std(0), 1e-3)
    judged = np.array([len(e.found.rows) for e in given])
    z = np.clip((rows - mean) / scale, -4, 8) * (judged / (judged + SHRINK))[:, None]
    weight = np.array([1.0 if e.spun else SHARES[e.group] for e in given])
    weight[y == 1] *= weight[y == 0].sum() / weight[y == 1].sum()
    gamma = logistic(np.c_[np.ones(len(z)), z], y, weight, ridge=3.0)
    share = 1 / (1 + np.exp(-(np.c_[np.ones(len(z)), z] @ gamma)))
    print(f"{len(given)} texts, {int(y.sum())} spun; seen: recall {(share[y == 1] > 0.5).mean():.3f}, ", end="")
    print(f"false alarms {(share[y == 0] > 0.5).mean():.4f}")
    beta = fit_words(given)
    write(beta, mean, scale, gamma)


def write(
    beta: NDArray[np.float64], mean: NDArray[np.float64], scale: NDArray[np.float64], gamma: NDArray[np.float64]
) -> None:
    """Both tables of weights as text."""
    lines, at = [f"feature\tfrom\tweight\n*\t{ABSENT}\t{beta[0]:.3f}"], 1
    for name in WORD:
        for low in [float("-inf"), *EDGES[name]]:
            lines.append(f"{name}\t{low}\t{beta[at]:.3f}")
            at += 1
    (OUT / "word.weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [f"feature\tclean\tscale\tweight\n*\t0\t1\t{gamma[0]:.4f}"]
    for i, name in enumerate(DOCUMENT):
        lines.append(f"{name}\t{mean[i]:.5f}\t{scale[i]:.5f}\t{gamma[i + 1]:.4f}")
    (OUT / "document.weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Fits how much the two likenesses of words say that a spinner put one for the other.

    python training/restoring/channel.py

For each word that real spinners put for one in a known phrase, the word that it was put for is compared with others
that phrases have in the same place. Prints the weights in :attr:`marsad.origins.restoring.vectors.Likeness.odds`.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "spun"))

from tortured import dictionary

from marsad.knowledge import Knowledge
from marsad.origins.restoring.lexicon import SMALL, Lexicon
from marsad.origins.restoring.vectors import Likeness, Vectors

OTHERS = 8
RIDGE = 0.5


def rivals() -> dict[str, list[str]]:
    """Words of listed and counted phrases -> the words that other phrases have in their place."""
    slots: dict[tuple[tuple[str, ...], tuple[str, ...]], set[str]] = defaultdict(set)
    for phrase in Lexicon.load(Knowledge.load()).known.values():
        if phrase.source != "knowledge":
            for place, word in enumerate(phrase.words):
                if word not in SMALL:
                    slots[phrase.words[:place], phrase.words[place + 1 :]].add(word)
    found: dict[str, set[str]] = defaultdict(set)
    for words in slots.values():
        for word in words:
            found[word] |= words - {word}
    return {word: sorted(others) for word, others in found.items() if others}


def measures(like: Likeness) -> NDArray[np.float64]:
    """The likenesses and their squares."""
    meaning, company = max(like.meaning, 0.0), max(like.company, 0.0)
    return np.array([like.meaning, like.company, meaning**2, company**2])


def main() -> None:
    """Compare, fit, print."""
    vectors, others, rng = Vectors.load(), rivals(), random.Random(1)
    rows = []
    for part in ("train", "test"):
        for word, puts in dictionary(part).items():
            for put in dict.fromkeys(puts):
                right = vectors.likeness(put, word)
                if right is None or word not in others:
                    continue
                there = [other for other in others[word] if other != put]
                for other in rng.sample(there, min(OTHERS, len(there))):
                    wrong = vectors.likeness(put, other)
                    if wrong is not None:
                        rows.append(measures(right) - measures(wrong))
    x = np.array(rows)
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        w += np.linalg.solve((x.T * (p * (1 - p))) @ x + RIDGE * np.eye(len(w)), x.T @ (1 - p) - RIDGE * w)
    print(f"{len(x)} comparisons; nearer in meaning {(x[:, 0] > 0).mean():.3f}, in company {(x[:, 1] > 0).mean():.3f}")
    print(f"weights {np.round(w, 1).tolist()}: right {(x @ w > 0).mean():.3f}")


if __name__ == "__main__":
    main()

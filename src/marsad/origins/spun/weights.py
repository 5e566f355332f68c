"""The fitted weights: readable tables of what each measure speaks for.

``word.trees.tsv``: the trees that give a word's log-odds of having been swapped (``trees.py``).
``document.weights.tsv``: for each measure of a text its mean on clean text, its scale and its weight; the row ``*`` has
the log-odds to begin with. The rows ``passage`` join the log-odds of a passage's own words and of its text.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.document import DOCUMENT
from marsad.origins.spun.features import WORD
from marsad.origins.spun.tables import shipped
from marsad.origins.spun.trees import Trees

__all__ = ["CAP", "SHRINK", "Weights", "standard", "weights"]

SHRINK: Final = 15.0
"""A text of this many judged words has half the say that a long one has."""
CAP: Final = 5.0
"""Log-odds beyond this say no more about a passage."""


def standard(
    values: NDArray[np.float64], mean: NDArray[np.float64], scale: NDArray[np.float64], judged: int
) -> NDArray[np.float64]:
    """How far a text's measures lie from clean text's, the less the fewer words were judged."""
    return np.asarray(np.clip((values - mean) / scale, -4.0, 8.0) * (judged / (judged + SHRINK)))


class Weights:
    """Both tables. Raises ValueError or LookupError where one is malformed."""

    def __init__(self, trees: str, document: str) -> None:
        self.of_words: Final = Trees(trees, WORD)
        rows = {cells[0]: cells[1:] for cells in (line.split("\t") for line in document.split("\n")[1:] if line)}
        table = np.array([[float(cell) for cell in rows[name]] for name in DOCUMENT])
        self._mean, self._scale, self._weight = table[:, 0], table[:, 1], table[:, 2]
        self._bias: Final = float(rows["*"][2])
        self._passage: Final = tuple(float(rows[name][2]) for name in ("passage", "passage own", "passage text"))

    def of_document(self, values: NDArray[np.float64], judged: int) -> float:
        """Log-odds that the whole text is spun, from ``judged`` words."""
        return float(self._bias + standard(values, self._mean, self._scale, judged) @ self._weight)

    def of_passage(self, own: float, text: float) -> float:
        """Log-odds that a passage is spun, from those of its words alone and those of its text."""
        start, for_own, for_text = self._passage
        return start + for_own * min(max(own, -CAP), CAP) + for_text * min(max(text, -CAP), CAP)


@cache
def weights() -> Weights:
    """The shipped weights, read once. Raises ModelError when they are missing or malformed."""
    return shipped(Weights, "word.trees.tsv", "document.weights.tsv")

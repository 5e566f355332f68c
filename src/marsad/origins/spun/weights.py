"""The fitted weights: readable tables of what each measure speaks for.

``word.weights.tsv``: feature, lower end of a range of its values, weight. A word's log-odds of having been swapped are
the sum over its features, plus the row ``*``. ``document.weights.tsv``: feature, its mean on clean text, its scale, its
weight.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.errors import ModelError
from marsad.origins.spun.features import DOCUMENT, WORD

__all__ = ["SHRINK", "Weights", "weights"]

FOLDER: Final = Path(__file__).parent
SHRINK: Final = 15.0
"""A text of this many judged words has half the say that a long one has."""


class Weights:
    """Both tables. Raises ValueError or LookupError where one is malformed."""

    def __init__(self, word: str, document: str) -> None:
        ranges: dict[str, list[tuple[float, float]]] = {}
        for line in word.split("\n")[1:]:
            if line:
                name, low, weight = line.split("\t")
                ranges.setdefault(name, []).append((float(low), float(weight)))
        self.bias: Final = ranges["*"][0][1]
        self._lows: Final = [np.array([low for low, _ in ranges[name]]) for name in WORD]
        self._weights: Final = [np.array([weight for _, weight in ranges[name]]) for name in WORD]
        rows = {cells[0]: cells[1:] for cells in (line.split("\t") for line in document.split("\n")[1:] if line)}
        table = np.array([[float(cell) for cell in rows[name]] for name in DOCUMENT])
        self._mean, self._scale, self._weight = table[:, 0], table[:, 1], table[:, 2]
        self._document_bias: Final = float(rows["*"][2])

    def of_words(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log-odds that each word, a row, has been swapped."""
        out = np.full(len(values), self.bias)
        for column, (lows, weight) in enumerate(zip(self._lows, self._weights, strict=True)):
            at = np.searchsorted(lows, values[:, column], side="right") - 1
            out += weight[np.maximum(at, 0)]
        return out

    def of_document(self, values: NDArray[np.float64], judged: int) -> float:
        """Log-odds that the whole text is spun, from ``judged`` words."""
        shares = np.clip((values - self._mean) / self._scale, -4.0, 8.0)
        return float(self._document_bias + judged / (judged + SHRINK) * (shares @ self._weight))


@cache
def weights() -> Weights:
    """The shipped weights, read once. Raises ModelError when they are missing or malformed."""
    try:
        return Weights(*((FOLDER / f"{n}.weights.tsv").read_text(encoding="utf-8") for n in ("word", "document")))
    except (OSError, ValueError, LookupError) as error:
        raise ModelError(
            f"the weights in {FOLDER} are missing or malformed ({type(error).__name__}: {error}): reinstall marsad"
        ) from error

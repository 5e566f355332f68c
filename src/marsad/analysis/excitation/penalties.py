"""How strongly the drift is held: penalties on background coefficients, and the choice of their weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from marsad.analysis.excitation.design import Penalty
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import Layout

__all__ = ["HEAVIEST", "LIGHTEST", "Placed", "chosen", "place", "total"]

LIGHTEST: Final = 1e-3
HEAVIEST: Final = 1e6
_LIGHT: Final = 10.0
"""Where the choice begins."""


class Placed:
    """One penalty of one series: where its coefficients stand in the vector, and its weight."""

    __slots__ = ("at", "given", "matrix", "rank", "wanders", "weight")

    def __init__(self, at: Floats, penalty: Penalty, weight: float | None) -> None:
        self.at = at.astype(np.intp)
        self.matrix = penalty.matrix
        self.rank = int(np.linalg.matrix_rank(penalty.matrix))
        self.given = weight is not None
        self.wanders = penalty.wanders
        self.weight = _LIGHT if weight is None else weight


def place(penalties: Sequence[Penalty], layout: Layout, weights: Sequence[float] | None) -> list[Placed]:
    """The penalties of each series in turn; ``weights`` stand in for all of theirs, in the same order."""
    columns = len(layout.columns)
    placed: list[Placed] = []
    for series in range(len(layout.series)):
        for penalty in penalties:
            weight = penalty.weight if weights is None else weights[len(placed)]
            placed.append(Placed(np.asarray(penalty.columns) + series * columns, penalty, weight))
    return placed


def total(placed: Sequence[Placed], size: int) -> Floats:
    """The penalties as one matrix over the whole vector."""
    out = np.zeros((size, size))
    for one in placed:
        out[np.ix_(one.at, one.at)] += one.weight * one.matrix
    return out


def chosen(placed: Sequence[Placed], size: int) -> Callable[[Floats, Floats], Floats] | None:
    """A step towards the weights of greatest marginal likelihood; None where all are given.

    The rule is that of Wood and Fasiolo (2017): the weight grows by the ratio of the
    roughness that the penalty and the data together would lead one to expect to the
    roughness that there is.
    """
    if all(one.given for one in placed):
        return None

    def after_step(vector: Floats, information: Floats) -> Floats:
        scale = np.sqrt(np.maximum(np.diag(information), 1e-9))
        scaled = information / np.outer(scale, scale) + 1e-9 * np.eye(size)
        inverse = np.linalg.inv(scaled) / np.outer(scale, scale)
        for one in placed:
            if one.given:
                continue
            spread = float((inverse[np.ix_(one.at, one.at)] * one.matrix).sum())
            rough = float(vector[one.at] @ one.matrix @ vector[one.at])
            expected = max(one.rank - one.weight * spread, 1e-9)
            factor = min(max(expected / max(rough * one.weight, 1e-12), 0.05), 20.0)
            one.weight = min(max(one.weight * factor, LIGHTEST), HEAVIEST)
        return total(placed, size)

    return after_step

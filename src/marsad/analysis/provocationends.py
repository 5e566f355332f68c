"""Ends of the intervals of who answers whom: between two fits, each of which is right in another world.

Where drifts go their own ways, weights of the joint likelihood are too small; where series share a slow wave, those of
the marginal one are too large (:mod:`marsad.analysis.provocationfit`). Which world it is cannot be told, so that a
weight is known only to lie between the two but for chance. An interval for such a thing (Imbens and Manski 2004) goes
from below the one to above the other, by fewer errors than 1.96 where they are apart, because the truth cannot be near
both ends.

Errors are those of a bootstrap of the scores by blocks of days (Kline and Santos 2012; Künsch 1989), and never less
than the model's own. Ends are taken on the scale of the root, as the error of a weight grows with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.provocationfit import Together

__all__ = ["BLOCK", "Moved", "ends", "moved"]

BLOCK: Final = 14
"""Days that a bootstrap draws together."""
_HALVINGS: Final = 40


@dataclass(frozen=True, slots=True)
class Moved:
    """Weights of a fit and how chance moves them.

    Attributes:
        middle: Where each weight is, or would be without its bound.
        around: Draws by weights: how reweighed blocks of days move them.
    """

    middle: Floats
    around: Floats

    @property
    def error(self) -> Floats:
        """Standard errors."""
        return np.asarray(self.around.std(axis=0))

    def end(self, reach: Floats, side: int) -> Floats:
        """So many errors to one side, 1 or -1, on the scale of the root; beside zero as far as the error goes."""
        away = reach * self.error
        root = np.sqrt(np.maximum(self.middle, 1e-12))
        bent = np.maximum(root + side * away / (2 * root), 0) ** 2
        return np.where(self.middle > away, bent, np.maximum(self.middle + side * away, 0.0))


def moved(together: Together, draws: int, seed: int) -> Moved:
    """What a bootstrap of the scores says of a fit's weights."""
    scores = together.scores
    blocks = np.add.reduceat(scores, np.arange(0, len(scores), BLOCK), axis=0)
    blocks -= blocks.mean(axis=0)
    around = np.random.default_rng(seed).standard_normal((draws, len(blocks))) @ blocks
    # The scores know nothing of the drift's prior: no interval is narrower than the information allows.
    errors = np.maximum(np.diag(together.covariance), 0)
    around *= np.maximum(np.sqrt(errors) / np.maximum(around.std(axis=0), 1e-12), 1.0)
    # At zero the estimate would go on below if it could: a free step says how far.
    layout = together.fitted.model.layout
    weights = together.fitted.estimate[layout.first_weight : layout.first_weight + layout.pairs]
    return Moved(np.where(weights > 0, weights, np.minimum(errors * together.slope, 0.0)), around)


def ends(least: Moved, most: Moved, level: float) -> tuple[Floats, Floats]:
    """Low and high ends for weights between two fits."""
    apart = np.maximum(most.middle - least.middle, 0) / np.maximum(np.maximum(least.error, most.error), 1e-12)
    reach = _reach(apart, level)
    both = (least, most)
    low = np.minimum(*(one.end(reach, -1) for one in both))
    return low, np.maximum(*(one.end(reach, 1) for one in both))


def _reach(apart: Floats, level: float) -> Floats:
    """How many errors beyond two ends hold ``level`` of all draws, wherever the truth is between them."""
    from scipy.special import ndtr, ndtri

    low = np.full(apart.shape, float(ndtri(level)))
    high = np.full(apart.shape, float(ndtri(0.5 + level / 2)))
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        enough = ndtr(half + apart) - ndtr(-half) >= level
        low, high = np.where(enough, low, half), np.where(enough, half, high)
    return np.asarray(high)

"""An effect in a background that was fitted: what its score test says at any size of the effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.analysis.latent import Floats, Mode, Traits, find_mode
from marsad.analysis.stretches import Stretches

__all__ = ["Setting"]

_FALLEN: Final = 0.7
"""Share of the usual events in an after-period, between all and half of them: fewer events tell less."""


@dataclass(frozen=True)
class Setting:
    """A background that was fitted once: stretches, traits, the covariance of ``f``, and the effect's column."""

    stretches: Stretches
    traits: Traits
    place: Floats
    """The traits as coordinates, from which a fit of nearly the same begins."""
    cov: Floats
    column: Floats
    lasting: bool
    """Whether the level after the effect's last stretch is left open: the counts there say that it lasted."""
    effect: float
    """The effect's most probable value, within bounds; what is taken out at placebo dates."""

    def mode(self, effect: float) -> Mode:
        """The background where the effect is held at this value."""
        return find_mode(self.stretches.days, self.cov, self.traits, effect * self.column)

    def score(self, effect: float) -> tuple[float, float]:
        """The score of the effect at this value, and its information."""
        mode = self.mode(effect)
        return float(self.column @ mode.score), float(mode.information(self.column[:, None])[0, 0])

    def rates(self) -> tuple[Floats, Floats]:
        """Events a day in each stretch that are expected with the effect and without it: the background, the answers
        to others, and all that these beget."""
        days, traits = self.stretches.days, self.traits
        background = days.base(traits) * np.exp(self.mode(self.effect).f)
        answers = days.sums(days.answers(traits)) / days.sizes
        begets = 1 / (1 - traits.branching)
        return (
            np.asarray(begets * (background * np.exp(self.effect * self.column) + answers)),
            np.asarray(begets * (background + answers)),
        )

    def statistic(self, effect: float) -> float:
        """The test's statistic where this is the effect; it falls as the effect grows."""
        score, information = self.score(effect)
        # Where next to nothing is expected, a score of nothing stands on no information.
        return score / math.sqrt(max(information, 1e-9))

    def promised_error(self) -> float:
        """The standard error that such an after-period promises for a test of a halving, whatever it held."""
        from scipy.linalg import cholesky, solve_triangular

        days, mode = self.stretches.days, self.mode(self.effect)
        seen = days.sums(mode.background * days.observed)
        background = seen * np.exp(-self.effect * self.column) * np.where(self.column > 0, _FALLEN, 1.0)
        before = slice(0, max(self.stretches.turn, 1))
        # What share of the background's events can be told from echoes and scatter: as in the time before.
        share = float(mode.weight[before].sum() / max(seen[before].sum(), 1e-9))
        root = np.sqrt(background * share)
        lower = cholesky(np.eye(len(root)) + root[:, None] * self.cov * root[None, :], lower=True, check_finite=False)
        half = solve_triangular(lower, root * self.column, lower=True, check_finite=False)
        return 1.0 / math.sqrt(max(float(half @ half), 1e-12))

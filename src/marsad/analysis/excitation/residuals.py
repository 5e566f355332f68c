"""Randomised quantile residuals of a fit, and tests of them.

A count's residual is drawn uniformly between the model's probability of fewer and of
as many events (Dunn and Smyth 1996). If the model holds, residuals are uniform and
independent from day to day; with the randomisation this is exact for counts too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from marsad.analysis.excitation import family as families
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.model import Model, State

__all__ = ["Residuals", "residuals"]


@dataclass(frozen=True, slots=True)
class Residuals:
    """Residuals by day and series; not a number where the count is missing.

    Attributes:
        uniform: Between 0 and 1.
        normal: The same as quantiles of a normal distribution.
    """

    uniform: Floats
    normal: Floats

    def uniformity(self, series: int = 0) -> float:
        """The p-value of a Kolmogorov-Smirnov test that a series' residuals are uniform."""
        from scipy.stats import kstest

        values = self.uniform[:, series]
        return float(kstest(values[np.isfinite(values)], "uniform").pvalue)

    def independence(self, series: int = 0, lags: int = 14) -> float:
        """The p-value of Ljung and Box's test that a series' residuals are uncorrelated up to ``lags`` days."""
        from scipy.stats import chi2

        values = self.normal[:, series]
        seen = np.isfinite(values)
        centred = np.where(seen, values - values[seen].mean(), 0.0)
        days, lags = len(values), min(lags, len(values) - 1)
        power = float(centred @ centred)
        total = sum((float(centred[lag:] @ centred[:-lag]) / power) ** 2 / (days - lag) for lag in range(1, lags + 1))
        return float(chi2.sf(days * (days + 2) * total, lags))


def residuals(model: Model, state: State, seed: int) -> Residuals:
    """The residuals of a model at its state; counts that are not whole are rounded."""
    from scipy.special import ndtri

    counts = np.round(model.data.counts)
    scatter = state.parts.scatter
    low = families.distribution(counts - 1, state.mean, scatter, model.family)
    high = families.distribution(counts, state.mean, scatter, model.family)
    uniform = low + np.random.default_rng(seed).random(counts.shape) * (high - low)
    uniform = np.where(model.data.observed > 0, np.clip(uniform, 1e-12, 1 - 1e-12), np.nan)
    return Residuals(uniform, np.asarray(ndtri(uniform)))

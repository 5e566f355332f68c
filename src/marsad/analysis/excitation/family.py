"""How counts scatter around their mean: Poisson, or negative binomial with variance ``m + k m^2``.

``scatter`` is the logarithm of ``k``; it is not used by the Poisson family.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np

from marsad.analysis.excitation.kernel import Floats

__all__ = [
    "LEAST_SCATTER",
    "Family",
    "Tally",
    "distribution",
    "draw",
    "information",
    "score",
]

Family: TypeAlias = Literal["negative-binomial", "poisson"]

LEAST_SCATTER: Final = -14.0
"""Below this the negative binomial cannot be told from the Poisson by any data."""

_TINY: Final = 1e-300


class Tally:
    """Counts, days by series, with what likelihoods ask of them again and again.

    A logarithm of a gamma function is dear and the counts of a series take few values:
    it is computed once for each value.
    """

    def __init__(self, counts: Floats) -> None:
        from scipy.special import gammaln

        self.counts = counts
        self._constant = gammaln(counts + 1)
        self._values = [np.unique(column, return_inverse=True) for column in counts.T]

    def log_likelihood(self, mean: Floats, scatter: Floats, family: Family) -> Floats:
        """The logarithm of the probability of each count."""
        from scipy.special import xlogy

        if family == "poisson":
            return np.asarray(xlogy(self.counts, mean) - mean - self._constant)
        size = np.exp(-scatter)
        rising = np.empty_like(mean)
        for series, (values, place) in enumerate(self._values):
            rising[:, series] = _log_rising(values, size[series])[place]
        odds = xlogy(self.counts, mean / (size + mean))
        return np.asarray(rising - self._constant - size * np.log1p(mean / size) + odds)

    def scatter_slopes(self, mean: Floats, scatter: Floats) -> tuple[Floats, Floats]:
        """First and second derivative of the negative binomial log-likelihood by the scatter, for each count."""
        size = np.exp(-scatter)
        rise, bend = np.empty_like(mean), np.empty_like(mean)
        for series, (values, place) in enumerate(self._values):
            first, second = _rising_slopes(values, size[series])
            rise[:, series], bend[:, series] = first[place], second[place]
        total = size + mean
        by_size = rise - np.log1p(mean / size) + (mean - self.counts) / total
        by_size_twice = bend + mean / (size * total) - (mean - self.counts) / total**2
        return -size * by_size, size * by_size + size**2 * by_size_twice


def score(counts: Floats, mean: Floats, scatter: Floats, family: Family) -> Floats:
    """The derivative of the log-likelihood of each count by its mean."""
    return (counts - mean) * information(mean, scatter, family)


def information(mean: Floats, scatter: Floats, family: Family) -> Floats:
    """The expected information of each count about its mean: one over its variance."""
    variance = mean if family == "poisson" else mean * (1 + np.exp(scatter) * mean)
    return np.asarray(1 / np.maximum(variance, _TINY))


def distribution(counts: Floats, mean: Floats, scatter: Floats, family: Family) -> Floats:
    """The probability of a count as high as ``counts`` or lower; 0 for counts below zero."""
    from scipy.special import betainc, gammaincc

    whole = np.maximum(counts, 0)
    if family == "poisson":
        chance = gammaincc(whole + 1, mean)
    else:
        size = np.exp(-scatter)
        chance = betainc(size, whole + 1, size / (size + mean))
    return np.where(counts < 0, 0.0, chance)


def draw(mean: Floats, scatter: Floats, family: Family, generator: np.random.Generator) -> Floats:
    """Counts drawn at random."""
    if family == "negative-binomial":
        size = np.exp(-scatter)
        mean = generator.gamma(np.broadcast_to(size, mean.shape), mean / size)
    return generator.poisson(mean).astype(np.float64)


def _log_rising(counts: Floats, size: float) -> Floats:
    """``log gamma(counts + size) - log gamma(size)``, exact also where size is far above counts."""
    from scipy.special import gammaln

    if size <= 1e5:
        return np.asarray(gammaln(counts + size) - gammaln(size))
    # The difference of two large numbers loses what it is about: expand around the middle.
    below = counts * (counts - 1)
    return np.asarray(counts * np.log(size) + below / (2 * size) - below * (2 * counts - 1) / (12 * size**2))


def _rising_slopes(counts: Floats, size: float) -> tuple[Floats, Floats]:
    """First and second derivative of :func:`_log_rising` by the size."""
    from scipy.special import digamma, polygamma

    first = np.asarray(digamma(counts + size) - digamma(size))
    second = np.asarray(polygamma(1, counts + size) - polygamma(1, size))
    # Sums where the digamma of a large size would cancel.
    few = (counts < 12) & (counts == np.round(counts))
    steps = np.arange(12)
    inside = steps < counts[few, None]
    first[few] = np.where(inside, 1 / (size + steps), 0).sum(axis=1)
    second[few] = -np.where(inside, 1 / (size + steps) ** 2, 0).sum(axis=1)
    return first, second

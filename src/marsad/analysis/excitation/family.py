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
    "distribution",
    "draw",
    "information",
    "log_likelihood",
    "scatter_slopes",
    "score",
]

Family: TypeAlias = Literal["negative-binomial", "poisson"]

LEAST_SCATTER: Final = -14.0
"""Below this the negative binomial cannot be told from the Poisson by any data."""

_TINY: Final = 1e-300


def log_likelihood(counts: Floats, mean: Floats, scatter: Floats, family: Family) -> Floats:
    """The logarithm of the probability of each count."""
    from scipy.special import gammaln, xlogy

    if family == "poisson":
        return np.asarray(xlogy(counts, mean) - mean - gammaln(counts + 1))
    size = np.exp(-scatter)
    return np.asarray(
        _log_rising(counts, size)
        - gammaln(counts + 1)
        - size * np.log1p(mean / size)
        + xlogy(counts, mean / (size + mean))
    )


def score(counts: Floats, mean: Floats, scatter: Floats, family: Family) -> Floats:
    """The derivative of the log-likelihood of each count by its mean."""
    return (counts - mean) * information(mean, scatter, family)


def information(mean: Floats, scatter: Floats, family: Family) -> Floats:
    """The expected information of each count about its mean: one over its variance."""
    variance = mean if family == "poisson" else mean * (1 + np.exp(scatter) * mean)
    return np.asarray(1 / np.maximum(variance, _TINY))


def scatter_slopes(counts: Floats, mean: Floats, scatter: Floats) -> tuple[Floats, Floats]:
    """First and second derivative of the negative binomial log-likelihood by the scatter, for each count."""
    from scipy.special import digamma, polygamma

    size = np.exp(-scatter)
    small = counts < 12  # sums where digamma of a large size would cancel
    rise, bend = np.empty_like(mean), np.empty_like(mean)
    spread = np.broadcast_to(size, mean.shape)
    few, own = counts[small], spread[small]
    first, second = np.zeros_like(few), np.zeros_like(few)
    for below in range(12):
        on = few > below
        first[on] += 1 / (own[on] + below)
        second[on] -= 1 / (own[on] + below) ** 2
    rise[small], bend[small] = first, second
    many, own = counts[~small], spread[~small]
    rise[~small] = digamma(many + own) - digamma(own)
    bend[~small] = polygamma(1, many + own) - polygamma(1, own)
    total = size + mean
    by_size = rise - np.log1p(mean / size) + (mean - counts) / total
    by_size_twice = bend + mean / (size * total) - (mean - counts) / total**2
    return -size * by_size, size * by_size + size**2 * by_size_twice


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


def _log_rising(counts: Floats, size: Floats) -> Floats:
    """``log gamma(counts + size) - log gamma(size)``, exact also where size is far above counts."""
    from scipy.special import gammaln

    spread = np.broadcast_to(size, counts.shape)
    out = np.asarray(gammaln(counts + spread) - gammaln(spread))
    far = spread > 1e5
    if far.any():  # the difference of two large numbers loses what it is about: expand around the middle
        own, few = spread[far], counts[far]
        out[far] = few * np.log(own) + few * (few - 1) / (2 * own) - few * (few - 1) * (2 * few - 1) / (12 * own**2)
    return out

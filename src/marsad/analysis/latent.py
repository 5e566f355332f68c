"""The background of a series of counts: a level that drifts, short waves, seasons, and counts that vary beyond Poisson.

For a stretch of some days with ``y`` events,

    y ~ NegativeBinomial(mean = exposure * exp(f + effects), dispersion), variance = mean + dispersion * mean^2,

where ``f`` is a Gaussian process in time: a constant, a random walk (the drift), an Ornstein-Uhlenbeck process
(waves of some weeks, such as excitation leaves in weekly counts), the year's harmonics, and covariates with a normal
prior. Its mode, and the likelihood of the variances with ``f`` integrated out by Laplace's approximation, are found as
in Rasmussen and Williams, *Gaussian Processes for Machine Learning* (2006), algorithms 3.1 and 5.1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bools", "Floats", "Kernel", "Mode", "Prior", "Variances", "find_mode", "fit_variances"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WAVE: Final = 21.0
"""Days in which a short wave falls to a third."""
_LEVEL: Final = 9.0
"""Prior variance of the constant: next to no knowledge."""
_SEASON: Final = 0.15**2
"""Prior variance of each of the year's two harmonics, on the log scale."""
_STEPS: Final = 40
_CLOSE: Final = 1e-7
_LARGEST: Final = 30.0
"""Largest logarithm of a rate."""


@dataclass(frozen=True, slots=True)
class Variances:
    """How much the background varies: ``drift`` a day and ``wave`` on the log scale, ``dispersion`` of a stretch."""

    drift: float
    wave: float
    dispersion: float

    def logs(self) -> Floats:
        return np.log([self.drift, self.wave, self.dispersion])


@dataclass(frozen=True, slots=True)
class Prior:
    """Normal priors of the logarithms of the three variances."""

    centre: tuple[float, float, float] = (-6.9, -3.0, -2.5)
    spread: tuple[float, float, float] = (1.5, 1.5, 1.2)


PRIOR: Final = Prior()


@dataclass(frozen=True, slots=True)
class Mode:
    """The most probable background given the counts: ``f``, the score and weight of each stretch, and evidence.

    ``score`` is the derivative of the log likelihood by each stretch's log rate; the score for an effect with column
    ``x`` is ``x @ score`` and its information, the background integrated out, ``information(x)``.
    """

    f: Floats
    score: Floats
    weight: Floats
    evidence: float
    _factor: Floats = field(repr=False)

    def information(self, columns: Floats) -> Floats:
        """``columns.T @ inverse(inverse(W) + K) @ columns``; a matrix with a column for each effect."""
        from scipy.linalg import solve_triangular

        half = solve_triangular(self._factor, np.sqrt(self.weight)[:, None] * columns, lower=True, check_finite=False)
        return np.asarray(half.T @ half)


@dataclass(frozen=True)
class Kernel:
    """The parts of the covariance of ``f`` between stretches, each to be weighed by its variance."""

    fixed: Floats
    wave: Floats
    drift: Floats

    @classmethod
    def between(cls, middles: Floats, *, seasons: bool, covariates: Floats | None = None) -> Kernel:
        """For stretches whose middles are at these days."""
        lag = np.abs(middles[:, None] - middles[None, :])
        fixed = np.full_like(lag, _LEVEL)
        if seasons:
            turn = 2 * np.pi * lag / 365.25
            fixed += _SEASON * (np.cos(turn) + 0.5 * np.cos(2 * turn))
        if covariates is not None and covariates.size:
            fixed += covariates @ covariates.T
        since = middles - middles[0]
        return cls(fixed, np.exp(-lag / WAVE), np.minimum(since[:, None], since[None, :]))

    def covariance(self, variances: Variances) -> Floats:
        """The covariance at these variances."""
        return self.fixed + variances.wave * self.wave + variances.drift * self.drift


def find_mode(counts: Floats, offset: Floats, cov: Floats, dispersion: float, start: Floats | None = None) -> Mode:
    """The mode of ``f`` by Newton's method with halved steps."""
    from scipy.linalg import cho_solve, cholesky

    size = 1.0 / dispersion
    f = np.zeros_like(counts) if start is None else start
    a = np.zeros_like(counts)
    best = -np.inf if start is not None else _likelihood(counts, offset + f, size)
    moved = start is None
    old_a = a
    for _ in range(_STEPS):
        mean = np.exp(np.minimum(offset + f, _LARGEST))
        score = size * (counts - mean) / (size + mean)
        weight = (counts + size) * size * mean / (size + mean) ** 2
        root = np.sqrt(weight)
        lower = cholesky(np.eye(len(f)) + root[:, None] * cov * root[None, :], lower=True, check_finite=False)
        b = weight * f + score
        a = b - root * cho_solve((lower, True), root * (cov @ b), check_finite=False)
        new = cov @ a
        value = _likelihood(counts, offset + new, size) - 0.5 * float(a @ new)
        step = 1.0
        while value < best - _CLOSE and moved and step > 1 / 64:
            step /= 2
            mixed = old_a + step * (a - old_a)
            new = cov @ mixed
            value = _likelihood(counts, offset + new, size) - 0.5 * float(mixed @ new)
            if step <= 1 / 64:
                break
        else:
            mixed = a
        if step < 1:
            mixed = old_a + step * (a - old_a)
        change = float(np.max(np.abs(new - f)))
        f, old_a, best, moved = new, mixed, value, True
        if change < 1e-5:
            break
    mean = np.exp(np.minimum(offset + f, _LARGEST))
    score = size * (counts - mean) / (size + mean)
    weight = (counts + size) * size * mean / (size + mean) ** 2
    root = np.sqrt(weight)
    lower = cholesky(np.eye(len(f)) + root[:, None] * cov * root[None, :], lower=True, check_finite=False)
    evidence = best - float(np.log(np.diag(lower)).sum())
    return Mode(f, score, weight, evidence, lower)


def _likelihood(counts: Floats, eta: Floats, size: float) -> float:
    """Negative-binomial log likelihood; fractional counts are taken as they are."""
    from scipy.special import gammaln

    eta = np.minimum(eta, _LARGEST)
    mean = np.exp(eta)
    kept = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)
    return float(np.sum(kept + counts * (eta - np.log(size + mean)) + size * np.log(size / (size + mean))))


def fit_variances(
    counts: Floats, offset: Floats, middles: Floats, *,
    seasons: bool, covariates: Floats | None = None, prior: Prior = PRIOR, tries: int = 45,
) -> tuple[Variances, Mode]:  # fmt: skip
    """The variances that are most probable given the counts, the background integrated out, and the mode there."""
    from scipy.optimize import minimize

    centre, spread = np.array(prior.centre), np.array(prior.spread)
    kernel = Kernel.between(middles, seasons=seasons, covariates=covariates)
    last: dict[str, Any] = {"f": None}

    def cost(u: Floats) -> float:
        logs = np.clip(centre + spread * u, -12.0, 3.0)
        found = Variances(*np.exp(logs).tolist())
        cov = kernel.covariance(found)
        mode = find_mode(counts, offset, cov, found.dispersion, last["f"])
        last["f"] = mode.f
        return -mode.evidence + 0.5 * float(u @ u)

    start = np.zeros(3)
    simplex = np.vstack([start, start + np.diag([0.7, 0.7, 0.7])])
    result = minimize(
        cost, start, method="Nelder-Mead",
        options={"maxfev": tries, "xatol": 0.05, "fatol": 0.02, "initial_simplex": simplex},
    )  # fmt: skip
    logs = np.clip(centre + spread * np.asarray(result.x), -12.0, 3.0)
    best = Variances(*np.exp(logs).tolist())
    cov = kernel.covariance(best)
    return best, find_mode(counts, offset, cov, best.dispersion, last["f"])

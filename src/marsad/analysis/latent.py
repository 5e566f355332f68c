"""The daily count model in which a change is looked for: events that beget events, on a background that drifts.

On day ``t`` of stretch ``s`` there are

    y_t ~ NegativeBinomial(mean m_t, variance m_t + dispersion * m_t^2),
    m_t = u_t + branching * e_t,    u_t = w_t * level * (1 - branching) * exp(f_s + effects_s),

where ``e_t`` is the echo of earlier days' events, fading with a mean delay of ``delay`` days, and beside it may stand
echoes of other series, each with a weight and a delay of its own; ``w_t`` is the weekday's share; and ``f`` a Gaussian
process in time, one value for each stretch: a constant, a random walk (the drift), an Ornstein-Uhlenbeck process (waves
of some weeks), the year's harmonics, and covariates with a normal prior. The mode of ``f`` and the likelihood of the
traits with ``f`` integrated out, by Laplace's approximation, are found as in
Rasmussen and Williams, *Gaussian Processes for Machine Learning* (2006), algorithms 3.1 and 5.1, by Fisher scoring.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BRANCHING_SPREAD",
    "Bools",
    "Days",
    "Floats",
    "Heard",
    "Kernel",
    "Mode",
    "Traits",
    "coordinates",
    "find_mode",
    "fit_traits",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WAVE: Final = 21.0
"""Days in which a wave falls to a third."""
_LEVEL: Final = 9.0
"""Prior variance of the constant: next to no knowledge."""
_SEASON: Final = 0.15**2
"""Prior variance of each of the year's two harmonics, on the log scale."""
_CENTRE: Final = np.array([-8.5, -4.5, -1.2, -1.6, 1.6])
_SPREAD: Final = np.array([2.0, 1.8, 1.3, 1.3, 0.6])
"""Normal priors of the logarithms of drift, wave and dispersion, the logit of branching, and the logarithm of delay."""
BRANCHING_SPREAD: Final = float(_SPREAD[3])
"""That of the branching ratio, the third coordinate after the first."""
_CROSS_CENTRE: Final = np.array([-3.5, 1.6])
_CROSS_SPREAD: Final = np.array([2.0, 0.6])
"""The same for another series: the logit of the share of events that answer it, and the logarithm of their delay."""
_MOST_BRANCHING: Final = 0.95
_LEAST_OWN: Final = 0.05
"""Share of the events that no other series can explain, at least."""
_STEPS: Final = 30
_LEAST_STEP: Final = 1 / 512
_ROUGH, _FINE = 3e-3, 1e-4
"""How much the background still moves at the end of the search for its mode."""
_LARGEST: Final = 25.0
_TINY: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Traits:
    """How a series behaves. ``drift`` (a day) and ``wave`` are variances on the log scale, ``dispersion`` is that of a
    day's counts, ``branching`` how many events one begets, ``delay`` after how many days on the mean; ``crossing`` are
    the same two, how many and after how long, for an event of each other series that is listened to."""

    drift: float
    wave: float
    dispersion: float
    branching: float
    delay: float
    crossing: tuple[tuple[float, float], ...] = ()

    @classmethod
    def of(cls, u: Floats, days: Days | None = None) -> Traits:
        """From standardised coordinates: zero is the most probable beforehand, one is a standard deviation.

        The weight of another series is that which explains a share of the events of these ``days``.
        """
        drift, wave, dispersion, logit, delay = (_CENTRE + _SPREAD * u[:_OWN]).tolist()
        branching = _logistic(logit)
        crossing = []
        for at, heard in enumerate(days.others if days is not None else ()):
            share, lag = (_CROSS_CENTRE + _CROSS_SPREAD * u[_OWN + 2 * at : _OWN + 2 * at + 2]).tolist()
            left = days.rate * (1 - branching) / heard.rate if days is not None and heard.rate > 0 else 0.0
            crossing.append((_logistic(share) * left, float(np.exp(np.clip(lag, 0, 3.5)))))
        return cls(
            float(np.exp(np.clip(drift, -12, 1))), float(np.exp(np.clip(wave, -10, 2))),
            float(np.exp(np.clip(dispersion, -9, 3))), branching, float(np.exp(np.clip(delay, 0, 3.5))),
            tuple(crossing),
        )  # fmt: skip


_OWN: Final = len(_CENTRE)


def _logistic(logit: float) -> float:
    return float(_MOST_BRANCHING / (1 + np.exp(-np.clip(logit, -8, 8))))


def coordinates(place: Floats, others: int) -> Floats:
    """The coordinates of traits with so many other series, from those with more or fewer."""
    found = np.zeros(_OWN + 2 * others)
    kept = min(len(found), len(place))
    found[:kept] = place[:kept]
    return found


@dataclass(frozen=True)
class Heard:
    """Another series that may be answered: its counts on the same days, those of days that were not watched filled
    with the mean, and its events a day before the first."""

    counts: Floats
    before: float

    @cached_property
    def rate(self) -> float:
        """Mean events a day."""
        return float(self.counts.mean()) if len(self.counts) else 0.0


@dataclass(frozen=True)
class Days:
    """The days that are fitted: counts, each one's ``share`` of a mean day (its weekday's), and whether it was watched.

    ``edges`` are the first days of the stretches, ``before`` the events a day that went before the first day.
    ``others`` are the series that may be answered. Where ``echoing`` is False no event begets another. ``whole`` are
    the counts with each event that is spread over days on the last of them, where there are such: from there on it may
    beget others, and no share of an event begets another share of it. None: as ``counts``.
    """

    counts: Floats
    share: Floats
    observed: Floats
    edges: NDArray[np.int64]
    before: float
    others: tuple[Heard, ...] = ()
    echoing: bool = True
    whole: Floats | None = None

    def __len__(self) -> int:
        return len(self.edges)

    @property
    def parents(self) -> Floats:
        """The events of each day that may beget others from the next day on."""
        return self.counts if self.whole is None else self.whole

    @cached_property
    def rate(self) -> float:
        """Mean events on a watched day; that of half an event where there is none."""
        return float(max((self.counts * self.observed).sum(), 0.5) / max(self.observed.sum(), 1.0))

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """Days of each stretch."""
        return np.diff(np.append(self.edges, len(self.counts)))

    @cached_property
    def tally(self) -> tuple[Floats, Floats]:
        """The different counts of watched days, and how often there is each."""
        values, times = np.unique(self.counts[self.observed > 0], return_counts=True)
        return values, np.asarray(times, dtype=np.float64)

    def sums(self, values: Floats) -> Floats:
        """Sums of daily values over the stretches."""
        return np.asarray(np.add.reduceat(values, self.edges), dtype=np.float64)

    def spread(self, values: Floats) -> Floats:
        """Values of stretches on each of their days."""
        return np.asarray(np.repeat(values, self.sizes), dtype=np.float64)

    def echo(self, delay: float) -> Floats:
        """The echo of all earlier days on each day; days that were not watched sound like the mean day."""
        if not self.echoing:
            return np.zeros(len(self.counts))
        return _faded(np.where(self.observed > 0, self.parents, self.rate), self.before, delay)

    def crossed(self, traits: Traits) -> list[Floats]:
        """The echo of each other series on each day: how many events one would expect where its weight is one."""
        return [
            _faded(heard.counts, heard.before, delay)
            for heard, (_, delay) in zip(self.others, traits.crossing, strict=True)
        ]

    def answers(self, traits: Traits) -> Floats:
        """The events of each day that are expected to answer other series."""
        found = np.zeros(len(self.counts))
        for echo, (weight, _) in zip(self.crossed(traits), traits.crossing, strict=True):
            found += weight * echo
        return found

    def base(self, traits: Traits) -> float:
        """Events a day of the background, on the mean: what neither echoes nor answers are expected to bring."""
        own = self.rate * (1 - traits.branching)
        answers = sum(weight * heard.rate for heard, (weight, _) in zip(self.others, traits.crossing, strict=True))
        return max(own - answers, _LEAST_OWN * own)

    def until(self, stretch: int) -> Days:
        """The days before a stretch."""
        end = int(self.edges[stretch]) if stretch < len(self) else len(self.counts)
        others = tuple(Heard(heard.counts[:end], heard.before) for heard in self.others)
        return Days(
            self.counts[:end], self.share[:end], self.observed[:end], self.edges[:stretch], self.before, others,
            self.echoing, None if self.whole is None else self.whole[:end],
        )  # fmt: skip


def _faded(sounded: Floats, before: float, delay: float) -> Floats:
    from scipy.signal import lfilter

    fading = float(np.exp(-1.0 / delay))
    return np.asarray(lfilter([0.0, 1 - fading], [1.0, -fading], sounded, zi=[before])[0], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Mode:
    """The most probable background given the counts: ``f``, the score and weight of each stretch, and evidence.

    ``score`` is the derivative of the log likelihood by each stretch's log background; the score for an effect with
    column ``x`` is ``x @ score`` and its information, the background integrated out, ``information(x)``.
    ``background`` and ``mean`` are those of each day.
    """

    f: Floats
    score: Floats
    weight: Floats
    evidence: float
    background: Floats
    mean: Floats
    _factor: Floats = field(repr=False)

    def information(self, columns: Floats) -> Floats:
        """``columns.T @ inverse(inverse(W) + K) @ columns``; a matrix with a column for each effect."""
        half = self.halved(columns)
        return np.asarray(half.T @ half)

    def halved(self, columns: Floats) -> Floats:
        """What ``information`` multiplies with itself: ``inverse(L) @ sqrt(W) @ columns``."""
        from scipy.linalg import solve_triangular

        root = np.sqrt(self.weight)[:, None]
        return np.asarray(solve_triangular(self._factor, root * columns, lower=True, check_finite=False))


@dataclass(frozen=True)
class Kernel:
    """The parts of the covariance of ``f`` between stretches, two of them to be weighed by their variances."""

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

    def covariance(self, traits: Traits) -> Floats:
        """The covariance at these variances."""
        return self.fixed + traits.wave * self.wave + traits.drift * self.drift


def find_mode(
    days: Days, cov: Floats, traits: Traits, shift: Floats | None = None, start: Floats | None = None,
    rough: bool = False,
) -> Mode:  # fmt: skip
    """The mode of ``f`` by Fisher scoring with halved steps. ``shift`` are effects that are held, for each stretch.

    A ``rough`` one has the slopes of the last step but one: enough for its evidence.
    """
    from scipy.linalg import cho_solve, cholesky

    offset = np.log(days.base(traits)) + (np.zeros(len(days)) if shift is None else shift)
    echoed = traits.branching * days.echo(traits.delay) + days.answers(traits) + _TINY
    f = np.zeros(len(days)) if start is None else start

    def means(at: Floats) -> tuple[Floats, Floats]:
        background = days.spread(np.exp(np.clip(offset + at, -40, _LARGEST))) * days.share
        return background, background + echoed

    def slopes(at: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        background, mean = means(at)
        by = background / (mean * (1 + traits.dispersion * mean)) * days.observed
        score, weight = days.sums(by * (days.counts - mean)), days.sums(by * background)
        root = np.sqrt(weight)
        matrix = cov * root[:, None]
        matrix *= root[None, :]
        matrix.flat[:: len(root) + 1] += 1.0
        lower = cholesky(matrix, lower=True, overwrite_a=True, check_finite=False)
        return score, weight, np.asarray(lower), background, mean

    # From nothing known, a first step may go far beyond the mode: it is halved as all others are.
    old = np.zeros(len(days)) if start is None else None
    best = -np.inf if start is not None else _likelihood(days, means(f)[1], traits.dispersion)
    for _ in range(_STEPS):
        score, weight, lower, background, mean = slopes(f)
        root, b = np.sqrt(weight), weight * f + score
        a = b - root * cho_solve((lower, True), root * (cov @ b), check_finite=False)
        new = cov @ a
        value = _likelihood(days, means(new)[1], traits.dispersion) - 0.5 * float(a @ new)
        step = 1.0
        while old is not None and value < best - 1e-6 and step > _LEAST_STEP:
            step /= 2
            mixed = old + step * (a - old)
            new = cov @ mixed
            value = _likelihood(days, means(new)[1], traits.dispersion) - 0.5 * float(mixed @ new)
        if old is not None and step < 1:
            a = old + step * (a - old)
        moved = float(np.max(np.abs(new - f)))
        f, old, best = new, a, value
        if moved < (_ROUGH if rough else _FINE):
            break
    if not rough:
        score, weight, lower, background, mean = slopes(f)
    evidence = best - float(np.log(np.diag(lower)).sum())
    return Mode(f, score, weight, evidence, background, mean, lower)


def _likelihood(days: Days, mean: Floats, dispersion: float) -> float:
    """Negative-binomial log likelihood; fractional counts are taken as they are."""
    from scipy.special import gammaln

    size = 1.0 / dispersion
    values, times = days.tally
    fixed = float((times * (gammaln(values + size) - gammaln(size) - gammaln(values + 1))).sum())
    both = np.log(size + mean)
    return fixed + float(np.sum((days.counts * (np.log(mean) - both) + size * (np.log(size) - both)) * days.observed))


def fit_traits(days: Days, kernel: Kernel, *, start: Floats | None = None, tries: int = 110) -> tuple[Floats, float]:
    """The most probable traits, as standardised coordinates, and their evidence, the background integrated out."""
    from scipy.optimize import minimize

    last: dict[str, Any] = {"f": None}

    def cost(u: Floats) -> float:
        traits = Traits.of(u, days)
        mode = find_mode(days, kernel.covariance(traits), traits, start=last["f"], rough=True)
        last["f"] = mode.f
        return -mode.evidence + 0.5 * float(u @ u)

    first = np.zeros(_OWN + 2 * len(days.others)) if start is None else coordinates(start, len(days.others))
    simplex = np.vstack([first, first + np.eye(len(first)) * 0.8])
    tries = tries * len(first) // _OWN
    result = minimize(
        cost, first, method="Nelder-Mead",
        options={"maxfev": tries, "xatol": 0.05, "fatol": 0.02, "initial_simplex": simplex},
    )  # fmt: skip
    return np.asarray(result.x, dtype=np.float64), -float(result.fun)

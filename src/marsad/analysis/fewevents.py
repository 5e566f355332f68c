"""How many events an after-period would have by chance: the reference of a test where next to nothing is expected.

A score test takes its statistic as normal. That holds where some ten events are expected; where one event in eight
half-years is, a single one lies two standard errors off. So the number of events is held against its distribution
without an effect: immigrants, from a background that is known by what came outside the after-period, up to its level
and its drift (normal on the log scale); scattered over days as a negative binomial; each with all the events that it
begets, directly or not (the Borel distribution: Hawkes and Oakes, *Journal of Applied Probability* 11, 1974, for the
clusters; Consul, *Generalized Poisson Distributions*, 1989). The probabilities follow from the generating function by a
Fourier transform. Half the probability of the number that was seen belongs to either tail (mid-p: Lancaster, *JASA* 56,
1961).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.latent import BRANCHING_SPREAD, Floats, Traits, find_mode
from marsad.analysis.setting import Setting

__all__ = ["Numbers", "Tails"]

_FEW, _MANY = 4.0, 12.0
"""Expected events up to which their number alone is the test, and from which on it has no say."""
_SIZE: Final = 256
"""Numbers of events that are told apart, less one."""
_HIGHEST, _MOST_SEEN = 80.0, 120.0
"""A larger expectation, or number seen, is as clear as these."""
_NODES: Final = 21
_PAIRS: Final = 250
"""Pairs of draws, of opposite sign, of how the background may go on."""
_BOUNDS: Final = (-40.0, 20.0)
"""Logarithms of rates that are told apart."""
_LEAST: Final = 1e-13


class Tails(NamedTuple):
    """Probabilities of as many events as there are or more, and of as many or fewer; of one number, or of several."""

    upper: Any
    lower: Any


@dataclass(frozen=True)
class Numbers:
    """What is known beforehand of the number of events in an after-period that had ``seen`` events.

    ``usual`` are the immigrants of each stretch without an effect, in the middle of what they may be; ``doubt`` the
    variance of their logarithm; ``answers`` what is expected of earlier events and of other series; ``days`` were
    watched. ``echoing`` are branching ratios that are possible, each with its weight: the first is the one that was
    fitted, from which immigrants and answers are.
    """

    seen: float
    usual: Floats
    column: Floats
    doubt: float
    answers: float
    days: float
    dispersion: float
    echoing: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, setting: Setting) -> Numbers:
        """From what came outside the after-period."""
        days, traits = setting.stretches.days, setting.traits
        inside = setting.column != 0
        on_days = days.spread(inside.astype(np.float64)) > 0
        watched = days.observed * on_days
        outside = replace(days, observed=np.where(on_days, 0.0, days.observed))
        mode = find_mode(outside, setting.cov, traits)
        across = setting.cov[:, inside]
        cov = setting.cov[np.ix_(inside, inside)] - mode.information(across)
        shares = days.sums(days.share * watched)[inside] * outside.base(traits)
        logs = _totals(shares, mode.f[inside], cov)
        weights = shares * np.exp(np.clip(mode.f[inside], *_BOUNDS))
        usual = weights / max(float(weights.sum()), _LEAST) * math.exp(float(logs.mean()))
        before = replace(
            days, counts=np.where(on_days, 0.0, days.parents), whole=None, observed=np.ones_like(days.observed)
        )  # fmt: skip
        earlier = traits.branching * before.echo(traits.delay) + days.answers(traits)
        return cls(
            float((days.counts * watched).sum()), np.asarray(usual), setting.column[inside], float(logs.var()),
            float((earlier * watched).sum()), float(max(watched.sum(), 1.0)), traits.dispersion,
            _branching(setting) if days.echoing else ((0.0, 1.0),),
        )  # fmt: skip

    def expected(self, effect: float) -> float:
        """Events in the middle of what they may be, with all that they beget."""
        return (self._immigrants(effect) + self.answers) / (1 - self.echoing[0][0])

    def say(self, effect: float) -> float:
        """How much say the number has in the test where this is the effect: one where few events are expected, none
        where many are."""
        expected = min(max(self.expected(effect), 1e-9), 1e9)
        return min(max(float(np.log(_MANY / expected) / np.log(_MANY / _FEW)), 0.0), 1.0)

    def tails(self, effect: float) -> Tails:
        """Of the number that was seen; between two whole numbers where events are spread over days."""
        every = self.tails_of_all(self.probabilities(effect))
        seen = min(self.seen, _MOST_SEEN)
        below, part = int(seen), seen - int(seen)
        upper, lower = (one[below] + part * (one[below + 1] - one[below]) for one in every)
        return Tails(upper, lower)

    @staticmethod
    def tails_of_all(probabilities: Floats) -> Tails:
        """The tails at each whole number, from the probability of each."""
        lower = np.clip(np.cumsum(probabilities) - probabilities / 2, _LEAST, 1 - _LEAST)
        return Tails(1 - lower, lower)

    def probabilities(self, effect: float) -> Floats:
        """Of no event, one, two, and so on, where this is the effect."""
        nodes, weights = _hermite()
        own = self._immigrants(effect) * np.exp(np.sqrt(self.doubt) * nodes) + self.answers
        means = np.minimum(own / (1 - self.echoing[0][0]), _HIGHEST)
        scattered, found = self.dispersion / self.days, np.zeros(_SIZE // 2 + 1, dtype=np.complex128)
        for (branching, weight), family in zip(self.echoing, self._families, strict=True):
            # As many events on the mean, however many of them are begotten.
            immigrants = means * (1 - branching)
            found += weight * (weights @ np.exp(-np.log1p(np.outer(immigrants * scattered, 1 - family)) / scattered))
        return np.maximum(np.fft.irfft(found, _SIZE), 0.0)

    def _immigrants(self, effect: float) -> float:
        return float(self.usual @ np.exp(np.clip(effect * self.column, *_BOUNDS)))

    @cached_property
    def _families(self) -> list[NDArray[np.complex128]]:
        """For each branching ratio the generating function of an event and all that it begets, on the unit circle."""
        from scipy.special import gammaln

        found, size = [], np.arange(1, _SIZE)
        for branching, _ in self.echoing:
            begets = max(branching, _LEAST)
            logs = -begets * size + (size - 1) * np.log(begets * size) - gammaln(size + 1)
            found.append(np.asarray(np.fft.rfft(np.concatenate([[0.0], np.exp(logs)]))))
        return found


def _branching(setting: Setting) -> tuple[tuple[float, float], ...]:
    """The branching ratio, and what else it may be: few events say little about whether they beget others.

    Normal on the scale of its prior, by the information that so many events have on it: half of what they would say
    if it were known of each whether another begot it.
    """
    days, place = setting.stretches.days, setting.place
    fitted = setting.traits.branching
    events = float((days.counts * days.observed).sum())
    away = math.sqrt(3.0 / (1.0 + BRANCHING_SPREAD**2 * events * fitted * (1 - fitted) / 2))
    found = [(fitted, 2 / 3)]
    for sign in (-1.0, 1.0):
        other = place.copy()
        other[3] += sign * away
        found.append((Traits.of(other, days).branching, 1 / 6))
    return tuple(found)


def _totals(shares: Floats, middle: Floats, cov: Floats) -> Floats:
    """Draws of the logarithm of a sum of rates whose logarithms are normal."""
    values, vectors = np.linalg.eigh((cov + cov.T) / 2)
    drawn = np.random.default_rng(1).standard_normal((_PAIRS, len(middle)))
    off = np.concatenate([drawn, -drawn]) @ (vectors * np.sqrt(np.maximum(values, 0))).T
    return np.asarray(np.log(np.maximum(np.exp(np.clip(middle + off, *_BOUNDS)) @ shares, _LEAST)))


def _hermite() -> tuple[Floats, Floats]:
    """Places and weights for means over a standard normal variable."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return nodes, weights / weights.sum()

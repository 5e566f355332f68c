"""A test averaged over what the counts leave open: how much the background drifts, and whether the effect lasted.

A background whose drift is taken as known once it is estimated looks calmer than it is where too little drift was
found by chance, and a change is seen where there is none. So the test is asked at several drifts, each as likely as the
counts and the prior make it, and what is reported is the mean of the tail probabilities (as of a posterior in which the
drift is integrated out on a grid: Rue, Martino and Chopin, *Journal of the Royal Statistical Society* B 71, 2009).
Where the counts speak for an effect that lasted, whether it did is averaged over in the same way (Hoeting, Madigan,
Raftery and Volinsky, *Statistical Science* 14, 1999). Chosen on the half of the series that
``benchmarks/analysis/false_alarms.py`` keeps for choosing and on draws of ``power.py``; averages over the other traits
as well changed next to nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from marsad.analysis.fewevents import Numbers, Tails
from marsad.analysis.latent import Bools, Floats, Kernel, Traits, find_mode, fit_traits
from marsad.analysis.placebos import Placebos
from marsad.analysis.setting import Setting
from marsad.analysis.stretches import Stretches

__all__ = ["FREE", "Averaged", "Background", "kernel"]

FREE: Final = 2.0
"""Standard deviation of an effect, on the log scale, where it is not what is tested."""
_DOUBTFUL, _CLEAR = 2.0, 6.0
"""By how much the counts are more likely with the effect, on the log scale, from doubtful to beyond doubt."""
_DRIFTS: Final = (-1.0, 0.0, 1.0, 2.0)
"""How far from the most probable drift the test is asked, in standard deviations of the prior."""
_AWAY: Final = 0.25
"""The power of the drift, a variance, by which the prior leads away from none."""
_LEAST_SHARE: Final = 0.02
"""Settings that are less likely than this are left out."""
_FARTHEST: Final = 30.0
"""Statistics, in units of their scale, beyond which more makes no difference."""


@dataclass(frozen=True)
class Background:
    """A background with the columns that are ``known``, fitted with the effect and without it.

    ``place`` are its traits as coordinates; ``clear`` says how clearly the counts speak for the effect: zero where it
    may be chance, one where it is beyond doubt. ``lasting``: whether the level after the effect is one of the columns.
    """

    stretches: Stretches
    column: Floats
    free: Kernel
    still: Kernel
    place: Floats
    clear: float
    lasting: bool

    @classmethod
    def fitted(
        cls, stretches: Stretches, column: Floats, known: Floats, seasons: bool, lasting: bool,
        free: tuple[Floats, float], tries: int,
    ) -> Background:  # fmt: skip
        """From the fit with the effect ``free``: its place and evidence; the fit without it takes so many ``tries``.

        With the effect free, a chance excursion at this date makes the rest look calmer than it is; without it, a real
        change makes it look wilder. Halfway between the two, other dates are a fair measure of this one, unless the
        counts speak so clearly for the effect that it is no excursion.
        """
        with_it = kernel(stretches, np.column_stack([known, FREE * column]), seasons)
        without = kernel(stretches, known, seasons)
        place, evidence = free
        still, its = fit_traits(stretches.days, without, start=place, tries=tries)
        clear = min(max((evidence - its - _DOUBTFUL) / (_CLEAR - _DOUBTFUL), 0.0), 1.0)
        return cls(
            stretches, column, with_it, without, place + (1 - clear) / 2 * (still - place), clear, lasting
        )  # fmt: skip

    def setting(self) -> Setting:
        """The most probable one, with the most probable effect."""
        traits = Traits.of(self.place, self.stretches.days)
        found = find_mode(self.stretches.days, self.free.covariance(traits), traits)
        return self._at(self.place, FREE**2 * float(self.column @ found.score))

    def around(self) -> list[tuple[float, Setting]]:
        """Settings with more drift and less, each with the logarithm of how likely it is."""
        found = []
        for step in _DRIFTS:
            place = self.place.copy()
            place[0] += step
            setting = self._at(place, 0.0)
            found.append((self._likely(setting), setting))
        return found

    def _at(self, place: Floats, effect: float) -> Setting:
        traits = Traits.of(place, self.stretches.days)
        return Setting(
            self.stretches, traits, place, self.still.covariance(traits), self.column, self.lasting, effect
        )  # fmt: skip

    def _likely(self, setting: Setting) -> float:
        """The logarithm of the evidence and the prior at a setting's traits, between with and without the effect as
        these traits are.

        Beside the prior of the fit stands one that leads away from none at all, where the evidence is often highest
        (Chung and others, *Psychometrika* 78, 2013, have it in proportion to the standard deviation of the drift's
        steps; here to its root: more of it costs power where a series ends with the effect's period).
        """
        traits, place, days = setting.traits, setting.place, self.stretches.days
        with_it = find_mode(days, self.free.covariance(traits), traits, rough=True).evidence
        without = find_mode(days, setting.cov, traits, rough=True).evidence
        evidence = self.clear * with_it + (1 - self.clear) * (with_it + without) / 2
        return evidence - 0.5 * float(place @ place) + _AWAY * math.log(traits.drift)


def kernel(stretches: Stretches, columns: Floats, seasons: bool) -> Kernel:
    """The covariances of a background with these columns, the covariates."""
    return Kernel.between(stretches.middles, seasons=seasons, covariates=columns)


@dataclass(frozen=True)
class Averaged:
    """Settings, each with its share, the placebo dates by which their statistics are scaled, and what each expects of
    the number of events."""

    settings: tuple[Setting, ...]
    shares: Floats
    placebos: Placebos
    numbers: tuple[Numbers, ...]

    @classmethod
    def over(cls, backgrounds: Sequence[Background], placebos: Placebos) -> Averaged:
        """All settings around these backgrounds, each background as likely as the next beforehand."""
        found = [one for background in backgrounds for one in background.around()]
        logs = np.array([likely for likely, _ in found])
        shares = np.exp(logs - logs.max())
        shares /= shares.sum()
        kept = shares >= min(_LEAST_SHARE, float(shares.max()))
        settings = tuple(one for (_, one), keep in zip(found, kept, strict=True) if keep)
        numbers = tuple(Numbers.of(one) for one in settings)
        return cls(settings, shares[kept] / shares[kept].sum(), placebos, numbers)

    def statistic(self, effect: float) -> float:
        """The statistic whose tail probability is the mean of theirs where this is the effect; it falls as the effect
        grows."""
        from scipy.stats import t

        scale, freedom = self.placebos.scale, self.placebos.freedom
        upper = lower = 0.0
        for share, setting, numbers in zip(self.shares.tolist(), self.settings, self.numbers, strict=True):
            say = numbers.say(effect)
            if say < 1:
                z = min(max(setting.statistic(effect) / scale, -_FARTHEST), _FARTHEST)
                upper += share * (1 - say) * float(t.sf(z, freedom))
                lower += share * (1 - say) * float(t.cdf(z, freedom))
            if say > 0:
                tails = self._calibrated(numbers.tails(effect))
                upper += share * say * float(tails.upper)
                lower += share * say * float(tails.lower)
        # By the smaller tail, whose probability is exact however small it is.
        return scale * float(t.isf(upper, freedom) if upper < lower else t.ppf(lower, freedom))

    def _calibrated(self, tails: Tails) -> Tails:
        """Tails of a number of events, as much wider as the test was found to be at other dates, if it was."""
        from scipy.stats import norm, t

        scale, freedom = max(self.placebos.scale, 1.0), self.placebos.freedom
        z = np.where(tails.upper < tails.lower, norm.isf(tails.upper), norm.ppf(tails.lower)) / scale
        return Tails(t.sf(z, freedom), t.cdf(z, freedom))

    @property
    def say(self) -> float:
        """How much say the number of events has beside the score, where nothing changes."""
        return float(self.shares @ np.array([one.say(0.0) for one in self.numbers]))

    def counted_power(self, effect: float, level: float) -> float:
        """The probability that the number of events alone would show an effect of this size."""
        told = self._told(level)
        # What lies beyond the numbers that are told apart is a rise.
        each = [1.0 - float(one.probabilities(effect)[: len(told)][~told].sum()) for one in self.numbers]
        return float(self.shares @ np.array(each))

    def _told(self, level: float) -> Bools:
        """Which numbers of events would be called a change."""
        upper = lower = np.zeros(1)
        for share, numbers in zip(self.shares.tolist(), self.numbers, strict=True):
            tails = self._calibrated(Numbers.tails_of_all(numbers.probabilities(0.0)))
            upper, lower = upper + share * tails.upper, lower + share * tails.lower
        return np.asarray(2 * np.minimum(upper, lower) < level)

    def error(self) -> float:
        """The standard error that such an after-period promises for a test of a halving, whatever it held."""
        squares = [one.promised_error() ** 2 for one in self.settings]
        return math.sqrt(float(self.shares @ np.array(squares)))

    def at(self, effect: float) -> Averaged:
        """The same where this is the effect's most probable value."""
        return replace(self, settings=tuple(replace(one, effect=effect) for one in self.settings))

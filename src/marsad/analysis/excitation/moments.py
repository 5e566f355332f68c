"""The model of counts a day, asked of moments: background, scatter of whole days, quick echoes and slow ones.

At a moment ``s`` of day ``t``, given all moments before it, events come at the rate

    Z[t] * (u[t] + sum over earlier moments r, and kernels k, of  a_k * exp(-(s - r) / d_k) / d_k)

where ``Z``, drawn anew each day, is gamma distributed with mean one and variance ``k``: what makes a whole day busier
than its neighbours is then no quick echo. Integrated out it leaves, for the ``n`` events of a day and the integral
``M`` of the bracket over it, the sum of the logarithms of the bracket at the events, and the negative binomial
probability of ``n`` given ``M`` (without what it says of ``n`` events of equal chance). With no scatter that is the
likelihood of a Hawkes process.

One kernel's delay is given (echoes within hours, which counts a day cannot tell from scatter), one is a parameter,
looked for between the same bounds as for counts a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import Indices, Layout, Parts
from marsad.analysis.excitation.model import Data, State
from marsad.analysis.excitation.stamps import Stamps, echoes

__all__ = ["UNIT", "MomentModel", "MomentState"]

_GRID: Final = 24
"""Points of a day at which the expected information is computed."""
_HIGHEST: Final = 30.0
"""The logarithm of the background is kept below this while the fit looks for its way."""
_KEPT: Final = 6
"""Delays whose echoes are kept."""
_NUDGE: Final = 1e-3
UNIT: Final = 0.125
"""The quick weight is counted in units of this: it is known so much more exactly than weights of counts a day, for
which the climb's steps and margins are made."""


@dataclass(frozen=True, slots=True)
class _Kernel:
    """By the unit of weight: the rate at each moment and at each point of the grid, and its integral over each day."""

    at_moments: Floats
    at_grid: Floats
    over_days: Floats


@dataclass(frozen=True, slots=True)
class MomentState(State):
    """The model at given parameters; ``mean`` is the integral over each day without what scatters it.

    Attributes:
        rates: At each moment, without it as well.
        kernels: The quick one's and the slow one's echoes, by their units of weight.
    """

    rates: Floats
    kernels: tuple[_Kernel, ...]


@dataclass(frozen=True)
class MomentModel:
    """A layout of two kernels, of which the second has a delay to estimate, and data of one series.

    Attributes:
        data: Counts a day of the moments, with the background's design.
        quick: The given delay, in days.
    """

    data: Data
    layout: Layout
    stamps: Stamps
    quick: float

    many = False

    @property
    def shares(self) -> Floats:
        """How many direct offspring the unit of each weight is: the quick one's and the slow one's."""
        return np.array([UNIT, 1.0])

    @cached_property
    def _day(self) -> Indices:
        days = len(self.data.counts)
        return np.minimum(self.stamps.times.astype(np.intp), days - 1)

    @cached_property
    def _orders(self) -> float:
        """The logarithm of the number of orders in which the days' events could have come."""
        from scipy.special import gammaln

        return float(gammaln(self.data.counts + 1).sum())

    @cached_property
    def _grid(self) -> tuple[Floats, Indices, Indices]:
        """The points, the last moment before each (-1 for none), and how many are of that moment."""
        points = (np.arange(len(self.data.counts) * _GRID) + 0.5) / _GRID
        last = np.searchsorted(self.stamps.times, points) - 1
        return points, last, last - self.stamps.first[np.maximum(last, 0)] + 1

    @cached_property
    def _kept(self) -> dict[float, _Kernel]:
        return {}

    def _kernel(self, delay: float, unit: float = 1.0) -> _Kernel:
        """Echoes of all moments, and of the events that are taken to have come before the first day."""
        if delay in self._kept:
            return self._kept[delay]
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        from scipy.signal import lfilter

        times, days, rate = self.stamps.times, len(self.data.counts), 1 / delay
        before, (points, last, many) = float(self.data.before[0]), self._grid
        left = echoes(self.stamps, rate, slopes=False)[0][:, 0]
        at_moments = rate * left + before * np.exp(-rate * times)
        near = np.maximum(last, 0)
        after = (at_moments[near] + rate * many) * np.exp(-rate * np.maximum(points - times[near], 0))
        at_grid = np.where(last >= 0, after, before * np.exp(-rate * points))
        # Of what a day's events promise, this much is left at the day's end.
        still = np.bincount(self._day, np.exp(-rate * (self._day + 1 - times)), days)
        begun = np.asarray(lfilter([1.0], [1.0, -exp(-rate)], np.concatenate([[before * delay], still[:-1]])))
        over_days = begun * -np.expm1(-rate) + self.data.counts[:, 0] - still
        self._kept[delay] = _Kernel(unit * at_moments, unit * at_grid, unit * over_days)
        return self._kept[delay]

    def state(self, vector: Floats) -> MomentState | None:
        """The model at ``vector``."""
        data, layout = self.data, self.layout
        coefficients = vector[: layout.first_weight]
        weights = vector[layout.first_weight : layout.first_delay]
        delays = (self.quick, float(np.exp(vector[layout.first_delay])))
        scatter = vector[layout.first_scatter :]
        background = np.exp(np.minimum(data.design @ coefficients, _HIGHEST))
        kernels = self._kernel(delays[0], UNIT), self._kernel(delays[1])
        rates, mean = background[self._day], background
        for weight, kernel in zip(weights, kernels, strict=True):
            rates = rates + weight * kernel.at_moments
            mean = mean + weight * kernel.over_days
        counts = data.counts[:, 0]
        if not (mean > 0).all() or not (rates > 0).all():
            return None
        days = data.tally.log_likelihood(mean[:, None], scatter, "negative-binomial")[:, 0] - counts * np.log(mean)
        likelihood = float(np.log(rates).sum() + days.sum()) + self._orders
        if not np.isfinite(likelihood):
            return None
        parts = Parts(coefficients[:, None], weights[:, None, None], delays, scatter)
        return MomentState(
            parts, background[:, None], mean[:, None], np.eye(1), (), likelihood, rates, kernels
        )  # fmt: skip

    def gradient(self, state: State) -> Floats:
        """The derivative of the log-likelihood by background and weights; zero for delay and scatter.

        These are only ever held: the marginal likelihood is climbed over them without a gradient.
        """
        here, layout = _moments(state), self.layout
        scatter = exp(float(here.parts.scatter[0]))
        pull = (1 + scatter * self.data.counts[:, 0]) / (1 + scatter * here.mean[:, 0])
        inverse = 1 / here.rates
        out = np.zeros(layout.size)
        by_day = np.bincount(self._day, inverse, len(pull)) - pull
        out[: layout.first_weight] = self.data.design.T @ (by_day * here.background[:, 0])
        for at, kernel in enumerate(here.kernels, layout.first_weight):
            out[at] = inverse @ kernel.at_moments - pull @ kernel.over_days
        return out

    def information(self, state: State) -> Floats:
        """Expected information of all parameters but the scatter, whose curvature is the observed one.

        Of a day's moments, that of a Poisson process, less what one unknown factor of the whole day takes of it.
        """
        here, layout = _moments(state), self.layout
        scatter = exp(float(here.parts.scatter[0]))
        background, weights, columns = here.background[:, 0], here.parts.weights[:, 0, 0], layout.first_weight
        slow = here.kernels[1].at_grid
        nudged = self._kernel(here.parts.delays[1] * exp(_NUDGE)).at_grid
        slopes = [here.kernels[0].at_grid, slow, weights[1] * (nudged - slow) / _NUDGE]
        rates = np.repeat(background, _GRID)
        for weight, kernel in zip(weights, here.kernels, strict=True):
            rates += weight * kernel.at_grid
        lost = scatter / (1 + scatter * _by_day(rates))
        means = [_by_day(slope) for slope in slopes]
        out = np.zeros((layout.size,) * 2)
        design = self.data.design
        own = background**2 * (_by_day(1 / rates) - lost)
        out[:columns, :columns] = design.T @ (design * own[:, None])
        for row, slope in enumerate(slopes):
            at = columns + row
            out[:columns, at] = design.T @ (background * (_by_day(slope / rates) - lost * means[row]))
            out[at, :columns] = out[:columns, at]
            for other in range(row + 1):
                both = (_by_day(slope * slopes[other] / rates) - lost * means[row] * means[other]).sum()
                out[at, columns + other] = out[columns + other, at] = both
        _, second = self.data.tally.scatter_slopes(here.mean, here.parts.scatter)
        out[layout.first_scatter, layout.first_scatter] = max(-float(second.sum()), 1e-3)
        return out

    def rescaled(self, state: State) -> Floats:
        """What was expected between one event and the next, given all before: exponential waits where the model holds.

        What a day's events so far say of the day's factor is counted: after ``n`` of them, of which ``M`` were
        expected, its mean is ``(1 / k + n) / (1 / k + M)``.
        """
        here = _moments(state)
        size = exp(-float(here.parts.scatter[0]))
        times, day, counts = self.stamps.times, self._day, self.data.counts[:, 0]
        begins = np.concatenate([[0], np.cumsum(counts).astype(np.intp)])
        # What the day has promised up to each event, each event's echoes among it.
        promised = here.background[day, 0] * (times - day)
        for weight, delay, kernel, unit in zip(
            here.parts.weights[:, 0, 0], here.parts.delays, here.kernels, (UNIT, 1.0), strict=True
        ):
            # The integral of a sum of exponentials is what was begun less what is left, times the delay.
            before = self.stamps.first - begins[day]
            start = self._begun(delay)[day]
            promised = promised + weight * (unit * (start + before) - delay * kernel.at_moments)
        until = here.mean[:, 0]
        number = np.arange(len(times)) - begins[day]
        same = np.concatenate([[False], day[1:] == day[:-1]])
        earlier = np.where(same, np.concatenate([[0.0], promised[:-1]]), 0.0)
        within = (size + number) * (np.log(size + promised) - np.log(size + earlier))
        # From the last event of a day to its end, and over days without any.
        tail = (size + counts) * np.log(size + until)
        filled = counts > 0
        last = np.zeros_like(until)
        last[filled] = promised[begins[1:][filled] - 1]
        tail -= (size + counts) * np.log(size + last)
        whole = np.concatenate([[0.0], np.cumsum(tail)])
        previous = np.concatenate([[0], day[:-1]])
        return np.asarray(within + np.where(same, 0.0, whole[day] - whole[previous]))

    def _begun(self, delay: float) -> Floats:
        """For each day, what is still to come at its beginning of the echoes of a unit of weight."""
        from scipy.signal import lfilter

        rate, days = 1 / delay, len(self.data.counts)
        still = np.bincount(self._day, np.exp(-rate * (self._day + 1 - self.stamps.times)), days)
        start = np.concatenate([[float(self.data.before[0]) * delay], still[:-1]])
        return np.asarray(lfilter([1.0], [1.0, -exp(-rate)], start), dtype=np.float64)


def _by_day(values: Floats) -> Floats:
    """Means over the points of each day."""
    return np.asarray(values.reshape(-1, _GRID).mean(axis=1))


def _moments(state: State) -> MomentState:
    assert isinstance(state, MomentState)
    return state

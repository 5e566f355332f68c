"""The daily count model: its mean, log-likelihood, exact gradient and expected information.

For each day ``t`` and series ``i``, with background ``u``, kernels ``m``, the counts
of earlier days weighted by kernel ``F`` and the share ``g`` of a kernel that falls on
the event's own day, the expected count given all days before solves

    mean_i = u_i + sum over m, j of  a_mij (F_mj + g_m mean_j)

that is, offspring of today's events, and theirs in turn, are counted in today's mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from marsad.analysis.excitation import family as families
from marsad.analysis.excitation.family import Family
from marsad.analysis.excitation.kernel import Floats, echo, echo_slope, same_day, same_day_slope
from marsad.analysis.excitation.layout import Indices, Layout, Parts

__all__ = ["Data", "Model", "State"]

_FEW = 6
"""With more series, what today's events of one series do to another's today is left out of the information."""

_HIGHEST = 30.0
"""The logarithm of the background is kept below this while the fit looks for its way."""


@dataclass(frozen=True)
class Data:
    """What a model is fitted to: all arrays are days by series, but ``design`` (days by columns)."""

    counts: Floats
    design: Floats
    exposure: Floats
    observed: Floats
    """One where the count was observed, zero where it is missing."""
    before: Floats
    """For each series, events a day that are taken to have come before the first day."""
    causes: Floats | None = None
    """The counts with events spread over several days on the last of these; None: as ``counts``."""

    @property
    def parents(self) -> Floats:
        """The events of each day that may beget others on later days."""
        return self.counts if self.causes is None else self.causes

    @cached_property
    def tally(self) -> families.Tally:
        return families.Tally(self.counts)

    @cached_property
    def echoes(self) -> dict[float, Floats]:
        """Echoes of the counts by delay, kept because most fits ask for the same again."""
        return {}

    def echo(self, delay: float) -> Floats:
        if delay not in self.echoes:
            if len(self.echoes) >= 8:
                del self.echoes[next(iter(self.echoes))]
            self.echoes[delay] = echo(self.parents, delay, self.before)
        return self.echoes[delay]


@dataclass(frozen=True, slots=True)
class State:
    """A model at given parameters."""

    parts: Parts
    background: Floats
    mean: Floats
    passing: Floats
    """``(I - A g)^-1``: how a unit of today's own events swells today's mean."""
    echoes: tuple[Floats, ...]
    likelihood: float


@dataclass(frozen=True)
class Model:
    """A layout of parameters, a family and the data."""

    data: Data
    layout: Layout
    family: Family

    def state(self, vector: Floats) -> State | None:
        """The model at ``vector``; None where a day's events would beget more than themselves that day."""
        data, parts = self.data, self.layout.parts(vector)
        background = data.exposure * np.exp(np.minimum(data.design @ parts.background, _HIGHEST))
        echoes = tuple(data.echo(delay) for delay in parts.delays) if self.layout.pairs else ()
        today: Floats = np.zeros((data.counts.shape[1],) * 2)
        drive = background
        for weights, delay, echoed in zip(parts.weights, parts.delays, echoes, strict=False):
            today += weights * same_day(delay)
            drive = drive + echoed @ weights.T
        passing: Floats = np.eye(len(today))
        if echoes:
            if max(abs(np.linalg.eigvals(today))) >= 1:
                return None
            passing = np.asarray(np.linalg.inv(np.eye(len(today)) - today), dtype=np.float64)
        mean = drive @ passing.T
        each = data.tally.log_likelihood(mean, parts.scatter, self.family)
        likelihood = float((each * data.observed).sum())
        if not np.isfinite(likelihood):
            return None
        return State(parts, background, mean, passing, echoes, likelihood)

    def gradient(self, state: State) -> Floats:
        """The exact derivative of the log-likelihood by the parameters."""
        data, layout, parts = self.data, self.layout, state.parts
        out = np.zeros(layout.size)
        slope = families.score(data.counts, state.mean, parts.scatter, self.family) * data.observed
        passed = slope @ state.passing
        out[: layout.first_weight] = (data.design.T @ (passed * state.background)).T.ravel()
        if layout.pairs:
            by_weight = [
                (passed.T @ (echoed + same_day(delay) * state.mean))[layout.targets, layout.sources]
                for echoed, delay in zip(state.echoes, parts.delays, strict=True)
            ]
            out[layout.first_weight : layout.first_delay] = np.concatenate(by_weight)
        if layout.estimates_delay:
            out[layout.first_delay] = float((passed * (self._by_delay(state) @ parts.weights[0].T)).sum())
        if layout.scattered:
            first, _ = data.tally.scatter_slopes(state.mean, parts.scatter)
            out[layout.first_scatter :] = (first * data.observed).sum(axis=0)
        return out

    def information(self, state: State) -> Floats:
        """Expected information of all parameters but the scatter, whose curvature is the observed one."""
        layout = self.layout
        out = np.zeros((layout.size, layout.size))
        end = layout.first_scatter
        weight = families.information(state.mean, state.parts.scatter, self.family) * self.data.observed
        for series in range(len(layout.series)):
            at = self._own(series) if self.many else np.arange(end)
            by = self.by_parameter(state, series, at if self.many else None)
            out[np.ix_(at, at)] += by.T @ (by * weight[:, series, None])
        if layout.scattered:
            _, second = self.data.tally.scatter_slopes(state.mean, state.parts.scatter)
            bend = -(second * self.data.observed).sum(axis=0)
            at = np.arange(end, layout.size)
            out[at, at] = np.maximum(bend, 1e-3)
        return out

    @property
    def many(self) -> bool:
        """Whether there are so many series that information is kept to each one's own parameters."""
        return len(self.layout.series) > _FEW

    def _own(self, series: int) -> Indices:
        """Where a series' own background and the weights of its sources stand, and the delay."""
        layout, columns = self.layout, self.data.design.shape[1]
        pairs = np.flatnonzero(layout.targets == series)
        weights = [layout.first_weight + kernel * layout.pairs + pairs for kernel in range(layout.kernels)]
        delay = np.arange(layout.first_delay, layout.first_scatter)
        return np.concatenate([series * columns + np.arange(columns), *weights, delay])

    def by_parameter(self, state: State, series: int, own: Indices | None = None) -> Floats:
        """The derivative of one series' mean by each parameter but the scatter, days by parameters.

        With ``own``, only by those parameters, which are as :meth:`_own` gives them.
        """
        layout, passing, parts = self.layout, state.passing, state.parts
        days, columns = self.data.design.shape
        if own is not None:
            sources = layout.sources[layout.targets == series]
            share = passing[series, series]
            pieces = [share * state.background[:, series, None] * self.data.design]
            for echoed, delay in zip(state.echoes, parts.delays, strict=False):
                pieces.append(share * (echoed + same_day(delay) * state.mean)[:, sources])
            if layout.estimates_delay:
                pieces.append((self._by_delay(state) @ (passing[series] @ parts.weights[0]))[:, None])
            return np.hstack(pieces)
        out = np.empty((days, layout.first_scatter))
        for source in range(len(layout.series)):
            out[:, source * columns : (source + 1) * columns] = (
                passing[series, source] * state.background[:, source, None] * self.data.design
            )
        at = layout.first_weight
        for echoed, delay in zip(state.echoes, parts.delays, strict=False):
            driven = echoed + same_day(delay) * state.mean
            out[:, at : at + layout.pairs] = driven[:, layout.sources] * passing[series, layout.targets]
            at += layout.pairs
        if layout.estimates_delay:
            out[:, at] = self._by_delay(state) @ (passing[series] @ parts.weights[0])
        return out

    def day_scores(self, state: State) -> Floats:
        """Each day's part of the gradient, days by parameters: what a sandwich is made of."""
        data, layout = self.data, self.layout
        out = np.zeros((len(data.counts), layout.size))
        slope = families.score(data.counts, state.mean, state.parts.scatter, self.family) * data.observed
        for series in range(len(layout.series)):
            out[:, : layout.first_scatter] += self.by_parameter(state, series) * slope[:, series, None]
        if layout.scattered:
            first, _ = data.tally.scatter_slopes(state.mean, state.parts.scatter)
            out[:, layout.first_scatter :] = first * data.observed
        return out

    def _by_delay(self, state: State) -> Floats:
        """The derivative of a source's drive on the day by the logarithm of the delay."""
        delay = state.parts.delays[0]
        slope = echo_slope(self.data.parents, state.echoes[0], delay, self.data.before)
        return slope + same_day_slope(delay) * state.mean

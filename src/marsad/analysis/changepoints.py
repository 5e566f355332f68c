"""Dates at which a series changes its level, when none is given; and bursts and lulls between them.

Change points are the cuts into levels with the highest penalised likelihood of all (optimal partitioning: Jackson and
others 2005; the exact search that PELT by Killick, Fearnhead and Eckley 2012 prunes). The Poisson likelihood of weekly
counts is divided by their long-run variance ratio: events that come in bursts need more to make a new level.

Bursts and lulls are found between them by a three-state automaton (Kleinberg 2002): the usual rate, a third of it, and
three times it, with a price on every change of state. They are what stands out from events that come one by one: where
events beget events, bursts are usual.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from marsad.analysis.latent import Floats
from marsad.analysis.series import Series
from marsad.errors import AnalysisError

__all__ = ["ChangePoint", "Spell", "change_points", "spells"]

_WIDTH: Final = 7
_LEAST: Final = 6
"""Stretches between two change points, at least."""
_PRICE: Final = 3.0
"""Price of a change point in units of the logarithm of the number of stretches."""
_BLOCK: Final = 6
"""Stretches of the blocks from whose neighbours the long-run variance is taken."""
_FACTOR: Final = 3.0
_CHANGE: Final = 1.0
"""Price of a change of state in units of the logarithm of the number of days."""
_FEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The first day of a new level, the rates (events a day) of the levels before and after, and their ratio."""

    date: str
    before: float
    after: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Spell:
    """A burst or a lull: its first and last day, its events, how many would be usual, and how clearly it stands out.

    ``weight`` is the logarithm of how much more likely its counts are at its own rate than at the usual one.
    """

    kind: Literal["burst", "lull"]
    since: str
    until: str
    days: int
    events: float
    usual: float
    weight: float


def change_points(series: Series) -> list[ChangePoint]:
    """The dates at which the level of a series changes, in order; to the week. Raises AnalysisError for few events."""
    _enough(series)
    counts, exposure = _stretches(series)
    cuts = _cuts(counts, exposure)
    levels = [_rate(counts[a:b], exposure[a:b]) for a, b in zip([0, *cuts], [*cuts, len(counts)], strict=True)]
    return [
        ChangePoint(series.at(cut * _WIDTH), before, after, after / before if before else math.inf)
        for cut, before, after in zip(cuts, levels[:-1], levels[1:], strict=True)
    ]


def spells(series: Series) -> list[Spell]:
    """Bursts and lulls, each held against the level between the change points about it, in order of their time."""
    _enough(series)
    counts, exposure = _stretches(series)
    cuts = [0, *(cut * _WIDTH for cut in _cuts(counts, exposure)), len(series)]
    usual = np.zeros(len(series))
    for begin, end in pairwise(cuts):
        usual[begin:end] = _rate(series.counts[begin:end], series.observed[begin:end].astype(float))
    return list(_spells(series, np.maximum(usual, 1e-6)))


def _enough(series: Series) -> None:
    if series.counts.sum() < _FEWEST or len(series) < 2 * _LEAST * _WIDTH:
        raise AnalysisError(
            f"change points need at least {_FEWEST} events and {2 * _LEAST * _WIDTH} days: these are "
            f"{series.counts.sum():.0f} events in {len(series)} days"
        )


def _stretches(series: Series) -> tuple[Floats, Floats]:
    edges = np.arange(0, len(series), _WIDTH)
    exposure = np.asarray(np.add.reduceat(series.observed.astype(float), edges))
    return np.asarray(np.add.reduceat(series.counts, edges)), exposure


def _rate(counts: Floats, exposure: Floats) -> float:
    return float(counts.sum() / max(exposure.sum(), 1.0))


def _cuts(counts: Floats, exposure: Floats) -> list[int]:
    """The stretches with which new levels begin: of all ways to cut the series, the one with the least cost."""
    ratio, price = _long_run(counts, exposure), _PRICE * math.log(len(counts))
    events, days = np.concatenate([[0.0], np.cumsum(counts)]), np.concatenate([[0.0], np.cumsum(exposure)])
    least, came = np.full(len(counts) + 1, np.inf), np.zeros(len(counts) + 1, dtype=np.int64)
    least[0] = -price
    for end in range(_LEAST, len(counts) + 1):
        starts = np.arange(0, end - _LEAST + 1)
        seen, length = events[end] - events[starts], np.maximum(days[end] - days[starts], 1e-9)
        # Twice the negative Poisson log likelihood of one level, up to what is the same for all levels.
        cost = -2 * seen * np.log(np.where(seen > 0, seen / length, 1.0)) / ratio
        total = least[starts] + cost + price
        came[end] = int(total.argmin())
        least[end] = total[came[end]]
    found, at = [], len(counts)
    while at > 0:
        at = int(came[at])
        if at:
            found.append(at)
    return found[::-1]


def _long_run(counts: Floats, exposure: Floats) -> float:
    """The variance of sums over blocks of stretches by their mean, at least 1: what bursts and waves leave in sums.

    Differences of neighbouring blocks know nothing of slow changes; their median nothing of the few that are abrupt.
    """
    kept = len(counts) // _BLOCK * _BLOCK
    sums, days = (part[:kept].reshape(-1, _BLOCK).sum(axis=1) for part in (counts, exposure))
    if len(sums) < 3:
        return 1.0
    scaled = sums / np.maximum(days, 1.0) * (_BLOCK * _WIDTH)
    means = (scaled[1:] + scaled[:-1]) / 2
    squares = np.diff(scaled)[means > 0] ** 2 / (2 * means[means > 0])
    if not len(squares):
        return 1.0
    # The median of a chi-square variable with one degree of freedom is 0.455 of its mean.
    return float(max(1.0, np.median(squares) / 0.455, np.mean(np.minimum(squares, 4 * np.median(squares) + 1))))


def _spells(series: Series, usual: Floats) -> Iterator[Spell]:
    factors = np.array([1.0, 1 / _FACTOR, _FACTOR])
    means = usual[:, None] * factors[None, :]
    gain = (series.counts[:, None] * np.log(means) - means) * series.observed[:, None]
    states = _best_states(gain, _CHANGE * math.log(len(series)))
    begin = 0
    for day in range(1, len(states) + 1):
        if day < len(states) and states[day] == states[begin]:
            continue
        if states[begin]:
            part = slice(begin, day)
            yield Spell(
                "lull" if states[begin] == 1 else "burst", series.at(begin), series.at(day - 1), day - begin,
                float(series.counts[part].sum()), float((usual[part] * series.observed[part]).sum()),
                float((gain[part, states[begin]] - gain[part, 0]).sum()),
            )  # fmt: skip
        begin = day


def _best_states(gain: Floats, price: float) -> list[int]:
    """The path of states with the highest gain, with a price for each change (Viterbi)."""
    best = gain[0] - np.array([0.0, price, price])
    back = np.zeros(gain.shape, dtype=np.int8)
    for day in range(1, len(gain)):
        top = int(best.argmax())
        stay = best >= best[top] - price
        back[day] = np.where(stay, np.arange(3), top)
        best = np.where(stay, best, best[top] - price) + gain[day]
    state, path = int(best.argmax()), []
    for day in range(len(gain) - 1, -1, -1):
        path.append(state)
        state = int(back[day, state])
    return path[::-1]

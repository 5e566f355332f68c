"""How likely a silence is by chance: how long the longest run of days without an event would be if nothing changed.

What would have come after the turning point is drawn from the background as it was known on the day before: its level
and its drift from there on, its waves, the events that events beget, the scatter of the counts, and the weekdays.
Events that come in bursts leave longer silences than the same number of events one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from marsad.analysis.latent import Bools, Floats, find_mode
from marsad.analysis.series import Series
from marsad.analysis.setting import Setting

__all__ = ["Silence", "silence_after"]

_DRAWS: Final = 2000
_MOST: Final = 1e6
_EMPTY: Final = 0.5
"""A day with less than this share of an event (spread over days) is without one."""


@dataclass(frozen=True)
class Silence:
    """The longest run of watched days without an event in the after-period, and how likely one as long is.

    ``p`` is the probability of a run at least as long anywhere in the after-period, ``p_waiting`` that of waiting at
    least as long for the first event as one did wait: ``waited`` days.
    ``survival`` are pairs of days and the probability that the longest run is at least so long.
    """

    days: int
    since: str | None
    until: str | None
    p: float
    waited: int
    p_waiting: float
    survival: tuple[tuple[int, float], ...] = field(repr=False, default=())


def silence_after(series: Series, turn: int, days: int, setting: Setting, seed: int = 1) -> Silence:
    """The silence in the ``days`` from the turning point (a place in the series) on."""
    empty = series.counts[turn : turn + days] < _EMPTY
    watched = np.flatnonzero(series.observed[turn : turn + days])
    begin, longest = _longest(empty[watched])
    events = np.flatnonzero(~empty[watched])
    waited = int(events[0]) if len(events) else len(watched)
    drawn = _draw(series, turn, days, setting, seed)[:, watched]
    runs, first = _runs(drawn)
    lengths = np.arange(0, len(watched) + 1)
    survival = 1 - np.searchsorted(np.sort(runs), lengths, side="left") / len(runs)
    since = until = None
    if longest:
        since, until = (_iso(series, turn + int(watched[at])) for at in (begin, begin + longest - 1))
    return Silence(
        longest, since, until, float((runs >= longest).mean()), waited, float((first >= waited).mean()),
        tuple(zip(lengths.tolist(), survival.tolist(), strict=True)),
    )  # fmt: skip


def _draw(series: Series, turn: int, days: int, setting: Setting, seed: int) -> Bools:
    """Draws of which days have no event, draws by days."""
    stretches, traits = setting.stretches, setting.traits
    at, width = stretches.turn, stretches.width
    ahead = min(len(stretches) - at, -(-days // width))
    known, later = slice(0, at), slice(at, at + ahead)
    past = stretches.days.until(at)
    mode = find_mode(past, setting.cov[known, known], traits)
    across = setting.cov[known, later]
    mean = across.T @ mode.score
    var = setting.cov[later, later] - mode.information(across)
    draw = np.random.default_rng(seed)
    values, vectors = np.linalg.eigh((var + var.T) / 2)
    f = mean + draw.standard_normal((_DRAWS, ahead)) @ (vectors * np.sqrt(np.maximum(values, 0))).T
    level = past.base(traits) * np.exp(np.clip(f, -40, 20))
    answers = stretches.days.answers(traits)[stretches.days.edges[at] :]
    place = np.minimum(np.arange(days) // width, ahead - 1)
    weekday = stretches.weekdays[(series.first + turn + np.arange(days)) % 7]
    fading = float(np.exp(-1.0 / traits.delay))
    echo = np.full(_DRAWS, fading * past.echo(traits.delay)[-1] + (1 - fading) * past.parents[-1])
    empty = np.zeros((_DRAWS, days), dtype=bool)
    size = 1 / traits.dispersion
    for day in range(days):
        expected = level[:, place[day]] * weekday[day] + traits.branching * echo + answers[day]
        events = draw.poisson(np.minimum(draw.gamma(size, expected / size), _MOST))
        empty[:, day] = events == 0
        echo = fading * echo + (1 - fading) * events
    return empty


def _runs(empty: Bools) -> tuple[Floats, Floats]:
    """The longest run and the first run of empty days of each draw."""
    run, best = np.zeros(len(empty)), np.zeros(len(empty))
    first, waiting = np.zeros(len(empty)), np.ones(len(empty), dtype=bool)
    for day in range(empty.shape[1]):
        run = np.where(empty[:, day], run + 1, 0)
        np.maximum(best, run, out=best)
        waiting &= empty[:, day]
        first += waiting
    return best, first


def _longest(empty: Bools) -> tuple[int, int]:
    """Where the longest run of True begins, and how long it is; of several the last."""
    best, length, run = 0, 0, 0
    for at, one in enumerate(empty):
        run = run + 1 if one else 0
        if run and run >= length:
            best, length = at - run + 1, run
    return best, length


def _iso(series: Series, day: int) -> str:
    return date.fromordinal(series.first + day).isoformat()

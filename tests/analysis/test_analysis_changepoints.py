"""Change points, bursts and lulls on series of which they are known; beside the library ruptures. All is drawn."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from analysis_making import counts, series

from marsad.analysis.changepoints import change_points, spells
from marsad.errors import AnalysisError


def stepped() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    draw = np.random.default_rng(4)
    return np.concatenate([draw.poisson(rate, 280) for rate in (0.5, 2.0, 0.8)]).astype(float)


def test_levels_are_found_to_the_week() -> None:
    found = change_points(series(stepped()))
    assert [one.date for one in found] == ["2020-10-07", "2021-07-14"]
    assert [round(one.ratio, 1) for one in found] == pytest.approx([4.0, 0.4], rel=0.25)


def test_a_level_series_has_none() -> None:
    assert sum(len(change_points(series(counts(1400, 1.0, seed)))) for seed in range(8)) == 0
    assert sum(len(spells(series(counts(1400, 1.0, seed)))) for seed in range(8)) <= 1


def test_bursts_do_not_make_levels() -> None:
    draw, found = np.random.default_rng(3), 0
    for _ in range(6):
        values, echo = np.zeros(1400), 1.0
        for day in range(1400):
            values[day] = draw.poisson(0.5 + 0.5 * echo)
            echo = 0.8 * echo + 0.2 * values[day]
        found += len(change_points(series(values)))
    assert found <= 3


def test_the_cuts_are_those_of_ruptures() -> None:
    ruptures = pytest.importorskip("ruptures")
    from marsad.analysis import changepoints

    weekly = stepped().reshape(-1, 7).sum(axis=1)
    exposure = np.full(len(weekly), 7.0)
    ratio = changepoints._long_run(weekly, exposure)

    class Level(ruptures.base.BaseCost):  # type: ignore[misc, name-defined]
        model, min_size = "level", changepoints._LEAST

        def fit(self, signal: Any) -> Level:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            seen = float(weekly[start:end].sum())
            return -2 * seen * math.log(seen / (7 * (end - start))) / ratio if seen else 0.0

    price = changepoints._PRICE * math.log(len(weekly))
    cuts = ruptures.Pelt(custom_cost=Level(), min_size=changepoints._LEAST, jump=1).fit(weekly).predict(pen=price)
    assert changepoints._cuts(weekly, exposure) == cuts[:-1]


def test_a_burst_and_a_lull_are_dated() -> None:
    values = counts(800, 2.0, seed=9)
    values[300:312] = 9.0
    values[500:530] = 0.0
    found = spells(series(values))
    assert (found[0].kind, found[0].since, found[0].until) == ("burst", "2020-10-27", "2020-11-07")
    lull = max((one for one in found if one.kind == "lull"), key=lambda one: one.weight)
    assert (lull.since, lull.until, lull.events) == ("2021-05-15", "2021-06-13", 0)
    assert all(earlier.until < later.since for earlier, later in pairwise(found))


def test_too_little_is_refused() -> None:
    with pytest.raises(AnalysisError, match="change points need at least"):
        change_points(series(counts(50, 1.0)))

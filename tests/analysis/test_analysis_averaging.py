"""The test of an effect is averaged over drifts and over whether the effect lasted. All series are drawn."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from analysis_making import FIRST, counts, halved, series

from marsad.analysis.averaging import Averaged
from marsad.analysis.response import respond
from marsad.analysis.series import Series
from marsad.analysis.setting import Setting
from marsad.analysis.solving import solve
from marsad.analysis.testing import Effect

TURN = FIRST + 500


def effect_of(one: Series) -> Effect:
    return respond(one, [TURN], sensitivity=False)[0].effect


def ends(one: Setting, bar: float) -> tuple[float, float]:
    """The interval that one setting alone would give."""
    low = solve(lambda effect: one.statistic(effect) - bar, 0.0)
    return low, solve(lambda effect: one.statistic(effect) + bar, 0.0)


@pytest.fixture(scope="module")
def averaged() -> Averaged:
    return effect_of(halved(rate=0.3)).averaged


def test_settings_have_shares_and_differ_in_their_drift_alone(averaged: Averaged) -> None:
    assert len(averaged.settings) > 1
    assert averaged.shares.sum() == pytest.approx(1)
    assert averaged.shares.min() > 0.01
    for lasting in (False, True):
        traits = [one.traits for one in averaged.settings if one.lasting == lasting]
        assert len({one.drift for one in traits}) == len(traits)
        assert len({replace(one, drift=0.0) for one in traits}) <= 1


def test_the_mean_lies_between_its_parts_and_falls_as_the_effect_grows(averaged: Averaged) -> None:
    effects = np.linspace(-3, 3, 13)
    found = [averaged.statistic(effect) for effect in effects]
    assert all(after < before for before, after in pairwise(found))
    for effect, mean in zip(effects, found, strict=True):
        if any(one.say(effect) for one in averaged.numbers):
            continue  # so much of a fall that the number of events has a say
        parts = [one.statistic(effect) for one in averaged.settings]
        assert min(parts) - 1e-9 <= mean <= max(parts) + 1e-9


def test_a_single_setting_is_its_own_mean(averaged: Averaged) -> None:
    only = replace(averaged, settings=averaged.settings[:1], numbers=averaged.numbers[:1], shares=np.ones(1))
    for effect in (-1.0, 0.0, 0.7):
        assert only.statistic(effect) == pytest.approx(averaged.settings[0].statistic(effect), abs=1e-9)


def test_the_tail_probability_is_the_mean_of_theirs(averaged: Averaged) -> None:
    placebos = averaged.placebos
    each = [placebos.p(one.statistic(0.0)) for one in averaged.settings]
    assert placebos.p(averaged.statistic(0.0)) == pytest.approx(float(averaged.shares @ np.array(each)), rel=1e-6)


def test_nothing_overflows_where_all_events_are_gone() -> None:
    values = counts(900, 20.0)
    values[500:] = 0
    found = effect_of(series(values))
    assert found.ratio == 0
    assert 0 < found.high < 0.05
    assert found.p < 1e-6
    assert math.isfinite(found.statistic)


def test_what_is_not_known_of_the_drift_widens_the_interval() -> None:
    wider = []
    for seed in range(6):
        found = effect_of(halved(rate=0.5, factor=1.0, seed=seed))
        bar = found.placebos.critical(found.level)
        low, high = ends(found.setting, bar)
        wider.append(math.log(found.high / found.low) / (high - low))
    assert np.mean(wider) > 1.02
    assert min(wider) > 0.97


def test_where_the_rate_stays_down_both_readings_are_weighed() -> None:
    # The rate is halved for good: the counts after the period speak for it, yet not beyond doubt.
    kinds = []
    for seed in range(4):
        found = effect_of(halved(days=1400, rate=0.5, factor=0.4, seed=seed))
        kinds.append({one.lasting for one in found.averaged.settings})
        assert (True in kinds[-1]) == found.setting.lasting
    assert {False, True} in kinds

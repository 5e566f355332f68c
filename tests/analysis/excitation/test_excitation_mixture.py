"""Intervals over all that excitation, scatter and the drift's step may be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtri

from marsad.analysis.excitation import Design, Fitted, drift, fit, level, weekday
from marsad.analysis.excitation.cloud import Cloud, middle
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.kriging import evenly, interpolated
from marsad.analysis.excitation.mixture import Mixture

DAYS = 700
WANDERING = Design.of(level(DAYS), weekday(DAYS), drift(DAYS, 60))


def history(seed: int, **values: float) -> Floats:
    some = fit(np.random.default_rng(0).poisson(4.0, DAYS), Design.of(level(DAYS)), decay=3.0)
    true = {"level": np.log(2.0), "weight": 0.5, "log scatter": np.log(0.1)} | values
    return np.asarray(some.at(true).simulate(seed=seed, paths=1, afresh=True)[0])


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return fit(history(4), WANDERING)


def test_an_evenly_filled_cube_has_the_mean_and_spread_of_a_uniform_each_time_the_same() -> None:
    points = evenly(500, 4)
    assert points.mean(axis=0) == pytest.approx(np.full(4, 0.5), abs=0.01)
    assert points.var(axis=0) == pytest.approx(np.full(4, 1 / 12), abs=0.003)
    assert abs(np.corrcoef(points.T) - np.eye(4)).max() < 0.05
    assert (points == evenly(500, 4)).all()


def test_what_lies_between_known_points() -> None:
    known, wanted = ndtri(evenly(128, 4)), ndtri(evenly(64, 4)) / 2

    def bent(at: Floats) -> Floats:
        return np.column_stack([at[:, 0] - at[:, 1] * at[:, 2] + 0.2 * at[:, 3] ** 3, np.ones(len(at))])

    assert interpolated(known, bent(known), known) == pytest.approx(bent(known), abs=0.05)
    assert interpolated(known, bent(known), wanted) == pytest.approx(bent(wanted), abs=0.15)


def test_the_middle_of_weighted_draws() -> None:
    draws = ndtri(evenly(4000, 1)[:, 0]) * 1.5
    weights = np.exp(-(draws**2) / 2 + draws**2 / (2 * 1.5**2))
    assert middle(draws, weights / weights.sum(), 0.95) == pytest.approx((-1.96, 1.96), abs=0.02)


def test_the_middle_goes_to_a_bound_where_the_density_there_is_not_small() -> None:
    draws = ndtri(evenly(8000, 1)[:, 0])
    for away, goes in ((3.0, False), (1.0, True)):
        kept = draws[draws > -away] + away
        low, _ = middle(kept, np.full(len(kept), 1 / len(kept)), 0.95, lower=0.0)
        assert (low == 0) == goes
        kept = -kept
        _, high = middle(kept, np.full(len(kept), 1 / len(kept)), 0.95, upper=0.0)
        assert (high == 0) == goes


def test_the_level_is_skewed_as_excitation_is(fitted: Fitted) -> None:
    normal, mixed = fitted.wald("level"), fitted.mixed("level")
    assert mixed.value == normal.value
    assert mixed.value - mixed.low > 1.2 * (mixed.high - mixed.value)
    assert 0.8 < (mixed.high - mixed.low) / (normal.high - normal.low) < 1.6


def test_where_the_doubt_is_normal_the_mixture_says_the_same(fitted: Fitted) -> None:
    normal, mixed = fitted.wald("log scatter"), fitted.mixed("log scatter")
    assert (mixed.low, mixed.high) == pytest.approx((normal.low, normal.high), abs=0.25 * normal.error)


def test_a_mixture_is_the_same_every_time_and_leaves_the_fit_as_it_was(fitted: Fitted) -> None:
    before = fitted.estimate.copy()
    names = ("level", "weight", "log delay", "Friday")
    once = [fitted.mixed(name) for name in names]
    again = fit(history(4), WANDERING)
    assert [again.mixed(name) for name in reversed(names)] == once[::-1]
    assert (fitted.estimate == before).all()


def test_intervals_grow_with_their_level(fitted: Fitted) -> None:
    for name in ("level", "weight", "Monday"):
        half, most = fitted.mixed(name, 0.5), fitted.mixed(name, 0.99)
        assert most.low < half.low < half.high < most.high


def test_without_echoes_the_weight_goes_down_to_none() -> None:
    found = fit(history(5, weight=0.0), WANDERING)
    weight = found.mixed("weight")
    assert weight.low == 0
    assert 0.02 < weight.high < 1


def test_the_branching_ratio_of_one_series_is_its_weight_and_of_two_their_matrix(fitted: Fitted) -> None:
    assert fitted.branching_ratio() == pytest.approx(fitted.mixed("weight"))
    counts = np.random.default_rng(2).poisson(3.0, (120, 2)).astype(float)
    plain = fit(counts, decay=2.0)
    assert plain.branching_ratio() == plain.branching().ratio
    wandering = Design.of(level(120), drift(120, 60))
    both = fit(counts, wandering, decay=2.0, family="poisson", excitation=[[1, 0], [1, 1]])
    ratio = both.branching_ratio()
    assert ratio.value == both.branching().ratio.value
    assert ratio.low <= ratio.value < ratio.high < 1


def test_the_ends_hold_what_they_should_of_a_skewed_density() -> None:
    draws = np.exp(ndtri(evenly(8000, 1)[:, 0]) * 0.6)
    low, high = middle(draws, np.full(8000, 1 / 8000), 0.95, lower=0.0)
    assert (low, high) == pytest.approx((np.exp(-0.6 * 1.96), np.exp(0.6 * 1.96)), rel=0.01)


def test_what_is_held_and_what_cannot_be_trusted_falls_back_on_the_covariance(fitted: Fitted) -> None:
    held = fit(history(4), WANDERING, start=fitted, hold=["Friday"])
    assert held.mixed("Friday") == held.wald("Friday")
    mixture = fitted.mixture
    assert isinstance(mixture, Mixture)
    doubtful = replace(mixture)
    cloud = mixture.cloud
    assert isinstance(cloud, Cloud)
    assert cloud.effective > 1000
    doubtful.__dict__["cloud"] = None
    assert replace(fitted, mixture=doubtful).mixed("level") == fitted.wald("level")


def test_where_there_is_no_echo_any_delay_fits_and_the_interval_says_so() -> None:
    found = fit(history(7, weight=0.0, **{"log scatter": np.log(0.4)}), WANDERING)
    assert found.mixture is not None
    assert found.mixture.cloud is not None
    lower, upper = (float(bound[found.index("log delay")]) for bound in found.model.layout.bounds())
    delay, weight = found.mixed("log delay"), found.mixed("weight")
    assert (delay.low, weight.low) == (lower, 0)
    assert delay.high > upper - 1
    # How much an echo could be stands on its delay: at the one that is found it would be less.
    assert weight.high > found.wald("weight").high

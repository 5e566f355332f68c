"""One question of all echoes, put to counts a day and to moments: likelihoods, slopes, what is found of the known."""

from __future__ import annotations

import importlib
import sys
from itertools import pairwise
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammaln
from scipy.stats import nbinom

from marsad.analysis.excitation import Design, drift, fit, fit_times, level, weekday
from marsad.analysis.excitation import posterior as module
from marsad.analysis.excitation.allechoes import QUICK, SLOW, AllEchoes, DayEchoes, by_counts, by_moments
from marsad.analysis.excitation.countposterior import CountPosterior
from marsad.analysis.excitation.importance import LOST, Draws
from marsad.analysis.excitation.inputs import as_data
from marsad.analysis.excitation.kernel import Floats, same_day
from marsad.analysis.excitation.momentposterior import MomentPosterior
from marsad.analysis.excitation.posterior import GRID, Outer, Posterior, point
from marsad.analysis.excitation.stamps import Stamps

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks/analysis"))
ties: Any = importlib.import_module("ties")

DAYS = 365
TIMES = np.array([0.2, 0.21, 0.9, 2.1, 2.5, 2.52, 2.52, 3.7])
DELAY = exp(float(GRID[10]))
POINT = point(0.2, 0.4, DELAY, 0.3, 0.5)
SHARES = np.array([0.2, 0.5, 0.3])
BEFORE = 2.0


def history(seed: int, quick: float, slow: float, delay: float, scatter: float, a_day: float = 8.0) -> Floats:
    """Moments of a year: ``quick`` within an hour on the mean, ``slow`` of bursts over days, days of a factor each."""
    generator = np.random.default_rng(seed)
    days, slow = DAYS + 60, slow * (1 - quick)
    busy = generator.gamma(1 / scatter, scatter, days) if scatter else np.ones(days)
    day = np.repeat(np.arange(days), generator.poisson(a_day * (1 - quick - slow) * busy))
    times = day + generator.random(len(day))
    moments: Floats = ties.with_echoes(times, ((quick, 1 / 24), (slow, delay)), busy, generator) - 60
    return moments[moments >= 0]


def by_both(times: Floats) -> tuple[DayEchoes, AllEchoes]:
    design = Design.of(level(DAYS), weekday(DAYS), drift(DAYS))
    fitted = fit(np.bincount(times.astype(int), minlength=DAYS), design)
    held = design.weighted(fitted.smoothness[-1])
    parts = fit_times(times, horizon=DAYS, design=held, decay=(*QUICK, *SLOW))
    asked = by_counts(fitted, design)
    return asked, by_moments(times, parts, fitted, design, asked)


def of_moments() -> MomentPosterior:
    stamps = Stamps.of(TIMES, None, 4.0, 1)
    return MomentPosterior(stamps, BEFORE, Design.of(level(4), drift(4, 2)), QUICK, np.zeros(3), 1.0)


def of_counts() -> CountPosterior:
    design = Design.of(level(6), drift(6, 3))
    data = as_data(np.array([3.0, 0.0, 4.0, 1.0, 0.0, 2.0]), design.columns, None, np.array([1, 1, 1, 0, 1, 1]))
    return CountPosterior(data, design, np.full(6, 2.0), np.zeros(3), 1.0)


def shaped() -> Floats:
    return np.concatenate([POINT, np.log(SHARES[1:] / SHARES[0])])[None]


def rate(at: float) -> float:
    """Of TIMES at POINT, without what makes a day busier."""
    out = 1.5
    kernels = [(0.2 * share, delay) for share, delay in zip(SHARES, QUICK, strict=True)]
    for weight, delay in (*kernels, (0.4 * (1 - 0.2), DELAY)):
        out += weight * (BEFORE * exp(-at / delay) + sum(exp(-(at - one) / delay) for one in TIMES if one < at) / delay)
    return out


def test_the_likelihood_of_moments_is_that_of_a_hawkes_process_whose_days_share_a_gamma_factor() -> None:
    of = of_moments()
    likelihood, _, _ = of.parts(np.full((1, 4), 1.5), of.prepared(shaped()))
    size, wanted = 1 / 0.3, 0.0
    for day in range(4):
        inside = [float(one) for one in TIMES if day <= one < day + 1]
        edges = [day, *inside, day + 1]
        pieces = [(one, other) for one, other in pairwise(edges) if other > one]
        whole = sum(quad(rate, *piece, limit=200)[0] for piece in pieces)
        wanted += sum(log(rate(one)) for one in inside) + float(gammaln(size + len(inside)) - gammaln(size))
        wanted += size * log(size) - (size + len(inside)) * log(size + whole)
    assert float(likelihood[0]) == pytest.approx(wanted, abs=1e-4)


def test_the_likelihood_of_counts_is_negative_binomial_with_the_variance_of_bursts() -> None:
    of = of_counts()
    background = np.array([1.0, 1.2, 0.8, 1.1, 0.9, 1.0])
    likelihood, _, _ = of.parts(background[None], of.prepared(POINT[None]))
    today = 0.4 * same_day(DELAY)
    echoes = of.echoes[10]
    mean = (background + 0.4 * echoes) / (1 - today)
    # The variance is of what was expected, two a day.
    wide = 0.3 + (1 / ((1 - 0.2) * (1 - today)) ** 2 - 1) / 2
    each = nbinom.logpmf(of.counts, 1 / wide, 1 / (1 + wide * mean))
    assert float(likelihood[0]) == pytest.approx(float(each[of.observed > 0].sum()), abs=1e-4)
    came, whole = of.days(Draws(POINT[None], np.ones(1), np.array([[log(1.5), 0.0, 0.0]])))
    assert came == pytest.approx(np.full(6, (1 - 0.2) * 1.5))
    assert whole == pytest.approx((1.5 + 0.4 * echoes) / (1 - today))


@pytest.mark.parametrize(("of", "points"), [(of_moments(), shaped()), (of_counts(), POINT[None])])
def test_slopes_are_those_of_the_likelihood(of: Posterior, points: Floats) -> None:
    prepared, logs = of.prepared(points), np.linspace(-0.2, 0.4, len(of.columns))[None]
    _, slope, known = of.parts(np.exp(logs), prepared)
    for day in range(logs.shape[1]):
        moved = 1e-5 * np.eye(logs.shape[1])[day]
        up, down = (of.parts(np.exp(logs + sign * moved), prepared)[0][0] for sign in (1, -1))
        assert slope[0, day] == pytest.approx((up - down) / 2e-5, abs=1e-4)
    assert (known >= 0).all()


def test_the_best_background_has_no_slope_left_and_the_drift_is_integrated_out() -> None:
    of = of_counts()
    heights, found = of.at(POINT[None], of.begin(POINT[None]))
    moved = found + 0.05 * np.eye(3)
    outer = Outer.of(POINT[None])
    tables = of.prepared(POINT[None])

    def height(coefficients: Floats) -> float:
        value = float(of.parts(np.exp(of.columns @ coefficients)[None], tables)[0][0])
        penalty = drift(6, 3).matrix
        assert penalty is not None
        return value - float(coefficients[1:] @ penalty @ coefficients[1:]) / (2 * 0.5**2)

    assert all(height(one) < height(found[0]) for one in moved)
    assert float(heights[0]) < height(found[0]) + float(outer.prior()[0]) + 2 * log(1 / 0.5)
    beyond = POINT.copy()
    beyond[1] = 20.0
    assert of.at(beyond[None], found)[0][0] == LOST


def test_information_is_the_same_some_days_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    design, weights = Design.of(level(50), weekday(50), drift(50, 20)), np.random.default_rng(0).random((3, 50))
    whole = _Bare(design, np.zeros(10), 1.0)._information(weights)
    assert whole == pytest.approx(np.einsum("pt,ti,tj->pij", weights, design.columns, design.columns))
    monkeypatch.setattr(module, "_CELLS", 500)
    assert _Bare(design, np.zeros(10), 1.0)._information(weights) == pytest.approx(whole)


class _Bare(CountPosterior):
    def __init__(self, design: Design, near: Floats, left: float) -> None:
        Posterior.__init__(self, design, near, left)


def test_the_prior_is_flat_in_the_parameters_themselves() -> None:
    generator = np.random.default_rng(0)
    # Points drawn evenly from a box of points, weighed by the prior: the parameters are spread evenly.
    points = generator.uniform([-4, -4, -4, -2, -2], [4, 4, 4, -1, -1], (200_000, 5))
    outer = Outer.of(points)
    weights = np.exp(outer.prior())
    for values in (outer.quick, outer.slow, (outer.delay - GRID[0]) / (GRID[-1] - GRID[0])):
        shares = np.histogram(values, 5, (0.1, 0.9), weights=weights)[0]
        np.testing.assert_allclose(shares / shares.mean(), 1, atol=0.05)
    # The root of the scatter and the step are half normal.
    for values in (np.sqrt(outer.scatter), outer.step):
        shares, edges = np.histogram(values, 4, (0.15, 0.36), weights=weights)
        wanted = np.exp(-(((edges[1:] + edges[:-1]) / 2) ** 2) / 2)
        np.testing.assert_allclose(shares / shares.mean(), wanted / wanted.mean(), atol=0.04)
    assert outer.total == pytest.approx(outer.quick + outer.slow * (1 - outer.quick))


@pytest.mark.parametrize(
    ("quick", "slow", "scatter"), [(0.25, 0.5, 0.0), (0.0, 0.6, 0.0), (0.0, 0.5, 0.05), (0.3, 0.0, 0.0)]
)
def test_days_and_moments_answer_alike_and_hold_the_truth(quick: float, slow: float, scatter: float) -> None:
    days, moments = by_both(history(2, quick, slow, 1.5, scatter))
    true = 1 - (1 - quick) * (1 - slow)
    for found in (days.echoes, moments):
        assert found.total.low <= true <= found.total.high
        assert found.slow.low <= slow <= found.slow.high
        assert found.effective > 50
    assert moments.total.value == pytest.approx(days.echoes.total.value, abs=0.15)
    assert moments.quick.value == pytest.approx(quick, abs=0.08)
    if slow:
        assert days.delay.low <= 1.5 <= days.delay.high
    assert days.background.mean() == pytest.approx(8 * (1 - days.echoes.total.value), rel=0.15)


def test_bursts_are_told_from_busy_days_by_their_moments_alone() -> None:
    busy_days, busy = by_both(history(4, 0.0, 0.4, 1.5, 0.15))
    burst_days, bursts = by_both(history(4, 0.3, 0.4, 1.5, 0.0))
    assert busy.scatter > 0.08 > bursts.scatter
    assert busy.quick.value < 0.1 < 0.2 < bursts.quick.value
    # Counts scatter in both, and may be taken for either.
    for found in (busy_days.echoes, burst_days.echoes):
        assert found.quick.high - found.quick.low > 0.1


def test_the_lower_end_is_none_where_there_may_be_no_echo() -> None:
    generator = np.random.default_rng(1)
    flat = np.sort(generator.random(1500) * DAYS)
    days, moments = by_both(flat)
    assert days.echoes.total.low == 0
    assert moments.total.low < 0.03
    assert days.echoes.slow.low == moments.slow.low == 0
    assert 0 < days.echoes.total.value < days.echoes.total.high <= 1


def test_few_draws_tell_nothing() -> None:
    points = np.tile(POINT, (400, 1)) + np.random.default_rng(0).normal(0, 0.1, (400, 5))
    even = AllEchoes.of(Draws(points, np.full(400, 1 / 400), np.zeros((400, 3))))
    assert even.total.value == pytest.approx(1 - (1 - 0.2) * (1 - 0.4), abs=0.01)
    assert 0 < even.quick.low < 0.2 < even.quick.high < 0.3
    assert even.delay.low < DELAY < even.delay.high
    weights = np.where(np.arange(400) < 20, 0.049, 0.02 / 380)
    few = AllEchoes.of(Draws(points, weights, np.zeros((400, 3))))
    assert few.effective < 50
    for found in (few.total, few.slow, few.quick):
        assert (found.low, found.high) == (0, 1)
    assert (few.delay.low, few.delay.high) == (0.5, 60)

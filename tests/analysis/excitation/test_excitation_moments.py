"""The model of moments that scatters whole days: its likelihood, slopes, waits, and what it finds beside days."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import exp, log

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammaln
from scipy.stats import kstest

from marsad.analysis.excitation import Design, drift, fit, fit_times, level, weekday
from marsad.analysis.excitation.inputs import as_data
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import Layout
from marsad.analysis.excitation.momentfit import QUICK, fit_moments
from marsad.analysis.excitation.moments import UNIT, MomentModel
from marsad.analysis.excitation.stamps import Stamps

DAYS = 365


def history(seed: int, quick: float, slow: float, delay: float, scatter: float, a_day: float = 4.0) -> Floats:
    """Moments with quick and slow echoes, on days that are each busier or calmer by a factor of their own."""
    generator = np.random.default_rng(seed)
    days = DAYS + 60
    busy = generator.gamma(1 / scatter, scatter, days) if scatter else np.ones(days)
    most = float(busy.max())
    day = np.repeat(np.arange(days), generator.poisson(a_day * (1 - quick - slow) * busy))
    times: Floats = day + generator.random(len(day))
    found = [times]
    while len(times):
        born = []
        for weight, mean in ((quick, QUICK), (slow, delay)):
            after = np.repeat(times, generator.poisson(weight * most, len(times)))
            after = after + generator.exponential(mean, len(after))
            after = after[after < days]
            born.append(after[generator.random(len(after)) * most < busy[after.astype(int)]])
        times = np.concatenate(born)
        found.append(times)
    moments: Floats = np.sort(np.concatenate(found)) - 60
    return moments[moments >= 0]


def model(times: Floats, days: int = 4) -> MomentModel:
    design = Design.of(level(days))
    one = np.zeros(1, np.intp)
    layout = Layout(design.names, ("shots",), 2, one, one, None, True)
    counts = np.bincount(times.astype(int), minlength=days)
    return MomentModel(
        as_data(counts, design.columns, None, None), layout, Stamps.of(times, None, float(days), 1), QUICK
    )


TIMES = np.array([0.2, 0.21, 0.9, 2.1, 2.5, 2.52, 2.52, 3.7])
VECTOR = np.array([log(1.5), 0.2 / UNIT, 0.4, log(2.0), log(0.3)])


def rate(at: float, before: float) -> float:
    """Of TIMES under VECTOR, without what scatters the day; ``before`` events a day came before the first day."""
    out = 1.5
    for weight, delay in ((0.2, QUICK), (0.4, 2.0)):
        out += weight * (before * exp(-at / delay) + sum(exp(-(at - one) / delay) for one in TIMES if one < at) / delay)
    return out


def test_the_likelihood_is_that_of_moments_whose_days_share_a_gamma_factor() -> None:
    of = model(TIMES)
    state = of.state(VECTOR)
    assert state is not None
    before, size, wanted = float(of.data.before[0]), 1 / 0.3, 0.0
    for day in range(4):
        inside = [float(one) for one in TIMES if day <= one < day + 1]
        edges = [day, *inside, day + 1]
        pieces = [(one, other) for one, other in pairwise(edges) if other > one]
        whole = sum(quad(rate, *piece, args=(before,), limit=200)[0] for piece in pieces)
        assert float(state.mean[day, 0]) == pytest.approx(whole, rel=1e-5)
        wanted += sum(log(rate(one, before)) for one in inside) + float(gammaln(size + len(inside)) - gammaln(size))
        wanted += size * log(size) - (size + len(inside)) * log(size + whole)
    assert state.likelihood == pytest.approx(wanted, rel=1e-6)


def test_slopes_are_those_of_the_likelihood() -> None:
    of = model(TIMES)
    state = of.state(VECTOR)
    assert state is not None
    for at in range(3):
        up, down = (of.state(VECTOR + step * np.eye(5)[at]) for step in (1e-5, -1e-5))
        assert up is not None
        assert down is not None
        assert of.gradient(state)[at] == pytest.approx((up.likelihood - down.likelihood) / 2e-5, rel=1e-4)
    information = of.information(state)
    assert np.linalg.eigvalsh(information).min() > 0
    assert information == pytest.approx(information.T)


def test_without_scatter_the_waits_are_those_of_a_hawkes_process() -> None:
    times = history(3, 0.2, 0.3, 2.0, 0.0)
    of = model(times, DAYS)
    of = replace(of, data=replace(of.data, before=np.zeros(1)))
    same = fit_times(times, horizon=DAYS, decay=(QUICK, 2.0))
    vector = np.array([same.background[0, 0], same.weights[0, 0, 0] / UNIT, same.weights[1, 0, 0], log(2.0), -13.0])
    state = of.state(vector)
    assert state is not None
    assert state.likelihood == pytest.approx(same.log_likelihood, abs=0.1)
    np.testing.assert_allclose(of.rescaled(state), same.rescaled(0), rtol=1e-2, atol=1e-3)


def test_waits_are_exponential_where_the_model_holds_and_not_where_scatter_is_left_out() -> None:
    times = history(5, 0.1, 0.3, 2.0, 0.5, a_day=12.0)
    of = model(times, DAYS)
    vector = np.array([log(12 * 0.6), 0.1 / UNIT, 0.3, log(2.0), log(0.5)])
    state = of.state(vector)
    assert state is not None
    assert kstest(of.rescaled(state), "expon").pvalue > 0.01
    vector[-1] = -13.0
    flat = of.state(vector)
    assert flat is not None
    assert kstest(of.rescaled(flat), "expon").pvalue < 1e-6


@pytest.mark.parametrize(("quick", "slow", "scatter"), [(0.2, 0.5, 0.0), (0.0, 0.4, 0.1)])
def test_days_and_moments_answer_the_same_question(quick: float, slow: float, scatter: float) -> None:
    times = history(2, quick, slow, 1.5, scatter, a_day=8.0)
    design = Design.of(level(DAYS), weekday(DAYS), drift(DAYS))
    days = fit(np.bincount(times.astype(int), minlength=DAYS), design)
    found = fit_moments(times, design, days)
    true = slow / (1 - quick)
    assert found.converged
    assert found.over_days.low <= true <= found.over_days.high
    assert found.quick.low <= quick <= found.quick.high
    assert found.delay.low < 1.5 < found.delay.high
    assert found.over_days.value == pytest.approx(days.branching_ratio().value, abs=0.1)
    assert found.rescaling()[0] > 0.01

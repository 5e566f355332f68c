"""The daily count model: exact slopes, known parameters found again, the parts of a fit."""

from __future__ import annotations

import numpy as np
import pytest

from marsad.analysis.excitation import Design, Fitted, decaying, drift, fit, level, pulse, season, step, weekday
from marsad.analysis.excitation.family import Family
from marsad.analysis.excitation.inputs import as_data, as_layout
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.model import Model
from marsad.errors import AnalysisError

DAYS = 900
PLAIN = Design.of(level(DAYS), step(DAYS, 600))
TRUE = {"level": np.log(2.0), "step": -0.6, "weight": 0.5, "log delay": np.log(3.0), "log scatter": np.log(0.1)}


def known(**values: float) -> Fitted:
    """The model at known parameters."""
    some = np.random.default_rng(0).poisson(4.0, DAYS)
    return fit(some, PLAIN).at({**TRUE, **values})


@pytest.fixture(scope="module")
def counts() -> Floats:
    first: Floats = known().simulate(seed=11, paths=1)[0]
    return first


@pytest.fixture(scope="module")
def fitted(counts: Floats) -> Fitted:
    return fit(counts, PLAIN)


@pytest.mark.parametrize("family", ["negative-binomial", "poisson"])
@pytest.mark.parametrize("kernel", ["exponential", "mixture"])
@pytest.mark.parametrize("series", [1, 2])
def test_the_gradient_is_that_of_small_differences(family: Family, kernel: str, series: int) -> None:
    generator = np.random.default_rng(4)
    days = 120
    design = Design.of(level(days), weekday(days), drift(days, 40), pulse(days, 50, 3), decaying(days, 70, 5))
    data = generator.poisson(3.0, (days, series))
    seen = generator.random((days, series)) > 0.1
    exposure = generator.uniform(0.5, 1.0, days)
    held = as_data(data, design.columns, exposure, seen)
    model = Model(held, as_layout(held, design, None, kernel, None, family, True), family)
    layout = model.layout
    at = generator.normal(0, 0.1, layout.size)
    at[layout.first_weight : layout.first_delay] = generator.uniform(
        0.05, 0.15, layout.first_delay - layout.first_weight
    )
    state = model.state(at)
    assert state is not None
    small = 1e-5
    sides = [[model.state(at + sign * small * axis) for sign in (1, -1)] for axis in np.eye(layout.size)]
    difference = [(up.likelihood - down.likelihood) / (2 * small) for up, down in sides if up and down]
    assert model.gradient(state) == pytest.approx(difference, rel=1e-5, abs=1e-5)
    assert model.day_scores(state).sum(axis=0) == pytest.approx(model.gradient(state))


def test_known_parameters_are_found_again(fitted: Fitted) -> None:
    assert fitted.converged
    for name, value in TRUE.items():
        interval = fitted.wald(name, 0.999)
        assert interval.low < value < interval.high, name
    assert fitted.branching().ratio.value == pytest.approx(0.5, abs=0.15)
    assert fitted.branching().stationary


def test_the_search_ends_where_a_general_one_does(fitted: Fitted) -> None:
    from scipy.optimize import minimize

    model = fitted.model
    lower, upper = model.layout.bounds()

    def loss(vector: Floats) -> tuple[float, Floats]:
        state = model.state(vector)
        assert state is not None
        return -state.likelihood, -model.gradient(state)

    start = np.array([0.5, 0.0, 0.2, 0.5, -1.0])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=list(zip(lower, upper, strict=True)))
    assert fitted.log_likelihood == pytest.approx(-found.fun, abs=1e-3)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    truth, held = known(), dict.fromkeys(TRUE, 0)
    paths = truth.simulate(seed=3, paths=40)
    for path in paths:
        found = fit(path, PLAIN)
        for name, value in TRUE.items():
            interval = found.wald(name)
            held[name] += interval.low <= value <= interval.high
    assert all(33 <= count <= 40 for count in held.values()), held  # a true 95 % comes out at 32 or less once in 10^4


def test_the_profile_agrees_with_the_covariance_where_the_likelihood_is_quadratic(fitted: Fitted) -> None:
    by_profile, by_covariance = fitted.profile("step"), fitted.wald("step")
    assert by_profile.low == pytest.approx(by_covariance.low, abs=0.1)
    assert by_profile.high == pytest.approx(by_covariance.high, abs=0.1)
    assert fitted.rate_ratio("step").value == pytest.approx(np.exp(by_covariance.value))
    weights = (np.array(fitted.names) == "step").astype(float)
    assert fitted.combination(weights).low == pytest.approx(by_covariance.low)


def test_nothing_after_a_date_gives_a_bound_from_above() -> None:
    counts = np.random.default_rng(1).poisson(2.0, 300).astype(float)
    counts[250:] = 0
    found = fit(counts, Design.of(level(300), step(300, 250)), decay=3.0)
    interval = found.profile("step")
    assert interval.low < -20
    assert -6 < interval.high < -2


def test_the_parts_add_up_to_the_whole(fitted: Fitted, counts: Floats) -> None:
    parts = fitted.intensity()
    assert parts.background + parts.own + parts.cross == pytest.approx(parts.total)
    assert not parts.cross.any()
    assert parts.total.mean() == pytest.approx(counts.mean(), rel=0.05)


def test_residuals_of_the_true_model_are_uniform_and_independent(fitted: Fitted) -> None:
    residuals = fitted.residuals(seed=1)
    assert residuals.uniformity() > 0.01
    assert residuals.independence() > 0.01
    assert (residuals.uniform == fitted.residuals(seed=1).uniform).all()


def test_residuals_find_what_a_wrong_model_leaves_out(counts: Floats) -> None:
    wrong = fit(counts, family="poisson", excitation=False)
    assert wrong.residuals().independence() < 1e-6


def test_paths_have_the_long_run_mean_and_begin_where_the_data_end() -> None:
    truth = known(step=0.0)
    paths = truth.simulate(seed=5, paths=300)
    assert paths[:, 300:].mean() == pytest.approx(4.0, rel=0.05)  # a background of 2 and a branching ratio of 0.5
    after = truth.simulate(30, seed=5, design=np.tile([1.0, 0.0], (30, 1)), paths=400)
    assert after.shape == (400, 30, 1)
    assert (after == truth.simulate(30, seed=5, design=np.tile([1.0, 0.0], (30, 1)), paths=400)).all()
    drawn = truth.simulate(30, seed=5, design=np.tile([1.0, 0.0], (30, 1)), paths=400, drawn=True)
    assert drawn.mean(axis=1).std() > after.mean(axis=1).std()


def test_a_path_goes_on_from_a_busy_end() -> None:
    design = np.ones((20, 1))
    quiet, busy = np.full(300, 2.0), np.full(300, 2.0)
    quiet[::2], busy[::2] = 3, 3
    busy[-5:] = 60
    model = fit(quiet, decay=5.0).at({"weight": 0.5})
    later = fit(busy, decay=5.0).at({"weight": 0.5, "level": model.estimate[0]})
    assert later.simulate(design=design, seed=1)[:, 0].mean() > 3 * model.simulate(design=design, seed=1)[:, 0].mean()


def test_who_excites_whom_is_told_apart() -> None:
    design = Design.of(level(1200))
    start = fit(np.random.default_rng(0).poisson(3.0, (1200, 2)), design, series=("A", "B"))
    truth = start.at({
        "A: level": 0.3, "B: level": 0.3, "A <- A: weight": 0.2, "A <- B: weight": 0.0, "B <- A: weight": 0.5,
        "B <- B: weight": 0.1, "log delay": np.log(2.0), "A: log scatter": -2.5, "B: log scatter": -2.5,
    })  # fmt: skip
    found = fit(truth.simulate(seed=2, paths=1, afresh=True)[0], design, series=("A", "B")).branching()
    assert found.low[1, 0] > 0.2
    assert found.low[0, 1] < 0.05
    assert found.matrix[1, 0] == pytest.approx(0.5, abs=0.2)


def test_missing_days_are_not_zero_days(counts: Floats) -> None:
    seen = np.ones(DAYS, bool)
    seen[200:260] = False
    blank = counts[:, 0].copy()
    blank[~seen] = np.nan
    found = fit(blank, PLAIN, observed=seen)
    as_zero = fit(np.nan_to_num(blank), PLAIN)
    whole = fit(counts, PLAIN)
    assert abs(found.wald("level").value - whole.wald("level").value) < 0.25
    assert found.log_likelihood > as_zero.log_likelihood
    assert np.isnan(found.residuals().uniform[200:260]).all()


def test_exposure_scales_the_background() -> None:
    generator = np.random.default_rng(7)
    share = np.where(np.arange(800) < 400, 1.0, 0.25)
    counts = generator.poisson(4 * share)
    found = fit(counts, Design.of(level(800), step(800, 400)), exposure=share, excitation=False)
    interval = found.wald("step", 0.999)
    assert interval.low < 0 < interval.high
    assert found.wald("level").value == pytest.approx(np.log(4), abs=0.1)


def test_a_drift_is_followed_and_its_smoothness_chosen() -> None:
    days = 1000
    generator = np.random.default_rng(8)
    wave = np.exp(1 + 0.8 * np.sin(np.arange(days) / 80))
    found = fit(generator.poisson(wave), Design.of(level(days), drift(days, 40)), excitation=False)
    assert np.corrcoef(found.state.background[:, 0], wave)[0, 1] > 0.95
    flat = fit(generator.poisson(3.0, days), Design.of(level(days), drift(days, 40)), excitation=False)
    assert flat.smoothness[0] > 20 * found.smoothness[0]
    assert flat.freedom < 8 < found.freedom


def test_a_drift_does_not_eat_the_excitation() -> None:
    days = 900
    wandering = Design.of(level(days), drift(days, 30, weight=5.0))  # free to wander, though the truth does not
    truth = fit(np.random.default_rng(0).poisson(4.0, days), Design.of(level(days)))
    truth = truth.at({"level": np.log(2.0), "weight": 0.5, "log delay": np.log(4.0), "log scatter": -2.0})
    paths = truth.simulate(seed=9, paths=8)
    joint = [fit(path, wandering, decay=4.0, marginal=False).wald("weight").value for path in paths]
    marginal = [fit(path, wandering, decay=4.0).wald("weight").value for path in paths]
    assert np.mean(joint) < np.mean(marginal) - 0.05
    assert abs(np.mean(marginal) - 0.5) < abs(np.mean(joint) - 0.5)


def test_the_sandwich_is_wider_where_the_variance_is_wrong(counts: Floats) -> None:
    wrong = fit(counts, PLAIN, family="poisson", excitation=False)
    robust = fit(counts, PLAIN, family="poisson", excitation=False, covariance="sandwich")
    assert robust.wald("step").error > 1.1 * wrong.wald("step").error


def test_a_fit_begins_from_another_and_holds_what_it_is_told(counts: Floats, fitted: Fitted) -> None:
    again = fit(counts, PLAIN, start=fitted)
    assert again.estimate == pytest.approx(fitted.estimate, abs=1e-3)
    held = fit(counts, PLAIN, start=fitted.at({"weight": 0.3}), hold=["weight"])
    assert held.wald("weight").value == 0.3
    assert held.log_likelihood < fitted.log_likelihood


def test_weekday_and_season_have_no_mean() -> None:
    assert weekday(700, 3).columns.sum(axis=0) == pytest.approx(np.zeros(6))
    assert season(1461, 200, waves=2).columns.mean(axis=0) == pytest.approx(np.zeros(4), abs=0.01)
    assert drift(300, 30).columns.mean(axis=0) == pytest.approx(np.zeros(10))
    monday = weekday(7, 2).columns[5]
    assert monday.tolist() == [1, 0, 0, 0, 0, 0]  # the sixth day after a Wednesday's five is a Monday


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"counts": [-1.0] * 9}, "zero or more"),
        ({"counts": [float("nan")] * 9}, "zero or more"),
        ({"counts": [0.0] * 9}, "no event"),
        ({"counts": [[[1.0]]] * 9}, "days by series"),
        ({"design": np.ones((5, 1))}, "one row a day"),
        ({"design": np.full((9, 1), np.inf)}, "no numbers"),
        ({"exposure": [0.0] * 9}, "above zero"),
        ({"exposure": [1.0] * 4}, "exposure must cover"),
        ({"observed": [True] * 2 + [False] * 7}, "fewer than three"),
        ({"decay": 0.1}, "shorter than 0.5 days"),
        ({"decay": (1.0, 2.0)}, "one for the exponential"),
        ({"kernel": "power"}, "no kernel 'power'"),
        ({"family": "normal"}, "no family 'normal'"),
        ({"covariance": "other"}, "no covariance 'other'"),
        ({"excitation": np.ones((2, 2))}, "1 by 1"),
        ({"series": ("a", "b")}, "1 different names"),
        ({"hold": ["weight"]}, "give start"),
    ],
)
def test_what_cannot_be_fitted_is_said_in_one_line(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"counts": [1.0, 0, 2, 1, 0, 3, 1, 1, 2]} | change
    with pytest.raises(AnalysisError, match=message) as caught:
        fit(**arguments)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_what_cannot_be_asked_of_a_fit(fitted: Fitted) -> None:
    with pytest.raises(AnalysisError, match="no parameter 'steep'"):
        fitted.wald("steep")
    with pytest.raises(AnalysisError, match="beget more"):
        fitted.at({"weight": 9.0})
    with pytest.raises(AnalysisError, match="ends with the data"):
        fitted.simulate(DAYS + 1)
    with pytest.raises(AnalysisError, match="columns"):
        fitted.simulate(design=np.ones((5, 7)))
    with pytest.raises(AnalysisError, match="other parameters"):
        fit(np.ones(9), start=fitted)


def test_many_series_end_where_few_would() -> None:
    counts = np.random.default_rng(3).poisson(2.0, (150, 7)).astype(float)
    found = fit(counts, Design.of(level(150)), decay=3.0)
    assert found.model.many
    assert found.converged
    gradient = found.model.gradient(found.state)
    inside = found.estimate > found.model.layout.bounds()[0] + 1e-9
    assert gradient[inside] == pytest.approx(np.zeros(inside.sum()), abs=0.05)
    assert (gradient[~inside] < 0.05).all()


def test_the_interval_to_be_believed_is_the_profile_or_the_mixture_where_a_drift_is_integrated_out() -> None:
    counts = np.random.default_rng(3).poisson(3.0, 200).astype(float)
    plain = fit(counts)
    assert not plain.integrated
    assert plain.interval("level") == plain.profile("level")
    drifting = fit(counts, Design.of(level(200), drift(200, 60)))
    assert drifting.integrated
    assert drifting.interval("level") == drifting.mixed("level")
    assert plain.mixed("level") == plain.wald("level")

"""The exact-time model: its likelihood, slopes, known parameters, rescaled waits, and agreement with counts a day."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from marsad.analysis.excitation import fit, fit_times, stampsearch
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.scan import Recursion, in_order, side_by_side
from marsad.analysis.excitation.stamps import Stamps, remainders
from marsad.errors import AnalysisError

DAYS = 600.0


def history(seed: int, ratio: float = 0.6, delay: float = 1.5, a_day: float = 3.0) -> Floats:
    """Moments of a known process after a time of running in."""
    generator = np.random.default_rng(seed)
    times = generator.random(generator.poisson(a_day * (DAYS + 100))) * (DAYS + 100)
    found = [times]
    while len(times):
        times = np.repeat(times, generator.poisson(ratio, len(times)))
        times = times + generator.exponential(delay, len(times))
        found.append(times)
    moments = np.sort(np.concatenate(found)) - 100
    return moments[(moments >= 0) & (moments < DAYS)]


def written_out(
    times: Floats, marks: NDArray[np.int64], background: Floats, weights: Floats, delay: float, end: float
) -> float:
    """The log-likelihood, by sums over all pairs."""
    total = -background.sum() * end
    for time, mark in zip(times, marks, strict=True):
        before = times < time
        echo = np.exp(-(time - times[before]) / delay) / delay
        total += np.log(background[mark] + (weights[mark, marks[before]] * echo).sum())
        total -= weights[:, mark].sum() * (1 - np.exp(-(end - time) / delay))
    return float(total)


def test_the_likelihood_is_that_of_the_sums_written_out() -> None:
    generator = np.random.default_rng(0)
    times, marks = np.sort(generator.random(150) * 60), generator.integers(0, 2, 150)
    found = fit_times(times, marks, horizon=60)
    background = np.exp(found.background[0])
    by_hand = written_out(times, marks, background, found.weights[0], found.delays[0], 60.0)
    assert found.log_likelihood == pytest.approx(by_hand)


def test_no_small_move_is_better() -> None:
    times = history(1)[:600]
    end = float(times[-1])
    found = fit_times(times, horizon=end)
    marks = np.zeros(len(times), int)
    best = found.log_likelihood
    for by in (0.97, 1.03):
        moved = [
            (np.exp(found.background[0]) * by, found.weights[0], found.delays[0]),
            (np.exp(found.background[0]), found.weights[0] * by, found.delays[0]),
            (np.exp(found.background[0]), found.weights[0], found.delays[0] * by),
        ]
        assert all(written_out(times, marks, *point, end) < best for point in moved)


def test_known_parameters_are_found_again() -> None:
    held = [0, 0, 0]
    for seed in range(20):
        found = fit_times(history(seed), horizon=DAYS)
        ratio, delay = found.branching().ratio, found.delay
        level, error = found.background[0, 0], found.covariance[0, 0] ** 0.5
        held[0] += ratio.low < 0.6 < ratio.high
        held[1] += delay.low < 1.5 < delay.high
        held[2] += abs(level - np.log(3)) < 1.96 * error
    assert min(held) >= 15  # a true 95 % comes out below once in 1,000


def test_rescaled_waits_are_exponential_where_the_model_holds() -> None:
    times = history(2)
    found = fit_times(times, horizon=DAYS)
    assert found.rescaling_test(0) > 0.01
    assert found.rescaled(0).mean() == pytest.approx(1, abs=0.05)
    assert fit_times(times, horizon=DAYS, excitation=False).rescaling_test(0) < 0.005


def test_minutes_and_days_agree() -> None:
    times = history(3)
    exact = fit_times(times, horizon=DAYS).branching().ratio.value
    daily = fit(np.bincount(times.astype(int), minlength=int(DAYS))).branching().ratio.value
    assert abs(exact - daily) < 0.1
    ordered = np.floor(times) + 1e-6 * np.arange(len(times)) / len(times)
    careless = fit_times(ordered, horizon=DAYS).branching().ratio.value
    assert careless > exact + 0.1


def test_the_order_of_ties_does_not_matter() -> None:
    times = np.round(history(4), 1)
    marks = np.random.default_rng(0).integers(0, 2, len(times))
    turned = np.lexsort((-marks, times))
    one, other = fit_times(times, marks, horizon=DAYS), fit_times(times[turned], marks[turned], horizon=DAYS)
    assert one.weights == pytest.approx(other.weights, abs=1e-6)


def test_who_excites_whom() -> None:
    generator = np.random.default_rng(6)
    first = np.sort(generator.random(900) * DAYS)
    answers = (first + generator.exponential(0.5, 900))[generator.random(900) < 0.7]
    times = np.concatenate([first, answers])
    marks = np.repeat([0, 1], [len(first), len(answers)])
    kept = times < DAYS
    found = fit_times(times[kept], marks[kept], horizon=DAYS, series=("A", "B")).branching()
    assert found.low[1, 0] > 0.5
    assert found.matrix[0, 1] < 0.1


def test_a_background_by_the_hour_is_not_taken_for_excitation() -> None:
    generator = np.random.default_rng(7)
    day = np.arange(300)
    times = np.sort((np.repeat(day, 12) + generator.beta(6, 6, 3600)).ravel())
    hours = np.eye(24)[np.arange(300 * 24) % 24]
    plain = fit_times(times, horizon=300).branching().ratio.value
    knowing = fit_times(times, horizon=300, design=hours, width=1 / 24).branching().ratio.value
    assert plain > 0.3
    assert knowing < 0.15


def test_a_mixture_of_kernels_at_given_delays() -> None:
    found = fit_times(history(8), horizon=DAYS, decay=(0.05, 1.5))
    assert found.delays == (0.05, 1.5)
    assert found.weights[0, 0, 0] < 0.15
    assert found.weights[1, 0, 0] == pytest.approx(0.6, abs=0.15)
    assert found.branching().ratio.value == pytest.approx(found.weights.sum())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"decay": 0.0}, "above zero"),
        ({"design": np.ones((3, 1))}, "cover the time"),
        ({"excitation": np.ones((3, 3))}, "1 by 1"),
    ],
)
def test_what_cannot_be_fitted_is_said(change: dict[str, object], message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        fit_times(np.arange(10.0), **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 2, 47, 49, 1000, 2500])
@pytest.mark.parametrize("columns", [1, 3])
def test_the_recursion_in_stretches_is_the_one_from_event_to_event(count: int, columns: int) -> None:
    generator = np.random.default_rng(count)
    # Some fades are so strong that nothing is left, and some are none at all.
    fade = np.exp(-generator.choice([0.0, 0.3, 5.0, 900.0], count))
    added = generator.random((count, columns))
    walked = added.copy()
    for at in range(1, count):
        walked[at] += fade[at] * walked[at - 1]
    given = added.copy()
    found = in_order(Recursion(side_by_side(fade)).run(side_by_side(given)), count)
    np.testing.assert_allclose(found, walked, rtol=1e-12)
    np.testing.assert_array_equal(given, added)


def test_a_part_of_many_events_leads_to_where_all_of_them_would(monkeypatch: pytest.MonkeyPatch) -> None:
    times = history(3, a_day=8.0)
    assert len(times) > 10_000
    alone = fit_times(times, horizon=DAYS)
    assert stampsearch._part(alone.problem) is None
    monkeypatch.setattr(stampsearch, "_MANY", 500)
    led = fit_times(times, horizon=DAYS)
    assert stampsearch._part(led.problem) is not None
    assert led.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-5)
    assert led.branching().ratio.value == pytest.approx(alone.branching().ratio.value, abs=1e-5)


def test_events_of_one_moment_at_the_end_of_the_watch_are_counted() -> None:
    times = [0.0, 1.0, 1.0, 2.0, 5.0, 5.0]
    stamps = Stamps.of(times, [0, 0, 1, 1, 0, 1], 5.0)
    done, slope = remainders(stamps, 0.7)
    ages = 5.0 - np.array(times)
    for mark, where in enumerate(([0, 1, 4], [2, 3, 5])):
        assert done[mark] == pytest.approx((1 - np.exp(-0.7 * ages[where])).sum())
        assert slope[mark] == pytest.approx((ages[where] * np.exp(-0.7 * ages[where])).sum())

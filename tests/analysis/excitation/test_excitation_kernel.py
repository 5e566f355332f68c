"""The binned kernel and the running sums, against sums written out."""

from __future__ import annotations

import numpy as np
import pytest

from marsad.analysis.excitation.kernel import echo, echo_slope, same_day, same_day_slope
from marsad.analysis.excitation.stamps import Stamps, echoes, remainders
from marsad.errors import AnalysisError

DELAYS = (0.5, 2.0, 9.0, 60.0)


def share(delay: float, lag: int) -> float:
    """The share of offspring ``lag`` days on, for a parent uniform over its day, by integration."""
    moments = (np.arange(20_000) + 0.5) / 20_000
    first = np.maximum(lag - moments, 0.0)
    return float((np.exp(-first / delay) - np.exp(-(lag + 1 - moments) / delay)).mean())


@pytest.mark.parametrize("delay", DELAYS)
def test_the_kernel_is_the_exponential_averaged_over_the_day(delay: float) -> None:
    one = np.zeros((6, 1))
    one[0] = 1
    echoed = echo(one, delay, np.zeros(1))[:, 0]
    assert same_day(delay) == pytest.approx(share(delay, 0), abs=1e-8)
    assert echoed[1:] == pytest.approx([share(delay, lag) for lag in range(1, 6)], abs=1e-8)


@pytest.mark.parametrize("delay", DELAYS)
def test_the_kernel_adds_up_to_one(delay: float) -> None:
    one = np.zeros((3000, 1))
    one[0] = 1
    assert same_day(delay) + echo(one, delay, np.zeros(1)).sum() == pytest.approx(1)


@pytest.mark.parametrize("delay", DELAYS)
def test_days_before_the_first_are_as_if_they_had_been_counted(delay: float) -> None:
    counts = np.random.default_rng(1).poisson(3.0, (50, 2)).astype(float)
    level = np.array([2.0, 5.0])
    longer = np.vstack([np.broadcast_to(level, (4000, 2)), counts])
    assert echo(counts, delay, level) == pytest.approx(echo(longer, delay, np.zeros(2))[4000:])


@pytest.mark.parametrize("delay", DELAYS)
def test_slopes_are_those_of_small_differences(delay: float) -> None:
    counts = np.random.default_rng(2).poisson(3.0, (200, 2)).astype(float)
    before, small = np.array([1.0, 4.0]), 1e-5
    up, down = delay * np.exp(small), delay * np.exp(-small)
    difference = (echo(counts, up, before) - echo(counts, down, before)) / (2 * small)
    assert echo_slope(counts, echo(counts, delay, before), delay, before) == pytest.approx(difference, abs=1e-7)
    assert same_day_slope(delay) == pytest.approx((same_day(up) - same_day(down)) / (2 * small), abs=1e-9)


@pytest.mark.parametrize("decimals", [1, 9])
def test_what_the_recursion_gives_are_the_sums_over_all_earlier_events(decimals: int) -> None:
    generator = np.random.default_rng(3)
    times, marks = np.round(generator.random(200) * 40, decimals), generator.integers(0, 3, 200)
    made = Stamps.of(times, marks, 40.0)
    assert made.tied == (decimals == 1)
    ages = made.times[:, None] - made.times
    left = np.where(ages > 0, np.exp(-2.0 * ages), 0.0)
    one_of = np.eye(3)[made.marks]
    found, aged = echoes(made, 2.0)
    assert found == pytest.approx(left @ one_of, abs=1e-12)
    assert aged == pytest.approx((ages * left) @ one_of, abs=1e-12)
    assert echoes(made, 2.0, slopes=False)[1] is None


def test_what_is_done_by_the_end() -> None:
    done, slope = remainders(Stamps.of([0.0, 1.0, 3.0], [0, 1, 0], 4.0), 0.5)
    assert done == pytest.approx([2 - np.exp(-2) - np.exp(-0.5), 1 - np.exp(-1.5)])
    assert slope == pytest.approx([4 * np.exp(-2) + np.exp(-0.5), 3 * np.exp(-1.5)])


@pytest.mark.parametrize(
    ("times", "marks", "horizon", "message"),
    [
        ([1.0, 2.0], [0, 0], 3.0, "fewer than three"),
        ([1.0, 2.0, 4.0], [0, 0, 0], 3.0, "none after it"),
        ([-1.0, 2.0, 3.0], [0, 0, 0], 3.0, "none below 0"),
        ([1.0, float("nan"), 3.0], [0, 0, 0], 3.0, "none below 0"),
        ([1.0, 2.0, 3.0], [0, 0], 3.0, "one length"),
        ([1.0, 2.0, 3.0], [0, -1, 0], 3.0, "numbers of series"),
    ],
)
def test_events_that_cannot_be(times: list[float], marks: list[int], horizon: float, message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        Stamps.of(times, marks, horizon)

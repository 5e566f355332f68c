"""The answer to "did anything change?": on series of which it is known. All series are drawn."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from analysis_making import FIRST, counts, halved, series

from marsad.analysis.response import respond
from marsad.analysis.series import Series
from marsad.analysis.telling import placebo_rows, response_json
from marsad.analysis.verdict import judge
from marsad.errors import AnalysisError

TURN = FIRST + 500


def test_a_halving_is_seen_and_measured() -> None:
    one = respond(halved(), [TURN])[0]
    verdict = judge(one)
    assert one.effect.low <= 0.5 <= one.effect.high
    assert one.effect.p < 0.01
    assert (verdict.answer, verdict.strength) == ("fell", "strong")
    assert verdict.sentence.startswith("After 2021-05-15 the rate of events fell to 0.")
    assert one.expected == pytest.approx(2 * 182, rel=0.2)


def test_interval_and_test_agree_on_one() -> None:
    for seed in range(6):
        one = respond(halved(factor=0.8, seed=seed), [TURN], sensitivity=False)[0].effect
        assert (one.p < one.level) == (one.low > 1 or one.high < 1)


def test_no_change_is_said_only_where_a_halving_would_have_been_seen() -> None:
    steady = respond(series(counts(900, 2.0, seed=3)), [TURN], sensitivity=False)[0]
    assert judge(steady).answer == "no-change-seen"
    assert "would have been seen with a probability of" in judge(steady).sentence
    thin = respond(series(counts(900, 0.02, seed=4)), [TURN], sensitivity=False)[0]
    assert judge(thin).answer == "cannot-tell"
    assert thin.effect.power(0.5) < 0.5


def test_nothing_at_all_afterwards() -> None:
    values = counts(700, 0.6)
    values[500:] = 0
    one = respond(series(values), [TURN])[0]
    assert one.effect.ratio == 0
    assert one.effect.low == 0
    assert 0 < one.effect.high < 0.3
    assert one.silence.days == one.days_after
    assert one.silence.p < 0.01
    sentence = judge(one, "rockets").sentence
    assert sentence.startswith("After 2021-05-15 there were no rockets at all where about ")
    assert one.expected == pytest.approx(0.6 * 182, rel=0.25)
    told = response_json(one, judge(one))
    assert told["interval"][0] == 0
    assert all(math.isfinite(row["interval"][1]) for row in told["sensitivity"])


def test_a_short_silence_of_a_thin_series_is_nothing_to_wonder_at() -> None:
    values = counts(700, 0.05)
    values[500:] = 0
    one = respond(series(values[:520]), [TURN], sensitivity=False)[0]
    assert one.silence.days == 20
    assert one.silence.p > 0.2
    assert judge(one).answer == "cannot-tell"


def test_bursts_make_a_silence_more_likely() -> None:
    draw = np.random.default_rng(5)
    even = counts(700, 0.5)
    bursts = np.zeros(700)
    for day in np.flatnonzero(draw.random(700) < 0.05):
        bursts[day : day + 5] += draw.poisson(2.0, len(bursts[day : day + 5]))
    for values in (even, bursts):
        values[500:] = 0
    cut = 512
    single, bursty = (respond(series(v[:cut]), [TURN], sensitivity=False)[0].silence for v in (even, bursts))
    assert bursty.p > single.p + 0.05


def test_an_effect_on_a_drifting_background_needs_more_than_its_size() -> None:
    draw = np.random.default_rng(8)
    level = np.cumsum(draw.normal(0, 0.06, 1200))
    wild = series(draw.poisson(2 * np.exp(level - level.mean())).astype(float))
    calm = series(counts(1200, 2.0))
    errors = [respond(one, [FIRST + 600], sensitivity=False)[0].effect.error for one in (wild, calm)]
    assert errors[0] > 1.5 * errors[1]


def test_missing_days_are_not_zero_days() -> None:
    values = counts(900, 2.0)
    observed = np.ones(900, dtype=bool)
    observed[520:600] = False
    values[520:600] = 0
    right = respond(Series(FIRST, values, observed), [TURN], sensitivity=False)[0]
    wrong = respond(series(values), [TURN], sensitivity=False)[0]
    assert right.effect.p > 0.05
    assert wrong.effect.ratio < 0.8 * right.effect.ratio
    assert right.silence.days < 10 < wrong.silence.days
    assert right.days_after == 182 - 80


def test_reporting_effort_explains_what_it_can() -> None:
    draw = np.random.default_rng(2)
    effort = np.full(900, 20.0) * np.exp(0.3 * np.repeat(draw.normal(size=129), 7)[:900])
    effort[500:] *= 0.4
    values = draw.poisson(0.1 * effort).astype(float)
    plain = series(values)
    with_effort = replace(plain, effort=effort)
    raw = respond(plain, [TURN], sensitivity=False)[0].effect
    told = respond(with_effort, [TURN], sensitivity=False)[0].effect
    assert raw.ratio < 0.6
    assert abs(math.log(told.ratio)) < abs(math.log(raw.ratio)) / 2


def test_several_turning_points_are_taken_apart() -> None:
    values = counts(900, 2.0)
    draw = np.random.default_rng(3)
    values[500:600] = draw.poisson(6, 100)
    values[600:] = draw.poisson(2, 300)
    first, second = respond(series(values), [FIRST + 600, FIRST + 500], sensitivity=False)
    assert (first.turning_point, second.turning_point) == ("2021-05-15", "2021-08-23")
    assert first.days_after <= 100
    assert first.effect.low <= 3 <= first.effect.high
    # The second is held against the rate that the first led to.
    assert second.effect.low <= 1 / 3 <= second.effect.high


def test_a_trend_before_the_date_is_told() -> None:
    draw = np.random.default_rng(6)
    rate = np.full(700, 1.0)
    rate[320:] = np.exp(np.minimum((np.arange(380)) / 180, 1.0) * 1.8)
    one = respond(series(draw.poisson(rate).astype(float)), [TURN], sensitivity=False)[0]
    assert one.pretrend.factor > 2
    assert one.pretrend.p < respond(series(counts(700, 1.0)), [TURN], sensitivity=False)[0].pretrend.p


@pytest.mark.parametrize("shape", ["pulse", "decay"])
def test_other_shapes(shape: str) -> None:
    draw = np.random.default_rng(1)
    size = 0.5 ** (np.arange(400) / 30) if shape == "decay" else (np.arange(400) < 14).astype(float)
    values = counts(900, 1.0, seed=21)
    values[500:] = draw.poisson(5**size)
    one = respond(series(values), [TURN], shape=shape, sensitivity=False)[0]  # type: ignore[arg-type]
    assert one.effect.p < 0.01
    assert one.effect.low <= 5 <= one.effect.high
    assert one.days_after <= (14 if shape == "pulse" else 182)


def test_rows_of_placebos_are_all_dates_and_the_turning_point() -> None:
    one = respond(halved(), [TURN], sensitivity=False)[0]
    rows = list(placebo_rows(one))
    assert [row.date for row in rows] == sorted(row.date for row in rows)
    assert [row.date for row in rows if row.here] == ["2021-05-15"]
    assert len(rows) == len(one.effect.placebos.dates) + 1
    assert 1 < one.effect.placebos.worth < len(rows)


def test_the_same_seed_gives_the_same_answer() -> None:
    first, again = (respond(halved(), [TURN], sensitivity=False)[0] for _ in range(2))
    assert response_json(first, judge(first)) == response_json(again, judge(again))


@pytest.mark.parametrize(
    ("turn", "said"),
    [(-5, "is outside the series"), (5, "only 5 days before"), (2000, "is outside"), (899, "only 1 day left")],
)
def test_dates_that_cannot_be_asked(turn: int, said: str) -> None:
    with pytest.raises(AnalysisError, match=said):
        respond(series(counts(900, 1.0)), [FIRST + turn])


def test_an_empty_series_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no event to count"):
        respond(series(np.zeros(900)), [TURN])


@pytest.mark.slow
def test_false_alarms_on_drifting_series_are_few() -> None:
    draw, alarms, tried = np.random.default_rng(1), 0, 0
    for _ in range(16):
        level = np.cumsum(draw.normal(0, 0.03, 1000))
        values = draw.negative_binomial(2, 2 / (2 + np.exp(level - level.mean()))).astype(float)
        one = respond(series(values), [FIRST + int(draw.integers(300, 780))], sensitivity=False)[0]
        alarms += one.effect.p < 0.05
        tried += 1
    assert alarms <= 3  # a rate of 5 % gives more than this once in 140 times
    assert tried == 16

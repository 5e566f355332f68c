"""Where next to nothing is expected, the number of events is the test. All series are made up."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from analysis_making import FIRST, counts, series
from scipy import stats

from marsad.analysis.changepicture import change_figure
from marsad.analysis.events import Event, EventTable
from marsad.analysis.fewevents import Numbers
from marsad.analysis.latent import Days, Kernel, Traits, find_mode
from marsad.analysis.picture import picture
from marsad.analysis.response import Response, respond
from marsad.analysis.series import Series, daily, imputed
from marsad.analysis.telling import facts, response_json
from marsad.analysis.verdict import judge
from marsad.analysis.wording import number_words, ratio_words

DAYS, TURN = 1400, 830


def numbers(
    seen: float = 2.0, usual: float = 1.0, doubt: float = 0.0, answers: float = 0.0, dispersion: float = 1e-6,
    echoing: tuple[tuple[float, float], ...] = ((0.0, 1.0),),
) -> Numbers:  # fmt: skip
    """An after-period of two stretches."""
    return Numbers(seen, np.array([usual / 2, usual / 2]), np.ones(2), doubt, answers, 182.0, dispersion, echoing)


def on(days: list[int], length: int = DAYS) -> Series:
    values = np.zeros(length)
    np.add.at(values, days, 1.0)
    return series(values)


def asked(days: list[int]) -> Response:
    return respond(on(days), [FIRST + TURN], sensitivity=False)[0]


def test_single_events_at_a_known_rate_are_poisson() -> None:
    found = numbers(usual=3.0).probabilities(math.log(2.0))
    assert found[:15] == pytest.approx(stats.poisson.pmf(np.arange(15), 6.0), abs=1e-5)
    assert found.sum() == pytest.approx(1.0)


def test_scattered_days_are_negative_binomial() -> None:
    found = numbers(usual=3.0, dispersion=50.0).probabilities(0.0)
    size = 182 / 50
    assert found[:15] == pytest.approx(stats.nbinom.pmf(np.arange(15), size, size / (size + 3.0)), abs=1e-9)


def test_events_that_beget_events_come_in_families() -> None:
    found = numbers(usual=2.0, echoing=((0.4, 1.0),), answers=0.5).probabilities(0.0)
    count = np.arange(1, 15)
    by_hand = 2.5 * (2.5 + 0.4 * count) ** (count - 1) * np.exp(-2.5 - 0.4 * count)
    by_hand /= np.array([math.factorial(one) for one in count])
    assert found[1:15] == pytest.approx(by_hand, abs=1e-5)
    assert found @ np.arange(len(found)) == pytest.approx(2.5 / 0.6, rel=1e-3)


def test_doubt_about_the_rate_makes_many_and_none_likelier() -> None:
    sure, doubtful = numbers(6.0), numbers(6.0, doubt=1.5)
    assert doubtful.tails(0.0).upper > 3 * sure.tails(0.0).upper
    assert doubtful.probabilities(0.0)[0] > sure.probabilities(0.0)[0]


def test_tails_rise_and_fall_with_the_effect_and_lie_between_whole_numbers() -> None:
    for seen in (0.0, 2.0, 2.6):
        tails = [
            numbers(seen, doubt=0.5, echoing=((0.2, 0.8), (0.6, 0.2))).tails(effect)
            for effect in np.linspace(-4, 4, 17)
        ]
        assert all(before.upper < after.upper for before, after in pairwise(tails))
        assert all(before.lower > after.lower for before, after in pairwise(tails))
    two, between, three = (numbers(seen).tails(0.0).upper for seen in (2.0, 2.5, 3.0))
    assert between == pytest.approx((two + three) / 2)
    assert two == pytest.approx(stats.poisson.sf(2, 1.0) + stats.poisson.pmf(2, 1.0) / 2, abs=1e-6)


def test_the_number_has_no_say_where_much_is_expected() -> None:
    assert numbers(usual=2.0).say(0.0) == 1
    assert 0 < numbers(usual=7.0).say(0.0) < 1
    assert numbers(usual=20.0).say(0.0) == 0
    assert numbers(usual=20.0).say(-3.0) == 1


@pytest.mark.parametrize("days", [[866], [866, 900], [860, 880, 940]])
def test_from_one_to_three_events_nothing_can_be_told(days: list[int]) -> None:
    one = asked(days)
    assert one.effect.ratio > 1
    assert one.effect.low < 1.5
    assert one.effect.p > 0.04
    assert judge(one).answer == "cannot-tell"
    assert f"{len(days)} in all" in judge(one).sentence
    assert "to over 1,000 is possible" in judge(one).sentence
    assert "rose" not in change_figure(one).title
    assert "to over 1,000;" in picture(one)


def test_many_more_than_ever_before_is_a_rise() -> None:
    one = asked([50, 300, 450, 700, *range(840, 1000, 8)])
    assert judge(one).answer == "rose"
    assert one.effect.low > 1
    assert one.effect.p < 0.01


def test_one_event_of_a_known_rate_is_as_probable_as_it_is() -> None:
    # Two a year are usual, evenly spaced: one more in a half year than the one expected is nothing.
    one = asked([*range(20, DAYS, 180), 850])
    assert one.expected == pytest.approx(1.0, abs=0.3)
    assert one.effect.p > 0.2


def test_what_could_be_seen_is_told_as_it_is() -> None:
    one = asked([866])
    assert one.effect.power(0.5) < 0.05
    assert one.effect.visible() == 0
    told = response_json(one, judge(one))
    assert told["detectable"] is None
    assert dict(facts(one))["what could be seen (80 %)"].startswith("no ")
    busy = respond(series(counts(DAYS, 1.0)), [FIRST + TURN], sensitivity=False)[0].effect
    assert busy.power(busy.visible()) == pytest.approx(0.8, abs=0.01)
    assert busy.power(busy.visible_rise()) == pytest.approx(0.8, abs=0.01)
    assert busy.visible() * busy.visible_rise() == pytest.approx(1.0, abs=0.02)


def test_power_of_few_events_is_how_often_their_number_is_called_a_change() -> None:
    """A rate of one in fifty days, of which 3.6 are expected in the after-period, rises to four times as much."""
    one = asked(list(range(10, DAYS, 50)))
    assert one.effect.averaged.say > 0.7
    known = numbers(usual=3.6, doubt=0.1)
    alone = replace(one.effect.averaged, settings=one.effect.averaged.settings[:1], numbers=(known,), shares=np.ones(1))
    draw, told, seen = np.random.default_rng(1), [], 0
    for number in draw.poisson(3.6 * 4 * np.exp(math.sqrt(0.1) * draw.standard_normal(300))).tolist():
        told.append(abs(replace(alone, numbers=(replace(known, seen=number),)).statistic(0.0)))
    seen = sum(one.effect.placebos.p(value) < 0.05 for value in told)
    assert alone.counted_power(math.log(4.0), 0.05) == pytest.approx(seen / 300, abs=0.06)


def week(first: int, count: float = 1.0) -> Event:
    return Event(FIRST + first, FIRST + first + 6, count)


def test_an_event_that_is_spread_over_days_does_not_beget_its_own_shares() -> None:
    table = EventTable((week(10, 2.0), Event(FIRST + 12, FIRST + 12), week(95)), FIRST, FIRST + 99)
    one = daily(table)
    assert one.counts.sum() == pytest.approx(2 + 1 + 5 / 7)
    assert one.whole is not None
    assert np.flatnonzero(one.whole).tolist() == [12, 16]
    assert one.whole[16] == pytest.approx(2)
    assert daily(EventTable((Event(FIRST + 3, FIRST + 3),), FIRST, FIRST + 99)).whole is None
    assert daily(table, coarse="first").whole is None
    assert one.part(11, 40).whole is not None
    assert one.once_a_day().whole.tolist() == np.minimum(one.whole, 1).tolist()  # type: ignore[union-attr]
    assert all(drawn.whole is None for drawn in imputed(table, draws=2))


def test_weeks_across_the_date_are_not_taken_for_echoes_and_no_event_is_told_where_none_is() -> None:
    weeks = tuple(week(TURN - 5) for _ in range(4))
    days = tuple(Event(FIRST + day, FIRST + day) for day in (100, 400, TURN, 1200))
    one = respond(daily(EventTable(weeks + days, FIRST, FIRST + DAYS - 1)), [FIRST + TURN])[0]
    assert one.events_after == pytest.approx(4 * 2 / 7 + 1)
    assert one.effect.ratio > 0.01
    assert "no events at all" not in judge(one).sentence
    assert "shares" in dict(facts(one))["events after"]
    assert all(row.ratio > 0 and row.high > 0.1 for row in one.variants if row.events > 0)


def test_numbers_are_told_in_full() -> None:
    assert [number_words(value) for value in (27090.0, 182.0, 2.1428571, 0.0035, 0.0, 27090.4)] == [
        "27,090", "182", "2.14", "0.0035", "0", "27,090",
    ]  # fmt: skip
    assert [ratio_words(value) for value in (0.0, 0.001, 0.5, 2.7e8)] == ["0.00", "under 0.01", "0.50", "over 1,000"]


@pytest.mark.parametrize("many", [3.0, 10.0])
def test_a_burst_in_a_week_of_far_more_reporting_does_not_carry_the_fit_away(many: float) -> None:
    weeks, middles = np.arange(0, 700, 7), np.arange(3.5, 700.0, 7.0)
    values, reporting = np.zeros(700), np.full(100, -0.08)
    values[350:353], reporting[50] = many, 5.0
    days = Days(values, np.ones(700), np.ones(700), weeks, 0.0)
    traits = Traits(1e-4, 0.01, 0.27, 0.08, 5.0)
    cov = Kernel.between(middles, seasons=False, covariates=reporting[:, None]).covariance(traits)
    mode = find_mode(days, cov, traits)
    assert mode.f[50] < 10
    assert mode.mean[350] == pytest.approx(many * 3 / 7, rel=0.3)

"""Cross-excitation: what answers another series is told from a change of its own. All series are drawn."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from analysis_making import FIRST, counts, series, write

from marsad.analysis.asking import ask
from marsad.analysis.counterpart import COUNTERPART, others_of
from marsad.analysis.echoes import weights
from marsad.analysis.events import Choose
from marsad.analysis.latent import Traits, find_mode, fit_traits
from marsad.analysis.response import Response, respond
from marsad.analysis.series import Series
from marsad.analysis.tables import read_events
from marsad.analysis.telling import response_json
from marsad.analysis.verdict import judge
from marsad.errors import AnalysisError

DAYS, TURN, SPAN = 1100, 700, 182


def answering(seed: int, *, cross: float = 0.6, raids: float = 1.0, own: float = 1.0) -> tuple[Series, Series]:
    """Attacks, of which each begets .2 others and each raid ``cross``, and raids; both change by a factor."""
    draw = np.random.default_rng(seed)
    inside = (np.arange(DAYS) >= TURN) & (np.arange(DAYS) < TURN + SPAN)
    waves = np.exp(np.repeat(draw.normal(-0.1, 0.45, DAYS // 10 + 1), 10)[:DAYS])
    raid = draw.poisson(1.2 * waves * np.where(inside, raids, 1.0)).astype(float)
    attack, echo, heard = np.zeros(DAYS), 0.0, 0.0
    for day in range(DAYS):
        attack[day] = draw.poisson(0.7 * (own if inside[day] else 1.0) + 0.2 * echo + cross * heard)
        echo, heard = 0.75 * echo + 0.25 * attack[day], 0.75 * heard + 0.25 * raid[day]
    return series(attack, "attacks"), series(raid, "raids")


def answer(seed: int, **how: float) -> Response:
    attacks, raids = answering(seed, **how)
    return respond(attacks.echoing(raids), [FIRST + TURN], sensitivity=False)[0]


def test_a_known_weight_is_recovered() -> None:
    found = [answer(seed).echoes[0] for seed in range(8)]
    assert np.mean([one.weight for one in found]) == pytest.approx(0.6, abs=0.15)
    assert sum(one.low <= 0.6 <= one.high for one in found) >= 6
    assert np.mean([one.delay for one in found]) == pytest.approx(4, abs=2)


def test_no_answers_are_found_where_there_are_none() -> None:
    found = [answer(seed, cross=0.0).echoes[0] for seed in range(6)]
    assert np.mean([one.weight for one in found]) < 0.15
    assert sum(one.low == 0 for one in found) >= 5


def test_fewer_raids_to_answer_are_not_taken_for_fewer_attacks() -> None:
    seen = {"alone": 0, "answering": 0}
    for seed in range(6):
        attacks, raids = answering(seed, raids=0.15)
        alone, told = (
            respond(one, [FIRST + TURN], sensitivity=False)[0].effect for one in (attacks, attacks.echoing(raids))
        )
        assert alone.ratio < 0.85
        assert abs(math.log(told.ratio)) < abs(math.log(alone.ratio))
        seen["alone"] += alone.p < 0.05
        seen["answering"] += told.p < 0.05
    assert seen["answering"] <= 1 < seen["alone"]


def test_fewer_attacks_are_seen_beside_as_many_raids() -> None:
    one = answer(3, own=0.3)
    assert one.effect.p < 0.05
    assert one.effect.low <= 0.3 <= one.effect.high
    assert judge(one, "attacks").sentence.startswith("After 2021-12-01 the rate of attacks fell to 0.")
    assert "given the same raids (" in judge(one, "attacks").sentence
    told = response_json(one, judge(one))["echo_of"][0]
    assert told["events"] == "raids"
    assert told["interval"][0] <= told["cross_branching"] <= told["interval"][1]
    assert told["answers_after"] == pytest.approx(told["cross_branching"] * told["events_after"], rel=0.2)


def test_slopes_by_the_weights_are_those_of_the_likelihood() -> None:
    attacks, raids = answering(1)
    one = respond(attacks.echoing(raids), [FIRST + TURN], sensitivity=False)[0]
    setting = one.effect.setting
    days, cov = setting.stretches.days, setting.cov + 4 * np.outer(setting.column, setting.column)
    base = math.log(days.base(setting.traits))
    slopes, errors = weights(setting)

    def best(traits: Traits) -> float:
        # The background's mean is held where it was: it is not the weights' to move.
        shift = np.full(len(days), base - math.log(days.base(traits)))
        mode = find_mode(days, cov, traits, shift)
        return mode.evidence + float(np.log(np.diag(mode._factor)).sum())

    step = 1e-3
    traits = setting.traits
    weight, delay = traits.crossing[0]
    by_cross = [best(replace(traits, crossing=((weight + away, delay),))) for away in (step, -step)]
    by_own = [best(replace(traits, branching=traits.branching + away)) for away in (step, -step)]
    assert slopes[1] == pytest.approx((by_cross[0] - by_cross[1]) / (2 * step), rel=0.02, abs=0.05)
    assert slopes[0] == pytest.approx((by_own[0] - by_own[1]) / (2 * step), rel=0.02, abs=0.05)
    # And the curvature: the profile of the likelihood falls by half a unit one standard error away, nearly.
    away = [best(replace(traits, crossing=((weight + by * errors[1], delay),))) for by in (-1, 1)]
    assert best(traits) - float(np.mean(away)) == pytest.approx(0.5, rel=0.35)


def test_the_score_of_an_effect_is_the_slope_of_the_likelihood() -> None:
    attacks, raids = answering(2, own=0.5)
    setting = respond(attacks.echoing(raids), [FIRST + TURN], sensitivity=False)[0].effect.setting

    def best(effect: float) -> float:
        mode = setting.mode(effect)
        return mode.evidence + float(np.log(np.diag(mode._factor)).sum())

    score, _ = setting.score(-0.4)
    assert score == pytest.approx((best(-0.399) - best(-0.401)) / 0.002, rel=0.02, abs=0.02)


def test_traits_have_two_coordinates_more_for_each_other_series() -> None:
    attacks, raids = answering(4)
    setting = respond(attacks.echoing(raids), [FIRST + TURN], sensitivity=False)[0].effect.setting
    assert len(setting.place) == 7
    place, evidence = fit_traits(setting.stretches.days, _kernel(setting.stretches.middles), tries=30)
    assert len(place) == 7
    assert math.isfinite(evidence)


def _kernel(middles: np.ndarray[tuple[int], np.dtype[np.float64]]):  # type: ignore[no-untyped-def]
    from marsad.analysis.latent import Kernel

    return Kernel.between(middles, seasons=False)


def test_sensitivity_shows_the_answer_without_the_others() -> None:
    attacks, raids = answering(5, raids=0.3)
    one = respond(attacks.echoing(raids), [FIRST + TURN])[0]
    rows = {row.name: row for row in one.variants}
    alone = respond(attacks, [FIRST + TURN], sensitivity=False)[0].effect
    assert rows["no answers to others"].ratio == pytest.approx(alone.ratio, rel=0.1)
    assert {"no event begets another", "in stretches of 7 days", "no seasons"} <= set(rows)


def test_a_part_of_a_series_keeps_what_it_answers() -> None:
    attacks, raids = answering(6)
    part = attacks.echoing(raids).part(100, 300)
    assert part.at(0) == attacks.at(100)
    assert part.echoes[0].counts.tolist() == raids.counts[100:300].tolist()
    assert part.echoing().echoes == ()


def test_what_cannot_be_answered() -> None:
    one = series(counts(400, 1.0))
    with pytest.raises(AnalysisError, match="counted on other days"):
        one.echoing(one.part(0, 300))
    with pytest.raises(AnalysisError, match="no event to answer"):
        one.echoing(series(np.zeros(400), "raids"))
    with pytest.raises(AnalysisError, match="3 are the most"):
        one.echoing(one, one, one, one)


def test_whose_events_a_text_names() -> None:
    own = Choose(actor="Red Column", recipient="Police", type="rocket")
    assert others_of(COUNTERPART, own).choose == Choose(actor="Police", recipient="Red Column")
    assert others_of(COUNTERPART, Choose(actor="X")).choose == Choose(recipient="X")
    assert others_of("Police", own).choose == Choose(actor="Police")
    assert others_of("Police > Red Column", own).choose == Choose(actor="Police", recipient="Red Column")
    assert others_of(">Hill Band", own).choose == Choose(recipient="Hill Band")
    assert others_of("type=raid, place=Hadun", own).choose == Choose(type="raid", place="Hadun")
    for wrong in ("", " > ", "type=raid, speed=3", "type="):
        with pytest.raises(AnalysisError):
            others_of(wrong, own)
    with pytest.raises(AnalysisError, match="no counterpart without an actor"):
        others_of(COUNTERPART, Choose(place="Hadun"))


def test_a_table_is_asked_with_its_counterpart(tmp_path) -> None:  # type: ignore[no-untyped-def]
    attacks, raids = answering(7)
    rows = ["date,actor,recipient,type"]
    for one, words in ((attacks, "Red Column,Police,rocket"), (raids, "Police,Red Column,raid")):
        for day in np.flatnonzero(one.counts):
            rows += [f"{one.at(int(day))},{words}"] * int(one.counts[day])
    table = read_events(write(tmp_path / "t.csv", "\n".join(rows)))
    choose = Choose(actor="red column", recipient="police")
    found = ask(table, choose, since=FIRST, until=FIRST + DAYS - 1, name="attacks")
    assert found.series.counts.tolist() == attacks.counts.tolist()
    assert found.series.echoes == ()
    told = found.variants["answers to events by police, against red column set apart"]
    assert told.echoes[0].counts.tolist() == raids.counts.tolist()
    asked = ask(table, choose, since=FIRST, until=FIRST + DAYS - 1, echo_of=["type=raid"])
    assert asked.series.echoes[0].name == "events of type raid"
    assert not any("set apart" in name for name in asked.variants)
    # A series is never its own answer: these are the other events of the same actor.
    mine = ask(table, Choose(type="rocket"), echo_of=["Police"], since=FIRST, until=FIRST + DAYS - 1)
    assert mine.series.echoes[0].counts.sum() == raids.counts.sum()
    with pytest.raises(AnalysisError, match="only 0 events by Nobody: 20 are needed"):
        ask(table, choose, echo_of=["Nobody"])
    with pytest.raises(AnalysisError, match="only 0 events of type rocket"):
        ask(table, choose, echo_of=["type=rocket"])

"""Multiple imputation of days that are not known. All series are drawn."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from analysis_making import FIRST, counts, halved, series, write

from marsad.analysis.asking import ask
from marsad.analysis.events import Choose, Event, EventTable
from marsad.analysis.imputing import pool
from marsad.analysis.response import respond
from marsad.analysis.series import Series, daily, imputed
from marsad.analysis.tables import read_events
from marsad.analysis.telling import response_json
from marsad.analysis.verdict import judge
from marsad.errors import AnalysisError

TURN = FIRST + 500


def vague(share: float, *, days: int = 900, width: int = 61, factor: float = 0.5, seed: int = 3) -> EventTable:
    """Events whose rate of one a day changes at the turning point; of a share only a range is known."""
    draw = np.random.default_rng(seed)
    events = []
    for day in range(days):
        for _ in range(draw.poisson(1.0 if day < 500 else factor)):
            first = last = FIRST + day
            if draw.random() < share:
                first -= int(draw.integers(0, width))
                last = first + width - 1
            events.append(Event(first, last))
    return EventTable(tuple(events), FIRST, FIRST + days - 1)


def test_each_draw_is_a_series_as_it_might_have_been() -> None:
    table = vague(0.5)
    spread = daily(table)
    draws = imputed(table, draws=200, seed=4)
    assert all(float(one.counts.sum()) == round(float(one.counts.sum())) for one in draws)
    assert len({one.counts.tobytes() for one in draws}) == 200
    mean = np.mean([one.counts for one in draws], axis=0)
    assert np.abs(mean - spread.counts).max() < 5 * math.sqrt(3 / 200)
    assert mean.sum() == pytest.approx(spread.counts.sum(), rel=0.01)
    assert draws[0].coarse == spread.coarse


def test_each_event_of_a_row_gets_a_day_of_its_own(tmp_path: Path) -> None:
    table = read_events(write(tmp_path / "t.csv", "date,count\n2020-06,30.5\n2020-07-31,1\n"))
    one = imputed(table, draws=2, seed=1)[0]
    assert one.counts.sum() == pytest.approx(31.5)
    assert (one.counts[:30] > 0).sum() > 10


def test_the_seed_says_what_is_drawn() -> None:
    table = vague(0.3)
    one, same, other = (imputed(table, draws=3, seed=seed) for seed in (1, 1, 2))
    assert all((a.counts == b.counts).all() for a, b in zip(one, same, strict=True))
    assert any((a.counts != b.counts).any() for a, b in zip(one, other, strict=True))
    with pytest.raises(AnalysisError, match="two draws or more"):
        imputed(table, draws=1)


def test_equal_draws_are_as_good_as_one() -> None:
    whole = halved()
    alone = respond(whole, [TURN], sensitivity=False)[0]
    found = respond(whole, [TURN], sensitivity=False, imputed=[whole] * 4)[0]
    assert found.imputation is not None
    assert found.imputation.missing == pytest.approx(0, abs=1e-9)
    assert found.effect.ratio == pytest.approx(alone.effect.ratio, rel=0.05)
    assert found.effect.low == pytest.approx(alone.effect.low, rel=0.06)
    assert found.effect.high == pytest.approx(alone.effect.high, rel=0.06)
    assert response_json(alone, judge(alone))["imputation"] is None


def test_rubins_rules() -> None:
    # Where all draws have nearly one error, ratio and variance are those of Rubin's rules on the log ratios.
    draws = [halved(days=690, seed=seed) for seed in (1, 11, 21, 31, 41)]
    effects = [respond(one, [TURN], sensitivity=False)[0].effect for one in draws]
    found, how = pool(effects, effects[0])
    logs = np.log([one.ratio for one in effects])
    within = np.mean([(math.log(one.high / one.low) / (2 * 2.03)) ** 2 for one in effects])
    total = within + (1 + 1 / 5) * logs.var(ddof=1)
    assert math.log(found.ratio) == pytest.approx(logs.mean(), abs=0.05)
    reach = math.log(found.high / found.low) / 2
    assert reach == pytest.approx(2.05 * math.sqrt(total), rel=0.15)
    assert how.missing == pytest.approx(1 - within / total, abs=0.1)
    assert 0 < how.freedom < effects[0].placebos.freedom
    assert found.p < 0.05


def test_what_is_not_known_makes_the_answer_less_sure() -> None:
    errors, missing = [], []
    for share in (0.1, 0.8):
        table = vague(share)
        one = respond(daily(table), [TURN], sensitivity=False, imputed=imputed(table, draws=8, seed=2))[0]
        assert one.imputation is not None
        errors.append(math.log(one.effect.high / one.effect.low))
        missing.append(one.imputation.missing)
    assert missing[0] < missing[1]
    assert errors[0] < errors[1]


def test_nothing_at_all_afterwards() -> None:
    values = counts(700, 0.6)
    values[500:] = 0
    some = values.copy()
    some[503] = 1
    one = respond(series(values), [TURN], sensitivity=False, imputed=[series(values)] * 3)[0]
    assert (one.effect.ratio, one.effect.low) == (0, 0)
    assert 0 < one.effect.high < 0.3
    mixed = respond(series(values), [TURN], sensitivity=False, imputed=[series(values), series(some)] * 2)[0]
    assert mixed.effect.p < 0.01
    assert 0 <= mixed.effect.low < mixed.effect.high < 0.4


def test_a_table_is_asked_with_draws(tmp_path: Path) -> None:
    days = [f"2020-{month:02},{who}" for month in range(1, 13) for who in ("A", "A", "B")]
    days += [f"2021-{month:02}-{day:02},{who}" for month in range(1, 13) for day in range(1, 29, 3) for who in "AB"]
    table = read_events(write(tmp_path / "t.csv", "date,actor\n" + "\n".join(days)))
    found = ask(table, Choose(actor="A"), coarse="impute", draws=5, seed=7, echo_of=["B"])
    assert len(found.imputed) == 5
    assert all(isinstance(one, Series) and len(one.echoes) == 1 for one in found.imputed)
    assert "coarse dates spread" in found.variants
    again = ask(table, Choose(actor="A"), coarse="impute", draws=5, seed=7, echo_of=["B"])
    assert all((a.counts == b.counts).all() for a, b in zip(found.imputed, again.imputed, strict=True))
    exact = replace(table, events=tuple(one for one in table.events if one.exact))
    with pytest.raises(AnalysisError, match="nothing to impute"):
        ask(exact, Choose(actor="A"), coarse="impute")


def test_imputed_series_are_of_the_same_days() -> None:
    with pytest.raises(AnalysisError, match="counted on other days"):
        respond(halved(), [TURN], imputed=[halved().part(0, 800)])

"""Who answers whom: planted answers are found with their direction and delay, and none where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from marsad.analysis.dyads import Several, arrow, several, sides
from marsad.analysis.events import Choose, Event, EventTable
from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.excitation.kernel import Floats, same_day
from marsad.analysis.provocation import provoke
from marsad.analysis.provocationpicture import provocation_figures, provocation_picture
from marsad.analysis.svg import NARROW, WIDE
from marsad.cli.main import main
from marsad.cli.provoke import command
from marsad.errors import AnalysisError

DAYS = 700
FIRST = date(2020, 1, 1).toordinal()


def made(counts: Floats, names: tuple[str, ...] = ("A → B", "B → A")) -> Several:
    """Series from counts."""
    return Several(
        names, counts, np.ones(len(counts), bool), FIRST, tuple(counts.sum(axis=0)), 0.0, "dyad"
    )  # fmt: skip


def answered(seed: int, share: float, delay: float = 2.0) -> Floats:
    """A acts by itself; B acts by itself and answers a share of A's acts."""
    generator = np.random.default_rng(seed)
    first = generator.random(generator.poisson(1.5 * DAYS)) * DAYS
    own = generator.random(generator.poisson(1.0 * DAYS)) * DAYS
    answers = (first + generator.exponential(delay, len(first)))[generator.random(len(first)) < share]
    second = np.concatenate([own, answers])
    days = [np.bincount(one[one < DAYS].astype(int), minlength=DAYS) for one in (first, second)]
    return np.column_stack(days).astype(float)


def test_an_answer_is_found_with_its_direction_and_delay() -> None:
    found = provoke(made(answered(1, 0.6)))
    by = {(a.source, a.target): a for a in found.answers}
    reply, back = by["A → B", "B → A"], by["B → A", "A → B"]
    assert reply.told
    assert reply.is_reply
    assert reply.low < 0.6 < reply.high
    assert not back.told
    assert found.delay.low < 2.0 < found.delay.high
    assert sum(reply.by_lag[:7]) == pytest.approx(0.6, abs=0.25)
    assert reply.share == pytest.approx(0.47, abs=0.15)  # 0.9 answers a day among 1.9
    assert all(check.uniform > 0.001 for check in found.checks)


def burst_series(seed: int) -> Floats:
    """A comes in bursts of some days; B acts by itself and answers half of A's acts a day later on the mean."""
    generator = np.random.default_rng(seed)
    busy = np.repeat(generator.random(DAYS // 5) < 0.25, 5)
    days = np.repeat(np.arange(DAYS), generator.poisson(np.where(busy, 4.0, 0.3)))
    first = days + generator.random(len(days))
    own = generator.random(generator.poisson(1.0 * DAYS)) * DAYS
    answers = (first + generator.exponential(1.0, len(first)))[generator.random(len(first)) < 0.5]
    second = np.concatenate([own, answers])
    return np.column_stack(
        [np.bincount(one[one < DAYS].astype(int), minlength=DAYS) for one in (first, second)]
    ).astype(float)


def test_each_day_found_by_itself_scatters_about_the_fitted_delay() -> None:
    apart, after, late = [], [], []
    for seed in range(4):
        found = provoke(made(burst_series(seed)), draws=200)
        reply = next(one for one in found.answers if one.source == "A → B")
        assert sum(reply.by_lag_fitted) == pytest.approx(reply.more, rel=0.01)
        after.append(sum(reply.by_lag[1:]))
        late.append(sum(reply.by_lag[7:]))
        rows = zip(reply.by_lag, reply.by_lag_fitted, reply.by_lag_error, strict=True)
        apart += [(one - fitted) / error for one, fitted, error in rows][1:]
    # What answers the other events of a burst is not counted again for each of them.
    assert np.mean(after) == pytest.approx(0.5 * (1 - same_day(1.0)), abs=0.12)
    assert np.mean(late) == pytest.approx(0.0, abs=0.12)
    assert abs(np.mean(apart)) < 0.4
    assert 0.7 < np.std(apart) < 1.35


def test_the_figure_of_delays_shows_each_day_and_the_fit() -> None:
    found = provoke(made(answered(1, 0.6)))
    [figure] = [one for one in provocation_figures(found) if one.name == "delays"]
    assert "days later on the mean" in figure.title
    reply = next(one for one in found.answers if one.told)
    rows = [row for row in figure.rows if row.source == reply.source]
    assert [row.found for row in rows] == pytest.approx(reply.by_lag, abs=1e-5)
    assert [row.fitted for row in rows] == pytest.approx(reply.by_lag_fitted, abs=1e-5)
    assert all(row.low < row.found < row.high for row in rows)
    assert sum(row.low <= row.fitted <= row.high for row in rows[1:]) >= 11
    for width in (WIDE, NARROW):
        said = "".join(ElementTree.fromstring(figure.svg(width)).itertext())
        assert f"on the day itself {rows[0].found:.2f} (" in said
        assert "each day found by itself" in said


def test_a_delay_at_the_bound_of_the_search_is_not_told() -> None:
    found = replace(provoke(made(answered(1, 0.6)), draws=200), delay=Interval(10.0, 0.5, 10.0, np.inf))
    data: Any = found.to_json()
    assert data["mean_delay_days"] == {"value": None, "interval": [None, None]}
    assert "10 days, the longest that is looked for" in data["delay_untold_because"]
    assert any("how soon cannot be told" in found.sentence(one) for one in found.answers)
    titles = {one.name: one.title for one in provocation_figures(found)}
    assert titles["delays"].startswith("How soon what follows comes cannot be told: the best fit lies at 10 days")
    quick = replace(found, delay=Interval(0.5, 0.5, 0.9, 0.0))
    assert {one.name: one.title for one in provocation_figures(quick)}["delays"].startswith(
        "What follows comes at most 0.9 days later on the mean"
    )


def test_where_nobody_answers_nothing_is_told() -> None:
    told = 0
    for seed in range(8):
        generator = np.random.default_rng(seed)
        days = np.arange(DAYS)
        wave = np.exp(0.6 * np.sin(days / 100 + seed)) * np.where(days % 7 == 4, 0.5, 1.0)
        counts = generator.negative_binomial(5, 5 / (5 + np.column_stack([2 * wave, wave])))
        told += any(answer.told for answer in provoke(made(counts.astype(float)), draws=500).answers)
    assert told <= 2  # at one in twenty each, three or more come once in 170


def test_words_and_data_say_association() -> None:
    found = provoke(made(answered(2, 0.6)))
    said = [found.sentence(answer) for answer in found.answers]
    assert any("association in time, not proof" in sentence for sentence in said)
    assert any("no association" in sentence for sentence in said)
    data = found.to_json()
    assert "not proof" in str(data["meaning"])
    json.dumps(data)
    assert [row.p is None for row in found.rows()] == [True, False, True, False]
    assert found.to_json() == provoke(made(answered(2, 0.6))).to_json()
    assert found.to_json() != provoke(made(answered(2, 0.6)), seed=2).to_json()


def test_the_picture_is_well_formed_and_names_are_escaped() -> None:
    found = provoke(made(answered(3, 0.5), ("A<b> → B", "B → A<b>")), draws=200)
    root = ElementTree.fromstring(provocation_picture(found))
    assert root.tag.endswith("svg")
    assert "A<b> → B" in "".join(root.itertext())


def table(*events: Event) -> EventTable:
    return EventTable(events, FIRST, FIRST + 99)


def many(actor: str, recipient: str, count: int) -> list[Event]:
    return [Event(FIRST + k, FIRST + k, 1.0, (actor,), (recipient,) if recipient else ()) for k in range(count)]


def test_series_are_dyads_where_most_events_have_two_sides() -> None:
    events = [*many("A", "B", 40), *many("B", "A", 30), *many("C", "A", 5)]
    found = several(table(*events))
    assert (found.names, found.events, found.by) == (("A → B", "B → A"), (40.0, 30.0), "dyad")
    assert found.counts.shape == (100, 2)
    assert several(table(*many("A", "", 40), *many("B", "", 30))).names == ("A", "B")
    assert several(table(*events), by="actor").names == ("A", "B")


def test_series_of_named_parties() -> None:
    events = [*many("ISRMIL", "PALINS", 25), *many("ISRGOV", "PALGOV", 25), *many("PALINS", "ISRMIL", 25)]
    found = several(table(*events), named=("ISR*", "PAL*"))
    assert (found.names, found.events) == (("ISR* → PAL*", "PAL* → ISR*"), (50.0, 25.0))
    with pytest.raises(AnalysisError, match="fewer than two dyads have 20 events or more, none: "):
        several(table(*events), named=("ISR", "PAL"))
    with pytest.raises(AnalysisError, match="fewer than two"):
        several(table(*events), Choose(type="NONE"))
    with pytest.raises(AnalysisError, match="tell no actors"):
        several(table(*(Event(FIRST + day, FIRST + day) for day in range(40))))


def test_one_series_under_two_names_is_taken_once() -> None:
    events = [Event(FIRST + k, FIRST + k, 1.0, ("Army", "Army - Rebels"), ("Rebels",)) for k in range(60)]
    events += [Event(FIRST + k, FIRST + k, 1.0, ("Rebels",), ("Army",)) for k in range(0, 90, 3)]
    assert several(table(*events)).names == ("Army → Rebels", "Rebels → Army")


def test_names_of_series() -> None:
    assert arrow("A", "B") == "A → B"
    assert sides(arrow("A", "B")) == ("A", "B")
    assert sides(arrow("A", "")) == ("A", "")


def test_too_few_days_are_refused() -> None:
    with pytest.raises(AnalysisError, match="30 days are too few"):
        provoke(made(np.ones((30, 2))))


@pytest.fixture(scope="module")
def csv_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    counts = answered(4, 0.6).astype(int)
    rows = ["date,actor,recipient"]
    for day, (first, second) in enumerate(counts.tolist()):
        when = (date(2020, 1, 1) + timedelta(day)).isoformat()
        rows += [f"{when},Alpha,Beta"] * first + [f"{when},Beta,Alpha"] * second
    path = tmp_path_factory.mktemp("provoke") / "events.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_command(csv_file: Path, tmp_path: Path) -> None:
    pairs, figure = tmp_path / "pairs.csv", tmp_path / "figure.svg"
    result = CliRunner().invoke(command, [str(csv_file), "--table", str(pairs), "--figure", str(figure)])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("After Alpha → Beta there are more Beta → Alpha: ")
    assert len(pairs.read_text(encoding="utf-8").splitlines()) == 5
    assert figure.read_text(encoding="utf-8").startswith("<svg")
    lines = result.output.splitlines()
    assert any(one.startswith("Mean days to what follows: ") and "(95 % interval" in one for one in lines)
    as_json = CliRunner().invoke(command, [str(csv_file), "--json"])
    data = json.loads(as_json.output)
    assert {"matrix", "pairs", "own", "branching_ratio", "mean_delay_days", "checks", "meaning"} <= set(data)


def test_wrong_use_is_one_line(csv_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["provoke", str(csv_file), "--party", "Alpha"]) == 2
    assert main(["provoke", str(csv_file), "--since", "soon"]) == 2
    assert main(["provoke", str(tmp_path / "none.csv")]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 3
    assert "at least two" in said[0]


def test_chances_of_a_pair_by_itself_and_among_all() -> None:
    found = provoke(made(answered(5, 0.6)), draws=300)
    alone = np.array([answer.alone for answer in found.answers])
    order = np.argsort(alone)
    # Of two: Holm doubles the least, Benjamini and Hochberg's share is the same for it and leaves the other.
    assert [found.answers[k].p for k in order] == pytest.approx(
        [2 * alone[order[0]], max(2 * alone[order[0]], alone.max())]
    )
    assert [found.answers[k].q for k in order] == pytest.approx([min(2 * alone[order[0]], alone.max()), alone.max()])
    row = next(row for row in found.rows() if row.p is not None)
    assert (row.p_alone, row.q) == (found.answers[0].alone, found.answers[0].q)

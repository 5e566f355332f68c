"""The self-exciting model of one series: what it finds by days and by moments, its words, and the command."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from marsad.analysis.excitation.clock import DayClock, rounded_to, spread
from marsad.analysis.excitation.delays import Delay
from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.latent import Floats
from marsad.analysis.selfexcitation import SelfExcitation, self_excitation
from marsad.analysis.series import Series
from marsad.cli.excitation import command
from marsad.cli.main import main
from marsad.errors import AnalysisError

DAYS = 500
FIRST = datetime(2020, 1, 1).toordinal()


def history(seed: int, ratio: float = 0.5, delay: float = 1.5, a_day: float = 3.0) -> Floats:
    """Moments of a process in which half of the events are begotten, on a day without a night."""
    generator = np.random.default_rng(seed)
    times = generator.random(generator.poisson(a_day * (DAYS + 60))) * (DAYS + 60)
    found = [times]
    while len(times):
        times = np.repeat(times, generator.poisson(ratio, len(times)))
        times = times + generator.exponential(delay, len(times))
        found.append(times)
    moments = np.sort(np.concatenate(found)) - 60
    return moments[(moments >= 0) & (moments < DAYS)]


def nightly(times: Floats) -> Floats:
    """The same, with nothing between midnight and six, and most in the evening: moved within their days."""
    day = np.floor(times)
    return day + np.interp(times - day, [0.0, 0.3, 1.0], [0.25, 0.75, 1.0])


def made(times: Floats) -> Series:
    counts = np.bincount(times.astype(int), minlength=DAYS).astype(float)
    return Series(FIRST, counts, np.ones(DAYS, bool), name="shots", events=float(len(times)))


@pytest.fixture(scope="module")
def found() -> SelfExcitation:
    times = np.floor(nightly(history(1)) * 1440) / 1440
    return self_excitation(made(times), times, np.zeros(len(times), bool))


def test_what_days_and_moments_find_holds_the_truth(found: SelfExcitation) -> None:
    assert found.ratio.low < 0.5 < found.ratio.high
    assert found.delay.low < 1.5 < found.delay.high
    assert found.background == pytest.approx(3.0, abs=0.8)
    assert found.holds
    moments = found.moments
    assert moments is not None
    assert (moments.known, moments.unit) == (1.0, 60)
    assert moments.echoes.total.value == pytest.approx(found.ratio.value, abs=0.1)
    assert moments.echoes.total.low < 0.5 < moments.echoes.total.high
    assert moments.echoes.delay.low < 1.5 < moments.echoes.delay.high
    assert moments.own_ratio.low < 0.5 < moments.own_ratio.high
    assert moments.p_rescaling > 0.01
    # Nights in which nothing happens are no bursts between them: nothing was made to follow within hours.
    assert moments.echoes.quick.value < 0.15


def test_the_words(found: SelfExcitation) -> None:
    assert found.sentence.startswith("shots: of 100 events ")
    flat = made(np.sort(np.random.default_rng(5).random(900) * DAYS))
    none = self_excitation(flat)
    assert not none.told
    assert "cannot be told from none" in none.sentence
    assert none.moments is None
    doubtful = replace(found, p_independent=0.001).sentence
    assert doubtful == f"{found.sentence} The residuals speak against the model."
    data = json.loads(json.dumps(found.to_json()))
    assert data["branching_ratio"]["value"] == pytest.approx(found.ratio.value, abs=1e-4)
    assert data["moments"]["rounded_to_seconds"] == 60
    assert min(data["checks"]["draws"], data["moments"]["draws"]) > 50
    total, parts = data["branching_ratio"]["value"], data["parts"]
    assert max(parts["within_hours"], parts["over_days"]["value"]) < total < 1


def delay(value: float, low: float, high: float, *, told: bool = True) -> Delay:
    return Delay(Interval(value, low, high, 0.1), told)


def test_a_delay_at_the_bound_of_the_search_cannot_be_told() -> None:
    fine = delay(2.1, 1.2, 3.4)
    assert (fine.words, fine.range_words, fine.untold) == ("2.1", "1.2 to 3.4", None)
    assert fine.to_json() == {"value": 2.1, "interval": [1.2, 3.4]}
    assert fine.half == pytest.approx(2.1 * np.log(2))
    slow = delay(60.0, 0.5, 60.0)
    assert (slow.words, slow.range_words, slow.half) == ("cannot be told", "", None)
    assert "60 days, the longest that is looked for" in (slow.untold or "")
    assert slow.to_json() == {"value": None, "interval": [None, None]}
    quick = delay(0.5, 0.5, 0.81)
    assert (quick.words, quick.range_words) == ("at most 0.8", "")
    assert quick.half == pytest.approx(0.81 * np.log(2))
    assert "0.5 days, the shortest that is looked for" in (quick.untold or "")
    assert quick.to_json() == {"value": None, "interval": [None, 0.81]}
    for flat, why in (
        (delay(5.0, 0.4, 61.0), "any delay from 0.5 to 60 days"),
        (delay(2.1, 1.2, 3.4, told=False), "cannot be told from none"),
        (delay(0.5, 0.5, 70.0), "any delay from 0.5 to 60 days"),
    ):
        assert (flat.words, flat.value, flat.high) == ("cannot be told", None, None)
        assert why in (flat.untold or "")


@pytest.mark.parametrize("rows", [np.ones(200), np.tile([3.0, 4.0, 3.0, 4.0, 4.0], 50), np.full(300, 1 / 7)])
def test_nothing_is_told_of_counts_that_scatter_less_than_by_chance(rows: Floats) -> None:
    one = self_excitation(Series(1, rows, np.ones(len(rows), bool), name="rows", events=float(rows.sum())))
    assert one.even
    assert not one.told
    assert (one.ratio.low, one.ratio.high) == (0.0, 1.0)
    assert one.lag.value is None
    assert "scatter less from day to day than by chance" in one.sentence
    checks: Any = one.to_json()["checks"]
    assert checks["even"]


def test_counts_that_scatter_by_chance_are_not_called_even(found: SelfExcitation) -> None:
    assert not found.even
    draws = (np.random.default_rng(seed).poisson(0.3, 250).astype(float) for seed in range(4))
    series = [Series(1, counts, np.ones(250, bool), events=float(counts.sum())) for counts in draws]
    assert not any(self_excitation(one).even for one in series)


def test_a_series_that_only_begins_at_its_end_is_told_of() -> None:
    rows = np.zeros(1431)
    rows[[760, 766, 767, 1298, 1373]] = 1
    rows[1375:1431] = np.random.default_rng(3).poisson(np.linspace(8, 1, 56))
    one = self_excitation(Series(1, rows, np.ones(len(rows), bool), events=float(rows.sum())))
    assert one.echoes.effective > 50
    assert one.expected.sum() == pytest.approx(rows.sum(), rel=0.15)
    assert one.background < rows.mean()


def test_where_only_bursts_are_told_the_delay_is_said_to_be_that_of_days(found: SelfExcitation) -> None:
    bursts = replace(found.echoes, slow=Interval(0.1, 0.0, 0.3, 0.1), total=Interval(0.3, 0.1, 0.5, 0.1))
    one = replace(found, echoes=bursts)
    assert one.told
    assert one.lag.untold == "echoes over days cannot be told from none"


def test_an_echo_of_hours_is_only_said_to_be_short() -> None:
    one = self_excitation(made(history(1, ratio=0.6, delay=0.3)))
    assert one.told
    assert one.delay.value == pytest.approx(0.5)
    assert one.lag.words.startswith("at most ")
    assert "half of each one's echo within a day" in one.sentence
    data: Any = one.to_json()
    assert data["mean_delay_days"]["value"] is None
    assert data["mean_delay_days"]["interval"] == [None, round(one.delay.high, 4)]
    assert "the shortest that is looked for" in data["delay_untold_because"]
    row = one.row()
    assert (row.mean_delay, row.delay_low, row.delay_high) == (None, None, one.delay.high)


def test_what_cannot_be_told_is_said_in_text_json_and_table(
    found: SelfExcitation, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = replace(found, delay=Interval(60.0, 0.5, 60.0, np.inf))
    monkeypatch.setattr("marsad.analysis.selfexcitation.self_excitation", lambda *_, **__: slow)
    rows = tmp_path / "rows.csv"
    said = CliRunner().invoke(command, [str(table), "--out", str(rows)])
    assert said.exit_code == 0, said.output
    first, _, head, line, _, why, *rest = said.output.splitlines()
    assert "how soon cannot be told" in first
    at = head.split("\t").index("mean delay, days")
    assert line.split("\t")[at : at + 2] == ["cannot be told", ""]
    assert why.startswith("Mean delay of shots: the best fit lies at 60 days, the longest that is looked for")
    assert "  by times of day: branching ratio " in "\n".join(rest)
    with rows.open(encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert (row["mean_delay"], row["delay_low"], row["delay_high"], row["half_life"]) == ("", "", "", "")
    assert "60 days" in row["delay_untold_because"]
    [one] = json.loads(CliRunner().invoke(command, [str(table), "--json"]).output)["series"]
    assert one["mean_delay_days"] == {"value": None, "interval": [None, None]}
    assert one["half_life_days"] is None
    assert "60 days" in one["delay_untold_because"]
    parts = one["moments"]["parts"]
    assert (
        parts["over_days"]["interval"][0] <= parts["over_days"]["value"] <= one["moments"]["branching_ratio"]["value"]
    )
    assert "60" not in one["sentence"]


def test_a_delay_of_moments_that_is_none_is_not_told(found: SelfExcitation) -> None:
    assert found.moments is not None
    assert found.moments.best.untold is None
    flat = replace(found.moments, own_ratio=Interval(0.0, 0.0, 0.1, 0.05))
    data: Any = flat.to_json()["own_delay"]
    assert data["mean_delay_days"]["value"] is None
    assert data["delay_untold_because"] == "echoes cannot be told from none"
    far = replace(found.moments, own_delay=Interval(1000.0, 900.0, 1100.0, 0.1))
    assert "1000 days, the longest" in (far.best.untold or "")


def test_days_add_up(found: SelfExcitation) -> None:
    days = found.days()
    assert len(days) == DAYS
    assert sum(day.events or 0 for day in days) == found.series.events
    expected = np.array([day.background + day.echoes for day in days])
    # Not of the summit alone, but on the mean over all that is likely.
    np.testing.assert_allclose(expected, found.fitted.intensity().total[:, 0], rtol=0.15)
    begotten = sum(day.echoes for day in days) / expected.sum()
    assert begotten == pytest.approx(found.ratio.value, abs=0.03)
    assert min(day.echoes for day in days) > 0
    residuals = [day.residual for day in days if day.residual is not None]
    assert len(residuals) == DAYS
    assert np.std(residuals) == pytest.approx(1.0, abs=0.15)


def test_a_day_that_nobody_watched_has_no_residual() -> None:
    series = made(history(2))
    series.observed[100:110] = False
    series.counts[100:110] = 0
    times = history(2)
    one = self_excitation(series, times, np.zeros(len(times), bool))
    assert one.moments is None
    assert [day.residual is None for day in one.days()[99:111]] == [False, *[True] * 10, False]


def test_moments_are_left_aside_where_they_are_none() -> None:
    times = history(3)
    series, unknown = made(times), np.ones(len(times), bool)
    assert self_excitation(series, times, unknown).moments is None
    noon = np.floor(times) + 0.5
    assert self_excitation(series, noon, ~unknown).moments is None


def test_too_few_are_refused() -> None:
    short = Series(FIRST, np.ones(30), np.ones(30, bool), name="shots", events=30.0)
    with pytest.raises(AnalysisError, match="too few for the model \\(30 in 30 days\\)"):
        self_excitation(short)


def test_on_the_clock_of_the_day_no_hour_is_busier() -> None:
    times = nightly(np.sort(np.random.default_rng(1).random(20_000) * DAYS))
    turned = DayClock.of(times).turn(times)
    assert (np.diff(turned) >= 0).all()
    assert (np.floor(turned) == np.floor(times)).all()
    hours = np.bincount(((turned % 1) * 12).astype(int), minlength=12) / len(times)
    np.testing.assert_allclose(hours, 1 / 12, atol=0.01)


@pytest.mark.parametrize(("unit", "seconds"), [(24, 3600), (1440, 60), (86_400, 1)])
def test_moments_are_spread_within_what_they_are_rounded_to(unit: int, seconds: int) -> None:
    given = np.floor(np.sort(np.random.default_rng(2).random(500) * 30) * unit) / unit
    assert rounded_to(given) == seconds
    moved = spread(given, np.random.default_rng(0))
    assert (np.diff(moved) > 0).all()
    assert (moved >= given).all()
    assert (moved - given).max() <= 1 / unit
    assert rounded_to(np.random.default_rng(0).random(50)) == 0


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excitation") / "shots.csv"
    start = datetime(2020, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["date", "place"])
        for name, seed in (("North", 1), ("South", 4)):
            for at in history(seed, a_day=2.0).tolist():
                writer.writerow([(start + timedelta(days=at)).isoformat(sep=" ", timespec="minutes"), name])
    return path


def test_command(table: Path, tmp_path: Path) -> None:
    rows, days = tmp_path / "rows.csv", tmp_path / "days.csv"
    result = CliRunner().invoke(command, [str(table), "--split", "place", "--out", str(rows), "--days", str(days)])
    assert result.exit_code == 0, result.output
    assert "North, the same asked of times of day (100% known)" in result.output
    with rows.open(encoding="utf-8") as file:
        listed = {row["series"]: float(row["ratio"]) for row in csv.DictReader(file)}
    assert set(listed) == {"North", "South"}
    with days.open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 2 * DAYS
    said = CliRunner().invoke(command, [str(table), "--split", "place", "--only-days", "--json"])
    data = json.loads(said.output)
    assert [one["moments"] for one in data["series"]] == [None, None]
    for one in data["series"]:
        assert one["branching_ratio"]["value"] == pytest.approx(listed[one["series"]], abs=1e-4)


def test_one_series_that_cannot_be_fitted_costs_only_itself(
    found: SelfExcitation, table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fitted(series: Series, *_: object, **__: object) -> SelfExcitation:
        if series.name in bad:
            raise AnalysisError("no background explains the counts")
        return replace(found, series=series)

    monkeypatch.setattr("marsad.analysis.selfexcitation.self_excitation", fitted)
    bad = {"North"}
    assert main(["excitation", str(table), "--split", "place", "--json"]) == 0
    said = capsys.readouterr()
    assert [one["series"] for one in json.loads(said.out)["series"]] == ["South"]
    assert said.err.strip() == "North left out: no background explains the counts"
    bad = {"North", "South"}
    assert main(["excitation", str(table), "--split", "place"]) == 2
    assert "no series could be fitted" in capsys.readouterr().err
    bad = {"events"}
    assert main(["excitation", str(table)]) == 2
    assert capsys.readouterr().err.strip() == "marsad: no background explains the counts"


def test_wrong_use_is_one_line(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["excitation", str(table), "--since", "2020-03-01", "--until", "2020-03-20"]) == 2
    assert main(["excitation", str(table), "--place", "Nowhere"]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 2
    assert "too few" in said[0]

"""What if: planted effects come out as ratios between scenarios, words are read, and what cannot be is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from marsad.analysis.scenarios import Cause, Scenario, as_before, read_scenario
from marsad.analysis.series import Series
from marsad.analysis.whatif import WhatIf, usual_scenarios, whatif
from marsad.analysis.whatifpicture import whatif_picture
from marsad.cli.main import main
from marsad.cli.whatif import command
from marsad.errors import AnalysisError

DAYS = 1000
FIRST = date(2018, 1, 1).toordinal()
RAIDS = tuple(range(30, DAYS, 40))
FADE = 0.5 ** (np.arange(400) / 45)


def planted(seed: int, strength: float = -0.8, last: int = DAYS) -> Series:
    """Three events a day, fewer after each raid (of the slow kind alone)."""
    left = np.zeros(DAYS)
    for raid in RAIDS:
        reach = min(len(FADE), DAYS - raid - 1)
        left[raid + 1 : raid + 1 + reach] += FADE[:reach]
    counts = np.random.default_rng(seed).poisson(3 * np.exp(strength * left)).astype(float)[:last]
    return Series(FIRST, counts, np.ones(last, bool), name="rockets", events=float(counts.sum()))


RAID = Cause("raid", tuple(FIRST + raid for raid in RAIDS))


def asked(*words: str, days: int = 120) -> list[Scenario]:
    return [read_scenario(text, [RAID], FIRST, FIRST + DAYS - 1, days) for text in words]


@pytest.fixture(scope="module")
def found() -> WhatIf:
    return whatif(planted(1), [RAID], asked("raid on 30, 70, 110", "no raid", "raid every 5"), days=120, paths=600)


def test_the_ratio_between_scenarios_holds_the_true_one(found: WhatIf) -> None:
    past = np.array(RAIDS) - DAYS  # the first day to come is 0; a raid acts from the day after it
    ahead = np.arange(120)

    def expected(raids: list[int]) -> float:
        since = ahead[:, None] - np.concatenate([past, raids])[None] - 1
        return float(np.exp(-0.8 * np.where(since >= 0, 0.5 ** (np.maximum(since, 0) / 45), 0).sum(axis=1)).sum())

    true = expected([]) / expected([29, 69, 109])
    with_raids, without, _ = found.outlooks
    assert with_raids.ratio.value == 1
    assert without.ratio.low < true < without.ratio.high
    assert true > 1.5
    assert without.ratio.low > 1
    slow = found.effects[0].factors[2]
    assert slow.low < np.exp(-0.8 * 0.5 ** (29 / 45)) < slow.high


def test_bands_are_ordered_and_cover_all_days(found: WhatIf) -> None:
    for one in found.outlooks:
        assert sum(row.days for row in one.bands) == 120
        assert one.bands[0].week_from == date.fromordinal(FIRST + DAYS).isoformat()
        assert all(row.q025 <= row.q25 <= row.q50 <= row.q75 <= row.q975 for row in one.bands)
        assert one.total.low < one.total.value < one.total.high


def test_what_goes_beyond_what_was_seen_is_said(found: WhatIf) -> None:
    assert [one.beyond for one in found.outlooks] == [(), (), ("raid",)]


def test_an_outlook_far_beyond_all_that_was_seen_is_marked(found: WhatIf) -> None:
    assert found.runaway == ()
    assert found.most_seen == max(found.series.counts[at : at + 120].sum() for at in range(DAYS - 119))
    counts = np.zeros(400)
    counts[[40, 200]], counts[392:] = 1, [1, 1, 2, 2, 3, 4, 6, 8]
    rising = Series(FIRST, counts, np.ones(400, bool), events=float(counts.sum()))
    away = whatif(rising, [], [Scenario("as before", {})], days=500, paths=200)
    assert away.most_seen == 29
    assert [one.scenario.name for one in away.runaway] == ["as before"]
    assert away.to_json()["most_seen_in_as_many_days"] == 29


def test_bands_hold_what_came() -> None:
    inside = 0
    for seed in range(6):
        series = planted(seed, strength=0.0)
        before = Series(FIRST, series.counts[:-120], series.observed[:-120], name="rockets")
        outlook = whatif(before, [], [Scenario("as before", {})], days=120, paths=400, seed=seed).outlooks[0]
        inside += outlook.total.low <= series.counts[-120:].sum() <= outlook.total.high
    assert inside >= 5


def test_the_seed_decides_the_draws(found: WhatIf) -> None:
    again = whatif(planted(1), [RAID], asked("raid on 30, 70, 110"), days=120, paths=600)
    other = whatif(planted(1), [RAID], asked("raid on 30, 70, 110"), days=120, paths=600, seed=2)
    assert again.outlooks[0].bands == found.outlooks[0].bands
    assert other.outlooks[0].bands != found.outlooks[0].bands


def test_data_and_picture(found: WhatIf) -> None:
    data = json.loads(json.dumps(found.to_json()))
    assert data["conditional"].startswith("conditional on the fitted model")
    assert [one["scenario"] for one in data["scenarios"]] == ["raid on 30, 70, 110", "no raid", "raid every 5"]
    assert len(data["model"]["effects"][0]["factors"]) == 4
    picture = ElementTree.fromstring(whatif_picture(found))
    assert "no raid" in "".join(picture.itertext())


def test_scenarios_are_read_from_words() -> None:
    strike = Cause("strike", (FIRST + 5, FIRST + 205, FIRST + 405, FIRST + 605, FIRST + 805))

    def days(text: str) -> dict[str, tuple[int, ...]]:
        return dict(read_scenario(text, [RAID, strike], FIRST, FIRST + 999, 90).days)

    assert days("no raid; strike on 1, 30") == {"raid": (), "strike": (1, 30)}
    assert days("raid every 45 days; no strike") == {"raid": (1, 46), "strike": ()}
    assert days("as before") == {"raid": (21, 61), "strike": ()}
    assert days("no raid")["strike"] == ()
    assert as_before(strike, FIRST, FIRST + 999, 400) == (101, 301)
    assert as_before(Cause("none", ()), FIRST, FIRST + 999, 400) == ()
    assert usual_scenarios([RAID]) == ("as before", "no raid", "raid every 30")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no truce", "causes: raid"),
        ("raid sometimes", "none of"),
        ("raid on 0", "days run from 1"),
        ("raid on 500", "days run from 1"),
        ("raid every 0", "at least one day"),
    ],
)
def test_words_that_say_no_scenario(text: str, message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        asked(text)


def test_what_cannot_be_drawn_is_refused() -> None:
    short = planted(1, last=100)
    with pytest.raises(AnalysisError, match=r"too few days for an outlook \(100\)"):
        whatif(short, [], asked("as before"))
    with pytest.raises(AnalysisError, match="seen on 1 day of the series"):
        whatif(planted(1), [Cause("coup", (FIRST + 3,))], [Scenario("as before", {})])
    with pytest.raises(AnalysisError, match="no scenario"):
        whatif(planted(1), [], [])


@pytest.fixture(scope="module")
def csv_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    counts = planted(4).counts.astype(int)
    rows = ["date,actor,type,count"]
    for day, count in enumerate(counts.tolist()):
        when = (date(2018, 1, 1) + timedelta(day)).isoformat()
        rows += [f"{when},Militia,ROCKET,{count}"] + [f"{when},Army,RAID,1"] * (day in RAIDS)
    path = tmp_path_factory.mktemp("whatif") / "events.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_command(csv_file: Path, tmp_path: Path) -> None:
    table, figure = tmp_path / "weeks.csv", tmp_path / "fan.svg"
    arguments = [str(csv_file), "--actor", "Militia", "--cause", "raid=actor:Army+type:RAID", "--days", "60"]
    written = ["--paths", "200", "--table", str(table), "--figure", str(figure), "--what", "rockets"]
    result = CliRunner().invoke(command, arguments + written)
    assert result.exit_code == 0, result.output
    assert "no raid" in result.output
    assert "rockets in 60 days" in result.output
    assert "conditional on the fitted model" in result.output
    assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + 3 * 9
    assert figure.read_text(encoding="utf-8").startswith("<svg")
    days = ",".join(date.fromordinal(day).isoformat() for day in RAID.days)
    by_days = CliRunner().invoke(
        command,
        [str(csv_file), "--actor", "Militia", "--cause", f"raid={days}", "--paths", "200", "--days", "60", "--json"],
    )
    assert json.loads(by_days.output)["model"]["effects"][0]["seen"] == len(RAIDS)


def test_wrong_use_is_one_line(csv_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (
        ["--cause", "raid"],
        ["--cause", "raid=soon"],
        ["--cause", "raid=colour:red"],
        ["--scenario", "no raid"],
    ):
        assert main(["whatif", str(csv_file), "--actor", "Militia", *more]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 4

"""``marsad respond`` from the command line, on tables, casebooks and records that are made up."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from marsad.casebook import Casebook, Run
from marsad.cli.main import main
from marsad.records import Actor, Claim, EventPlace, EventTime, Passage, Record, Report, Source

FIRST = date(2030, 1, 1)
TURN = FIRST + timedelta(days=420)


def table(path: Path, after: float = 0.4) -> Path:
    """Rockets on Hadun, and fewer of them after the turning point."""
    draw = np.random.default_rng(1)
    rows = ["date,actor,place"]
    for day in range(700):
        rate = 1.0 if day < 420 else after
        rows += [f"{FIRST + timedelta(days=day)},Red Column,Hadun"] * int(draw.poisson(rate))
        rows += [f"{FIRST + timedelta(days=day)},Hill Band,Belkat"] * int(draw.poisson(0.5))
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    assert main([str(one) for one in ("respond", *arguments, "--json")]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_json_of_a_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, table(tmp_path / "t.csv"), "--turning-point", str(TURN), "--actor", "red column")
    assert found["answer"] == "fell"
    assert found["interval"][0] <= 0.4 <= found["interval"][1]
    assert found["p_placebo"] < 0.01
    assert 0 <= found["p_silence"] <= 1
    assert 0 < found["power"] <= 1
    assert "Hadun" not in found["verdict"]
    assert "by red column" in found["verdict"]


def test_nobody_else_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, table(tmp_path / "t.csv"), "--turning-point", str(TURN), "--place", "Belkat")
    assert found["answer"] in ("no-change-seen", "cannot-tell")


def test_the_sentence_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "t.csv", after=0.0)
    arguments = ["respond", path, "--turning-point", TURN, "--actor", "Red Column", "--until", "2031-11-30"]
    assert main([str(one) for one in [*arguments, "--what", "rockets"]]) == 0
    said = capsys.readouterr().out
    assert said.startswith("After 2031-02-25 there were no rockets by Red Column at all")
    for words in ("longest silence", "with another choice", "Assumed:", "need not be the turning point's doing"):
        assert words in said


def test_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {option: tmp_path / option for option in ("placebos", "series", "figure", "report")}
    options = [part for option, path in names.items() for part in (f"--{option}", str(path))]
    assert main(["respond", str(table(tmp_path / "t.csv")), "--turning-point", str(TURN), *options]) == 0
    capsys.readouterr()
    with names["placebos"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["date"] for row in rows if row["here"] == "true"] == [str(TURN)]
    with names["series"].open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 700
    ElementTree.parse(names["figure"])
    page = names["report"].read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_names_cannot_break_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    path = table(tmp_path / "t.csv")
    name = "<script>alert(1)</script>"
    assert main(["respond", str(path), "--turning-point", str(TURN), "--what", name, "--report", str(page)]) == 0
    capsys.readouterr()
    assert "<script" not in page.read_text(encoding="utf-8").lower()


def test_without_a_date_changes_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["respond", str(table(tmp_path / "t.csv")), "--actor", "Red Column", "--json"]) == 0
    rows = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    changes = [date.fromisoformat(row["date"]) for row in rows if row["kind"] == "change"]
    assert len(changes) == 1
    assert abs((changes[0] - TURN).days) <= 21


def test_without_a_date_and_without_a_change_the_answer_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "even.csv"
    path.write_text("\n".join(["date", *(str(FIRST + timedelta(days=day)) for day in range(0, 400, 2))]), "utf-8")
    assert main(["respond", str(path)]) == 0
    text = capsys.readouterr().out
    assert main(["respond", str(path), "--json"]) == 0
    [found] = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert (found["kind"], found["changes"], found["bursts"], found["lulls"]) == ("summary", 0, 0, 0)
    assert (found["since"], found["until"], found["events"]) == (str(FIRST), str(FIRST + timedelta(days=398)), 200)
    level, spelled = text.splitlines()
    assert found["sentence"] == f"{level}; {spelled}."
    assert level == f"0 changes of level from {FIRST} to {FIRST + timedelta(days=398)}"
    assert spelled == "0 bursts and 0 lulls"


def test_without_a_date_text_and_json_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "t.csv", after=0.0)
    asked = ["respond", str(path), "--actor", "Red Column", "--until", "2031-11-30"]
    assert main(asked) == 0
    text = capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    head, *rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    kinds = [row["kind"] for row in rows]
    assert (head["changes"], head["bursts"], head["lulls"]) == tuple(map(kinds.count, ("change", "burst", "lull")))
    assert head["changes"] == 1
    level, spelled = head["sentence"].removesuffix(".").split("; ")
    assert text.startswith(level + "\n")
    assert f"\n{spelled}\n" in text
    assert all(row["date" if row["kind"] == "change" else "since"] in text for row in rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--turning-point", "2031-13-01"], "is not a day such as"),
        (["--turning-point", "2031-02"], "is not a day such as"),
        (["--turning-point", "03/04/2031"], "is not a day such as"),
        (["--turning-point", "1999-01-01"], "is outside the series"),
        (["--turning-point", "2031-02-25", "--actor", "Nobody"], "no event to count"),
        (["--figure", "x.svg"], "are about a --turning-point"),
        (["--turning-point", "2031-02-25", "--until", "2029"], "no day is left"),
        (["--turning-point", "2031-02-25", "--since", "2031", "--until", "2030"], "is after --until 2030-12-31"),
        (["--turning-point", "2031-02-25", "--figure", "nowhere/x.svg"], "there is no folder 'nowhere'"),
        (["--turning-point", "2031-02-25", "--report", "nowhere/x.html"], "there is no folder 'nowhere'"),
    ],
)
def test_wrong_use_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["respond", str(table(tmp_path / "t.csv")), *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1


def record(number: int, day: date, *, told: bool = True, name: str = "Red Column") -> tuple[Report, Record]:
    """A report of a shelling that was published on the day after."""
    text = f"{name} shelled Hadun. Item {number}."
    source = Source("Made-up Wire")
    published = (day + timedelta(days=1)).isoformat()
    claim = Claim(
        "e1", Passage(0, len(text)), "ASSAULT", actors=("a1",),
        time=EventTime(None, day.isoformat(), day.isoformat()) if told else None,
        place=EventPlace(Passage(len(name) + 9, len(name) + 14), "Hadun"),
    )  # fmt: skip
    actors = (Actor("a1", name, "armed-group", (Passage(0, len(name)),)),)
    report = Report(f"r{number}", text, published=published, source=source)
    return report, Record(report.id, text, source, published=published, actors=actors, events=(claim,))


def test_a_casebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, draw = tmp_path / "made.casebook", np.random.default_rng(2)
    with Casebook(path, create=True) as casebook:
        number = 0
        for day in range(0, 300, 4):
            if day > 200 and draw.random() < 0.8:
                continue
            number += 1
            casebook.add(*record(number, FIRST + timedelta(days=day), told=number % 10 != 0), Run("made", "1", "1"))
    turn = FIRST + timedelta(days=202)
    found = answer(capsys, path, "--turning-point", str(turn), "--type", "ASSAULT", "--place", "Hadun")
    names = {row["variant"] for row in found["sensitivity"]}
    assert "each report counted, copies too" in names
    assert {"only confirmed and fair incidents", "only confirmed incidents", "each claim counted"} <= names
    assert found["rate_ratio"] < 0.8
    assert found["after"]["events"] < found["after"]["expected"]


def test_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "records.jsonl"
    days = [FIRST + timedelta(days=day) for day in range(0, 240, 6)]
    lines = [json.dumps(record(number, day)[1].to_json()) for number, day in enumerate(days)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = answer(capsys, path, "--turning-point", str(FIRST + timedelta(days=120)))
    assert found["after"]["events"] == pytest.approx(20, abs=1)


def test_reports_without_a_day_of_publication(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "undated.casebook"
    with Casebook(path, create=True) as casebook:
        for number, day in enumerate(range(0, 240, 6)):
            report, coded = record(number, FIRST + timedelta(days=day), told=number % 10 != 3)
            casebook.add(replace(report, published=None), replace(coded, published=None), Run("made", "1", "1"))
    assert main(["respond", str(path), "--turning-point", str(FIRST + timedelta(days=120)), "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    # Those that tell no day are left out, as their reports give none either.
    assert found["before"]["events"] + found["after"]["events"] == pytest.approx(36)
    assert "reporting effort left out" not in {row["variant"] for row in found["sensitivity"]}
    assert "counted from the first incident with a day of its own, 2030-01-01, to the last, 2030-08-23" in told.err
    assert " incidents without a usable date left out" in told.err


def test_neither_reports_nor_incidents_with_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "undated.casebook"
    with Casebook(path, create=True) as casebook:
        report, coded = record(1, FIRST, told=False)
        casebook.add(replace(report, published=None), replace(coded, published=None), Run("made", "1", "1"))
    assert main(["respond", str(path)]) == 2
    assert "code the reports with --published DATE" in capsys.readouterr().err


def feud(path: Path) -> Path:
    """Rockets that answer raids, of which there are fewer after the turning point."""
    draw = np.random.default_rng(3)
    rows, heard = ["date,actor,recipient,type"], 0.0
    for day in range(700):
        raids = int(draw.poisson(1.5 * (1 if day < 420 else 0.2)))
        rockets = int(draw.poisson(0.5 + 0.6 * heard))
        heard = 0.7 * heard + 0.3 * raids
        rows += [f"{FIRST + timedelta(days=day)},Police,Red Column,raid"] * raids
        rows += [f"{FIRST + timedelta(days=day)},Red Column,Police,rocket"] * rockets
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_answers_to_others_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[str | Path] = [
        feud(tmp_path / "t.csv"),
        "--turning-point",
        str(TURN),
        "--actor",
        "Red Column",
        "--recipient",
        "Police",
    ]
    alone = answer(capsys, *asked)
    told = answer(capsys, *asked, "--echo-of", "counterpart")
    assert alone["echo_of"] == []
    assert alone["rate_ratio"] < told["rate_ratio"]
    assert told["echo_of"][0]["events"] == "events by Police, against Red Column"
    assert told["echo_of"][0]["interval"][0] > 0
    assert "given the same events by Police, against Red Column" in told["verdict"]
    names = {row["variant"]: row for row in alone["sensitivity"]}
    apart = names["answers to events by Police, against Red Column set apart"]
    assert apart["rate_ratio"] == pytest.approx(told["rate_ratio"], rel=0.1)
    assert "no answers to others" in {row["variant"] for row in told["sensitivity"]}
    assert told["echo_of"][0]["delay_days"] == pytest.approx(2.3, abs=1.5)
    assert told["echo_of"][0]["delay_untold_because"] is None
    assert main(["respond", *map(str, asked), "--echo-of", "Nobody"]) == 2
    assert "only 0 events by Nobody" in capsys.readouterr().err


def test_days_that_are_not_known_are_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "t.csv")
    text = path.read_text(encoding="utf-8")
    vague = "\n".join(f"2030-{month:02},Red Column,Hadun" for month in range(1, 13) for _ in range(3))
    path.write_text(f"{text}\n{vague}\n", encoding="utf-8")
    asked: list[str | Path] = [path, "--turning-point", str(TURN), "--coarse", "impute", "--draws", "4"]
    one, same = answer(capsys, *asked), answer(capsys, *asked)
    assert one == same
    assert one["imputation"]["draws"] == 4
    assert 0 <= one["imputation"]["missing_information"] < 1
    assert "coarse dates spread" in {row["variant"] for row in one["sensitivity"]}


def test_copies_and_unsure_rows_are_in_the_sensitivity_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["date,actor,certainty"]
    draw = np.random.default_rng(5)
    for day in range(600):
        rows += [f"{FIRST + timedelta(days=day)},X,{'certain' if draw.random() < 0.8 else 'possible'}"] * int(
            draw.poisson(1.0)
        )
    path = tmp_path / "t.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    names = {row["variant"] for row in answer(capsys, path, "--turning-point", str(TURN))["sensitivity"]}
    assert {"equal rows counted once", "only events that are surely reported"} <= names
    assert {"no event begets another", "in stretches of 7 days", "days with an event instead of events"} <= names

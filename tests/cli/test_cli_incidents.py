"""``marsad incidents``: the list, JSON lines, rules, filters, reasons, questions. The reports are made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import run

from marsad.casebook import Casebook, Run
from marsad.decisions import Decision, Target
from marsad.records import Claim, EventPlace, EventTime, Passage, Record, Report, Source, Toll

BOMB = "A car bomb killed 12 people in the market of Tal Marez on Tuesday, police said. Nobody claimed the attack."
BLAST = "Fifteen people died in Tal Marez when a car bomb exploded, killing shoppers in the market on Tuesday."
DENIED = "The Red Dawn Front denied that it had killed people with a car bomb in Tal Marez on Tuesday."
RALLY = "Students marched in Vesh for lower fees."


def record(
    name: str, text: str, trigger: str, *, killed: int | None, status: str = "happened", type: str = "ASSAULT",
    day: str = "2031-03-04", town: str = "Tal Marez", source: str | None = None,
) -> Record:  # fmt: skip
    start = text.index(trigger)
    toll = Toll(killed, killed, killed) if killed is not None else None
    claim = Claim(
        "e1", Passage(start, start + len(trigger)), type, time=EventTime(None, day, day),
        place=EventPlace(None, town), killed=toll, status=status,
    )  # fmt: skip
    return Record(name, text, Source(source), published="2031-03-05", events=(claim,))


RECORDS = (
    record("wire", BOMB, "killed", killed=12, source="Karsen Wire"),
    record("herald", BLAST, "killing", killed=15, source="Oram Herald"),
    record("denial", DENIED, "killed", killed=None, status="did-not-happen"),
    record("rally", RALLY, "marched", killed=None, type="PROTEST", day="2031-03-01", town="Vesh"),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(one.dumps() + "\n" for one in RECORDS), encoding="utf-8")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(text) for text in capsys.readouterr().out.splitlines()]


def test_the_list_for_people(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "incidents", source) == 0
    out, err = capsys.readouterr()
    assert "2031-03-04, Tal Marez, ASSAULT  [wire:e1]" in out
    assert "3 reports, 3 origins; contested: 2 independent accounts say that it happened; report denial denies" in out
    assert "killed: 15 (most-independent-origins: 1 report, 1 origin, of 2 reports, 2 origins; " in out
    assert "lowest, median: 12" in out
    assert "status: happened" not in out.split("\n\n")[1]
    assert err == "2 incidents\n"


def test_json_lines(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "incidents", source, "--json", "--rule", "killed=lowest") == 0
    first, second = lines(capsys)
    assert first["incident"] == "wire:e1"
    assert (first["reports"], first["origins"], first["grade"]) == (3, 3, "contested")
    assert first["killed"]["value"] == {"low": 12, "best": 12, "high": 12}  # type: ignore[index]
    assert first["killed"]["rule"] == "lowest"  # type: ignore[index]
    assert second["type"]["value"] == {"type": "PROTEST", "mode": None}  # type: ignore[index]


def test_a_chosen_source(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    rule = ("--rule", "killed=chosen-source-first", "--chosen", "Karsen Wire")
    assert run(monkeypatch, "incidents", source, *rule) == 0
    assert "killed: 12 (chosen-source-first: " in capsys.readouterr().out


def test_reasons(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "incidents", source, "--reasons", "--type", "ASSAULT") == 0
    out = capsys.readouterr().out
    assert "    denial:e1, 2031-03-05: 'killed' ASSAULT, did-not-happen\n" in out
    assert "    herald:e1 = wire:e1 (0." in out
    assert "both ASSAULT; both say 'kill'; the same day; both in Tal Marez; different numbers killed" not in out
    assert "both in Tal Marez" in out


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (("--type", "PROTEST"), ["rally:e1"]), (("--place", "vesh"), ["rally:e1"]), (("--until", "2031-03"), ["wire:e1",
        "rally:e1"]), (("--until", "2031-03-02"), ["rally:e1"]),
        (("--grade", "contested"), ["wire:e1"]), (("--report", "denial"), ["wire:e1"]), (("--limit", "1"), ["wire:e1"]),
        (("--actor", "Nobody"), []),
    ],
)  # fmt: skip
def test_filters(
    source: Path, filters: tuple[str, ...], wanted: list[str], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run(monkeypatch, "incidents", source, "--json", *filters) == 0
    assert [row["incident"] for row in lines(capsys)] == wanted


def test_a_casebook_and_records_together(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.casebook"
    other = record("wire", BOMB.replace("Nobody", "No group"), "killed", killed=12)
    with Casebook(path, create=True) as casebook:
        report = Report(other.id, other.text, other.title, other.published, other.source)
        casebook.add(report, other, Run("fake", "1", "f"))
    assert run(monkeypatch, "incidents", path, source, "--json", "--type", "ASSAULT") == 0
    [row] = lines(capsys)
    assert [claim["report"] for claim in row["claims"]] == ["wire", "wire~2", "herald", "denial"]  # type: ignore[attr-defined]


def test_questions(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "incidents", source, "--questions", "--json") == 0
    for row in lines(capsys):
        assert str(row["question"]).startswith("Is the '")
        assert 0.35 <= float(str(row["probability"])) < 0.65


def test_nothing_fits(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "incidents", source, "--place", "Atlantis") == 0
    said = "no incident fits --place Atlantis: try one word of the name, or a larger place\n"
    assert capsys.readouterr() == ("", said)
    assert run(monkeypatch, "incidents", source, "--place", "Atlantis", "--json") == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--rule", "killed"), "write FIELD=RULE, such as killed=lowest"),
        (("--rule", "type=lowest"), "'lowest' is no rule for type"),
        (("--rule", "colour=latest"), "'colour' is no field of an incident"),
        (("--grade", "good"), "grade 'good' is none of: confirmed"),
    ],
)
def test_wrong_use_is_one_line(
    source: Path, arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run(monkeypatch, "incidents", source, *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1


def test_no_such_source(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "incidents", "nowhere.jsonl") == 2
    assert "no such casebook or records" in capsys.readouterr().err


def test_of_a_casebook_those_that_it_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.casebook"
    with Casebook(path, create=True) as casebook:
        for one in RECORDS:
            casebook.add(one.report, one, Run("fake", "1", "f"))
        joined = casebook.listed_incidents()
        both = tuple((one.claims[0].report, one.claims[0].passage) for one in joined)
        casebook.decide(Decision("merge", Target("incident", claims=both), "Ann"))
        casebook._db.execute("INSERT INTO untold SELECT number FROM reports")
    monkeypatch.setattr("marsad.incidents.Incidents.add", lambda *_: 1 / 0)
    assert run(monkeypatch, "incidents", path, "--reasons") == 0
    out, err = capsys.readouterr()
    assert "4 reports, 4 origins; contested" in out
    assert sum(" = " in row and " (0." in row for row in out.splitlines()) == 2
    assert err == "1 incident\n"
    with Casebook(path, write=False) as casebook:
        assert casebook.untold == 0
    assert run(monkeypatch, "incidents", path, "--questions") == 0

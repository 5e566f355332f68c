from __future__ import annotations

import json
from pathlib import Path

import apsw
import pytest
from cli_running import TEXT, FakeCoder, run

from marsad.casebook import Casebook, Run
from marsad.records import Report, Source


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARSAD_REVIEWER", "Ann")
    path = tmp_path / "a.casebook"
    with Casebook(path, create=True) as casebook:
        for name in ("raid", "se:cond"):
            report = Report(name, f"{TEXT} {name}", None, "2020-07-04", Source("Gazette"))
            casebook.add(report, FakeCoder().code(report), Run("fake", "1", "f1"))
    return path


def told(capsys: pytest.CaptureFixture[str]) -> str:
    found = capsys.readouterr()
    assert found.err == ""
    return found.out


def test_decide_list_undo(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "decide", book, "reject", "raid:e1", "--why", "a film") == 0
    assert told(capsys).split(" ", 2)[2] == "Ann: reject event raid 'attacked': a film\n"
    value = '{"low": 4, "best": 4}'
    assert run(monkeypatch, "decide", book, "correct", "se:cond:e2", "--field", "killed", "--value", value) == 0
    assert "correct event killed se:cond 'attacked' = " in told(capsys)
    assert run(monkeypatch, "decide", book, "correct", "raid:e2", "--field", "status", "--value", "planned") == 0
    assert "= planned" in told(capsys)
    assert run(monkeypatch, "events", book, "--json") == 0
    rows = [json.loads(text) for text in told(capsys).splitlines()]
    assert [(row["report"], row["event"], row["status"], row["killed_best"]) for row in rows] == [
        ("raid", "e2", "planned", None), ("se:cond", "e1", "happened", None), ("se:cond", "e2", "happened", 4),
    ]  # fmt: skip
    assert run(monkeypatch, "undo", book) == 0
    assert "undo 3 event status raid" in told(capsys)
    assert run(monkeypatch, "undo", book, "1", "--who", "Bob", "--why", "no film", "--json") == 0
    undo = json.loads(told(capsys))
    assert (undo["kind"], undo["value"], undo["who"], undo["why"]) == ("undo", {"number": 1}, "Bob", "no film")
    assert run(monkeypatch, "decisions", book) == 0
    lines = told(capsys).splitlines()
    assert [line.split(" ", 1)[0] for line in lines] == ["1", "2", "3", "4", "5"]
    assert [line.endswith(f"[undone by {by}]") for line, by in zip(lines, (5, 0, 4, 0, 0), strict=True)] == [
        True, False, True, False, False,
    ]  # fmt: skip
    assert run(monkeypatch, "decisions", book, "--report", "raid", "--json") == 0
    listed = [json.loads(text) for text in told(capsys).splitlines()]
    assert [(one["number"], one["undone_by"]) for one in listed] == [(1, 5), (3, 4), (4, None), (5, None)]


def test_add_note_accept(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    start = TEXT.index("said")
    value = '{"type": "ACCUSE", "actors": ["Red Front"]}'
    assert run(monkeypatch, "decide", book, "add", f"raid:{start}-{start + 4}", "--value", value) == 0
    assert run(monkeypatch, "decide", book, "accept", "raid:e+1") == 0
    assert run(monkeypatch, "decide", book, "accept", "raid:s1") == 0
    assert run(monkeypatch, "decide", book, "correct", "raid:a1", "--field", "kind", "--value", "state") == 0
    assert run(monkeypatch, "decide", book, "note", "raid", "--why", "ask the author") == 0
    said = told(capsys).splitlines()
    assert [line.split(": ", 1)[1].split(" ")[:2] for line in said] == [
        ["add", "event"], ["accept", "event"], ["accept", "statement"], ["correct", "actor"], ["note", "report"],
    ]  # fmt: skip
    with Casebook(book) as casebook:
        assert [one.type for one in casebook.record("raid").events] == ["ASSAULT", "ASSAULT", "ACCUSE"]


def test_incidents(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "decide", book, "merge", "raid:e1", "se:cond:e1", "--json") == 0
    kept = json.loads(told(capsys))
    start = TEXT.index("attacked")
    assert kept["target"]["claims"] == [["raid", start, start + 8], ["se:cond", start, start + 8]]
    words = ("correct", "raid:e1", "--part", "incident", "--field", "grade", "--value", "contested")
    assert run(monkeypatch, "decide", book, *words) == 0
    assert "correct incident grade raid 'attacked' = contested" in told(capsys)


def test_what_no_longer_fits_and_agreement(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "decide", book, "accept", "raid:e1") == 0
    assert run(monkeypatch, "decide", book, "reject", "raid:e1", "--who", "Bob") == 0
    assert run(monkeypatch, "decide", book, "note", "raid:e2", "--why", "look again") == 0
    assert run(monkeypatch, "decisions", book, "--unfitting") == 0
    assert capsys.readouterr().err == "no decision that the coding no longer fits\n"
    with Casebook(book) as casebook:
        record = casebook.coded("raid")
        report = Report("raid", record.text, None, record.published, record.source)
        casebook.add(
            report, type(record)(record.id, record.text, record.source, None, record.published), Run("n", "2", "f")
        )
    told(capsys)
    assert run(monkeypatch, "decisions", book, "--unfitting", "--json") == 0
    listed = [json.loads(text) for text in told(capsys).splitlines()]
    assert [(one["number"], "no longer finds this event" in one["unfitting"]) for one in listed] == [
        (1, True),
        (3, True),
    ]
    assert run(monkeypatch, "decisions", book, "--unfitting", "--report", "raid") == 0
    assert told(capsys).count("\n") == 2
    assert run(monkeypatch, "decisions", book, "--agreement") == 0
    assert "Ann and Bob\n  event is: 0% of 1 alike; kappa 0.00, alpha 0.00\n" in told(capsys)
    assert run(monkeypatch, "decisions", book, "--agreement", "--json") == 0
    assert {json.loads(text)["other"] for text in told(capsys).splitlines()} == {None, "Bob"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("accept", "none"), "there is no such report"),
        (("accept", "raid:e9"), "no event, statement or actor 'e9'"),
        (("accept", "raid:e1", "raid:e2"), "one thing at a time"),
        (("merge", "raid", "raid:e1"), "name a claim as REPORT:EVENT"),
        (("merge", "raid:e1"), "at least two to merge"),
        (("correct", "raid:e1", "--field", "type", "--value", "WAR"), "not one of its values"),
        (("accept", "raid:0-3"), "there is no event at 'The'"),
        (("accept", "raid:9-3"), "must end behind its start"),
        (("accept", "raid:0-99999"), "beyond the report's"),
        (("add", "raid:0-3", "--value", "["), "give its fields"),
        (("note", "raid:e1"), "a note must say something"),
    ],
)
def test_refusals(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert run(monkeypatch, "decide", book, *words) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert said in found.err
    assert found.err.count("\n") == 1
    with Casebook(book) as casebook:
        assert casebook.decisions() == []


def test_undo_refusals(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "undo", book) == 2
    assert "Ann has decided nothing" in capsys.readouterr().err
    assert run(monkeypatch, "undo", book, "7") == 2
    assert "there is no decision 7" in capsys.readouterr().err
    assert run(monkeypatch, "decisions", book, "--agreement", "--report", "raid") == 2


def test_a_broken_chain_is_said(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "decide", book, "reject", "raid:e1", "--why", "a film") == 0
    db = apsw.Connection(str(book))
    db.execute("UPDATE decisions SET data = replace(data, 'a film', 'a joke')")
    db.close()
    capsys.readouterr()
    assert run(monkeypatch, "decisions", book) == 1
    found = capsys.readouterr()
    assert "the chain of decisions is broken: decision 1 is not as it was decided" in found.err
    assert "a joke" in found.out

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from threading import Thread

import pytest
from cli_running import TEXT, FakeCoder, on_a_terminal, run

from marsad.casebook import Casebook, Run
from marsad.exchange.jsonl import line
from marsad.records import Record, Report, Source


@pytest.fixture(params=["casebook", "jsonl"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    reports = [
        Report("plain", TEXT, "Raid", "2020-07-04", Source("Gazette")),
        Report("es\x1b[2Jc\u202e", TEXT + " =1+1", "\x1b]0;title\x07", None),
    ]
    path = tmp_path / f"source.{request.param}"
    if request.param == "jsonl":
        path.write_text("".join(line(FakeCoder().code(report).to_json()) + "\n" for report in reports))
        return path
    with Casebook(path, create=True) as casebook:
        for report in reports:
            casebook.add(report, FakeCoder().code(report), Run("fake", "1", "f1"))
        casebook.fail("x.pdf", "no text layer")
    return path


def out(capsys: pytest.CaptureFixture[str]) -> str:
    found = capsys.readouterr()
    assert found.err == ""
    return found.out


def test_events(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "events", source, "--json", "--type", "assault", "--since", "2020") == 0
    rows = [json.loads(text) for text in out(capsys).splitlines()]
    assert [(row["report"], row["event"], row["actors"], row["passage"]) for row in rows] == [
        ("plain", "e1", ["Red Front"], "attacked"),
        ("plain", "e2", ["Red Front"], "attacked"),
    ]
    assert TEXT[rows[0]["start"] : rows[0]["end"]] == "attacked"
    assert run(monkeypatch, "events", source, "--csv", "--limit", "1") == 0
    [row] = csv.DictReader(io.StringIO(out(capsys), newline=""))
    assert (row["report"], row["actors"], row["start"]) == ("plain", "Red Front", str(rows[0]["start"]))
    assert run(monkeypatch, "events", source, "--actor", "nobody") == 0
    found = capsys.readouterr()
    assert found.out.count("\n") == 1
    assert found.err == "no event fits --actor nobody: try one word of the name, or see 'marsad actors'\n"
    assert run(monkeypatch, "events", source, "--type", "AID", "--place", "New Town", "--limit", "3") == 0
    assert (
        capsys.readouterr().err == 'no event fits --type AID --place "New Town" together: leave one out, or widen it\n'
    )
    for form in ("--json", "--csv"):
        assert run(monkeypatch, "events", source, "--actor", "nobody", form) == 0
        out(capsys)


def test_every_listing_in_every_form(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb, number in (("events", 4), ("statements", 2), ("actors", 2), ("reports", 2)):
        extra = 1 if verb == "reports" and source.suffix == ".casebook" else 0
        for form, more in (("--json", 0), ("--csv", 1), (None, 1)):
            assert run(monkeypatch, verb, source, *([form] if form else [])) == 0
            text, told = capsys.readouterr()
            lines = list(csv.reader(io.StringIO(text, newline=""))) if form == "--csv" else text.splitlines()
            assert len(lines) == number + extra + more, (verb, form)
            noun = "" if verb == "reports" else f"{number} {verb}: "
            assert told == (f"{noun}2 reports, 1 origin\n" if form is None else "")
            if form is None:
                assert "\x1b" not in text
                assert "\u202e" not in text
                assert "es\\x1b[2Jc\\u202e" in text


def test_both_forms_at_once_are_refused(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "events", source, "--json", "--csv") == 2
    assert "not both" in capsys.readouterr().err
    assert run(monkeypatch, "events", source, "--since", "soon") == 2
    assert capsys.readouterr().err.startswith("marsad: Invalid value for '--since': 'soon' is not a date")


@pytest.mark.parametrize("verb", ["events", "statements", "actors", "reports", "incidents"])
def test_a_span_without_a_day_is_refused(
    verb: str, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for since, until in (("2020", "2019"), ("2020-07-05", "2020-07"), ("2020-08", "2020-07-31")):
        code = run(monkeypatch, verb, source, "--since", since, "--until", until)
        found = capsys.readouterr()
        if (since, until) == ("2020-07-05", "2020-07"):
            assert code == 0
            continue
        assert (code, found.out) == (2, "")
        assert found.err.startswith(f"marsad: --since {since} is after --until {until}: no day lies between them")


def test_what_did_not_become_a_report_is_listed_too(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "reports", source, "--json") == 0
    last = json.loads(out(capsys).splitlines()[-1])
    if source.suffix == ".casebook":
        assert (last["report"], last["outcome"], last["reason"]) == ("x.pdf", "failed", "no text layer")
    else:
        assert last["outcome"] == "ok"


def test_an_empty_casebook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "empty.casebook"
    Casebook(book, create=True).close()
    assert run(monkeypatch, "reports", book) == 0
    assert capsys.readouterr().err == "no reports: nothing has been added\n"
    assert run(monkeypatch, "events", book) == 0
    assert capsys.readouterr().err.startswith("no events: ")


def test_search(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "search", source, "red front", "attacked", "--json", "--limit", "1") == 0
    [row] = [json.loads(text) for text in out(capsys).splitlines()]
    assert row["hits"] == [[4, 13], [14, 22], [62, 70]]
    assert run(monkeypatch, "search", source, '"front red"') == 0
    assert capsys.readouterr().err == (
        'no report holds all of "front red": try fewer words, or without quotation marks\n'
    )
    assert run(monkeypatch, "search", source, "attacker") == 0
    assert capsys.readouterr().err.startswith("no report holds the word attacker: try its beginning with a *")
    assert run(monkeypatch, "search", source, '"*"') == 2
    assert capsys.readouterr().err.startswith("marsad: there is no word to search for")


def test_export(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "export", source) == 0
    records = [Record.loads(text) for text in out(capsys).splitlines()]
    assert [record.id for record in records] == ["plain", "es\x1b[2Jc\u202e"]
    target = tmp_path / "out.csv"
    assert run(monkeypatch, "export", source, "--table", "statements", "--format", "csv", "--out", target) == 0
    assert out(capsys) == ""
    with target.open(encoding="utf-8", newline="") as file:
        assert [row["content"] for row in csv.DictReader(file)] == [record.text for record in records]
    for table in ("reports", "events", "actors", "relations"):
        assert run(monkeypatch, "export", source, "--table", table, "--report", "plain") == 0
        assert all(json.loads(text)["report"] == "plain" for text in out(capsys).splitlines())
    assert run(monkeypatch, "export", source, "--format", "csv") == 2
    assert "records do not fit into CSV" in capsys.readouterr().err
    assert run(monkeypatch, "export", source, "--out", source) == 2
    assert "is one of the inputs" in capsys.readouterr().err


def test_a_source_of_another_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("Notes.")
    assert run(monkeypatch, "events", tmp_path / "notes.txt") == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("marsad: notes.txt, line 1: not JSON")
    assert complaint.endswith("a report has to be coded first, by 'marsad code' or 'marsad add'\n")
    assert run(monkeypatch, "events", tmp_path) == 2
    assert "has no .json or .jsonl file in it" in capsys.readouterr().err
    (tmp_path / "empty.jsonl").touch()
    assert run(monkeypatch, "events", tmp_path / "empty.jsonl", "--json") == 0
    assert out(capsys) == ""


def test_records_from_standard_input(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "export", source) == 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out(capsys).encode())))
    assert run(monkeypatch, "events", "-", "--json") == 0
    assert out(capsys).count("\n") == 4
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\n")))
    assert run(monkeypatch, "events", "-") == 2
    assert capsys.readouterr().err == "marsad: standard input, line 1: not UTF-8 text\n"


def test_records_from_a_named_pipe(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    assert run(monkeypatch, "export", source) == 0
    records = out(capsys)
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=(tmp_path / "pipe").write_text, args=(records,))
    writer.start()
    assert run(monkeypatch, "events", tmp_path / "pipe", "--json") == 0
    writer.join()
    assert out(capsys).count("\n") == 4


def test_on_a_terminal_nothing_that_it_would_obey_comes_through(source: Path) -> None:
    for arguments in (
        ("reports", source), ("events", source, "--json"), ("events", source, "--csv"), ("search", source, "attacked"),
    ):  # fmt: skip
        text, code = on_a_terminal(*arguments)
        assert code == 0
        assert "\x1b[2J" not in text
        assert "\x1b]0;" not in text
        assert "\u202e" not in text
        assert "plain" in text

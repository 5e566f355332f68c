from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from cli_running import TEXT, run

from marsad.casebook import Casebook


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A casebook with two reports; one has a rejected event, the other's own words are a formula."""
    path, folder = tmp_path / "x.casebook", tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text("=SUM(1) attacked Beta on 2 May 2020. Fictional.")
    assert run(monkeypatch, "add", path, folder, "--jobs", "1", "--quiet") == 0
    assert run(monkeypatch, "decide", path, "reject", "a:e2", "--who", "Ana") == 0
    return path


def test_the_name_tells_the_format(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for what in ("reports", "events", "statements", "actors", "incidents", "claims", "decisions", "audit"):
        for form in ("csv", "jsonl", "xlsx"):
            file = tmp_path / f"{what}.{form}"
            assert run(monkeypatch, "export", book, "--what", what, "--to", file) == 0
            told = capsys.readouterr()
            assert told.out == ""
            assert f"in {file}" in told.err
        rows = [json.loads(text) for text in (tmp_path / f"{what}.jsonl").read_text().splitlines()]
        with (tmp_path / f"{what}.csv").open(newline="") as file_:
            assert len(list(csv.reader(file_))) == len(rows) + 1 > 1
        assert (tmp_path / f"{what}.xlsx").read_bytes()[:2] == b"PK"
    assert run(monkeypatch, "export", book, "--what", "annotations", "--to", tmp_path / "a.jsonld") == 0
    assert json.loads((tmp_path / "a.jsonld").read_text())["type"] == "AnnotationCollection"


def test_parquet(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    assert run(monkeypatch, "export", book, "--what", "events", "--to", tmp_path / "x.parquet") == 0
    assert pq.read_table(tmp_path / "x.parquet").column("report").to_pylist() == ["a", "b"]


def test_reviewed_or_as_coded_to_standard_output(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for more, events in ((), ["e1", "e1"]), (("--as-coded",), ["e1", "e2", "e1"]):
        capsys.readouterr()
        assert run(monkeypatch, "export", book, "--what", "events", "--format", "csv", "--to", "-", *more) == 0
        told = capsys.readouterr()
        assert [row["event"] for row in csv.DictReader(told.out.splitlines())] == events
        assert told.err == ""


def test_filters_are_those_of_events(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert (
        run(monkeypatch, "export", book, "--what", "events", "--type", "assault", "--limit", "1", "--report", "b") == 0
    )
    [row] = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert row["report"] == "b"
    assert run(monkeypatch, "export", book, "--what", "claims", "--grade", "confirmed") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--what", "events", "--to", "events.xslx"), "events.xslx: the name does not tell the format"),
        (
            ("--what", "events", "--format", "xlsx"),
            "xlsx does not go to standard output: name a file, --to events.xlsx",
        ),
        (("--what", "decisions", "--type", "ASSAULT"), "decisions have no type: choose among"),
        (("--what", "events", "--grade", "weak"), "events have no grade: choose among"),
        (("--what", "incidents", "--grade", "superb"), "'superb' is none of"),
        (("--what", "incidents", "--rule", "killed"), "write FIELD=RULE"),
        (("--what", "incidents", "--rule", "killed=loudest"), "'loudest' is no rule for killed"),
        (("--what", "records", "--to", "x.csv"), "records do not fit into CSV"),
        (("--what", "events", "--to", "x.jsonld"), "events do not fit into jsonld"),
        (("--to", "x.jsonl", "--out", "y.jsonl"), "give --to or --out, not both"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    before = sorted(tmp_path.iterdir())
    assert run(monkeypatch, "export", book, *arguments) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert sorted(tmp_path.iterdir()) == before


def test_old_calls_do_as_before(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    target = tmp_path / "events.csv"
    assert run(monkeypatch, "export", book, "--table", "events", "--out", target) == 0
    assert json.loads(target.read_text().splitlines()[0])["report"] == "a"
    assert run(monkeypatch, "export", book, "--table", "events", "--format", "csv", "-o", target) == 0
    assert target.read_text().startswith("report,event,")
    assert capsys.readouterr().err == ""


def test_a_broken_chain_is_said(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    db = sqlite3.connect(book)
    db.execute("UPDATE decisions SET data = replace(data, 'Ana', 'Eve')")
    db.commit()
    db.close()
    capsys.readouterr()
    assert run(monkeypatch, "export", book, "--what", "audit") == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["chained"] is False
    assert "the chain of decisions is broken" in told.err


def test_dossier(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert run(monkeypatch, "dossier", book, "b:e1", "--out", page) == 0
    words = page.read_text("utf-8")
    assert words.startswith("<!DOCTYPE html>")
    assert "=SUM(1)" in words
    assert '<mark class="trigger"' in words
    assert f"is in {page}" in capsys.readouterr().err
    assert run(monkeypatch, "dossier", book, "b:e9", "--out", tmp_path / "none.html") == 2
    assert "there is no incident 'b:e9'" in capsys.readouterr().err
    assert not (tmp_path / "none.html").exists()
    assert run(monkeypatch, "dossier", book, "b:e1", "--out", book) == 2
    with Casebook(book, write=False) as casebook:
        assert casebook.check() == []

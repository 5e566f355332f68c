from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path

import pytest
from cli_running import FakeCoder, on_a_terminal, run

from marsad.casebook import Casebook, Run
from marsad.errors import CasebookError
from marsad.records import Report, Source

TEXTS = Path(__file__).parents[1] / "origins/texts"
NAMES = ("independent", "original", "other", "reprint", "spun", "translated")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "reports"
    target.mkdir()
    for name in NAMES:
        (target / f"{name}.txt").write_bytes((TEXTS / f"{name}.txt").read_bytes())
    return target


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(text) for text in capsys.readouterr().out.splitlines()]


def test_json_lines_one_a_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "origins", folder, "--json", "--quiet") == 0
    rows = {str(row["report"]): row for row in lines(capsys)}
    assert sorted(rows) == sorted(NAMES)
    assert {name for name, row in rows.items() if row["origin"] == "original"} == {
        "original", "reprint", "spun", "translated",
    }  # fmt: skip
    assert (rows["original"]["kind"], rows["original"]["of"]) == ("independent", None)
    assert (rows["spun"]["kind"], rows["spun"]["of"]) == ("spun", "original")
    for row in rows.values():
        assert set(row) == {"report", "origin", "kind", "of", "spun", "evidence"}
        assert isinstance(row["spun"], float)
        assert 0 <= row["spun"] <= 1
    evidence = rows["spun"]["evidence"]
    assert isinstance(evidence, dict)
    assert evidence["quotations"] == [2, 2]
    assert evidence["passages"][0]["of_paragraphs"] == [1, 7]
    assert evidence["masked_six_grams"] > 0.5
    assert all(isinstance(reason, str) for reason in evidence["reasons"])


def test_the_listing_for_people(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "origins", folder) == 0
    said = capsys.readouterr()
    assert said.err == "6 ok\n"
    shown = said.out.splitlines()
    assert shown[0] == "6 reports, 3 origins"
    assert shown[2] == "original"
    assert {text.split(" ")[2].rstrip(":") for text in shown[3:6]} == {"reprint", "spun", "translated"}
    assert any("paragraphs 2-6 = 1-5 of original" in text for text in shown)
    assert shown[-2:] == ["  independent", "  other"]


def test_each_source_is_named_once_and_so_is_the_agency(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    original, other = ((TEXTS / f"{name}.txt").read_text(encoding="utf-8") for name in ("original", "other"))
    merged = "\n\n".join([*original.split("\n\n")[:4], *other.split("\n\n")[1:5]])
    texts = {"a": original, "b": other, "c": f"By our staff with Reuters\n\n{original}", "d": merged}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run(monkeypatch, "origins", tmp_path, "--quiet") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "4 reports, 2 origins"
    [wire] = [line for line in shown if line.lstrip().startswith("c:")]
    assert "it names Reuters as its source" in wire
    [two] = [line for line in shown if line.lstrip().startswith("d:")]
    assert two.count("of its words are from") == 1


def test_a_casebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "raid.casebook"
    with Casebook(path, create=True) as casebook:
        for day, name in enumerate(("spun", "original", "independent"), 1):
            text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
            report = Report(name, text, None, f"2020-07-0{day}", Source("Gazette"))
            casebook.add(report, FakeCoder().code(report), Run("fake", "1", "f1"))
    assert run(monkeypatch, "origins", path, "--json", "-q") == 0
    rows = {str(row["report"]): row for row in lines(capsys)}
    assert rows["spun"]["origin"] == rows["original"]["origin"] != rows["independent"]["origin"]
    assert run(monkeypatch, "origins", path) == 0
    assert capsys.readouterr().out.startswith("3 reports, 2 origins\n")


def only_read(casebook: Casebook, real: Callable[..., None], path: Path, *, write: bool = True) -> None:
    """A casebook on a disk that cannot be written."""
    if write:
        raise CasebookError(f"{path} cannot be written")
    real(casebook, path, write=False)


def test_an_older_casebook_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "raid.casebook"
    with Casebook(path, create=True) as casebook:
        for name in ("spun", "original"):
            report = Report(name, (TEXTS / f"{name}.txt").read_text(encoding="utf-8"), source=Source("Gazette"))
            casebook.add(report, FakeCoder().code(report), Run("fake", "1", "f1"))
        expected = casebook.count
        for table in ("bands", "signatures", "edges", "origins"):
            casebook._db.execute(f"DELETE FROM {table}")
    assert run(monkeypatch, "reports", path) == 0
    assert capsys.readouterr().err == "2 reports, 0 origins; 2 without one yet, which 'marsad origins' finds\n"
    # Where it cannot be written, the origins are found all the same, and not kept.
    with monkeypatch.context() as patched:
        patched.setattr(Casebook, "__init__", partialmethod(only_read, Casebook.__init__))
        assert run(monkeypatch, "origins", path) == 0
        assert capsys.readouterr().out.startswith(f"{expected}\n")
    assert run(monkeypatch, "origins", path) == 0
    assert capsys.readouterr().out.startswith(f"{expected}\n")
    with Casebook(path, write=False) as casebook:
        assert casebook.waiting == 0
        assert casebook.count == expected


def test_adding_says_how_many_origins_there_are(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "raid.casebook"
    records = tmp_path / "records.jsonl"
    assert run(monkeypatch, "add", path, folder, "--jobs", "1", "--no-restore") == 0
    assert capsys.readouterr().err.endswith("6 ok\n6 reports, 3 origins\n")
    assert run(monkeypatch, "export", path, "--out", records) == 0
    for source in (path, records):
        assert run(monkeypatch, "reports", source, "--json") == 0
        found = {str(row["report"]): row for row in lines(capsys)}
        assert {name for name, row in found.items() if row["origin"] == "original"} == {
            "original", "reprint", "spun", "translated",
        }  # fmt: skip
        assert (found["spun"]["kind"], found["spun"]["of"]) == ("spun", "original")
        assert run(monkeypatch, "export", source, "--table", "reports", "--format", "csv") == 0
        [exported] = [
            row for row in csv.DictReader(capsys.readouterr().out.splitlines()) if row["report"] == "spun"
        ]  # fmt: skip
        assert [exported[name] for name in ("origin", "kind", "of")] == ["original", "spun", "original"]
        assert run(monkeypatch, "events", source, "--json", "--limit", "1") == 0
        assert [row["origin"] for row in lines(capsys)] == ["original"]
        assert run(monkeypatch, "search", source, "governor") == 0
        assert " reports, " in capsys.readouterr().err


def test_one_bad_file_stops_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "empty.txt").touch()
    assert run(monkeypatch, "origins", folder, "--json") == 1
    said = capsys.readouterr()
    assert "bad.pdf" in said.err
    assert len(said.out.splitlines()) >= len(NAMES)


def test_records_in_json_lines_and_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {name: (TEXTS / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES[:3]}
    data = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    (tmp_path / "reports.jsonl").write_text(data)
    assert run(monkeypatch, "origins", tmp_path / "reports.jsonl", "--json", "-q") == 0
    assert [row["report"] for row in lines(capsys)] == list(texts)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(texts["other"].encode())))
    assert run(monkeypatch, "origins", "-", "--json", "-q") == 0
    assert len(lines(capsys)) == 1


def test_two_reports_side_by_side(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "origins", folder, "-q", "--diff", "original", "spun") == 0
    shown = capsys.readouterr().out
    assert "< [Fighters] of the Red Front [attacked]" in shown
    assert "> [Soldiers] of the Red Front [assaulted]" in shown
    assert run(monkeypatch, "origins", folder, "-q", "--diff", "original", "nothing") == 2
    assert "no report has the id 'nothing'" in capsys.readouterr().err
    assert run(monkeypatch, "origins", folder, "--json", "--diff", "original", "spun") == 2


def test_nothing_that_a_terminal_would_obey_comes_through(tmp_path: Path) -> None:
    text = (TEXTS / "original.txt").read_text(encoding="utf-8")
    rows = [
        {"id": "a\x1b[2J", "text": text},
        {"id": "b\u202e", "text": "\x1b]0;title\x07" + text.replace("gunmen", "\x1b[31mmen")},
    ]
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for arguments in ((), ("--json",), ("--diff", "a [2J", "b\u202e")):
        shown, code = on_a_terminal("origins", tmp_path / "reports.jsonl", "-q", *arguments, timeout=60)
        assert code == 0
        assert not any(bad in shown for bad in ("\x1b[2J", "\x1b]0;", "\u202e"))
        assert "a" in shown

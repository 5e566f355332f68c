from __future__ import annotations

import errno
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_running import TEXT, FakeCoder, run, start

from marsad.casebook import Casebook
from marsad.errors import ModelError
from marsad.records import Record


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text("UNCODABLE " + TEXT)
    (folder / "c.jsonl").write_text(json.dumps({"id": "c1", "text": TEXT + " More.", "published": "2020-07-04"}) + "\n")
    (folder / "d.xyz").write_bytes(b"\x00\x01\x02")
    return folder


def test_code_writes_a_record_a_line_and_sums_up(
    inputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "code", inputs) == 1
    out, err = capsys.readouterr()
    records = [Record.loads(text) for text in out.splitlines()]
    assert [(r.id, r.published, len(r.events)) for r in records] == [("a", None, 2), ("c1", "2020-07-04", 2)]
    assert err.splitlines()[0] == "2 ok, 2 failed"
    assert any(
        text.startswith("  failed: ") and "b.txt: the text defeats the coder" in text for text in err.splitlines()
    )
    assert any("d.xyz: no reader for .xyz" in text for text in err.splitlines())


def test_one_problem_is_told_on_the_same_line(
    inputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "code", inputs / "a.txt", inputs / "none.txt") == 1
    err = capsys.readouterr().err
    assert err.startswith("1 ok, 1 failed: ")
    assert "none.txt: " in err
    assert err.count("\n") == 1


def test_a_file_that_may_not_be_read_does_not_stop_the_others(
    inputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened, shut = os.open, inputs / "b.txt"

    def guarded(path: Any, *arguments: Any, **more: Any) -> int:
        if str(path) == str(shut):
            raise PermissionError(errno.EACCES, "Permission denied", str(shut))
        return opened(path, *arguments, **more)

    monkeypatch.setattr(os, "open", guarded)
    monkeypatch.setattr(os, "access", lambda path, *_, **__: str(path) != str(shut))
    assert run(monkeypatch, "code", shut, inputs / "a.txt") == 1
    out, err = capsys.readouterr()
    assert [Record.loads(text).id for text in out.splitlines()] == ["a"]
    assert err.startswith("1 ok, 1 failed: ")
    assert str(shut) in err


def test_all_well(inputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "code", inputs / "a.txt", "--published", "2019-05") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["published"] == "2019-05"
    assert err == "1 ok\n"
    assert run(monkeypatch, "code", "-q", inputs / "a.txt") == 0
    assert capsys.readouterr().err == ""


def test_a_report_coded_in_part_is_kept_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f.txt").write_text("FRANÇAIS attacked", encoding="utf-8")
    assert run(monkeypatch, "code", tmp_path / "f.txt") == 1
    out, err = capsys.readouterr()
    assert Record.loads(out).extra["outcome"] == "partial"
    assert err.startswith("0 ok, 1 partial: ")
    assert err.endswith("f.txt: language is fr\n")
    for _ in range(2):
        assert run(monkeypatch, "add", tmp_path / "x.casebook", tmp_path / "f.txt") == 1
        assert "0 ok, 1 partial: " in capsys.readouterr().err


def test_fields_of_json_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps({"nr": "t7", "full_text": TEXT, "day": "2018-01-02", "head": "H"}))
    fields = ("--id-field", "nr", "--text-field", "full_text", "--published-field", "day", "--title-field", "head")
    assert run(monkeypatch, "code", tmp_path / "t.jsonl", *fields) == 0
    record = Record.loads(capsys.readouterr().out)
    assert (record.id, record.published, record.title) == ("t7", "2018-01-02", "H")


def test_out_appears_whole_and_never_over_an_input(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "records.jsonl"
    assert run(monkeypatch, "code", inputs / "a.txt", "--out", out) == 0
    assert [Record.loads(text).id for text in out.read_text().splitlines()] == ["a"]
    assert capsys.readouterr().out == ""
    assert run(monkeypatch, "code", inputs / "a.txt", "--out", inputs / "a.txt") == 2
    assert "is one of the inputs" in capsys.readouterr().err
    assert (inputs / "a.txt").read_text() == TEXT
    assert run(monkeypatch, "code", inputs / "a.txt", "--out", tmp_path / "no" / "x") == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"marsad: {tmp_path / 'no'}: there is no such folder"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("code",), "Missing argument 'PATH...'"),
        (("code", "x", "--published", "yesterday"), "published is 'yesterday': give a date"),
        (("code", "x", "--pack", "/none.json"), "no such actor pack"),
        (("code", "x", "--text-field", ""), "text_field is empty"),
        (("code", "x", "--jobs", "0"), "0 is not in the range x>=1"),
        (("codd", "x"), "No such command 'codd'"),
        (("events", "/none"), "/none: no such casebook or records; make them with 'marsad add' or 'marsad code'"),
        (("search", "/none", "word"), "/none: no such casebook or records"),
        (("events", "-", "--since", "2014-13"), "'2014-13' is not a date such as 2020-07-04, 2020-07 or 2020"),
        (("export", "-", "--until", "soon"), "'soon' is not a date such as 2020-07-04, 2020-07 or 2020"),
        (("add", "/none/x.casebook", "x"), "no folder to create it in"),
    ],
)
def test_wrong_use_is_one_line_and_code_2(
    arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("marsad: ")
    assert words in err
    assert err.count("\n") == 1


def test_add_keeps_what_it_codes_and_does_not_code_it_again(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "x.casebook"
    assert run(monkeypatch, "add", book, inputs) == 1
    assert capsys.readouterr().err.splitlines()[:2] == ["2 new, 0 recoded, 0 unchanged", "2 ok, 2 failed"]
    with Casebook(book) as casebook:
        assert [row.report for row in casebook.reports()] == ["a", "c1"]
        assert sorted(Path(f.name).name for f in casebook.failures()) == ["b.txt", "d.xyz"]
        assert casebook.check() == []

    assert run(monkeypatch, "add", book, inputs, "--json", "-q") == 1
    out, err = capsys.readouterr()
    told = [json.loads(text) for text in out.splitlines()]
    assert err == ""
    assert [(Path(one["input"]).name, one["outcome"], one["report"], one["change"]) for one in told] == [
        ("a.txt", "ok", "a", "unchanged"),
        ("b.txt", "failed", None, "failed"),
        ("c.jsonl:1", "ok", "c1", "unchanged"),
        ("d.xyz", "failed", None, "failed"),
    ]
    assert told[1]["reason"] == "the text defeats the coder"

    with monkeypatch.context() as patched:
        patched.setattr(FakeCoder, "code", lambda *_: pytest.fail("coded again"))
        assert run(patched, "add", book, inputs / "a.txt", inputs / "c.jsonl") == 0
    assert "0 new, 0 recoded, 2 unchanged" in capsys.readouterr().err

    monkeypatch.setattr(FakeCoder, "fingerprint", "f2")
    (inputs / "b.txt").write_text(TEXT + " Mended.")
    assert run(monkeypatch, "add", book, inputs) == 1
    assert "1 new, 2 recoded, 0 unchanged" in capsys.readouterr().err
    with Casebook(book) as casebook:
        assert [(found.fingerprint, found.records) for found in casebook.runs()] == [("f1", 2), ("f2", 3)]
        assert [Path(f.name).name for f in casebook.failures()] == ["d.xyz"]


def many(folder: Path) -> Path:
    """A folder of good, bad, unreadable and repeated inputs, enough of them for several processes."""
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"{'UNCODABLE ' if number in (3, 30) else ''}{number} {TEXT}")
    (folder / "05.xyz").write_bytes(b"\x00\x01\x02")
    (folder / "31.xyz").write_bytes(b"\x00\x01\x02")
    (folder / "39b.txt").write_text(f"FRANÇAIS {TEXT}")
    return folder


def test_several_processes_end_as_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, told, found = many(tmp_path / "in"), [], []
    for jobs in ("1", "2"):
        book, out, page = (tmp_path / f"{jobs}.{kind}" for kind in ("casebook", "jsonl", "html"))
        assert run(monkeypatch, "code", source, "--jobs", jobs, "--out", out) == 1
        assert run(monkeypatch, "report", source, "--jobs", jobs, "--out", page, "-q") == 1
        assert run(monkeypatch, "add", book, source / "10.txt", source / "35.txt", "--jobs", jobs, "-q") == 0
        assert run(monkeypatch, "add", book, source, "--jobs", jobs, "--json") == 1
        assert run(monkeypatch, "add", book, source, "--jobs", jobs) == 1
        with Casebook(book) as casebook:
            found.append((out.read_bytes(), [row.report for row in casebook.reports()], page.read_bytes()))
            assert casebook.check() == []
        told.append(capsys.readouterr())
    assert told[0] == told[1]
    assert found[0] == found[1]
    assert "37 new, 0 recoded, 2 unchanged\n38 ok, 1 partial, 4 failed\n" in told[0].err
    assert "0 new, 0 recoded, 39 unchanged\n38 ok, 1 partial, 4 failed\n" in told[0].err


def test_add_to_something_else_leaves_it_alone(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("My notes. " * 100)
    assert run(monkeypatch, "add", other, inputs) == 2
    complaint = f"marsad: {other} is not a casebook: the casebook comes first, then the reports to add"
    assert capsys.readouterr().err.startswith(complaint)
    assert other.read_text() == "My notes. " * 100


def test_a_missing_model_stops_the_work_at_once(
    inputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> Record:
        raise ModelError("the model is missing: install it")

    monkeypatch.setattr(FakeCoder, "code", broken)
    assert run(monkeypatch, "code", "-q", inputs) == 2
    assert capsys.readouterr().err == "marsad: the model is missing: install it\n"


def lines_of(path: Path, number: int) -> Path:
    path.write_text("".join(json.dumps({"id": f"n{i}", "text": f"SLOW {i} " + TEXT}) + "\n" for i in range(number)))
    return path


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("verb", ["add", "code"])
def test_an_interrupt_keeps_what_was_done(tmp_path: Path, verb: str, jobs: int) -> None:
    source, book, out = lines_of(tmp_path / "s.jsonl", 400), tmp_path / "x.casebook", tmp_path / "out.jsonl"
    arguments = ("add", book, source, "--json") if verb == "add" else ("code", source, "--out", out)
    child = start(*arguments, "--jobs", str(jobs))
    if verb == "add":
        assert child.stdout is not None
        told = [json.loads(child.stdout.readline()) for _ in range(3)]
    else:
        wait_until(lambda: any(path.stat().st_size for path in tmp_path.glob(".out*")))
    child.send_signal(signal.SIGINT)
    rest, err = child.communicate(timeout=20)
    assert child.returncode == 130, err
    assert err.splitlines()[-1] == "marsad: interrupted"
    assert "Traceback" not in err
    if verb == "add":
        told += [json.loads(text) for text in rest.splitlines()]
        with Casebook(book) as casebook:
            kept = [row.report for row in casebook.reports()]
            assert casebook.check() == []
        assert 3 <= len(kept) < 400
        assert [one["report"] for one in told] == kept[: len(told)]
    else:
        assert not out.exists()
        assert 0 < len((tmp_path / "out.jsonl.partial").read_text().splitlines()) < 400
        assert f"what was done is in {out}.partial" in err


def wait_until(ready: Callable[[], object]) -> None:
    for _ in range(1000):
        if ready():
            return
        time.sleep(0.02)
    pytest.fail("the command did not start")


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX pipes")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, jobs: str) -> None:
    source = lines_of(tmp_path / "s.jsonl", 400)
    child = start("code", source, "--jobs", jobs)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    err = child.stderr.read()
    child.stderr.close()
    assert child.wait(timeout=20) == 141
    assert "Traceback" not in err
    assert "Broken pipe" not in err
    assert "Exception ignored" not in err


def test_a_bar_on_the_terminal_takes_nothing_from_the_records(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    child = start("code", lines_of(tmp_path / "s.jsonl", 10), stderr_to=theirs)
    os.close(theirs)
    out, _ = child.communicate(timeout=20)
    shown = os.read(ours, 1_000_000).decode()
    os.close(ours)
    assert child.returncode == 0
    assert len([Record.loads(text) for text in out.splitlines()]) == 10
    assert "coding" in shown


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this system")
    (tmp_path / "a.txt").write_text(TEXT)
    for arguments in (("--version",), ("code", tmp_path / "a.txt", "--quiet")):
        with open("/dev/full", "w") as full:
            child = start(*arguments, stdout_to=full.fileno())
            _, err = child.communicate(timeout=20)
        assert (child.returncode, err) == (2, "marsad: No space left on device\n")

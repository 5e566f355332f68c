"""Told to end, long work ends in order: nothing is left behind, and what is said is so."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from cli_running import TEXT, FakeCoder, run, start

from marsad.casebook import Casebook
from marsad.cli.ending import ended_in_order
from marsad.records import Report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


def slow(path: Path, number: int) -> Path:
    path.write_text("".join(json.dumps({"id": f"n{i}", "text": f"SLOW {i} " + TEXT}) + "\n" for i in range(number)))
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_sigterm_leaves_nothing_behind(tmp_path: Path, jobs: str) -> None:
    book = tmp_path / "x.casebook"
    child = start("add", book, slow(tmp_path / "s.jsonl", 400), "--json", "--jobs", jobs)
    assert child.stdout is not None
    told = [json.loads(child.stdout.readline()) for _ in range(3)]
    child.terminate()
    rest, err = child.communicate(timeout=30)
    assert child.returncode == 128 + signal.SIGTERM
    assert err.splitlines()[-1] == "marsad: interrupted"
    assert "leaked" not in err
    assert "Traceback" not in err
    told += [json.loads(text) for text in rest.splitlines()]
    with Casebook(book) as casebook:
        kept = [row.report for row in casebook.reports()]
        assert casebook.check() == []
    assert 3 <= len(kept) < 400
    assert [one["report"] for one in told] == kept[: len(told)]


@pytest.mark.parametrize(
    ("verb", "option", "at"),
    [("report", "--out", "marsad.page.write_page"), ("export", "--to", "marsad.exchange.writing.write")],
)
def test_sigterm_while_a_file_is_written_leaves_nothing(
    verb: str, option: str, at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(*_: Any, **__: Any) -> None:
        signal.raise_signal(signal.SIGTERM)
        time.sleep(5)

    source = tmp_path / "r.jsonl"
    record = FakeCoder().code(Report("r", TEXT))
    source.write_text(record.dumps() + "\n")
    monkeypatch.setattr(at, ended)
    assert run(monkeypatch, verb, source, option, tmp_path / "made.jsonl") == 128 + signal.SIGTERM
    assert capsys.readouterr().err.splitlines()[-1] == "marsad: interrupted"
    assert list(tmp_path.iterdir()) == [source]


def test_sigterm_keeps_the_records_made_so_far(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    child = start("code", slow(tmp_path / "s.jsonl", 400), "--out", out, "--jobs", "1")
    for _ in range(1000):
        if any(path.stat().st_size for path in tmp_path.glob(".out*")):
            break
        time.sleep(0.02)
    child.terminate()
    _, err = child.communicate(timeout=30)
    assert child.returncode == 128 + signal.SIGTERM
    assert f"what was done is in {out}.partial" in err
    assert (tmp_path / "out.jsonl.partial").stat().st_size
    assert not list(tmp_path.glob(".out*"))


def test_where_nothing_was_done_nothing_is_left_nor_announced(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    child = start("code", "-", "--out", out, "--jobs", "1")  # waits for its input
    for _ in range(1000):
        if list(tmp_path.glob(".out*")):
            break
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    assert child.returncode == 130, err
    assert f"nothing was done yet: {out} is not written" in err
    assert ".partial" not in err
    assert not [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("ctrl_c", [signal.default_int_handler, signal.SIG_IGN])
def test_also_where_ctrl_c_is_ignored(ctrl_c: signal.Handlers) -> None:
    before, terminated = signal.signal(signal.SIGINT, ctrl_c), signal.getsignal(signal.SIGTERM)

    def ended() -> None:
        with ended_in_order():
            signal.raise_signal(signal.SIGTERM)
            time.sleep(5)

    try:
        with pytest.raises(BaseException) as error:  # noqa: PT011 - click's way of ending is no Exception of its own
            ended()
    finally:
        signal.signal(signal.SIGINT, before)
    assert getattr(error.value, "exit_code", None) == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) == terminated

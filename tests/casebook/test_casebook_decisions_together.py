"""Two reviewers at once lose nothing, and one whose program is killed loses nothing that was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from casebook_making import OLD, TEXT, record, report
from deciding import REVIEWER

from marsad.casebook import Casebook
from marsad.decisions import in_force


def begin(path: Path) -> None:
    """A casebook with three reports."""
    with Casebook(path, create=True) as casebook:
        for number in range(3):
            one = report(f"r{number}", f"{TEXT} {number}")
            casebook.add(one, record(one), OLD)


def reviewer(path: Path, who: str, most: int) -> subprocess.Popen[str]:
    """A program that decides, and says what was kept."""
    here = str(Path(__file__).parent)
    arguments = [sys.executable, "-c", REVIEWER, str(path), here, who, str(most), "3"]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def whole(path: Path, acknowledged: dict[str, set[str]]) -> None:
    """Everything acknowledged is kept under its number and hash, and what is listed is what was decided."""
    with Casebook(path) as casebook:
        assert casebook.check() == []
        kept = casebook.decisions()
        assert [one.number for one in kept] == list(range(1, len(kept) + 1))
        for who, lines in acknowledged.items():
            mine = {f"{one.number} {one.hash} {one.kind}" for one in kept if one.who == who}
            assert lines <= mine
        for name in ("r0", "r1", "r2"):
            assert casebook.record(name).events == casebook.reviewed(name).record.events
            assert len(casebook.decisions(name)) == sum(one.target.report == name for one in kept)


def test_two_reviewers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "two.casebook"
    begin(path)
    children = {who: reviewer(path, who, 100) for who in ("Ann", "Bob")}
    told = {who: set(child.communicate(timeout=120)[0].split("\n")) - {""} for who, child in children.items()}
    assert [child.returncode for child in children.values()] == [0, 0]
    assert [len(lines) for lines in told.values()] == [100, 100]
    whole(path, told)
    with Casebook(path) as casebook:
        kept = casebook.decisions()
        assert len(kept) == 200
        assert {one.who for one in kept[:150]} == {"Ann", "Bob"}
        assert 0 < len(in_force(kept)) < 200


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_killed_while_deciding(tmp_path: Path) -> None:
    path = tmp_path / "killed.casebook"
    begin(path)
    told: dict[str, set[str]] = {}
    moments = random.Random(5)
    for turn in range(4):
        names = [f"Ann{turn}", f"Bob{turn}"]
        children = [reviewer(path, who, 10_000) for who in names]
        first = []
        for child in children:
            assert child.stdout is not None
            first.append(child.stdout.readline())
        time.sleep(moments.uniform(0.05, 0.4))
        for child in children:
            os.kill(child.pid, signal.SIGKILL)
        for who, child, line in zip(names, children, first, strict=True):
            assert child.stdout is not None
            # A last line without its end was cut by the kill, after the commit that it tells of.
            lines = [line, *child.stdout.readlines()]
            child.stdout.close()
            assert child.wait() == -signal.SIGKILL
            told[who] = {text.strip() for text in lines if text.endswith("\n")}
        whole(path, told)
    with Casebook(path) as casebook:
        # At most one of each program was kept and could not be told any more.
        assert len(casebook.decisions()) <= sum(map(len, told.values())) + 8

"""Workers that are killed, and programs that are interrupted, in the middle of their work."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest
from scale_making import DeadCoder, FakeCoder, are_gone, descendants, report, start

from marsad.errors import CodingError
from marsad.records import Record
from marsad.scale import Failure, code_many


def test_only_the_report_that_kills_its_worker_fails() -> None:
    guilty = {5: "KILL", 6: "EXIT", 90: "KILL"}
    reports = [report(n, guilty.get(n, "Fictional.")) for n in range(150)]
    results = list(code_many(reports, jobs=2, opener=FakeCoder))
    assert len(results) == 150
    for number, result in enumerate(results):
        if number in guilty:
            assert isinstance(result, Failure)
            assert result.report_id == f"r{number}"
            words = "was killed (SIGKILL), perhaps for want of memory" if guilty[number] == "KILL" else "(exit code 3)"
            assert words in result.reason
        else:
            assert isinstance(result, Record)
            assert result.id == f"r{number}"


def test_a_worker_killed_from_outside_costs_nothing() -> None:
    reports = (report(n, "SLOW " + "x" * 5_000) for n in range(120))
    victims: set[int] = set()
    ids = []
    for result in code_many(reports, jobs=2, opener=FakeCoder):
        assert isinstance(result, Record), result
        ids.append(result.id)
        if len(ids) % 10 == 0 and result.extra["pid"] not in victims:
            victims.add(result.extra["pid"])
            os.kill(result.extra["pid"], signal.SIGKILL)
    assert ids == [f"r{number}" for number in range(120)]
    assert len(victims) > 1


def test_half_a_result_is_not_waited_for() -> None:
    results = list(code_many([report(n, "HALF" if n == 20 else "z") for n in range(40)], jobs=2, opener=FakeCoder))
    assert [n for n, result in enumerate(results) if isinstance(result, Failure)] == [20]


def test_a_large_report_lost_on_the_way_blocks_nothing() -> None:
    # Ten times what a pipe holds, to a worker that no longer takes it out.
    texts = {0: "KILL", 1: "x" * 700_000, 2: "y" * 700_000}
    results = list(code_many([report(n, texts.get(n, "z" * 30_000)) for n in range(12)], jobs=2, opener=FakeCoder))
    assert [isinstance(result, Failure) for result in results] == [True] + [False] * 11


def test_workers_that_cannot_begin_are_an_error_and_no_endless_loop() -> None:
    with pytest.raises(CodingError, match="before it could begin"):
        list(code_many(map(report, range(100)), jobs=2, opener=DeadCoder))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", ["interrupt", "terminal", "kill"])
def test_no_worker_is_left_when_the_program_ends(how: str) -> None:
    child = start()
    assert child.stdout is not None
    for _ in range(40):
        child.stdout.readline()
    below = descendants(child.pid)
    assert len(below) >= 2
    begun = time.monotonic()
    if how == "interrupt":
        child.send_signal(signal.SIGINT)
    elif how == "terminal":  # Ctrl-C there reaches every process of the program
        os.killpg(child.pid, signal.SIGINT)
    else:
        child.kill()
    _, err = child.communicate(timeout=20)
    assert time.monotonic() - begun < 3
    assert are_gone(below)
    assert child.returncode == (-signal.SIGKILL if how == "kill" else -signal.SIGINT)
    assert err.count("Traceback") == (how != "kill"), "the program's own, and none of a worker's"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize("started", [1, 2, 3])
def test_an_interrupt_while_workers_start_is_quiet(started: int) -> None:
    child = start()
    deadline = time.monotonic() + 20
    while len(descendants(child.pid)) < started and time.monotonic() < deadline:
        time.sleep(0.001)
    below = descendants(child.pid)
    os.killpg(child.pid, signal.SIGINT)
    _, err = child.communicate(timeout=20)
    assert child.returncode == -signal.SIGINT
    assert err.count("Traceback") == 1, "the program's own, and none of a worker's"
    assert are_gone(below)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
def test_closing_early_leaves_no_worker() -> None:
    before = descendants(os.getpid())
    results = code_many((report(n, "SLOW") for n in range(10_000)), jobs=2, opener=FakeCoder)
    first = next(results)
    assert isinstance(first, Record)
    workers = descendants(os.getpid()) - before
    assert first.extra["pid"] in workers
    results.close()
    assert not {pid for pid in workers if pid == first.extra["pid"]} & descendants(os.getpid())

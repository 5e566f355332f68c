"""Coders that are quick, slow, or deadly, and a program that uses them in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from marsad.errors import CodingError, ModelError
from marsad.records import Record, Report

HERE = Path(__file__).parent


class FakeCoder:
    """Does what the text of a report says."""

    def __init__(self, packs: Sequence[Path] = ()) -> None:
        self.packs = [str(pack) for pack in packs]

    def code(self, report: Report) -> Record:
        text = report.text
        if "REFUSE" in text:
            raise CodingError(f"{report.id}: the text defeats the coder")
        if "NO MODEL" in text:
            raise ModelError("the model is missing: install it")
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "EXIT" in text:
            os._exit(3)
        if "HALF" in text:
            Connection._send = _send_half  # type: ignore[attr-defined]
        if "SLOW" in text:
            time.sleep(0.02)
        return Record(
            report.id, text, report.source, extra={"pid": os.getpid(), "packs": self.packs, "threads": threads()}
        )


def _send_half(self: Connection[Any, Any], data: bytes) -> None:
    """Send half of a message and be killed."""
    os.write(self.fileno(), data[: len(data) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


class DeadCoder(FakeCoder):
    """Takes its process with it before it can begin."""

    def __init__(self, packs: Sequence[Path] = ()) -> None:
        os._exit(1)


def threads() -> list[str | None]:
    """What numpy's libraries are told of threads."""
    return [os.environ.get(name) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")]


def report(number: int, text: str = "Fictional.") -> Report:
    """A report by its number."""
    return Report(f"r{number}", text)


PROGRAM = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests themselves run in the background
sys.path.insert(0, {str(HERE)!r})
from scale_making import FakeCoder, report
from marsad.scale import code_many
slow = (report(n, "SLOW") for n in range(100_000))
for result in code_many(slow, jobs=2, opener=FakeCoder):
    print(result.id, result.extra["pid"], flush=True)
"""


def start() -> subprocess.Popen[str]:
    """A program that codes for half an hour and prints the id and worker of each report."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def descendants(pid: int) -> set[int]:
    """The processes below one, from /proc."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, new = set[int](), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def are_gone(pids: set[int], seconds: float = 5.0) -> bool:
    """Do all of these processes end in time? One that only waits to be collected has ended."""
    deadline = time.monotonic() + seconds
    while any(map(_runs, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False

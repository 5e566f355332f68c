"""Running the command line with a coder that is quick and known, in this process or in another."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.cli.main import main
from marsad.errors import CodingError, KnowledgeError
from marsad.records import Actor, Claim, Passage, Record, Report, Statement

if TYPE_CHECKING:
    import pytest

HERE = Path(__file__).parent
TEXT = 'The Red Front attacked Alpha on Monday, the mayor said. "They attacked at dawn," he added. Fictional.'


class FakeCoder:
    """Takes every "attacked" for an event and the whole text for a statement; refuses a text with "UNCODABLE"."""

    name, version, fingerprint = "fake", "1", "f1"

    def __init__(self, packs: Any = ()) -> None:
        for pack in packs:
            if not Path(pack).exists():
                raise KnowledgeError(f"{pack}: there is no such actor pack")

    def code(self, report: Report, cleaner: Report | None = None) -> Record:
        text = report.text
        if "UNCODABLE" in text:
            raise CodingError("the text defeats the coder")
        if "SLOW" in text:
            time.sleep(0.05)
        extra = {"outcome": "partial", "skipped": [{"reason": "language is fr"}]} if "FRANÇAIS" in text else {}
        spots = [i for i in range(len(text)) if text.startswith("attacked", i)]
        events = tuple(
            Claim(f"e{n}", Passage(i, i + 8), "ASSAULT", actors=("a1",), according_to=("a1",))
            for n, i in enumerate(spots, 1)
        )
        who = (Actor("a1", "Red Front", "armed-group", (Passage(0, len(text.split()[0])),)),)
        return Record(
            report.id, text, report.source, report.title, report.published,
            actors=who,
            statements=(Statement("s1", "indirect", (Passage(0, len(text.rstrip())),)),) if spots else (),
            events=events, extra=extra,
        )  # fmt: skip


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """The exit code of one command line, with the fake coder."""
    monkeypatch.setattr("marsad.origins.restoring.RestoringCoder", FakeCoder)
    monkeypatch.setattr("marsad.coding.Coder", FakeCoder)
    return main([str(argument) for argument in arguments])


PROGRAM = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests themselves run in the background
sys.path.insert(0, {str(HERE)!r})
import marsad.origins.restoring
from cli_running import FakeCoder
marsad.origins.restoring.RestoringCoder = FakeCoder
from marsad.cli.main import main
sys.exit(main())
"""


def start(
    *arguments: str | Path, stdout_to: int = subprocess.PIPE, stderr_to: int = subprocess.PIPE
) -> subprocess.Popen[str]:
    """The same in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        stdout=stdout_to, stderr=stderr_to, text=True,
    )  # fmt: skip


def on_a_terminal(*arguments: str | Path, timeout: float = 20) -> tuple[str, int]:
    """What the program sends to a terminal, and its exit code. Skips where there are no pseudo-terminals."""
    import pytest

    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    child = start(*arguments, stdout_to=theirs)
    os.close(theirs)
    data = b""
    try:
        while block := os.read(ours, 65536):
            data += block
    except OSError:  # how some systems say that the other end is closed
        pass
    os.close(ours)
    child.communicate(timeout=timeout)
    return data.decode(), child.returncode

"""Adding reports from the page: ``marsad add`` in a process of its own, with its progress told and a way to stop it.

It is the very command of the terminal, so that origins, restoring and what is unchanged are dealt with alike. It runs
at low priority in its own process: the page stays quick, and a file that brings it down brings nothing else down.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock, Thread
from typing import IO, Any, Final

from starlette.exceptions import HTTPException

from marsad.reading import ReadOptions
from marsad.records import Json
from marsad.review.guard import MOST_UPLOAD
from marsad.review.staging import Staging

__all__ = ["COMMAND", "Adding"]

COMMAND: Final = (sys.executable, "-m", "marsad", "add")
_FIELDS: Final = {"published": 10, "source": 300}
"""What may be said of all files, and in how many characters."""
_MOST_TOLD: Final = 500
"""Reports, and problems, that are listed; all are counted."""
_GRACE: Final = 10.0
"""Seconds in which the command may end by itself when it is told to stop."""


class Adding:
    """Adds to the casebook at ``path``, one lot of files after another. ``command`` is another for tests."""

    def __init__(self, path: str, command: Sequence[str] = COMMAND) -> None:
        self.staging = Staging(MOST_UPLOAD)
        self._path, self._command, self._lock = os.path.abspath(path), tuple(command), Lock()
        self._process: subprocess.Popen[str] | None = None
        self._thread: Thread | None = None
        self._told = _Told([])

    def start(self, data: Json) -> Json:
        """Begin to add: ``files`` are keys of files that were sent, ``published`` and ``source`` as in ``marsad add``.

        Raises HTTPException (409) while others are being added, ReadingError where the date is none.
        """
        given = {name: value for name in _FIELDS if (value := _text(data, name)) is not None}
        keys = data.get("files")
        if not isinstance(keys, list) or not keys or not all(isinstance(key, str) for key in keys):
            raise HTTPException(400, "files must be a list of the keys that were given for them")
        ReadOptions(**given)  # type: ignore[arg-type]
        with self._lock:
            if self._process is not None:
                raise HTTPException(409, "reports are being added: wait until they are, or stop that")
            folder, names = self.staging.take(keys)
            options = ["--json", "--quiet", "--jobs", "1", *(f"--{name}={value}" for name, value in given.items())]
            self._told = _Told(names)
            errors = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed by the thread
            self._process = subprocess.Popen(
                [*self._command, self._path, *options, "--", *names], cwd=folder, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=errors, encoding="utf-8", errors="replace", start_new_session=True,
            )  # fmt: skip
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)
            self._thread = Thread(target=self._follow, args=(self._process, self._told, errors, folder), daemon=True)
            self._thread.start()
            return self._told.to_json()

    def progress(self) -> Json:
        """How far it is."""
        with self._lock:
            return self._told.to_json()

    def stop(self) -> Json:
        """Stop what is going on; what is added by then stays."""
        with self._lock:
            process, told = self._process, self._told
            if process is not None and told.state == "adding":
                told.state = "stopping"
                Thread(target=_end, args=(process,), daemon=True).start()
            return told.to_json()

    def close(self) -> None:
        """Stop, and remove the files."""
        self.stop()
        thread = self._thread
        if thread is not None:
            thread.join(_GRACE + 5)
        self.staging.close()

    def _follow(self, process: subprocess.Popen[str], told: _Told, errors: IO[str], folder: Path) -> None:
        assert process.stdout is not None
        with process.stdout as lines, errors:
            for line in lines:
                with suppress(ValueError, KeyError, TypeError, AttributeError), self._lock:
                    told.add(json.loads(line))
            code = process.wait()
            errors.seek(0)
            last = [words.strip() for words in errors.read()[-4000:].splitlines() if words.strip()][-1:]
        for file in folder.iterdir():
            file.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
        with self._lock:
            # 0: all went well; 1: some files did not, which was told of each.
            told.end(None if code in (0, 1) else (last[0] if last else f"adding ended early (status {code})"))
            self._process = None


class _Told:
    """What the command has told so far about the files ``names``, which it takes in this order."""

    def __init__(self, names: list[str]) -> None:
        self.state = "adding" if names else "idle"
        self._names, self._began, self._ended = names, time.monotonic(), None if names else time.monotonic()
        self._at = 0
        self._counts = {"new": 0, "recoded": 0, "unchanged": 0, "failed": 0}
        self._reports: list[Json] = []
        self._problems: list[Json] = []
        self._partial = 0
        self._wrong: str | None = None

    def add(self, line: Json) -> None:
        """One line of ``marsad add --json``: what became of one report."""
        name, change, outcome = str(line["input"]), str(line["change"]), str(line["outcome"])
        file = next((at for at, one in enumerate(self._names) if name == one or name.startswith(f"{one}:")), self._at)
        # A file of many reports is done when the next one begins.
        self._at = max(self._at, file + (name == self._names[file]))
        self._counts[change] += 1
        if change != "failed" and len(self._reports) < _MOST_TOLD:
            self._reports.append({"report": line["report"], "name": name, "change": change})
        if outcome != "ok":
            self._partial += change != "failed"
            if len(self._problems) < _MOST_TOLD:
                self._problems.append({"name": name, "outcome": outcome, "reason": line["reason"] or "no reason given"})

    def end(self, wrong: str | None) -> None:
        """The command has ended; ``wrong`` is why, where it should not have."""
        self._ended = time.monotonic()
        stopped = self.state == "stopping"
        self.state, self._wrong = ("stopped", None) if stopped else ("failed" if wrong else "done", wrong)
        if self.state == "done":
            self._at = len(self._names)

    def to_json(self) -> Json:
        """As the page is told it."""
        going = self.state in ("adding", "stopping")
        return {
            "state": self.state, "files": len(self._names), "done": self._at,
            "current": self._names[self._at] if going and self._at < len(self._names) else None,
            "counts": {**self._counts, "partial": self._partial}, "reports": self._reports, "problems": self._problems,
            "wrong": self._wrong, "seconds": round((self._ended or time.monotonic()) - self._began, 1),
        }  # fmt: skip


def _text(data: Json, name: str) -> str | None:
    value: Any = data.get(name)
    if value is not None and not isinstance(value, str):
        raise HTTPException(400, f"{name} must be text")
    if value is not None and len(value) > _FIELDS[name]:
        raise HTTPException(400, f"{name} may have {_FIELDS[name]:,} characters at most")
    if value is not None and not value.isprintable():
        raise HTTPException(400, f"{name} must be one line of words")
    return value.strip() or None if value else None


def _end(process: subprocess.Popen[str]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with suppress(OSError):
            os.killpg(process.pid, number)
        try:
            process.wait(_GRACE)
            return
        except subprocess.TimeoutExpired:
            continue

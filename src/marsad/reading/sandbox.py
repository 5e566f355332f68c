"""The parent's end of the worker: deadlines, restarts, and words for how it died."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any, Final

from marsad.reading.draft import Draft, Refusal
from marsad.reading.options import ReadOptions
from marsad.reading.worker import LENGTH
from marsad.records import Source

__all__ = ["Sandbox"]

_START_SECONDS: Final = 30.0
_MOST_INPUTS: Final = 1_000
"""Inputs after which a worker is replaced, so that what its libraries hoard does not add up."""
_ENTRY: Final = "import sys; sys.path[:] = {path!r}; from marsad.reading.worker import main; main()"


class _DeadError(Exception):
    """The worker ended or broke the protocol."""


class Sandbox:
    """Parses inputs in a child process that is started when first needed and after each death.

    A context manager; not for use by several threads at once.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._served = 0

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def convert(self, kind: str, data: bytes) -> list[Draft | Refusal]:
        """As :func:`marsad.reading.convert.convert`, but sure to end, and soon after ``max_seconds``."""
        options = self._options
        try:
            connection = self._started()
        except (OSError, _DeadError) as error:
            self.close()
            return [Refusal(f"the parsing process cannot be started: {str(error)[:100]}")]
        deadline = time.monotonic() + options.max_seconds
        try:
            head = json.dumps({"kind": kind, "options": asdict(options)}).encode()
            for frame in (head, data):
                _send(connection, LENGTH.pack(len(frame)), deadline)
                _send(connection, frame, deadline)
            size = LENGTH.unpack(_receive(connection, LENGTH.size, deadline))[0]
            # 12 bytes: the longest that JSON makes of one character; a list of reports is no longer than its file
            if size > 12 * options.max_characters + 12 * len(data) + (1 << 20):
                raise _DeadError("answered at too great a length")
            items = _unpacked(_receive(connection, size, deadline))
        except TimeoutError:
            self.close()
            return [Refusal(f"not parsed within {options.max_seconds:g} seconds")]
        except (OSError, _DeadError, ValueError, TypeError, KeyError) as error:
            return [Refusal(self._obituary(kind, str(error)))]
        self._served += 1
        if self._served >= _MOST_INPUTS or any(isinstance(i, Refusal) and "memory" in i.reason for i in items):
            self.close()
        return items

    def close(self) -> None:
        """End the worker, if there is one, and wait until it is gone."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._connection = self._process = None
        self._served = 0

    def _started(self) -> socket.socket:
        if self._connection is not None and self._process is not None and self._process.poll() is None:
            return self._connection
        self.close()
        ours, theirs = socket.socketpair()
        self._connection = ours
        with theirs:
            path = [os.path.abspath(folder) for folder in sys.path]
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    "-c",
                    _ENTRY.format(path=path),
                    str(theirs.fileno()),
                    str(self._options.max_memory),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC"},
            )
        _receive(ours, LENGTH.size, time.monotonic() + _START_SECONDS)
        return ours

    def _obituary(self, kind: str, error: str) -> str:
        process = self._process
        if process is None:
            return f"the {kind} parser failed: {error}"
        try:
            code = process.wait(1)
        except subprocess.TimeoutExpired:
            self.close()
            return f"the {kind} parser {error}"
        self.close()
        if code < 0:
            try:
                name = signal.Signals(-code).name
            except ValueError:
                name = f"signal {-code}"
            return f"the {kind} parser crashed ({name})"
        return f"the {kind} parser ended early (exit code {code})"


def _send(connection: socket.socket, data: bytes, deadline: float) -> None:
    view = memoryview(data)
    while view:
        connection.settimeout(_left(deadline))
        view = view[connection.send(view[: 1 << 20]) :]


def _receive(connection: socket.socket, size: int, deadline: float) -> bytes:
    parts = []
    while size:
        connection.settimeout(_left(deadline))
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise _DeadError("closed its connection")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _unpacked(answer: bytes) -> list[Draft | Refusal]:
    items: list[Draft | Refusal] = []
    for name, fields in json.loads(answer):
        if name == "Refusal":
            items.append(Refusal(str(fields["reason"]), str(fields["part"])))
            continue
        source = fields["source"]
        items.append(
            Draft(
                str(fields["text"]),
                _optional(fields["title"]),
                _optional(fields["published"]),
                _optional(fields["author"]),
                Source(
                    _optional(source["name"]),
                    _optional(source["url"]),
                    _optional(source["licence"]),
                    dict(source["extra"]),
                ),
                _optional(fields["id"]),
                str(fields["part"]),
                tuple(str(note) for note in fields["notes"]),
            )
        )
    return items


def _optional(value: Any) -> str | None:
    return None if value is None else str(value)

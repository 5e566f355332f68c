"""The child process that parses what may hang, crash or take all memory.

It speaks over one socket: a frame is a length in eight bytes and that many
bytes. A question is two frames, a JSON head and the input; an answer is one
frame of JSON. Nothing is pickled, so a parser that was taken over can send
back nothing but text.
"""

from __future__ import annotations

import json
import math
import resource
import signal
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from marsad.reading.convert import convert
from marsad.reading.draft import Draft, Refusal
from marsad.reading.options import ReadOptions

__all__ = ["LENGTH", "main", "packed", "received"]

LENGTH: Final = struct.Struct(">Q")
_LARGEST_FILE: Final = 1 << 28
"""Bytes that the child may write to one file; py3langid unpacks its model into a temporary one."""
_GRACE: Final = 5
"""Seconds after the deadline at which the child ends itself, should its parent have died."""


def packed(items: list[Draft | Refusal]) -> bytes:
    """Drafts and refusals as JSON, each under its class name."""
    return json.dumps([[type(item).__name__, asdict(item)] for item in items], ensure_ascii=False).encode(
        "utf-8", "replace"
    )


def received(connection: socket.socket, size: int) -> bytes:
    """Exactly ``size`` bytes. Raises EOFError when the other side closes before."""
    buffer = bytearray(size)
    view = memoryview(buffer)
    got = 0
    while got < size:
        count = connection.recv_into(view[got:], min(size - got, 1 << 20))
        if not count:
            raise EOFError("the other side closed")
        got += count
    return bytes(buffer)


def _frame(connection: socket.socket) -> bytes:
    return received(connection, LENGTH.unpack(received(connection, LENGTH.size))[0])


def _lower(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(connection: socket.socket) -> None:
    head: dict[str, Any] = json.loads(_frame(connection))
    data = _frame(connection)
    options = ReadOptions(**head["options"])
    signal.alarm(math.ceil(options.max_seconds) + _GRACE)
    try:
        answer = packed(convert(head["kind"], data, options))
    except MemoryError:
        answer = packed([Refusal("needs more memory than allowed")])
    signal.alarm(0)
    connection.sendall(LENGTH.pack(len(answer)) + answer)


def main() -> None:
    """Answer questions on the socket of the file descriptor in ``argv[1]`` until it closes."""
    number, memory = int(sys.argv[1]), int(sys.argv[2])
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with socket.socket(fileno=number) as connection:
        connection.sendall(LENGTH.pack(0))
        with suppress(EOFError, OSError):
            while True:
                _answer(connection)

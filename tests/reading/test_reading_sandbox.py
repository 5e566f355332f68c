"""Parsers that hang, crash or take all memory end as a reason, and the next input is read."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from marsad.reading import ReadOptions, sandbox
from marsad.reading.draft import Draft, Refusal
from marsad.reading.sandbox import Sandbox

PAGE = b"<p>Armed men attacked the village.</p>"
BAD_PARSER = """
import os, signal, time
from marsad.reading import worker
real = worker.convert
def convert(kind, data, options):
    if data == b"crash": os.kill(os.getpid(), signal.SIGSEGV)
    if data == b"exit": os._exit(3)
    if data == b"hang": time.sleep(60)
    if data == b"noise": os.write(int(__import__("sys").argv[1]), b"\\xff" * 64)
    if data == b"hoard": return [bytearray(1 << 40)]
    return real(kind, data, options)
worker.convert = convert
"""


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose parser does what the input says."""
    start, end = sandbox._ENTRY.split("from marsad")
    monkeypatch.setattr(sandbox, "_ENTRY", f"{start.replace('; ', chr(10))}{BAD_PARSER}\nfrom marsad{end}")


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"crash", "crashed (SIGSEGV)"),
        (b"exit", "exit code 3"),
        (b"hang", "not parsed within 3 seconds"),
        (b"noise", "the html parser"),
        (b"hoard", "memory"),
    ],
)
def test_bad_parser_and_good_neighbours(data: bytes, words: str) -> None:
    with Sandbox(ReadOptions(max_seconds=3)) as apart:
        (before,) = apart.convert("html", PAGE)
        began = time.monotonic()
        (bad,) = apart.convert("html", data)
        taken = time.monotonic() - began
        (after,) = apart.convert("html", PAGE)
    assert isinstance(bad, Refusal)
    assert words in bad.reason
    assert taken < 8
    assert isinstance(before, Draft)
    assert after == before


def test_one_worker_serves_many_and_is_gone_afterwards() -> None:
    with Sandbox(ReadOptions()) as apart:
        pids = set()
        for _ in range(3):
            apart.convert("html", PAGE)
            assert apart._process
            pids.add(apart._process.pid)
    assert len(pids) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(pids.pop(), 0)


def test_worker_is_not_started_for_plain_text() -> None:
    program = "import sys; from marsad.reading import read; list(read(sys.argv[1:])); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, __file__], capture_output=True, text=True, check=True, timeout=60
    )
    assert not {"trafilatura", "pypdfium2", "multiprocessing"} & set(done.stdout.split())


def test_small_memory_is_enough_for_nothing() -> None:
    with Sandbox(ReadOptions(max_memory=1 << 20, max_seconds=5)) as apart:
        (refusal,) = apart.convert("html", PAGE)
    assert isinstance(refusal, Refusal)
    assert "cannot be started" in refusal.reason or "ended early" in refusal.reason


def test_deadline_holds_for_a_real_parser() -> None:
    page = b"<html><body><article>" + b"<table><tr><td>x" * 300_000
    began = time.monotonic()
    with Sandbox(ReadOptions(max_seconds=0.05)) as apart:
        (refusal,) = apart.convert("html", page)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "not parsed within 0.05 seconds"
    assert time.monotonic() - began < 5

"""Reading of many inputs, one outcome after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO, Final, cast

from marsad.errors import ReadingError, UnsupportedInput
from marsad.reading.convert import KINDS, RISKY, convert
from marsad.reading.draft import Draft, Refusal, scrub
from marsad.reading.encoding import decode, looks_like_text
from marsad.reading.identity import Identities, stem_of
from marsad.reading.language import language_of
from marsad.reading.options import ReadOptions
from marsad.reading.outcome import Outcome
from marsad.reading.sandbox import Sandbox
from marsad.reading.sniff import LOOK, holds_lines, sniff
from marsad.reading.stream import Stream, open_file
from marsad.reading.walk import Found, Missing, walk
from marsad.records import Report

__all__ = ["read"]

_LARGE_JSON: Final = 1 << 20
"""Bytes of JSON above which it is parsed in the sandbox: its objects can take thirty times as much memory."""
_WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_REPLACED: Final = "\ufffd".encode()


def read(paths: Iterable[str | Path], options: ReadOptions | None = None) -> Iterator[Outcome]:
    """One outcome for each report below ``paths``, as they are read.

    A path is a file, a folder or ``-`` for standard input. A ``.jsonl`` file
    gives an outcome a line, a ``.json`` list one an object, every other file
    one. What is wrong with an input ends as an outcome with a reason, never as
    an exception.
    """
    options = options or ReadOptions()
    identities = Identities()
    with Sandbox(options) as sandbox:
        for found in walk(paths):
            if isinstance(found, Missing):
                yield _failed(found.name, found.reason)
            else:
                yield from _Input(found, options, sandbox, identities).outcomes()


class _Input:
    """One file on its way to outcomes."""

    def __init__(self, found: Found, options: ReadOptions, sandbox: Sandbox, identities: Identities) -> None:
        self._found = found
        self._options = options
        self._sandbox = sandbox
        self._identities = identities

    def outcomes(self) -> Iterator[Outcome]:
        name = self._found.name
        try:
            with ExitStack() as stack:
                kind, zipped = _kind(self._found)
                stream = Stream(self._open(stack), self._options.max_bytes)
                yield from self._of_stream(stream, kind, zipped)
        except ReadingError as error:
            yield _failed(name, str(error))
        except MemoryError:
            yield _failed(name, "not enough memory")

    def _open(self, stack: ExitStack) -> BinaryIO:
        if self._found.path is not None:
            return stack.enter_context(open_file(self._found.path))
        if sys.stdin is None or sys.stdin.closed:
            raise ReadingError("there is no standard input")
        return cast(BinaryIO, sys.stdin.buffer)

    def _of_stream(self, stream: Stream, kind: str | None, zipped: bool) -> Iterator[Outcome]:
        if zipped or (kind is None and stream.peek(2) == b"\x1f\x8b"):
            stream.unzip()
        if kind is None:
            kind = sniff(stream.peek(LOOK))
        elif kind == "text" and self._found.path and not _suffix(self._found.path)[0]:
            kind = "text" if looks_like_text(stream.peek(8192)) else None
        if kind is None:
            raise UnsupportedInput("no reader for this content: it is no text, HTML, JSON, PDF or Word file")
        if kind == "jsonl" or (kind == "json" and holds_lines(stream.peek(LOOK))):
            yield from self._of_lines(stream)
            return
        data = stream.whole()
        for item in self._convert(kind, data):
            yield self._outcome(item, stream.note)

    def _of_lines(self, stream: Stream) -> Iterator[Outcome]:
        lost = replaced = None
        if stream.peek(2) in _WIDE_BOMS:
            text, replaced = decode(stream.whole())
            lost = stream.note
            stream = Stream(BytesIO(text.encode("utf-8", "replace")), self._options.max_bytes)
        some = False
        for number, line in stream.lines():
            some = True
            for item in self._convert("line", line):
                yield self._outcome(item, replaced if _REPLACED in line else None, str(number))
        lost = lost or stream.note
        if lost:
            yield _failed(self._found.name, f"{lost}; what follows is lost")
        elif not some:
            yield _failed(self._found.name, "no text")

    def _convert(self, kind: str, data: bytes) -> list[Draft | Refusal]:
        large = kind in ("json", "line") and len(data) > _LARGE_JSON
        if kind in RISKY or large:
            return self._sandbox.convert(kind, data)
        return convert(kind, data, self._options)

    def _outcome(self, item: Draft | Refusal, note: str | None, line: str = "") -> Outcome:
        part = line or item.part
        name = f"{self._found.name}:{part}" if part else self._found.name
        if isinstance(item, Refusal):
            where = f"line {line}: " if line else ""
            return _failed(name, where + item.reason)
        stem = stem_of(self._found.name)
        wished = item.id or (f"{stem}:{part}" if part else stem)
        notes = "; ".join(filter(None, (*item.notes, note))) or None
        report = Report(
            id=self._identities.unique(scrub(wished), item.text),
            text=item.text,
            title=item.title,
            published=self._options.published or item.published,
            source=item.source if item.source.name else replace(item.source, name=self._options.source),
            author=item.author,
            language=language_of(item.text),
            partial=notes,
        )
        return Outcome(scrub(name), "partial" if notes else "ok", report, notes)


def _failed(name: str, reason: str) -> Outcome:
    return Outcome(scrub(name), "failed", None, scrub(reason))


def _suffix(path: str) -> tuple[str, bool]:
    """The suffix that tells the kind, and whether ``.gz`` stands after it."""
    pure = PurePath(path)
    if pure.suffix.lower() == ".gz":
        return PurePath(pure.stem).suffix.lower(), True
    return pure.suffix.lower(), False


def _kind(found: Found) -> tuple[str | None, bool]:
    """The kind by the file's name, None where its content must tell, and whether it is zipped."""
    if found.path is None:
        return None, False
    suffix, zipped = _suffix(found.path)
    if zipped and not suffix:
        return None, True
    if suffix not in KINDS:
        raise UnsupportedInput(f"no reader for {scrub(suffix)[:40]}" + (".gz" if zipped else ""))
    return KINDS[suffix], zipped

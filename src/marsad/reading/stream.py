"""Bytes of a file, unzipped where need be, never more than allowed."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import BinaryIO, Final

from marsad.errors import LimitExceeded, ReadingError

__all__ = ["Stream", "open_file"]

_CHUNK: Final = 256 * 1024
_BOMB_RATIO: Final = 250
"""Text shrinks 3 to 10 times, rows that repeat perhaps 50 times; gzip's utmost is 1,032."""


def open_file(path: str) -> BinaryIO:
    """``path`` opened for reading if it is a regular file. Raises ReadingError.

    Pipes and devices are refused, since reading one may wait for ever.
    """
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise ReadingError(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise ReadingError("not a regular file; to read from a pipe, give it as standard input with '-'")
    return os.fdopen(number, "rb")


class Stream:
    """A file read once from front to back, with a look ahead.

    ``note`` says, after reading, what of it could not be had.
    """

    def __init__(self, file: BinaryIO, most: int) -> None:
        self.note: str | None = None
        self._most = most
        self._chunks = self._raw(file)
        self._ahead = b""

    def peek(self, size: int) -> bytes:
        """The next ``size`` bytes, or all that are left, without taking them. Raises ReadingError."""
        parts = [self._ahead]
        got = len(self._ahead)
        while got < size:
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            parts.append(chunk)
            got += len(chunk)
        self._ahead = b"".join(parts)
        return self._ahead[:size]

    def unzip(self) -> None:
        """Take what follows as gzip."""
        self._chunks = self._unzipped(self._rest())

    def whole(self) -> bytes:
        """All that is left. Raises LimitExceeded beyond the limit, ReadingError."""
        parts = []
        size = 0
        for chunk in self._rest():
            size += len(chunk)
            if size > self._most:
                raise LimitExceeded(f"larger than {self._most:,} bytes (max_bytes)")
            parts.append(chunk)
        return b"".join(parts)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its number from 1, blank ones left out. Raises LimitExceeded, ReadingError."""
        number = 0
        kept: list[bytes] = []
        size = 0
        for chunk in self._rest():
            first, *others = chunk.split(b"\n")
            kept.append(first)
            size += len(first)
            for piece in others:
                number += 1
                line = b"".join(kept)
                if line.strip():
                    yield number, line
                kept, size = [piece], len(piece)
            if size > self._most:
                raise LimitExceeded(
                    f"line {number + 1} is longer than {self._most:,} bytes (max_bytes); nothing after it was read"
                )
        line = b"".join(kept)
        if line.strip():
            yield number + 1, line

    def _rest(self) -> Iterator[bytes]:
        ahead, self._ahead = self._ahead, b""
        return chain([ahead] if ahead else [], self._chunks)

    @staticmethod
    def _raw(file: BinaryIO) -> Iterator[bytes]:
        try:
            while chunk := file.read(_CHUNK):
                yield chunk
        except (OSError, ValueError) as error:
            raise ReadingError(f"cannot be read: {error}") from None

    def _unzipped(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The members of a gzip file one after the other; what is not gzip after the first is left."""
        taken = given = 0
        unzipper = zlib.decompressobj(31)
        fresh = True
        for chunk in chunks:
            taken += len(chunk)
            rest = chunk
            while rest:
                if unzipper.eof:
                    unzipper, fresh = zlib.decompressobj(31), True
                    rest = rest.lstrip(b"\0")  # padding between members
                    if not rest:
                        break
                try:
                    part = unzipper.decompress(rest, _CHUNK)
                except zlib.error as error:
                    if not given:
                        raise ReadingError(f"not gzip: {error}") from None
                    self.note = f"the gzip data are damaged after {given:,} bytes"
                    return
                fresh = False
                given += len(part)
                if given > self._most and given > _BOMB_RATIO * taken:
                    raise LimitExceeded(f"unpacks to more than {_BOMB_RATIO} times its size: taken for a gzip bomb")
                if part:
                    yield part
                rest = unzipper.unused_data if unzipper.eof else unzipper.unconsumed_tail
        if not unzipper.eof and not fresh:
            with suppress(zlib.error):
                if last := unzipper.flush():
                    given += len(last)
                    yield last
            if not given:
                raise ReadingError("the gzip data end before the first byte of content")
            self.note = "the gzip data end early"

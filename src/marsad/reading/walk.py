"""From the paths asked for to single files, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Found", "Missing", "walk"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; ``path`` is None for standard input."""

    name: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """A path that leads nowhere, and why."""

    name: str
    reason: str


def walk(paths: Iterable[str | Path]) -> Iterator[Found | Missing]:
    """Every file below ``paths``, folders in the order of their names; ``-`` is standard input.

    In folders, names that begin with a dot are skipped, and a folder that was
    walked already, through a link or a second path, is not walked again.
    """
    seen: set[tuple[int, int]] = set()
    for given in paths:
        path = os.fspath(given)
        if path == "-":
            yield Found("-", None)
        else:
            yield from _walk(path, seen)


def _walk(top: str, seen: set[tuple[int, int]]) -> Iterator[Found | Missing]:
    pending = [top]
    while pending:
        path = pending.pop()
        try:
            status = os.stat(path)
        except (OSError, ValueError) as error:
            yield Missing(path, _reason(path, error))
            continue
        if not stat.S_ISDIR(status.st_mode):
            yield Found(path, path)
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        try:
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except OSError as error:
            yield Missing(path, _reason(path, error))
            continue
        pending.extend(os.path.join(path, name) for name in reversed(names))


def _reason(path: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "the link leads nowhere" if os.path.islink(path) else "no such file or folder"
    return f"cannot be opened: {getattr(error, 'strerror', None) or error}"

"""From the paths asked for to single files, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
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
    walked already, through a second path, is not walked again. A link to a
    folder is followed where it is one of ``paths`` only: what it leads to was
    not asked for, unless it is below them, where it is walked anyway.
    """
    seen: set[tuple[int, int]] = set()
    below = [_real(given) for given in paths] if isinstance(paths, Sequence) else []
    for given in paths:
        path = os.fspath(given)
        if path == "-":
            yield Found("-", None)
        else:
            below.append(_real(given))
            yield from _walk(path, seen, below)


def _walk(top: str, seen: set[tuple[int, int]], below: list[str | None]) -> Iterator[Found | Missing]:
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
        if path != top and os.path.islink(path):
            if not _walked(os.path.realpath(path), below):
                yield Missing(
                    path, "a link to a folder, which is not followed: name it beside the others to have it read"
                )
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


def _real(path: str | Path) -> str | None:
    """The path of a folder without links; None where it is no folder."""
    try:
        return os.path.realpath(path) if os.path.isdir(path) else None
    except ValueError:
        return None


def _walked(path: str, below: Iterable[str | None]) -> bool:
    """Whether a folder, by its real path, is walked because it is below one that was asked for."""
    for top in filter(None, below):
        try:
            inner = os.path.relpath(path, top)
        except ValueError:  # on another drive
            continue
        if inner == "." or not any(part.startswith(".") for part in inner.split(os.sep)):
            return True
    return False


def _reason(path: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "the link leads nowhere" if os.path.islink(path) else "no such file or folder"
    return f"cannot be opened: {getattr(error, 'strerror', None) or error}"

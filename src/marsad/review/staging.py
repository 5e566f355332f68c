"""Files that a browser sends, kept in a folder of their own until they are added: by safe names, and not too many."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from marsad.records import Json

__all__ = ["MOST_FILES", "Staging", "safe_name"]

MOST_FILES: Final = 2000
_MOST_ALL: Final = 1024**3
"""Bytes of all files that wait."""
_LONGEST: Final = 120


class Staging:
    """A temporary folder of one server; what is in it goes with :meth:`close`."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._folder: Path | None = None
        self._waiting: dict[str, tuple[str, int]] = {}

    async def keep(self, name: str, parts: AsyncIterator[bytes]) -> Json:
        """Keep one file; its key, name and size. HTTPException (413, 507) where it is too large or does not fit."""
        if len(self._waiting) >= MOST_FILES or sum(size for _, size in self._waiting.values()) >= _MOST_ALL:
            raise HTTPException(413, "too many files wait to be added: add these first")
        key, size, clean = secrets.token_urlsafe(9), 0, safe_name(name)
        path = self.folder / key
        try:
            with path.open("xb") as file:
                async for part in parts:
                    size += len(part)
                    if size > self._most:
                        raise HTTPException(413, f"{clean} is larger than {self._most:,} bytes")
                    await run_in_threadpool(file.write, part)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise HTTPException(507, f"{clean} cannot be kept: {error.strerror or error}") from None
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self._waiting[key] = (clean, size)
        return {"file": key, "name": clean, "bytes": size}

    def take(self, keys: Iterable[str]) -> tuple[Path, list[str]]:
        """Put files by their names into a folder of their own: that folder, and the names in the order of the keys.

        HTTPException where one of the keys is unknown.
        """
        wanted = list(dict.fromkeys(keys))
        if any(key not in self._waiting for key in wanted):
            raise HTTPException(400, "one of the files is not here any more: choose the files again")
        folder = Path(mkdtemp(dir=self.folder))
        names: list[str] = []
        for key in wanted:
            name = _free(self._waiting.pop(key)[0], names)
            os.replace(self.folder / key, folder / name)
            names.append(name)
        return folder, names

    @property
    def folder(self) -> Path:
        """Where it all is; made when it is needed, for the owner alone."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="marsad-adding-"))
        return self._folder

    def close(self) -> None:
        """Remove everything."""
        self._waiting.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def safe_name(name: str) -> str:
    """The name of a file without its folder, and without what a shell, a terminal or another system could trip over."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    # What is not printable: controls, half characters, marks that turn the direction, blanks but the plain one.
    kept = "".join(one if one.isprintable() else "_" for one in last)
    kept = kept.replace(":", "_").strip()
    if not kept.strip("."):
        return "file"
    if kept[0] in ".-":
        kept = f"_{kept[1:]}"
    stem, dot, suffix = kept.rpartition(".")
    if len(kept.encode()) <= _LONGEST:
        return kept
    suffix = suffix[:12] if dot else ""
    stem = (stem if dot else kept).encode()[: _LONGEST - 14].decode("utf-8", "ignore")
    return f"{stem}{dot}{suffix}"


def _free(name: str, taken: Iterable[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
    return found

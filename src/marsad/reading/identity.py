"""Ids of reports: those given or the file's name, no two alike in one run."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath
from typing import Final

__all__ = ["Identities", "stem_of"]

_UNFIT: Final = re.compile(r"[\s\x00-\x1f\x7f]+")


def stem_of(name: str) -> str:
    """The file name without folder and suffixes, blanks as ``-``; ``stdin`` for standard input."""
    if name == "-":
        return "stdin"
    path = PurePath(name)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    return _UNFIT.sub("-", path.stem).strip("-")[:200] or "report"


class Identities:
    """Hands out ids: the one wished for to the first who asks, with a short hash of the text to others."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, wished: str, text: str) -> str:
        """``wished``, or ``wished-HASH``, or ``wished-HASH-2`` for the same text once more."""
        found = wished
        if found in self._taken:
            found = base = f"{wished}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
            number = 1
            while found in self._taken:
                number += 1
                found = f"{base}-{number}"
        self._taken.add(found)
        return found

"""The chain of hashes: whether what is kept is what was decided, all of it and in its order."""

from __future__ import annotations

import json
from collections.abc import Iterable

from marsad.decisions.decision import START, digest

__all__ = ["broken"]


def broken(rows: Iterable[tuple[int, str, str]]) -> str | None:
    """The first thing wrong with decisions as they are kept (number, canonical form, hash); None if nothing is.

    What was changed, taken out, put in between or moved shows. That the last ones were taken away does not, unless
    their last hash was noted elsewhere.
    """
    before = START
    for expected, (number, canonical, kept) in enumerate(rows, 1):
        if number != expected:
            return f"decision {expected} is missing"
        try:
            told = json.loads(canonical)["number"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return f"decision {number} cannot be read"
        if told != number or not canonical.isascii() or digest(before, canonical) != kept:
            return f"decision {number} is not as it was decided"
        before = kept
    return None

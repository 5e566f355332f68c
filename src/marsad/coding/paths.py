"""The way through the parse from one word to another."""

from __future__ import annotations

from marsad.coding.document import Document

__all__ = ["ancestors", "path"]

_LONGEST = 12


def ancestors(document: Document, word: int) -> list[int]:
    """The word and its heads up to the root, nearest first; at most a dozen."""
    words = document.words
    found = [word]
    while len(found) < _LONGEST and words[found[-1]].head != found[-1]:
        found.append(words[found[-1]].head)
    return found


def path(document: Document, start: int, end: int) -> tuple[list[int], list[int]] | None:
    """Words climbed from ``start`` up to (without) the common head, and words from below it down to ``end``.

    The common head itself is in neither list. None when the two do not hang
    together or are too far apart.
    """
    up = ancestors(document, start)
    down = ancestors(document, end)
    place = {word: i for i, word in enumerate(up)}
    for j, word in enumerate(down):
        if word in place:
            return up[: place[word]], list(reversed(down[:j]))
    return None

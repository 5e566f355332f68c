"""Words put back from a cleaner copy of the same report."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from marsad.origins.alignment import align
from marsad.origins.restoring.change import Change, ChangeKind
from marsad.origins.wording import Unit, Wording

__all__ = ["from_copy"]

_LONGEST: Final = 4
"""Words: more in one place were written anew, not swapped."""
_EVEN: Final = 0.97
_UNEVEN: Final = 0.9
"""Confidence where as many words stand for as many, and where not."""


def from_copy(garbled: str, clean: str, of: str) -> list[Change]:
    """What ``clean``, the text of the report ``of``, has in place of swapped words; quotations stay as they are.

    The changes are in order and do not overlap.
    """
    ours, theirs = Wording(garbled), Wording(clean)
    found: dict[int, Change] = {}
    for pair in align(ours, theirs).pairs:
        for change in _swaps(ours, ours.units[pair.a], theirs, theirs.units[pair.b], of):
            found.setdefault(change.start, change)
    kept: list[Change] = []
    for change in sorted(found.values(), key=lambda c: c.start):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def _swaps(ours: Wording, here: Unit, theirs: Wording, there: Unit, of: str) -> list[Change]:
    (a, b), (c, d) = here.words, there.words
    matcher = SequenceMatcher(None, ours.words[a:b], theirs.words[c:d], autojunk=False)
    if not matcher.get_matching_blocks()[0].size:
        return []
    found = []
    for how, i1, i2, j1, j2 in matcher.get_opcodes():
        if how != "replace" or max(i2 - i1, j2 - j1) > _LONGEST or any(ours.quoted[a + i1 : a + i2]):
            continue
        start, end = ours.spans[a + i1][0], ours.spans[a + i2 - 1][1]
        low, high = theirs.spans[c + j1][0], theirs.spans[c + j2 - 1][1]
        was, reading = ours.text[start:end], theirs.text[low:high]
        if "\n" in was or "\n" in reading:
            continue
        if was[0].isupper() and reading[0].islower() and _opens(ours.text, start):
            reading = reading[0].upper() + reading[1:]
        name = any(theirs.named[c + j1 : c + j2])
        kind: ChangeKind = "name" if name else "word" if j2 - j1 == 1 else "phrase"
        sure = _EVEN if i2 - i1 == j2 - j1 else _UNEVEN
        found.append(Change(start, end, reading, sure, kind, "copy", f'"{reading}" stands there in {of}', of))
    return found


def _opens(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"“'‘(")
    return not before or before[-1] in ".!?:\n"

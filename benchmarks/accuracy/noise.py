"""Rough texts: lower-cased, badly scanned, or without paragraphs."""

from __future__ import annotations

import random
import re

from remap import Edit

__all__ = ["joined", "lower", "scanned"]

LOOKALIKES = {
    "l": "1", "I": "l", "i": "l", "O": "0", "o": "c", "e": "c", "c": "e", "a": "o", "h": "b", "b": "h", "n": "u",
    "u": "n", "t": "f", "f": "t", "S": "5", "s": "5", "B": "8", "g": "q", "m": "rn", "w": "vv", "d": "cl", "r": "i",
    "5": "S", "0": "O", "1": "l", ",": ".", ".": ",", "“": '"', "”": '"', "’": "'",
}  # fmt: skip
"""What a reader of scans takes a letter for."""
SHARE = 0.02
"""Share of letters that are read wrongly: a poor scan, still readable."""
BLANKS = 0.01
"""Share of blanks that are lost."""


def lower(text: str) -> list[Edit]:
    """Every capital becomes small, where a small letter of the same length exists."""
    return [
        Edit(k, k + 1, small)
        for k, letter in enumerate(text)
        if (small := letter.lower()) != letter and len(small) == 1
    ]


def joined(text: str) -> list[Edit]:
    """Breaks of lines and paragraphs become one blank each."""
    return [Edit(m.start(), m.end(), " ") for m in re.finditer(r"[^\S\n]*\n\s*", text.rstrip())]


def scanned(text: str, seed: int) -> list[Edit]:
    """Some letters are taken for others that look like them, and some blanks between words are lost."""
    rng = random.Random(f"scan {seed} {text[:80]}")
    edits = []
    for k, letter in enumerate(text):
        chance = rng.random()
        if letter in LOOKALIKES and chance < SHARE:
            edits.append(Edit(k, k + 1, LOOKALIKES[letter]))
        elif letter == " " and chance < BLANKS:
            edits.append(Edit(k, k + 1, ""))
    return edits

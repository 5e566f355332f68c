"""What a poor scan makes of a text: letters taken for others that look like them, lost or read twice."""

from __future__ import annotations

import random
import re
from typing import Final

__all__ = ["LOOKALIKES", "scanned"]

LOOKALIKES: Final = {
    "a": "eo", "b": "h6", "c": "e(", "d": "a", "e": "ca", "f": "t", "g": "9y", "h": "bn", "i": "l1", "j": "i", "k": "h",
    "l": "i1", "m": "n", "n": "ur", "o": "ce", "p": "o", "r": "n", "s": "a3", "t": "lf", "u": "nv", "v": "y", "y": "v",
    "z": "2", "B": "8R", "C": "G", "D": "O", "E": "F", "G": "C", "I": "1", "O": "0", "S": "8", "U": "V", "Z": "2",
}  # fmt: skip
"""Letters, and those for which each is taken."""
TWO: Final = (("rn", "m"), ("cl", "d"), ("li", "h"), ("ri", "n"), ("ii", "u"), ("nn", "m"), ("in", "m"))
"""Letters next to each other that are taken for one."""
WORD: Final = re.compile(r"[A-Za-z]{2,}")
SHARES: Final = (0.005, 0.05)
"""The least and the greatest share of the letters that are misread."""


def scanned(text: str, rng: random.Random) -> list[tuple[int, int, str]]:
    """Words that are misread: code points ``[start, end)`` of each, and what is read there."""
    share = rng.uniform(*SHARES)
    found = []
    for word in WORD.finditer(text):
        letters = [_read(letter, rng) if rng.random() < share else letter for letter in word[0]]
        new = "".join(letters)
        if rng.random() < share:
            pair, one = rng.choice(TWO)
            new = new.replace(pair, one, 1)
        if new and new != word[0]:
            found.append((word.start(), word.end(), new))
    return found


def _read(letter: str, rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.8 and letter in LOOKALIKES:
        return rng.choice(LOOKALIKES[letter])
    return "" if chance < 0.9 else letter + letter

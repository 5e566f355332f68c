"""A spinner's own dictionary, read off phrases that real spinners garbled ("tortured phrases" of scientific papers).

Where a garbled phrase and the expected one have the same number of words, words in the same place are a swap.
Source: Problematic Paper Screener (Cabanac, Labbé, Magazinov), stated CC BY 4.0.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from zlib import crc32

from corpora import shared

__all__ = ["dictionary"]


def dictionary(part: str) -> dict[str, list[str]]:
    """Word -> the words that spinners put in its place, the more phrases show it the more often.

    A word is in one part only: "train" or "test".
    """
    file = shared() / "data/tortured/tortured-phrases_torturedcheck.json"
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for item in json.loads(file.read_text(encoding="utf-8"))["phrases"]:
        was, now = item["correct"].lower().split(), item["tortured"].lower().split()
        if len(was) == len(now):
            for a, b in zip(was, now, strict=True):
                mine = (crc32(a.encode()) % 2 == 0) == (part == "train")
                if mine and a.isalpha() and b.isalpha() and len(a) > 2 and a[:4] != b[:4]:
                    table[a][b] += 1
    return {word: [w for w, n in by.most_common(4) for _ in range(n)] for word, by in table.items()}

"""How often words are used, and next to each other, by the generic model of American English of CMU Sphinx.

Debian's package pocketsphinx-en-us has it, under the two-clause BSD licence. What it was counted from is not stated; by
its words much of it is news of the 1990s. The file holds a reversed trie: below each word the words that stand before
it, with probabilities as numbers of a table.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Model", "model"]

FILE: Final = Path("/usr/share/pocketsphinx/model/en-us/en-us.lm.bin")
MAGIC: Final = b"Trie Language Model"
BASE: Final = float(np.log2(1.0001))
"""The file has logarithms to the base 1.0001."""
BITS: Final = 16
"""Of the number of a probability, and of a back-off weight."""
UNIGRAM: Final = np.dtype([("share", "f4"), ("back", "f4"), ("first", "u4")])


@dataclass(frozen=True, slots=True)
class Model:
    """Shares are log2 of probabilities."""

    words: list[str]
    share: NDArray[np.float64]
    """Of each word."""
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    """Numbers of neighbours."""
    together: NDArray[np.float64]
    """The share of each two neighbours among all."""


def _bits(data: NDArray[np.uint8], start: int, rows: int, row: int, low: int, width: int) -> NDArray[np.int64]:
    """A field of packed rows of ``row`` bits."""
    at = np.arange(rows, dtype=np.int64) * row + low
    value = np.zeros(rows, dtype=np.uint64)
    for k in range((width + 14) // 8 + 1):
        value |= data[start + (at >> 3) + k].astype(np.uint64) << np.uint64(8 * k)
    return ((value >> (at & 7).astype(np.uint64)) & np.uint64((1 << width) - 1)).astype(np.int64)


def model() -> Model:
    """Its words and neighbours; its trigrams are left out."""
    if not FILE.exists():
        sys.exit(f"there is no {FILE}: install the Debian package pocketsphinx-en-us")
    raw = FILE.read_bytes()
    if not raw.startswith(MAGIC) or raw[len(MAGIC)] != 3:
        sys.exit(f"{FILE} is no trigram model of CMU Sphinx")
    at = len(MAGIC) + 1
    many, pairs, triples = (int(n) for n in np.frombuffer(raw, np.uint32, 3, at))
    at += 12 + 4  # the kind of number tables follows the counts
    shares = np.frombuffer(raw, np.float32, 1 << BITS, at)
    at += 3 * 4 * (1 << BITS)
    unigrams = np.frombuffer(raw, UNIGRAM, many + 1, at)
    at += UNIGRAM.itemsize * (many + 1)
    data = np.frombuffer(raw, np.uint8)
    word_bits, row = many.bit_length(), many.bit_length() + 2 * BITS + triples.bit_length()
    below = unigrams["first"].astype(np.int64)
    first = _bits(data, at, int(below[-1]), row, 0, word_bits)
    given = shares[_bits(data, at, int(below[-1]), row, word_bits + BITS, BITS)].astype(np.float64) * BASE
    second = np.repeat(np.arange(many), np.diff(below))
    at += ((pairs + 1) * row + 7) // 8 + 8
    at += ((triples + 1) * (word_bits + BITS) + 7) // 8 + 8
    size = int(np.frombuffer(raw, np.uint32, 1, at)[0])
    words = raw[at + 4 : at + 4 + size].decode("utf-8").split("\0")[:many]
    share = unigrams["share"][:-1].astype(np.float64) * BASE
    return Model(words, share, first, second, share[first] + given)

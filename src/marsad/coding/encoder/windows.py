"""A text's word pieces, and the windows in which the encoder reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from marsad.coding.encoder.inventory import DISTANCES, MARGIN, WINDOW

__all__ = ["Ints", "buckets", "first_pieces", "sentence_numbers", "sentences_apart", "shapes", "windows"]

Ints = npt.NDArray[np.int64]
_STOPS: Final = frozenset(".!?")
_SIZES: Final = np.searchsorted(DISTANCES, np.arange(DISTANCES[-1] + 1), side="right") - 1
_BUCKETS: Final = np.concatenate([_SIZES, len(DISTANCES) + _SIZES[:0:-1]])
"""The bucket of each number of pieces from 0 on; negative ones count from the end."""


def windows(pieces: int) -> Iterator[tuple[int, int]]:
    """The windows ``[begin, end)`` that cover so many word pieces; neighbours share twice ``MARGIN``."""
    body = WINDOW - 2
    begin = 0
    while True:
        end = min(pieces, begin + body)
        yield begin, end
        if end >= pieces:
            return
        begin += body - 2 * MARGIN


def sentence_numbers(text: str, offsets: Sequence[tuple[int, int]]) -> Ints:
    """For each word piece how many sentences, roughly, end before it: full stops and ends of lines are counted."""
    stops = np.fromiter(
        (text[start:end] in _STOPS or "\n" in text[end : end + 3] for start, end in offsets), np.int64, len(offsets)
    )
    return np.cumsum(stops) - stops


def buckets(first: Ints | np.int64, second: Ints) -> Ints:
    """The number of the distance bucket for each pair of pieces; pairs in reverse order have buckets of their own."""
    found: Ints = _BUCKETS[np.minimum(np.maximum(second - first, -DISTANCES[-1]), DISTANCES[-1])]
    return found


def sentences_apart(first: Ints, second: Ints) -> Ints:
    """Numbers 0 to 7 for how many sentences the second piece's lies after (before) the first's; 4 is the same."""
    apart: Ints = np.minimum(np.maximum(second - first, -4), 3) + 4
    return apart


def shapes(text: str, offsets: Sequence[tuple[int, int]]) -> Ints:
    """How each word piece is written, which the pieces themselves don't tell: 0 without capitals, 1 with a capital
    first, 2 in capitals, 3 mixed."""
    written = [text[start:end] for start, end in offsets]
    return np.fromiter(
        (
            0 if piece.islower() or not piece.isalpha() else 1 if piece.istitle() else 2 if piece.isupper() else 3
            for piece in written
        ),
        np.int64,
        len(written),
    )


def first_pieces(starts: Ints, spans: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The place of the piece that stands for each word, and whether the piece is its own.

    It is the first that begins in the word, else the one before it. ``starts`` are the pieces' first characters,
    ``spans`` the words', of shape (words, 2).
    """
    first = np.searchsorted(starts, spans[:, 0], side="left")
    own = np.append(starts, np.iinfo(np.int64).max)[first] < spans[:, 1]
    return np.maximum(first - ~own, 0), own

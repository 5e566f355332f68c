"""What the encoder's heads say of one report: of each word piece, and of any two passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from marsad.coding.encoder.inventory import ARC_WIDTH, PAIR_HEADS, PAIR_WIDTH, TOKEN_HEADS
from marsad.coding.encoder.windows import Ints, buckets, first_pieces, sentence_numbers, sentences_apart

__all__ = ["Floats", "Judgement", "PairHead", "log_shares"]

Floats = npt.NDArray[np.float32]
_COLUMNS = {}
_at = 0
for _head, _names in TOKEN_HEADS.items():
    _COLUMNS[_head] = slice(_at, _at + len(_names))
    _at += len(_names)
_LONGEST: Final = 24
"""Pieces of a span that are looked at; few mentions are longer."""
_PAIRS = {name: number for number, name in enumerate(PAIR_HEADS)}


@dataclass(frozen=True, slots=True)
class PairHead:
    """The last layers of a head that judges two passages, for numpy."""

    mix: Floats
    distance: Floats
    sentences: Floats
    out: Floats
    bias: Floats


class Judgement:
    """The heads' judgement of one text. Spans are half-open and count code points of the text.

    ``logits`` has the shape (pieces, labels of all token heads), ``projections``
    (pieces, numbers of all pair heads); ``offsets`` gives each piece's span.
    """

    def __init__(
        self,
        text: str,
        offsets: Sequence[tuple[int, int]],
        logits: Floats,
        projections: Floats,
        pairs: dict[str, PairHead],
        distance: Floats,
    ) -> None:
        self.text = text
        self._starts = np.fromiter((start for start, _ in offsets), np.int64, len(offsets))
        self._ends = np.fromiter((end for _, end in offsets), np.int64, len(offsets))
        self._sentence = sentence_numbers(text, offsets)
        self._pairs = pairs
        self.arc_distance = distance
        """Weight of each distance bucket in finding a word's head."""
        self._log: dict[str, Floats] = {}
        self._logits = logits
        self._projections = projections

    def pieces(self, start: int, end: int) -> tuple[int, int]:
        """The word pieces ``[first, last)`` that overlap a span."""
        first = int(np.searchsorted(self._ends, start, side="right"))
        return first, max(first, int(np.searchsorted(self._starts, end, side="left")))

    def log(self, head: str) -> Floats:
        """Log-probabilities of a token head, of shape (pieces, labels)."""
        known = self._log.get(head)
        if known is None:
            known = self._log[head] = log_shares(self._logits[:, _COLUMNS[head]])
        return known

    def mean(self, head: str, start: int, end: int) -> Floats:
        """Mean log-probability of each label of a token head over a span's pieces; zeros for an empty span."""
        if len(set(self.pieces(start, end))) == 1:
            return np.zeros(len(TOKEN_HEADS[head]), np.float32)
        found: Floats = self.means(head, [(start, end)])[0]
        return found

    def means(self, head: str, spans: Sequence[tuple[int, int]] | Ints) -> Floats:
        """:meth:`mean` of many spans, of shape (spans, labels)."""
        log = self.log(head)
        if not len(log) or not len(spans):
            return np.zeros((len(spans), len(TOKEN_HEADS[head])), np.float32)
        return _mean_over(log, self._places(spans))

    def words(self, spans: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """The place of the piece that stands for each word, and is it the word's own; spans of shape (words, 2)."""
        return first_pieces(self._starts, spans)

    def logits(self, head: str, pieces: Ints) -> Floats:
        """Logits of a token head at some pieces, of shape (pieces, labels)."""
        found: Floats = self._logits[pieces, _COLUMNS[head]]
        return found

    def likeliest(self, head: str, pieces: Ints) -> Ints:
        """The number of the likeliest label of a token head at some pieces."""
        found: Ints = self.logits(head, pieces).argmax(axis=1)
        return found

    def arc_sides(self, pieces: Ints) -> tuple[Floats, Floats]:
        """What the words of some pieces show as dependents, and as heads: each of shape (words, ARC_WIDTH)."""
        both = self._projections[pieces, -2 * ARC_WIDTH :].astype(np.float32)
        return both[:, :ARC_WIDTH], both[:, ARC_WIDTH:]

    def forget_syntax(self) -> None:
        """Drop what only a parse needs; in a long report it is much."""
        self._logits = self._logits[:, : _COLUMNS["tag"].start].copy()
        self._projections = self._projections[:, : -2 * ARC_WIDTH].copy()

    def pairs(
        self,
        head: str,
        left: Sequence[tuple[int, int]],
        right: Sequence[tuple[int, int]],
        which: Sequence[tuple[int, int]] | None = None,
    ) -> Floats:
        """Logits of a head for pairs, of shape (pairs, labels).

        ``which`` names the pairs by places in ``left`` and ``right``; without it, the first span of one goes with the
        first of the other, and so on.
        """
        size = len(left if which is None else which)
        if not size or not len(self._starts):
            return np.zeros((size, len(PAIR_HEADS[head])), np.float32)
        one, two = self._places(left), self._places(right)
        weights = self._pairs[head]
        a, b = self._projected(head, 0, one), self._projected(head, 1, two)
        first, second = one[:, 0], two[:, 0]
        if which is not None:
            at, to = _flat(which).T
            a, b, first, second = a[at], b[to], first[at], second[to]
        sentences = sentences_apart(self._sentence[first], self._sentence[second])
        hidden = a + b + (a * b) @ weights.mix + weights.distance[buckets(first, second)] + weights.sentences[sentences]
        logits: Floats = np.maximum(hidden, 0.0) @ weights.out + weights.bias
        return logits

    def _places(self, spans: Sequence[tuple[int, int]] | Ints) -> Ints:
        """The word pieces ``[first, last)`` of each span, at least one."""
        bounds = spans if isinstance(spans, np.ndarray) else _flat(spans)
        places = np.empty_like(bounds)
        first = np.minimum(self._ends.searchsorted(bounds[:, 0], "right"), len(self._starts) - 1)
        places[:, 0] = first
        places[:, 1] = np.maximum(self._starts.searchsorted(bounds[:, 1]), first + 1)
        return places

    def _projected(self, head: str, side: int, places: Ints) -> Floats:
        """Mean over each span's pieces of what one side of a head sees, of shape (spans, PAIR_WIDTH)."""
        at = (2 * _PAIRS[head] + side) * PAIR_WIDTH
        return _mean_over(self._projections[:, at : at + PAIR_WIDTH], places)


def _flat(pairs: Sequence[tuple[int, int]]) -> Ints:
    """Pairs of numbers, of shape (pairs, 2): numpy takes three times as long by itself."""
    return np.fromiter(chain.from_iterable(pairs), np.int64, 2 * len(pairs)).reshape(-1, 2)


def log_shares(logits: Floats) -> Floats:
    """Log-probabilities of the labels, from logits of shape (rows, labels)."""
    below = logits - logits.max(axis=1, keepdims=True)
    found: Floats = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    return found


def _mean_over(table: Floats, places: Ints) -> Floats:
    """The mean of a table's rows over each stretch ``[first, last)``, of its first :data:`_LONGEST` rows at most."""
    first = places[:, 0]
    length = np.minimum(places[:, 1] - first, _LONGEST)
    total = table[first].astype(np.float32, copy=False)
    longer, more, most = np.arange(len(first)), length, int(length.max())
    for step in range(1, most):
        kept = more > step
        longer, more = longer[kept], more[kept]
        total[longer] += table[first[longer] + step]
    if most > 1:
        total /= length[:, None].astype(np.float32)
    return total

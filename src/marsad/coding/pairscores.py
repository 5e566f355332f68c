"""The encoder's judgement of many pairs of passages at once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, Generic, TypeVar

import numpy as np

from marsad.coding.encoder.judgement import Floats, Judgement

__all__ = ["Band", "Likeness", "grid"]

_AT_ONCE: Final = 20_000
"""Pairs that are judged in one go, which bounds the memory."""
Span = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)


class Band:
    """Each passage of a list with those before it, up to ``reach`` places back, by a head for pairs of one label."""

    def __init__(self, judgement: Judgement, head: str, spans: Sequence[Span], reach: int) -> None:
        pairs = [(j, i) for j in range(len(spans)) for i in range(max(0, j - reach), j)]
        self._first = [0] * (len(spans) + 1)
        for j in range(len(spans)):
            self._first[j + 1] = self._first[j] + min(reach, j)
        self._reach = reach
        self._values = grid(judgement, head, spans, spans, pairs)[:, 0]

    def get(self, one: int, other: int) -> float | None:
        """Log-odds that the passages of these numbers mean the same, None where they are too far apart."""
        later, earlier = (one, other) if one > other else (other, one)
        back = later - earlier
        if back == 0 or back > self._reach:
            return None
        first = max(0, later - self._reach)
        return float(self._values[self._first[later] + earlier - first])

    def most(self, one: int, others: Sequence[int]) -> float | None:
        """The highest log-odds with any of some passages, None where all are too far away."""
        values = [value for other in others if (value := self.get(one, other)) is not None]
        return max(values, default=None)


class Likeness(Generic[Key]):
    """What the encoder says of a passage and of those that mean one thing: the log-odds with the likest of these.

    ``spans`` are the passages by any key, in order; only the ``last`` of those compared with count, where it is given.
    """

    def __init__(
        self, judgement: Judgement | None, head: str, spans: Mapping[Key, Span], reach: int, last: int = 0
    ) -> None:
        self._band = None if judgement is None else Band(judgement, head, list(spans.values()), reach)
        self._number = {key: number for number, key in enumerate(spans)}
        self._last = last

    def __call__(self, one: Key, others: Sequence[Key]) -> tuple[float, float] | None:
        """The log-odds, and 1 where all of the others are too far away to be judged; None without an encoder."""
        if self._band is None:
            return None
        best = self._band.most(self._number[one], [self._number[other] for other in others[-self._last :]])
        return (0.0, 1.0) if best is None else (best, 0.0)


def grid(
    judgement: Judgement, head: str, left: Sequence[Span], right: Sequence[Span], pairs: Sequence[tuple[int, int]]
) -> Floats:
    """Logits of a head for pairs (places in ``left`` and ``right``), of shape (pairs, labels)."""
    parts = [
        judgement.pairs(head, left, right, pairs[start : start + _AT_ONCE])
        for start in range(0, max(1, len(pairs)), _AT_ONCE)
    ]
    return np.concatenate(parts)

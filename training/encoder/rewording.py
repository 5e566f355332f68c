"""A window in other words: swaps of words, and what was judged of the window as it is carried over to these.

A spinner's synonyms change how a text reads, not what it reports. So what teachers judge of the text as it is, piece by
piece and pair by pair, is what the model is to judge of the text in other words (a consistency that Xie and others
2020 ask of one model; here the teachers read what is clearer). Offsets move; nothing else does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from examples import Span, Syntax
from pairing import Pairs, Prepared
from tokenizers import Tokenizer

from marsad.coding.encoder.windows import buckets, shapes, windows

__all__ = ["Edit", "Rewording", "reworded", "rewordings"]

Edit = tuple[int, int, str]
"""Code points ``[start, end)`` of the text give way to these."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """A window in other words.

    ``ids`` and ``shapes`` are of its pieces. ``source`` is for each of these the piece of the window as it was from
    which its labels come; ``place`` is for each piece of the window as it was, and for its end, where that is now.
    """

    ids: np.ndarray
    shapes: np.ndarray
    source: np.ndarray
    place: np.ndarray


def rewordings(tokenizer: Tokenizer, text: str, spins: Iterable[Sequence[Edit]]) -> list[list[Rewording]]:
    """For each window of the text, in their order, the window as each of the spins has it."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    opening, closing = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    ids = np.array(encoding.ids, dtype=np.int32)
    starts, ends = ([offset[side] for offset in encoding.offsets] for side in (0, 1))
    written = shapes(text, encoding.offsets)
    found: list[list[Rewording]] = [[] for _ in windows(len(ids))]
    for edits in spins:
        swaps = []
        for start, end, new in sorted(edits):
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            # A swap inside a piece would have no piece of its own to stand for.
            if first < last and starts[first] == start and ends[last - 1] == end:
                other = tokenizer.encode(new, add_special_tokens=False)
                if other.ids:
                    swaps.append((first, last, other.ids, shapes(new, other.offsets)))
        for own, (begin, end) in zip(found, windows(len(ids)), strict=True):
            here = [swap for swap in swaps if begin <= swap[0] and swap[1] <= end]
            parts = list(_parts(ids, written, here, begin, end))
            new_ids, new_shapes, source = (np.concatenate([part[k] for part in parts]) for k in range(3))
            place = np.zeros(end - begin + 3, dtype=np.int16)
            kept, first_of = np.unique(source, return_index=True)
            place[kept - begin + 1] = first_of + 1
            place[[-2, -1]] = len(source) + 1, len(source) + 2
            # Pieces that have none of their own any more stand where the one before them does.
            place = np.maximum.accumulate(place)
            own.append(
                Rewording(
                    np.concatenate([[opening], new_ids, [closing]]).astype(np.int32),
                    np.concatenate([[0], new_shapes, [0]]).astype(np.int8),
                    np.concatenate([[0], source - begin + 1, [end - begin + 1]]).astype(np.int16),
                    place,
                )
            )
    return found


def _parts(
    ids: np.ndarray,
    written: np.ndarray,
    swaps: Iterable[tuple[int, int, Sequence[int], np.ndarray]],
    begin: int,
    end: int,
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The pieces of a window, their shapes and their sources, from swap to swap."""
    at = begin
    for first, last, other, other_shapes in swaps:
        yield ids[at:first], written[at:first], np.arange(at, first)
        yield np.array(other, np.int32), other_shapes, np.minimum(first + np.arange(len(other)), last - 1)
        at = last
    yield ids[at:end], written[at:end], np.arange(at, end)


def reworded(item: Prepared, how: Rewording) -> Prepared:
    """The window in other words, with all that is labelled and asked of it in its new place. The pairs are the same,
    in the same order."""
    window, source, place = item.window, how.source, how.place.astype(np.int64)

    def moved(spans: Iterable[Span]) -> list[Span]:
        return [(int(place[start]), max(int(place[end]), int(place[start]) + 1)) for start, end in spans]

    fresh = np.concatenate([[True], source[1:] != source[:-1]])
    syntax = window.syntax and Syntax(place[window.syntax.pieces], window.syntax.heads, window.syntax.sentences)
    new = replace(
        window,
        ids=how.ids.astype(np.int64),
        shapes=how.shapes.astype(np.int64),
        labels={head: row[source] for head, row in window.labels.items()},
        sentence=window.sentence[source],
        begins=window.begins[source] & fresh,
        mentions=moved(window.mentions),
        triggers=moved(window.triggers),
        cues=moved(window.cues),
        syntax=syntax,
    )
    return Prepared(new, {head: _moved(head, pairs, place) for head, pairs in item.pairs.items()})


def _moved(head: str, pairs: Pairs, place: np.ndarray) -> Pairs:
    left, right = place[pairs.left], place[pairs.right]
    for spans in (left, right):
        spans[:, 1] = np.maximum(spans[:, 1], spans[:, 0] + 1)
    if head == "span":
        # Of a span's first word the first piece is asked, of its last the last.
        left[:, 1] = left[:, 0] + 1
        right[:, 0] = right[:, 1] - 1
    distances = buckets(left[pairs.places[:, 0], 0], right[pairs.places[:, 1], 0]).astype(np.uint8)
    return replace(pairs, left=left.astype(np.int16), right=right.astype(np.int16), distances=distances)

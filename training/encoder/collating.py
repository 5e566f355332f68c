"""Windows as one batch of tensors: what the model reads, and what its heads should say of all windows at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from examples import IGNORE
from pairing import Pairs, Prepared

from marsad.coding.encoder.inventory import PAIR_HEADS, TOKEN_HEADS
from marsad.coding.encoder.windows import buckets

__all__ = ["ArcBatch", "Batch", "ChoiceBatch", "PairBatch", "collate"]

Move = Callable[[np.ndarray], torch.Tensor]

STEP: Final = 32
"""Batches are padded to a multiple of this: few lengths, since for each one the kernels are made anew."""


@dataclass(frozen=True, slots=True)
class ChoiceBatch:
    """The rows of a head that chooses one pair of each."""

    cells: torch.Tensor
    """Each pair's place in the table of rows and columns, which is read row by row."""
    rows: int
    columns: int
    """The widest row's columns, and one more for "none"."""
    right: torch.Tensor
    """(rows, columns)."""
    may_be_none: bool
    weights: torch.Tensor
    """What each row counts for."""


@dataclass(frozen=True, slots=True)
class PairBatch:
    """All pairs of one head. Spans are places in the sums over each window's pieces, one window after the other."""

    left: torch.Tensor
    right: torch.Tensor
    places: torch.Tensor
    distances: torch.Tensor
    apart: torch.Tensor
    weights: torch.Tensor
    count: float
    targets: torch.Tensor | None
    choices: ChoiceBatch | None


@dataclass(frozen=True, slots=True)
class ArcBatch:
    """Words that have a head, padded to the longest window's number of words."""

    pieces: torch.Tensor
    """(windows, words): each word's place among all pieces of the batch."""
    heads: torch.Tensor
    """Place of the word's head; -1 where none is known."""
    elsewhere: torch.Tensor
    """(windows, words, words): does the second word lie in another sentence?"""
    distances: torch.Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Some windows on a device."""

    ids: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    weights: torch.Tensor
    labels: dict[str, torch.Tensor]
    """Of the heads that have a label anywhere in the batch."""
    pairs: dict[str, PairBatch]
    arcs: ArcBatch | None


def collate(items: Sequence[Prepared], device: torch.device, lowered: float = 0.0) -> Batch:
    """The windows as a batch; ``lowered`` is the share of them that is read as if nothing were in capitals."""
    length = -(-max(len(item.window.ids) for item in items) // STEP) * STEP
    ids = np.zeros((len(items), length), dtype=np.int64)
    mask, shapes = np.zeros_like(ids), np.zeros_like(ids)
    labels = {head: np.full_like(ids, IGNORE) for head in TOKEN_HEADS}
    for row, item in enumerate(items):
        window, size = item.window, len(item.window.ids)
        ids[row, :size] = window.ids
        mask[row, :size] = 1
        if random.random() >= lowered:
            shapes[row, :size] = window.shapes
        for head in TOKEN_HEADS:
            labels[head][row, :size] = window.labels[head]

    def moved(array: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(device, non_blocking=True)

    pairs = {}
    for head in PAIR_HEADS:
        own = [(row, item.pairs[head], item.window.weight) for row, item in enumerate(items) if head in item.pairs]
        if own:
            pairs[head] = _pairs(own, length, moved)
    return Batch(
        ids=moved(ids),
        shapes=moved(shapes),
        mask=moved(mask),
        weights=moved(np.array([item.window.weight for item in items], np.float32)),
        labels={head: moved(rows) for head, rows in labels.items() if (rows != IGNORE).any()},
        pairs=pairs,
        arcs=_arcs(items, length, moved),
    )


def _pairs(own: list[tuple[int, Pairs, float]], length: int, moved: Move) -> PairBatch:
    """One head's pairs of all windows: (place of the window, its pairs, its weight)."""
    # Sums over pieces have one number more than there are pieces.
    left = np.concatenate([pairs.left.astype(np.int64) + row * (length + 1) for row, pairs, _ in own])
    right = np.concatenate([pairs.right.astype(np.int64) + row * (length + 1) for row, pairs, _ in own])
    before = np.cumsum([(0, 0), *((len(pairs.left), len(pairs.right)) for _, pairs, _ in own)], axis=0)
    places = np.concatenate([pairs.places + start for (_, pairs, _), start in zip(own, before, strict=False)])
    weights = [
        np.full(len(pairs.places), weight, np.float32) * (1.0 if pairs.weights is None else pairs.weights)
        for _, pairs, weight in own
    ]
    targets = [pairs.targets for _, pairs, _ in own if pairs.targets is not None]
    kind = np.float32 if targets and targets[0].dtype == np.float32 else np.int64
    return PairBatch(
        left=moved(left),
        right=moved(right),
        places=moved(places),
        distances=moved(np.concatenate([pairs.distances for _, pairs, _ in own]).astype(np.int64)),
        apart=moved(np.concatenate([pairs.apart for _, pairs, _ in own]).astype(np.int64)),
        weights=moved(np.concatenate(weights).astype(np.float32)),
        count=sum(pairs.count * weight for _, pairs, weight in own),
        targets=moved(np.concatenate(targets).astype(kind)) if targets else None,
        choices=None if targets else _choices(own, moved),
    )


def _choices(own: list[tuple[int, Pairs, float]], moved: Move) -> ChoiceBatch:
    """The rows of all windows, one after the other."""
    found = [(pairs.choices, weight) for _, pairs, weight in own if pairs.choices is not None]
    sizes = [int(choices.rows[-1]) + 1 for choices, _ in found]
    before = np.cumsum([0, *sizes])
    columns = max(int(choices.columns.max()) for choices, _ in found) + 2
    rows = np.concatenate([choices.rows + start for (choices, _), start in zip(found, before, strict=False)])
    cells = rows.astype(np.int64) * columns + np.concatenate([choices.columns for choices, _ in found])
    right = np.zeros((int(before[-1]), columns), dtype=bool)
    right.reshape(-1)[cells] = np.concatenate([choices.right for choices, _ in found])
    none = [choices.none for choices, _ in found if choices.none is not None]
    if none:
        right[:, -1] = np.concatenate(none)
    return ChoiceBatch(
        cells=moved(cells),
        rows=len(right),
        columns=columns,
        right=moved(right),
        may_be_none=bool(none),
        weights=moved(np.repeat(np.array([weight for _, weight in found], np.float32), sizes)),
    )


def _arcs(items: Sequence[Prepared], length: int, moved: Move) -> ArcBatch | None:
    """The words of the windows whose parse is known."""
    own = [(row, item.window.syntax) for row, item in enumerate(items) if item.window.syntax is not None]
    own = [(row, syntax) for row, syntax in own if (syntax.heads >= 0).any()]
    if not own:
        return None
    longest = max(len(syntax.pieces) for _, syntax in own)
    pieces = np.zeros((len(own), longest), dtype=np.int64)
    heads, sentences = np.full_like(pieces, -1), np.full_like(pieces, -1)
    for place, (row, syntax) in enumerate(own):
        size = len(syntax.pieces)
        pieces[place, :size] = syntax.pieces + row * length
        heads[place, :size] = syntax.heads
        sentences[place, :size] = syntax.sentences
    order = np.arange(longest)
    return ArcBatch(
        moved(pieces),
        moved(heads),
        moved(sentences[:, :, None] != sentences[:, None]),
        moved(buckets(order[:, None], order[None])),
    )

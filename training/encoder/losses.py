"""What a batch's labels cost the model: one sum over all heads, each head's for all windows at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import torch
from collating import ArcBatch, Batch, ChoiceBatch, PairBatch
from examples import IGNORE
from model import Model
from torch.nn import functional

from marsad.coding.encoder.inventory import ARC_WIDTH, PAIR_HEADS, PAIR_WIDTH, TOKEN_HEADS

__all__ = ["arc_logits", "pair_logits", "total"]

TOKEN_WEIGHTS: Final = {
    "trigger": 2.0,
    "status": 0.5,
    "certainty": 0.3,
    "told": 0.3,
    "mention": 1.0,
    "kind": 0.3,
    "cue": 0.5,
    "content": 0.5,
    "opens": 0.3,
    "place": 0.3,
    "time": 0.1,
    "tag": 0.4,
    "dependency": 0.4,
    "entity": 0.4,
    "sentence": 0.2,
}
ARC_WEIGHT: Final = 0.6
PAIR_WEIGHTS: Final = {"role": 2.0, "coref": 0.6, "event": 0.6, "relation": 1.0, "speaker": 0.3, "span": 1.0}
WEIGHTS: Final = TOKEN_WEIGHTS | PAIR_WEIGHTS | {"arc": ARC_WEIGHT}
SMOOTHING: Final = 0.02
IMPOSSIBLE: Final = -1e4
"""Logit of what cannot be chosen."""
SIDES: Final = 2 * len(PAIR_HEADS) * PAIR_WIDTH
"""Numbers of a piece that the heads for pairs of spans read; those of the head for arcs come after."""


def total(
    model: Model, logits: torch.Tensor, projected: torch.Tensor, batch: Batch
) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """The weighted sum of all losses, and each one's value, from the model's outputs for the batch.

    A head's loss is its sum over the batch divided by what the windows count for, a window's weight included; a head
    of which nothing is labelled in the batch has none.
    """
    parts = token_losses(logits, batch) | pair_losses(model, projected, batch)
    if batch.arcs is not None:
        parts["arc"] = arc_loss(model, projected, batch.arcs)
    loss = torch.stack([WEIGHTS[head] * value for head, value in parts.items()]).sum()
    return loss, {head: value.detach() for head, value in parts.items()}


def token_losses(logits: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
    """Mean loss of each head for single pieces."""
    found = {}
    parts = logits.split([len(names) for names in TOKEN_HEADS.values()], dim=-1)
    for head, part in zip(TOKEN_HEADS, parts, strict=True):
        if head in batch.labels:
            kept = batch.labels[head] != IGNORE
            loss = functional.cross_entropy(
                part[kept], batch.labels[head][kept], reduction="none", label_smoothing=SMOOTHING
            )
            weights = batch.weights[:, None].expand_as(kept)[kept]
            found[head] = (loss * weights).sum() / weights.sum()
    return found


def pair_losses(model: Model, projected: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
    """Mean loss of each head for pairs of spans."""
    return {head: pair_loss(head, values, batch.pairs[head]) for head, values in pair_logits(model, projected, batch)}


def pair_logits(model: Model, projected: torch.Tensor, batch: Batch) -> Iterator[tuple[str, torch.Tensor]]:
    """What each head says of its pairs: (pairs, labels); of a head that chooses one pair of each row, the table of
    rows and columns, the last of which is "none"."""
    # A span's projection is the mean over its pieces: the difference of two running sums.
    sums = functional.pad(projected[..., :SIDES].cumsum(1), (0, 0, 1, 0)).flatten(0, 1)
    sides = dict(zip(PAIR_HEADS, zip(*[iter(sums.split(PAIR_WIDTH, dim=1))] * 2, strict=True), strict=True))
    for head, pairs in batch.pairs.items():
        left, right = sides[head]
        one = _means(left, pairs.left).index_select(0, pairs.places[:, 0])
        two = _means(right, pairs.right).index_select(0, pairs.places[:, 1])
        values = model.pair[head](one, two, pairs.distances, pairs.apart)
        yield head, values if pairs.choices is None else _table(values, pairs.choices)


def _means(sums: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
    """The mean of each span, (spans, PAIR_WIDTH)."""
    first, last = spans.unbind(1)
    return (sums.index_select(0, last) - sums.index_select(0, first)) / (last - first)[:, None]


def _table(values: torch.Tensor, choices: ChoiceBatch) -> torch.Tensor:
    table = values.new_full((choices.rows * choices.columns,), IMPOSSIBLE).scatter(0, choices.cells, values[:, 0])
    table = table.view(choices.rows, choices.columns)
    return functional.pad(table[:, :-1], (0, 1)) if choices.may_be_none else table


def pair_loss(name: str, values: torch.Tensor, pairs: PairBatch) -> torch.Tensor:
    """Mean loss of one head; ``values`` is what it says (:func:`pair_logits`)."""
    if pairs.choices is not None:
        good = values.masked_fill(~pairs.choices.right, IMPOSSIBLE)
        loss = (torch.logsumexp(values, 1) - torch.logsumexp(good, 1)) * pairs.choices.weights
    elif name == "relation":
        loss = functional.cross_entropy(values, pairs.targets, reduction="none") * pairs.weights
    else:
        targets = pairs.targets.view_as(values)
        loss = functional.binary_cross_entropy_with_logits(values, targets, reduction="none") * pairs.weights[:, None]
    return loss.sum() / pairs.count


def arc_loss(model: Model, projected: torch.Tensor, arcs: ArcBatch) -> torch.Tensor:
    """Mean loss over the words of finding each one's head in its sentence; a root is its own."""
    known = arcs.heads >= 0
    return functional.cross_entropy(arc_logits(model, projected, arcs)[known], arcs.heads[known])


def arc_logits(model: Model, projected: torch.Tensor, arcs: ArcBatch) -> torch.Tensor:
    """Each word's head among the words of its sentence, (windows, words, words)."""
    sides = projected[..., SIDES:].flatten(0, 1)[arcs.pieces]
    logits = model.arc(sides[..., :ARC_WIDTH], sides[..., ARC_WIDTH:], arcs.distances)
    return logits.masked_fill(arcs.elsewhere, IMPOSSIBLE)

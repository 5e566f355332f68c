"""What models judge of a batch, as probabilities: the mean of several teachers, and what it costs to differ from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from collating import Batch
from examples import IGNORE, SYNTAX
from losses import WEIGHTS, arc_logits, pair_logits
from model import Model
from torch.nn import functional

from marsad.coding.encoder.inventory import TOKEN_HEADS

__all__ = ["PARSED", "Judgement", "carried", "differing", "judge", "taught"]

OWN: Final = ("role", "span")
"""Heads that judge each pair by itself; the others choose."""
PARSED: Final = (*SYNTAX, "sentence")
"""Heads that are asked where the parse is known, since not every piece begins a word."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """All heads' logits for a batch, or their probabilities."""

    tokens: dict[str, torch.Tensor]
    """Head -> (windows, pieces, labels)."""
    pairs: dict[str, torch.Tensor]
    """Head -> (pairs, labels) or (rows, columns)."""
    arcs: torch.Tensor | None

    def each(self, then: Callable[[str, torch.Tensor], torch.Tensor]) -> Judgement:
        """``then(head, numbers)`` for every head."""
        return Judgement(
            {head: then(head, numbers) for head, numbers in self.tokens.items()},
            {head: then(head, numbers) for head, numbers in self.pairs.items()},
            None if self.arcs is None else then("arc", self.arcs),
        )


def judge(model: Model, batch: Batch, device: str, shapes: torch.Tensor | None = None) -> Judgement:
    """The model's logits; ``shapes`` take the place of the batch's own."""
    with torch.autocast(device, dtype=torch.bfloat16):
        logits, projected, _ = model(batch.ids, batch.shapes if shapes is None else shapes, batch.mask)
    logits, projected = logits.float(), projected.float()
    parts = logits.split([len(names) for names in TOKEN_HEADS.values()], dim=-1)
    return Judgement(
        dict(zip(TOKEN_HEADS, parts, strict=True)),
        dict(pair_logits(model, projected, batch)),
        None if batch.arcs is None else arc_logits(model, projected, batch.arcs),
    )


@torch.no_grad()
def taught(teachers: Sequence[Model], batch: Batch, device: str) -> Judgement:
    """The mean of the teachers' probabilities, in sixteen bits."""
    total: Judgement | None = None
    for teacher in teachers:
        own = judge(teacher, batch, device).each(_probable)
        total = own if total is None else _sum(total, own)
    assert total is not None
    return total.each(lambda _, numbers: (numbers / len(teachers)).half())


def _probable(head: str, logits: torch.Tensor) -> torch.Tensor:
    return logits.sigmoid() if head in OWN else logits.softmax(-1)


def _sum(one: Judgement, two: Judgement) -> Judgement:
    return Judgement(
        {head: one.tokens[head] + two.tokens[head] for head in one.tokens},
        {head: one.pairs[head] + two.pairs[head] for head in one.pairs},
        None if one.arcs is None or two.arcs is None else one.arcs + two.arcs,
    )


def carried(said: Judgement, sources: torch.Tensor) -> Judgement:
    """What is judged of windows, carried over to these in other words: ``sources``, (windows, pieces), is each new
    piece's old one. Of pairs and arcs, which are the same, nothing changes."""
    rows = torch.arange(len(sources), device=sources.device)[:, None]
    return Judgement({head: numbers[rows, sources] for head, numbers in said.tokens.items()}, said.pairs, said.arcs)


def differing(own: Judgement, said: Judgement, batch: Batch) -> torch.Tensor:
    """The weighted sum over all heads of the cross entropy of logits (``own``) with probabilities (``said``): least
    where both are the same."""
    there = batch.mask.bool()
    parts: dict[str, torch.Tensor] = {}
    for head, logits in own.tokens.items():
        if head in PARSED and head not in batch.labels:
            continue
        kept = batch.labels[head] != IGNORE if head in PARSED else there
        parts[head] = _entropy(logits[kept], said.tokens[head][kept]).mean()
    for head, logits in own.pairs.items():
        pairs, right = batch.pairs[head], said.pairs[head].float()
        if head in OWN:
            loss = functional.binary_cross_entropy_with_logits(logits, right, reduction="none") * pairs.weights[:, None]
        else:
            loss = _entropy(logits, right)
        parts[head] = loss.sum() / max(1.0, pairs.count)
    if own.arcs is not None and said.arcs is not None and batch.arcs is not None:
        known = batch.arcs.heads >= 0
        parts["arc"] = _entropy(own.arcs[known], said.arcs[known]).mean()
    return torch.stack([WEIGHTS[head] * value for head, value in parts.items()]).sum()


def _entropy(logits: torch.Tensor, said: torch.Tensor) -> torch.Tensor:
    return -(said.float() * logits.log_softmax(-1)).sum(-1)

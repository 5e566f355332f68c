"""What a window's labels cost the model: one sum over all heads."""

from __future__ import annotations

from typing import Final

import numpy as np
import torch
from examples import IGNORE, Window
from model import Model
from torch.nn import functional

from marsad.coding.encoder.inventory import ARC_WIDTH, PAIR_HEADS, PAIR_WIDTH, RELATION, TOKEN_HEADS
from marsad.coding.encoder.windows import buckets, sentences_apart

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
LONGEST: Final = 10
FAR_ROLE: Final = 0.2
"""Weight of a tie between a trigger and a mention more than one sentence apart."""


def token_losses(logits: torch.Tensor, windows: list[Window]) -> dict[str, torch.Tensor]:
    """Mean loss of each token head over the batch."""
    length = logits.shape[1]
    out = {}
    at = 0
    weights = torch.tensor([w.weight for w in windows])[:, None].expand(-1, length)
    for head, names in TOKEN_HEADS.items():
        labels = np.full((len(windows), length), IGNORE, dtype=np.int64)
        for i, window in enumerate(windows):
            labels[i, : len(window.ids)] = window.labels[head]
        target = torch.from_numpy(labels)
        part = logits[:, :, at : at + len(names)]
        at += len(names)
        kept = target != IGNORE
        if kept.any():
            loss = functional.cross_entropy(part[kept].float(), target[kept], reduction="none", label_smoothing=0.02)
            out[head] = (loss * weights[kept]).sum() / weights[kept].sum()
    return out


class Spans:
    """Projections of a window's spans, each the mean over its pieces."""

    def __init__(self, projected: torch.Tensor, window: Window) -> None:
        self.window = window
        self._sums = torch.cat([torch.zeros_like(projected[:1]), projected.float().cumsum(0)])
        self._order = list(PAIR_HEADS)

    def __call__(self, head: str, side: int, spans: list[tuple[int, int]]) -> torch.Tensor:
        at = (2 * self._order.index(head) + side) * PAIR_WIDTH
        first = torch.tensor([s for s, _ in spans])
        last = torch.tensor([e for _, e in spans])
        sums = self._sums[:, at : at + PAIR_WIDTH]
        return (sums[last] - sums[first]) / (last - first)[:, None]


def scores(
    model: Model, spans: Spans, head: str, left: list[tuple[int, int]], right: list[tuple[int, int]], pairs: np.ndarray
) -> torch.Tensor:
    """Logits of the pairs (rows of places in ``left`` and ``right``)."""
    a = np.array([s for s, _ in left])[pairs[:, 0]]
    b = np.array([s for s, _ in right])[pairs[:, 1]]
    sentence = spans.window.sentence
    apart = sentences_apart(sentence[a], sentence[b])
    one = spans(head, 0, left)[torch.from_numpy(pairs[:, 0])]
    two = spans(head, 1, right)[torch.from_numpy(pairs[:, 1])]
    return model.pair[head](one, two, torch.from_numpy(buckets(a, b)), torch.from_numpy(apart))


def antecedent_loss(values: torch.Tensor, pairs: np.ndarray, groups: list[str | None]) -> torch.Tensor | None:
    """Each span's earlier tellings against all earlier spans and "none"; pairs are (later, earlier)."""
    by_later: dict[int, list[int]] = {}
    for row, (later, _) in enumerate(pairs):
        by_later.setdefault(int(later), []).append(row)
    losses = []
    for later, rows in by_later.items():
        if groups[later] is None:
            continue
        value = torch.cat([values[rows, 0], torch.zeros(1)])
        right = [groups[int(pairs[r, 1])] == groups[later] for r in rows]
        good = torch.tensor([*right, not any(right)])
        losses.append(torch.logsumexp(value, 0) - torch.logsumexp(value[good], 0))
    return torch.stack(losses).sum() if losses else None


def span_loss(model: Model, spans: Spans) -> tuple[torch.Tensor, float]:
    """Every span of whole words up to ``LONGEST`` pieces: does it mention an actor?"""
    window = spans.window
    begins = np.flatnonzero(window.begins)
    starts = begins[:-1]
    right = set(window.mentions)
    found = [(s, int(e)) for s in starts.tolist() for e in begins[np.searchsorted(begins, s + 1) :] if e - s <= LONGEST]
    unknown = np.concatenate([[0], np.cumsum(window.labels["mention"] == IGNORE)])
    found = [(s, e) for s, e in found if unknown[s] == unknown[e]]
    if not found:
        return torch.zeros(()), 0.0
    items = [(s, s + 1) for s, _ in found], [(e - 1, e) for _, e in found]
    pairs = np.stack([np.arange(len(found))] * 2, axis=1)
    values = scores(model, spans, "span", *items, pairs)[:, 0]
    target = torch.tensor([float(span in right) for span in found])
    loss = functional.binary_cross_entropy_with_logits(values, target, reduction="sum")
    return loss, float(len(right) + 5)


def pair_losses(model: Model, projected: torch.Tensor, windows: list[Window]) -> dict[str, torch.Tensor]:
    """Mean loss of each head for pairs over the batch."""
    sums: dict[str, list[torch.Tensor]] = {}
    counts: dict[str, float] = {}

    def add(head: str, loss: torch.Tensor | None, count: float, weight: float) -> None:
        if loss is not None and count:
            sums.setdefault(head, []).append(loss * weight)
            counts[head] = counts.get(head, 0.0) + count * weight

    for row, window in enumerate(windows):
        if not (window.mentions or window.triggers or (window.labels["mention"] != IGNORE).any()):
            continue
        spans = Spans(projected[row], window)
        mentions, triggers = window.mentions, window.triggers
        if window.roles is not None and mentions and triggers:
            pairs = np.argwhere(window.roles[:, :, 0] != IGNORE)
            if len(pairs):
                target = torch.from_numpy(window.roles[pairs[:, 0], pairs[:, 1]]).float()
                gap = np.abs(
                    window.sentence[[triggers[t][0] for t in pairs[:, 0]]]
                    - window.sentence[[mentions[m][0] for m in pairs[:, 1]]]
                )
                near = torch.from_numpy(np.where(gap == 0, 1.0, FAR_ROLE)).float()[:, None]
                logits = scores(model, spans, "role", triggers, mentions, pairs)
                loss = functional.binary_cross_entropy_with_logits(logits, target, reduction="none") * near
                add("role", loss.sum(), float(len(triggers)) * 2, window.weight)
        for head, groups, items in (("coref", window.coref, mentions), ("event", window.events, triggers)):
            if groups is not None and len(items) > 1:
                pairs = np.array([(j, i) for j in range(len(items)) for i in range(max(0, j - 60), j)])
                values = scores(model, spans, head, items, items, pairs)
                add(head, antecedent_loss(values, pairs, groups), float(len(items)), window.weight)
        if window.relations is not None and len(mentions) > 1:
            pairs = np.array(
                [
                    (i, j)
                    for i in range(len(mentions))
                    for j in range(i + 1, len(mentions))
                    if mentions[j][0] - mentions[i][1] < 40
                ]
            ).reshape(-1, 2)
            if len(pairs):
                values = scores(model, spans, "relation", mentions, mentions, pairs)
                target = torch.tensor([RELATION.index(window.relations.get((int(i), int(j)), "-")) for i, j in pairs])
                loss = functional.cross_entropy(values, target, reduction="sum")
                add("relation", loss, float(len(mentions)), window.weight)
        for cue, speakers in zip(window.cues, window.speakers, strict=True):
            if speakers and mentions:
                pairs = np.array([(0, m) for m in range(len(mentions))])
                values = scores(model, spans, "speaker", [cue], mentions, pairs)[:, 0]
                loss = torch.logsumexp(values, 0) - torch.logsumexp(values[speakers], 0)
                add("speaker", loss, 1.0, window.weight)
        if (window.labels["mention"] != IGNORE).any():
            add("span", *span_loss(model, spans), window.weight)
    return {head: torch.stack(parts).sum() / counts[head] for head, parts in sums.items()}


def arc_loss(model: Model, projected: torch.Tensor, windows: list[Window]) -> torch.Tensor | None:
    """Mean loss over the words of finding each one's head in its sentence; a root is its own."""
    losses, count = [], 0
    for row, window in enumerate(windows):
        syntax = window.syntax
        if syntax is None or not (syntax.heads >= 0).any():
            continue
        sides = projected[row, torch.from_numpy(syntax.pieces), -2 * ARC_WIDTH :]
        order = np.arange(len(syntax.pieces))
        apart = torch.from_numpy(buckets(order[:, None], order[None]))
        logits = model.arc(sides[:, :ARC_WIDTH], sides[:, ARC_WIDTH:], apart)
        elsewhere = torch.from_numpy(syntax.sentences[:, None] != syntax.sentences[None])
        known = torch.from_numpy(np.flatnonzero(syntax.heads >= 0))
        heads = torch.from_numpy(syntax.heads)[known]
        losses.append(functional.cross_entropy(logits.masked_fill(elsewhere, -1e4)[known], heads, reduction="sum"))
        count += len(known)
    return torch.stack(losses).sum() / count if losses else None


def total(
    model: Model, logits: torch.Tensor, projected: torch.Tensor, windows: list[Window]
) -> tuple[torch.Tensor, dict[str, float]]:
    """The weighted sum of all losses, and each one's value."""
    token = token_losses(logits, windows)
    pair = pair_losses(model, projected, windows)
    loss = sum(TOKEN_WEIGHTS[head] * value for head, value in token.items())
    loss = loss + sum(PAIR_WEIGHTS[head] * value for head, value in pair.items())
    assert isinstance(loss, torch.Tensor)
    arc = arc_loss(model, projected, windows)
    if arc is not None:
        loss = loss + ARC_WEIGHT * arc
        pair["arc"] = arc
    return loss, {head: float(value.detach()) for head, value in (token | pair).items()}

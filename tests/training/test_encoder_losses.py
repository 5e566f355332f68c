"""The losses of whole batches against what each head is asked, worked out pair by pair for one window at a time."""

from __future__ import annotations

import importlib
import math
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from marsad.coding.encoder.encoder import MODELS
from marsad.coding.encoder.inventory import ARC_WIDTH, PAIR_HEADS, PAIR_WIDTH, RELATION, TOKEN_HEADS
from marsad.coding.encoder.windows import buckets, sentences_apart

NEEDS = "training needs torch and transformers (training/requirements.txt)"
torch: Any = pytest.importorskip("torch", reason=NEEDS)
pytest.importorskip("transformers", reason=NEEDS)

FOLDER = str(Path(__file__).resolve().parents[2] / "training/encoder")
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
collating, examples, losses, model, pairing = (
    importlib.import_module(name) for name in ("collating", "examples", "losses", "model", "pairing")
)
Span = tuple[int, int]
HIDDEN = 16
WIDTH = 2 * (len(PAIR_HEADS) * PAIR_WIDTH + ARC_WIDTH)
LABELS = sum(len(names) for names in TOKEN_HEADS.values())
CPU = torch.device("cpu")

TEXT = (
    "Rebels of the Front shelled Marra on Monday. The army said they had fled. The rebels denied it.\n"
    "Its spokesman said the army of the state had killed two men, and the Front vowed revenge."
)


class Heads(torch.nn.Module):  # type: ignore[misc]
    """The heads alone."""

    def __init__(self) -> None:
        super().__init__()
        named = {name: model.PairHead(HIDDEN, len(labels)) for name, labels in PAIR_HEADS.items()}
        self.pair = torch.nn.ModuleDict(named)
        self.arc = model.ArcHead(HIDDEN)


def spans(*words: str) -> list[Span]:
    return [(TEXT.index(word), TEXT.index(word) + len(word)) for word in words]


def target(weight: float) -> Any:
    """A text labelled in every layer."""
    mentions = spans(
        "Rebels of the Front", "The army", "they", "The rebels", "Its", "the army of the state", "the Front"
    )
    groups = ["front", "army", "front", "front", "army", None, "front"]
    triggers = spans("shelled", "fled", "killed", "vowed")
    types = ("ASSAULT", "RETREAT", "ASSAULT", "THREATEN")
    made = examples.Target(TEXT, weight, all_roles=True, coref=True, same_event=True)
    made.mentions = [(*span, group) for span, group in zip(mentions, groups, strict=True)]
    made.triggers = [(*span, event) for span, event in zip(triggers, "abac", strict=True)]
    made.cues = [(*spans("said")[0], [1]), (*spans("denied")[0], [3, 0])]
    made.tokens = {
        "mention": [(*span, "m") for span in mentions],
        "trigger": [(*span, kind) for span, kind in zip(triggers, types, strict=True)],
    }
    made.at = {"kind": [(*mentions[0], "armed-group")], "trigger": [(*spans("revenge")[0], None)]}
    made.roles = {(0, 0): (True, False), (1, 2): (True, False), (2, 5): (True, True)}
    made.relations = {(1, 5): RELATION[1], (4, 5): RELATION[4]}
    made.unsure = spans("two men")
    words = [(at, at + len(word)) for word, at in places()]
    opens = [n == 0 or TEXT[words[n - 1][1] - 1] == "." for n in range(len(words))]
    first = [max(m for m in range(n + 1) if opens[m]) for n in range(len(words))]
    made.syntax = [
        (*span, "NN NOUN", "nsubj", max(first[n], n - 3), "-", int(opens[n])) for n, span in enumerate(words)
    ]
    return made


def places() -> list[tuple[str, int]]:
    """Each word and where it begins."""
    found, at = [], 0
    for word in TEXT.split():
        at = TEXT.index(word, at)
        found.append((word, at))
        at += len(word)
    return found


@pytest.fixture(scope="module")
def windows() -> list[Any]:
    """One window with everything, one of half the weight, one with single layers, one with a parse alone."""
    tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    some = examples.Target(TEXT[:44], 0.25, tokens={"cue": []})
    some.triggers = [(*spans("shelled")[0], "a")]
    alone = examples.Target(TEXT, 1.0, syntax=target(1.0).syntax)
    cutter = examples.Cutter(tokenizer)
    made: list[Any] = list(cutter.windows([target(2.0), some, target(0.5), alone]))
    assert len(made) == 4
    return made


def cross_entropy(values: Any, right: int) -> float:
    return float(torch.logsumexp(values, 0) - values[right])


def binary(value: float, right: bool) -> float:
    return math.log1p(math.exp(-value if right else value))


def slow(heads: Any, logits: Any, projected: Any, windows: list[Any]) -> dict[str, float]:
    """Every head's loss, one judgement after the other."""
    sums: dict[str, float] = {}
    counts: dict[str, float] = {}

    def add(head: str, loss: float, count: float) -> None:
        sums[head] = sums.get(head, 0.0) + loss
        counts[head] = counts.get(head, 0.0) + count

    for row, window in enumerate(windows):
        at = 0
        for head, names in TOKEN_HEADS.items():
            for piece, label in enumerate(window.labels[head].tolist()):
                if label != examples.IGNORE:
                    value = logits[row, piece, at : at + len(names)].log_softmax(0)
                    smooth = -0.98 * value[label] - 0.02 * value.mean()
                    add(head, float(smooth) * window.weight, window.weight)
            at += len(names)
        for head, (loss, count) in slow_pairs(heads, projected[row], window).items():
            add(head, loss * window.weight, count * window.weight)
        if window.syntax is not None:
            for loss in slow_arcs(heads.arc, projected[row], window.syntax):
                add("arc", loss, 1.0)
    return {head: sums[head] / counts[head] for head in sums}


def slow_pairs(heads: Any, projected: Any, window: Any) -> dict[str, tuple[float, float]]:
    """Of each head for pairs: the sum of its losses and what it is divided by."""

    def judged(head: str, left: Span, right: Span) -> Any:
        at = 2 * list(PAIR_HEADS).index(head) * PAIR_WIDTH
        one = projected[slice(*left), at : at + PAIR_WIDTH].mean(0)
        two = projected[slice(*right), at + PAIR_WIDTH : at + 2 * PAIR_WIDTH].mean(0)
        distance = torch.tensor(int(buckets(np.array(left[0]), np.array(right[0]))))
        apart = torch.from_numpy(np.array(sentences_apart(window.sentence[left[0]], window.sentence[right[0]])))
        return heads.pair[head](one, two, distance, apart)

    mentions, found = window.mentions, {}
    if window.roles is not None and mentions and window.triggers:
        loss = 0.0
        for trigger, roles in zip(window.triggers, window.roles, strict=True):
            for mention, sides in zip(mentions, roles, strict=True):
                near = 1.0 if window.sentence[trigger[0]] == window.sentence[mention[0]] else 0.2
                values = judged("role", trigger, mention).tolist()
                loss += near * sum(binary(value, bool(side)) for value, side in zip(values, sides, strict=True))
        found["role"] = loss, 2.0 * len(window.triggers)
    for head, items, groups in (("coref", mentions, window.coref), ("event", window.triggers, window.events)):
        if groups is not None and len(items) > 1:
            loss = 0.0
            for later, group in enumerate(groups):
                if later and group is not None:
                    values = torch.cat(
                        [*(judged(head, items[later], before) for before in items[:later]), torch.zeros(1)]
                    )
                    good = [groups[before] == group for before in range(later)]
                    kept = torch.tensor([*good, not any(good)])
                    loss += float(torch.logsumexp(values, 0) - torch.logsumexp(values[kept], 0))
            found[head] = loss, float(len(items))
    if window.relations is not None and len(mentions) > 1:
        loss = 0.0
        for one in range(len(mentions)):
            for two in range(one + 1, len(mentions)):
                if mentions[two][0] - mentions[one][1] < 40:
                    right = RELATION.index(window.relations.get((one, two), "-"))
                    loss += cross_entropy(judged("relation", mentions[one], mentions[two]), right)
        found["relation"] = loss, float(len(mentions))
    spoken = [(cue, who) for cue, who in zip(window.cues, window.speakers, strict=True) if who]
    if spoken:
        loss = 0.0
        for cue, who in spoken:
            values = torch.cat([judged("speaker", cue, mention) for mention in mentions])
            loss += float(torch.logsumexp(values, 0) - torch.logsumexp(values[who], 0))
        found["speaker"] = loss, float(len(spoken))
    begins = [place for place, begins in enumerate(window.begins) if begins]
    asked = [(start, end) for start in begins for end in begins if 0 < end - start <= 10]
    asked = [span for span in asked if (window.labels["mention"][slice(*span)] != examples.IGNORE).all()]
    if asked:
        values = [float(judged("span", (start, start + 1), (end - 1, end))) for start, end in asked]
        loss = sum(binary(value, span in mentions) for value, span in zip(values, asked, strict=True))
        found["span"] = loss, len(mentions) + 5.0
    return found


def slow_arcs(arc: Any, projected: Any, syntax: Any) -> list[float]:
    """The loss of each word's head among the words of its sentence."""
    found = []
    for word, head in enumerate(syntax.heads.tolist()):
        if head >= 0:
            here = [other for other, own in enumerate(syntax.sentences) if own == syntax.sentences[word]]
            one = projected[syntax.pieces[word], -2 * ARC_WIDTH : -ARC_WIDTH]
            values = [
                float(one @ projected[syntax.pieces[other], -ARC_WIDTH:]) / ARC_WIDTH**0.5
                + float(arc.distance.weight[buckets(np.array(word), np.array(other)), 0])
                for other in here
            ]
            found.append(cross_entropy(torch.tensor(values), here.index(head)))
    return found


def outputs(windows: list[Any]) -> tuple[Any, Any, Any, Any]:
    """Heads, logits and projections at random, and the windows as a batch."""
    torch.manual_seed(0)
    heads = Heads()
    torch.nn.init.normal_(heads.arc.distance.weight)
    batch = collating.collate([pairing.prepare(window) for window in windows], CPU)
    size = (len(windows), batch.ids.shape[1])
    return heads, torch.randn(*size, LABELS), torch.randn(*size, WIDTH), batch


def test_losses_are_those_of_each_pair(windows: list[Any]) -> None:
    heads, logits, projected, batch = outputs(windows)
    loss, parts = losses.total(heads, logits, projected, batch)
    with torch.no_grad():
        expected = slow(heads, logits, projected, windows)
    assert set(parts) == set(expected) >= {*PAIR_HEADS, "arc", "trigger", "mention", "kind", "tag"}
    for head, value in expected.items():
        assert float(parts[head]) == pytest.approx(value, rel=1e-4), head
    weighed = sum(losses.WEIGHTS[head] * value for head, value in expected.items())
    assert float(loss.detach()) == pytest.approx(weighed, rel=1e-4)


def test_a_window_costs_the_same_in_any_company(windows: list[Any]) -> None:
    heads, logits, projected, _ = outputs(windows)
    alone = collating.collate([pairing.prepare(windows[0])], CPU)
    twice = collating.collate([pairing.prepare(windows[0])] * 2, CPU)
    one = losses.total(heads, logits[:1], projected[:1], alone)[0]
    two = losses.total(heads, logits[[0, 0]], projected[[0, 0]], twice)[0]
    assert float(one.detach()) == pytest.approx(float(two.detach()), rel=1e-5)


def test_what_is_not_labelled_costs_nothing(windows: list[Any]) -> None:
    heads, logits, projected, _ = outputs(windows)
    batch = collating.collate([pairing.prepare(windows[3])], CPU)
    projected.requires_grad_()
    loss, parts = losses.total(heads, logits[:1], projected[:1], batch)
    loss.backward()
    assert set(parts) == {"tag", "dependency", "entity", "sentence", "arc"}
    assert not projected.grad[..., : losses.SIDES].any()
    assert projected.grad[..., losses.SIDES :].any()


def test_windows_may_be_read_without_capitals(windows: list[Any]) -> None:
    items = [pairing.prepare(window) for window in windows]
    assert collating.collate(items, CPU).shapes.any()
    random.seed(0)
    assert not collating.collate(items, CPU, lowered=1.0).shapes.any()

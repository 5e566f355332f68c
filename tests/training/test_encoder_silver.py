"""What teachers judge of texts that nobody labelled, and what it costs to differ from them."""

from __future__ import annotations

import importlib
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from marsad.coding.encoder.encoder import MODELS
from marsad.coding.encoder.inventory import ARC_WIDTH, PAIR_HEADS, PAIR_WIDTH, TOKEN_HEADS

NEEDS = "training needs torch and transformers (training/requirements.txt)"
torch: Any = pytest.importorskip("torch", reason=NEEDS)
pytest.importorskip("transformers", reason=NEEDS)

FOLDER = str(Path(__file__).resolve().parents[2] / "training/encoder")
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
collating, distil, examples, judging, model, pairing, silver = (
    importlib.import_module(name)
    for name in ("collating", "distil", "examples", "judging", "model", "pairing", "silver")
)
HIDDEN = 16
WIDTH = 2 * (len(PAIR_HEADS) * PAIR_WIDTH + ARC_WIDTH)
LABELS = sum(len(names) for names in TOKEN_HEADS.values())
CPU = torch.device("cpu")
TEXT = "Rebels of the Front shelled Marra on Monday. The army said they had fled."


class Tiny(torch.nn.Module):  # type: ignore[misc]
    """Judges each piece by itself, at random."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.logits = torch.nn.Embedding(30522, LABELS)
        self.projected = torch.nn.Embedding(30522, WIDTH)
        named = {name: model.PairHead(HIDDEN, len(labels)) for name, labels in PAIR_HEADS.items()}
        self.pair = torch.nn.ModuleDict(named)
        self.arc = model.ArcHead(HIDDEN)

    def forward(self, ids: Any, shapes: Any, mask: Any) -> tuple[Any, Any, Any]:
        return self.logits(ids), self.projected(ids), None


def windows_of(*texts: str) -> list[Any]:
    tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    words = [(0, 6, "NNS NOUN", "nsubj", 1, "-", 1), (20, 27, "VBD VERB", "ROOT", 1, "-", 0)]
    targets = [examples.Target(text) for text in texts]
    targets[0].syntax = words
    return list(examples.Cutter(tokenizer).windows(targets))


@pytest.fixture(scope="module")
def batch() -> Any:
    found = silver.silver(windows_of(TEXT, TEXT.upper()), [Tiny(3)], CPU)
    return collating.collate(list(found), CPU)


def test_teachers_are_averaged(batch: Any) -> None:
    one, two = (judging.taught([Tiny(seed)], batch, "cpu") for seed in (1, 2))
    both = judging.taught([Tiny(1), Tiny(2)], batch, "cpu")
    for head in TOKEN_HEADS:
        assert torch.allclose(both.tokens[head], (one.tokens[head] + two.tokens[head]) / 2, atol=2e-3), head
        assert torch.allclose(both.tokens[head].float().sum(-1), torch.ones(()), atol=5e-3)
    assert {"span", "coref"} <= set(both.pairs)
    for head, numbers in both.pairs.items():
        assert torch.allclose(numbers, (one.pairs[head] + two.pairs[head]) / 2, atol=2e-3), head
    assert torch.allclose(both.arcs, (one.arcs + two.arcs) / 2, atol=2e-3)


def test_it_costs_least_to_judge_as_the_teacher(batch: Any) -> None:
    teacher = Tiny(1)
    said = judging.taught([teacher], batch, "cpu")
    same = judging.differing(judging.judge(teacher, batch, "cpu"), said, batch)
    same.backward()
    slope = float(teacher.logits.weight.grad.norm())
    for seed in (2, 4):
        pupil = Tiny(seed)
        other = judging.differing(judging.judge(pupil, batch, "cpu"), said, batch)
        other.backward()
        assert float(other.detach()) > float(same.detach()) + 0.5
        assert float(pupil.logits.weight.grad.norm()) > 20 * slope


def test_spans_are_those_that_the_teachers_find(monkeypatch: pytest.MonkeyPatch) -> None:
    window = windows_of(TEXT)[0]
    asked = pairing.prepare(silver.bare(window))
    size = len(window.ids)
    triggers = torch.zeros(1, size, len(TOKEN_HEADS["trigger"]))
    triggers[0, :, 0] = 1
    triggers[0, 5] = torch.eye(len(TOKEN_HEADS["trigger"]))[3] * 2
    cues = torch.zeros(1, size, len(TOKEN_HEADS["cue"]))
    cues[0, :, 0] = 1
    cues[0, [0, size - 1], 1] = 2  # the marks at either end are no words
    spans = torch.zeros(len(asked.pairs["span"].places), 1)
    spans[7] = 0.41
    spans[9] = 0.39
    said = judging.Judgement({"trigger": triggers, "cue": cues}, {"span": spans}, None)
    monkeypatch.setattr(silver, "taught", lambda *_: said)
    (found,) = silver.silver([window], [], CPU)
    one, two = asked.pairs["span"].places[7]
    start, end = int(asked.pairs["span"].left[one, 0]), int(asked.pairs["span"].right[two, 1])
    assert found.window.mentions == [(start, end)]
    assert found.window.triggers == [(5, 6)]
    assert found.window.cues == []
    assert "role" in found.pairs
    assert np.array_equal(found.window.labels["tag"], window.labels["tag"])


def test_runs_of_one_label() -> None:
    assert silver.runs(np.array([2, 0, 1, 1, 3, 0, 2])) == [(2, 4), (4, 5), (6, 7)]


def test_gold_is_read_again_until_there_is_enough(batch: Any) -> None:
    own = [pairing.prepare(window) for window in windows_of(TEXT, "Troops left.", "A truce held.")]
    plain = [("a", own[:1]), ("b", own[1:])]
    spun = {"b": [[own[0]], [own[0], own[0]]]}
    random.seed(4)
    first = distil.gold_batches(plain, spun, 1.0, 5)
    assert len(first) == 5
    assert all(item is own[0] for read in first for item in read)
    random.seed(4)
    assert [[id(i) for i in read] for read in distil.gold_batches(plain, spun, 1.0, 5)] == [
        [id(i) for i in read] for read in first
    ]
    assert {id(item) for item in distil.gold_batches(plain, spun, 0.0, 1)[0]} == {id(item) for item in own}
    assert distil.gold_batches([], {}, 0.4, 3) == []


def test_what_is_held_out_is_not_judged_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, name in (("gold", "held-1"), ("gold", "own-1"), ("dev", "dev-1")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.json").write_text(json.dumps({"id": name, "text": f"text of {name}"}))
    known = [examples.Target(f"text of {name}") for name in ("held-1", "own-1", "dev-1", "set-1", "set-1")]
    monkeypatch.setattr(distil, "load_texts", lambda *_: known)
    monkeypatch.setattr(distil, "load_public", lambda *_: [examples.Target("of a set")])
    words = [tmp_path / "gold", "--start", "a", "--teachers", "a", "--out", "b", "--data", "c", "--never", "held-"]
    options = distil.options_of([*map(str, words), "--choosing", str(tmp_path / "dev")])
    assert distil.texts_of(options) == ["text of own-1", "text of set-1", "of a set"]

"""Labelled records as training items of the encoder: each label on its own word pieces, none where none is known."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from marsad.coding.encoder.encoder import MODELS
from marsad.coding.encoder.inventory import TOKEN_HEADS, WINDOW

FILE = Path(__file__).resolve().parents[2] / "training/encoder/examples.py"
_spec = importlib.util.spec_from_file_location("encoder_examples", FILE)
assert _spec is not None
assert _spec.loader is not None
examples: Any = importlib.util.module_from_spec(_spec)
sys.modules["encoder_examples"] = examples
_spec.loader.exec_module(examples)
IGNORE, Cutter, Target, target_of = examples.IGNORE, examples.Cutter, examples.Target, examples.target_of

TEXT = "Rebels of the Front shelled Marra. The army said they had fled."


def span(words: str, text: str = TEXT) -> list[int]:
    at = text.index(words)
    return [at, at + len(words)]


@pytest.fixture(scope="module")
def cutter() -> Any:
    tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Cutter(tokenizer)


def record() -> dict[str, Any]:
    return {
        "id": "x", "text": TEXT, "times": [], "places": [{"span": span("Marra")}],
        "actors": [
            {"id": "a1", "kind": "armed-group", "mentions": [span("Rebels of the Front"), span("they")]},
            {"id": "a2", "kind": "military", "mentions": [span("The army")]},
        ],
        "relations": [],
        "statements": [{
            "manner": "indirect", "content": [span("they had fled")], "cue": span("said"), "speaker": "a2",
            "speaker_span": span("The army"),
        }],
        "events": [
            {
                "id": "e1", "span": span("shelled"), "also": [], "type": "ASSAULT", "actors": ["a1"], "recipients": [],
                "status": "happened", "certainty": "certain", "according_to": ["author"], "scored": True,
            },
            {
                "id": "e2", "span": span("fled"), "also": [], "type": "RETREAT", "actors": ["a1"], "recipients": [],
                "status": "happened", "certainty": "certain", "according_to": ["a2"], "scored": False,
            },
        ],
    }  # fmt: skip


def labels_at(window: Any, head: str, words: str, cutter: Any) -> list[int]:
    encoding = cutter.tokenizer.encode(TEXT, add_special_tokens=False)
    start, end = span(words)
    return [int(window.labels[head][i + 1]) for i, (a, b) in enumerate(encoding.offsets) if a < end and start < b]


def test_every_label_lies_on_its_words(cutter: Any) -> None:
    [window] = cutter.windows([target_of(record(), 1.0)])
    types = TOKEN_HEADS["trigger"]
    assert {types[i] for i in labels_at(window, "trigger", "shelled", cutter)} == {"ASSAULT"}
    assert set(labels_at(window, "trigger", "army", cutter)) == {0}
    assert set(labels_at(window, "trigger", "fled", cutter)) == {IGNORE}, "an unscored event is neither yes nor no"
    assert set(labels_at(window, "status", "army", cutter)) == {IGNORE}
    assert labels_at(window, "mention", "Rebels of the Front", cutter)[:2] == [1, 2]
    assert labels_at(window, "place", "Marra", cutter)[0] == 1
    assert set(labels_at(window, "cue", "said", cutter)) == {1}
    assert window.labels["trigger"][0] == IGNORE


def test_roles_actors_and_speakers_are_pairs_of_spans(cutter: Any) -> None:
    [window] = cutter.windows([target_of(record(), 1.0)])
    assert len(window.triggers) == 1
    assert len(window.mentions) == 3
    assert window.roles is not None
    assert window.roles[0].tolist() == [[1, 0], [0, 0], [1, 0]]
    assert window.coref == ["a1", "a2", "a1"]
    assert window.speakers == [[1]]


def test_a_layer_that_is_not_labelled_is_left_open(cutter: Any) -> None:
    [window] = cutter.windows([Target("Rebels shelled Marra.", at={"trigger": [(7, 14, "ASSAULT")]})])
    assert (window.labels["trigger"] > 0).any()
    assert (window.labels["trigger"] == 0).sum() == 0
    assert (window.labels["mention"] == IGNORE).all()
    assert window.roles is None
    assert window.coref is None
    assert window.relations is None


def test_a_long_text_becomes_several_windows(cutter: Any) -> None:
    text = "Rebels shelled Marra. " * 200
    target = Target(text, tokens={"trigger": [(7, 14, "ASSAULT")]})
    found = list(cutter.windows([target]))
    assert len(found) > 3
    assert all(len(w.ids) <= WINDOW for w in found)
    assert sum(int((w.labels["trigger"] > 0).any()) for w in found) == 1

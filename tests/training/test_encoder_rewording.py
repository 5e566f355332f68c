"""A window in other words: its pieces, and what is labelled and judged of it in its new place."""

from __future__ import annotations

import importlib
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from marsad.coding.encoder.encoder import MODELS
from marsad.coding.encoder.inventory import TOKEN_HEADS

NEEDS = "training needs torch and transformers (training/requirements.txt)"
torch: Any = pytest.importorskip("torch", reason=NEEDS)
pytest.importorskip("transformers", reason=NEEDS)

TRAINING = Path(__file__).resolve().parents[2] / "training"
# Two folders have an examples.py: the encoder's comes first.
for FOLDER in (str(TRAINING), str(TRAINING / "spun"), str(TRAINING / "encoder")):
    if FOLDER not in sys.path:
        sys.path.insert(0, FOLDER)
collating, distil, examples, judging, pairing, rewording, scans, silver, spinner = (
    importlib.import_module(name)
    for name in (
        "collating", "distil", "examples", "judging", "pairing", "rewording", "scans", "silver", "spinner"
    )
)  # fmt: skip
CPU = torch.device("cpu")
TEXT = "Gunmen ambushed an army patrol in Marra according to the mayor. Two soldiers died."
EDITS = [(0, 6, "Shooters"), (7, 15, "lay in wait for"), (19, 23, "ground forces"), (40, 52, "per")]
SPUN = "Shooters lay in wait for an ground forces patrol in Marra per the mayor. Two soldiers died."


@pytest.fixture(scope="module")
def pieces() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def window_of(pieces: Tokenizer, text: str = TEXT) -> Any:
    target = examples.Target(text, all_roles=True, coref=True, same_event=True, relations={})
    target.mentions = [(0, 6, "g"), (16, 30, "p"), (34, 39, "m"), (53, 62, "b"), (64, 76, "p")]
    target.triggers = [(7, 15, "e1"), (77, 81, "e2")]
    target.tokens["mention"] = [(start, end, "m") for start, end, _ in target.mentions]
    target.tokens["trigger"] = [(7, 15, "ASSAULT"), (77, 81, "ASSAULT")]
    target.roles = {(0, 0): (True, False), (0, 1): (False, True)}
    target.syntax = [(0, 6, "NNS NOUN", "nsubj", 1, "-", 1), (7, 15, "VBD VERB", "ROOT", 1, "-", 0)]
    return next(examples.Cutter(pieces).windows([target]))


def said(pieces: Tokenizer, window: Any, span: tuple[int, int]) -> str:
    return str(pieces.decode(window.ids[span[0] : span[1]].tolist()))


def test_pieces_are_those_of_the_spun_text(pieces: Tokenizer) -> None:
    ((how,),) = rewording.rewordings(pieces, TEXT, [EDITS])
    spun = next(examples.Cutter(pieces).windows([examples.Target(SPUN)]))
    assert how.ids.tolist() == spun.ids.tolist()
    assert how.shapes.tolist() == spun.shapes.tolist()
    assert rewording.rewordings(pieces, TEXT, []) == [[]]


def test_labels_and_spans_move_along(pieces: Tokenizer) -> None:
    item = pairing.prepare(window_of(pieces))
    ((how,),) = rewording.rewordings(pieces, TEXT, [EDITS])
    new = rewording.reworded(item, how).window
    names = ("shooters", "an ground forces patrol", "marra", "the mayor", "two soldiers")
    assert tuple(said(pieces, new, span) for span in new.mentions) == names
    assert [said(pieces, new, span) for span in new.triggers] == ["lay in wait for", "died"]
    assault = list(TOKEN_HEADS["trigger"]).index("ASSAULT")
    first, last = new.triggers[0]
    assert new.labels["trigger"][first:last].tolist() == [assault] * 4
    assert new.labels["trigger"][first - 1] == new.labels["trigger"][last] == 0
    assert new.syntax.pieces.tolist() == [new.mentions[0][0], first]
    words = np.flatnonzero(new.begins)
    # What took the place of one word counts as one; what gave way to fewer words has fewer.
    assert len(words) == len(np.flatnonzero(item.window.begins)) - 1


def test_pairs_are_the_same_in_the_same_order(pieces: Tokenizer) -> None:
    item = pairing.prepare(window_of(pieces))
    ((how,),) = rewording.rewordings(pieces, TEXT, [EDITS])
    found = rewording.reworded(item, how)
    assert found.pairs.keys() == item.pairs.keys() >= {"role", "coref", "span"}
    for head, pairs in found.pairs.items():
        assert np.array_equal(pairs.places, item.pairs[head].places), head
        for spans in (pairs.left, pairs.right):
            assert (spans[:, 0] < spans[:, 1]).all(), head
            assert (spans[:, 1] <= len(found.window.ids)).all(), head
    spans = found.pairs["span"]
    right = [
        (int(spans.left[one, 0]), int(spans.right[two, 1]))
        for (one, two), target in zip(spans.places, spans.targets, strict=True)
        if target
    ]
    assert sorted(right) == found.window.mentions
    role = found.pairs["role"]
    far = [(role.left[0], role.right[mention]) for mention in (1, 2)]
    trigger = found.window.triggers[0]
    patrol, town = found.window.mentions[1:3]
    assert [(tuple(one), tuple(two)) for one, two in far] == [(trigger, patrol), (trigger, town)]


def test_a_swap_inside_a_piece_is_left_out(pieces: Tokenizer) -> None:
    ((how,),) = rewording.rewordings(pieces, TEXT, [[(1, 4, "xx")]])
    plain = window_of(pieces)
    assert how.ids.tolist() == plain.ids.tolist()
    assert how.source.tolist() == list(range(len(plain.ids)))


def test_every_window_has_the_swaps_that_lie_within_it(pieces: Tokenizer) -> None:
    text = "Troops shelled the town. " * 120
    edits = [(place, place + 7, "hammered") for place in range(7, len(text), 25)]
    own = list(examples.Cutter(pieces).windows([examples.Target(text)]))
    found = rewording.rewordings(pieces, text, [edits, []])
    assert len(found) == len(own) > 1
    for window, (spun, same) in zip(own, found, strict=True):
        assert same.ids.tolist() == window.ids.tolist()
        words = pieces.decode(spun.ids.tolist())
        assert words.count("hammered") == pieces.decode(window.ids.tolist()).count("shelled") > 0


def test_what_is_said_of_pieces_goes_with_them(pieces: Tokenizer) -> None:
    window = silver.bare(window_of(pieces))
    window.rewordings = rewording.rewordings(pieces, TEXT, [EDITS])[0]
    item = pairing.prepare(window)
    random.seed(1)
    kept, sources = distil.in_other_words([item, item], 0.0)
    assert kept == [item, item]
    assert [len(row) for row in sources] == [len(window.ids)] * 2
    (spun, same), sources = distil.in_other_words([item, pairing.prepare(window_of(pieces))], 1.0)
    assert same.window.rewordings == []
    batch = collating.collate([spun, same], CPU)
    size = len(window.ids)
    numbers = torch.arange(2 * size).view(2, size, 1).float()
    judged = judging.Judgement({"trigger": numbers}, {"span": numbers}, None)
    table = distil.padded(sources, batch.ids.shape[1], CPU)
    carried = judging.carried(judged, table)
    assert carried.pairs is judged.pairs
    there = carried.tokens["trigger"][..., 0]
    assert there[1, :size].tolist() == list(range(size, 2 * size))
    first, last = spun.window.syntax.pieces[1], spun.window.syntax.pieces[1] + 4
    assert there[0, first:last].tolist() == [window.syntax.pieces[1]] * 4


def test_swaps_in_places_of_the_text() -> None:
    swaps = [spinner.Swap(0, 8, "Gunmen"), spinner.Swap(9, 24, "ambushed"), spinner.Swap(28, 41, "army")]
    edits = spinner.edits_of(SPUN, swaps)
    assert edits == EDITS[:3]
    assert [TEXT[start:end] for start, end, _ in edits] == ["Gunmen", "ambushed", "army"]


def test_a_scan_misreads_letters_within_words() -> None:
    edits = scans.scanned(TEXT * 60, random.Random(3))
    assert edits == scans.scanned(TEXT * 60, random.Random(3))
    assert 5 < len(edits) < 700
    for start, end, new in edits:
        was = (TEXT * 60)[start:end]
        assert was.isalpha()
        assert new
        assert new != was
        assert abs(len(new) - len(was)) <= 3
    assert scans.scanned("1 2 3, a", random.Random(3)) == []

"""The encoder: windows, offsets, and judgements that do not depend on what is read beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from marsad.coding.encoder import Encoder
from marsad.coding.encoder.inventory import MARGIN, PAIR_HEADS, TOKEN_HEADS, WINDOW
from marsad.coding.encoder.windows import buckets, sentence_numbers, sentences_apart, windows
from marsad.errors import ModelError

SHORT = "Rebels shelled the town of Marra on Monday. The army said that it had lost two men."


@pytest.mark.parametrize("size", [0, 1, WINDOW - 2, WINDOW - 1, 600, 5000])
def test_windows_cover_every_piece_once_for_certain(size: int) -> None:
    spans = list(windows(size))
    kept: list[int] = []
    for number, (begin, end) in enumerate(spans):
        assert end - begin <= WINDOW - 2
        first = 0 if number == 0 else MARGIN
        last = end - begin if number == len(spans) - 1 else end - begin - MARGIN
        kept += range(begin + first, begin + last)
    assert kept == list(range(size))


def test_a_judgement_counts_code_points() -> None:
    text = "🚀 Kämpfer: قصف the cafe\u0301 — " + SHORT
    judgement = Encoder.load().judge(text)
    at = text.index("shelled")
    first, last = judgement.pieces(at, at + len("shelled"))
    assert first < last
    assert judgement.pieces(0, len(text))[0] == 0
    shares = np.exp(judgement.mean("trigger", at, at + len("shelled")))
    assert TOKEN_HEADS["trigger"][int(shares.argmax())] == "ASSAULT"


def test_what_is_read_before_changes_nothing() -> None:
    encoder = Encoder.load()
    alone = encoder.judge(SHORT).log("trigger").copy()
    encoder.judge("Something else. " * 400)
    assert np.array_equal(alone, encoder.judge(SHORT).log("trigger"))


def test_a_long_text_is_judged_alike_wherever_its_windows_fall() -> None:
    encoder = Encoder.load()
    filler = "The ministry gave no figures and the talks went on in the capital. " * 40
    found = []
    for shift in ("", "In a first report of that day nothing had been known about it. " * 3):
        text = shift + filler + SHORT + " " + filler
        at = text.index("shelled")
        found.append(encoder.judge(text).mean("trigger", at, at + 7))
    assert found[0].argmax() == found[1].argmax()


def test_pairs_have_one_row_each_and_no_pairs_are_fine() -> None:
    judgement = Encoder.load().judge(SHORT)
    shelled = (SHORT.index("shelled"), SHORT.index("shelled") + 7)
    who = [(0, 6), (SHORT.index("The army"), SHORT.index("The army") + 8)]
    logits = judgement.pairs("role", [shelled] * 2, who)
    assert logits.shape == (2, len(PAIR_HEADS["role"]))
    assert logits[0, 0] > logits[1, 0], "rebels shelled rather than the army"
    assert judgement.pairs("role", [], []).shape == (0, 2)


def test_an_empty_text_has_an_empty_judgement() -> None:
    judgement = Encoder.load().judge("")
    assert judgement.log("mention").shape == (0, len(TOKEN_HEADS["mention"]))
    assert judgement.means("mention", []).shape == (0, len(TOKEN_HEADS["mention"]))


def test_distances_tell_the_side() -> None:
    one, other = np.array([5, 9]), np.array([9, 5])
    assert buckets(one, other)[0] != buckets(one, other)[1]
    assert list(sentences_apart(np.array([3, 3, 0]), np.array([3, 4, 99]))) == [4, 5, 7]
    assert list(sentence_numbers("A. B", [(0, 1), (1, 2), (3, 4)])) == [0, 0, 1]


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall marsad"):
        Encoder(tmp_path)

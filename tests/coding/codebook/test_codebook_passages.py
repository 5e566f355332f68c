from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.codebook.passages import sentences, stems, words
from marsad.records import Passage


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = 'Gen. A. Sample left for the U.S. embassy on 3 Nov. 2014. "Nobody was hurt." He returned at 5 p.m.\n\nFine!'
    assert [s.of(text) for s in sentences(text)] == [
        "Gen. A. Sample left for the U.S. embassy on 3 Nov. 2014.",
        '"Nobody was hurt."',
        "He returned at 5 p.m.",
        "Fine!",
    ]


@given(st.text(alphabet=st.sampled_from(list("aB .!?\n\"”'é🙂1")), max_size=80))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(s.of(text) for s in found).split()) == "".join(text.split())
    assert all(s.of(text) == s.of(text).strip() != "" for s in found)
    assert sorted(found) == found


def test_words_and_stems() -> None:
    text = "He didn't fire 12 rockets; embassies — Ärzte’s — closed."
    whole = Passage(0, len(text))
    assert [w.of(text) for w in words(text, whole)] == [
        "He", "didn't", "fire", "rockets", "embassies", "Ärzte’s", "closed",
    ]  # fmt: skip
    assert {"rocket", "embassi", "clos", "fire"} <= stems(text, whole)

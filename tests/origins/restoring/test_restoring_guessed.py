"""Names, titles and set phrases put right without a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.errors import ModelError
from marsad.knowledge import Knowledge
from marsad.origins.restoring import choice, lexicon, vectors
from marsad.origins.restoring.guessed import guessed
from marsad.origins.restoring.lexicon import Lexicon
from marsad.origins.restoring.vectors import Vectors


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return Lexicon.load(Knowledge.load())


def readings(text: str, known: Lexicon) -> dict[str, str]:
    return {text[c.start : c.end]: c.reading for c in guessed(text, known)}


def test_a_long_name_with_two_words_swapped(known: Lexicon) -> None:
    text = "A fellow of the Washington Organization for Near East Plan doubted it."
    assert readings(text, known) == {"Organization": "Institute", "Plan": "Policy"}


def test_a_name_keeps_its_capitals_and_spelling(known: Lexicon) -> None:
    text = "Two members of the European Committee on Foreign Relations met him."
    assert readings(text, known) == {"Committee": "Council"}


def test_quotations_are_left_alone(known: Lexicon) -> None:
    text = "“The European Committee on Foreign Relations is wrong,” he said."
    assert readings(text, known) == {}


def test_what_is_known_as_it_stands_is_left_alone(known: Lexicon) -> None:
    text = "Ships in the Red Sea, the Security Council, special forces, security forces, the prime minister."
    assert readings(text, known) == {}


def test_places_are_those_of_the_text(known: Lexicon) -> None:
    text = "😀 Éire: the European Committee on Foreign Relations met."
    [change] = guessed(text, known)
    assert text[change.start : change.end] == "Committee"
    assert 0.0 < change.confidence <= 1.0
    assert "European Council on Foreign Relations" in change.reason
    assert all(0.0 <= a.confidence <= change.confidence and a.reading for a in change.alternatives)


def test_hyphenated_words_have_the_vectors_of_their_parts() -> None:
    found = Vectors.load()
    assert found.likeness("zxqv", "green") is None
    whole, part = found.likeness("eco-friendly", "green"), found.likeness("eco-friendly", "minister")
    assert whole is not None
    assert part is not None
    assert whole.meaning > part.meaning
    same = found.likeness("soldiers", "soldiers")
    assert same is not None
    assert same.meaning == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("wrong", ["", "phrase\tkind\treports\nkey\tnoun\t1\n"])
def test_malformed_tables_are_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: str) -> None:
    broken = tmp_path / "table.tsv"
    broken.write_text(wrong, encoding="utf-8")
    monkeypatch.setattr(lexicon, "_FILE", broken if wrong else tmp_path / "absent.tsv")
    with pytest.raises(ModelError, match="reinstall marsad"):
        Lexicon.load(Knowledge.load())
    monkeypatch.setattr(choice, "_FILE", broken)
    choice.Choice.load.cache_clear()
    with pytest.raises(ModelError, match="reinstall marsad"):
        choice.Choice.load()
    choice.Choice.load.cache_clear()
    monkeypatch.setattr(vectors, "_FILE", broken)
    Vectors.load.cache_clear()
    with pytest.raises(ModelError, match="reinstall marsad"):
        Vectors.load()
    Vectors.load.cache_clear()


def test_a_word_is_no_garbled_part_of_itself(known: Lexicon) -> None:
    text = "The prime minister-designate and the vice-president met President Nicolás Maduro."
    assert readings(text, known) == {}


def test_a_name_that_nobody_listed_is_only_proposed(known: Lexicon) -> None:
    text = "A spokesman of the Moro Islamic Liberation Front and one of the Eastern Command agreed."
    assert [c for c in guessed(text, known) if c.applied] == []

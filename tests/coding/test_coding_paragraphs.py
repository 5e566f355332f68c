from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.coding.paragraphs import paragraphs


def cut(text: str) -> list[str]:
    return [text[p.start : p.end] for p in paragraphs(text)]


WRAPPED = [
    "Rebels of the Red Front crossed the river at dawn and shelled",
    "the barracks of the third regiment, a spokesman for the army",
    "of the republic said on Monday. He added that two of his men",
    "had been wounded.",
]


def test_blank_lines_part_paragraphs() -> None:
    assert cut("One is here.\n\nTwo is here.\n \n\tThree.\n") == ["One is here.", "Two is here.", "Three."]


def test_each_line_of_a_report_that_is_not_wrapped_is_a_paragraph() -> None:
    lines = ["A headline", "The army said that it had withdrawn.", "A spokesman denied it.", "It rained."]
    assert cut("\n".join(lines)) == lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_one_paragraph(end: str) -> None:
    text = end.join([*WRAPPED, "", *WRAPPED])
    assert cut(text) == [end.join(WRAPPED), end.join(WRAPPED)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_long_lines_stay_apart(end: str) -> None:
    lines = [
        f"The army said in its report number {n} that " + "the road was closed and " * 8 + "safe." for n in range(5)
    ]
    assert cut(end.join(lines)) == lines


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "– ", "1. ", "(2) ", "# "])
def test_bullets_begin_paragraphs(mark: str) -> None:
    items = [f"{mark}Near Alpha, one strike struck a unit of the rebels and a car {n}" for n in range(5)]
    assert cut("\n".join(items)) == items


def test_white_space_makes_no_paragraph() -> None:
    assert cut("") == cut(" \n\t\r\n\x0b \u2028") == []


def test_a_very_long_line_is_cut_at_the_end_of_a_sentence() -> None:
    text = "The army left. " * 4000
    pieces = cut(text)
    assert len(pieces) > 2
    assert all(piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == text.strip()


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab.:! \n\r\t\u2028-•1\x00é"), max_size=400))
def test_paragraphs_hold_all_but_the_white_space_in_order(text: str) -> None:
    found = paragraphs(text)
    assert all(p.start < p.end for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(piece == piece.strip() for piece in cut(text))

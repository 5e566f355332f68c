"""A text with changes applied, and the way back to its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.origins.restoring import Change, Reading
from marsad.records import Passage


def change(start: int, end: int, reading: str) -> Change:
    return Change(start, end, reading, 0.9, "phrase", "guess", "it is so")


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(st.text("ab cd\n😀é", min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    words = st.text("xyz", min_size=1, max_size=9)
    return Reading(text, tuple(change(a, b, draw(words)) for a, b in pairs))


@given(readings())
def test_what_is_not_changed_is_found_again(reading: Reading) -> None:
    inside = {at for c in reading.changes for at in range(c.start, c.end)}
    for start in range(len(reading.text)):
        back = reading.back(Passage(start, start + 1))
        assert 0 <= back.start < back.end <= len(reading.original)
        if back.start not in inside:
            assert back.of(reading.original) == reading.text[start]


@given(readings())
def test_a_changed_word_leads_to_its_whole_place(reading: Reading) -> None:
    shift = 0
    for c in reading.changes:
        start = c.start + shift
        assert reading.text[start : start + len(c.reading)] == c.reading
        for low in range(start, start + len(c.reading)):
            assert reading.back(Passage(low, start + len(c.reading))) == (c.start, c.end)
        shift += len(c.reading) - (c.end - c.start)


@given(readings(), st.data())
def test_order_is_kept(reading: Reading, data: st.DataObject) -> None:
    end = st.integers(0, len(reading.text))
    low, high = sorted((data.draw(end), data.draw(end)))
    if low < high:
        back = reading.back(Passage(low, high))
        assert back.start < back.end
        assert back.start <= reading.back(Passage(high - 1, high)).start


def test_text_without_changes_is_itself() -> None:
    assert Reading("as it is", ()).text == "as it is"
    assert Reading("as it is", ()).back(Passage(3, 5)) == (3, 5)


@pytest.mark.parametrize("wrong", [[(0, 3), (2, 5)], [(4, 6), (0, 2)], [(3, 3)], [(5, 99)]])
def test_changes_that_do_not_fit_are_refused(wrong: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Reading("key minister", tuple(change(a, b, "x") for a, b in wrong))


def test_a_change_as_plain_data() -> None:
    assert change(0, 3, "prime").to_json() == {
        "start": 0, "end": 3, "reading": "prime", "confidence": 0.9, "kind": "phrase", "by": "guess", "of": None,
        "alternatives": [], "reason": "it is so", "applied": True,
    }  # fmt: skip

"""What the page is told of origins, spun text and restored words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from origins_making import COUNT, family, rows, spun_record

from marsad.page import render_page
from marsad.page.data import embedded, page_data
from marsad.records import Record


def test_origins_are_places_on_the_page() -> None:
    records = family()
    made = page_data(records, None, rows(records))["origins"]
    assert [(one["origin"], one["kind"], one["of"]) for one in made] == [
        (0, "independent", None), (0, "reprint", 0), (0, "spun", 0), (3, "independent", None), (0, "additions", 0),
        (5, "independent", None),
    ]  # fmt: skip
    evidence = made[1]["evidence"]
    assert evidence["quotations"] == [2, 2]
    assert evidence["paragraphs"][0] == [2, 6, 1, 5]
    assert made[4]["also"] == [{"report": 5, "derived": True, "share": made[4]["also"][0]["share"]}]
    assert "origins" not in page_data(records, None)
    json.loads(embedded(page_data(records, None, rows(records))))


def test_a_page_without_a_title_counts_origins() -> None:
    records = family()
    assert f"<title>{COUNT} – Marsad</title>" in render_page(records, origins=rows(records))
    assert "<title>6 reports – Marsad</title>" in render_page(records)


def test_reports_of_one_id_are_told_apart() -> None:
    records = [replace(record, id="same") for record in family()]
    made = page_data(records, None, rows(records))["origins"]
    assert [one["origin"] for one in made] == [0, 0, 0, 3, 0, 5]


def test_origins_of_other_reports_are_refused() -> None:
    records = family()
    with pytest.raises(ValueError, match="6 records, but 5 origins"):
        page_data(records, None, rows(records)[:5])
    with pytest.raises(ValueError, match="not on the page"):
        page_data(records[1:3], None, rows(records)[1:3])


def test_restored_places_of_the_agreed_shape_are_kept_and_no_others() -> None:
    text = "The key minister spoke.\nThe regional head left."
    place: dict[str, Any] = {"start": 4, "end": 16, "reading": "prime  minister", "confidence": 0.833, "kind": "title"}
    shapes: list[Any] = [
        {**place, "by": "copy", "of": "wire", "alternatives": [{"reading": "main minister", "confidence": 2}, {}, 7]},
        {**place, "start": 8},  # within another
        {**place, "start": -1}, {**place, "start": True}, {**place, "end": 900}, {**place, "start": 16},
        {**place, "start": 28, "end": 36, "reading": " "}, {**place, "start": 17, "end": 27},  # over the end of a line
        {**place, "start": 28, "end": 36, "confidence": "much", "applied": False, "kind": "theft", "by": 3, "of": 4,
         "reason": ["x"]},
        None, "words", 7, [],
    ]  # fmt: skip
    [made] = page_data([Record("r", text, extra={"restored": shapes})], None)["records"]
    assert made["restored"] == [
        {"span": [4, 16], "reading": "prime minister", "confidence": 0.83, "kind": "title", "by": "copy", "of": "wire",
         "reason": None, "alternatives": [{"reading": "main minister", "confidence": None}], "applied": True},
        {"span": [28, 36], "reading": "prime minister", "confidence": None, "kind": "word", "by": "guess", "of": None,
         "reason": None, "alternatives": [], "applied": False},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "shape", [None, "words", 7, [], {}, {"probability": "x"}, {"probability": 2}, [[1]], float("nan")]
)
def test_extra_keys_of_any_shape_are_no_error(shape: Any) -> None:
    [made] = page_data([Record("r", "abc", extra={"spun": shape, "restored": shape})], None)["records"]
    assert "spun" not in made
    assert "restored" not in made


def test_signs_and_passages_outside_the_text_are_left_out() -> None:
    spun = {
        "probability": 0.987,
        "passages": [{"start": 0, "end": 3, "probability": 0.5}, {"start": 2, "end": 99}],
        "signs": [{"start": 2, "end": 3, "kind": "word", "expected": None, "reason": "odd"}, {"start": 3, "end": 3}, 5],
    }
    [made] = page_data([Record("r", "abc", extra={"spun": spun})], None)["records"]
    assert made["spun"] == {
        "probability": 0.99, "passages": [{"span": [0, 3], "probability": 0.5}],
        "signs": [{"span": [2, 3], "kind": "word", "expected": None, "reason": "odd"}],
    }  # fmt: skip


def test_the_digests_places_are_its_words() -> None:
    record = spun_record()
    [made] = page_data([record], None)["records"]
    assert [record.text[slice(*place["span"])] for place in made["restored"]] == ["barrier", "regional head"]

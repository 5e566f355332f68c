"""Labels keep their words, whatever is done to the text."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.wellformed import problems

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "accuracy"))

remap: Any = importlib.import_module("remap")
noise: Any = importlib.import_module("noise")
rows: Any = importlib.import_module("rows")
spin: Any = importlib.import_module("spin")

GOLD = {f.stem: json.loads(f.read_text(encoding="utf-8")) for f in sorted((ROOT / "tests" / "gold").glob("own-*.json"))}
CASES = sorted((Path(__file__).parent / "robust").glob("*/*.json"))


def edits_of(state: str, record: dict[str, Any]) -> list[Any]:
    if state == "spun":
        try:
            return list(spin.spun(record, 1))
        except rows.Absent as absent:
            pytest.skip(str(absent))
    makers = {"lower": noise.lower, "joined": noise.joined, "scanned": lambda text: noise.scanned(text, 1)}
    return list(makers[state](record["text"]))


def covers(text: str, edits: list[Any], start: int, end: int) -> str:
    """The words of a passage after the edits that touch it, put together anew; a border inside an edit moves out."""
    touching = [e for e in edits if e.start < end and e.end > start]
    start = min([start, *(e.start for e in touching)])
    end = max([end, *(e.end for e in touching)])
    words, at = "", start
    for edit in sorted(touching):
        words += text[at : edit.start] + edit.new
        at = edit.end
    return (words + text[at:end]).strip()


@pytest.mark.parametrize("name", GOLD)
@pytest.mark.parametrize("state", ["spun", "lower", "scanned", "joined"])
def test_every_passage_covers_the_changed_words(state: str, name: str) -> None:
    record = GOLD[name]
    edits = edits_of(state, record)
    assert edits, "nothing was changed, so nothing is tested"
    new = remap.moved(record, remap.change(record["text"], edits))
    old_spans, new_spans = list(remap.passages(record)), list(remap.passages(new))
    assert len(old_spans) == len(new_spans) > 50
    for old, now in zip(old_spans, new_spans, strict=True):
        assert new["text"][slice(*now)] == covers(record["text"], edits, *old)
    assert problems(new) == []


@pytest.mark.parametrize("name", GOLD)
def test_all_offsets_of_a_record_are_carried_along(name: str) -> None:
    # Every list of two numbers in a record is a passage: one that was forgotten would stay as it is.
    def pairs(value: Any) -> list[tuple[int, int]]:
        if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value):
            return [(value[0], value[1])]
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return [pair for part in parts for pair in pairs(part)]

    record = GOLD[name]
    assert sorted(pairs(record)) == sorted(map(tuple, remap.passages(record)))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_edits_leave_every_other_code_point_in_its_place(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab é\U0001f600\n", min_size=1, max_size=30))
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    news = st.text(alphabet="xy z", max_size=3)
    edits = [remap.Edit(a, b, data.draw(news)) for a, b in zip(borders[::2], borders[1::2], strict=False)]
    changed = remap.change(text, edits)
    plain = ""
    at = 0
    for edit in edits:
        plain += text[at : edit.start] + edit.new
        at = edit.end
    assert changed.text == plain + text[at:]
    touched = {k for edit in edits for k in range(edit.start, edit.end)}
    for k, letter in enumerate(text):
        if k not in touched:
            assert changed.text[changed.starts[k] : changed.ends[k]] == letter


def test_edits_that_overlap_and_passages_that_are_gone_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        remap.change("abc", [remap.Edit(0, 2, "x"), remap.Edit(1, 3, "y")])
    with pytest.raises(ValueError, match="outside"):
        remap.change("abc", [remap.Edit(2, 4, "x")])
    gone = remap.change("a word", [remap.Edit(2, 6, "")])
    with pytest.raises(ValueError, match="nothing is left"):
        gone.passage(2, 6)


def test_a_passage_that_lies_partly_in_a_swap_takes_all_of_the_new_words() -> None:
    changed = remap.change("more than 20 men", [remap.Edit(0, 9, "in excess of")])
    assert changed.text == "in excess of 20 men"
    assert changed.text[slice(*changed.passage(5, 16))] == "in excess of 20 men"
    assert changed.text[slice(*changed.passage(10, 12))] == "20"


@pytest.mark.parametrize("name", GOLD)
def test_spinning_leaves_quotations_names_and_numbers_alone_and_repeats(name: str) -> None:
    record = GOLD[name]
    edits = edits_of("spun", record)
    changed = remap.change(record["text"], edits)
    assert remap.change(record["text"], edits_of("spun", record)).text == changed.text
    assert spin.QUOTED.findall(changed.text) == spin.QUOTED.findall(record["text"])
    assert re.findall(r"\d[\d,.]*", changed.text) == re.findall(r"\d[\d,.]*", record["text"])
    new = remap.moved(record, changed)
    for before, after in zip(record["actors"], new["actors"], strict=True):
        for old, now in zip(before["mentions"], after["mentions"], strict=True):
            words = record["text"][slice(*old)]
            if re.search("[A-Z]", words[1:]):
                assert new["text"][slice(*now)] == words
    assert len(edits) > len(record["text"].split()) / 15


def test_a_scan_repeats_by_its_seed_and_differs_by_it() -> None:
    text = GOLD["own-wire"]["text"]
    one = remap.change(text, noise.scanned(text, 1)).text
    assert one == remap.change(text, noise.scanned(text, 1)).text
    assert one != remap.change(text, noise.scanned(text, 2)).text
    wrong = sum(len(e.new) != 1 or e.new != text[e.start] for e in noise.scanned(text, 1))
    assert 0.005 < wrong / len(text) < 0.03


def test_the_kept_cases_are_changed_reports_of_the_gold_with_labels_in_place() -> None:
    assert len(CASES) == 12
    for file in CASES:
        case, clean = json.loads(file.read_text(encoding="utf-8")), GOLD[file.stem]
        assert problems(case) == []
        assert case["text"] != clean["text"]
        assert len(case["events"]) == len(clean["events"])
        if file.parent.name != "spun":
            edits = edits_of(file.parent.name, clean)
            assert case["text"] == remap.change(clean["text"], edits).text

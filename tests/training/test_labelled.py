"""Labels of real reports kept without their texts: what puts them together again."""

from __future__ import annotations

import importlib
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sets_making import SHARED, TRAINING

from marsad.wellformed import problems

sys.path.insert(0, str(TRAINING))
labelled: Any = importlib.import_module("labelled")
FILES = sorted(labelled.LABELS.rglob("*.json"))
LETTERS = st.text(alphabet="abAB ,.\nİß\u201c", max_size=30)


@given(LETTERS, LETTERS)
def test_edits_make_one_text_of_the_other(old: str, new: str) -> None:
    edits = labelled.edits_between(old, new)
    assert labelled.edited(old, edits) == new
    assert all(a[1] <= b[0] for a, b in pairwise(edits))


def test_capitals_alone_are_edits_of_single_words() -> None:
    assert labelled.edits_between("in san miguel", "In San Miguel") == [(0, 1, "I"), (3, 4, "S"), (7, 8, "M")]
    assert labelled.edits_between("the fmln said", "the FMLN said") == [(4, 8, "FMLN")]


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    (tmp_path / "muc4").mkdir()
    document = {"docid": "DEV-MUC3-0007", "doctext": "troops killed two rebels."}
    (tmp_path / "muc4/train.json").write_text(json.dumps(document) + "\n", encoding="utf-8")
    return tmp_path


def test_a_record_comes_out_as_it_went_in_and_its_labels_hold_no_text(sets: Path) -> None:
    record = {"format": "marsad-record/1", "id": "muc-0007", "text": "Troops killed two rebels.", "events": []}
    labels = labelled.kept(record, sets)
    assert "text" not in labels
    assert labels["made"]["edits"] == [(0, 1, "T")]
    assert labelled.whole(json.loads(json.dumps(labels)), sets) == record


def test_another_text_than_the_labelled_one_is_an_error(sets: Path) -> None:
    labels = labelled.kept({"id": "muc-0007", "text": "Troops killed two rebels."}, sets)
    labels["made"]["sha256"] = "0" * 64
    with pytest.raises(ValueError, match=r"muc-0007.*not the one that was labelled"):
        labelled.whole(labels, sets)


def test_labels_in_the_repository_have_no_text() -> None:
    assert FILES
    for file in FILES:
        labels = json.loads(file.read_text("utf-8"))
        assert labels["id"] == file.stem
        assert "text" not in labels
        longest = max((len(new) for _, _, new in labels["made"]["edits"]), default=0)
        assert longest <= 80, f"{file.name} carries a run of its text"


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the public sets are not there")
def test_records_with_their_texts_are_well_formed() -> None:
    there = [file for file in FILES if (SHARED / "data" / labelled.FOLDERS[file.name.partition("-")[0]]).is_dir()]
    assert there
    for file in there:
        record = labelled.whole(json.loads(file.read_text("utf-8")), SHARED / "data")
        assert problems(record) == [], file.name

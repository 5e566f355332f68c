"""Tables of weighted rules are read, summed, and refused where they are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.coding.weights import Weights
from marsad.errors import ModelError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Weights, "folder", tmp_path)
    monkeypatch.setattr(Weights, "_loaded", {})
    return tmp_path


def test_the_weights_of_the_features_that_hold_are_summed(folder: Path) -> None:
    (folder / "own.weights.tsv").write_text("labels\tno yes\n*\tyes=-1.000\nair\tno=0.50 yes=2.00\nodd=1\tyes=0.25\n")
    table = Weights.load("own")
    assert table.scores(["air", "odd=1", "unknown"]) == [0.5, 1.25]
    assert table.best(["air"])[0] == "yes"
    assert table.best([])[0] == "no"
    assert table.chance(["air"]) == pytest.approx(table.probabilities(["air"])[1])
    assert Weights.load("own") is table


@pytest.mark.parametrize(
    "text",
    [
        None, "", "labels no yes\n", "labels\tno yes\nair\n", "labels\tno yes\nair\tno=1\tyes=1\n",
        "labels\tno yes\n*\tmaybe=1\n",
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(folder: Path, text: str | None) -> None:
    if text is not None:
        (folder / "own.weights.tsv").write_text(text)
    with pytest.raises(ModelError, match=r"own\.weights\.tsv is missing or no table") as caught:
        Weights.load("own")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("row", ["maybe=1", "no=x", "no", ""])
def test_a_malformed_row_is_refused_when_it_is_asked_for(folder: Path, row: str) -> None:
    (folder / "own.weights.tsv").write_text(f"labels\tno yes\nair\t{row}\nsea\tno=1\n")
    table = Weights.load("own")
    assert table.scores(["sea"]) == [1.0, 0.0]
    for _ in range(2):
        with pytest.raises(ModelError, match=r"own\.weights\.tsv is missing or no table"):
            table.scores(["sea", "air"])


def test_what_a_feature_adds_can_be_asked(folder: Path) -> None:
    (folder / "own.weights.tsv").write_text("labels\tno yes\nair\tno=0.50 yes=2.00\n")
    table = Weights.load("own")
    assert table.pairs("air") == ((0, 0.5), (1, 2.0))
    assert table.pairs("sea") == ()

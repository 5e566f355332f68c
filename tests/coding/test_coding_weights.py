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
    "text", [None, "", "labels no yes\n", "labels\tno yes\nair\tmaybe=1\n", "labels\tno\nair\tno=x\n"]
)
def test_what_is_no_table_is_refused(folder: Path, text: str | None) -> None:
    if text is not None:
        (folder / "own.weights.tsv").write_text(text)
    with pytest.raises(ModelError, match=r"own\.weights\.tsv is missing or no table") as caught:
        Weights.load("own")
    assert "\n" not in str(caught.value)

"""Texts that are read without their labels. All texts here are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from sets_making import module

texts = module("texts")
TEXTS, load_texts = texts.TEXTS, texts.load_texts
LONG = "The council of the town met on Monday and talked of the bridge. " * 5


@pytest.fixture
def data(tmp_path: Path) -> Path:
    crime, classes = tmp_path / "conflibert/insightCrime", tmp_path / "conflibert/cameo_class"
    for folder in (crime, classes, tmp_path / "geoparsing", tmp_path / "timebank/TimeBank"):
        folder.mkdir(parents=True)
    (crime / "train.tsv").write_text(f'"{LONG}They called it ""the old one"" then."\t0\t1\n', encoding="utf-8")
    (crime / "dev.tsv").write_text("Too short.\t0\n", encoding="utf-8")
    (classes / "train.tsv").write_text(f"{LONG}\t4\nTwo groups met.\t1\n", encoding="utf-8")
    article = f"<articles><article><title>x</title><text>{LONG}</text></article></articles>"
    for name in ("GWN.xml", "lgl.xml"):
        (tmp_path / "geoparsing" / name).write_text(article, encoding="utf-8")
    text = f"<TimeML><DOCID>x</DOCID><TEXT>\n{LONG}<EVENT>said</EVENT>\nthe\nman.\n\nHe left.</TEXT></TimeML>"
    (tmp_path / "timebank/TimeBank/a.tml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("insight_crime", ['They called it "the old one" then.']),
        ("cameo_class", ["Two groups met."]),
        ("geoparsing", ["of the bridge.", "of the bridge."]),
        ("timebank", ["said the man.\nHe left."]),
    ],
)
def test_texts_are_read_as_they_were_printed(data: Path, name: str, ends: list[str]) -> None:
    found = list(load_texts(name, data))
    assert [text.endswith(end) for text, end in zip(found, ends, strict=True)] == [True] * len(ends)
    assert all("\t" not in text and "<" not in text for text in found)


def test_every_set_is_known_by_its_folder() -> None:
    assert set(TEXTS) == {"cameo_class", "geoparsing", "insight_crime", "timebank"}

"""Texts of public sets whose labels are not read: they teach the encoder what the parser says of them, nothing else.

Sources: insight_crime is news on organised crime in Latin America (Parolin et al. 2021, as ConfliBERT gave it out),
cameo_class sentences of world news (likewise), geoparsing GeoWebNews (Gritta et al. 2019) and the Local-Global Lexicon
(Lieberman et al. 2010), timebank the news texts of TimeBank 1.2 (Pustejovsky et al. 2003). The texts are their
publishers': for training only, none is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from .cutting import cut
from .partial import PartialRecord

__all__ = ["TEXTS", "load_texts"]

PARAGRAPH: Final = re.compile(r"\s*\n\s*\n\s*")
LEAST: Final = 200
"""Shorter texts, in code points, are mostly headings."""


def _insight_crime(folder: Path) -> Iterator[str]:
    """One report a line, labels after a tab."""
    for part in ("train", "dev"):
        for line in (folder / "insightCrime" / f"{part}.tsv").read_text(encoding="utf-8").splitlines():
            text = line.split("\t")[0]
            yield text[1:-1].replace('""', '"') if text[:1] == text[-1:] == '"' else text


def _cameo_class(folder: Path) -> Iterator[str]:
    """Single sentences, five to a text."""
    lines = (folder / "cameo_class" / "train.tsv").read_text(encoding="utf-8").splitlines()
    sentences = [line.split("\t")[0].strip() for line in lines]
    for first in range(0, len(sentences), 5):
        yield "\n".join(sentences[first : first + 5])


def _geoparsing(folder: Path) -> Iterator[str]:
    """The articles of both sets."""
    for name in ("GWN.xml", "lgl.xml"):
        for article in ElementTree.fromstring((folder / name).read_bytes()).iter("article"):
            yield article.findtext("text") or ""


def _timebank(folder: Path) -> Iterator[str]:
    """The articles without their headers; lines are broken where the paper had them."""
    for file in sorted((folder / "TimeBank").glob("*.tml")):
        text = ElementTree.fromstring(file.read_bytes()).find("TEXT")
        if text is not None:
            paragraphs = PARAGRAPH.split("".join(text.itertext()))
            yield "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


TEXTS: Final[dict[str, tuple[str, Callable[[Path], Iterator[str]]]]] = {
    "insight_crime": ("conflibert", _insight_crime),
    "cameo_class": ("conflibert", _cameo_class),
    "geoparsing": ("geoparsing", _geoparsing),
    "timebank": ("timebank", _timebank),
}
"""Name of a set -> its folder under the data, and its reader."""


def load_texts(name: str, data: Path) -> Iterator[str]:
    """The texts of a set of :data:`TEXTS`, long ones in pieces of a few paragraphs."""
    folder, read = TEXTS[name]
    for text in read(data / folder):
        for piece in cut(PartialRecord(name, text.strip(), frozenset())):
            if len(piece.text) >= LEAST:
                yield piece.text

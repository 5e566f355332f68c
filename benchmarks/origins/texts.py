"""Texts to make copies of, and independent reports of the same event, from the data sets at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

__all__ = ["Text", "clean", "same_event"]

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
LEAST_WORDS = 120


class Text(NamedTuple):
    """One report: where it is from, its name there, the event it is about (None: not known), and its words."""

    corpus: str
    name: str
    event: str | None
    text: str


def _records() -> Iterator[Text]:
    for corpus, folder in (
        ("conflict-reports", ROOT / "data/conflict-reports/records"),
        ("gold", SHARED / "gold/train"),
    ):
        for path in sorted(folder.glob("*.json")):
            yield Text(corpus, path.stem, None, json.loads(path.read_text(encoding="utf-8"))["text"])


def _gum() -> Iterator[Text]:
    for path in sorted((SHARED / "data/gum_news/dep").glob("*.conllu")):
        paragraphs: list[list[str]] = [[]]
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# newpar"):
                paragraphs.append([])
            elif line.startswith("# text = "):
                paragraphs[-1].append(line[9:])
        yield Text("gum", path.stem, None, "\n\n".join(" ".join(p) for p in paragraphs if p))


def _ecb() -> Iterator[Text]:
    for path in sorted((SHARED / "data/ecbplus/topics").glob("*/*.xml")):
        sentences: dict[int, list[str]] = {}
        for token in ElementTree.parse(path).getroot().iter("token"):
            sentences.setdefault(int(token.get("sentence", 0)), []).append(token.text or "")
        lines = [_joined(words) for words in sentences.values()]
        kind = "plus" if "plus" in path.stem else ""
        yield Text("ecb", path.stem, path.parent.name + kind, "\n\n".join(lines))


def _joined(words: list[str]) -> str:
    text = " ".join(words)
    text = re.sub(r"(?:^|(?<= ))\" (.*?) \"", r'"\1"', text)
    text = re.sub(r" ([.,;:!?%)\]]|n't|'(?:s|re|ve|ll|d|m)\b)", r"\1", text)
    return re.sub(r"([(\[$]) ", r"\1", text)


def _muc() -> Iterator[Text]:
    for name in ("train", "dev"):
        path = SHARED / f"data/muc4/{name}.json"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            entry = json.loads(line)
            sentences = re.split(r"(?<=[.!?])\s+", entry["doctext"].strip())
            text = "\n\n".join(" ".join(sentences[k : k + 2]) for k in range(0, len(sentences), 2))
            yield Text("muc", entry["docid"], None, text)


def _polnear() -> Iterator[Text]:
    for path in sorted((SHARED / "data/polnear").glob("*/text/*.txt")):
        yield Text("polnear", path.stem, None, path.read_text(encoding="utf-8", errors="replace"))


def clean(*corpora: str) -> list[Text]:
    """The texts of these sets: conflict-reports, gold, gum, ecb, muc, polnear; of all where none is given."""
    makers = {"records": _records, "gum": _gum, "ecb": _ecb, "muc": _muc, "polnear": _polnear}
    wanted = {"records" if name in ("conflict-reports", "gold") else name for name in corpora} or set(makers)
    found = [text for name, make in makers.items() if name in wanted for text in make()]
    return [
        text for text in found
        if (not corpora or text.corpus in corpora) and len(text.text.split()) >= LEAST_WORDS
    ]  # fmt: skip


def same_event() -> Iterator[tuple[Text, Text]]:
    """Every two reports of one event (ECB+: one seminal event a topic and half)."""
    events: dict[str, list[Text]] = {}
    for text in clean("ecb"):
        events.setdefault(str(text.event), []).append(text)
    for texts in events.values():
        yield from combinations(texts, 2)

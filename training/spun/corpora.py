"""Texts for training and testing, by part; no text is in two parts.

Paragraphs keep their order. A set whose licence lets it be used locally only is in the test parts alone.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Final

__all__ = ["ROOT", "nonnative", "shared", "test_sets", "training_texts"]

ROOT: Final = Path(__file__).resolve().parents[2]


def shared() -> Path:
    """The folder of shared data beside the repository."""
    return ROOT.parent / "shared"


def _plain(words: list[str]) -> str:
    """Words as they are written."""
    text = " ".join(words)
    text = re.sub(r"\s+([.,;:!?%)\]’”])", r"\1", text)
    text = re.sub(r"([(\[$“])\s+", r"\1", text)
    text = re.sub(r"\s+('s|n't|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    text = re.sub(r"``\s*|''", '"', text)
    even = text.split('"')
    return "".join(
        piece if i == 0 else (' "' + piece.lstrip() if i % 2 else '" ' + piece.lstrip()) for i, piece in enumerate(even)
    ).replace("  ", " ")


def records(folder: Path, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(id, text) of the records in a folder."""
    for file in sorted(folder.glob(f"{prefix}*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        yield record["id"], record["text"]


def own(part: str) -> Iterator[tuple[str, str]]:
    """Our own conflict reports: "train" or "held-out"."""
    folder = ROOT / "data/conflict-reports"
    rows = [line.split("\t") for line in (folder / "split.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    parts = {row[0]: row[2] for row in rows}
    yield from (pair for pair in records(folder / "records") if parts.get(pair[0]) == part)


def ecbplus(even: bool) -> Iterator[tuple[str, str]]:
    """News of ECB+, topics of even or odd number."""
    for folder in sorted((shared() / "data/ecbplus/topics").iterdir()):
        if (int(folder.name) % 2 == 0) != even:
            continue
        for file in sorted(folder.glob("*.xml")):
            sentences: dict[int, list[str]] = {}
            for token in ElementTree.parse(file).getroot().iter("token"):
                sentences.setdefault(int(token.get("sentence") or 0), []).append(token.text or "")
            kept = [_plain(words) for _, words in sorted(sentences.items()) if words[0] != "http"]
            yield file.stem, " ".join(kept)


def muc4(part: str, low: int = 0, high: int = 10_000) -> Iterator[tuple[str, str]]:
    """FBIS reports of MUC-4; they are in lower case throughout, sentences get a capital here."""
    lines = (shared() / f"data/muc4/{part}.json").read_text(encoding="utf-8").splitlines()
    for line in lines[low:high]:
        document = json.loads(line)
        text = re.sub(r"(?:(?<=^)|(?<=[.!?]  )|(?<=[.!?] ))[a-z]", lambda m: m[0].upper(), document["doctext"])
        yield document["docid"], re.sub(r" {2,}", " ", text)


def polnear() -> Iterator[tuple[str, str]]:
    for file in sorted((shared() / "data/polnear").glob("*/text/*.txt")):
        yield file.stem, file.read_text(encoding="utf-8")


def gum() -> Iterator[tuple[str, str]]:
    for file in sorted((shared() / "data/gum_news/xml").glob("*.xml")):
        paragraphs = []
        for block in re.split(r"</(?:p|head|caption|item)>", file.read_text(encoding="utf-8")):
            words = [line.split("\t")[0] for line in block.splitlines() if line and not line.startswith("<")]
            if words:
                paragraphs.append(_plain(words))
        yield file.stem, re.sub(r"&amp;", "&", "\n\n".join(paragraphs))


def geo(name: str) -> Iterator[tuple[str, str]]:
    root = ElementTree.parse(shared() / f"data/geoparsing/{name}.xml").getroot()
    for number, article in enumerate(root.iter("article")):
        yield f"{name}-{number}", article.findtext("text") or ""


def litbank(even: bool) -> Iterator[tuple[str, str]]:
    """Fiction of the 18th to 20th century, every other text."""
    for number, file in enumerate(sorted((shared() / "data/litbank/coref_conll").glob("*.conll"))):
        if (number % 2 == 0) != even:
            continue
        words = [line.split("\t")[3] for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line]
        yield file.stem, _plain(words)


def rams() -> Iterator[tuple[str, str]]:
    """Five-sentence windows of news."""
    for line in (shared() / "data/rams/dev.jsonlines").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        yield document["doc_key"], " ".join(_plain(words) for words in document["sentences"])


def timebank() -> Iterator[tuple[str, str]]:
    for file in sorted((shared() / "data/timebank/TimeBank").glob("*.tml")):
        text = "".join(ElementTree.parse(file).getroot().itertext())
        yield file.stem, re.sub(r"[ \t]*\n[ \t]*(?!\n)", " ", text)


def nonnative(part: str) -> Iterator[tuple[str, str]]:
    """Texts in the manner of non-native writers: "train", "test", or its parts "first", "second" and "third".

    01, 03, ... 59, 121 to 150 and 151, 153, ... 179 train; 02, 04, ... 60 are the first part of the test, 61 to 120
    the second, 152, 154, ... 180 the third.
    """
    files = {int(file.name.split("-")[0]): file for file in (Path(__file__).parent / "nonnative").glob("*.txt")}
    for number, file in sorted(files.items()):
        own = "train" if number % 2 else "third" if number > 150 else "first"
        if 60 < number <= 150:
            own = "second" if number <= 120 else "train"
        if own == part or (part == "test" and own != "train"):
            yield file.stem, file.read_text(encoding="utf-8")


MANGLED: Final = (("aEURoe", "“"), ("aEUR(tm)", "’"), ("aEUR~", "‘"), ('aEUR"', "–"), ("aEUR", "”"))
"""Marks as a wrong code page left them."""


def _mended(text: str) -> str:
    for wrong, mark in MANGLED:
        text = text.replace(wrong, mark)
    return re.sub(r"(?:(?<=^)|(?<=[.!?] ))[a-z]", lambda m: m[0].upper(), " ".join(text.split()))


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """(number, text) of the rows of both parts of a set in ``conflibert``, each text once."""
    seen: set[str] = set()
    for part in ("train", "dev"):
        table = (shared() / f"data/conflibert/{name}/{part}.tsv").read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(table.splitlines()):
            text = line.split("\t")[0].strip().strip('"')
            if name == "IndiaPoliceEvents_sents" or text not in seen:
                yield f"{part}-{number}", text
            seen.add(text)


def indian() -> Iterator[tuple[str, str]]:
    """Articles of The Times of India of 2002 in lower case, put together from their sentences."""
    number, article, seen = "", [""], set()
    for at, text in [*_lines("IndiaPoliceEvents_sents"), ("", "this story is from")]:
        if text.lower().startswith("this story is from"):
            whole = _mended(" ".join(article))
            if whole and whole not in seen:
                yield f"india-{number}", whole
            seen.add(whole)
            number, article = at, []
        else:
            article.append(text)


def summaries(name: str) -> Iterator[tuple[str, str]]:
    """ "satp_relevant": the South Asia Terrorism Portal's notes; "insightCrime": articles on organised crime."""
    yield from ((f"{name}-{number}", _mended(text)) for number, text in _lines(name))


def training_texts() -> dict[str, list[tuple[str, str]]]:
    """Set -> (id, text) for fitting the weights."""
    return {
        "own": list(own("train")),
        "re3d": list(records(shared() / "gold/train", "re3d")),
        "ecbplus": list(ecbplus(even=True)),
        "muc4": list(muc4("train", 1000)),
        "rams": list(rams()),
        "nonnative": list(nonnative("train")),
        "litbank": list(litbank(even=True)),
    }


def test_sets() -> dict[str, list[tuple[str, str]]]:
    """Set -> (id, text) that nothing was fitted or chosen on."""
    return {
        "own": list(own("held-out")),
        "gold": list(records(shared() / "gold/dev")),
        "gum": list(gum()),
        "ecbplus": list(ecbplus(even=False)),
        "muc4": list(muc4("dev")),
        "polnear": list(polnear()),
        "geowebnews": list(geo("GWN")),
        "lgl": list(geo("lgl")),
        "timebank": list(timebank()),
        "insight": list(summaries("insightCrime")),
        "indian": list(indian()),
        "satp": list(summaries("satp_relevant")),
        "nonnative": list(nonnative("test")),
        "litbank": list(litbank(even=False)),
    }

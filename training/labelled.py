"""Full labels of real reports in public sets, kept without their texts; this puts the two together again.

    python training/labelled.py --data SETS --out FOLDER
    python training/labelled.py --data SETS --take FOLDER     # from full records into labels/

The reports are of MUC-4 (attacks in Latin America), of GUM (Wikinews) and of ECB+ (news), labelled by our own hand
after the rules of the gold. ``labels/`` holds a file of marsad-record/1 each in which ``text`` is left out: it says
instead from which document it is made, by which edits (a text in one case got its capitals, blanks went from before
commas), and its SHA-256. A set that is not in the folder is passed over with a word; a text that comes out otherwise
than it was labelled is an error. ``labels/second`` holds the labels of a second coder for 15 of them, who had not seen
the first's: ``marsad evaluate FOLDER SECOND`` says how far the two agree.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

LABELS: Final = Path(__file__).resolve().parent / "labels"
FOLDERS: Final = {"muc": "muc4", "wn": "gum_news", "ecb": "ecbplus"}
"""How an id begins -> the folder of its set."""

PIECE: Final = re.compile(r"\w+|\s+|[^\w\s]")
Edit = tuple[int, int, str]
"""Code points ``[start, end)`` of the set's text give way to these."""


@cache
def _muc4(folder: Path) -> dict[str, str]:
    """The texts of the larger part by the number of their document; the other part has numbers of its own."""
    found = map(json.loads, (folder / "train.json").read_text("utf-8").splitlines())
    return {document["docid"].rpartition("-")[2]: document["doctext"] for document in found}


def source_text(name: str, sets: Path) -> str:
    """A document's text as its set has it: tokens with a blank between, or MUC-4's text in small letters. Raises
    KeyError or OSError where the document is not there."""
    start, _, number = name.partition("-")
    folder = sets / FOLDERS[start]
    if start == "muc":
        return _muc4(folder)[number]
    if start == "wn":
        lines = (folder / "dep" / f"GUM_news_{number}.conllu").read_text("utf-8").splitlines()
        return " ".join(line.split("\t")[1] for line in lines if line.split("\t")[0].isdigit())
    root = ElementTree.fromstring((folder / "topics" / number.partition("_")[0] / f"{number}.xml").read_bytes())
    return " ".join((token.text or "").strip() for token in root.iter("token"))


def edits_between(old: str, new: str) -> list[Edit]:
    """What makes one text of the other, word by word: words that differ in case alone give way letter by letter."""
    before, after = PIECE.findall(old), PIECE.findall(new)
    edits: list[Edit] = []
    alike = SequenceMatcher(None, [w.lower() for w in before], [w.lower() for w in after], autojunk=False)
    at = 0
    for kind, start, end, first, last in alike.get_opcodes():
        pairs = zip(before[start:end], after[first:last], strict=True) if kind == "equal" else ()
        for word, other in pairs:
            edits += _recased(word, other, at)
            at += len(word)
        if kind != "equal":
            size = sum(map(len, before[start:end]))
            edits.append((at, at + size, "".join(after[first:last])))
            at += size
    return edits


def _recased(old: str, new: str, at: int) -> list[Edit]:
    """The edits of a word at a place whose case changes."""
    if len(old) != len(new):
        return [(at, at + len(old), new)]
    differs = [place for place in range(len(old)) if old[place] != new[place]]
    edits = []
    # Neighbours together: a word in capitals is one edit.
    for _, run in groupby(enumerate(differs), lambda pair: pair[1] - pair[0]):
        places = [place for _, place in run]
        edits.append((at + places[0], at + places[-1] + 1, new[places[0] : places[-1] + 1]))
    return edits


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made."""
    pieces: list[str] = []
    at = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        at = end
    return "".join([*pieces, text[at:]])


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def kept(record: dict[str, Any], sets: Path) -> dict[str, Any]:
    """A record without its text, and how the text is made."""
    edits = edits_between(source_text(record["id"], sets), record["text"])
    made = {"sha256": digest(record["text"]), "edits": edits}
    return {key: value for key, value in record.items() if key != "text"} | {"made": made}


def whole(labels: dict[str, Any], sets: Path) -> dict[str, Any]:
    """A record with its text. Raises ValueError where the set's text is not the one that was labelled."""
    made = labels["made"]
    text = edited(source_text(labels["id"], sets), [(start, end, new) for start, end, new in made["edits"]])
    if digest(text) != made["sha256"]:
        raise ValueError(f"{labels['id']}: the text in {sets} is not the one that was labelled")
    return {key: value for key, value in labels.items() if key != "made"} | {"text": text}


def _write(record: dict[str, Any], file: Path) -> None:
    file.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and write the records, or their labels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="where full records go")
    parser.add_argument("--take", type=Path, help="full records whose labels are to be kept")
    parser.add_argument("--labels", type=Path, default=LABELS, help="folder of the labels")
    options = parser.parse_args()
    if options.take:
        for file in sorted(options.take.glob("*.json")):
            record = json.loads(file.read_text("utf-8"))
            labels = kept(record, options.data)
            if whole(labels, options.data) != record:
                sys.exit(f"{file} does not come out as it went in")
            _write(labels, options.labels / file.name)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        absent: set[str] = set()
        for file in sorted(options.labels.glob("*.json")):
            folder = FOLDERS[file.name.partition("-")[0]]
            if not (options.data / folder).is_dir():
                absent.add(folder)
                continue
            _write(whole(json.loads(file.read_text("utf-8")), options.data), options.out / file.name)
        for folder in sorted(absent):
            print(f"{folder} is not in {options.data}: its labelled reports are left out")


if __name__ == "__main__":
    main()

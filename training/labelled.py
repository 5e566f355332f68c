"""Full labels of real reports in public sets, kept without their texts; this puts the two together again.

    python training/labelled.py --data SETS --out FOLDER
    python training/labelled.py --data SETS --take FOLDER     # from full records into labels/

The reports are of MUC-4 (attacks in Latin America), of GUM (Wikinews) and of ECB+ (news), labelled by our own hand
after the rules of the gold. ``labels/`` holds a file of marsad-record/1 each in which ``text`` is left out: it says
instead from which document it is made, by which edits (a text in one case got its capitals, blanks went from before
commas), and its SHA-256. A set that is not in the folder is passed over with a word; a text that comes out otherwise
than it was labelled is an error.
"""

from __future__ import annotations

import argparse
import hashlib
import json
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

Edit = tuple[int, int, str]
"""Code points ``[start, end)`` of the set's text give way to these."""


@cache
def _muc4(folder: Path) -> dict[str, str]:
    """The texts of both parts by the number of their document."""
    lines = [line for part in ("train", "dev") for line in (folder / f"{part}.json").read_text("utf-8").splitlines()]
    found = map(json.loads, lines)
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
    """What makes one text of the other: as few and as short edits as a comparison without case finds."""
    same_case = [[letter.lower() if len(letter.lower()) == 1 else letter for letter in text] for text in (old, new)]
    edits: list[Edit] = []
    for kind, start, end, first, last in SequenceMatcher(None, *same_case, autojunk=False).get_opcodes():
        if kind != "equal":
            edits.append((start, end, new[first:last]))
            continue
        differs = [at for at in range(end - start) if old[start + at] != new[first + at]]
        # Neighbours together: a word in capitals is one edit.
        for _, run in groupby(enumerate(differs), lambda pair: pair[1] - pair[0]):
            places = [at for _, at in run]
            edits.append((start + places[0], start + places[-1] + 1, new[first + places[0] : first + places[-1] + 1]))
    return edits


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made."""
    pieces, at = [], 0
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
    options = parser.parse_args()
    if options.take:
        for file in sorted(options.take.glob("*.json")):
            record = json.loads(file.read_text("utf-8"))
            labels = kept(record, options.data)
            if whole(labels, options.data) != record:
                sys.exit(f"{file} does not come out as it went in")
            _write(labels, LABELS / file.name)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        absent: set[str] = set()
        for file in sorted(LABELS.glob("*.json")):
            folder = FOLDERS[file.name.partition("-")[0]]
            if not (options.data / folder).is_dir():
                absent.add(folder)
                continue
            _write(whole(json.loads(file.read_text("utf-8")), options.data), options.out / file.name)
        for folder in sorted(absent):
            print(f"{folder} is not in {options.data}: its labelled reports are left out")


if __name__ == "__main__":
    main()

"""How far the encoder's parse agrees with spaCy's, from which it learned, on reports that it has not seen.

python training/encoder/agreement.py GOLD PREFIX ... [--choosing GOLD] --encoder FOLDER
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from parses import Row, parses

from marsad.coding.document import Document
from marsad.coding.encoder import Encoder
from marsad.coding.parsing import parse

Name = tuple[int, int, str]


def names(words: list[tuple[bool, str]]) -> set[Name]:
    """First word, last word and type of each name, from (does one begin here, its type or nothing) of each word."""
    found: set[Name] = set()
    first, kind = 0, ""
    for place, (begins, own) in enumerate([*words, (True, "")]):
        if kind and (begins or own != kind):
            found.add((first, place, kind))
            kind = ""
        if own and not kind:
            first, kind = place, own
    return found


def compare(document: Document, rows: list[Row], counts: Counter[str]) -> None:
    """Add what one text's two parses have in common."""
    for word, (_, _, label, dependency, head, _, _) in zip(document.words, rows, strict=True):
        tag, pos = label.split(" ")
        counts["words"] += 1
        counts["tags"] += word.tag == tag
        counts["parts of speech"] += word.pos == pos
        counts["heads"] += word.head == head
        counts["heads with label"] += word.head == head and word.dep == dependency
    pairs = {
        "sentences": (
            {sentence.first for sentence in document.sentences},
            {place for place, row in enumerate(rows) if row[6]},
        ),
        "names": (
            names([(word.ent_start, word.ent) for word in document.words]),
            names([(row[5][:1] == "B", row[5][2:]) for row in rows]),
        ),
    }
    for what, (found, wanted) in pairs.items():
        counts[f"{what} of both"] += len(found & wanted)
        counts[what] += len(found) + len(wanted)


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", help="a folder of records, and how the ids of those to take begin")
    parser.add_argument("--choosing", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    options = parser.parse_args()
    folder, *prefixes = options.gold
    files = [file for file in sorted(Path(folder).glob("*.json")) if file.name.startswith(tuple(prefixes))]
    files += sorted(options.choosing.glob("*.json")) if options.choosing else []
    judge = Encoder.load(options.encoder).judge
    counts: Counter[str] = Counter()
    left_out = 0
    for text, rows in parses(json.loads(file.read_text(encoding="utf-8"))["text"] for file in files):
        document = parse(text, judge(text))
        if len(document.words) == len(rows):
            compare(document, rows, counts)
        else:
            left_out += 1
    print(f"{len(files) - left_out} texts, {counts['words']} words ({left_out} texts with other words left out)")
    for what in ("tags", "parts of speech", "heads", "heads with label"):
        print(f"{what}: {100 * counts[what] / counts['words']:.1f} %")
    for what in ("sentences", "names"):
        print(f"{what}: F1 {200 * counts[f'{what} of both'] / counts[what]:.1f}")


if __name__ == "__main__":
    main()

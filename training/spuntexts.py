"""What spinners and a poor scan make of texts without labels: swaps by which the encoder reads them in other words.

    python training/spuntexts.py --data SETS --sets NAME... --texts NAME... --out FILE [--spins N]

FILE gets one JSON object a line: ``key`` (of the text, as in the parses) and ``spins``, each a list of swaps (code
points ``[start, end)`` of the text, and what takes their place). Every other spin is a careful spinner's, the rest are
those of spinners of all manners, with words from MyThes; the last is a scan's. What is judged of a text as it is holds
of it in other words too: see ``encoder/rewording.py``. Needs spaCy's small pipeline, lemminflect, wordsegment,
mythes-en-us and wordnet-base.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "spun"))
sys.path.insert(0, str(Path(__file__).resolve().parent / "encoder"))

import parses
from careful import care, spin_carefully
from scans import scanned
from senses import counts, forms, mythes
from spinner import Edit, edits_of, manner, spin
from train import load_public, load_texts


def spins_of(text: str, many: int) -> list[list[Edit]]:
    """So many spins of a text, in manners that the text and their number decide, and a scan of it."""
    found = []
    for number in range(many):
        rng = random.Random(f"spin {number} {text[:200]}")
        if number % 2:
            found.append(edits_of(*spin(text, mythes(), forms(), counts(), manner(rng), rng)))
        else:
            found.append(edits_of(*spin_carefully(text, mythes(), counts(), care(rng), rng)))
    return [*found, scanned(text, random.Random(f"scan {text[:200]}"))]


def main() -> None:
    """Read the command line and write the spins."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=[])
    parser.add_argument("--most", type=int, default=400, help="records of each of these")
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--most-texts", type=int, default=800, help="texts of each of these")
    parser.add_argument("--spins", type=int, default=3, help="of each text")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    targets = load_texts(options.texts, options.data, 0, options.most_texts)
    targets += load_public(options.sets, options.data, options.most, ())
    texts = list(dict.fromkeys(target.text for target in targets))
    new = options.out.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts, 1):
            line = {"key": parses.key(text), "spins": spins_of(text, options.spins)}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            if number % 500 == 0:
                print(f"{number} of {len(texts)} texts", flush=True)
    new.replace(options.out)
    print(f"{len(texts)} texts in {options.out}")


if __name__ == "__main__":
    main()

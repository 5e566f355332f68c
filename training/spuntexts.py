"""Texts of public sets as a careful spinner would leave them, for the encoder's teachers to judge.

    python training/spuntexts.py --data SETS --texts NAME... --out FILE [--most N]

FILE gets one JSON object a line with the ``text``. Needs spaCy's small pipeline, lemminflect and mythes-en-us.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent / "spun"))
sys.path.insert(0, str(Path(__file__).resolve().parent / "encoder"))

from careful import care, spin_carefully
from senses import counts, mythes
from train import load_texts

LENGTHS: Final = range(300, 6000)
"""Code points of the texts that are spun."""


def spun(text: str, number: int) -> str:
    """The text in a manner that its number decides."""
    rng = random.Random(f"silver {number}")
    return spin_carefully(text, mythes(), counts(), care(rng), rng)[0]


def main() -> None:
    """Read the command line and write the texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("--most-texts", type=int, default=1500, help="of each set")
    parser.add_argument("--most", type=int, default=2500, help="of all")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = [target.text for target in load_texts(options.texts, options.data, 0, options.most_texts)]
    found = [text for text in found if len(text) in LENGTHS]
    random.Random(7).shuffle(found)
    new = options.out.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        for number, text in enumerate(found[: options.most]):
            file.write(json.dumps({"text": spun(text, number)}, ensure_ascii=False) + "\n")
    new.replace(options.out)
    print(f"{min(len(found), options.most)} texts in {options.out}")


if __name__ == "__main__":
    main()

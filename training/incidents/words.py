"""Write src/marsad/incidents/models/words.tsv: how seldom each word is met in a report.

    python training/incidents/words.py

A word's part of reports is the mean of two: of those of data/conflict-reports (CC BY 4.0) that have it, and what its
count on the web (the tables of the spun check, from wordsegment, Apache-2.0) makes likely for a report of 300 words.
The rarity is the logarithm of one over that part, in tenths. Words beyond the rarest step are left out.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from marsad.incidents.words import keys

ROOT: Final = Path(__file__).resolve().parents[2]
TARGET: Final = ROOT / "src/marsad/incidents/models/words.tsv"
WEB: Final = ROOT / "src/marsad/origins/spun/words.tsv"
WHOLE: Final = 1.02e12
WORDS: Final = 300
RAREST: Final = 8.0


def of_the_web() -> dict[str, float]:
    """The part of reports of the usual length that would have a word."""
    shares: dict[str, float] = defaultdict(float)
    for line in WEB.read_text(encoding="utf-8").split("\n")[1:]:
        if line:
            word, steps, *_ = line.split("\t")
            for key in keys(word):
                shares[key] += 2 ** (int(steps) / 4) / WHOLE
    return {key: 1.0 - math.exp(-WORDS * share) for key, share in shares.items()}


def of_reports() -> dict[str, float]:
    """The part of the data set's reports that has a word."""
    counts: Counter[str] = Counter()
    paths = sorted((ROOT / "data/conflict-reports/records").glob("*.json"))
    for path in paths:
        counts.update(set(keys(json.loads(path.read_text(encoding="utf-8"))["text"])))
    return {word: (count - 0.7) / len(paths) for word, count in counts.items()}


def main() -> None:
    """Count and write."""
    web, own = of_the_web(), of_reports()
    rarity = {w: -math.log((web.get(w, 0.0) + own.get(w, 0.0)) / 2) for w in web.keys() | own.keys() if w.isalpha()}
    kept = sorted((word, round(10 * value)) for word, value in rarity.items() if value < RAREST)
    TARGET.write_text(
        "\n".join([f"*\t{round(10 * RAREST)}", *(f"{word}\t{step}" for word, step in kept)]) + "\n", encoding="utf-8"
    )
    print(f"{len(kept)} words")


if __name__ == "__main__":
    main()

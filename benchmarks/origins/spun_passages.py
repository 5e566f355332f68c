"""Texts of which one half is spun: which words are in passages that are shown; and whether probabilities are right.

    python benchmarks/origins/spun_passages.py

The second half of each held-out report and news text is spun with WordNet. Calibration is that of whole texts, clean
ones and copies spun weakly and strongly, weighed as if a third of all texts were spun.
"""

from __future__ import annotations

import random
import re

from spun_accuracy import MANNERS, SPUN_SETS, spun_texts

from senses import counts, forms, wordnet  # isort: skip
from corpora import test_sets  # isort: skip
from spinner import spin  # isort: skip

from marsad.origins.spun import judge_spun

SPUN_SHARE = 0.33
MOST = 60


def halves(text: str) -> tuple[str, str]:
    """A text in two halves, cut after a paragraph or a sentence near its middle."""
    cuts = [found.end() for found in re.finditer(r"\n|[.!?] ", text)] or [len(text)]
    middle = min(cuts, key=lambda cut: abs(cut - len(text) / 2))
    return text[:middle], text[middle:]


def main() -> None:
    """Measure and print."""
    sets = test_sets()
    long = [pair for name in SPUN_SETS for pair in sets[name] if len(pair[1].split()) >= 300][:MOST]
    shown = {True: [0, 0], False: [0, 0]}
    how = MANNERS["WordNet, half of the words"]
    for name, text in long:
        first, second = halves(text)
        made, _ = spin(second, wordnet(), forms(), counts(), how, random.Random(name))
        whole = first.rstrip() + "\n\n" + made
        passages = judge_spun(whole).passages
        for found in re.finditer(r"\w+", whole):
            spun = found.start() > len(first)
            shown[spun][1] += 1
            shown[spun][0] += any(p.start <= found.start() < p.end for p in passages)
    print(f"{len(long)} texts half spun: shown of the spun words {shown[True][0] / shown[True][1]:.1%}, ", end="")
    print(f"of the clean words {shown[False][0] / shown[False][1]:.1%}")
    base = [pair for name in SPUN_SETS for pair in sets[name][:MOST]]
    clean = [judge_spun(text).probability for _, text in base]
    spun_shares = [
        judge_spun(text).probability
        for kind in ("WordNet, few words", "WordNet, half of the words")
        for text, _ in spun_texts(base, kind)
    ]
    print("probability said: texts, and the share of spun ones among them")
    for low in (0.0, 0.05, 0.2, 0.5, 0.8, 0.95):
        high = {0.0: 0.05, 0.05: 0.2, 0.2: 0.5, 0.5: 0.8, 0.8: 0.95, 0.95: 1.01}[low]
        a = sum(low <= share < high for share in clean)
        b = sum(low <= share < high for share in spun_shares)
        weight = SPUN_SHARE / (1 - SPUN_SHARE) * len(clean) / len(spun_shares)
        print(f"  {low:.2f}-{min(high, 1.0):.2f} {a + b:5} {weight * b / max(1e-9, weight * b + a):7.1%}")


if __name__ == "__main__":
    main()

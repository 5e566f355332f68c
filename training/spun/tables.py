"""Makes the tables of the spun check: words, their substitutes, and pairs of neighbours.

    python training/spun/tables.py

Counts are those of the web (package wordsegment), mixed with the first 1,000 reports of MUC-4, so that the news words
of conflict are not strange. Substitutes are WordNet's.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Final

from corpora import ROOT, muc4
from senses import bent, counts, forms, pairs, wordnet

OUT: Final = ROOT / "src/marsad/origins/spun"
WEB: Final = 1.02e12
NEWS_SHARE: Final = 0.1
"""How much of a mixed count comes from the news."""
DISCOUNT: Final = 0.7
LEAST: Final = 3.0e4
"""Words rarer than this on the web are left out."""
SUBSTITUTES: Final = 14
STEPS: Final = 4
"""Counts are written as round(STEPS * log2(count))."""


def news() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    words: Counter[str] = Counter()
    two: Counter[tuple[str, str]] = Counter()
    for _, text in muc4("train", 0, 1000):
        for run in re.split(r"[^a-z' ]+", text.lower()):
            found = [w.strip("'") for w in run.split()]
            words.update(found)
            two.update((a, b) for a, b in pairwise(found) if a.isalpha() and b.isalpha())
    return words, two


def step(count: float) -> int:
    return round(STEPS * math.log2(max(count, 1.0)))


def substitutes(known: dict[str, float]) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Form -> the forms for which a spinner may have put it; and how often it would put it, as a count."""
    table = wordnet()
    came: dict[str, dict[str, float]] = defaultdict(dict)
    put: dict[str, float] = defaultdict(float)
    for form, analyses in forms().items():
        if form not in known:
            continue
        others: Counter[str] = Counter()
        for lemma, pos, tag in analyses:
            for sense in table.get((lemma, pos), []):
                for word in sense:
                    other = bent(word, tag) if " " not in word else None
                    if other and other in known and other != form:
                        others[other] += 1
        whole = sum(others.values())
        for other, n in others.items():
            came[other][form] = max(came[other].get(form, 0.0), known[form] * n / whole)
            put[other] += known[form] * n / whole
    best = {form: sorted(was, key=lambda w: -was[w])[:SUBSTITUTES] for form, was in came.items()}
    return best, put


def main() -> None:
    words, two = news()
    whole, whole_pairs = sum(words.values()), sum(two.values())
    web = counts()
    known = {
        word: (1 - NEWS_SHARE) * count + NEWS_SHARE * WEB * max(words[word] - DISCOUNT, 0.0) / whole
        for word, count in web.items()
    }
    known = {word: count for word, count in known.items() if count >= LEAST}
    best, put = substitutes(known)
    mixed: dict[tuple[str, str], float] = {
        pair: (1 - NEWS_SHARE) * count for pair, count in pairs().items() if pair[0] in known and pair[1] in known
    }
    for pair, n in two.items():
        if n > 1 and pair[0] in known and pair[1] in known:
            mixed[pair] = mixed.get(pair, 0.0) + NEWS_SHARE * WEB * (n - DISCOUNT) / whole_pairs
    used = {word for pair in mixed for word in pair} | set(best) | {w for was in best.values() for w in was}
    order = sorted((w for w in known if w in used), key=lambda w: (-known[w], w))
    rows = ["word\tcount\tput\twas"]
    for word in order:
        rows.append(f"{word}\t{step(known[word])}\t{step(put.get(word, 0.0))}\t{' '.join(best.get(word, []))}".rstrip())
    (OUT / "words.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    number = {word: i for i, word in enumerate(order)}
    after: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (first, second), count in mixed.items():
        after[first].append((second, count))
    rows = []
    for first in sorted(after, key=number.__getitem__):
        cells = " ".join(f"{w}={step(c)}" for w, c in sorted(after[first], key=lambda x: (-x[1], x[0])))
        rows.append(f"{first}\t{cells}")
    (OUT / "pairs.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(len(order), "words,", len(mixed), "pairs,", len(best), "with substitutes")


if __name__ == "__main__":
    main()

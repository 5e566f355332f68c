"""Makes the tables of the spun check: words, their substitutes, and pairs of neighbours.

    python training/spun/tables.py

Counts are those of the web (package wordsegment), mixed with the first 1,000 reports of MUC-4, so that the news words
of conflict are not strange (``words.tsv``, ``pairs.tsv``); and these half and half with those of a model that knows
much news (``sphinx.py``; ``words.tsv``, ``neighbours.npz``). Substitutes are WordNet's.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Final

import numpy as np
from corpora import ROOT, muc4
from numpy.typing import NDArray
from senses import bent, counts, forms, pairs, respelt, seen, wordnet
from sphinx import model

from marsad.origins.spun.tables import lists

OUT: Final = ROOT / "src/marsad/origins/spun"
WEB: Final = 1.02e12
NEWS_SHARE: Final = 0.1
"""How much of a mixed count comes from the news."""
DISCOUNT: Final = 0.7
LEAST: Final = 3.0e4
"""Words rarer than this on the web are left out."""
SUBSTITUTES: Final = 14
APT: Final = 6
OWN_SENSES: Final = 3
"""A word is apt for a sense that is among so many of its own first ones."""
MODELLED: Final = 0.5
"""How much of a count in ``neighbours.npz`` comes from that model."""
UNSEEN: Final = 0.4
"""Of neighbours that the model lacks, this is taken for true of what their words' shares would make."""
RARE: Final = 5e4
"""Of neighbours that the web lacks, at most so many are taken for true."""
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


def substitutes(
    known: dict[str, float],
) -> tuple[dict[str, list[str]], dict[str, float], dict[str, str]]:
    """Form -> the forms for which a spinner may have put it; how often it would, as a count; its usual spelling."""
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
    spelling: dict[str, str] = {}
    for form, was in came.items():
        same = [word for word in was if respelt(word) == respelt(form)]
        if same:
            spelling[form] = max([*same, form], key=lambda w: (known[w], w))
    return (
        best,
        put,
        {form: spelling.get(word, word) for form, word in spelling.items() if spelling.get(word, word) != form},
    )


def aptly(known: dict[str, float]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """The same for a careful spinner: for the first sense alone, where that is among the other word's first ones."""
    table, often = wordnet(), seen()
    came: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    put: dict[str, float] = defaultdict(float)
    for form, analyses in forms().items():
        if form not in known:
            continue
        whole = sum(often[lemma, pos] for lemma, pos, _ in analyses)
        for lemma, pos, tag in analyses:
            words = [
                word
                for word in next(iter(table.get((lemma, pos), [])), [])
                if any(lemma in sense for sense in table.get((word, pos), [])[:OWN_SENSES])
            ]
            for word in words:
                other = bent(word, tag) if " " not in word else None
                if other and other in known and respelt(other) != respelt(form):
                    share = known[form] * often[lemma, pos] / whole / len(words)
                    came[other][form] += share
                    put[other] += share
    return came, put


def neighbours(
    order: list[str], same: NDArray[np.int64], web: dict[str, float], web_pairs: dict[tuple[str, str], float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Write how often words stand together, on the web and in news. Gives the counts of words in both.

    ``same`` has for each word the one whose spelling is usual: all counts are of that.
    """
    modelled = model()
    number = {word: i for i, word in enumerate(order)}
    size = len(order)
    ids = np.array([number.get(word, -1) for word in modelled.words], dtype=np.int64)
    ids[ids >= 0] = same[ids[ids >= 0]]
    share = np.bincount(ids[ids >= 0], np.exp2(modelled.share[ids >= 0]), size)
    count = np.bincount(same, [web[word] for word in order], size)
    both = (ids[modelled.first] >= 0) & (ids[modelled.second] >= 0)
    keys = ids[modelled.first[both]] * size + ids[modelled.second[both]]
    web_keys = np.array([same[number[a]] * size + same[number[b]] for a, b in web_pairs], dtype=np.int64)
    every = np.union1d(keys, web_keys)
    first, second = every // size, every % size
    on_web = np.bincount(np.searchsorted(every, web_keys), list(web_pairs.values()), len(every))
    in_news = np.bincount(np.searchsorted(every, keys), np.exp2(modelled.together[both]) * WEB, len(every))
    on_web = np.where(on_web > 0, on_web, np.minimum(count[first] * count[second] / WEB, RARE) / 2)
    in_news = np.where(in_news > 0, in_news, UNSEEN * share[first] * share[second] * WEB)
    mixed = (1 - MODELLED) * on_web + MODELLED * in_news
    value = np.clip(np.round(STEPS * np.log2(mixed)), 1, 255).astype(np.uint8)
    after = np.bincount(first, minlength=size).astype(np.uint16)
    np.savez_compressed(OUT / "neighbours.npz", after=after, second=second.astype(np.uint16), count=value)
    print(len(every), "pairs of neighbours")
    return count[same], (share * WEB)[same]


def pack() -> None:
    """The last two columns of ``words.tsv`` as numbers."""
    lines = (OUT / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [(line + "\t" * 8).split("\t")[:9] for line in lines]
    number = {row[0]: i for i, row in enumerate(rows)}
    first_apt, apt = lists([row[7] for row in rows], number)
    first, others = lists([row[8] for row in rows], number)
    columns = {"first_apt": first_apt, "first": first}, {"apt": apt, "others": others}
    small = {name: values.astype(np.uint32) for name, values in columns[0].items()}
    small |= {name: values.astype(np.uint16) for name, values in columns[1].items()}
    np.savez_compressed(OUT / "substitutes.npz", **small)


def main() -> None:
    words, two = news()
    whole, whole_pairs = sum(words.values()), sum(two.values())
    web = counts()
    known = {
        word: (1 - NEWS_SHARE) * count + NEWS_SHARE * WEB * max(words[word] - DISCOUNT, 0.0) / whole
        for word, count in web.items()
    }
    known = {word: count for word, count in known.items() if count >= LEAST}
    best, put, spelling = substitutes(known)
    apt, put_aptly = aptly(known)
    mixed: dict[tuple[str, str], float] = {
        pair: (1 - NEWS_SHARE) * count for pair, count in pairs().items() if pair[0] in known and pair[1] in known
    }
    for pair, n in two.items():
        if n > 1 and pair[0] in known and pair[1] in known:
            mixed[pair] = mixed.get(pair, 0.0) + NEWS_SHARE * WEB * (n - DISCOUNT) / whole_pairs
    used = {word for pair in mixed for word in pair} | set(best) | {w for was in best.values() for w in was}
    order = sorted((w for w in known if w in used), key=lambda w: (-known[w], w))
    number = {word: i for i, word in enumerate(order)}
    same = np.array([number[spelling.get(word, word)] for word in order], dtype=np.int64)
    written, spoken = neighbours(order, same, known, mixed)
    usual = (1 - MODELLED) * written + MODELLED * spoken
    apt_put = np.bincount(same, [put_aptly.get(word, 0.0) for word in order], len(order))[same]
    rows = ["word\tcount\tput\tusual\tnews\taptly\tspelling\tapt\twas"]
    for i, word in enumerate(order):
        likely = [w for w in sorted(apt.get(word, {}), key=lambda w: (-apt[word][w], w)) if w in number][:APT]
        given = (known[word], put.get(word, 0.0), usual[i], spoken[i], apt_put[i])
        cells = [word, *(str(step(value)) for value in given), spelling.get(word, ""), " ".join(likely)]
        rows.append("\t".join([*cells, " ".join(best.get(word, []))]).rstrip())
    (OUT / "words.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    pack()
    after: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (first, second), count in mixed.items():
        after[first].append((second, count))
    rows = []
    for first in sorted(after, key=number.__getitem__):
        cells = [f"{w}={step(c)}" for w, c in sorted(after[first], key=lambda x: (-x[1], x[0]))]
        rows.append(f"{first}\t{' '.join(cells)}")
    (OUT / "pairs.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(len(order), "words,", len(mixed), "pairs,", len(best), "with substitutes")


if __name__ == "__main__":
    main()

"""How well garbled names are put right, and what is changed in clean text.

    python benchmarks/origins/restoring.py

Clean texts: those that nothing was fitted on (``training/spun/corpora.py``); how many changes 10,000 words get, through
the gate (the text must read as machine-spun) and without it. Copies: the same texts spun by WordNet, read with the
clean text at hand. The real report of July 2020, where it is at hand: the garbled names and titles of
``restoring_real.tsv``, by hand; a name is put right when every garbled word in it is. How well phrases are put right
in texts spun by machine without a copy is told by ``training/restoring/fit.py``.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training/spun"))

from corpora import shared, test_sets
from senses import counts, forms, wordnet
from spinner import Manner, spin

from marsad.knowledge import Knowledge
from marsad.origins.restoring import Change, Restorer
from marsad.origins.restoring.copied import from_copy
from marsad.origins.spun import Spun, judge_spun

REAL: Final = Path(__file__).with_name("restoring_real.tsv")
LEAST: Final = 150
SPUN: Final = Spun(1.0, (), ())
HOW: Final = Manner(words=0.5, astray=0.1, far=0.0, usual=0.0, steady=True, names=0.3, says=1.0)
SETS: Final = ("own", "gold", "gum", "ecbplus", "polnear", "geowebnews", "lgl", "timebank", "nonnative")
OPEN: Final = 40
"""Texts of a set that are read without the gate, and that are spun and read with their copy."""


def clean(restorer: Restorer, sets: dict[str, list[str]]) -> None:
    """Changes in clean text."""
    print("set          texts   words  taken for spun  changes/10,000 words  without the gate")
    totals = [0, 0, 0, 0]
    for name, texts in sets.items():
        judged = [(text, judge_spun(text)) for text in texts]
        words = sum(len(text.split()) for text in texts)
        spun = [(text, one) for text, one in judged if one.probability >= 0.5]
        changes = sum(len(restorer.read(text, one).changes) for text, one in spun)
        open_words = sum(len(text.split()) for text in texts[:OPEN])
        opened = sum(len(restorer.read(text, SPUN).changes) for text in texts[:OPEN])
        rates = f"{1e4 * changes / words:17.2f} {1e4 * opened / open_words:21.1f}"
        print(f"{name:12s} {len(texts):5d} {words:7d} {len(spun):9d} {rates}")
        totals = [a + b for a, b in zip(totals, (len(texts), words, len(spun), changes), strict=True)]
    print(f"{'all':12s} {totals[0]:5d} {totals[1]:7d} {totals[2]:9d} {1e4 * totals[3] / totals[1]:17.2f}")


def copies(sets: dict[str, list[str]]) -> None:
    """Words put back from a clean copy."""
    swapped = back = wrong = 0
    for name in ("own", "gum", "ecbplus"):
        for number, text in enumerate(sets[name][:OPEN]):
            made, swaps = spin(text, wordnet(), forms(), counts(), HOW, random.Random(f"{name} {number}"))
            changes = from_copy(made, text, "clean")
            swapped += len(swaps)
            back += sum(
                any(c.start <= s.start and s.end <= c.end and s.was in c.reading for c in changes) for s in swaps
            )
            wrong += sum(not any(s.start < c.end and c.start < s.end for s in swaps) for c in changes)
    print(f"copies: of {swapped} swapped words {back} put back ({back / swapped:.3f}), {wrong} changes where none was")


def real(restorer: Restorer) -> None:
    """The names of the real report."""
    file = shared() / "reports/iraq-militias-2020-07.txt"
    if not file.is_file():
        print("the real report is not at hand")
        return
    text = file.read_text(encoding="utf-8")
    spun = judge_spun(text)
    reading = restorer.read(text, spun)
    every = (*reading.changes, *reading.proposals)
    first = applied = 0
    rows = [line.split("\t") for line in REAL.read_text(encoding="utf-8").splitlines()[1:]]
    for garbled, stood, _ in rows:
        hits = [_read(text, at, garbled, every) for at in _places(text, garbled)]
        done = [_read(text, at, garbled, reading.changes) for at in _places(text, garbled)]
        first += stood.lower() == hits[0].lower()
        applied += stood.lower() == done[0].lower()
        print(f"  {garbled} -> {hits[0]}{'' if done[0] == hits[0] else ' (proposed)'}; stood: {stood}")
    print(
        f"real report ({spun.probability:.2f}): first reading right for {first} of {len(rows)}, applied for {applied}"
    )


def _places(text: str, words: str) -> list[int]:
    found = [at for at in range(len(text)) if text.startswith(words, at)]
    if not found:
        sys.exit(f"{REAL.name}: the report does not have {words!r}")
    return found


def _read(text: str, at: int, words: str, changes: tuple[Change, ...]) -> str:
    """The words at a place with the changes that lie in them."""
    out, end = [], at + len(words)
    here = at
    for change in sorted(changes, key=lambda c: c.start):
        if at <= change.start and change.end <= end:
            out += [text[here : change.start], change.reading]
            here = change.end
    return "".join([*out, text[here:end]])


def main() -> None:
    """Measure and print."""
    restorer = Restorer(Knowledge.load())
    texts = {
        name: [t for _, t in rows if len(t.split()) >= LEAST] for name, rows in test_sets().items() if name in SETS
    }
    start = time.perf_counter()
    real(restorer)
    print(f"  ({time.perf_counter() - start:.2f} s with loading)")
    sample = " ".join(texts["gum"])
    restorer.read(sample[:2000], SPUN)
    start = time.perf_counter()
    restorer.read(sample, SPUN)
    print(f"{len(sample.split()) / (time.perf_counter() - start):,.0f} words a second, for spun texts alone")
    copies(texts)
    clean(restorer, texts)


if __name__ == "__main__":
    main()

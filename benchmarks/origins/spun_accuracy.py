"""How well machine-spun text is recognised, and how often clean text is taken for it.

    python benchmarks/origins/spun_accuracy.py [--all] [--shortest 150]

Clean texts that nothing was fitted on are judged as they are and after spinning by generators that were not trained on:
WordNet in three strengths; for the words that it has, the half of a dictionary read off real spinners' garbled phrases
that was not trained on; and a careful spinner that parses (``benchmarks/accuracy/spin.py``), which takes the labelled
reports' quotations, actors and places for given, and finds names itself elsewhere. Only texts of at least so many words
count. Without ``--all`` at most 120 texts of a set.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accuracy"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training/spun"))

from corpora import nonnative, shared, test_sets
from remap import change
from senses import counts, forms, wordnet
from spin import HARD, USUAL, Strength, spun
from spinner import Manner, spin
from tortured import dictionary

from marsad.origins.spun import judge_spun

ROOT: Final = Path(__file__).resolve().parents[2]
REAL: Final = "real spinners' words first"
MANNERS: Final = {
    "WordNet, few words": Manner(words=0.3, astray=0.1, far=0.0, usual=0.0, steady=False, names=0.0, says=0.0),
    "WordNet, half of the words": Manner(words=0.5, astray=0.1, far=0.0, usual=0.0, steady=True, names=0.0, says=1.0),
    "WordNet, nearly all words": Manner(words=0.9, astray=0.2, far=0.0, usual=0.0, steady=True, names=0.3, says=1.0),
    "WordNet, half, common words": Manner(words=0.5, astray=0.1, far=0.0, usual=1.0, steady=True, names=0.0, says=1.0),
    REAL: Manner(words=0.5, astray=0.1, far=0.0, usual=0.5, steady=True, names=0.0, says=1.0),
}
NEWS: Final = ("own", "gold", "gum", "ecbplus", "polnear", "geowebnews", "lgl", "timebank", "insight")
SECOND: Final = ("indian", "satp")
"""Written by people most of whom have English as a second language, for readers who have."""
SPUN_SETS: Final = ("own", "gold", "gum", "ecbplus", "geowebnews")
LABELLED: Final = ("own", "gold")
LIMIT: Final = 0.5


def spun_texts(texts: list[tuple[str, str]], kind: str) -> list[tuple[str, float]]:
    """Spun copies, with the share of words swapped."""
    how = MANNERS[kind]
    first = dictionary("test") if kind == REAL else None
    found = []
    for name, text in texts:
        rng = random.Random(f"test {kind} {name}")
        out, swaps = spin(text, wordnet(), forms(), counts(), how, rng, first)
        found.append((out, len(swaps) / max(1, len(text.split()))))
    return found


def record(name: str, text: str) -> dict[str, Any]:
    """The labelled record of this text; one without labels where there is none."""
    for folder in (ROOT / "data/conflict-reports/records", shared() / "gold/dev"):
        file = folder / f"{name}.json"
        if file.exists():
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return found
    return {"text": text, "statements": [], "places": [], "actors": []}


def carefully(texts: list[tuple[str, str]], strength: Strength) -> list[tuple[str, float]]:
    """Copies by the careful spinner, with the share of words swapped."""
    found = []
    for name, text in texts:
        edits = spun(record(name, text), 1, strength)
        found.append((change(text, edits).text, len(edits) / max(1, len(text.split()))))
    return found


def alarms(shares: list[float]) -> int:
    """How many are taken for spun."""
    return sum(share > LIMIT for share in shares)


def measure_clean(sets: dict[str, list[tuple[str, str]]]) -> None:
    """Print the false alarms on clean text, and the speed."""
    print("clean text: texts, false alarms, mean and highest probability, texts with a passage wrongly shown")
    news: list[float] = []
    second: list[float] = []
    began, words = time.perf_counter(), 0
    for name, texts in sets.items():
        found = [judge_spun(text) for _, text in texts]
        if not found:
            continue
        shares = [one.probability for one in found]
        words += sum(len(text.split()) for _, text in texts)
        news += shares if name in NEWS else []
        second += shares if name in SECOND else []
        n, wrong = len(shares), alarms(shares)
        passages = sum(bool(one.passages) for one in found)
        print(f"  {name:12} {n:4} {wrong:3} {wrong / n:7.2%} {sum(shares) / n:6.3f} {max(shares):6.3f} {passages:4}")
    spent = time.perf_counter() - began
    wrong, speed = alarms(news), words / max(spent, 1e-9)
    print(f"  clean news   {len(news):4} {wrong:3} {wrong / max(1, len(news)):7.2%}   {speed:,.0f} words a second")
    wrong = alarms(second)
    print(f"  second tongue{len(second):4} {wrong:3} {wrong / max(1, len(second)):7.2%}")


def measure_spun(sets: dict[str, list[tuple[str, str]]], kinds: list[str]) -> None:
    """Print how many spun copies are recognised, and F1 against the same texts clean."""
    base = [pair for name in SPUN_SETS for pair in sets.get(name, [])]
    wrong = alarms([judge_spun(text).probability for _, text in base])
    print("spun text: texts, share of words swapped, recall, precision, F1 against the same texts clean")
    for kind in kinds:
        _print_spun(kind, spun_texts(base, kind), wrong)
    labelled = [pair for name in LABELLED for pair in sets.get(name, [])]
    wrong_here = alarms([judge_spun(text).probability for _, text in labelled])
    for name, strength in (("careful, usual", USUAL), ("careful, hard", HARD)):
        _print_spun(f"{name}, labelled", carefully(labelled, strength), wrong_here)
        _print_spun(name, carefully(base, strength), wrong)


def _print_spun(kind: str, spun: list[tuple[str, float]], wrong: int) -> None:
    hits = alarms([judge_spun(text).probability for text, _ in spun])
    recall, precision = hits / len(spun), hits / max(1, hits + wrong)
    f1 = 2 * recall * precision / max(1e-9, recall + precision)
    swapped = sum(share for _, share in spun) / len(spun)
    print(f"  {kind:28} {len(spun):4} {swapped:6.1%} {recall:6.3f} {precision:6.3f} {f1:6.3f}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--shortest", type=int, default=150)
    parser.add_argument("--only", choices=["clean", "spun"], help="one half of the measuring")
    parser.add_argument("--sets", nargs="+", help="only these sets")
    options = parser.parse_args()
    sets = {
        name: [pair for pair in texts if len(pair[1].split()) >= options.shortest]
        for name, texts in test_sets().items()
        if not options.sets or name in options.sets
    }
    if not options.all:
        sets = {name: texts[:: -(-len(texts) // 120)] if texts else [] for name, texts in sets.items()}
    judge_spun("The tables are read.")
    if options.only != "spun":
        measure_clean(sets)
        for part in ("first", "second", "third"):
            shares = [judge_spun(text).probability for _, text in nonnative(part)]
            print(f"  non-native, {part} part: {alarms(shares)} of {len(shares)}")
    if options.only != "clean":
        measure_spun(sets, list(MANNERS))
        report = shared() / "reports/iraq-militias-2020-07.txt"
        if report.exists():
            print(f"the real spun report: {judge_spun(report.read_text(encoding='utf-8')).probability:.4f}")


if __name__ == "__main__":
    main()

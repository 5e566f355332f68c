"""How well types of a user's own are learned from few examples: ACLED's types, from 10, 25 and 50 snippets each.

    python benchmarks/accuracy/codebooks.py [--draws 3]

The set is the test part of CASE 2021, shared task 2 (github.com/emerging-welfare/case-2021-shared-task): snippets
of news, each with one fine type of ACLED's or of the organisers' own. They are learned as they are, and again as the
broader types that ACLED puts them into. All types of a row are types of one codebook. So many snippets of each as
the row says are its examples (fewer where it has fewer: ``KEPT_BACK`` are always kept back), and all others, with a
hundred background sentences, are what it is tested on. No definition, marks or counter-examples are given. No
snippet had a part in the making of the shipped encoder. The second table is of all rows together: how often a text
was of a type, by the probability that it was given.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from marsad.coding.codebook.cases import background, cases
from marsad.coding.codebook.heads import fit_heads
from marsad.coding.encoder import Encoder
from marsad.ontology.codebook import Codebook, Example, UserType

SET = Path(__file__).resolve().parents[3] / "shared/data/case2021_task2/half_with_labels.tsv"
KEPT_BACK = 4
BACKGROUND = 300
"""Background sentences that are trained on; the rest are tested on."""
BROAD = {
    "battle": "ARMED_CLASH GOV_REGAINS_TERIT NON_STATE_ACTOR_OVERTAKES_TER",
    "explosion": "AIR_STRIKE ART_MISS_ATTACK CHEM_WEAP GRENADE REM_EXPLOS SUIC_BOMB",
    "protest": "PEACE_PROTEST PROTEST_WITH_INTER FORCE_AGAINST_PROTEST",
    "riot": "VIOL_DEMONSTR MOB_VIOL",
    "strategic": "AGREEMENT ARREST CHANGE_TO_GROUP_ACT DISR_WEAP HQ_ESTABLISHED NON_VIOL_TERRIT_TRANSFER "
    "PROPERTY_DISTRUCT",
    "civilians": "ATTACK SEX_VIOL ABDUCT_DISSAP",
    "disaster": "MAN_MADE_DISASTER NATURAL_DISASTER",
    "diplomacy": "DIPLO ATTRIB",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Shares are of one; ``given`` is the mean number of examples a type."""

    given: float
    macro_f1: float
    micro_f1: float
    precision: float
    recall: float
    likeliest_right: float
    seconds: float


def snippets(path: Path) -> dict[str, list[str]]:
    """Type -> its snippets."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["SubType"], []).append(row["EventSnippet"][:2000])
    return {name: texts for name, texts in sorted(found.items()) if len(texts) >= 2 * KEPT_BACK - 1}


def f1(right: float, taken: float, there: float) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / max(1.0, taken + there)


Said = list[tuple[float, bool]]
"""Probabilities that were given to a text and a type, and whether it is of that type."""


def measure(texts: dict[str, list[str]], each: int, seed: int) -> tuple[Row, Said]:
    """Learn from ``each`` snippets a type, chosen by ``seed``, and test on the others."""
    draw = random.Random(seed)
    names = list(texts)
    shuffled = {name: draw.sample(texts[name], len(texts[name])) for name in names}
    cut = {name: min(each, len(texts[name]) - KEPT_BACK) for name in names}
    encoder, sentences = Encoder.load(), background()

    def book(name: str, first: bool) -> Codebook:
        parts = {n: shuffled[n][: cut[n]] if first else shuffled[n][cut[n] :] for n in names}
        return Codebook(name, tuple(UserType(n, "", tuple(map(Example, parts[n]))) for n in names))

    begun = time.perf_counter()
    heads = fit_heads(cases(book("taught", True), encoder, sentences[:BACKGROUND]), len(names))
    seconds = time.perf_counter() - begun
    tested = cases(book("tested", False), encoder, sentences[BACKGROUND:])
    chances = np.array([heads.probabilities(case) for case in tested])
    truth = np.array([[number in case.types for number in range(len(names))] for case in tested])
    taken = chances >= heads.thresholds
    right = taken & truth
    some = truth.any(axis=1)
    best = truth[some][np.arange(int(some.sum())), chances[some].argmax(axis=1)]
    row = Row(
        given=float(np.mean(list(cut.values()))),
        macro_f1=float(np.mean([f1(*c) for c in zip(right.sum(0), taken.sum(0), truth.sum(0), strict=True)])),
        micro_f1=f1(right.sum(), taken.sum(), truth.sum()),
        precision=float(right.sum() / max(1, taken.sum())),
        recall=float(right.sum() / truth.sum()),
        likeliest_right=float(best.mean()),
        seconds=seconds,
    )
    return row, list(zip(chances.ravel().tolist(), truth.ravel().tolist(), strict=True))


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--draws", type=int, default=3, help="random choices of examples that each row is the mean of")
    given = options.parse_args(None if arguments is None else list(arguments))
    if not SET.exists():
        raise SystemExit(f"{SET} is not at hand")
    fine = snippets(SET)
    broad = {name: [text for part in parts.split() for text in fine.get(part, ())] for name, parts in BROAD.items()}
    print("| types | examples a type | macro F1 | micro F1 | precision | recall | likeliest type right | seconds |")
    print("|---|---|---|---|---|---|---|---|")
    said: Said = []
    for texts, sizes in ((broad, (10, 25, 50)), (fine, (10, 25))):
        for each in sizes:
            done = [measure(texts, each, seed) for seed in range(given.draws)]
            rows = [row for row, _ in done]
            said += [one for _, part in done for one in part]
            mean = [float(np.mean([getattr(row, field.name) for row in rows])) for field in fields(Row)]
            shares = " | ".join(f"{100 * share:.0f}" for share in mean[1:6])
            print(f"| {len(texts)} | {each} (mean {mean[0]:.0f}) | {shares} | {mean[6]:.0f} |", flush=True)
    print("\n| probability given | texts and types | of the type |\n|---|---|---|")
    for low in range(0, 100, 20):
        inside = [is_true for chance, is_true in said if low <= 100 * chance < low + 20 + (low == 80)]
        print(f"| {low} to {low + 20} | {len(inside)} | {100 * sum(inside) / max(1, len(inside)):.0f} |")


if __name__ == "__main__":
    main()

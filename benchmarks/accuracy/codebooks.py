"""How well types of a user's own are learned from few examples: ACLED's sub-event types, from 10, 25 and 50 snippets.

    python benchmarks/accuracy/codebooks.py [--draws 3] [--background 400]

The set is the test part of CASE 2021, shared task 2 (github.com/emerging-welfare/case-2021-shared-task): snippets
of news, each with one fine type. Every type with at least eight snippets is a type of one codebook; so many of its
snippets as the row says are its examples (fewer where it has fewer: four are always kept back), and all others are
what it is tested on. A definition is not used. Nothing is told of what is near to a type but the other types.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from marsad.coding.codebook.cases import background, cases
from marsad.coding.codebook.heads import fit_heads
from marsad.coding.encoder import Encoder
from marsad.ontology.codebook import Codebook, Example, UserType

SET = Path(__file__).resolve().parents[3] / "shared/data/case2021_task2/half_with_labels.tsv"
KEPT_BACK = 4


def snippets(path: Path) -> dict[str, list[str]]:
    """Type -> its snippets."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["SubType"], []).append(row["EventSnippet"][:2000])
    return {name: texts for name, texts in sorted(found.items()) if len(texts) >= 2 * KEPT_BACK}


def f1(right: float, taken: float, there: float) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / max(1.0, taken + there)


def measure(texts: dict[str, list[str]], each: int, seed: int, ordinary: int) -> tuple[float, ...]:
    """Mean examples a type, macro and micro F1, share of snippets whose likeliest type is right, seconds."""
    draw = random.Random(seed)
    names = list(texts)
    shuffled = {name: draw.sample(texts[name], len(texts[name])) for name in names}
    cut = {name: min(each, len(texts[name]) - KEPT_BACK) for name in names}
    begun = time.perf_counter()
    encoder = Encoder.load()
    book = Codebook("acled", tuple(UserType(n, "", tuple(map(Example, shuffled[n][: cut[n]]))) for n in names))
    sentences = background()
    heads = fit_heads(cases(book, encoder, sentences[:ordinary]), len(names))
    seconds = time.perf_counter() - begun
    test = Codebook("test", tuple(UserType(n, "", tuple(map(Example, shuffled[n][cut[n] :]))) for n in names))
    tested = cases(test, encoder, sentences[ordinary:])
    chances = np.array([heads.probabilities(case) for case in tested])
    truth = np.array([[number in case.types for number in range(len(names))] for case in tested])
    taken = chances >= 0.5
    right = taken & truth
    each_f1 = [f1(*c) for c in zip(right.sum(0), taken.sum(0), truth.sum(0), strict=True)]
    some = truth.any(axis=1)
    best = truth[some][np.arange(int(some.sum())), chances[some].argmax(axis=1)].mean()
    loss = float(np.abs(chances.mean() - truth.mean()))
    return (
        float(np.mean(list(cut.values()))), float(np.mean(each_f1)),
        f1(right.sum(), taken.sum(), truth.sum()), float(right.sum() / max(1, taken.sum())),
        float(right.sum() / truth.sum()), float(best), seconds, loss,
    )  # fmt: skip


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--draws", type=int, default=3, help="random choices of examples that each row is the mean of")
    options.add_argument("--background", type=int, default=300, help="background sentences; the rest are tested on")
    options.add_argument("--each", type=int, nargs="*", default=[10, 25, 50], help="examples a type")
    given = options.parse_args(None if arguments is None else list(arguments))
    if not SET.exists():
        raise SystemExit(f"{SET} is not at hand")
    texts = snippets(SET)
    print(f"{len(texts)} types, {sum(map(len, texts.values()))} snippets, mean of {given.draws} draws")
    print(
        "| examples | a type on average | macro F1 | micro F1 | precision | recall | likeliest type right | seconds |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for each in given.each:
        rows = np.array([measure(texts, each, seed, given.background) for seed in range(given.draws)]).mean(axis=0)
        print(
            "| {} | {:.0f} | {} | {} | {} | {} | {} | {:.0f} | {:.4f}".format(
                each, rows[0], *(round(100 * r) for r in rows[1:6]), rows[6], rows[7]
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()

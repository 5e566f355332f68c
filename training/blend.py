"""Fit how much the rules and the encoder each weigh in every decision.

    python training/blend.py --held-out GOLD [PREFIX ...] [--choosing GOLD] [--variants FOLDER] --encoder FOLDER \\
        --rules FOLDER --out FILE

The reports of the first folder whose ids begin with one of the prefixes, and all
of the second, must have had no part in the given encoder and tables. The factors
are fitted one decision after another, since later ones see what earlier ones made.
With ``--variants`` each report held out counts in a spun variant too, where rules
that know words by heart are worth less.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import heads
import numpy as np
from data import Analysed, Example, analyse, held_out
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from marsad.coding.blend import Blend, logit
from marsad.coding.weights import Weights
from marsad.knowledge import Gazetteer, Knowledge


def binary(name: str, rows: heads.Rows, label: str) -> tuple[dict[str, object], str]:
    """Factors for "is it ``label``?", and a line that says how much was gained."""
    weights = Weights.load(name)
    at = weights.labels.index(label)
    rules = [logit(weights.probabilities(f)[at]) for f in rows.features]
    columns = np.array([[r, *(j or ())] for r, j in zip(rules, rows.judged, strict=True)])
    target = np.array([row == label for row in rows.labels])
    share = np.array(rows.weights)
    model = LogisticRegression(C=10.0).fit(columns, target, sample_weight=share)
    before = _loss(np.array(rules), target, share)
    after = _loss(columns @ model.coef_[0] + model.intercept_[0], target, share)
    other = LogisticRegression(C=10.0).fit(columns[:, 1:], target, sample_weight=share)
    alone = _loss(columns[:, 1:] @ other.coef_[0] + other.intercept_[0], target, share)
    rule, *encoder = (round(float(c), 3) for c in model.coef_[0])
    factors = {"rules": rule, "encoder": encoder, "bias": round(float(model.intercept_[0]), 3)}
    line = f"{len(rows.labels)} rows, log-loss of rules {before:.4f}, of the encoder {alone:.4f}, of both {after:.4f}"
    return factors, line


def _loss(value: np.ndarray, target: np.ndarray, share: np.ndarray) -> float:
    return float((np.logaddexp(0, np.where(target, -value, value)) * share).sum() / share.sum())


def among(name: str, rows: heads.Rows) -> tuple[dict[str, object], str]:
    """Factors for a choice among a table's labels."""
    weights = Weights.load(name)
    number = {label: i for i, label in enumerate(weights.labels)}
    kept = [i for i, label in enumerate(rows.labels) if label in number]
    rules = np.log(np.maximum(1e-6, np.array([weights.probabilities(rows.features[i]) for i in kept])))
    judged = np.array([rows.judged[i] for i in kept])
    target = np.array([number[rows.labels[i]] for i in kept])
    share = np.array([rows.weights[i] for i in kept])
    each = np.arange(len(kept))

    def cost(factors: np.ndarray) -> float:
        sums = factors[0] * rules + factors[1] * judged + factors[2:]
        top = sums.max(axis=1)
        loss = top + np.log(np.exp(sums - top[:, None]).sum(axis=1)) - sums[each, target]
        return float((loss * share).sum() / share.sum() + 0.002 * (factors[2:] ** 2).sum())

    labels = len(weights.labels)
    found = minimize(cost, np.array([0.5, 0.5, *np.zeros(labels)]), method="L-BFGS-B").x
    before = cost(np.array([1.0, 0.0, *np.zeros(labels)]))
    alone = minimize(lambda f: cost(np.array([0.0, *f])), np.array([1.0, *np.zeros(labels)]), method="L-BFGS-B").fun
    rule, encoder, *biases = (round(float(f), 3) for f in found)
    line = f"{len(kept)} rows, log-loss of rules {before:.4f}, of the encoder {alone:.4f}, of both {cost(found):.4f}"
    return {"rules": rule, "encoder": [encoder], "biases": biases}, line


def write(path: Path, factors: dict[str, dict[str, object]]) -> None:
    """Write all factors so far, and let the coder use them."""
    lines = ["# Made by training/blend.py: how rules and encoder weigh in each decision."]
    for name, row in factors.items():
        lines += [f'["{name}"]', *(f"{key} = {value}" for key, value in row.items()), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    Blend._loaded.clear()


def fit(examples: Sequence[Example], path: Path) -> None:
    """Fit all decisions in the order in which the coder takes them."""
    knowledge = Knowledge.load()
    factors: dict[str, dict[str, object]] = {}
    write(path, factors)
    some = list(examples)

    def take(name: str, made: tuple[dict[str, object], str]) -> None:
        factors[name], line = made
        write(path, factors)
        row = factors[name]
        print(f"{name}: {line}; rules {row['rules']}, encoder {row['encoder']}", flush=True)

    take("trigger", among("trigger", heads.trigger_rows(some)))
    take("mention", binary("mention", heads.mention_rows(some, knowledge), "yes"))
    take("cue", binary("cue", heads.cue_rows(some), "yes"))
    take("coref", binary("coref", heads.coref_rows(some, knowledge), "yes"))
    with Gazetteer.open() as gazetteer:
        take("place", binary("place", heads.place_rows(some, knowledge, gazetteer), "yes"))
    take("status", among("status", heads.status_rows(some, certainty=False)))
    take("certainty", among("certainty", heads.status_rows(some, certainty=True)))

    def again(rows: Callable[[list[Analysed]], heads.Rows]) -> heads.Rows:
        return rows(list(analyse(some, knowledge)))

    for name in ("role", "implied"):
        found = again(heads.role_rows if name == "role" else heads.implied_rows)
        for column, role in enumerate(("actor", "recipient")):
            one = heads.Rows(found.features, found.labels, found.weights, [j and [j[column]] for j in found.judged])
            take(f"{name}.{role}", binary(name, one, role))
    take("kind", among("kind", again(heads.kind_rows)))
    take("relation", among("relation", again(lambda analysed: heads.relation_rows(analysed, knowledge))))
    take("eventlink", binary("eventlink", again(heads.eventlink_rows), "yes"))


def main() -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", nargs="+", required=True, metavar=("GOLD", "PREFIX"))
    parser.add_argument("--choosing", type=Path)
    parser.add_argument("--variants", type=Path, help="folder of spun variants (training/variants.py)")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--rules", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    Weights.folder, Blend.path = options.rules, options.out
    examples = held_out(options.held_out, options.choosing, options.encoder, options.variants)
    fit(examples, options.out)


if __name__ == "__main__":
    main()

"""Fit what turns the coder's shares into probabilities, and print how well they hold.

    python training/calibrate.py --held-out GOLD [PREFIX ...] [--choosing GOLD] --encoder FOLDER --rules FOLDER
        --blend FILE --out FILE

The reports must have had no part in the given encoder and tables. Each field's
probability is fitted on half of the reports and checked on the other half, and
the other way round; the factors written are those of all. Prints, per field and
tenth, how sure the coder was and how often it was right.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from data import Example, held_out
from sklearn.linear_model import LogisticRegression

from marsad.coding.assembly import assemble
from marsad.coding.blend import Blend
from marsad.coding.confidence import FIELDS, Calibration
from marsad.coding.weights import Weights
from marsad.evaluation.matching import identities, pairs, trigger_value
from marsad.evaluation.view import read_view
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Report

Row = tuple[int, float, bool]
"""Number of the report, log-odds that the coder gave, and whether it was right."""


def rows_of(examples: Sequence[Example]) -> dict[str, list[Row]]:
    """For each field, every event that the coder found: how sure it was, and was it right?"""
    knowledge = Knowledge.load()
    rows: dict[str, list[Row]] = {field: [] for field in FIELDS}
    with Gazetteer.open() as gazetteer:
        for number, example in enumerate(examples):
            gold = example.gold
            report = Report(gold.id, gold.text, gold.title, gold.published)
            coded = assemble(report, example.document, knowledge, gazetteer, {})
            left, right = read_view(gold.to_json()), read_view(coded.to_json())
            stands_for, _ = identities(left, right)
            met = {j: gold.events[i] for i, j in pairs(left.events, right.events, trigger_value)}
            for j, event in enumerate(coded.events):
                labelled = met.get(j)
                if labelled is not None and not labelled.scored:
                    continue
                raw = event.extra["confidence"]
                same = labelled is not None and labelled.type == event.type
                truth = {"event": labelled is not None, "type": same}
                if labelled is not None and same:
                    for role in ("actors", "recipients"):
                        want, got = set(getattr(labelled, role)), {stands_for.get(a, "?") for a in getattr(event, role)}
                        truth[role] = bool(want & got) or not (want or got)
                    truth["status"] = labelled.status == event.status
                    truth["certainty"] = labelled.certainty == event.certainty
                    said = {stands_for.get(a, a) if a != "author" else a for a in event.according_to}
                    truth["according_to"] = bool(said & set(labelled.according_to))
                if labelled is None:
                    del truth["type"]
                for field, right_ in truth.items():
                    share = min(0.995, max(0.005, raw[field]))
                    rows[field].append((number, math.log(share / (1 - share)), right_))
    return rows


def fit(rows: Sequence[Row]) -> tuple[float, float]:
    """Slope and constant of a field."""
    values = np.array([[value] for _, value, _ in rows])
    target = np.array([right for *_, right in rows])
    if target.all() or not target.any():
        return 0.0, 3.0 if target.all() else -3.0
    model = LogisticRegression(C=10.0).fit(values, target)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def checked(rows: Sequence[Row]) -> list[tuple[float, bool]]:
    """Each row's probability by factors that were fitted on the other half of the reports."""
    out = []
    for half in (0, 1):
        slope, constant = fit([row for row in rows if row[0] % 2 != half])
        out += [(1 / (1 + math.exp(-(slope * value + constant))), right) for n, value, right in rows if n % 2 == half]
    return out


def main() -> None:
    """Read the command line, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", nargs="+", required=True, metavar=("GOLD", "PREFIX"))
    parser.add_argument("--choosing", type=Path)
    for name in ("encoder", "rules", "blend", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    Weights.folder, Blend.path = options.rules, options.blend
    Calibration._loaded[Calibration.path] = Calibration({})
    examples = held_out(options.held_out, options.choosing, options.encoder)
    lines = ["# Made by training/calibrate.py: what turns the shares of decisions into probabilities."]
    for field, rows in rows_of(examples).items():
        slope, constant = fit(rows)
        lines += [f"[{field}]", f"slope = {slope:.3f}", f"constant = {constant:.3f}", ""]
        found = checked(rows)
        error = 0.0
        cells = []
        for low in range(10):
            part = [(p, right) for p, right in found if low <= min(9.999, 10 * p) < low + 1]
            if part:
                sure, right_share = sum(p for p, _ in part) / len(part), sum(r for _, r in part) / len(part)
                error += abs(sure - right_share) * len(part) / len(found)
                cells.append(f"{sure:.2f}:{right_share:.2f}({len(part)})")
        print(f"{field}: {len(rows)} rows, expected calibration error {error:.3f}; sure:right(n) {' '.join(cells)}")
    options.out.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

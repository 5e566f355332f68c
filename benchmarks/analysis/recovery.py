"""Does the excitation model find what its data were made with, and do its intervals hold it?

    OMP_NUM_THREADS=1 python benchmarks/analysis/recovery.py [--sets 200] [--seed 0] [--only WORDS] [--json]

Draws data sets from known parameters, fits each, and counts in how many the 95 %
interval holds the true value. The target is 92 to 97 of 100; with 200 sets, a true 95 %
comes out between 92 and 98 nineteen times of twenty.

Three situations: one series with an intervention; the same with a wandering background
whose smoothness is estimated; two series that answer each other.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from marsad.analysis.excitation import Design, Fitted, drift, fit, level, step, weekday
from marsad.analysis.excitation.kernel import Floats

DAYS = 1500


@dataclass(frozen=True, slots=True)
class Situation:
    """A true model, and how its data are fitted."""

    name: str
    truth: Fitted
    design: Design
    watched: tuple[str, ...]
    wander: float = 0.0

    def sets(self, count: int, seed: int) -> Iterator[Floats]:
        """Data sets from the truth; where the background wanders, each has its own way of wandering."""
        generator = np.random.default_rng(seed)
        for number in range(count):
            truth = self.truth
            if self.wander:
                (penalty,) = (one for one in self.design.penalties if one.wanders)
                values, vectors = np.linalg.eigh(penalty.matrix * self.wander)
                drawn = vectors @ (generator.standard_normal(len(values)) / np.sqrt(values))
                truth = truth.at({f"drift {k + 1}": float(value) for k, value in enumerate(drawn)})
            yield truth.simulate(seed=seed * 100_000 + number, paths=1, afresh=True)[0]


def situations() -> Iterator[Situation]:
    """The three."""
    generator = np.random.default_rng(0)
    some = generator.poisson(4.0, DAYS)
    plain = Design.of(level(DAYS), weekday(DAYS), step(DAYS, 1000))
    values = {
        "level": np.log(2.0), "Monday": 0.2, "Tuesday": 0.1, "Wednesday": 0.0, "Thursday": 0.1, "Friday": -0.4,
        "Saturday": 0.0, "step": -0.5, "weight": 0.5, "log delay": np.log(4.0), "log scatter": np.log(0.15),
    }  # fmt: skip
    watched = tuple(values)
    yield Situation("one series, no drift", fit(some, plain).at(values), plain, watched)
    wandering = Design.of(level(DAYS), weekday(DAYS), step(DAYS, 1000), drift(DAYS, 60))
    yield Situation(
        "one series, wandering background", fit(some, wandering).at(values), wandering, watched, wander=30.0
    )  # fmt: skip
    two = Design.of(level(DAYS))
    truth = fit(generator.poisson(3.0, (DAYS, 2)), two, series=("A", "B")).at(both())
    yield Situation("two series", truth, two, tuple(both()))


def both() -> Mapping[str, float]:
    """The parameters of two series that answer each other."""
    return {
        "A: level": np.log(1.5), "B: level": np.log(1.0), "A <- A: weight": 0.3, "A <- B: weight": 0.2,
        "B <- A: weight": 0.35, "B <- B: weight": 0.25, "log delay": np.log(3.0), "A: log scatter": np.log(0.1),
        "B: log scatter": np.log(0.2),
    }  # fmt: skip


def measure(situation: Situation, sets: int, seed: int) -> dict[str, dict[str, float]]:
    """For each watched parameter: truth, mean estimate, coverage of `interval` and of `wald`."""
    names = situation.watched
    held, best = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    sums = dict.fromkeys(names, 0.0)
    ratio_held, unmet = 0, 0
    true_ratio = situation.truth.branching().ratio.value
    for counts in situation.sets(sets, seed):
        found = fit(counts, situation.design, series=situation.truth.series)
        unmet += not found.converged
        for name in names:
            true = situation.truth.estimate[situation.truth.index(name)]
            interval = found.wald(name)
            held[name] += interval.low <= true <= interval.high
            better = found.interval(name)
            best[name] += better.low <= true <= better.high
            sums[name] += interval.value
        ratio = found.branching_ratio()
        ratio_held += ratio.low <= true_ratio <= ratio.high
    out = {
        name: {
            "true": round(float(situation.truth.estimate[situation.truth.index(name)]), 3),
            "mean": round(sums[name] / sets, 3),
            "held": round(100 * best[name] / sets, 1),
            "from the covariance": round(100 * held[name] / sets, 1),
        }
        for name in names
    }
    out["branching ratio"] = {"true": round(true_ratio, 3), "held": round(100 * ratio_held / sets, 1)}
    out["fits"] = {"sets": sets, "not converged": unmet}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="Only the situations with this in their name.")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    asked = [one for one in situations() if arguments.only in one.name]
    found = {one.name: measure(one, arguments.sets, arguments.seed) for one in asked}
    if arguments.json:
        print(json.dumps(found, indent=1))
        return
    for name, table in found.items():
        print(f"{name}: {table['fits']['sets']:.0f} sets, {table['fits']['not converged']:.0f} fits not converged")
        for parameter, row in table.items():
            if parameter != "fits":
                print("  " + f"{parameter:18}" + "  ".join(f"{key} {value:7}" for key, value in row.items()))


if __name__ == "__main__":
    main()

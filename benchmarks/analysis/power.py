"""Power: how often is a planted halving of the rate over 182 days seen, and how often would the true model see it?

    python benchmarks/analysis/power.py [--repeats 6] [--end] [--real] [--seed 3]

Four years of days are drawn from a self-exciting negative-binomial model: a background that is flat, has seasons and a
trend, or drifts as a random walk (steps of 1 or 2 % a day); 0.1 to 4 events a day; branching ratio 0, .4 or .7 with a
mean delay of 5 days. From a random day on the background is halved for 182 days. Marsad is given the counts alone. The
yardstick is the likelihood-ratio test of the true model *with all its parameters known*, the drift's very path,
the branching ratio, the delay and the scatter, but for the level and the effect: no analyst can do so well where the
background drifts. Printed beside it: how often Marsad's interval holds the true ratio, what power it promised, and its
share of false alarms on the same draws without a halving.

With ``--end`` every series ends with the 182 days, as where one asks about the present.

With ``--real``, real series (the half that was not used to choose the method) are thinned instead: each event of the
182 days is kept with a probability of one half. There is no true model then; the yardstick is a negative-binomial
test of 182 days before and after that is given the scale at which it cries wolf on 5 % of each source's dates.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass
from typing import Final

import numpy as np
from false_alarms import WINDOW, show
from numpy.typing import NDArray
from realseries import daily_series
from scipy import stats
from scipy.optimize import minimize
from scipy.special import gammaln

from marsad.analysis.response import respond
from marsad.analysis.series import Series

DAYS: Final = 1460
FADING: Final = 0.2
FIRST: Final = 730_000
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """One situation. ``size`` of the negative binomial is None for Poisson."""

    background: str
    rate: float
    branching: float

    @property
    def size(self) -> float | None:
        return None if self.rate < 1 else 3.0


def log_background(cell: Cell, draw: np.random.Generator) -> Floats:
    """The logarithm of the background, zero on the mean."""
    days = np.arange(DAYS)
    if cell.background == "flat":
        found = np.zeros(DAYS)
    elif cell.background == "seasons":
        found = 0.3 * np.sin(2 * np.pi * days / 365.25 + draw.uniform(0, 2 * np.pi)) + 0.5 * (days / DAYS - 0.5)
    else:
        found = np.cumsum(draw.normal(0, float(cell.background.split()[-1]), DAYS))
    return np.asarray(found - found.mean())


def simulate(background: Floats, cell: Cell, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """Counts, and the echo of earlier ones on each day."""
    counts, echoes, echo = np.zeros(DAYS), np.zeros(DAYS), cell.branching and cell.rate
    for day in range(DAYS):
        echoes[day] = echo
        mean = background[day] + cell.branching * echo
        if cell.size is not None:
            mean = draw.gamma(cell.size, mean / cell.size)
        counts[day] = draw.poisson(mean)
        echo = (1 - FADING) * echo + FADING * counts[day]
    return counts, echoes


def oracle(counts: Floats, echoes: Floats, background: Floats, cell: Cell, inside: Floats) -> float:
    """The p-value of the likelihood-ratio test that knows everything but the level and the effect."""

    def cost(parameters: Floats) -> float:
        level, effect = parameters[0], parameters[1] if len(parameters) > 1 else 0.0
        mean = np.exp(level + effect * inside) * background + cell.branching * echoes + 1e-9
        if cell.size is None:
            return -float(np.sum(counts * np.log(mean) - mean))
        size = cell.size
        each = gammaln(counts + size) + counts * np.log(mean / (mean + size)) - size * np.log(mean + size)
        return -float(np.sum(each))

    options = {"xatol": 1e-3, "fatol": 1e-3}
    free = minimize(cost, [0.0, -0.3], method="Nelder-Mead", options=options).fun
    held = minimize(cost, [0.0], method="Nelder-Mead", options=options).fun
    return float(stats.chi2.sf(2 * (held - free), 1))


def simulated(repeats: int, seed: int, end: bool) -> None:
    draw, began = np.random.default_rng(seed), time.time()
    rows: list[tuple[Cell, bool, bool, bool, float, bool]] = []
    for background in ("flat", "seasons", "drift 0.01", "drift 0.02"):
        for rate in (0.1, 0.3, 1.0, 4.0):
            for branching in (0.0, 0.4, 0.7):
                cell = Cell(background, rate, branching)
                for _ in range(repeats):
                    rows.append(one_draw(cell, draw, end))
    print(f"{len(rows)} draws, {time.time() - began:.0f} s")
    head = (
        f"{'':28}{'true model':>11}{'marsad':>9}{'ratio':>8}{'promised':>10}{'interval holds':>16}{'false alarms':>14}"
    )
    print(head)

    def line(name: str, kept: list[tuple[Cell, bool, bool, bool, float, bool]]) -> None:
        best, own = np.mean([row[1] for row in kept]), np.mean([row[2] for row in kept])
        print(f"{name:28}{best:11.1%}{own:9.1%}{own / max(best, 1e-9):8.2f}{np.mean([row[4] for row in kept]):10.1%}"
              f"{np.mean([row[3] for row in kept]):16.1%}{np.mean([row[5] for row in kept]):14.1%}")  # fmt: skip

    for background in ("flat", "seasons", "drift 0.01", "drift 0.02"):
        line(background, [row for row in rows if row[0].background == background])
    for rate in (0.1, 0.3, 1.0, 4.0):
        line(f"{rate:g} events a day", [row for row in rows if row[0].rate == rate])
    for branching in (0.0, 0.4, 0.7):
        line(f"branching ratio {branching:g}", [row for row in rows if row[0].branching == branching])
    line("all", rows)


def one_draw(cell: Cell, draw: np.random.Generator, end: bool = False) -> tuple[Cell, bool, bool, bool, float, bool]:
    """The cell; seen by the true model, seen by Marsad, interval holds, promised power, false alarm without."""
    base = cell.rate * (1 - cell.branching) * np.exp(log_background(cell, draw))
    turn = int(draw.integers(300, DAYS - WINDOW - 60))
    inside = np.zeros(DAYS)
    inside[turn : turn + WINDOW] = 1.0
    counts, echoes = simulate(base * np.exp(-math.log(2) * inside), cell, draw)
    kept = slice(0, turn + WINDOW if end else DAYS)
    best = oracle(counts[kept], echoes[kept], base[kept], cell, inside[kept]) < 0.05
    found = respond(_series(counts[kept]), [FIRST + turn], sensitivity=False)[0].effect
    nothing, _ = simulate(base, cell, draw)
    null = respond(_series(nothing[kept]), [FIRST + turn], sensitivity=False)[0].effect
    return cell, best, found.p < 0.05, found.low <= 0.5 <= found.high, found.power(0.5), null.p < 0.05


def _series(counts: Floats) -> Series:
    return Series(FIRST, counts, np.ones(len(counts), dtype=bool))


def real(repeats: int, seed: int) -> None:
    draw, began, seen, promised, holds = np.random.default_rng(seed), time.time(), [], [], []
    statistics: dict[str, list[tuple[float, float]]] = {}
    for one in daily_series("report"):
        source = one.name.split(":")[0]
        for turn in draw.integers(WINDOW, len(one.counts) - WINDOW, size=repeats):
            before, after = one.counts[turn - WINDOW : turn], one.counts[turn : turn + WINDOW]
            if before.sum() + after.sum() < 20:
                continue
            thinned = one.counts.copy()
            thinned[turn : turn + WINDOW] = draw.binomial(after.astype(int), 0.5)
            series = Series(one.first.toordinal(), thinned, np.ones(len(thinned), dtype=bool))
            found = respond(series, [one.first.toordinal() + int(turn)], sensitivity=False)[0].effect
            seen.append(found.p < 0.05)
            promised.append(found.power(0.5))
            whole = Series(one.first.toordinal(), one.counts, series.observed)
            truth = respond(whole, [one.first.toordinal() + int(turn)], sensitivity=False)[0].effect.ratio / 2
            holds.append(found.low <= truth <= found.high)
            statistics.setdefault(source, []).append(
                (_wald(before, after), _wald(before, thinned[turn : turn + WINDOW]))
            )
    usual = []
    for pairs in statistics.values():
        bar = np.quantile([abs(null) for null, _ in pairs], 0.95)
        usual += [abs(planted) > bar for _, planted in pairs]
    print(f"{len(seen)} dates, {time.time() - began:.0f} s; halvings planted in real series by thinning:")
    show("seen by Marsad", seen)
    show("by a before/after test at a fair level", usual)
    show("half of the ratio without thinning held", holds)
    print(f"  promised power {np.mean(promised):.1%}")


def _wald(before: Floats, after: Floats) -> float:
    means = before.mean() + 1 / WINDOW, after.mean() + 1 / WINDOW
    spread = sum(
        (part.var(ddof=1) + 1 / WINDOW) / WINDOW / mean**2 for part, mean in zip((before, after), means, strict=True)
    )
    return float(math.log(means[1] / means[0]) / math.sqrt(spread))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--repeats", type=int, default=6, help="draws of each of 48 situations, or dates of each series"
    )
    parser.add_argument("--end", action="store_true", help="let every series end with the period")
    parser.add_argument("--real", action="store_true", help="plant halvings in real series instead")
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.real:
        real(arguments.repeats, arguments.seed)
    else:
        simulated(arguments.repeats, arguments.seed, arguments.end)


if __name__ == "__main__":
    main()

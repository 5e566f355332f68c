"""False alarms: how often does a test see a change at an arbitrary date of a real series?

    python benchmarks/analysis/false_alarms.py [--half report] [--dates 8] [--years 3] [--end]

At dates drawn evenly from each series (182 days before and after), next to nothing has happened that the test should
see: some dates are near real turning points, so that a share a little above the nominal 5 % is no fault. Beside it
stand the usual tests of the counts of 182 days before and after. ``--years`` cuts each series to so many years about
the date, as an analyst with a short series would have it.

The method was chosen on the series of ``--half choose``; what is reported is the other half.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import defaultdict
from dataclasses import asdict, dataclass

import numpy as np
from realseries import Daily, daily_series
from scipy import stats

from marsad.analysis.response import respond
from marsad.analysis.series import Series

WINDOW = 182
LEAST = 10
"""Events that the year about a date must have: below that no test does anything."""


@dataclass(frozen=True)
class Trial:
    """One date of one series: p-values of the tests."""

    series: str
    date: str
    events: int
    marsad: float
    excludes_one: bool
    poisson: float
    chi_square: float
    negative_binomial: float
    ratio: float
    power: float
    statistic: float
    worth: float
    scale: float


def trial(one: Daily, turn: int, years: float | None, ending: bool = False) -> Trial | None:
    """All tests at one date; None where there is too little to test."""
    counts = one.counts
    begin, end = 0, len(counts)
    if years is not None:
        half = int(years * 365.25 / 2)
        begin, end = max(0, turn - half), min(len(counts), turn + half)
    if ending:
        end = turn + WINDOW
    before, after = counts[turn - WINDOW : turn], counts[turn : turn + WINDOW]
    events = before.sum() + after.sum()
    if events < LEAST:
        return None
    kept = counts[begin:end]
    series = Series(one.first.toordinal() + begin, kept, np.ones(len(kept), dtype=bool))
    found = respond(series, [one.first.toordinal() + turn], sensitivity=False)[0].effect
    return Trial(
        one.name, series.at(turn - begin), int(events), found.p, found.low > 1 or found.high < 1,
        stats.binomtest(int(after.sum()), int(events), 0.5).pvalue,
        float(stats.chisquare([before.sum(), after.sum()]).pvalue),
        negative_binomial(before, after), found.ratio, found.power(0.5), found.statistic,
        found.placebos.worth, found.placebos.scale,
    )  # fmt: skip


def negative_binomial(before: np.ndarray, after: np.ndarray) -> float:
    """A Wald test of daily counts with their own variance, as a negative-binomial regression of before and after."""
    means = before.mean(), after.mean()
    if min(means) == 0:
        return float(stats.binomtest(int(after.sum()), int(before.sum() + after.sum()), 0.5).pvalue)
    var = sum(part.var(ddof=1) / len(part) / part.mean() ** 2 for part in (before, after))
    return float(2 * stats.norm.sf(abs(math.log(means[1] / means[0])) / math.sqrt(var)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("choose", "report", "all"), default="report")
    parser.add_argument("--dates", type=int, default=8, help="dates of each series")
    parser.add_argument("--years", type=float, help="cut each series to so many years about the date")
    parser.add_argument("--end", action="store_true", help="let every series end 182 days after the date")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--rows", help="write every trial to this file, as JSON lines")
    arguments = parser.parse_args()
    draw, began, trials = np.random.default_rng(arguments.seed), time.time(), []
    series = daily_series(arguments.half)
    for one in series:
        for turn in draw.integers(WINDOW, len(one.counts) - WINDOW, size=arguments.dates):
            if (found := trial(one, int(turn), arguments.years, arguments.end)) is not None:
                trials.append(found)
    if arguments.rows:
        with open(arguments.rows, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(asdict(row), default=float) + "\n" for row in trials)
    print(f"{len(trials)} dates of {len({row.series for row in trials})} series ({arguments.half}), "
          f"{time.time() - began:.0f} s; share of dates with a change seen:")  # fmt: skip
    for name, level in (("marsad", 0.05), ("marsad", 0.01), ("marsad", 0.1), ("poisson", 0.05), ("chi_square", 0.05),
                        ("negative_binomial", 0.05)):  # fmt: skip
        show(f"{name} at {level}", [getattr(row, name) < level for row in trials])
    show("marsad's 95 % interval excludes 1", [row.excludes_one for row in trials])
    by_source = defaultdict(list)
    for row in trials:
        by_source[row.series.split(":")[0]].append(row.marsad < 0.05)
    for source, seen in sorted(by_source.items()):
        show(f"  {source} at 0.05", seen)


def show(name: str, seen: list[bool]) -> None:
    """A share with its binomial interval."""
    interval = stats.binomtest(sum(seen), len(seen)).proportion_ci(method="wilson")
    print(f"  {name:36} {np.mean(seen):6.1%}  ({interval.low:.1%} to {interval.high:.1%}; {sum(seen)} of {len(seen)})")


if __name__ == "__main__":
    main()

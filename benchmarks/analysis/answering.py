"""Fewer attacks, or fewer raids to answer? Known cross-excitation: how well it is recovered, what is told of a change.

    python benchmarks/analysis/answering.py [--sets 20] [--seed 1] [--real]

Each data set has 1,200 days of raids, in waves of ten days, and of attacks: negative binomial, a background of one a
day, each attack begets others (.3 on the mean), and each raid ``cross`` attacks, four days later on the mean. From day
700 on raids or the attacks' own background are multiplied by a factor for 182 days. Told are the median ratio and the
share of sets with a change seen, with the attacks alone and with raids as what they may answer, and the mean weight
with its scatter, its mean standard error, and how many of the intervals of 95 % hold the true one.

With ``--real`` dyads of the Levant are asked at so many arbitrary dates each: force of one side against the other,
with and without the other side's force as what it may answer. What is seen there is a false alarm, but where the date
is near a real change.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
from false_alarms import LEAST, show
from realseries import dyads

from marsad.analysis.response import respond
from marsad.analysis.series import Series

FIRST, DAYS, TURN, SPAN, FADING = 730_000, 1200, 700, 182, 0.25


@dataclass(frozen=True)
class Case:
    """What the truth is: events on each raid and on each attack, and factors of the change."""

    words: str
    cross: float
    own: float = 0.3
    raids: float = 1.0
    attacks: float = 1.0


CASES = (
    Case("nothing changes", 0.5),
    Case("raids fall to .3", 0.5, raids=0.3),
    Case("raids fall to .2, more answers", 0.8, own=0.0, raids=0.2),
    Case("attacks halve", 0.5, attacks=0.5),
    Case("attacks halve, raids to .3, no answers", 0.0, raids=0.3, attacks=0.5),
)


def simulate(case: Case, draw: np.random.Generator) -> tuple[Series, Series]:
    """Attacks and raids."""
    inside = (np.arange(DAYS) >= TURN) & (np.arange(DAYS) < TURN + SPAN)
    waves = np.exp(np.repeat(draw.normal(-0.08, 0.4, DAYS // 10 + 1), 10)[:DAYS])
    means = 0.8 * waves * np.where(inside, case.raids, 1.0)
    raids = draw.negative_binomial(1.5, 1.5 / (1.5 + means)).astype(float)
    attacks, echo, heard = np.zeros(DAYS), 0.0, 0.0
    for day in range(DAYS):
        mean = (case.attacks if inside[day] else 1.0) + case.own * echo + case.cross * heard
        attacks[day] = draw.negative_binomial(3, 3 / (3 + mean))
        echo = (1 - FADING) * echo + FADING * attacks[day]
        heard = (1 - FADING) * heard + FADING * raids[day]
    watched = np.ones(DAYS, dtype=bool)
    return Series(FIRST, attacks, watched, name="attacks"), Series(FIRST, raids, watched, name="raids")


def real(dates: int, seed: int) -> None:
    """So many dates of each dyad."""
    draw, began, seen = np.random.default_rng(seed), time.process_time(), []
    pairs = dyads()
    for own, other in pairs:
        first, days = own.first.toordinal(), len(own.counts)
        watched = np.ones(days, dtype=bool)
        series, back = (Series(first, one.counts, watched, name=one.name) for one in (own, other))
        for turn in draw.integers(SPAN, days - SPAN, size=dates):
            if own.counts[turn - SPAN : turn + SPAN].sum() < LEAST:
                continue
            alone, told = (respond(one, [first + int(turn)], sensitivity=False)[0]
                           for one in (series, series.echoing(back)))  # fmt: skip
            seen.append((alone.effect.p < 0.05, told.effect.p < 0.05, told.echoes[0].low > 0))
    print(f"{len(seen)} dates of {len(pairs)} directed dyads, {time.process_time() - began:.0f} s of processor time:")
    for name, values in zip(("alone", "with the other side", "an answer told from none"), zip(*seen, strict=True),
                            strict=True):  # fmt: skip
        show(name, list(values))


def simulated(sets: int, seed: int) -> None:
    """So many sets of each case."""
    began = time.process_time()
    print(f"{'':40}{'attacks alone':>20}{'with raids':>20}{'weight':>10}{'sd':>6}{'se':>6}{'held':>7}")
    for case in CASES:
        draw, rows = np.random.default_rng(seed), []
        for _ in range(sets):
            attacks, raids = simulate(case, draw)
            alone = respond(attacks, [FIRST + TURN], sensitivity=False)[0].effect
            told = respond(attacks.echoing(raids), [FIRST + TURN], sensitivity=False)[0]
            one = told.echoes[0]
            rows.append((alone.ratio, alone.p < 0.05, told.effect.ratio, told.effect.p < 0.05, one.weight,
                         (one.high - one.weight) / 1.96, one.low <= case.cross <= one.high))  # fmt: skip
        found = np.array(rows, dtype=float)
        (first, second), (seen, still) = np.median(found[:, [0, 2]], axis=0), found[:, [1, 3]].mean(axis=0)
        print(f"{case.words:40}{first:10.2f} {seen:5.0%} seen{second:10.2f} {still:5.0%} seen{found[:, 4].mean():8.2f}"
              f"{found[:, 4].std():8.2f}{found[:, 5].mean():6.2f}{found[:, 6].mean():7.0%}", flush=True)  # fmt: skip
    print(f"{sets} sets each, {time.process_time() - began:.0f} s of processor time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=20, help="data sets of each case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="false alarms at arbitrary dates of real dyads instead")
    arguments = parser.parse_args()
    (real if arguments.real else simulated)(arguments.sets, arguments.seed)


if __name__ == "__main__":
    main()

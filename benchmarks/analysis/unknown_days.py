"""Days that are not known: do the intervals of ``--coarse impute`` hold the true ratio, and do they cry wolf?

    python benchmarks/analysis/unknown_days.py [--sets 40] [--draws 8] [--seed 1]

Each data set has 1,200 days of counts: negative binomial, .5 or 2 a day, each event begets .3 others. From day 700 on
the background is halved for 182 days, or nothing changes. Of a share of the events only a range of 14 or 61 days is
known, in which the day lies anywhere. Told are how many of the intervals of 95 % hold the ratio and how often a change
is seen, with all days known, with events spread over their ranges, and with days drawn and put together by Rubin's
rules.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.events import Event, EventTable
from marsad.analysis.response import respond
from marsad.analysis.series import Series, daily, imputed
from marsad.analysis.testing import Effect

FIRST, DAYS, TURN, SPAN, FADING, BEGOTTEN = 730_000, 1200, 700, 182, 0.2, 0.3
SITUATIONS = tuple((rate, share, width) for rate in (0.5, 2.0) for share, width in ((0.3, 61), (0.6, 61), (0.6, 14)))
"""Events a day, the share whose day is not known, and the days of their ranges."""


def simulate(rate: float, factor: float, draw: np.random.Generator) -> NDArray[np.int64]:
    """Counts of each day."""
    counts, echo = np.zeros(DAYS, dtype=np.int64), rate
    for day in range(DAYS):
        now = factor if TURN <= day < TURN + SPAN else 1.0
        mean = rate * (1 - BEGOTTEN) * now + BEGOTTEN * echo
        counts[day] = draw.negative_binomial(3, 3 / (3 + mean))
        echo = (1 - FADING) * echo + FADING * counts[day]
    return counts


def blurred(counts: NDArray[np.int64], share: float, width: int, draw: np.random.Generator) -> EventTable:
    """The events of these days, of a share of which only a range is known."""
    events = []
    for day in np.repeat(np.arange(DAYS), counts):
        first = last = FIRST + int(day)
        if draw.random() < share:
            first -= int(draw.integers(0, width))
            last = first + width - 1
        events.append(Event(max(first, FIRST), min(last, FIRST + DAYS - 1)))
    return EventTable(tuple(events), FIRST, FIRST + DAYS - 1)


def answers(counts: NDArray[np.int64], table: EventTable, draws: int, seed: int) -> Iterator[Effect]:
    """With all days known, with events spread, with days drawn."""
    known = Series(FIRST, counts.astype(np.float64), np.ones(DAYS, dtype=bool))
    yield respond(known, [FIRST + TURN], sensitivity=False)[0].effect
    spread = daily(table)
    yield respond(spread, [FIRST + TURN], sensitivity=False)[0].effect
    drawn = imputed(table, draws=draws, seed=seed)
    yield respond(spread, [FIRST + TURN], sensitivity=False, imputed=drawn)[0].effect


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=40, help="data sets of each situation, half of them with a halving")
    parser.add_argument("--draws", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    draw, began = np.random.default_rng(arguments.seed), time.process_time()
    ways = ("all days known", "spread", "drawn")
    print(f"{'':44}" + "".join(f"{way:>28}" for way in ways))
    print(f"{'':44}" + f"{'held':>10}{'seen':>8}{'none':>10}" * len(ways))
    together = []
    for rate, share, width in SITUATIONS:
        rows = []
        for number in range(arguments.sets):
            factor = 0.5 if number % 2 else 1.0
            counts = simulate(rate, factor, draw)
            table = blurred(counts, share, width, draw)
            for way, one in enumerate(answers(counts, table, arguments.draws, number)):
                rows.append((way, factor, one.low <= factor <= one.high, one.p < 0.05))
        together += rows
        _show(f"{rate:g} a day, {share:.0%} within {width} days", rows)
    _show("all", together)
    print(f"held: intervals that hold the true ratio; seen: halvings seen; none: changes seen where there was none; "
          f"{arguments.sets} sets each, {time.process_time() - began:.0f} s of processor time")  # fmt: skip


def _show(name: str, rows: list[tuple[int, float, bool, bool]]) -> None:
    line = f"{name:44}"
    for way in range(3):
        held = [row[2] for row in rows if row[0] == way]
        seen = [row[3] for row in rows if row[0] == way and row[1] < 1]
        none = [row[3] for row in rows if row[0] == way and row[1] == 1]
        line += f"{np.mean(held):10.0%}{np.mean(seen):8.0%}{np.mean(none):10.0%}"
    print(line, flush=True)


if __name__ == "__main__":
    main()

"""How often does `marsad provoke` tell of an answer where there can be none?

    OMP_NUM_THREADS=1 python benchmarks/analysis/provocation.py EVENTS.csv [--party "ISR*" --party "PAL*"]
        [--type 190] [--since DATE] [--until DATE] [--shifts 40] [--json]

Takes real series and turns one of them round in time by 90 days or more: each keeps its
bursts, drift and scatter, but what follows whose is gone. At a level of 5 %, adjusted for
the pairs looked at, an answer should be told in 5 of 100 turns. The answers of the series
as they were stand beside.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from marsad.analysis.dyads import several
from marsad.analysis.events import Choose, day_number
from marsad.analysis.provocation import provoke
from marsad.analysis.tables import read_events

LEAST_SHIFT = 90


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=Path)
    parser.add_argument("--party", action="append", default=[])
    parser.add_argument("--type")
    parser.add_argument("--since", type=day_number)
    parser.add_argument("--until", type=day_number)
    parser.add_argument("--shifts", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    series = several(
        read_events(asked.events), Choose(type=asked.type), named=asked.party, most=2, since=asked.since,
        until=asked.until,
    )  # fmt: skip
    generator = np.random.default_rng(asked.seed)
    days, told = len(series.counts), 0
    for shift in generator.integers(LEAST_SHIFT, days - LEAST_SHIFT, asked.shifts).tolist():
        counts = series.counts.copy()
        counts[:, 0] = np.roll(counts[:, 0], shift)
        told += any(answer.told for answer in provoke(replace(series, counts=counts), draws=500).answers)
    found = provoke(series)
    out = {
        "series": list(series.names), "days": days, "shifts": asked.shifts, "told": told,
        "of 100": round(100 * told / asked.shifts, 1), "as they were": [found.sentence(one) for one in found.answers],
    }  # fmt: skip
    if asked.json:
        print(json.dumps(out, indent=1))
        return
    for key, value in out.items():
        print(f"{key:14}{'; '.join(value) if isinstance(value, list) else value}")


if __name__ == "__main__":
    main()

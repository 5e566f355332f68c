"""Do the bands of `marsad whatif` hold what came?

    OMP_NUM_THREADS=1 python benchmarks/analysis/whatif.py EVENTS.csv [--actor NAME] [--type TYPE]
        [--since DATE] [--until DATE] [--days 182] [--starts 20] [--json]

Ends the series at evenly spaced dates, draws the outlook from what was known then, and
counts how often the events of the days that followed lie within the band of 95 of 100
draws, and within that of 50. Neighbouring outlooks share days, so the count is worth less
than its number.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from marsad.analysis.events import Choose, day_number
from marsad.analysis.scenarios import AS_BEFORE, Scenario
from marsad.analysis.series import daily
from marsad.analysis.tables import read_events
from marsad.analysis.whatif import whatif


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=Path)
    parser.add_argument("--actor")
    parser.add_argument("--type")
    parser.add_argument("--since", type=day_number)
    parser.add_argument("--until", type=day_number)
    parser.add_argument("--days", type=int, default=182)
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    choose = Choose(actor=asked.actor, type=asked.type)
    series = daily(read_events(asked.events), choose, since=asked.since, until=asked.until)
    outer = inner = 0
    rows = []
    for end in np.linspace(max(365, len(series) // 4), len(series) - asked.days, asked.starts).astype(int).tolist():
        known = replace(series, counts=series.counts[:end], observed=series.observed[:end], effort=None)
        outlook = whatif(known, [], [Scenario(AS_BEFORE, {})], days=asked.days, paths=1000).outlooks[0]
        came = float(series.counts[end : end + asked.days].sum())
        last = outlook.bands[-1]
        outer += last.sum025 <= came <= last.sum975
        inner += last.sum25 <= came <= last.sum75
        rows.append(
            {"from": series.at(end), "came": came, "low": last.sum025, "middle": last.sum50, "high": last.sum975}
        )
    out = {"starts": asked.starts, "days": asked.days, "within 95": outer, "within 50": inner, "outlooks": rows}
    if asked.json:
        print(json.dumps(out, indent=1))
        return
    print(f"{outer} of {asked.starts} within the band of 95, {inner} within that of 50")
    for row in rows:
        print(f"  from {row['from']}: came {row['came']:.0f}, band {row['low']:.0f} to {row['high']:.0f}")


if __name__ == "__main__":
    main()

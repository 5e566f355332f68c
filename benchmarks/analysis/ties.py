"""Does the same history give the same branching ratio, stamped to the minute and rounded to the day?

    python benchmarks/analysis/ties.py [--data SIGACTS.csv.gz] [--json]

First, histories of a known process (branching ratio 0.6, 2,000 days): fitted by their
moments, by counts a day, and as a careless reader of dates would, with all events of a
day at midnight one after another, or scattered over the day at random.

Then, with --data, Baghdad in the SIGACTs of Iraq from January to mid-July 2007 (8,888
events, stamped to the minute), with a constant background as in the careless reading,
and with backgrounds that know the weekday and, for the moments, the hour.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from datetime import datetime
from pathlib import Path

import numpy as np

from marsad.analysis.excitation import Design, fit, fit_times, level, weekday
from marsad.analysis.excitation.kernel import Floats

Row = dict[str, object]


def history(days: int, level_a_day: float, ratio: float, delay: float, seed: int) -> Floats:
    """Moments of a process after 200 days of running in."""
    generator = np.random.default_rng(seed)
    times = generator.random(generator.poisson(level_a_day * (days + 200))) * (days + 200)
    found = [times]
    while len(times):
        times = np.repeat(times, generator.poisson(ratio, len(times)))
        times = times + generator.exponential(delay, len(times))
        found.append(times)
    moments = np.sort(np.concatenate(found)) - 200
    return moments[(moments >= 0) & (moments < days)]


def readings(times: Floats, days: int) -> Row:
    """The branching ratio by each way of reading the history, with the mean delay found."""
    day = np.floor(times)
    _, first, counts = np.unique(day, return_index=True, return_counts=True)
    place = np.arange(len(day)) - np.repeat(first, counts)
    row = day + 1e-6 * place
    scattered = day + np.random.default_rng(0).random(len(day))
    daily = fit(np.bincount(day.astype(int), minlength=days))
    out: Row = {"counts a day": [daily.branching().ratio.value, daily.delays[0]]}
    for name, stamps in {"moments": times, "midnight, in a row": row, "scattered over the day": scattered}.items():
        found = fit_times(stamps, horizon=days)
        out[name] = [found.branching().ratio.value, found.delays[0]]
    return {name: [round(float(value), 3) for value in pair] for name, pair in out.items()}  # type: ignore[attr-defined]


def baghdad(path: Path) -> Floats:
    """Days from 1 January 2007 of the events of Baghdad, to 15 July."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        moments = [
            datetime.fromisoformat(row["time"])
            for row in csv.DictReader(file)
            if row["city"] == "Baghdad" and "2007-01-01" <= row["time"] < "2007-07-16"
        ]
    return np.sort([(moment - datetime(2007, 1, 1)).total_seconds() / 86_400 for moment in moments])


def with_background(times: Floats, days: int) -> Row:
    """Backgrounds that know the weekday, and for the moments also the hour."""
    week = weekday(days, datetime(2007, 1, 1).weekday())
    daily = fit(np.bincount(times.astype(int), minlength=days), Design.of(level(days), week))
    hours = np.eye(24)[np.arange(days * 24) % 24][:, 1:]
    design = np.hstack([np.ones((days * 24, 1)), hours, np.repeat(week.columns, 24, axis=0)])
    exact = fit_times(times, horizon=days, design=design, width=1 / 24)
    return {
        "counts a day, weekday": [round(daily.branching().ratio.value, 3), round(daily.delays[0], 3)],
        "moments, weekday and hour": [round(exact.branching().ratio.value, 3), round(exact.delays[0], 3)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = {
        f"known process, ratio 0.6, delay {delay} days": readings(history(2000, 4.0, 0.6, delay, 1), 2000)
        for delay in (0.5, 1.0, 3.0, 10.0)
    }
    if arguments.data:
        times = baghdad(arguments.data)
        found["Baghdad 2007"] = {**readings(times, 196), **with_background(times, 196)}
    if arguments.json:
        print(json.dumps(found, indent=1))
        return
    for name, row in found.items():
        print(name)
        for reading, pair in row.items():
            print(f"  {reading:28} ratio {pair[0]:6}  mean delay {pair[1]} days")  # type: ignore[index]


if __name__ == "__main__":
    main()

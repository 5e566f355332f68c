"""Does the same history give the same branching ratio, stamped to the minute and rounded to the day?

    python benchmarks/analysis/ties.py [--data SIGACTS.csv.gz] [--years] [--json]

First, histories of a known process (branching ratio 0.6, 2,000 days): fitted by their
moments, by counts a day, and as a careless reader of dates would, with all events of a
day at midnight one after another, or scattered over the day at random.

Then, with --data, Baghdad in the SIGACTs of Iraq from January to mid-July 2007 (8,888
events, stamped to the minute), with a constant background as in the careless reading,
and with backgrounds that know the weekday and, for the moments, the hour.

With --years, every city and year of the SIGACTs with at least 600 events, as
`marsad excitation` reads it: by days (weekday, drifting background), by moments on the clock
of the day with the days' delay, and in two parts, within hours and over days. Beside them the
careless reading: a constant background, moments on the clock on the wall with a delay of
their own, and all events of a day at midnight one after another.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from marsad.analysis.events import Choose
from marsad.analysis.excitation import Design, fit, fit_times, level, weekday
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.selfexcitation import self_excitation
from marsad.analysis.series import daily, moments
from marsad.analysis.tables import read_events

Row = dict[str, object]

FEWEST = 600
LAST = date(2007, 7, 15).toordinal()
NO_CITIES = {"City", "Target", "Coalition", "Coalition Forces"}
"""What stands in the column of cities where the table was read wrongly."""


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


def city_years(path: Path) -> dict[str, Row]:
    """Branching ratios of each city and year, by each way of reading."""
    table = read_events(path)
    kept: dict[str, Row] = {}
    for city in sorted({place for event in table.events for place in event.places} - NO_CITIES):
        choose = Choose(place=city)
        mine = replace(table, events=tuple(event for event in table.events if city in event.places))
        times, drawn = moments(mine, choose)
        for year in (2004, 2005, 2006, 2007):
            first, last = date(year, 1, 1).toordinal(), min(date(year, 12, 31).toordinal(), LAST)
            inside = (times >= first - table.first) & (times < last + 1 - table.first)
            here = times[inside] - (first - table.first)
            if len(here) < FEWEST:
                continue
            found = self_excitation(daily(mine, choose, since=first, until=last), here, drawn[inside])
            days = last - first + 1
            careless = readings(here, days)
            by_moments = found.moments
            assert by_moments is not None
            kept[f"{city} {year}"] = {
                "events": len(here), "days": found.ratio.value, "low": found.ratio.low, "high": found.ratio.high,
                "delay": found.delay.value, "moments, same delay": by_moments.same_delay.value,
                "within hours": by_moments.quick, "over days": by_moments.slow, "both": by_moments.total.value,
                "careless moments": careless["moments"][0], "careless midnight": careless["midnight, in a row"][0],  # type: ignore[index]
            }  # fmt: skip
    return kept


def told(kept: dict[str, Row]) -> None:
    """Print the table, and how many agree."""
    columns = list(next(iter(kept.values())))
    print(f"{'':18}" + "".join(f"{name:>22}" for name in columns))
    for name, row in kept.items():
        print(f"{name:18}" + "".join(f"{row[key]:22.2f}" for key in columns))
    pairs = (("days", "moments, same delay"), ("days", "both"), ("careless midnight", "careless moments"))
    for one, other in pairs:
        apart = np.array([abs(row[one] - row[other]) for row in kept.values()])  # type: ignore[operator]
        print(f"{one} and {other}: within .10 in {(apart <= 0.1).sum()} of {len(apart)}, half within "
              f"{np.median(apart):.2f}, at most {apart.max():.2f} apart")  # fmt: skip
    held = sum(row["low"] <= row["moments, same delay"] <= row["high"] for row in kept.values())  # type: ignore[operator]
    print(f"the days' interval holds what moments say with the same delay in {held} of {len(kept)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--years", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if arguments.years:
        if arguments.data is None:
            parser.error("--years needs --data")
        kept = city_years(arguments.data)
        if arguments.json:
            print(json.dumps(kept, indent=1))
        else:
            told(kept)
        return
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

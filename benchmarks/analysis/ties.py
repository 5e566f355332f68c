"""Does the same history give the same branching ratio, stamped to the minute and rounded to the day?

    python benchmarks/analysis/ties.py [--data SIGACTS.csv.gz] [--years [--fewest N] [--most N]] [--json]
    python benchmarks/analysis/ties.py --known SETS [--seed S] [--json]

First, histories of a known process (branching ratio 0.6, 2,000 days): fitted by their
moments, by counts a day, and as a careless reader of dates would, with all events of a
day at midnight one after another, or scattered over the day at random.

Then, with --data, Baghdad in the SIGACTs of Iraq from January to mid-July 2007 (8,888
events, stamped to the minute), with a constant background as in the careless reading,
and with backgrounds that know the weekday and, for the moments, the hour.

With --years, every city and year of the SIGACTs with at least 600 events (or from --fewest to --most), as
`marsad excitation` reads it: by days and by moments on the clock of the day, asked the same question, how many events
followed others within hours or over days. Beside them where the days' likelihood is highest (echoes over days alone),
and the careless reading: a constant background, moments on the clock on the wall with a delay of their own, and all
events of a day at midnight one after another.

With --known, so many processes of a year drawn at random: 0 to .75 of the bursts follow others, over .6 to 12 days on
the mean, 0 to .25 events follow on one within 15 minutes to 3 hours, 1.5 to 12 events a day, days busier by a gamma
factor of variance 0 to .15, a drift of .05 to .4 a month, weekdays. How far days and moments are from the truth and
from each other, and in how many of 100 the interval of 95 % holds the truth.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from marsad.analysis.events import Choose
from marsad.analysis.excitation import Design, fit, fit_times, level, weekday
from marsad.analysis.excitation.allechoes import AllEchoes
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.selfexcitation import self_excitation
from marsad.analysis.series import Series, daily, moments
from marsad.analysis.tables import read_events

Row = dict[str, object]

FEWEST = 600
LAST = date(2007, 7, 15).toordinal()
YEAR, BEFORE = 365, 60
FEWEST_KNOWN, MOST_KNOWN = 60, 20_000
"""Processes with fewer or more events in their year are left out: too few to read, or grown without end."""
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


def city_years(path: Path, fewest: int, most: int) -> dict[str, Row]:
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
            if not fewest <= len(here) <= most:
                continue
            found = self_excitation(daily(mine, choose, since=first, until=last), here, drawn[inside])
            days = last - first + 1
            careless = readings(here, days)
            by_moments = found.moments
            assert by_moments is not None
            kept[f"{city} {year}"] = {
                "events": len(here), "days": found.ratio.value, "low": found.ratio.low, "high": found.ratio.high,
                "moments": by_moments.echoes.total.value, "moments, low": by_moments.echoes.total.low,
                "moments, high": by_moments.echoes.total.high, "within hours": by_moments.echoes.quick.value,
                "over days": by_moments.echoes.slow.value, "days, over days": found.echoes.slow.value,
                "summit": found.fitted.branching().ratio.value,
                "careless moments": careless["moments"][0], "careless midnight": careless["midnight, in a row"][0],  # type: ignore[index]
            }  # fmt: skip
    return kept


def told(kept: dict[str, Row]) -> None:
    """Print the table, and how many agree."""
    columns = list(next(iter(kept.values())))
    print(f"{'':18}" + "".join(f"{name:>22}" for name in columns))
    for name, row in kept.items():
        print(f"{name:18}" + "".join(f"{row[key]:22.2f}" for key in columns))
    pairs = (("days", "moments"), ("days, over days", "over days"), ("careless midnight", "careless moments"))
    for one, other in pairs:
        apart = np.array([abs(row[one] - row[other]) for row in kept.values()])  # type: ignore[operator]
        print(f"{one} and {other}: within .10 in {(apart <= 0.1).sum()} of {len(apart)}, half within "
              f"{np.median(apart):.2f}, at most {apart.max():.2f} apart")  # fmt: skip
    held = sum(row["low"] <= row["moments"] <= row["high"] for row in kept.values())  # type: ignore[operator]
    print(f"the days' interval holds what moments say in {held} of {len(kept)}")


def drawn_process(generator: np.random.Generator) -> dict[str, float]:
    """``slow`` of bursts follow others over ``delay`` days, ``quick`` events follow on one within ``hours`` hours."""
    return {
        "slow": float(generator.choice([0.0, 0.2, 0.4, 0.6, 0.75])),
        "delay": float(generator.choice([0.6, 1.5, 4.0, 12.0])),
        "quick": float(generator.choice([0.0, 0.1, 0.25])),
        "hours": 24 * float(np.exp(generator.uniform(np.log(1 / 96), np.log(1 / 8)))),
        "a day": float(np.exp(generator.uniform(np.log(1.5), np.log(12)))),
        "scatter": float(generator.choice([0.0, 0.05, 0.15])), "drift": float(generator.choice([0.05, 0.15, 0.4])),
    }  # fmt: skip


def with_echoes(
    times: Floats, kernels: Sequence[tuple[float, float]], busy: Floats, generator: np.random.Generator
) -> Floats:
    """Moments and all that follow on them, sorted: by each kernel (events that one begets, their mean delay in days)
    so many as the day on which they come is busy, a factor a day; what comes after the last day is left out."""
    found, most = [times], float(busy.max())
    while len(times):
        born = []
        for weight, mean in kernels:
            after = np.repeat(times, generator.poisson(weight * most, len(times)))
            after = after + generator.exponential(mean, len(after))
            after = after[after < len(busy)]
            born.append(after[generator.random(len(after)) * most < busy[after.astype(int)]])
        times = np.concatenate(born)
        found.append(times)
    return np.sort(np.concatenate(found))


def drawn_history(process: dict[str, float], generator: np.random.Generator) -> Floats:
    """A year's moments of it; whole days are busier or calmer, which holds for what follows on events as well."""
    days, scatter = YEAR + BEFORE, process["scatter"]
    slow = process["slow"] * (1 - process["quick"])
    busy = generator.gamma(1 / scatter, scatter, days) if scatter else np.ones(days)
    knots = np.cumsum(generator.normal(0, process["drift"], days // 30 + 2))
    wave = np.interp(np.arange(days) / 30, np.arange(len(knots)), knots - knots.mean())
    wave += np.array([0, 0.1, 0.1, 0, 0, -0.2, 0])[np.arange(days) % 7]
    alone = process["a day"] * (1 - process["quick"] - slow) * np.exp(wave)
    day = np.repeat(np.arange(days), generator.poisson(alone * busy))
    kernels = ((process["quick"], process["hours"] / 24), (slow, process["delay"]))
    moments = with_echoes(day + generator.random(len(day)), kernels, busy, generator) - BEFORE
    return moments[moments >= 0]


def known(sets: int, seed: int) -> list[Row]:
    """What is found of processes drawn at random, each with the truth; too few or too many events are left out."""
    rows: list[Row] = []
    for number in range(sets):
        generator = np.random.default_rng(seed + number)
        process = drawn_process(generator)
        times = drawn_history(process, generator)
        if not FEWEST_KNOWN <= len(times) <= MOST_KNOWN:
            continue
        counts = np.bincount(times.astype(int), minlength=YEAR).astype(float)
        series = Series(1, counts, np.ones(YEAR, bool), name="made", events=float(len(times)))
        found = self_excitation(series, times, np.zeros(len(times), bool))
        assert found.moments is not None
        row: Row = {**process, "events": len(times), "summit": found.fitted.branching().ratio.value}
        row["truth"] = 1 - (1 - process["quick"]) * (1 - process["slow"])
        for name, echoes in (("days", found.echoes), ("moments", found.moments.echoes)):
            row |= _asked(name, echoes)
        rows.append(row)
    return rows


def _asked(name: str, echoes: AllEchoes) -> Row:
    total, slow = echoes.total, echoes.slow
    return {
        name: total.value, f"{name}, low": total.low, f"{name}, high": total.high, f"{name}, over days": slow.value,
        f"{name}, over days, low": slow.low, f"{name}, over days, high": slow.high,
        f"{name}, within hours": echoes.quick.value, f"{name}, draws": echoes.effective,
    }  # fmt: skip


def told_known(rows: list[Row]) -> None:
    """Print how far off what is found is, and how often the intervals hold the truth."""

    def column(name: str) -> Floats:
        return np.array([row[name] for row in rows], dtype=np.float64)

    print(f"{len(rows)} processes")
    for name in ("days", "moments"):
        for part, truth in (("", column("truth")), (", over days", column("slow"))):
            off = column(name + part) - truth
            low, high = column(f"{name}{part}, low"), column(f"{name}{part}, high")
            held = (low <= truth + 1e-9) & (truth <= high + 1e-9)
            print(f"{name}{part}: bias {off.mean():.3f}, off {np.sqrt((off**2).mean()):.3f} (root mean square), held "
                  f"{100 * held.mean():.1f} of 100 (too low {100 * (high < truth).mean():.1f})")  # fmt: skip
            if not part:
                for label in ("scatter", "quick", "slow", "delay", "drift"):
                    by = {value: 100 * held[column(label) == value].mean() for value in np.unique(column(label))}
                    print(f"  held by {label}: " + ", ".join(f"{value:g}: {share:.0f}" for value, share in by.items()))
    off = column("summit") - column("slow")
    print(
        f"where the days' likelihood is highest, over days: bias {off.mean():.3f}, off {np.sqrt((off**2).mean()):.3f}"
    )
    apart = abs(column("days") - column("moments"))
    print(f"days and moments: within .10 in {100 * (apart <= 0.1).mean():.1f} of 100, within .15 in "
          f"{100 * (apart <= 0.15).mean():.1f}; fewest draws {column('days, draws').min():.0f} and "
          f"{column('moments, draws').min():.0f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--years", action="store_true")
    parser.add_argument("--fewest", type=int, default=FEWEST)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--known", type=int, default=0, metavar="SETS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if arguments.known:
        rows = known(arguments.known, arguments.seed)
        if arguments.json:
            print(json.dumps(rows, indent=1))
        else:
            told_known(rows)
        return
    if arguments.years:
        if arguments.data is None:
            parser.error("--years needs --data")
        kept = city_years(arguments.data, arguments.fewest, arguments.most)
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

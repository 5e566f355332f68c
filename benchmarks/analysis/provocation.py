"""How often does `marsad provoke` tell of an answer where there is none, and do its intervals hold what there is?

    OMP_NUM_THREADS=1 python benchmarks/analysis/provocation.py EVENTS.csv [--party "ISR*" --party "PAL*"]
        [--type 190] [--since DATE] [--until DATE] [--shifts 40] [--json]
    OMP_NUM_THREADS=1 python benchmarks/analysis/provocation.py --known [--sets 200] [--days 1200] [--seed 0] [--json]
    OMP_NUM_THREADS=1 python benchmarks/analysis/provocation.py --hold two|four [--sets 200] [--seed 20000] [--json]
    OMP_NUM_THREADS=1 python benchmarks/analysis/provocation.py --wave [--sets 200] [--seed 20100] [--json]

Takes real series and turns one of them round in time by 90 days or more: each keeps its
bursts, drift and scatter, but what follows whose is gone. At a level of 5 %, adjusted for
the pairs looked at, an answer should be told in 5 of 100 turns. The answers of the series
as they were stand beside.

With --known, draws sets of four series from known models. In half of the sets nobody answers
another: how often is any of the 12 pairs told, how often is a single pair's own p below .05,
and how often is any q below .10? In the other half two of the pairs answer (0.25 and 0.15 events for
each): in how many is the truth within the interval of 95 %, how often is it told, and what
share of what is told by q below .10 is false? Each series drifts by itself, has weekdays and
echoes of its own, and scatters more than Poisson.

With --hold, all sets have answers (of two series B answers A with 0.25; of four as above), and every interval is asked
whether it holds the truth. With --wave, two series of 700 days share a slow wave and weekdays, and nobody answers.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from marsad.analysis.dyads import Several, several
from marsad.analysis.events import Choose, day_number
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.provocation import Answer, provoke
from marsad.analysis.tables import read_events

LEAST_SHIFT = 90

NAMES = ("A", "B", "C", "D")
WEIGHTS = {("B", "A"): 0.25, ("D", "C"): 0.15}
"""Of the target by the source, in the sets with answers; every series has echoes of its own beside."""

OWN = 0.3
DELAY = 2.0


def matrix(answers: bool, count: int = len(NAMES)) -> Floats:
    """The weights, target by source, of the first so many series."""
    weights = OWN * np.eye(count)
    for (target, source), weight in WEIGHTS.items() if answers else ():
        if max(NAMES.index(target), NAMES.index(source)) < count:
            weights[NAMES.index(target), NAMES.index(source)] = weight
    return weights


def made(days: int, answers: bool, generator: np.random.Generator, count: int = len(NAMES)) -> Several:
    """Some series: each day's mean is a background that drifts, times its weekday, and echoes of the days before."""
    weights = matrix(answers, count)
    # The same kernel as is fitted, day by day: what falls on the event's own day is in `same`.
    rate = 1 / DELAY
    same, fade = 1 - (1 - np.exp(-rate)) / rate, np.exp(-rate)
    passing = np.linalg.inv(np.eye(count) - same * weights)
    walk = np.cumsum(generator.normal(0, 0.02, (days, count)), axis=0)
    week = np.array([0.1, 0.1, 0.0, 0.1, -0.5, 0.0, 0.2])[np.arange(days) % 7][:, None]
    background = np.exp(np.log([1.5, 1.0, 1.0, 0.6][:count]) + walk - walk.mean(axis=0) + week)
    counts, echo = np.zeros((days, count)), np.zeros(count)
    for day in range(days):
        mean = passing @ (background[day] + weights @ echo)
        counts[day] = generator.negative_binomial(5, 5 / (5 + mean))
        echo = fade * echo + (1 - fade) ** 2 / rate * counts[day]
    first = day_number("2001-01-01")  # a Monday
    return Several(
        NAMES[:count], counts, np.ones(days, bool), first, tuple(map(float, counts.sum(axis=0))), 0.0, "actor"
    )


def hold(count: int, sets: int, days: int, seed: int) -> dict[str, object]:
    """How many intervals hold the truth, and how many lie above or below it."""
    generator, true = np.random.default_rng(seed), matrix(True, count)
    found = [provoke(made(days, True, generator, count), by_half=False) for _ in range(sets)]
    rows: dict[str, list[tuple[float, float, float, float]]] = {}
    for one in found:
        for name, own in zip(NAMES, one.own, strict=False):
            at = NAMES.index(name)
            rows.setdefault(f"own {true[at, at]}", []).append((own.value, own.low, own.high, float(true[at, at])))
        for answer in one.answers:
            weight = float(true[NAMES.index(answer.target), NAMES.index(answer.source)])
            rows.setdefault(f"answer {weight}", []).append((answer.more, answer.low, answer.high, weight))
        radius = float(max(abs(np.linalg.eigvals(true))))
        rows.setdefault(f"ratio {radius:.2f}", []).append((one.ratio.value, one.ratio.low, one.ratio.high, radius))
        rows.setdefault(f"delay {DELAY}", []).append((one.delay.value, one.delay.low, one.delay.high, DELAY))
    out: dict[str, object] = {"series": count, "sets": sets}
    for name, given in sorted(rows.items()):
        value, low, high, truth = np.array(given).T
        out[name] = (
            f"held {100 * np.mean((low <= truth) & (truth <= high)):.1f} of 100, above it "
            f"{100 * np.mean(low > truth):.1f}, "
            f"below {100 * np.mean(high < truth):.1f}; mean {value.mean():.3f}"
        )
    return out


def wave(sets: int, seed: int) -> dict[str, object]:
    """How often an answer is told where two series share a slow wave and nothing else."""
    told, days, first = 0, np.arange(700), day_number("2020-01-01")
    for number in range(seed, seed + sets):
        generator = np.random.default_rng(number)
        shared = np.exp(0.6 * np.sin(days / 100 + number)) * np.where(days % 7 == 4, 0.5, 1.0)
        counts = generator.negative_binomial(5, 5 / (5 + np.column_stack([2 * shared, shared]))).astype(float)
        series = Several(
            ("A", "B"), counts, np.ones(len(days), bool), first, tuple(map(float, counts.sum(axis=0))), 0.0, "actor"
        )  # fmt: skip
        told += any(answer.told for answer in provoke(series, draws=1000, by_half=False).answers)
    return {"sets": sets, "told": told}


def known(sets: int, days: int, seed: int) -> dict[str, object]:
    """What is told of sets whose truth is known."""
    generator = np.random.default_rng(seed)
    quiet = [provoke(made(days, False, generator), draws=1000, by_half=False).answers for _ in range(sets // 2)]
    loud = [provoke(made(days, True, generator), draws=1000, by_half=False).answers for _ in range(sets - sets // 2)]

    def share(hits: list[bool]) -> str:
        return f"{100 * np.mean(hits):.1f} of 100 ({sum(hits)} of {len(hits)})"

    def true(answer: Answer) -> float:
        return WEIGHTS.get((answer.target, answer.source), 0.0)

    found = [answer for answers in loud for answer in answers]
    picked = [true(answer) == 0 for answer in found if answer.q < 0.1]
    out: dict[str, object] = {
        "days": days,
        "nobody answers: any told (Holm)": share([any(one.told for one in answers) for answers in quiet]),
        "nobody answers: a pair's own p < .05": share([one.alone < 0.05 for answers in quiet for one in answers]),
        "nobody answers: any q < .10": share([any(one.q < 0.1 for one in answers) for answers in quiet]),
        "nobody answers: interval holds 0": share([one.low <= 0 for answers in quiet for one in answers]),
    }
    for (target, source), weight in WEIGHTS.items():
        pair = [one for one in found if (one.target, one.source) == (target, source)]
        out[f"{weight} for each: interval holds it"] = share([one.low <= weight <= one.high for one in pair])
        out[f"{weight} for each: told"] = share([one.told for one in pair])
        out[f"{weight} for each: mean estimate"] = round(float(np.mean([one.more for one in pair])), 3)
    out["no answer beside: interval holds 0"] = share([one.low <= 0 for one in found if true(one) == 0])
    out["false among q < .10"] = share(picked)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=Path, nargs="?")
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--hold", choices=("two", "four"))
    parser.add_argument("--wave", action="store_true")
    parser.add_argument("--sets", type=int, default=200)
    parser.add_argument("--days", type=int, default=1200)
    parser.add_argument("--party", action="append", default=[])
    parser.add_argument("--type")
    parser.add_argument("--since", type=day_number)
    parser.add_argument("--until", type=day_number)
    parser.add_argument("--shifts", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.known:
        tell(known(asked.sets, asked.days, asked.seed), asked.json)
        return
    if asked.hold:
        tell(hold(2 if asked.hold == "two" else 4, asked.sets, asked.days, asked.seed), asked.json)
        return
    if asked.wave:
        tell(wave(asked.sets, asked.seed), asked.json)
        return
    if asked.events is None:
        parser.error("give EVENTS, --known, --hold or --wave")
    series = several(
        read_events(asked.events), Choose(type=asked.type), named=asked.party, most=2, since=asked.since,
        until=asked.until,
    )  # fmt: skip
    generator = np.random.default_rng(asked.seed)
    days, told = len(series.counts), 0
    for shift in generator.integers(LEAST_SHIFT, days - LEAST_SHIFT, asked.shifts).tolist():
        counts = series.counts.copy()
        counts[:, 0] = np.roll(counts[:, 0], shift)
        told += any(answer.told for answer in provoke(replace(series, counts=counts), draws=500, by_half=False).answers)
    found = provoke(series)
    out = {
        "series": list(series.names), "days": days, "shifts": asked.shifts, "told": told,
        "of 100": round(100 * told / asked.shifts, 1), "as they were": [found.sentence(one) for one in found.answers],
    }  # fmt: skip
    tell(out, asked.json)


def tell(out: dict[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(out, indent=1))
        return
    for key, value in out.items():
        print(f"{key:34}{'; '.join(value) if isinstance(value, list) else value}")


if __name__ == "__main__":
    main()

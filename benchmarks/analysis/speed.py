"""How long the excitation model takes to fit, beside hawkes-rs and intensify on the same data.

    pip install hawkes-rs intensify
    python benchmarks/analysis/speed.py [--rounds 5] [--only WORDS] [--json]

Exact time: 20 actors and 100,000 events of a known process, with the decay estimated
(hawkes-rs fits the same model) and with the decay given (as intensify does fast; with a
decay to estimate it fits one for each pair, in time that grows with the square of the
events). One actor and 100,000 events, the decay estimated by all three. Daily counts:
a million events on 3,650 days, of one actor and of 20.

Rounds alternate between the libraries, after one small fit of each that counts for nothing;
the median of each is given, and the range, in seconds of processor time (of all threads
together) and by the clock. A peer that took more than 60 seconds is not asked again. All
likelihoods of exact-time fits are computed by one function, here, from the parameters. A peer
that is not installed is left out.

Threads are as they come: Marsad's fits hold linear algebra to one. OPENBLAS_NUM_THREADS=1
holds the others to one as well.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation import Design, drift, fit, fit_times, level, weekday
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.stamps import Stamps, echoes, remainders

Marks = NDArray[np.int64]
Answer = tuple[Floats, Floats, float]
"""Backgrounds a day, weights target by source, mean delay."""

PATIENCE = 60.0
"""Seconds."""


def simulated(actors: int, days: float, delay: float, seed: int) -> tuple[Floats, Marks]:
    """Events of a process with a branching ratio of 0.6: times and marks."""
    generator = np.random.default_rng(seed)
    weights = generator.random((actors, actors)) * (generator.random((actors, actors)) < max(0.3, 1 / actors))
    weights *= 0.6 / max(abs(np.linalg.eigvals(weights)))
    counts = generator.poisson(generator.uniform(0.5, 1.5, actors) * days)
    marks = np.repeat(np.arange(actors), counts)
    times = generator.random(len(marks)) * days
    all_times, all_marks = [times], [marks]
    while len(times):
        born = generator.poisson(weights[:, marks])
        marks_of = np.repeat(np.arange(actors)[:, None], len(marks), axis=1)
        times = np.repeat(np.broadcast_to(times, born.shape).ravel(), born.ravel())
        marks = np.repeat(marks_of.ravel(), born.ravel())
        times = times + generator.exponential(delay, len(times))
        times, marks = times[times < days], marks[times < days]
        all_times.append(times)
        all_marks.append(marks)
    order = np.argsort(np.concatenate(all_times))
    return np.concatenate(all_times)[order], np.concatenate(all_marks)[order]


def likelihood(times: Floats, marks: Marks, days: float, answer: Answer) -> float:
    """The log-likelihood of an answer."""
    background, weights, delay = answer
    stamps = Stamps.of(times, marks, days, len(background))
    left, _ = echoes(stamps, 1 / delay, slopes=False)
    rates = background[stamps.marks] + (left * weights[stamps.marks]).sum(axis=1) / delay
    done, _ = remainders(stamps, 1 / delay)
    return float(np.log(rates).sum() - background.sum() * days - (weights @ done).sum())


def ours(times: Floats, marks: Marks, days: float, delay: float | None) -> Answer:
    found = fit_times(times, marks, horizon=days, decay=delay)
    return np.exp(found.background[0]), found.weights[0], found.delays[0]


def hawkes_rs(times: Floats, marks: Marks, days: float, delay: float | None) -> Answer:
    from hawkes import multivariate  # type: ignore[import-not-found,unused-ignore]

    count = int(marks.max()) + 1
    found = multivariate.fit([times[marks == k] for k in range(count)], horizon=days).parameters
    return np.asarray(found.baseline), np.asarray(found.excitation), 1 / float(found.decay)


def intensify(times: Floats, marks: Marks, days: float, delay: float | None) -> Answer:
    import intensify as library  # type: ignore[import-not-found,unused-ignore]

    count = int(marks.max()) + 1
    if count == 1:
        one = library.Hawkes(mu=0.5 * len(times) / days, kernel=library.ExponentialKernel(alpha=0.3, beta=1.0))
        flat = one.fit(times, T=days).flat_params()
        return np.array([flat["mu"]]), np.array([[flat["alpha"]]]), 1 / float(flat["beta"])
    rate = 1 / (delay or 1.0)
    kernels = [[library.ExponentialKernel(0.3 / count, rate) for _ in range(count)] for _ in range(count)]
    model = library.MultivariateHawkes(n_dims=count, mu=[0.5 * len(times) / days / count] * count, kernel=kernels)
    found = model.fit([times[marks == k] for k in range(count)], T=days, fit_decay=False)
    process = found.process
    return np.asarray(process.mu), np.asarray(found.connectivity_matrix()), 1 / rate


class Spent(NamedTuple):
    """Seconds of processor time, and by the clock."""

    processor: float
    clock: float


def timed(run: Callable[[], Any]) -> tuple[Spent, Any]:
    clock, processor = time.perf_counter(), time.process_time()
    result = run()
    return Spent(time.process_time() - processor, time.perf_counter() - clock), result


def told(spent: list[Spent]) -> dict[str, Any]:
    """Median and range."""
    out: dict[str, Any] = {}
    for kind in Spent._fields:
        seconds = [getattr(one, kind) for one in spent]
        out[kind] = {
            "median": round(median(seconds), 4), "least": round(min(seconds), 4), "most": round(max(seconds), 4)
        }  # fmt: skip
    return out


def exact(
    name: str, actors: int, days: float, delay: float, given: bool, peers: list[Callable[..., Answer]], rounds: int
) -> dict[str, Any]:
    times, marks = simulated(actors, days, delay, 1)
    few, kinds = simulated(actors, 60.0, delay, 2)
    spent: dict[str, list[Spent]] = {}
    answers: dict[str, Answer] = {}
    for run in (ours, *peers):
        with suppress(ImportError):
            run(few, kinds, 60.0, delay if given else None)
            spent[run.__name__] = []
    for _ in range(rounds):
        for run in (ours, *peers):
            before = spent.get(run.__name__)
            if before is None or (before and before[-1].processor > PATIENCE):
                continue
            seconds, answer = timed(lambda run=run: run(times, marks, days, delay if given else None))  # type: ignore[misc]
            before.append(seconds)
            answers[run.__name__] = answer
    row: dict[str, Any] = {"what": name, "events": len(times)}
    mine = {kind: median(getattr(one, kind) for one in spent["ours"]) for kind in Spent._fields}
    for who, seconds_of in spent.items():
        row[who] = {
            **told(seconds_of),
            "log_likelihood": round(likelihood(times, marks, days, answers[who]), 2),
            "times_ours": {
                kind: round(median(getattr(one, kind) for one in seconds_of) / mine[kind], 2) for kind in Spent._fields
            },
        }
    return row


def daily(name: str, actors: int, rounds: int) -> dict[str, Any]:
    days = 3650
    generator = np.random.default_rng(2)
    mean = 1_000_000 / days / actors
    counts = generator.negative_binomial(5, 5 / (5 + mean), (days, actors)).astype(float)
    counts = 0.6 * counts + 0.4 * np.vstack([counts[:1], counts[:-1]])  # each day echoes in the next
    counts = np.round(counts)
    design = Design.of(level(days), weekday(days), drift(days, 180, weight=10.0))
    spent = [timed(lambda: fit(counts, design, marginal=False)) for _ in range(rounds)]
    found = spent[0][1]
    return {
        "what": name, "events": int(counts.sum()),
        "ours": {**told([one for one, _ in spent]), "parameters": len(found.names), "converged": found.converged},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="Only the comparisons with this in their name.")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    rounds = arguments.rounds
    asked: dict[str, Callable[[str], dict[str, Any]]] = {
        "20 actors, decay estimated": lambda name: exact(name, 20, 2000.0, 0.5, False, [hawkes_rs], rounds),
        "20 actors, decay given": lambda name: exact(name, 20, 2000.0, 0.5, True, [intensify], rounds),
        "1 actor, decay estimated": lambda name: exact(name, 1, 62_000.0, 0.5, False, [hawkes_rs, intensify], rounds),
        "daily counts, 1 actor": lambda name: daily(name, 1, rounds),
        "daily counts, 20 actors": lambda name: daily(name, 20, min(rounds, 3)),
    }
    rows = []
    for name, run in asked.items():
        if arguments.only not in name:
            continue
        rows.append(run(name))
        if not arguments.json:
            show(rows[-1])
    if arguments.json:
        print(json.dumps(rows, indent=1))


def show(row: dict[str, Any]) -> None:
    print(f"{row['what']}: {row['events']:,} events")
    for who, found in row.items():
        if who in ("what", "events"):
            continue
        seconds = "; ".join(
            f"{kind} {found[kind]['median']:.3f} s ({found[kind]['least']:.3f} to {found[kind]['most']:.3f})"
            for kind in Spent._fields
        )
        print(f"  {who:10} {seconds}")
        rest = {key: value for key, value in found.items() if key not in Spent._fields}
        print(f"  {'':10} {', '.join(f'{key} {value}' for key, value in rest.items())}", flush=True)


if __name__ == "__main__":
    main()

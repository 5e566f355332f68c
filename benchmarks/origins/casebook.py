"""What adding a report costs in a casebook that holds many, beside an empty one.

    python benchmarks/origins/casebook.py [--signatures N] [--reports N]

The full one has as many signatures of made-up values; then the same reports go
into both by turns, so that whatever else the machine does slows both. Reports
have 280 words; nothing is coded, and how probable it is that they are
machine-spun is given, as the coder gives it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

import apsw
import numpy as np

from marsad.casebook import Casebook, Run
from marsad.casebook.neighbours import _slots
from marsad.records import Record, Report, Source

RUN = Run("none", "1", "none")
SMALL = "the of and to in a that was for on with as by at from said it is were had be has not he they this".split()


def report(number: int) -> Report:
    """A report of words that no other has in this order."""
    draw = random.Random(number)
    syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
    words = [draw.choice(SMALL) if draw.random() < 0.45 else "".join(draw.choices(syllables, k=3)) for _ in range(280)]
    return Report(f"r{number}", " ".join(words), None, "2020-07-04", Source("Gazette"))


def add(casebook: Casebook, one: Report) -> float:
    """Seconds to add it."""
    record = Record(one.id, one.text, one.source, one.title, one.published, extra={"spun": {"probability": 0.01}})
    begun = time.perf_counter()
    casebook.add(one, record, RUN)
    return time.perf_counter() - begun


def fill(path: Path, many: int) -> None:
    """Put signatures of made-up values into a casebook that has a report."""
    values = np.random.default_rng(1)
    db = apsw.Connection(str(path))
    for first in range(100, many + 100, 10_000):
        signatures = values.integers(0, 1 << 16, (10_000, 128)).astype(np.uint16)
        bands = sorted((slot, first + at) for at, row in enumerate(signatures) for slot in _slots(row))
        with db:
            rows = ((first + at, 1, row.astype("<u2").tobytes()) for at, row in enumerate(signatures))
            db.executemany("INSERT INTO signatures VALUES (?, ?, ?)", rows)
            db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", bands)
    db.close()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--signatures", type=int, default=150_000)
    parser.add_argument("--reports", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "empty.casebook", Path(folder) / "full.casebook"]
        for path in paths:
            with Casebook(path, create=True) as casebook:
                add(casebook, report(0))
        before = paths[1].stat().st_size
        fill(paths[1], options.signatures)
        print(f"index: {(paths[1].stat().st_size - before) / options.signatures:,.0f} bytes on disk for each signature")
        spent: tuple[list[float], list[float]] = ([], [])
        with Casebook(paths[0]) as empty, Casebook(paths[1]) as full:
            for number in range(1, options.reports + 1):
                one = report(number)
                for which in (0, 1) if number % 2 else (1, 0):
                    spent[which].append(add((empty, full)[which], one))
        for name, times in zip(("empty", "full"), spent, strict=True):
            print(f"{name}: mean {statistics.mean(times) * 1e3:.1f} ms, median {statistics.median(times) * 1e3:.1f} ms")
        print(f"full / empty: {statistics.mean(spent[1]) / statistics.mean(spent[0]):.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

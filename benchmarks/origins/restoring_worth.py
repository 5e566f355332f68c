"""What restoring is worth to the coder: labelled reports spun by machine, coded with and without it.

    python benchmarks/origins/restoring_worth.py                    # the shared development set, else tests/gold
    python benchmarks/origins/restoring_worth.py FOLDER --seed 2

"usual" and "hard": the careful spinner of ``benchmarks/accuracy/spin.py``, which leaves names of actors and places
alone. "names": words that real spinners put (half of their dictionary, on which nothing was fitted), then WordNet, and
the words of names are swapped as others are. Labels are carried along with their words.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accuracy"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training/restoring"))

from garbles import garbled
from remap import Edit, change, moved
from spin import HARD, USUAL, spun

from marsad.coding import Coder
from marsad.evaluation import evaluate, load_records, reports_of
from marsad.origins.restoring import RestoringCoder

ROOT: Final = Path(__file__).resolve().parents[2]
ROWS: Final = ("type", "who", "claim", "record", "quote30", "speaker", "direct", "mention", "b3", "relation")
STATES: Final = ("usual", "hard", "names")

Record = dict[str, Any]


def in_state(record: Record, state: str, seed: int) -> Record:
    """A labelled record spun in one of the states."""
    strength = HARD if state == "hard" else USUAL
    edits = _with_names(record, seed) if state == "names" else spun(record, seed, strength)
    return moved(record, change(record["text"], edits))


def _with_names(record: Record, seed: int) -> list[Edit]:
    edits, grown = [], 0
    for one in garbled([(record["id"], record["text"])], "real", seed):
        for swap in one.swaps:
            start = swap.start - grown
            edits.append(Edit(start, start + len(swap.was), one.text[swap.start : swap.end]))
            grown += swap.end - swap.start - len(swap.was)
    return edits


def main() -> None:
    """Spin, code both ways, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, help="records: a folder, .json or .jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=STATES, action="append", help="a state; again")
    arguments = parser.parse_args()
    dev = ROOT.parent / "shared/gold/dev"
    gold = load_records(arguments.gold or (dev if dev.is_dir() else ROOT / "tests/gold"))
    plain, restoring = Coder(), RestoringCoder()
    for state in arguments.only or STATES:
        records = {name: in_state(dict(record), state, arguments.seed) for name, record in gold.items()}
        reports = reports_of(records)
        before = {record.id: record.to_json() for record in plain.code_many(reports)}
        after = {record.id: record.to_json() for record in restoring.code_many(reports)}
        seen = sum("restored" in record for record in after.values())
        changes = sum(change["applied"] for record in after.values() for change in record.get("restored", ()))
        print(f"{state}: {seen} of {len(after)} taken for spun, {changes} changes applied")
        old, new = evaluate(records, before).figures(), evaluate(records, after).figures()
        for row in ROWS:
            if row in old:
                print(f"  {row:9s} {old[row]:5.1f} > {new[row]:5.1f}", flush=True)


if __name__ == "__main__":
    main()

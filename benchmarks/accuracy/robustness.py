"""How much Marsad loses on rough texts: the same labelled reports spun, lower-cased, scanned, without paragraphs.

    python benchmarks/accuracy/robustness.py                     # the shared development set, else tests/gold
    python benchmarks/accuracy/robustness.py tests/gold          # other records
    python benchmarks/accuracy/robustness.py --only spun --seed 2 --draws 1
    python benchmarks/accuracy/robustness.py --write             # put the table into docs/accuracy.md
    python benchmarks/accuracy/robustness.py --show own-wire     # how a report reads in each state
    python benchmarks/accuracy/robustness.py tests/gold --cases FOLDER   # write the changed records

The labels are those of the clean text, carried along with its words. What is
spun by a thesaurus may differ a little from the label's sense ("released" as
"freed"; now and then "launched"): the labels say what the report means, as its
reader would still make out. Changes depend on the seed and the text alone; a
figure is the mean over several draws, with the seeds from ``--seed`` on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from noise import joined, lower, scanned
from remap import change, moved
from rows import Absent, put_table
from spin import HARD, spun

from marsad.coding import Coder
from marsad.evaluation import Scores, evaluate, load_records, reports_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "accuracy.md"
ROWS = ("type", "who", "record", "speaker", "direct", "mention", "b3", "relation", "times", "places", "status-macro")

Record = dict[str, Any]
Records = Mapping[str, Record]


def _clean(record: Record, seed: int) -> Record:
    return record


def _spun(record: Record, seed: int) -> Record:
    return moved(record, change(record["text"], spun(record, seed)))


def _spun_hard(record: Record, seed: int) -> Record:
    return moved(record, change(record["text"], spun(record, seed, HARD)))


def _lower(record: Record, seed: int) -> Record:
    title = record.get("title")
    return moved(record, change(record["text"], lower(record["text"]))) | {"title": title and title.lower()}


def _scanned(record: Record, seed: int) -> Record:
    return moved(record, change(record["text"], scanned(record["text"], seed)))


def _joined(record: Record, seed: int) -> Record:
    return moved(record, change(record["text"], joined(record["text"])))


STATES: dict[str, Callable[[Record, int], Record]] = {
    "clean": _clean,
    "spun": _spun,
    "spun-hard": _spun_hard,
    "lower": _lower,
    "scanned": _scanned,
    "joined": _joined,
}
"""Each state of a text, and how a labelled record is brought into it."""
DRAWN = frozenset({"spun", "spun-hard", "scanned"})
"""States that depend on a seed."""


def in_state(records: Records, state: str, seed: int) -> dict[str, Record]:
    """Every record in one state. Raises Absent where a tool for it is not installed."""
    return {name: STATES[state](dict(record), seed) for name, record in records.items()}


def score(records: Records, coder: Coder) -> Scores:
    """How well the coder does on these records."""
    system = {record.id: record.to_json() for record in coder.code_many(reports_of(records))}
    return evaluate(records, system)


def mean(figures: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each figure over several draws."""
    return {name: sum(one[name] for one in figures) / len(figures) for name in figures[0]}


def table(figures: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """A row for each figure: clean, then each state with what it loses and the share that it keeps."""
    clean = figures["clean"]
    rows = [["row", "clean", *(f"{state} (loss, kept)" for state in figures if state != "clean")]]
    for name in ROWS:
        if name not in clean:
            continue
        cells = [name, f"{clean[name]:.1f}"]
        for state, other in figures.items():
            if state != "clean":
                kept = f"{100 * other[name] / clean[name]:.0f} %" if clean[name] else "-"
                cells.append(f"{other[name]:.1f} (-{clean[name] - other[name]:.1f}, {kept})".replace("--", "+"))
        rows.append(cells)
    return rows


def show(rows: Sequence[Sequence[str]], markdown: bool) -> str:
    """The table, for a terminal or as Markdown."""
    if markdown:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|---|" + "--:|" * (len(rows[0]) - 1), *lines[1:]])
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(widths[k]) for k, cell in enumerate(row)).rstrip() for row in rows)


def write_cases(records: Records, folder: Path) -> None:
    """Write each record as ``NAME.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, record in records.items():
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments, change, code, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, help="records: a folder, .json or .jsonl")
    parser.add_argument("--only", action="append", choices=[s for s in STATES if s != "clean"], help="a state; again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=4, help="of which the mean is taken (%(default)s)")
    parser.add_argument("--limit", type=int, help="the most reports")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--write", action="store_true", help="put the table into docs/accuracy.md")
    parser.add_argument("--show", metavar="ID", help="print one report in each state, and code nothing")
    parser.add_argument("--cases", type=Path, metavar="FOLDER", help="write the changed records, and code nothing")
    arguments = parser.parse_args()
    dev = ROOT.parent / "shared" / "gold" / "dev"
    gold = load_records(arguments.gold or (dev if dev.is_dir() else ROOT / "tests" / "gold"))
    gold = dict(list(gold.items())[: arguments.limit])
    if arguments.show:
        gold = {arguments.show: gold[arguments.show]}
    coder = Coder()
    figures: dict[str, dict[str, float]] = {}
    for state in ["clean", *(arguments.only or [s for s in STATES if s != "clean"])]:
        many = arguments.draws if state in DRAWN and not (arguments.show or arguments.cases) else 1
        try:
            draws = [in_state(gold, state, arguments.seed + number) for number in range(many)]
        except Absent as absent:
            print(f"skipped {state}: {absent}", file=sys.stderr)
            continue
        if arguments.show:
            print(f"--- {state}\n{draws[0][arguments.show]['text']}\n")
        elif arguments.cases:
            write_cases(draws[0], arguments.cases / state)
        else:
            figures[state] = mean([score(records, coder).figures() for records in draws])
    if figures:
        print(show(table(figures), arguments.markdown))
    if arguments.write:
        if arguments.limit or figures.keys() != STATES.keys():
            raise SystemExit("docs/accuracy.md is left as it is: --write is for all reports in every state")
        put_table(PAGE, "robustness", show(table(figures), markdown=True))


if __name__ == "__main__":
    main()

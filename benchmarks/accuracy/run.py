"""How exactly Marsad codes: one table over its own gold, a peer's records and the public sets' development parts.

    python benchmarks/accuracy/run.py                        # every set that is at hand
    python benchmarks/accuracy/run.py --only dev --only rams
    python benchmarks/accuracy/run.py --limit 10             # ten documents of each, while working on something
    python benchmarks/accuracy/run.py --markdown             # the table of docs/accuracy.md
    python benchmarks/accuracy/run.py --write                # and put it there
    python benchmarks/accuracy/run.py --save figures.json    # figures as data

It codes raw text with ``marsad.coding.Coder``, whatever that is made of. The
sets are third parties' and not in the repository; a set that is not at hand is
skipped with a word. From which of them the coder has learnt stands in
``trained_on.toml``; of a set whose four fifths it has seen, only the last is
measured. ``rules.json`` holds the figures of the coder of rules that
the shipped one is compared with.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import ecb
import gum
import litbank
import petrarch
import plover
import polnear
import rams
from gold import Dev, Further, HeldOut, HeldOutPlain
from rows import Absent, Row, Setting, put_table

from marsad.coding import Coder

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "accuracy.md"


class Set(Protocol):
    """A set of labelled texts."""

    NAME: str
    TITLE: str

    def measure(self, setting: Setting) -> list[Row]:
        """The rows of this set. Raises Absent."""


SETS: dict[str, Any] = {
    s.NAME: s for s in (Dev, Further, HeldOut, HeldOutPlain, plover, petrarch, polnear, litbank, gum, rams, ecb)
}
Figures = dict[str, dict[str, Row]]


def measured(names: list[str], setting: Setting) -> tuple[Figures, dict[str, str]]:
    """The rows of each set, and why a set was skipped."""
    figures: Figures = {}
    skipped: dict[str, str] = {}
    for name in names:
        start = time.perf_counter()
        try:
            figures[name] = {row.key: row for row in SETS[name].measure(setting)}
        except Absent as absent:
            skipped[name] = str(absent)
        print(f"{name}: {skipped.get(name) or f'{time.perf_counter() - start:.0f} s'}", file=sys.stderr, flush=True)
    return figures, skipped


def load(file: Path) -> dict[str, Any]:
    """Figures that are kept as data; none where there is no file."""
    if not file.exists():
        return {}
    text = file.read_text(encoding="utf-8")
    return tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)


def others(published: Mapping[str, Any], name: str, key: str) -> str:
    """What others reach on this row, in words."""
    entries = published.get(name, {}).get(key, [])
    return "; ".join(f"{e['who']} {e['figure']}" + (f" ({e['how']})" if "how" in e else "") for e in entries)


def command(name: str) -> str:
    """The command that repeats a set's rows."""
    return f"python benchmarks/accuracy/run.py --only {name}"


def lines(
    figures: Figures, rules: Mapping[str, Any], published: Mapping[str, Any], trained_on: Mapping[str, str]
) -> list[list[str]]:
    """The cells of the table: set, row, Marsad, rules, others, what the figure rests on.

    A figure on texts from which the coder has learnt is marked. The rules'
    figures are those on the same texts: a whole set, or its unseen fifth.
    """
    cells = []
    for name, rows in figures.items():
        for row in rows.values():
            texts = "unseen" if trained_on.get(name) == "four fifths" else "figures"
            before = rules.get(texts, {}).get(name, {}).get(row.key)
            rest = ["" if before is None else f"{before:.1f}", others(published, name, row.key), row.of]
            mark = " †" if trained_on.get(name) == "all" else ""
            cells.append([SETS[name].TITLE, row.what, f"{row.figure:.1f}{mark}", *rest])
    return cells


HEADER = ["set", "what", "Marsad", "rules", "others, as published", "rests on"]


def plain(cells: list[list[str]]) -> str:
    """The table for a terminal."""
    table = [HEADER, *cells]
    widths = [min(46, max(len(row[k]) for row in table)) for k in range(len(HEADER))]
    return "\n".join("  ".join(cell.ljust(widths[k]) for k, cell in enumerate(row)).rstrip() for row in table)


def markdown(figures: Figures, cells: list[list[str]], published: Mapping[str, Any]) -> str:
    """The table for the documentation: a set's rows together, its command in each."""
    names = [name for name, rows in figures.items() for _ in rows]
    out = ["| " + " | ".join([*HEADER, "command"]) + " |", "|---|---|--:|--:|---|---|---|"]
    out += ["| " + " | ".join([*row, f"`… --only {name}`"]) + " |" for name, row in zip(names, cells, strict=True)]
    sources = [f"- {SETS[name].TITLE}: {published[name]['cite']}" for name in figures if name in published]
    return "\n".join(
        [*out, "", f"`…` is `{command('NAME').rsplit(' --', 1)[0]}`. Sources of others' figures:", "", *sources]
    )


def save(file: Path, figures: Figures) -> None:
    """Keep figures as data, with who coded."""
    coder = Coder()
    data = {
        "coder": {"name": coder.name, "version": coder.version, "fingerprint": coder.fingerprint},
        "figures": {name: {key: round(row.figure, 1) for key, row in rows.items()} for name, rows in figures.items()},
    }
    file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=SETS, help="a set to measure; may be given again")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with gold/ and data/")
    parser.add_argument("--limit", type=int, help="the most documents of each set")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--write", action="store_true", help="put the table into docs/accuracy.md")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the figures as JSON")
    arguments = parser.parse_args()
    if arguments.limit is not None and arguments.limit < 1:
        parser.error("--limit must be at least 1")
    if arguments.write and (arguments.only or arguments.limit):
        parser.error("--write is for the whole table: leave out --only and --limit")
    trained_on = load(HERE / "trained_on.toml")
    figures, skipped = measured(arguments.only or list(SETS), Setting(arguments.shared, arguments.limit, trained_on))
    published, rules = load(HERE / "published.toml"), load(HERE / "rules.json")
    cells = lines(figures, rules, published, trained_on)
    print(markdown(figures, cells, published) if arguments.markdown else plain(cells))
    for name, why in skipped.items():
        print(f"skipped {name}: {why}")
    if arguments.write:
        if skipped:
            raise SystemExit("docs/accuracy.md is left as it is: not every set is at hand")
        put_table(PAGE, "figures", markdown(figures, cells, published))
    if arguments.save:
        save(arguments.save, figures)


if __name__ == "__main__":
    main()

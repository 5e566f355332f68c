"""Score models on reports that they were not made from: the table of held-out figures in ``docs/coder.md``.

    python training/scores.py --held-out GOLD PREFIX ... --choosing GOLD --encoder FOLDER --rules FOLDER --blend FILE

``--held-out`` and ``--choosing`` are as in ``blend.py``. Prints a line for each of the reports on which models are
chosen, the real ones held out and the written ones: by rules and encoder together, and by the rules alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data import Example, held_out

from marsad.coding.assembly import assemble
from marsad.coding.blend import Blend
from marsad.coding.weights import Weights
from marsad.evaluation import Scores, evaluate, load_records
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Report

ROWS = (
    "trigger", "type", "who", "record", "speaker", "mention", "b3", "relation", "times", "places", "direct", "status",
    "status-macro", "source", "killed",
)  # fmt: skip


def scores_of(examples: Iterable[Example], knowledge: Knowledge, gazetteer: Gazetteer) -> Scores:
    """The scores of what the coder makes of labelled reports."""
    gold: dict[str, Any] = {}
    system: dict[str, Any] = {}
    for example in examples:
        wanted = example.gold
        for word in example.document.words:
            word.quote = -1
        report = Report(wanted.id, wanted.text, None, published=wanted.published)
        gold[wanted.id] = wanted.to_json()
        system[wanted.id] = assemble(report, example.document, knowledge, gazetteer, {}).to_json()
    return evaluate(gold, system)


def line(name: str, scores: Scores) -> str:
    """One line of figures, with precision and recall where there are any."""
    table = scores.table()
    cells = []
    for row in ROWS:
        found = table.get(row)
        if found:
            both = f"({found['P']:.0f}/{found['R']:.0f})" if "P" in found else ""
            cells.append(f"{row} {found.get('F1', found.get('right'))}{both}")
    return f"{name}: {' '.join(cells)}"


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", nargs="+", required=True, metavar=("GOLD", "PREFIX"))
    parser.add_argument("--choosing", type=Path)
    for name in ("encoder", "rules", "blend"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--rules-alone", action="store_true", help="score the rules alone too")
    options = parser.parse_args()
    Weights.folder, Blend.path = options.rules, options.blend
    examples = held_out(options.held_out, options.choosing, options.encoder)
    chosen_on = set(load_records(options.choosing)) if options.choosing else set()
    parts: dict[str, list[Example]] = {"real": [], "written": [], "development": []}
    for example in examples:
        name = "written" if example.gold.id.startswith("own-") else "real"
        parts["development" if example.gold.id in chosen_on else name].append(example)
    knowledge = Knowledge.load()
    with Gazetteer.open() as gazetteer:
        for how in ("together", "rules alone") if options.rules_alone else ("together",):
            for name, some in parts.items():
                for example in some if how == "rules alone" else ():
                    example.document.judgement = None
                if some:
                    scores = scores_of(some, knowledge, gazetteer)
                    print(line(f"{name} ({len(some)}), {how}", scores), flush=True)


if __name__ == "__main__":
    main()

"""The fictional cases of several reports: are claims of one happening put together, and only those?

    python benchmarks/incidents/cases.py [--part held|report|tune] [--wrong]

Each report is coded and put in by itself, in the order of the case. Counted are the claims that tell of a labelled
happening. ``--wrong`` lists the pairs that are put together or apart wrongly.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations
from pathlib import Path

from coreference import b_cubed, ceaf_e, conll, muc

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/incidents"))
from incidents_cases import by_letter, cases

from marsad import Coder
from marsad.incidents import Incidents
from marsad.incidents.comparing import compare
from marsad.incidents.describing import called
from marsad.knowledge import Gazetteer


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--part", default="report", choices=("held", "report", "tune"))
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    coder, gazetteer = Coder(), Gazetteer.open()
    gold: list[str] = []
    found: list[str] = []
    alone: list[str] = []
    asked = 0
    for case in cases(options.part):
        incidents = Incidents(gazetteer=gazetteer)
        records = [coder.code(labelled.report) for labelled in case.reports]
        for labelled, record in zip(case.reports, records, strict=True):
            incidents.add(labelled.report, record, labelled.origin)
        letters = by_letter(case, records)
        rows = [(one, incident.id) for incident in incidents for one in incident.tellings if one.id in letters]
        mine = [f"{case.name} {letters[one.id]}" for one, _ in rows]
        theirs = [f"{case.name} {name}" for _, name in rows]
        asked += sum(1 for _ in incidents.questions())
        print(f"{case.name:16} {len(rows):3} claims, {len(set(mine)):2} happenings, B-cubed F1 "
              f"{b_cubed(mine, theirs).f1:.3f}")  # fmt: skip
        if options.wrong:
            for (a, (one, x)), (b, (other, y)) in combinations(enumerate(rows), 2):
                if (mine[a] == mine[b]) != (x == y):
                    pair = compare(one, other)
                    print(f"  {'apart' if x != y else 'together'}: {pair.probability:.2f} {one.id} {called(one)} / "
                          f"{other.id} {called(other)}: {' '.join(pair.features())}")  # fmt: skip
        gold += mine
        found += theirs
        alone += [one.id for one, _ in rows]
    for name, labels in (("marsad", found), ("nothing joined", alone)):
        figures = [f"{score(gold, labels).f1:.3f}" for score in (b_cubed, muc, ceaf_e)]
        precision, recall, *_ = b_cubed(gold, labels)
        print(f"{name}: B-cubed F1 {figures[0]} (precision {precision:.3f}, recall {recall:.3f}), MUC {figures[1]}, "
              f"CEAFe {figures[2]}, CoNLL {conll(gold, labels):.3f}")  # fmt: skip
    print(f"{asked} questions")


if __name__ == "__main__":
    main()

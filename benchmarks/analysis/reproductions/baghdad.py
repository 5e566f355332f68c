"""SIGACTs: attacks in Baghdad before and after the security plan of 2007-02-14 (the surge), all and by kind.

    python benchmarks/analysis/reproductions/baghdad.py [--data FOLDER]

The series ends on 2007-07-16, five months on: the fall in violence that the literature dates to the summer and autumn
of 2007 (Biddle, Friedman and Shapiro 2012) lies beyond it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from table import DATA, Question, show

from marsad.analysis.events import Choose
from marsad.analysis.tables import read_events

POINT = ("2007-02-14",)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    table = read_events(parser.parse_args().data / "sigacts_iraq/sigacts_iraq.csv.gz")
    show("SIGACTs, Baghdad", table, [
        Question("all attacks", Choose(place="Baghdad"), POINT,
                 ("attacks in Baghdad are reported as about level to June 2007",)),
        Question("roadside bombs (IED)", Choose(place="Baghdad", type="IED"), POINT,
                 ("the same",)),
        Question("small arms", Choose(place="Baghdad", type="Small Arms"), POINT,
                 ("sectarian killings are reported to have fallen at first",)),
        Question("mortars", Choose(place="Baghdad", type="Mortar"), POINT, ("the same",)),
    ])  # fmt: skip


if __name__ == "__main__":
    main()

"""SIGACTs: attacks in Baghdad before and after the security plan of 2007-02-14 (the surge), all and by kind.

    python benchmarks/analysis/reproductions/baghdad.py [--data FOLDER]

The series ends on 2007-07-16, five months on: the fall in violence that is dated to the months after May 2007 (Biddle,
Friedman and Shapiro 2012) lies for the most part beyond it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from table import DATA, Known, Question, show

from marsad.analysis.events import Choose
from marsad.analysis.tables import read_events

POINT = ("2007-02-14",)
SURGE = Known(
    "all Iraq: most deaths of US soldiers in May 2007 (126); of civilians above 1,700 in May, near 500 in December",
    "Biddle, Friedman and Shapiro 2012, docslib.org/doc/10792662",
)
SECTARIAN = Known("sectarian killings fell at first")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    table = read_events(parser.parse_args().data / "sigacts_iraq/sigacts_iraq.csv.gz")
    show("SIGACTs, Baghdad", table, [
        Question("all attacks", Choose(place="Baghdad"), POINT, (SURGE,)),
        Question("roadside bombs (IED)", Choose(place="Baghdad", type="IED"), POINT, (SURGE,)),
        Question("small arms", Choose(place="Baghdad", type="Small Arms"), POINT, (SECTARIAN,)),
        Question("mortars", Choose(place="Baghdad", type="Mortar"), POINT, (SURGE,)),
    ])  # fmt: skip


if __name__ == "__main__":
    main()

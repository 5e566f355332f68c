"""KEDS Levant: Israeli and Palestinian force against each other, at three dates that histories agree on.

python benchmarks/analysis/reproductions/levant.py [--data FOLDER]
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from table import DATA, Question, show

from marsad.analysis.events import Event
from marsad.analysis.tables import read_events

FORCE = ("18", "19", "20")
"""CAMEO's assault, fight, and unconventional mass violence."""


class Dyad(NamedTuple):
    """Force of one side against the other, by the first three letters of their codes."""

    source: str
    target: str

    def __call__(self, event: Event) -> bool:
        sides = event.actors[0][:3], event.recipients[0][:3]
        return sides == tuple(self) and event.type[:2] in FORCE


POINTS = ("2000-09-28", "2002-03-29", "2005-02-08")
ISRAEL = (
    "the second intifada begins: violence of both sides rises manyfold (B'Tselem's counts of deaths)",
    "Jaeger and Paserman (2008): Israel answers Palestinian violence, before and after the operation",
    "truce: fewer deaths in 2005 than in 2004 (B'Tselem)",
)
PALESTINE = (
    "the second intifada begins: violence of both sides rises manyfold",
    "the operation: suicide attacks fell in the months after",
    "truce: about half as many Israeli deaths in 2005 as in 2004",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    table = read_events(parser.parse_args().data / "keds_levant/levant.cameo.csv")
    show("KEDS Levant, events of force (CAMEO 18-20), at most one a day of each kind by construction", table, [
        Question("Israel on Palestinians", Dyad("ISR", "PAL"), POINTS, ISRAEL),
        Question("Palestinians on Israel", Dyad("PAL", "ISR"), POINTS, PALESTINE),
    ])  # fmt: skip


if __name__ == "__main__":
    main()

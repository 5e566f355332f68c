"""KEDS Levant: Israeli and Palestinian force against each other, at three dates that histories agree on.

python benchmarks/analysis/reproductions/levant.py [--data FOLDER]
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from table import DATA, Known, Question, show

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


TOTALS = "B'Tselem, 29 December 2004, ngo-monitor.org/_imra_takes_issue_with_betselem_casualty_figures_"
SHIELD = "Israel Security Agency, docslib.org/doc/3740851; Jaeger and Paserman, IZA seminar of 8 March 2005"
TRUCE = "B'Tselem, 29 December 2004, 7 March 2005 and 4 January 2006, btselem.org/press_releases/20060104"
POINTS = ("2000-09-28", "2002-03-29", "2005-02-08")
ISRAEL = (
    Known("3,174 Palestinians killed from 29 September 2000 to 27 December 2004", TOTALS),
    Known("Israeli operations go on through 2002"),
    Known("Palestinians killed: 803 in 2004, 197 in 2005; 52 in January 2005, 6 in the month after the truce", TRUCE),
)
PALESTINE = (
    Known("940 Israelis killed from 29 September 2000 to 27 December 2004", TOTALS),
    Known("suicide attacks: 53 in 2002, 26 in 2003; fewer Palestinian attacks from mid-2002 on", SHIELD),
    Known("Israelis killed: 107 in 2004, 50 in 2005", TRUCE),
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

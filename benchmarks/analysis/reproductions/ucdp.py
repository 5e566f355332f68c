"""UCDP GED, Iraq and Syria: dates that histories agree on.

python benchmarks/analysis/reproductions/ucdp.py [--data FOLDER]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from table import DATA, Known, Question, show

from marsad.analysis.events import Choose
from marsad.analysis.tables import read_events


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    show("UCDP GED Iraq", read_events(data / "hdx_irq/ged_iraq.csv"), [
        Question("with IS on either side", Choose(party="IS"), ("2014-06-10", "2014-08-08"),
                 (Known("2,417 killed in June 2014 without Anbar, the deadliest month of the year",
                        "UNAMI, 1 July 2014"),
                  Known("fighting goes on: 2,400 killed in June 2014, 1,466 in June 2015, most since September",
                        "UNAMI by commoditiesandconflictreport.com, 1 July 2015"))),
    ])  # fmt: skip
    show("UCDP GED Syria, 2016-2019", read_events(data / "ucdp_syria/ged_syria_201601_201911.csv.gz"), [
        Question("government against insurgents", Choose(party="Syrian insurgents"), ("2016-12-30", "2018-09-17"),
                 (Known("366 breaches in a month", "Syrian Network for Human Rights, 31 January 2017"),
                  Known("attacks paused for a little while, at least 30 dead in Idlib in January 2019",
                        "TRT World, 13 February 2020; Daily Sabah, 6 February 2019"))),
        Question("the same, in Idlib", Choose(party="Syrian insurgents", place="Idlib"), ("2018-09-17",),
                 (Known("the same", "the same"),)),
    ])  # fmt: skip


if __name__ == "__main__":
    main()

"""UCDP GED, Iraq and Syria: dates that histories agree on.

python benchmarks/analysis/reproductions/ucdp.py [--data FOLDER]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from table import DATA, Question, show

from marsad.analysis.events import Choose
from marsad.analysis.tables import read_events


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    show("UCDP GED Iraq", read_events(data / "hdx_irq/ged_iraq.csv"), [
        Question("with IS on either side", Choose(party="IS"), ("2014-06-10", "2014-08-08"),
                 ("fall of Mosul: deaths rise manyfold; events had risen since 2013",
                  "coalition strikes begin: fighting goes on; no fall within the half year is reported")),
    ])  # fmt: skip
    show("UCDP GED Syria, 2016-2019", read_events(data / "ucdp_syria/ged_syria_201601_201911.csv.gz"), [
        Question("government against insurgents", Choose(party="Syrian insurgents"), ("2016-12-30", "2018-09-17"),
                 ("truce: less fighting in January 2017, more again from February",
                  "memorandum on Idlib: little fighting until the spring of 2019")),
        Question("government against insurgents", Choose(party="Syrian insurgents", place="Idlib"), ("2018-09-17",),
                 ("the same, in Idlib",)),
    ])  # fmt: skip


if __name__ == "__main__":
    main()

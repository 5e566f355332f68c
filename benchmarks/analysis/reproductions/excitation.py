"""SIGACTs: what share of attacks followed others, beside what is published of civilian deaths in Iraq.

    python benchmarks/analysis/reproductions/excitation.py [--data FOLDER]

Lewis, Mohler, Brantingham and Bertozzi (2012; abstract, doi.org/10.1057/sj.2011.21) fitted self-exciting point
processes with a background that changes slowly to Iraq Body Count's civilian deaths, 2003 to 2007, by district, and
found 37 to 50 of 100 events to be echoes, which last between two and six weeks at most. SIGACTs are other events, of
attacks on troops above all; cities stand for districts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from table import DATA

from marsad.analysis.events import Choose, day_number
from marsad.analysis.selfexcitation import self_excitation
from marsad.analysis.series import daily
from marsad.analysis.tables import read_events

CITIES = ("Baghdad", "Mosul", "Ramadi", "Fallujah", "Baqubah", "Basrah")
UNTIL = "2007-07-15"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    table = read_events(parser.parse_args().data / "sigacts_iraq/sigacts_iraq.csv.gz")
    print(
        "SIGACTs 2004 to mid-2007, counts a day, weekdays and a drifting background: all echoes; and those over days,"
    )
    print("of which nine tenths have come after 2.3 mean delays")
    print(f"{'city':12}{'events':>8}{'ratio':>7}{'95 % interval':>17}{'within hours':>14}{'over days':>24}"
          f"{'mean delay, days':>18}{'95 % interval':>15}")  # fmt: skip
    for city in CITIES:
        found = self_excitation(daily(table, Choose(place=city), until=day_number(UNTIL), name=city))
        slow, lag = found.echoes.slow, found.lag
        over_days = f"{slow.value:.2f} ({slow.low:.2f} to {slow.high:.2f})"
        print(f"{city:12}{found.series.events:8.0f}{found.ratio.value:7.2f}"
              f"{f'{found.ratio.low:.2f} to {found.ratio.high:.2f}':>17}{found.echoes.quick.value:14.2f}{over_days:>24}"
              f"{lag.words:>18}{lag.range_words:>15}")  # fmt: skip
    print("published: .37 to .50, gone within two to six weeks [Lewis and others 2012, abstract]")


if __name__ == "__main__":
    main()

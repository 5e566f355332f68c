"""geocausal: attacks in Iraq 2007-2008 around the ceasefire of the Mahdi Army; and do attacks follow air strikes?

    pip install rdata; python benchmarks/analysis/reproductions/geocausal.py [--data FOLDER]

Papadogeorgou, Imai, Lyall and Li (2022; abstract, arxiv.org/abs/2003.13555) find that more air strikes a day for up
to a month may lead to more attacks, February 2007 to July 2008, and displace some. Their effects are in space, and
published as maps and curves. Here there is no space: a day of many strikes is held against the fortnight after.
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from table import DATA, Known, Question, show

from marsad.analysis.events import Choose, Event, EventTable, day_number
from marsad.analysis.response import respond
from marsad.analysis.series import daily

PEAKS = 8


def read(path: Path, name: str) -> EventTable:
    """One of the package's tables."""
    import rdata

    # It says that it leaves R's dates as numbers of days, which is what is wanted.
    warnings.simplefilter("ignore", UserWarning)
    frame: Any = rdata.conversion.convert(rdata.parser.parse_file(path))[name]
    days = [round(float(day)) + day_number("1970-01-01") for day in frame["date"]]
    events = tuple(Event(day, day, type=str(kind)) for day, kind in zip(days, frame["type"], strict=True))
    return EventTable(events, min(days), max(days), what=name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data / "geocausal_iraq"
    attacks, strikes = read(data / "insurgencies.rda", "insurgencies"), read(data / "airstrikes.rda", "airstrikes")
    known = (
        Known("the ceasefire is credited with a good part of the fall in violence; civilian deaths fell from above "
              "1,700 in May to about 500 in December 2007", "BBC, 8 January 2011; Biddle, Friedman and Shapiro 2012"),
    )  # fmt: skip
    show("geocausal, attacks in Iraq", attacks, [
        Question("all attacks", None, ("2007-08-29",), known),
        Question("IED", Choose(type="IED"), ("2007-08-29",), known),
        Question("small arms (SAF)", Choose(type="SAF"), ("2007-08-29",), known),
    ])  # fmt: skip
    series, flown = daily(attacks), daily(strikes)
    days = np.argsort(-flown.counts[60:-30])[: 4 * PEAKS] + 60
    kept: list[int] = []
    for day in days.tolist():
        if all(abs(day - other) > 20 for other in kept) and len(kept) < PEAKS:
            kept.append(day)
    found = [respond(series, [flown.first + day], shape="pulse", sensitivity=False)[0].effect for day in sorted(kept)]
    logs, errors = np.log([one.ratio for one in found]), np.array([one.error for one in found])
    weights = 1 / errors**2
    mean, spread = float((weights * logs).sum() / weights.sum()), float(weights.sum() ** -0.5)
    print(f"attacks in the fortnight from each of the {len(found)} days of most air strikes, held against the rest: "
          f"{np.exp(mean):.2f} times (95 % interval {np.exp(mean - 1.96 * spread):.2f} to "
          f"{np.exp(mean + 1.96 * spread):.2f}); seen one by one on {sum(one.p < 0.05 for one in found)}")  # fmt: skip


if __name__ == "__main__":
    main()

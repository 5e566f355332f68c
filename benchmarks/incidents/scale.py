"""Does adding a report to many cost more than adding it to few?

    python benchmarks/incidents/scale.py [--reports 100000]

The fictional cases are coded once; each report put in is one of them with its towns, names and date changed, so that a
thousand days have about the same news each. Printed every tenth of the way: reports, claims, incidents, the mean and
the slowest of the last thousand additions, and the memory of the process.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/incidents"))
from incidents_cases import cases

from marsad import Coder
from marsad.incidents import Incidents
from marsad.knowledge import Gazetteer
from marsad.records import EventPlace, EventTime, Record, Report

DAYS = 1000
LETTERS = "abdeghiklmnoprstuvz"
TOWNS = "Tal Marez|Hadun|Belkat|Sennar|Obrek|Kesh|Garsil|Ketra|Dornach|Selm|Dolmen|Umm Tola|Belport"
NAMES = re.compile(rf"\b(?:{TOWNS})\b")


def changed(record: Record, draw: random.Random, number: int) -> Record:
    """The record under another id, with other towns and on another day; every offset stays as it is."""
    towns: dict[str, str] = {}

    def town(found: re.Match[str]) -> str:
        name = found.group()
        if name not in towns:
            towns[name] = "".join(c if not c.isalpha() else draw.choice(LETTERS) for c in name).capitalize()
        return towns[name]

    shift = timedelta(draw.randrange(DAYS))

    def put(place: EventPlace | None) -> EventPlace | None:
        return place and replace(place, name=NAMES.sub(town, place.name or ""), latitude=None, longitude=None)

    def moved(value: str | None) -> str | None:
        return (date.fromisoformat(value) + shift).isoformat() if value and len(value) == 10 else value

    return replace(
        record, id=f"r{number}", text=NAMES.sub(town, record.text), published=moved(record.published),
        actors=tuple(replace(a, name=NAMES.sub(town, a.name)) for a in record.actors),
        events=tuple(
            replace(
                e,
                time=e.time and EventTime(e.time.span, moved(e.time.start), moved(e.time.end)),
                place=put(e.place),
            )
            for e in record.events
        ),
    )  # fmt: skip


def reports(records: list[Record], count: int) -> Iterator[tuple[Report, Record]]:
    """So many changed reports."""
    draw = random.Random(11)
    for number in range(count):
        record = changed(draw.choice(records), draw, number)
        yield Report(record.id, record.text, published=record.published, source=record.source), record


def main() -> None:
    """Add and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=100_000)
    options = parser.parse_args()
    coder = Coder()
    records = [coder.code(one.report) for part in ("tune", "report") for case in cases(part) for one in case.reports]
    incidents = Incidents(gazetteer=Gazetteer.open())
    taken: list[float] = []
    claims = 0
    for number, (report, record) in enumerate(reports(records, options.reports), 1):
        begun = time.process_time()
        incidents.add(report, record)
        taken.append(time.process_time() - begun)
        claims += len(record.events)
        if number % max(1, options.reports // 10) == 0:
            last = taken[-1000:]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{number} reports, {claims} claims, {len(incidents)} incidents: {1000 * sum(last) / len(last):.2f} "
                  f"ms a report, slowest {1000 * max(last):.0f} ms, {memory} MiB", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()

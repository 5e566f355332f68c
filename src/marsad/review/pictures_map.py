"""The map: incidents by place, as precisely as it is given, and those that cannot be put on it."""

from __future__ import annotations

from typing import Final

import numpy as np

from marsad.incidents import GRADES
from marsad.records import Json
from marsad.review.pictures_choosing import Mask
from marsad.review.pictures_columns import Columns

__all__ = ["map_data"]

_MOST_PLACES: Final = 4000
_MOST_UNPLACED: Final = 300


def map_data(columns: Columns, mask: Mask) -> Json:
    """Places of the chosen incidents, those with the most first.

    ``places`` can be drawn, ``unplaced`` have a name and no coordinates, ``nowhere`` counts what has no place at all;
    ``left`` counts places that there are too many to list.
    """
    at = np.flatnonzero(mask)
    placed = at[columns.place[at] >= 0]
    table = np.zeros((len(columns.places), len(GRADES)), dtype=np.int64)
    np.add.at(table, (columns.place[placed], columns.grade[placed]), 1)
    numbers = table.sum(axis=1)
    some = np.flatnonzero(numbers).tolist()
    order = sorted(some, key=lambda n: (-numbers[n], columns.places[n].name, columns.places[n].key))
    drawn: list[Json] = []
    unplaced: list[Json] = []
    for number in order:
        place = columns.places[number]
        row = {
            "key": place.key, "name": place.name, "level": place.level, "country": place.country,
            "point": None if place.point is None else [place.point[1], place.point[0]], "number": int(numbers[number]),
            "grades": {grade: int(n) for grade, n in zip(GRADES, table[number], strict=True) if n},
        }  # fmt: skip
        # A country is drawn by its name even where no point is given.
        (unplaced if place.point is None and place.level != "country" else drawn).append(row)
    return {
        "total": len(at), "nowhere": len(at) - len(placed),
        "places": drawn[:_MOST_PLACES], "unplaced": unplaced[:_MOST_UNPLACED],
        "left": max(len(drawn) - _MOST_PLACES, 0) + max(len(unplaced) - _MOST_UNPLACED, 0),
    }  # fmt: skip

"""Which incidents a picture shows: the page's filters as a mask over the columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from starlette.exceptions import HTTPException

from marsad.incidents import GRADES, Choice
from marsad.incidents.timing import of_dates
from marsad.knowledge.names import fold
from marsad.records import Json
from marsad.review.pictures_columns import Columns, Numbers, Row
from marsad.vocabulary import EVENT_TYPES, STATUSES

__all__ = ["FILTERS", "PARTICULARS", "Mask", "chosen", "distinct", "particular", "row_data", "rows_data"]

Mask = NDArray[np.bool_]

FILTERS: Final = ("type", "status", "grade", "actor", "place", "since", "until")
"""Conditions that every picture takes; ``q``, words in the reports, is looked up before."""
PARTICULARS: Final = ("spot", "party", "who", "whom", "kind")
"""What a press on a picture chooses: a place, a party, or acts of one kind from one party to another."""
ORDERS: Final = ("time", "latest", "origins")

_CODES: Final[Mapping[str, Sequence[str]]] = {"type": EVENT_TYPES, "status": STATUSES, "grade": GRADES}


def chosen(
    columns: Columns, given: Mapping[str, str], found: Collection[str] | None = None, *, leave: Collection[str] = ()
) -> Mask:
    """The incidents that meet the conditions ``given``; ``found`` are the ids of reports, one of which must tell of it.

    Conditions named in ``leave`` are not asked for. They mean what they mean in :class:`marsad.incidents.Choice`.
    Raises IncidentError for a condition that nothing could meet.
    """
    asked = {name: given[name] for name in FILTERS if name in given and name not in leave}
    Choice(**asked)
    mask = np.ones(len(columns), dtype=np.bool_)
    for name, codes in _CODES.items():
        if name in asked:
            mask &= getattr(columns, name) == codes.index(asked[name])
    for name, words, pairs in (("actor", columns.names, columns.named), ("place", columns.spots, columns.spotted)):
        if name in asked:
            needle = f" {fold(asked[name])} "
            fits = np.array([needle in one for one in words], dtype=np.bool_)
            mask &= _any(pairs.at, fits[pairs.of] if len(fits) else np.zeros(0, np.bool_), len(columns))
    if "since" in asked or "until" in asked:
        at, first, last = columns.days
        inside = np.ones(len(at), dtype=np.bool_)
        if since := of_dates(asked.get("since", ""), asked.get("since", "")):
            inside &= last >= since.first
        if until := of_dates(asked.get("until", ""), asked.get("until", "")):
            inside &= first <= until.last
        mask &= _any(at, inside, len(columns))
    if found is not None:
        numbers = [columns.reports[one] for one in found if one in columns.reports]
        mask &= _any(columns.reported.at, np.isin(columns.reported.of, numbers), len(columns))
    return mask


def particular(columns: Columns, mask: Mask, given: Mapping[str, str], kinds: Mapping[str, Collection[str]]) -> Mask:
    """Of ``mask`` what a press on a picture chose. ``kinds`` are the types of event that each kind of act has.

    Raises HTTPException (400) for a kind that there is not; a place or party that is not there has no incidents.
    """
    mask = mask.copy()
    if "spot" in given:
        if given["spot"] == "none":
            mask &= columns.place < 0
        else:
            at = next((n for n, one in enumerate(columns.places) if one.key == given["spot"]), -2)
            mask &= columns.place == at
    incident, who, whom = columns.acts
    acts = np.ones(len(incident), dtype=np.bool_)
    for name, ends in (("who", (who,)), ("whom", (whom,)), ("party", (who, whom))):
        if name in given:
            number = columns.party(given[name])
            acts &= np.any([end == (-2 if number is None else number) for end in ends], axis=0)
    if any(name in given for name in ("who", "whom", "party")):
        mask &= _any(incident, acts, len(columns))
    if "kind" in given:
        if given["kind"] not in kinds:
            raise HTTPException(400, f"there is no kind {given['kind'][:40]!r}: there are {', '.join(kinds)}")
        mask &= np.isin(columns.type, [EVENT_TYPES.index(one) for one in kinds[given["kind"]]])
    return mask


def distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each of the keys once, in order; quicker than numpy's own way where most are distinct already."""
    keys = np.sort(keys)
    fresh = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    found: NDArray[np.int64] = keys[fresh]
    return found


def _any(at: Numbers, fits: Mask, count: int) -> Mask:
    mask = np.zeros(count, dtype=np.bool_)
    mask[at[fits]] = True
    return mask


def rows_data(columns: Columns, mask: Mask, order: str, offset: int, limit: int) -> Json:
    """A stretch of the chosen incidents in words: by time, undated ones last, or the most independent accounts first.

    Raises HTTPException (400) for an order that there is not.
    """
    if order not in ORDERS:
        raise HTTPException(400, f"there is no order {order[:40]!r}: there are {', '.join(ORDERS)}")
    numbers = np.flatnonzero(mask)
    first, last, origins = columns.first[numbers], columns.last[numbers], columns.origins_of[numbers]
    undated = first == 0
    if order == "origins":
        keys: Any = (numbers, -origins)
    elif order == "latest":
        keys = (numbers, -last, -first, undated)
    else:
        keys = (numbers, -last, first, undated)
    numbers = numbers[np.lexsort(keys)]
    return {
        "total": len(numbers), "offset": offset,
        "items": [row_data(columns.rows[at]) for at in numbers[offset : offset + limit]],
    }  # fmt: skip


def row_data(row: Row) -> Json:
    """An incident's row as plain data."""
    return row._asdict()

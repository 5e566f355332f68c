"""The queue: which events wait for a person, by view and filter, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from starlette.exceptions import HTTPException

from marsad.casebook.filters import Filters, first_day, fold, last_day
from marsad.records import Json
from marsad.review.columns import Columns
from marsad.review.index import Snapshot

__all__ = ["FILTERS", "VIEWS", "queue"]

Rows = NDArray[Any]
VIEWS: Final = ("new", "doubtful", "contested", "disputed", "decided", "all")
"""The views; the first three hold only what nobody has decided."""

_fold = lru_cache(1 << 16)(fold)
"""Most places come again and again."""

FILTERS: Final = ("type", "status", "certainty", "actor", "place", "since", "until", "report")


def queue(
    snapshot: Snapshot, view: str, given: Mapping[str, str], found: Sequence[str] | None, offset: int, limit: int
) -> Json:
    """One stretch of a view, how many it holds, and how many each other view would.

    ``given`` are filters by name, as of :class:`marsad.casebook.Filters`; ``found`` are the ids of the reports that a
    search found, best first. Doubtful events come by how little sure, others in the order of their reports.
    Raises CasebookError for a filter that nothing could match, HTTPException for an unknown view.
    """
    if view not in VIEWS:
        raise HTTPException(400, f"there is no view {view[:40]!r}: there are {', '.join(VIEWS)}")
    columns = snapshot.columns
    kept = _fitting(columns, Filters(**{name: given[name] for name in FILTERS if name in given}))  # type: ignore[arg-type]
    if found is not None:
        kept = _ranked(columns, kept, found)
    new = columns.new[kept]
    holds = {
        "new": new, "doubtful": new & columns.doubtful[kept], "contested": new & columns.contested[kept],
        "disputed": columns.disputed[kept], "decided": ~new, "all": np.ones(len(kept), dtype=bool),
    }  # fmt: skip
    shown = kept[holds[view]]
    if view == "doubtful":
        shown = shown[np.argsort(columns.sure[shown], kind="stable")]
    reports = _present(columns.report[shown], len(columns.reports))
    rows = [columns.items[at] for at in shown[offset : offset + limit]]
    return {
        "view": view,
        "total": len(shown),
        "views": {name: int(np.count_nonzero(one)) for name, one in holds.items()},
        "reports": len(reports),
        "origins": len(_present(columns.origins[reports], len(columns.reports))),
        "offset": offset,
        "items": [item.to_json(snapshot.heads[item.report]) for item in rows],
    }


def _fitting(columns: Columns, filters: Filters) -> Rows:
    """The rows of the events that meet the filters."""
    since, until = filters.since and first_day(filters.since), filters.until and last_day(filters.until)
    actor, place = filters.actor and fold(filters.actor), filters.place and fold(filters.place)
    mask = np.ones(len(columns.items), dtype=bool)
    for name in ("type", "status", "certainty"):
        wanted = getattr(filters, name)
        if wanted is not None:
            mask &= columns.kinds[name] == columns.codes[name].get(wanted, -1)
    if filters.report is not None:
        mask &= columns.report == columns.place.get(filters.report, -1)
    if since:
        mask &= columns.last >= since.encode()
    if until:
        mask &= (columns.first != b"") & (columns.first <= until.encode())
    if actor:
        mask &= columns.having("names", lambda names: actor in names)
    if place:
        mask &= columns.having("place", lambda name: place in _fold(name))
    return np.flatnonzero(mask)


def _ranked(columns: Columns, rows: Rows, found: Sequence[str]) -> Rows:
    """Of these rows those of the reports that a search found, in the order of what it found."""
    rank = np.full(len(columns.reports), len(found), dtype=np.int64)
    for at, report in reversed(list(enumerate(found))):
        if report in columns.place:
            rank[columns.place[report]] = at
    ranks = rank[columns.report[rows]]
    order = np.argsort(ranks, kind="stable")
    return rows[order[: int(np.count_nonzero(ranks < len(found)))]]


def _present(numbers: Rows, most: int) -> Rows:
    """The numbers that there are, each once."""
    there = np.zeros(most, dtype=bool)
    there[numbers] = True
    return np.flatnonzero(there)

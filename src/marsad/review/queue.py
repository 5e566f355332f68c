"""The queue: which events wait for a person, by view and filter, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from starlette.exceptions import HTTPException

from marsad.casebook.filters import Filters, first_day, fold, last_day
from marsad.records import Json
from marsad.review.index import Snapshot
from marsad.review.items import Item

__all__ = ["FILTERS", "VIEWS", "queue"]

VIEWS: Final[dict[str, Callable[[Item], bool]]] = {
    "new": lambda item: item.state == "new",
    "doubtful": lambda item: item.state == "new" and bool(item.doubtful),
    "contested": lambda item: item.state == "new" and item.contested,
    "decided": lambda item: item.state != "new",
    "all": lambda item: True,
}
"""The views and what each holds; all but the last two hold only what nobody has decided."""

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
    fits = _fits(Filters(**{name: given[name] for name in FILTERS if name in given}))  # type: ignore[arg-type]
    kept = [item for item in snapshot.items if fits(item)]
    if found is not None:
        place = {report: at for at, report in enumerate(found)}
        kept = sorted((item for item in kept if item.report in place), key=lambda item: place[item.report])
    shown = [item for item in kept if VIEWS[view](item)]
    if view == "doubtful":
        shown.sort(key=lambda item: 1.0 if item.sure is None else item.sure)
    return {
        "view": view,
        "total": len(shown),
        "views": {name: sum(map(holds, kept)) for name, holds in VIEWS.items()},
        "reports": len({item.report for item in shown}),
        "origins": len({snapshot.heads[item.report].origin for item in shown}),
        "offset": offset,
        "items": [item.to_json(snapshot.heads[item.report]) for item in shown[offset : offset + limit]],
    }


def _fits(filters: Filters) -> Callable[[Item], bool]:
    since, until = filters.since and first_day(filters.since), filters.until and last_day(filters.until)
    actor, place = filters.actor and fold(filters.actor), filters.place and fold(filters.place)

    def fits(item: Item) -> bool:
        return (
            (filters.type is None or item.type == filters.type)
            and (filters.status is None or item.status == filters.status)
            and (filters.certainty is None or item.certainty == filters.certainty)
            and (filters.report is None or item.report == filters.report)
            and (not actor or actor in item.names)
            and (not place or (item.place is not None and place in fold(item.place)))
            and (not since or item.last >= since)
            and (not until or (item.first != "" and item.first <= until))
        )

    return fits

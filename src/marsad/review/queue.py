"""The queue: which events wait for a person, by view and filter, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Final

from starlette.exceptions import HTTPException

from marsad.casebook.filters import Filters, first_day, fold, last_day
from marsad.records import Json
from marsad.review.index import Snapshot
from marsad.review.items import Item

__all__ = ["FILTERS", "VIEWS", "queue"]

VIEWS: Final = ("new", "doubtful", "contested", "decided", "all")
"""The views; all but the last two hold only what nobody has decided."""

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
    kept = _fitting(snapshot, Filters(**{name: given[name] for name in FILTERS if name in given}))  # type: ignore[arg-type]
    if found is not None:
        place = {report: at for at, report in enumerate(found)}
        kept = sorted((item for item in kept if item.report in place), key=lambda item: place[item.report])
    new = [item for item in kept if item.state == "new"]
    views = {
        "new": new,
        "doubtful": [item for item in new if item.doubtful],
        "contested": [item for item in new if item.contested],
        "decided": [item for item in kept if item.state != "new"] if len(new) < len(kept) else [],
        "all": kept,
    }
    shown = views[view]
    if view == "doubtful":
        shown.sort(key=lambda item: 1.0 if item.sure is None else item.sure)
    reports = {item.report for item in shown}
    return {
        "view": view,
        "total": len(shown),
        "views": {name: len(items) for name, items in views.items()},
        "reports": len(reports),
        "origins": len({snapshot.heads[report].origin for report in reports}),
        "offset": offset,
        "items": [item.to_json(snapshot.heads[item.report]) for item in shown[offset : offset + limit]],
    }


def _fitting(snapshot: Snapshot, filters: Filters) -> list[Item]:
    """The events that meet the filters: one pass for each filter that there is, for there may be many events."""
    since, until = filters.since and first_day(filters.since), filters.until and last_day(filters.until)
    actor, place = filters.actor and fold(filters.actor), filters.place and fold(filters.place)
    kept = snapshot.items if filters.report is None else list(snapshot.by_report.get(filters.report, ()))
    for name in ("type", "status", "certainty"):
        wanted = getattr(filters, name)
        if wanted is not None:
            read = attrgetter(name)
            kept = [item for item in kept if read(item) == wanted]
    if since:
        kept = [item for item in kept if item.last >= since]
    if until:
        kept = [item for item in kept if item.first != "" and item.first <= until]
    if actor:
        kept = [item for item in kept if actor in item.names]
    if place:
        kept = [item for item in kept if item.place is not None and place in _fold(item.place)]
    return kept

"""One decision about many events: all of them kept in one transaction, and undone in one step."""

from __future__ import annotations

from typing import Any, Final

from starlette.exceptions import HTTPException

from marsad.casebook import Casebook
from marsad.decisions import Decision, Target
from marsad.records import Json, Passage
from marsad.review.index import Snapshot
from marsad.review.items import Item

__all__ = ["MOST_TOGETHER", "bulk"]

MOST_TOGETHER: Final = 2000
"""Events decided on in one go. While they are being kept nobody else can decide: some ten seconds at the very most."""
_KINDS: Final = ("accept", "reject", "note")
_PATIENCE: Final = 30.0


def bulk(path: str, snapshot: Snapshot, data: Json) -> Json:
    """Accept, reject or note many events: ``events`` has, by report, ``[id, start, end]`` of each as the page saw it.

    Returns how many, and the numbers of the first and last decision. Raises HTTPException (409) where any of them is
    not as it was seen, DecisionError where one makes no sense; then nothing is kept.
    """
    kind, who, why = data.get("kind"), data.get("who"), data.get("why", "")
    if kind not in _KINDS:
        raise HTTPException(400, f"kind must be one of {', '.join(_KINDS)}")
    if not isinstance(who, str) or not isinstance(why, str):
        raise HTTPException(400, "who and why must be text")
    found = [_item(snapshot, report, one) for report, one in _given(data.get("events"))]
    if missing := sum(one is None for one in found):
        raise HTTPException(409, f"{missing} of {len(found)} events are not as they were: load the queue anew")
    items = [one for one in found if one is not None]
    ready = [Decision(kind, _target(snapshot, one), who, None, why) for one in dict.fromkeys(items)]
    # Of several on one passage the last comes first: what is rejected is no longer counted among them.
    ready.sort(key=lambda one: -one.target.nth)
    with Casebook(path, patience=_PATIENCE) as casebook:
        kept = casebook.decide_all(ready)
    return {"count": len(kept), "first": kept[0].number, "last": kept[-1].number}


def _given(events: Any) -> list[tuple[str, Any]]:
    if not isinstance(events, dict) or not all(isinstance(own, list) for own in events.values()):
        raise HTTPException(400, "events must be an object: by report, a list of [id, start, end]")
    given = [(report, one) for report, own in events.items() for one in own]
    if not 1 <= len(given) <= MOST_TOGETHER:
        raise HTTPException(400, f"events must be 1 to {MOST_TOGETHER:,}, not {len(given):,}")
    return given


def _item(snapshot: Snapshot, report: str, given: Any) -> Item | None:
    if not isinstance(given, list) or len(given) != 3:
        raise HTTPException(400, "each event must be [id, start, end]")
    return next((one for one in snapshot.by_report.get(report, ()) if [one.event, *one.span] == given), None)


def _target(snapshot: Snapshot, item: Item) -> Target:
    """What the decision is about; of several events on one passage it says which."""
    gone = item.state == "rejected"
    alike = [
        one.event for one in snapshot.by_report[item.report]
        if one.span == item.span and (one.state == "rejected") == gone
    ]  # fmt: skip
    return Target("event", item.report, Passage(*item.span), nth=alike.index(item.event))

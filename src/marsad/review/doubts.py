"""Questions to the reviewer: claims that may be of one happening, or may not."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.decisions import Decision, in_force
from marsad.incidents import Question
from marsad.records import Json
from marsad.review.index import Snapshot
from marsad.review.items import Item

__all__ = ["question_list"]

Place = tuple[str, int, int]


def question_list(questions: Iterable[Question], snapshot: Snapshot, offset: int, limit: int) -> Json:
    """The questions that nobody has answered, the most doubtful first; each with its two claims.

    A merge, an acceptance or a note that names both claims answers one, and so does a split that names one of them.
    """
    said = [_places(one) for one in in_force(snapshot.decisions) if one.target.part == "incident"]
    found = []
    for one in questions:
        first, other = _item(snapshot, one.one), _item(snapshot, one.other)
        if first is None or other is None or "rejected" in (first.state, other.state):
            continue
        if not any(_answers(kind, places, _place(first), _place(other)) for kind, places in said):
            found.append((one, first, other))
    return {
        "total": len(found),
        "offset": offset,
        "items": [
            {
                "claims": [_claim(first, snapshot), _claim(other, snapshot)], "text": one.text,
                "probability": round(one.probability, 3), "joined": one.joined, "reasons": one.reasons,
            }
            for one, first, other in found[offset : offset + limit]
        ],
    }  # fmt: skip


def _answers(kind: str, places: set[Place], one: Place, other: Place) -> bool:
    if kind == "split":
        return (one in places) != (other in places)
    return kind in ("merge", "accept", "note") and one in places and other in places


def _places(decision: Decision) -> tuple[str, set[Place]]:
    return decision.kind, {(report, *passage) for report, passage in decision.target.claims}


def _place(item: Item) -> Place:
    return (item.report, *item.span)


def _item(snapshot: Snapshot, telling: str) -> Item | None:
    """The event that a claim's id (``REPORT:EVENT``) names; ids may hold colons themselves."""
    parts = telling.split(":")
    for at in range(1, len(parts)):
        for item in snapshot.by_report.get(":".join(parts[:at]), ()):
            if item.event == ":".join(parts[at:]):
                return item
    return None


def _claim(item: Item, snapshot: Snapshot) -> Json:
    return item.to_json(snapshot.heads[item.report])

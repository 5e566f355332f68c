"""Compare the events of two records: triggers, types, roles, claims and their details."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from marsad.evaluation.matching import NEAR_KM, overlap, pairs, trigger_value
from marsad.evaluation.tally import Tally
from marsad.evaluation.view import Event, Place, View
from marsad.knowledge.place import distance

__all__ = ["compare_events"]

_ROWS = ("trigger", "type", "who", "claim", "record")


def compare_events(gold: View, system: View, stands_for: Mapping[str, str], tally: Tally) -> list[str]:
    """Add the rows of the event layer to ``tally``; what went wrong, one line each.

    Unscored gold events may be found or not: what meets them is neither a hit
    nor a false alarm.
    """
    met = pairs(gold.events, system.events, trigger_value)
    answered = {i for i, _ in met}
    used = {j for _, j in met}
    optional = [g for g in gold.events if not g.scored]
    ignored = {j for i, j in met if not gold.events[i].scored} | {
        j
        for j, s in enumerate(system.events)
        if j not in used and any(trigger_value(g, s) > 0 for g in optional)
    }  # fmt: skip

    hits = dict.fromkeys(_ROWS, 0)
    arguments = 0
    lines: list[str] = []
    for i, j in met:
        g, s = gold.events[i], system.events[j]
        if not g.scored:
            continue
        hits["trigger"] += 1
        if g.type != s.type:
            lines.append(f"type {s.type} for {g.type}: {_words(gold, g)!r}")
            continue
        hits["type"] += 1
        right = _judge(g, s, stands_for, tally)
        arguments += sum(len(set(g.roles[role]) & _translate(s.roles[role], stands_for)) for role in g.roles)
        hits["who"] += right["who"]
        hits["claim"] += right["status"] and right["source"]
        hits["record"] += all(right.values())
        if not all(right.values()):
            wrong = "+".join(part for part, ok in right.items() if not ok)
            lines.append(f"{wrong} wrong: {g.type} {_words(gold, g)!r}")

    live = [s for j, s in enumerate(system.events) if j not in ignored]
    wanted = [g for g in gold.events if g.scored]
    for row in _ROWS:
        tally.count(row, hits[row], len(live), len(wanted))
    tally.count(
        "argument",
        arguments,
        sum(len(set(ids)) for s in live for ids in s.roles.values()),
        sum(len(ids) for g in wanted for ids in g.roles.values()),
    )
    lines += _unpaired(gold, system, answered, used | ignored)
    return lines


def _judge(g: Event, s: Event, stands_for: Mapping[str, str], tally: Tally) -> dict[str, bool]:
    """Is a pair of events of one type right in who, status and source? Details are tallied on the way."""
    who = True
    for role, ids in g.roles.items():
        got = _translate(s.roles[role], stands_for)
        who = who and (bool(set(ids) & got) or (not ids and not got))
    right = {
        "who": who,
        "status": g.status == s.status,
        "source": bool(g.sources & _translate(s.sources, stands_for)),
    }
    tally.statuses[g.status or "", s.status or ""] += 1
    tally.check("status", right["status"])
    tally.check("certainty", g.certainty == s.certainty)
    tally.check("source", right["source"])
    if g.start:
        tally.check("time", s.start is not None and (s.start == g.start or s.start.startswith(f"{g.start}-")))
    if g.place and (g.place.span or g.place.point):
        tally.check("place", _same_place(g.place, s.place))
    for toll, best in g.tolls.items():
        tally.check(toll, s.tolls.get(toll) == best)
    return right


def _translate(ids: tuple[str, ...] | frozenset[str], stands_for: Mapping[str, str]) -> set[str]:
    """The system's actor ids in gold's terms; an actor who stands for nobody stays a stranger."""
    return {"author" if i == "author" else stands_for.get(i, f"?{i}") for i in ids}


def _same_place(g: Place, s: Place | None) -> bool:
    if s is None:
        return False
    near = g.point is not None and s.point is not None and distance(g.point, s.point) <= NEAR_KM
    return near or bool(g.span and s.span and overlap(g.span, s.span))


def _words(view: View, event: Event) -> str:
    start, end = event.triggers[0]
    return (view.text or "")[start:end]


def _unpaired(gold: View, system: View, answered: set[int], used: set[int]) -> Iterator[str]:
    for i, g in enumerate(gold.events):
        if i not in answered and g.scored:
            yield f"missed {g.type} {_words(gold, g)!r}"
    for j, s in enumerate(system.events):
        if j not in used:
            yield f"false alarm {s.type} {_words(gold, s)!r}"

"""One event as the queue shows it, made from a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any, Final

from marsad.casebook.filters import first_day, fold, last_day
from marsad.records import AUTHOR, Json
from marsad.review.states import EventState, State

__all__ = ["DOUBT", "Item", "ReportHead", "items_of"]

DOUBT: Final = 0.5
"""An event is doubtful where the coder gives any of its fields a smaller chance of being right."""

_fold = lru_cache(1 << 16)(fold)
"""Most names come again and again."""

_MOST_NAMES: Final = 4
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What the queue says of a report."""

    id: str
    title: str | None
    published: str | None
    source: str | None
    origin: str | None
    kind: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One event in the queue.

    ``sure`` is the coder's chance of being right in the field that it is least sure of, ``doubtful`` names the fields
    below :data:`DOUBT`; both are empty where the coder gave none. ``contested`` where somebody denies it, or the same
    report has the same act otherwise. ``state`` is ``new``, ``accepted``, ``corrected``, ``rejected`` or ``added``.
    """

    report: str
    event: str
    span: tuple[int, int]
    type: str
    mode: str | None
    status: str
    certainty: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    names: str
    """All names used for the parties and who says so, folded, for the filter."""
    start: str | None
    end: str | None
    first: str
    """The first day it may have been, or the report's, for the filter; empty where neither is known."""
    last: str
    place: str | None
    killed: str | None
    injured: str | None
    passage: str
    sure: float | None
    doubtful: tuple[str, ...]
    contested: bool
    state: State = "new"
    disputed: bool = False
    """Reviewers differ about it."""

    def to_json(self, head: ReportHead) -> Json:
        """The row as the page reads it."""
        return {
            "report": self.report, "event": self.event, "span": list(self.span), "title": head.title,
            "source": head.source, "published": head.published, "type": self.type, "mode": self.mode,
            "status": self.status, "certainty": self.certainty, "actors": self.actors, "recipients": self.recipients,
            "start": self.start, "end": self.end, "place": self.place, "killed": self.killed, "injured": self.injured,
            "passage": self.passage, "sure": self.sure, "doubtful": self.doubtful, "contested": self.contested,
            "state": self.state, "disputed": self.disputed,
        }  # fmt: skip


def items_of(
    head: ReportHead, text: str, data: Mapping[str, Any], states: Mapping[str, EventState] | None = None
) -> Iterator[Item]:
    """The events of one record, given as the JSON of marsad-record/1 (``data``), in its order.

    ``states`` says by the event's id what was decided. Raises KeyError or TypeError where the record is not
    well formed.
    """
    actors = {actor["id"]: actor for actor in data.get("actors", ())}
    folded = {key: _folded(text, actor) for key, actor in actors.items()}
    events = data.get("events", ())
    acts: dict[tuple[Any, ...], set[str]] = {}
    for event in events:
        for who in event.get("actors") or [None]:
            acts.setdefault((event["type"], who), set()).add(event["status"])
    for event in events:
        span = (event["span"][0], event["span"][1])
        time, place = event.get("time") or {}, event.get("place") or {}
        start, end = time.get("start"), time.get("end")
        early, late = start or end or head.published or "", end or start or head.published or ""
        sure = dict(_confidence(event))
        parties = [*event.get("actors", ()), *event.get("recipients", ()), *event.get("according_to", ())]
        otherwise = any({"happened", "did-not-happen"} <= acts[event["type"], who] for who in event.get("actors", ()))
        yield Item(
            report=head.id, event=event["id"], span=span, type=intern(event["type"]), mode=event.get("mode"),
            status=intern(event["status"]), certainty=intern(event["certainty"]),
            actors=_names(actors, event.get("actors", ())), recipients=_names(actors, event.get("recipients", ())),
            names="".join(folded.get(key) or _fold(key) for key in dict.fromkeys(parties)),
            start=start, end=end, first=early and first_day(early), last=late and last_day(late),
            place=place.get("name"), killed=_toll(event.get("killed")), injured=_toll(event.get("injured")),
            passage=" ".join(text[span[0] : span[1]].split())[:_LONGEST],
            sure=min(sure.values(), default=None),
            doubtful=tuple(name for name, share in sure.items() if share < DOUBT),
            contested=_denied(event) or otherwise,
            state=states[event["id"]].state if states else "new",
            disputed=states[event["id"]].disputed if states else False,
        )  # fmt: skip


def _confidence(event: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    given = event.get("confidence")
    if isinstance(given, Mapping):
        for name, share in given.items():
            if isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1:
                yield intern(str(name)), float(share)


def _denied(event: Mapping[str, Any]) -> bool:
    return event["status"] == "did-not-happen" and AUTHOR not in event.get("according_to", ())


def _folded(text: str, actor: Mapping[str, Any]) -> str:
    called = dict.fromkeys([actor["name"], *(text[start:end] for start, end in actor["mentions"])])
    return "".join(dict.fromkeys(_fold(name) for name in called))


def _names(actors: Mapping[str, Mapping[str, Any]], ids: Sequence[str]) -> tuple[str, ...]:
    names = [str(actors[key]["name"])[:_LONGEST] if key in actors else key for key in ids[:_MOST_NAMES]]
    return (*names, f"{len(ids) - _MOST_NAMES} more") if len(ids) > _MOST_NAMES else tuple(names)


def _toll(toll: Mapping[str, Any] | None) -> str | None:
    """A count in a word: ``43``, ``at least 43``, ``up to 5``."""
    low, best, high = ((toll or {}).get(name) for name in ("low", "best", "high"))
    if best is not None:
        return str(best) if high is not None or low != best else f"at least {best}"
    if low is not None:
        return f"at least {low}" if high is None else f"{low}–{high}"
    return None if high is None else f"up to {high}"

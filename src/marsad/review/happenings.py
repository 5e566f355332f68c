"""The casebook's incidents for the page: joined and summed up in the background, answered from memory."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from threading import Event, Lock, Thread
from typing import Final

from starlette.exceptions import HTTPException

from marsad.casebook import Casebook
from marsad.casebook.incidents import Asked
from marsad.casebook.watching import Watched
from marsad.decisions.grouping import Settled
from marsad.errors import MarsadError
from marsad.incidents import RULES, Choice, Figure, Question, Summary, rules_for
from marsad.records import Json
from marsad.review.index import Index, Snapshot
from marsad.review.states import decision_data
from marsad.review.summed import Row, chosen_rows, row_of

__all__ = ["CHOICES", "VIEWS", "Happenings", "Known", "incident_data", "listed"]

VIEWS: Final = ("several", "contested", "all")
_MANY: Final = 5000
_BREATH: Final = 16
"""Reports that are joined before others are let in."""
_QUESTIONS: Final = 2000
"""Questions that are kept, the most doubtful ones."""
_PAUSE: Final = 0.25
"""Seconds for which they are."""
CHOICES: Final = ("type", "status", "grade", "actor", "place", "since", "until", "report")


@dataclass(frozen=True, slots=True)
class Known:
    """The incidents as they were at one moment, those with the most independent accounts first."""

    of: int = -1
    rows: tuple[Row, ...] = ()
    settled: Mapping[str, Settled] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids of the incidents that a report tells of."""
    views: tuple[tuple[Row, ...], Mapping[str, Sequence[Row]]] = ((), {})
    """What each view holds of these rows, where no condition is set."""

    @property
    def summaries(self) -> Iterator[Summary]:
        """The incidents without what a list is filtered by."""
        return (one.summary for one in self.rows)


class Happenings:
    """Incidents of the casebook at ``path``. Joining takes seconds for many reports, so nobody waits for it:
    what is known is answered at once, with the word whether it is of now."""

    def __init__(self, path: str, index: Index) -> None:
        self._path, self._index, self._lock = path, index, Lock()
        self._known = Known()
        self._watched, self._rows = Watched(), dict[str, Row]()
        self._asked: dict[tuple[int, int], Asked] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        self._worker: Thread | None = None
        self._wrong: str | None = None
        self._tried = -1
        self._closing = Event()

    def known(self) -> tuple[Known, bool, str | None]:
        """The incidents, whether they are those of now, and what went wrong with bringing them up to date."""
        now = self._index.snapshot().changes
        with self._lock:
            if now not in (self._known.of, self._tried) and self._worker is None:
                self._worker = Thread(target=self._renew, args=(now,), daemon=True)
                self._worker.start()
            return self._known, self._known.of == now, self._wrong

    def close(self) -> None:
        """Wait a little for what is being done in the background; what is not done by then is done another time."""
        self._closing.set()
        with self._lock:
            worker = self._worker
        if worker is not None:
            worker.join(3)

    def _renew(self, now: int) -> None:
        known, wrong = None, None
        try:
            with Casebook(self._path, patience=60.0) as casebook:
                for number, _ in enumerate(casebook.join_incidents()):
                    # Between two batches: let those in who wait to decide something, or who wait for the end.
                    if number % _BREATH == 0 and self._closing.wait(_PAUSE):
                        return
                gone, new = self._watched.update(casebook)
                questions = (
                    tuple(casebook.questions(_QUESTIONS, known=self._asked)) if gone or new else self._known.questions
                )
            settled = dict(self._watched.settled)
            self._tell(gone, new)
            for name in (*gone, *new):
                self._rows.pop(name, None)
            self._rows.update((name, row_of(settled[name].summary())) for name in new if not settled[name].rejected)
            rows = sorted(self._rows.values(), key=attrgetter("order"))
            known = Known(now, tuple(rows), settled, questions, dict(self._told))
            known = replace(known, views=(known.rows, _views(known.rows)))
            if len(new) > _MANY:
                # These stay: the interpreter need not go through them whenever it looks for what is no longer used.
                gc.freeze()
        except MarsadError as error:
            wrong = str(error)
        except Exception:
            traceback.print_exc()
            self._watched, self._rows, self._told = Watched(), {}, {}
            wrong = "the incidents could not be joined: the terminal of 'marsad serve' says why"
        with self._lock:
            self._known, self._wrong = known or self._known, wrong
            self._tried, self._worker = now, None

    def _tell(self, gone: Collection[str], new: Collection[str]) -> None:
        """Keep of which incidents each report tells."""
        out = {*gone, *new}
        reports = {one.report for name in new for one in self._watched.settled[name].incident.tellings}
        for name in out:
            if name in self._rows:
                reports.update(self._rows[name].reports)
        for report in reports:
            self._told[report] = tuple(name for name in self._told.get(report, ()) if name not in out)
        for name in new:
            for report in dict.fromkeys(one.report for one in self._watched.settled[name].incident.tellings):
                self._told[report] = (*self._told[report], name)


def _views(rows: Sequence[Row]) -> dict[str, Sequence[Row]]:
    return {
        "several": [one for one in rows if len(one.reports) > 1],
        "contested": [one for one in rows if one.contested],
        "all": rows,
    }


def listed(known: Known, view: str, given: Mapping[str, str], offset: int, limit: int) -> Json:
    """One stretch of a view of the incidents; ``given`` are conditions of :class:`marsad.incidents.Choice`.

    Raises IncidentError for a condition that nothing could meet, HTTPException for an unknown view.
    """
    if view not in VIEWS:
        raise HTTPException(400, f"there is no view {view[:40]!r}: there are {', '.join(VIEWS)}")
    chosen = {name: given[name] for name in CHOICES if name in given}
    fits = Choice(**chosen)
    views = known.views[1] if not chosen and known.views[0] is known.rows else {}
    if not views:
        views = _views(chosen_rows(known.rows, fits))
    shown = views[view]
    return {
        "view": view,
        "total": len(shown),
        "views": {name: len(one) for name, one in views.items()},
        "offset": offset,
        "items": [_row(one.summary) for one in shown[offset : offset + limit]],
    }


def incident_data(known: Known, snapshot: Snapshot, incident_id: str) -> Json:
    """One incident: its fields by their rules, its claims by origin, and the decisions about it.

    ``incident_id`` may be that of any of its claims (``REPORT:EVENT``). Raises HTTPException (404) where there is none.
    """
    found = known.settled.get(incident_id) or _with_claim(known, incident_id)
    if found is None:
        raise HTTPException(404, f"there is no incident {incident_id[:80]!r}; it may have been joined to another")
    told = found.summary()
    claims = []
    for claim in told.to_json()["claims"]:
        items = snapshot.by_report.get(claim["report"], ())
        item = next((one for one in items if one.event == claim["event"]), None)
        head = snapshot.heads.get(claim["report"])
        claims.append({
            **claim, "title": head.title if head else None, "words": item.passage if item else None,
            "state": item.state if item else "new", "start": item.start if item else None,
            "end": item.end if item else None, "place": item.place if item else None,
            "killed": item.killed if item else None, "injured": item.injured if item else None,
        })  # fmt: skip
    return {
        **_row(told),
        "by": told.grade.by,
        "rejected": found.rejected,
        "figures": [_figure(one) for one in told.figures.values()],
        "claims": claims,
        "decisions": decision_data(found.decisions, snapshot.decisions, {}),
    }


def _with_claim(known: Known, claim_id: str) -> Settled | None:
    """The incident that a claim (``REPORT:EVENT``) is in; ids may hold colons themselves."""
    parts = claim_id.split(":")
    for at in range(1, len(parts)):
        for name in known.told.get(":".join(parts[:at]), ()):
            found = known.settled.get(name)
            if found is not None and any(one.id == claim_id for one in found.incident.tellings):
                return found
    return None


def _row(one: Summary) -> Json:
    shown = ("type", "actors", "recipients", "time", "place", "killed", "injured", "status")
    return {
        "incident": one.incident.id, "reports": one.incident.reports, "origins": one.incident.origins,
        "grade": one.grade.name, "why": one.grade.why, **{name: one.value(name) for name in shown},
    }  # fmt: skip


def _figure(one: Figure) -> Json:
    return {
        "field": one.field, "value": one.value, "rule": one.rule, "counted": one.counted,
        "moves": [{"value": value, "rules": rules} for value, rules in one.moves.items()],
        "answers": [
            {"value": answer.value, "reports": answer.reports, "origins": answer.origins, "says": answer.says}
            for answer in one.answers
        ],
        "rules": [{"rule": rule, "meaning": RULES[rule]} for rule in rules_for(one.field)],
    }  # fmt: skip

"""Requests for pictures of the whole casebook: timeline, map, network, actors, and the incidents behind them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from threading import Event, Lock, Thread
from typing import Final

import apsw
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marsad.casebook.connection import connect, plain_errors
from marsad.casebook.holding import ReportNames, reports_with
from marsad.casebook.ties import Ties
from marsad.errors import MarsadError
from marsad.incidents import Telling
from marsad.incidents.timing import of_dates
from marsad.knowledge import Knowledge
from marsad.records import Json
from marsad.review.answers import number, parameters, said
from marsad.review.happenings import Happenings, Known
from marsad.review.index import Index, Snapshot
from marsad.review.pictures_actor import actor_data
from marsad.review.pictures_choosing import FILTERS, PARTICULARS, Mask, chosen, particular, rows_data
from marsad.review.pictures_columns import Columns
from marsad.review.pictures_making import ColumnMaker
from marsad.review.pictures_map import map_data
from marsad.review.pictures_network import KINDS_OF_ACTS, network_data
from marsad.review.pictures_timeline import overview, timeline_data

__all__ = ["SHARED", "Pictures", "told_by"]

SHARED: Final = ("q", *FILTERS)
"""The filters that all pictures share, and the page keeps in its address."""
_DATES: Final = ("since", "until")
_MOST_OVERVIEW: Final = 120
_MOST_KEPT: Final = 32
_MOMENT: Final = 0.15
"""Seconds for which a request waits for columns that are being made: a small casebook's are there by then."""


class Pictures:
    """The answers to requests for pictures of the casebook at ``path``. What they are drawn from is made in the
    background whenever the incidents are new; until then what was known before is answered, and that it is not fresh.
    """

    def __init__(self, path: str, index: Index, happenings: Happenings) -> None:
        self._path, self._index, self._happenings = path, index, happenings
        self._lock, self._ready = Lock(), Event()
        self._of: Known | None = None
        self._columns: Columns | None = None
        self._overviews: tuple[Columns | None, Mapping[tuple[str, ...], Json]] = None, {}
        self._maker: ColumnMaker | None = None
        self._ties, self._names = Ties(), ReportNames()
        self._worker: Thread | None = None
        self._wrong: str | None = None

    @property
    def routes(self) -> list[Route]:
        """What is answered at which address."""
        return [
            Route("/api/timeline", self.timeline),
            Route("/api/map", self.map),
            Route("/api/network", self.network),
            Route("/api/actor", self.actor),
            Route("/api/pictured", self.pictured),
        ]

    async def timeline(self, request: Request) -> Response:
        """Incidents in time."""
        given = _given(request, *SHARED, "lanes", "signs", "from", "to", "columns")
        most = max(number(given, "columns", 160, 400), 8)
        window = _window(given)

        def draw(columns: Columns) -> Json:
            found = self._found(given)
            shown = chosen(columns, given, found)
            lanes, signs = given.get("lanes", "type"), given.get("signs", "grade")
            return {
                **timeline_data(columns, shown, lanes, signs, window, most),
                "overview": self._overview(columns, given, found),
            }  # fmt: skip

        return await said(self._answer, draw)

    async def map(self, request: Request) -> Response:
        """Incidents by place, or where one incident was."""
        given = _given(request, *SHARED, "incident")

        def draw(columns: Columns) -> Json:
            mask = self._chosen(columns, given)
            return map_data(columns, mask & columns.only(given["incident"]) if "incident" in given else mask)

        return await said(self._answer, draw)

    async def network(self, request: Request) -> Response:
        """Who does what to whom."""
        given = _given(request, *SHARED, "weight", "most", "described", "focus", "kinds")
        most = max(number(given, "most", 60, 150), 2)
        described = number(given, "described", 0, 1) == 1

        def draw(columns: Columns) -> Json:
            return network_data(
                columns, self._chosen(columns, given), weight=given.get("weight", "incidents"), most=most,
                described=described, focus=given.get("focus"),
                kinds=set(given["kinds"].split(",")) if "kinds" in given else set(KINDS_OF_ACTS),
            )  # fmt: skip

        return await said(self._answer, draw)

    async def actor(self, request: Request) -> Response:
        """One actor."""
        given = _given(request, *SHARED, "key")
        if "key" not in given:
            raise HTTPException(400, "say which actor: key=...")

        def draw(columns: Columns) -> Json:
            with plain_errors(self._path):
                db = self._connected()
                try:
                    return actor_data(columns, self._chosen(columns, given), Knowledge.load(), db, given["key"])
                finally:
                    db.close()

        return await said(self._answer, draw)

    async def pictured(self, request: Request) -> Response:
        """The incidents behind a picture, or a part of it, in words."""
        given = _given(request, *SHARED, *PARTICULARS, "order", "offset", "limit")
        offset, limit = number(given, "offset", 0, 10**9), number(given, "limit", 100, 500)

        def draw(columns: Columns) -> Json:
            mask = particular(columns, self._chosen(columns, given), given, KINDS_OF_ACTS)
            return rows_data(columns, mask, given.get("order", "time"), offset, limit)

        return await said(self._answer, draw)

    def _overview(self, columns: Columns, given: Mapping[str, str], found: Collection[str] | None) -> Json:
        """All days of what the filters but those of dates choose; kept, for it is asked for with every movement."""
        key = tuple(given.get(name, "") for name in SHARED if name not in _DATES)
        with self._lock:
            of, known = self._overviews
        if of is not columns or key not in known:
            made = overview(columns, chosen(columns, given, found, leave=_DATES), _MOST_OVERVIEW)
            known = {**(known if of is columns and len(known) < _MOST_KEPT else {}), key: made}
            with self._lock:
                self._overviews = columns, known
        return known[key]

    def _answer(self, draw: Callable[[Columns], Json]) -> Json:
        columns, fresh, wrong = self._known()
        return {**draw(columns), "fresh": fresh, "wrong": wrong}

    def found(self, words: str) -> list[str]:
        """The ids of the reports that have these words. Raises CasebookError where there is none among them."""
        with plain_errors(self._path):
            db = self._connected()
            try:
                self._names.renew(db)
                return reports_with(db, words, self._names)
            finally:
                db.close()

    def _found(self, given: Mapping[str, str]) -> Collection[str] | None:
        return self.found(given["q"]) if "q" in given else None

    def _chosen(self, columns: Columns, given: Mapping[str, str]) -> Mask:
        return chosen(columns, given, self._found(given))

    def _connected(self) -> apsw.Connection:
        return connect(self._path, create=False, write=False, patience=10.0)

    # What they are drawn from

    def _known(self) -> tuple[Columns, bool, str | None]:
        """The columns, whether they are those of now, and what went wrong with making them."""
        known, fresh, wrong = self._happenings.known()
        with self._lock:
            if self._of is not known and self._worker is None:
                self._ready.clear()
                self._worker = Thread(target=self._make, args=(known,), daemon=True)
                self._worker.start()
        self._ready.wait(_MOMENT)
        with self._lock:
            columns = _NONE if self._columns is None else self._columns
            return columns, fresh and self._of is known and self._columns is not None, wrong or self._wrong

    def _make(self, known: Known) -> None:
        columns, wrong = None, None
        try:
            if self._maker is None:
                self._maker = ColumnMaker(Knowledge.load())
            with plain_errors(self._path):
                db = self._connected()
                try:
                    self._ties.renew(db)
                    self._names.renew(db)
                finally:
                    db.close()
            columns = self._maker.make(known.summaries, self._ties.all, _opens(self._index.snapshot()))
        except MarsadError as error:
            wrong = str(error)
        except Exception:
            traceback.print_exc()
            wrong = "the pictures could not be drawn: the terminal of 'marsad serve' says why"
        with self._lock:
            self._of, self._wrong, self._worker = known, wrong, None
            if columns is not None:
                self._columns = columns
        self._ready.set()


def told_by(known: Known, reports: Collection[str]) -> Known:
    """Of the incidents those that any of these reports tells of."""
    wanted = set(reports)
    return replace(known, rows=tuple(one for one in known.rows if not wanted.isdisjoint(one.reports)))


_NONE: Final = ColumnMaker(Knowledge(())).make((), (), lambda _: "")


def _given(request: Request, *names: str) -> dict[str, str]:
    return {name: value for name, value in parameters(request, *names).items() if value.strip()}


def _window(given: Mapping[str, str]) -> tuple[int, int] | None:
    """The days from ``from`` to ``to``. Raises HTTPException (400) where one is missing or no date."""
    if "from" not in given and "to" not in given:
        return None
    days = of_dates(given.get("from", ""), given.get("to", ""))
    if days is None:
        raise HTTPException(400, "from and to must be dates such as 2020-07-04, both of them")
    return days.first, days.last


def _opens(snapshot: Snapshot) -> Callable[[Telling], str]:
    """Says of which claims the report gives only the start or only the end of the time."""
    known: dict[tuple[str, str], str] = {
        (item.report, item.event): "after" if item.end is None else "before"
        for item in snapshot.items
        if (item.start is None) != (item.end is None)
    }
    return lambda telling: known.get((telling.report, telling.claim), "")

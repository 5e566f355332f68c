"""Requests for the analysis of the casebook's incidents: did anything change, who answers whom, what if."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marsad.analysis.events import CONDITIONS, EventTable, day_number
from marsad.exchange.jsonl import line
from marsad.records import Json
from marsad.review.analysis_asked import choice_of, question_of
from marsad.review.analysis_drawing import tree
from marsad.review.analysis_events import Events, choices, series_data
from marsad.review.analysis_running import COMMAND, Running
from marsad.review.answers import body, parameters, said
from marsad.review.happenings import Happenings

__all__ = ["Analysis"]

_WIDTHS: Final = ("wide", "narrow")
_FORMS: Final = {
    "svg": "image/svg+xml", "csv": "text/csv; charset=utf-8", "json": "application/json",
    "html": "text/html; charset=utf-8",
}  # fmt: skip


class Analysis:
    """The answers to requests about the casebook at ``path``; ``command`` is what answers questions."""

    def __init__(self, path: str, happenings: Happenings, command: tuple[str, ...] = COMMAND) -> None:
        self._path, self._happenings = path, happenings
        self._events, self._running = Events(path), Running(path, command)

    @property
    def routes(self) -> list[Route]:
        """What is answered at which address."""
        return [
            Route("/api/analysis", self.state, methods=["GET"]),
            Route("/api/analysis", self.ask, methods=["POST"]),
            Route("/api/analysis/stop", self.stop, methods=["POST"]),
            Route("/api/analysis/choices", self.choices),
            Route("/api/analysis/series", self.series),
            Route("/api/analysis/figure", self.figure),
            Route("/api/analysis/{id}/{name}.{form}", self.file),
        ]

    def close(self) -> None:
        """Stop what is being answered."""
        self._running.close()

    async def choices(self, request: Request) -> Response:
        """What there is to be asked about."""
        parameters(request)

        def work() -> Json:
            table, fresh, wrong = self._table()
            return {**choices(table), "fresh": fresh, "wrong": wrong}

        return await said(work)

    async def series(self, request: Request) -> Response:
        """The daily counts of some incidents."""
        given = parameters(request, *CONDITIONS, "since", "until")
        since, until = (day_number(given[name], name) if name in given else None for name in ("since", "until"))
        choose = choice_of(given)

        def work() -> Json:
            return series_data(self._present(), choose, since, until)

        return await said(work)

    async def ask(self, request: Request) -> Response:
        """Ask a question, or take up its answer."""
        question = question_of(await body(request))

        def work() -> Json:
            self._present()
            known, _, _ = self._happenings.known()
            return self._running.ask(question, known.of)

        return await said(work)

    async def state(self, request: Request) -> Response:
        """How far a question is; once it is answered, the answer in words and the list of its figures."""
        given = parameters(request, "id")

        def work() -> Json:
            state = self._running.state(given.get("id"))
            if state["state"] != "done":
                return {**state, "answer": None}
            found = self._running.answer(state["id"])
            figures = [
                {"part": 0, **{key: value for key, value in one.items() if key in ("name", "title", "about", "part")}}
                for one in found["figures"]
            ]
            return {**state, "answer": {
                "shown": found["shown"], "undated": found["undated"], "figures": figures,
                "page": found["page"] is not None,
            }}  # fmt: skip

        return await said(work)

    async def stop(self, request: Request) -> Response:
        """Stop what is being answered."""
        await body(request)
        return await said(lambda: {**self._running.stop(), "answer": None})

    async def figure(self, request: Request) -> Response:
        """One figure of an answer, as the page draws it."""
        given = parameters(request, "id", "name", "width")
        width = given.get("width", "wide")
        if width not in _WIDTHS:
            raise HTTPException(400, f"width must be one of {', '.join(_WIDTHS)}")
        if "id" not in given or "name" not in given:
            raise HTTPException(400, "say which figure of which answer: id=...&name=...")
        return await said(lambda: tree(self._figure(given["id"], given["name"])[width]))

    async def file(self, request: Request) -> Response:
        """A figure, its numbers, or the whole answer, to keep."""
        parameters(request)
        key, name, form = (request.path_params[part] for part in ("id", "name", "form"))
        text = self._text(key, name, form)
        stem = os.path.splitext(os.path.basename(self._path))[0]
        # Never shown in the page's own place: names in it come from anywhere.
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{stem}-{name}.{form}', safe='')}"}
        return Response(text.encode("utf-8", "replace"), headers=headers, media_type=_FORMS[form])

    def _text(self, key: str, name: str, form: str) -> str:
        found = self._running.answer(key)
        if name == "answer" and form == "json":
            return line(found["answer"]) + "\n"
        if name == "answer" and form == "html" and found["page"] is not None:
            return str(found["page"])
        if form in ("svg", "csv"):
            return str(self._figure(key, name)[form])
        raise HTTPException(404, "there is no such file: an answer is JSON, its figures are SVG and CSV")

    def _figure(self, key: str, name: str) -> Json:
        for figure in self._running.answer(key)["figures"]:
            if figure["name"] == name:
                return figure  # type: ignore[no-any-return]
        raise HTTPException(404, f"this answer has no figure {name[:60]!r}")

    def _table(self) -> tuple[EventTable | None, bool, str | None]:
        known, joined, wrong = self._happenings.known()
        table, fresh, cannot = self._events.table(known.of)
        return table, joined and fresh, wrong or (cannot if fresh else None)

    def _present(self) -> EventTable:
        """The incidents of now. HTTPException where there are none yet (503), or none at all (400)."""
        table, fresh, wrong = self._table()
        if not fresh and wrong is None:
            raise HTTPException(
                503, "claims are being joined to incidents: ask again in a moment", {"Retry-After": "2"}
            )
        if table is None:
            raise HTTPException(400, wrong or "there is no incident to count")
        return table

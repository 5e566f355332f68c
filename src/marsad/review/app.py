"""The application: which address is answered by what."""

from __future__ import annotations

import os
from asyncio import create_task
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from marsad.casebook import Casebook
from marsad.errors import MarsadError
from marsad.records import Json, Passage
from marsad.review.adding import Adding
from marsad.review.agreement import agreement_data
from marsad.review.analysis import Analysis
from marsad.review.answers import Answer, body, error, number, parameters, said
from marsad.review.bulk import bulk
from marsad.review.deciding import decide, undo
from marsad.review.description import description
from marsad.review.doubts import question_list
from marsad.review.guard import Guard
from marsad.review.happenings import CHOICES, Happenings, incident_data, listed
from marsad.review.index import Index
from marsad.review.pictures import SHARED, Pictures, told_by
from marsad.review.querying import query
from marsad.review.queue import FILTERS, queue
from marsad.review.reading import report_data
from marsad.review.states import decision_data
from marsad.review.taking import taking_routes

__all__ = ["review_app"]

_ASSETS: Final = {"review.js": "text/javascript", "review.css": "text/css"}
_MOST_FOUND: Final = 2000
"""Reports that a search in the queue takes into account, best first."""
_MOST_ITEMS: Final = 500
_MOST_DECISIONS: Final = 2000

_SHELL: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/review.css">
<title>Review – Marsad</title>
</head>
<body>
<div id="marsad"><noscript><p>This page works by JavaScript, which is switched off here.</p></noscript></div>
<script src="/assets/review.js"></script>
</body>
</html>
"""


class Review:
    """The answers of one server to requests about the casebook at ``path``."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._adding = Adding(path)
        self._index = Index(path)
        self._happenings = Happenings(path, self._index)
        self.pictures = Pictures(path, self._index, self._happenings)
        self.analysis = Analysis(path, self._happenings)

    def warm_up(self) -> None:
        """Read the casebook; what is wrong with it is said when somebody asks."""
        with suppress(MarsadError):
            self._index.snapshot()

    def close(self) -> None:
        """Let go of the casebook."""
        self._adding.close()
        self.analysis.close()
        self._happenings.close()
        self._index.close()

    def _casebook(self, *, write: bool = False) -> Casebook:
        # One connection a request: each runs in a thread of its own, and opening takes a millisecond or two.
        return Casebook(self._path, write=write)

    async def shell(self, request: Request) -> Response:
        """The page; all that it shows it asks for, also by the filters that are in its address."""
        parameters(request, *SHARED, "view")
        return HTMLResponse(_SHELL)

    async def asset(self, request: Request) -> Response:
        """The page's script or style."""
        name = request.path_params["name"]
        if name not in _ASSETS:
            raise HTTPException(404, "there is no such file")
        return Response(await run_in_threadpool(_read_asset, name), media_type=_ASSETS[name])

    async def described(self, request: Request) -> Response:
        """The OpenAPI description."""
        parameters(request)
        return await said(description)

    async def casebook(self, request: Request) -> Response:
        """The casebook's name and how much is in it."""
        parameters(request)

        def work() -> Json:
            now = self._index.snapshot()
            decided = len(now.items) - int(now.columns.new.sum())
            return {
                "name": os.path.basename(self._path), "reports": len(now.heads), "origins": now.origins,
                "events": len(now.items), "decided": decided,
                "latest": now.decisions[-1].number if now.decisions else 0,
            }  # fmt: skip

        return await said(work)

    async def queue(self, request: Request) -> Response:
        """A stretch of the queue."""
        asked = parameters(request, "view", "q", "offset", "limit", *FILTERS)
        given = {name: value for name, value in asked.items() if value.strip()}
        offset, limit = number(given, "offset", 0, 10**9), number(given, "limit", 100, _MOST_ITEMS)

        def work() -> Json:
            found = None
            if "q" in given:
                with self._casebook() as casebook:
                    found = casebook.search_ids(given["q"], _MOST_FOUND)
            return queue(self._index.snapshot(), given.get("view", "new"), given, found, offset, limit)

        return await said(work)

    async def report(self, request: Request) -> Response:
        """One report with its text and facts."""
        report_id = parameters(request, "id").get("id")
        if report_id is None:
            raise HTTPException(400, "say which report: id=...")

        def work() -> Json:
            with self._casebook() as casebook:
                return report_data(casebook, self._index.snapshot(), report_id)

        return await said(work)

    async def incidents(self, request: Request) -> Response:
        """A stretch of the incidents, as far as they are known."""
        asked = parameters(request, "view", "q", "offset", "limit", *CHOICES)
        given = {name: value for name, value in asked.items() if value.strip()}
        offset, limit = number(given, "offset", 0, 10**9), number(given, "limit", 100, _MOST_ITEMS)

        def work() -> Json:
            known, fresh, wrong = self._happenings.known()
            if "q" in given:
                known = told_by(known, self.pictures.found(given["q"]))
            found = listed(known, given.get("view", "several"), given, offset, limit)
            return {**found, "fresh": fresh, "wrong": wrong}

        return await said(work)

    async def incident(self, request: Request) -> Response:
        """One incident with its claims."""
        incident_id = parameters(request, "id").get("id")
        if incident_id is None:
            raise HTTPException(400, "say which incident: id=...")

        def work() -> Json:
            known, fresh, _ = self._happenings.known()
            return {**incident_data(known, self._index.snapshot(), incident_id), "fresh": fresh}

        return await said(work)

    async def questions(self, request: Request) -> Response:
        """Which claims may be of one happening, as far as that is known."""
        given = parameters(request, "offset", "limit")
        offset, limit = number(given, "offset", 0, 10**9), number(given, "limit", 100, _MOST_ITEMS)

        def work() -> Json:
            known, fresh, wrong = self._happenings.known()
            found = question_list(known.questions, self._index.snapshot(), offset, limit)
            return {**found, "fresh": fresh, "wrong": wrong}

        return await said(work)

    async def decisions(self, request: Request) -> Response:
        """The latest decisions, the last one first."""
        given = parameters(request, "limit")
        limit = number(given, "limit", 200, _MOST_DECISIONS)

        def work() -> Json:
            now = self._index.snapshot()
            latest = now.decisions[::-1][:limit]
            reports = {one.target.report or "" for one in latest}
            words = {
                (item.report, Passage(*item.span)): item.passage
                for report in reports for item in now.by_report.get(report, ())
            }  # fmt: skip
            return {"total": len(now.decisions), "decisions": decision_data(latest, now.decisions, words)}

        return await said(work)

    async def decide(self, request: Request) -> Response:
        """Keep decisions; answered once they are on disk."""
        return await said(decide, self._path, await body(request))

    async def bulk(self, request: Request) -> Response:
        """Decide on many events; answered once that is on disk."""
        data = await body(request)
        return await said(lambda: bulk(self._path, self._index.snapshot(), data))

    async def agreement(self, request: Request) -> Response:
        """How far reviewers and the coder agree."""
        parameters(request)
        return await said(lambda: agreement_data(self._index.snapshot()))

    async def adding(self, request: Request) -> Response:
        """How far the adding of reports is."""
        parameters(request)
        return await said(self._adding.progress)

    async def send(self, request: Request) -> Response:
        """Keep a file that is to be added."""
        name = parameters(request, "name").get("name", "file")
        return Answer(await self._adding.staging.keep(name, request.stream()))

    async def add(self, request: Request) -> Response:
        """Begin to add reports."""
        return await said(self._adding.start, await body(request))

    async def stop(self, request: Request) -> Response:
        """Stop adding reports."""
        await body(request)
        return await said(self._adding.stop)

    async def undo(self, request: Request) -> Response:
        """Undo a decision; answered once that is on disk."""
        return await said(undo, self._path, await body(request))

    async def query(self, request: Request) -> Response:
        """What a SELECT gives; it changes nothing, and is a POST for its length and its privacy."""
        data = await body(request)
        return await said(query, self._path, data.get("sql"))


def review_app(
    path: str | os.PathLike[str], *, token: str, hosts: Collection[str], cookie: str = "marsad"
) -> Starlette:
    """The review page of the casebook at ``path`` as an ASGI application.

    It answers requests whose ``Host`` is one of ``hosts``, and whose sender has opened ``/?token=TOKEN`` before and so
    has the cookie. Raises CasebookError where there is no casebook, or where it cannot be used.
    """
    review = Review(os.fspath(path))
    routes = [
        Route("/", review.shell),
        Route("/assets/{name}", review.asset),
        Route("/openapi.json", review.described),
        Route("/api/casebook", review.casebook),
        Route("/api/queue", review.queue),
        Route("/api/report", review.report),
        Route("/api/incidents", review.incidents),
        Route("/api/incident", review.incident),
        Route("/api/questions", review.questions),
        Route("/api/decisions", review.decisions, methods=["GET"]),
        Route("/api/decisions", review.decide, methods=["POST"]),
        Route("/api/bulk", review.bulk, methods=["POST"]),
        Route("/api/agreement", review.agreement),
        Route("/api/adding", review.adding, methods=["GET"]),
        Route("/api/adding", review.add, methods=["POST"]),
        Route("/api/adding/file", review.send, methods=["POST"]),
        Route("/api/adding/stop", review.stop, methods=["POST"]),
        Route("/api/undo", review.undo, methods=["POST"]),
        Route("/api/query", review.query, methods=["POST"]),
        *review.pictures.routes,
        *review.analysis.routes,
        *taking_routes(os.fspath(path)),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        # The first reading takes seconds where there are many reports: let it begin before anybody asks.
        reading = create_task(run_in_threadpool(review.warm_up))
        yield
        await reading
        review.close()

    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token, hosts=hosts, cookie=cookie)],
        exception_handlers={HTTPException: error, MarsadError: error, Exception: error},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


def _read_asset(name: str) -> bytes:
    try:
        return (files("marsad.review") / "assets" / name).read_bytes()
    except (OSError, ModuleNotFoundError):
        raise MarsadError(
            f"the page's {name} was not built: install Marsad with pip, or run npm ci and npm run build in frontend/"
        ) from None

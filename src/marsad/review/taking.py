"""What is on the page, taken away: tables, annotations and dossiers as downloads, sent as they are read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import IO, Any, Final
from urllib.parse import quote

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from marsad.casebook import Casebook, Filters
from marsad.errors import ExchangeError
from marsad.exchange.dossier import dossier
from marsad.exchange.dossierpage import render_dossier
from marsad.exchange.wanted import FITTING, Wanted
from marsad.exchange.writing import MEDIA_TYPES, TEXT, checked_form, text_lines, write
from marsad.review.answers import number, parameters

__all__ = ["taking_routes"]

_PART: Final = 64 * 1024
"""Bytes that are sent at a time."""
_MOST_WAITING: Final = 200
"""Reports that are joined to their incidents before an answer; where more wait, the person does."""
_PATIENCE: Final = 30.0
_CONDITIONS: Final = ("type", "status", "certainty", "actor", "speaker", "place", "since", "until", "report")
_JOINED: Final = ("incidents", "claims")


def taking_routes(path: str) -> list[Route]:
    """The addresses under which the casebook at ``path`` is taken away."""
    taking = _Taking(path)
    return [
        Route("/api/export/{what}.{form}", taking.export),
        Route("/api/incidents/{id:path}/dossier", taking.dossier),
    ]


class _Taking:
    def __init__(self, path: str) -> None:
        self._path = path

    async def export(self, request: Request) -> Response:
        """A table or the annotations; a HEAD asks whether that can be, and for nothing more."""
        wanted, form = _asked(request)
        headers = self._headers(f"{wanted.what}.{form}")
        await run_in_threadpool(self._ready, wanted, form)
        if request.method == "HEAD":
            return Response(headers=headers, media_type=MEDIA_TYPES[form])
        if form in TEXT:
            parts = self._text(wanted, form)
            # What goes wrong at once is told as an error, and not in the middle of a file.
            first = await run_in_threadpool(next, parts, b"")
            return StreamingResponse(_sent(parts, first), headers=headers, media_type=MEDIA_TYPES[form])
        file = await run_in_threadpool(self._made, wanted, form)
        headers["Content-Length"] = str(file.seek(0, os.SEEK_END))
        file.seek(0)
        return StreamingResponse(_sent(_parts_of(file), b""), headers=headers, media_type=MEDIA_TYPES[form])

    async def dossier(self, request: Request) -> Response:
        """All that is known of one incident, as a page to keep."""
        parameters(request)
        incident = request.path_params["id"]
        page = await run_in_threadpool(self._dossier, incident)
        name = f"dossier-{incident}.html"
        return Response(page.encode("utf-8"), headers=self._headers(name), media_type="text/html; charset=utf-8")

    # In threads

    def _casebook(self) -> Casebook:
        return Casebook(self._path, write=False, patience=_PATIENCE)

    def _ready(self, wanted: Wanted, form: str) -> None:
        checked_form(wanted.what, form)
        if wanted.what in _JOINED:
            wanted.choice()
            self._join()

    def _join(self) -> None:
        """Let the few reports that wait join their incidents. HTTPException where there are many."""
        with self._casebook() as casebook:
            waiting = casebook.untold
        if waiting > _MOST_WAITING:
            raise HTTPException(
                503,
                f"incidents are being put together: {waiting:,} reports wait; open the incidents and try again later",
                {"Retry-After": "30"},
            )
        if waiting:
            with Casebook(self._path, patience=_PATIENCE) as casebook:
                for _ in casebook.join_incidents():
                    pass

    def _text(self, wanted: Wanted, form: str) -> Iterator[bytes]:
        with self._casebook() as casebook, casebook.as_of_now():
            gathered: list[str] = []
            size = 0
            for text in text_lines(casebook, wanted, form):
                gathered.append(text)
                size += len(text)
                if size >= _PART:
                    yield "".join(gathered).encode("utf-8")
                    gathered, size = [], 0
            yield "".join(gathered).encode("utf-8")

    def _made(self, wanted: Wanted, form: str) -> IO[bytes]:
        """A workbook or Parquet file, which nobody else sees and which is gone when it is closed, once it is sent."""
        file = tempfile.TemporaryFile(prefix="marsad-")  # noqa: SIM115
        try:
            with self._casebook() as casebook, casebook.as_of_now():
                write(casebook, wanted, form, file)
        except BaseException:
            file.close()
            raise
        return file

    def _dossier(self, incident: str) -> str:
        self._join()
        with self._casebook() as casebook, casebook.as_of_now():
            try:
                return render_dossier(dossier(casebook, incident))
            except ExchangeError as error:
                raise HTTPException(404, str(error)) from None

    def _headers(self, name: str) -> dict[str, str]:
        """Never shown in the page's own place: what is in a dossier comes from anywhere."""
        stem = os.path.splitext(os.path.basename(self._path))[0]
        return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{stem}-{name}', safe='')}"}


def _asked(request: Request) -> tuple[Wanted, str]:
    what, form = request.path_params["what"], request.path_params["form"]
    if what not in FITTING or form not in MEDIA_TYPES:
        raise HTTPException(404, f"there is no such export: {', '.join(FITTING)} as {', '.join(MEDIA_TYPES)}")
    given = parameters(request, *_CONDITIONS, "grade", "limit", "as_coded")
    coded = given.pop("as_coded", "false")
    if coded not in ("true", "false"):
        raise HTTPException(400, "as_coded must be true or false")
    limit = number(given, "limit", 0, 10**9) if "limit" in given else None
    conditions: dict[str, Any] = {name: given[name] for name in _CONDITIONS if given.get(name, "").strip()}
    return Wanted(what, Filters(**conditions, limit=limit, as_coded=coded == "true"), given.get("grade")), form


async def _sent(parts: Iterator[bytes], first: bytes) -> AsyncIterator[bytes]:
    """The parts; what they stand on is let go of, also when the person breaks the download off."""
    try:
        yield first
        async for part in iterate_in_threadpool(parts):
            yield part
    finally:
        with suppress(ValueError):  # it is at work in its thread still, and is closed when that is done
            parts.close()  # type: ignore[attr-defined]


def _parts_of(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART):
            yield part

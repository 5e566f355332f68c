"""Who may talk to the server: the check that every request passes before anything else sees it.

A server on localhost can be reached by every page that is open in the person's browser, and by every program on the
computer. So: the ``Host`` must be the server's own (against DNS rebinding), a foreign ``Origin`` is refused (against
forged requests), only POST changes anything and only as JSON, and all but the first request need the cookie that the
secret token in the first address was changed for.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "MOST_BYTES", "MOST_UPLOAD", "POLICY", "Guard"]

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""What the page may load and do: its own script and style, requests to its own server, and nothing else."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Set on every answer, also on refusals. Nothing is cached: another person may use the browser next."""

MOST_BYTES: Final = 256 * 1024
"""The largest request body. A decision with a long note is a few kilobytes."""

MOST_UPLOAD: Final = 64 * 1024 * 1024
"""The largest file that may be sent to be added: what is larger is not read either."""

_UPLOADS: Final = frozenset({"/api/adding/file"})
"""Where files are sent as they are. A form or a plain request of another page cannot do that: it is asked first."""

_LONGEST_QUERY: Final = 8 * 1024
_OTHERS: Final = frozenset({"cross-site", "same-site"})
"""What browsers say of requests from other pages; another port of localhost is the "same site"."""


class Guard:
    """ASGI middleware. ``hosts`` are the values of ``Host`` under which the server answers.

    ``token`` is the secret of the first address (``/?token=...``). The cookie's value is another secret, so that an
    address seen in a browser's history after the session opens nothing.
    """

    def __init__(self, app: ASGIApp, *, token: str, hosts: Collection[str], cookie: str) -> None:
        self._app, self._token, self._hosts, self._cookie = app, token, frozenset(hosts), cookie
        self._session = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # There are no web sockets here: an unanswered handshake is closed by the server.
            await send({"type": "websocket.close", "code": 1008})
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, marked)

    def _answer(self, scope: Scope) -> Response | None:
        """What is answered instead of passing the request on; None where it may pass."""
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return _no(421, "this server answers only under its own address")
        if method not in ("GET", "HEAD", "POST"):
            return _no(405, f"{method} is not done here", {"Allow": "GET, HEAD, POST"})
        if len(scope["query_string"]) > _LONGEST_QUERY:
            return _no(414, "the address is too long")
        if wrong := _foreign(headers, method, f"http://{hosts[0].lower()}"):
            return _no(403, wrong)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if path == "/" and given and method == "GET":
            return self._entry(given)
        if not self._known(headers):
            words = "open the address that 'marsad serve' printed: it holds the key to this page"
            return _no(401, words) if path != "/" else _page(401, words)
        if method != "POST":
            return None
        if path in _UPLOADS:
            return _not_sent_as(headers, "application/octet-stream", MOST_UPLOAD)
        return _not_sent_as(headers, "application/json", MOST_BYTES)

    def _entry(self, given: list[str]) -> Response:
        if len(given) != 1 or not _same(given[0], self._token):
            return _page(401, "this address is of an earlier session: open the one that 'marsad serve' printed last")
        response = RedirectResponse("/", 303)
        response.set_cookie(self._cookie, self._session, httponly=True, samesite="strict", path="/")
        return response

    def _known(self, headers: Headers) -> bool:
        cookies = [cookie_parser(value).get(self._cookie, "") for value in headers.getlist("cookie")]
        return any(_same(value, self._session) for value in cookies)


def _foreign(headers: Headers, method: str, own: str) -> str | None:
    """What is wrong with where a request comes from; None where it may come from the page itself."""
    origins = headers.getlist("origin")
    if any(origin.lower() != own for origin in origins):
        return "this request comes from another page"
    if method == "POST" and not origins:
        return "a request that changes something must say where it comes from (Origin)"
    # Following a link to "/" from elsewhere only shows the page, and without the cookie not even that.
    if headers.get("sec-fetch-site") in _OTHERS and headers.get("sec-fetch-mode") != "navigate":
        return "this request comes from another page"
    return None


def _not_sent_as(headers: Headers, wanted: str, most: int) -> Response | None:
    kind, *rest = (part.strip().lower() for part in headers.get("content-type", "").split(";"))
    if kind != wanted or any(part not in ("", "charset=utf-8") for part in rest):
        name = "JSON" if wanted.endswith("json") else "the file as it is"
        return _no(415, f"send {name} (Content-Type: {wanted})")
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > most:
        return _no(413, f"a request may have {most:,} bytes at most")
    return None


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def _no(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": words}, status, headers)


def _page(status: int, words: str) -> Response:
    sentence = json.dumps(words)[1:-1].replace("<", "")
    return HTMLResponse(
        '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>Marsad</title>\n<h1>Marsad</h1>\n<p>{sentence[0].upper()}{sentence[1:]}.</p>\n</html>\n",
        status,
    )

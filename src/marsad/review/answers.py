"""What requests ask and how they are answered: parameters, JSON bodies, errors as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad.errors import MarsadError
from marsad.records import Json
from marsad.review.guard import HEADERS, MOST_BYTES

__all__ = ["Answer", "body", "error", "number", "parameters", "said"]

T = TypeVar("T")
_BUSY: Final = "is in use by another program"


class Answer(JSONResponse):
    """JSON in UTF-8; half a character (a lone surrogate), which UTF-8 cannot have, becomes a question mark."""

    def render(self, content: Any) -> bytes:
        """The bytes of the answer."""
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
            "utf-8", "replace"
        )


def parameters(request: Request, *names: str) -> dict[str, str]:
    """The query's parameters that are not empty. HTTPException for one that there is not, or that is given twice."""
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in names:
            raise HTTPException(400, f"there is no parameter {name[:40]!r}: there are {', '.join(names) or 'none'}")
        if name in found:
            raise HTTPException(400, f"{name} is given twice")
        found[name] = value
    return {name: value for name, value in found.items() if value}


def number(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A whole number from 0 to ``most``."""
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= most):
        raise HTTPException(400, f"{name} must be a number from 0 to {most:,}")
    return int(text)


async def body(request: Request) -> Json:
    """The JSON object of a POST. HTTPException where it is too large or no JSON object."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            raise HTTPException(413, f"a request may have {MOST_BYTES:,} bytes at most")
        parts.append(part)
    try:
        data = json.loads(b"".join(parts), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise HTTPException(400, "the request is not JSON") from None
    if not isinstance(data, dict):
        raise HTTPException(400, "the request must be a JSON object")
    return data


async def said(work: Callable[..., T], *arguments: Any) -> Response:
    """Do ``work`` in a thread of its own, for it reads a file, and answer with what it returns."""
    return Answer(await run_in_threadpool(work, *arguments))


async def error(request: Request, wrong: Exception) -> Response:
    """An error in one line of words, as JSON."""
    if isinstance(wrong, HTTPException):
        return Answer({"error": wrong.detail}, wrong.status_code, wrong.headers)
    if isinstance(wrong, MarsadError):
        return Answer({"error": str(wrong)}, 503 if _BUSY in str(wrong) else 400)
    return Answer({"error": "something went wrong here; the terminal of 'marsad serve' says what"}, 500, HEADERS)


def _no_constant(name: str) -> Any:
    raise ValueError(name)

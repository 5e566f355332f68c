"""The OpenAPI description of what the server answers: ``openapi.json`` beside this file."""

from __future__ import annotations

import json
from importlib.resources import files

from marsad import __version__
from marsad.records import Json

__all__ = ["description"]


def description() -> Json:
    """The description as plain data, with this version of Marsad in it."""
    data: Json = json.loads((files("marsad.review") / "openapi.json").read_text("utf-8"))
    data["info"]["version"] = __version__
    return data

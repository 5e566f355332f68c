"""Marsad's own list of places: what the gazetteer's source lacks, with the names that reports use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from marsad.errors import KnowledgeError

__all__ = ["OwnPlace", "own_places"]

_FILE: Final = Path(__file__).parent / "places.tsv"


class OwnPlace(NamedTuple):
    """A place: its chief name, all its names, and the ISO 3166-1 alpha-2 code of its country (None for a sea)."""

    name: str
    names: tuple[str, ...]
    country: str | None


@cache
def own_places() -> tuple[OwnPlace, ...]:
    """The places in the order of the list, read once. Raises KnowledgeError when it is missing or malformed."""
    try:
        lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        rows = [line.split("\t")[:3] for line in lines[1:]]
        return tuple(
            OwnPlace(name, (name, *filter(None, others.split("|"))), code or None) for name, others, code in rows
        )
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{_FILE.name} is missing or malformed ({error}): reinstall marsad") from error

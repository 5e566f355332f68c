"""What no report can mean: a person's slip, refused before it is kept.

A coder's own reading is not judged here, nor what was decided before: only values that somebody gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

from marsad.errors import DecisionError

__all__ = ["refuse_impossible"]

_KEYS: Final = {
    "killed": ("low", "best", "high"),
    "injured": ("low", "best", "high"),
    "time": ("span", "start", "end"),
    "place": ("span", "name", "latitude", "longitude"),
}
_MOST: Final = 10_000_000_000
"""More people than there are."""


def refuse_impossible(fields: Mapping[str, Any]) -> None:
    """Raise DecisionError where a field has a value that cannot be, whatever the report says.

    Tolls below 0 or out of order, days that no calendar has, an end before its start, half a pair of coordinates, a
    name without a letter, a tie of an actor with itself, a key that the field does not have.
    """
    for name, value in fields.items():
        if name in _KEYS and isinstance(value, Mapping):
            other = [key for key in value if key not in _KEYS[name]]
            if other:
                raise DecisionError(f"{name} has no {str(other[0])[:40]!r}: {', '.join(_KEYS[name])}")
        wrong = _wrong(name, value)
        if wrong:
            raise DecisionError(f"{name}: {wrong}")
    if fields.get("subject") is not None and fields.get("subject") == fields.get("object"):
        raise DecisionError("object: a tie is between two actors, and this is the subject")


def _wrong(name: str, value: Any) -> str | None:
    if name in ("killed", "injured") and isinstance(value, Mapping):
        return _toll(value)
    if name == "time" and isinstance(value, Mapping):
        return _time(value)
    if name == "place" and isinstance(value, Mapping):
        if (value.get("latitude") is None) != (value.get("longitude") is None):
            return "give latitude and longitude, or neither"
        return _name(value["name"]) if value.get("name") is not None else None
    if name == "published":
        return _day(value)
    return _name(value) if name == "name" else None


def _toll(value: Mapping[str, Any]) -> str | None:
    known = [(key, value[key]) for key in ("low", "best", "high") if _whole(value.get(key))]
    for key, number in known:
        if not 0 <= number <= _MOST:
            return f"{key} {str(number)[:20]} is no count of people"
    for (key, number), (next_key, next_number) in pairwise(known):
        if number > next_number:
            return f"{key} {number} is more than {next_key} {next_number}"
    return None


def _time(value: Mapping[str, Any]) -> str | None:
    start, end = value.get("start"), value.get("end")
    wrong = _day(start) or _day(end)
    if wrong or not (isinstance(start, str) and isinstance(end, str)):
        return wrong
    # A month ends after any day of it: compared as far as both are known.
    known = min(len(start), len(end))
    return f"the end {end} is before the start {start}" if end[:known] < start[:known] else None


def _day(value: Any) -> str | None:
    """What is wrong with an ISO date of any precision; what is none at all is for the format to say."""
    if not isinstance(value, str) or len(value) not in (4, 7, 10) or not value.replace("-", "").isdigit():
        return None
    try:
        date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
    except ValueError:
        return f"{value!r} is not an ISO date: no calendar has it"
    return None


def _name(value: Any) -> str | None:
    return (
        "a name must have a letter or figure" if isinstance(value, str) and not any(map(str.isalnum, value)) else None
    )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)

"""What a record says of machine-spinning and of words restored, in the agreed shape; whatever is not in it, is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from marsad.records import Json, Record

__all__ = ["restored_data", "spun_data"]

_KINDS: Final = ("name", "title", "phrase", "word")
_LONGEST: Final = 200
_MOST: Final = 400
"""Signs shown of one report."""
_ALTERNATIVES: Final = 8


def restored_data(record: Record) -> list[Json]:
    """The places of ``extra["restored"]`` in the text's order; none within another, none over the end of a line."""
    found: list[Json] = []
    end = 0
    for item in sorted(_items(record.extra.get("restored"), record), key=lambda one: (one["start"], -one["end"])):
        reading = _words(item.get("reading"))
        if item["start"] < end or not reading or "\n" in record.text[item["start"] : item["end"]]:
            continue
        end = item["end"]
        kind, of = item.get("kind"), item.get("of")
        found.append({
            "span": [item["start"], end], "reading": reading, "confidence": _share(item.get("confidence")),
            "kind": kind if kind in _KINDS else "word", "by": "copy" if item.get("by") == "copy" else "guess",
            "of": of if isinstance(of, str) else None, "reason": _words(item.get("reason")),
            "alternatives": list(_alternatives(item.get("alternatives")))[:_ALTERNATIVES],
            "applied": item.get("applied") is not False,
        })  # fmt: skip
    return found


def spun_data(record: Record) -> Json | None:
    """``extra["spun"]``: the probability, the passages and the signs; None where there is no probability."""
    spun = record.extra.get("spun")
    share = _share(spun.get("probability")) if isinstance(spun, Mapping) else None
    if share is None or not isinstance(spun, Mapping):
        return None
    signs = sorted(_items(spun.get("signs"), record), key=lambda one: (one["start"], one["end"]))
    passages = _items(spun.get("passages"), record)
    return {
        "probability": share,
        "passages": [{"span": [p["start"], p["end"]], "probability": _share(p.get("probability"))} for p in passages],
        "signs": [
            {"span": [s["start"], s["end"]], "kind": _words(s.get("kind")), "expected": _words(s.get("expected")),
             "reason": _words(s.get("reason"))}
            for s in signs[:_MOST]
        ],
    }  # fmt: skip


def _alternatives(value: object) -> Iterator[Json]:
    for item in _list(value):
        if isinstance(item, Mapping) and (reading := _words(item.get("reading"))):
            yield {"reading": reading, "confidence": _share(item.get("confidence"))}


def _items(value: object, record: Record) -> list[Mapping[str, Any]]:
    """The objects of a list that name a passage of the record's text by ``start`` and ``end``."""
    return [item for item in _list(value) if isinstance(item, Mapping) and _within(item, len(record.text))]


def _within(item: Mapping[str, Any], length: int) -> bool:
    start, end = item.get("start"), item.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end <= length


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else ()


def _share(value: object) -> float | None:
    """A probability to two digits after the point; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return round(float(value), 2)


def _words(value: object) -> str | None:
    """One line; None where it is no text."""
    if not isinstance(value, str):
        return None
    words = " ".join(value.split())
    return (words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…") or None

"""The data that stands in the page: plain JSON that is safe between script tags.

Nothing of a record is markup to the page. The characters by which a text could
leave its script element are written as escapes, so that the HTML reader never
sees them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from marsad.page.origins import origins_data
from marsad.page.spun import restored_data, spun_data
from marsad.records import Json, Record

if TYPE_CHECKING:
    from marsad.origins import OriginRow

__all__ = ["embedded", "page_data"]

_UNSAFE: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_ABOUT: Final = {"coder": "Coded by", "language": "Language", "outcome": "Outcome"}
_LONGEST: Final = 400
_DEEPEST: Final = 20
"""Levels of an extra value that are put into words: JSON can be nested deeper than Python can follow."""


def page_data(records: Sequence[Record], title: str | None, origins: Sequence[OriginRow] | None = None) -> Json:
    """What the page's script reads: its title, and the records with their extra keys made plain.

    ``origins`` are the rows of the records, in the same order.
    """
    data: Json = {"title": title, "records": [_record(record) for record in records]}
    if origins is not None:
        if len(origins) != len(records):
            raise ValueError(f"{len(records)} records, but {len(origins)} origins")
        data["origins"] = origins_data(origins)
    return data


def embedded(data: Json) -> str:
    """``data`` as JSON for a script element: no ``<``, ``>``, ``&``, line separators or lone surrogates."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _record(record: Record) -> Json:
    data = record.to_json()
    kept = ("id", "title", "published", "text", "actors", "relations", "statements", "events", "times", "places")
    return {
        **{key: data[key] for key in kept},
        "source": {"name": record.source.name, "url": record.source.url, "licence": record.source.licence},
        "skipped": _skipped(record),
        **({"restored": restored} if (restored := restored_data(record)) else {}),
        **({"spun": spun} if (spun := spun_data(record)) else {}),
        "about": [[label, words] for key, label in _ABOUT.items() if (words := _words(record.extra.get(key)))],
    }


def _skipped(record: Record) -> list[Json]:
    """The entries of ``extra["skipped"]`` that have the agreed shape; others keep their words, without a passage."""
    skipped = record.extra.get("skipped")
    if not isinstance(skipped, Sequence) or isinstance(skipped, str):
        return []
    found: list[Json] = []
    for item in skipped:
        if isinstance(item, Mapping):
            reason = _words(item.get("reason")) or "no reason given"
            found.append({"span": _span(item.get("span"), len(record.text)), "reason": reason})
        elif words := _words(item):
            found.append({"span": None, "reason": words})
    return found


def _span(value: object, length: int) -> list[int] | None:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        return None
    start, end = value
    if not (type(start) is int and type(end) is int and 0 <= start < end <= length):
        return None
    return [start, end]


def _words(value: Any, level: int = 0) -> str:
    """An extra value of any shape in one line of words; empty where it says nothing."""
    if level > _DEEPEST:
        words = "…"
    elif isinstance(value, str):
        words = value
    elif isinstance(value, Mapping) and set(value) <= {"status", "reason"}:
        words = ": ".join(filter(None, (_words(value.get(key), level + 1) for key in ("status", "reason"))))
    elif isinstance(value, Mapping) and set(value) <= {"name", "version", "fingerprint"}:
        words = " ".join(filter(None, (_words(value.get(key), level + 1) for key in ("name", "version"))))
        if mark := _words(value.get("fingerprint"), level + 1):
            words = f"{words} ({mark})" if words else mark
    elif isinstance(value, Mapping):
        words = ", ".join(f"{key}: {part}" for key, item in value.items() if (part := _words(item, level + 1)))
    elif isinstance(value, Sequence):
        words = ", ".join(part for item in value if (part := _words(item, level + 1)))
    elif value is None:
        words = ""
    else:
        words = str(value)
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"

"""JSON: one object, a list of objects, or one object a line; marsad-record/1 among them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from marsad.errors import ReadingError
from marsad.reading.dates import iso_date
from marsad.reading.draft import Draft, Refusal, scrub
from marsad.reading.encoding import decode
from marsad.reading.options import ReadOptions
from marsad.records import FORMAT, Source

__all__ = ["parse", "read_json", "read_json_line"]


def read_json(data: bytes, options: ReadOptions) -> list[Draft | Refusal]:
    """A draft or a refusal for each object of a JSON file. Raises ReadingError when it is not JSON."""
    text, note = decode(data)
    value = parse(text)
    if isinstance(value, list):
        if not any(isinstance(item, Mapping) for item in value):
            return [Refusal("the list holds no JSON object")]
        return [_draft(item, options, str(number), note) for number, item in enumerate(value, 1)]
    return [_draft(value, options, "", note)]


def read_json_line(data: bytes, options: ReadOptions) -> list[Draft | Refusal]:
    """The draft or refusal of one line of a .jsonl file. Raises ReadingError when it is not JSON."""
    text, note = decode(data)
    return [_draft(parse(text), options, "", note)]


def parse(text: str) -> Any:
    """The JSON value of ``text``; numbers too long for an int stay strings. Raises ReadingError."""
    try:
        return json.loads(text, parse_int=_int, parse_constant=lambda name: None)
    except RecursionError:
        raise ReadingError("JSON nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ReadingError(f"not JSON: {error.msg} at character {error.pos}") from None
    except ValueError as error:
        raise ReadingError(f"not JSON: {str(error)[:100]}") from None


def _int(digits: str) -> int | str:
    return int(digits) if len(digits) < 100 else digits


def _draft(value: object, options: ReadOptions, part: str, note: str | None) -> Draft | Refusal:
    if not isinstance(value, Mapping):
        return Refusal(f"a JSON object is needed, not {_kind(value)}", part)
    record = value.get("format") == FORMAT
    id_key, text_key, title_key, date_key, url_key = (
        ("id", "text", "title", "published", "url")
        if record
        else (
            options.id_field,
            options.text_field,
            options.title_field,
            options.published_field,
            options.url_field,
        )
    )
    text = value.get(text_key)
    if text_key not in value:
        return Refusal(f"no field {text_key!r}", part)
    if not isinstance(text, str):
        return Refusal(f"field {text_key!r} is {_kind(text)}, not a string", part)
    given = value.get(date_key)
    published = iso_date(given)
    notes = [note] if note else []
    if given not in (None, "") and published is None and options.published is None:
        notes.append(f"field {date_key!r} is {str(given)[:40]!r}, which is no date")
    return Draft(
        text,
        title=_string(value.get(title_key)),
        published=published,
        author=_string(value.get("author")),
        source=_source(value.get("source"), value.get(url_key)),
        id=_identifier(value.get(id_key)),
        part=part,
        notes=tuple(notes),
    )


def _source(source: object, url: object) -> Source:
    if isinstance(source, Mapping):
        return Source(
            _string(source.get("name")),
            _string(source.get("url")) or _string(url),
            _string(source.get("licence")),
            {scrub(key): scrub(v) if isinstance(v, str) else v for key, v in source.items() if _is_extra(key, v)},
        )
    return Source(_string(source), _string(url))


def _is_extra(key: str, value: object) -> bool:
    return key not in ("name", "url", "licence") and isinstance(value, str | int | float)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _identifier(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(value)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "a truth value", int: "a number", float: "a number", str: "a string", list: "a list"}
    return names.get(type(value), "an object")

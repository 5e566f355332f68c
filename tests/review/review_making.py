"""Casebooks for the review page's tests, and a client that has opened the first address."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from marsad.casebook import Casebook, Run
from marsad.records import Actor, Claim, EventPlace, EventTime, Passage, Record, Report, Source, Toll

ROOT: Final = Path(__file__).parents[2]
SHARED: Final = ROOT.parent / "shared"
RUN: Final = Run("coder", "1", "one")
HOST: Final = "127.0.0.1:8000"
OWN: Final = f"http://{HOST}"
TOKEN: Final = "the-token"
JSON: Final = {"Origin": OWN, "Content-Type": "application/json"}

MILL: Final = (
    "🔥 The Reem Brigade shelled the mill of Ark on 3 May 2020, killing 4.\n"
    "Later the army raided the village. The brigade denied that it had fired."
)
"""A fictional report."""


def at(text: str, words: str) -> Passage:
    """The first passage of ``words`` in ``text``."""
    start = text.index(words)
    return Passage(start, start + len(words))


def mill(name: str = "mill", text: str = MILL, title: str = "The mill of Ark") -> Record:
    """Three events: one plain, one doubtful, one that is denied."""
    return Record(
        id=name,
        text=text,
        title=title,
        published="2020-05-04",
        source=Source(name="Ark Post"),
        actors=(
            Actor("a1", "Reem Brigade", "armed-group", (at(text, "Reem Brigade"),)),
            Actor("a2", "army", "military", (at(text, "army"),)),
        ),
        events=(
            Claim(
                "e1",
                at(text, "shelled"),
                "ASSAULT",
                mode="heavy-weapons",
                actors=("a1",),
                time=EventTime(at(text, "3 May 2020"), "2020-05-03", "2020-05-03"),
                place=EventPlace(at(text, "Ark"), "Ark", 33.5, 36.3),
                killed=Toll(4, 4, 4),
                extra={"confidence": {"event": 0.9, "type": 0.8}},
            ),
            Claim(
                "e2",
                at(text, "raided"),
                "COERCE",
                actors=("a2",),
                extra={"confidence": {"event": 0.7, "type": 0.3, "actors": 0.45}},
            ),
            Claim("e3", at(text, "fired"), "ASSAULT", actors=("a1",), status="did-not-happen", according_to=("a1",)),
        ),
    )


def own_records() -> list[Record]:
    """The fictional reports that the repository labels itself."""
    files = sorted((ROOT / "tests/gold").glob("own-*.json"))
    return [Record.from_json(json.loads(file.read_text("utf-8"))) for file in files]


def hostile(words: str) -> Record:
    """A report whose id, title, source, names and text are ``words``."""
    text = f"{words} attacked {words} at dawn."
    return Record(
        id=words,
        text=text,
        title=words,
        source=Source(name=words, url=words),
        actors=(Actor("a1", words, "person", (at(text, "dawn"),)),),
        events=(
            Claim(words, at(text, "attacked"), "ASSAULT", actors=("a1",), place=EventPlace(None, words, 10.0, 10.0)),
        ),
    )


def add(path: Path, records: Iterable[Record], run: Run = RUN) -> None:
    """Put records into the casebook at ``path``, which is made where there is none."""
    with Casebook(path, create=True) as casebook:
        for record in records:
            record = replace(record, extra={**record.extra, "spun": {"probability": 0.0, "passages": [], "signs": []}})
            report = Report(record.id, record.text, record.title, record.published, record.source)
            casebook.add(report, record, run)


def two(path: Path) -> Path:
    """A casebook with two reports, the second much like the first."""
    again = MILL.replace("raided the village", "raided the bridge")
    add(path, [mill(), mill("again", again, "Another day in Ark")])
    return path


def target(record: Record, event: str, field: str | None = None) -> dict[str, Any]:
    """The target of a decision on an event."""
    [claim] = [one for one in record.events if one.id == event]
    return {"part": "event", "report": record.id, "passage": list(claim.span), "field": field}


def said(*decisions: dict[str, Any], who: str = "Ana", why: str = "") -> dict[str, Any]:
    """The body of a request that decides."""
    return {"who": who, "why": why, "decisions": list(decisions)}


def wrong(value: Any, schema: dict[str, Any], described: Any, where: str = "") -> Any:
    """Where a value is not as its schema says: the few words of JSON Schema that the description uses."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        if all(list(wrong(value, one, described)) for one in schema["anyOf"]):
            yield f"{where}: {value!r}"
        return
    types: dict[str, Any] = {
        "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None), "array": list,
        "object": dict,
    }  # fmt: skip
    wanted = schema.get("type", [])
    if wanted and not isinstance(value, tuple(types[one] for one in ([wanted] if isinstance(wanted, str) else wanted))):
        yield f"{where}: {value!r} is no {wanted}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is none of {schema['enum']}"
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from wrong(item, schema["items"], described, f"{where}[{number}]")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, item in value.items():
            if name in known:
                yield from wrong(item, known[name], described, f"{where}.{name}")
            elif schema.get("additionalProperties", True) is False:
                yield f"{where}.{name} is not described"

"""re3d: reports on Iraq and Syria with entities and relations, those that are not in the gold.

Source: Defence Science and Technology Laboratory (UK), "Relationship and Entity Extraction Evaluation Dataset";
each part has its own licence. Most of its documents are fully labelled elsewhere as gold and are left out here by
their text. Crowd-checked: only items that the crowd was sure of are taken. Pronouns and parts of names are
labelled unevenly, so nothing follows from an unlabelled word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from .cutting import cut
from .folders import set_folder
from .partial import PartialRecord, Span
from .tokens import Mended

__all__ = ["load"]

SET: Final = "re3d"
SURE: Final = 0.7
"""Least share of the crowd's belief in an item."""
LAYERS: Final = frozenset({"relations-at", "coref-at", "places-at"})
LICENCES: Final = {
    "Australian Department of Foreign Affairs": "CC BY 3.0 AU",
    "BBC Online": "CC BY-NC 3.0",
    "CENTCOM": "public domain (US government)",
    "Delegation of the European Union to Syria": "EU reuse with acknowledgement",
    "UK Government": "OGL 3.0",
    "US State Department": "public domain (US government)",
    "Wikipedia": "CC BY-SA 3.0",
}
RELATIONS: Final = {
    ("FightingAgainst", "Organisation", "Organisation"): "fights",
    ("BelongsTo", "Organisation", "Organisation"): "part-of",
    ("InChargeOf", "Person", "Organisation"): "leads",
}
"""A person who belongs to an organisation may be its member or its servant, and AlliesOf is given for any common
cause, so neither gives a relation."""
QUOTED_LINE: Final = re.compile(r'^"(.*)"\s*$', re.MULTILINE)


def load(folder: Path, gold: Path | None = None) -> Iterator[PartialRecord]:
    """The labelled documents whose text is in no record under ``gold`` (by default, the gold beside the data)."""
    folder = set_folder(folder, "re3d")
    known = _texts(gold or folder.parent.parent / "gold")
    for part in sorted(p for p in folder.iterdir() if (p / "documents.json").is_file()):
        entities, relations = _by_document(part / "entities.json"), _by_document(part / "relations.json")
        for document in _lines(part / "documents.json"):
            name = document["_id"]
            if name in entities and _plain(document["text"]) not in known:
                record = _record(document, entities[name], relations.get(name, []), LICENCES[part.name])
                yield from (piece for piece in cut(record) if piece.relations or piece.places)


def _texts(gold: Path) -> set[str]:
    return {_plain(json.loads(f.read_text(encoding="utf-8"))["text"]) for f in gold.glob("*/*.json")}


def _plain(text: str) -> str:
    """A text by its letters alone, so that white space and quotation marks make no difference."""
    return "".join(re.findall(r"\w", text.lower()))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _by_document(file: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for item in _lines(file):
        if item["confidence"] >= SURE:
            found.setdefault(item["documentId"], []).append(item)
    return found


def _record(
    document: dict[str, Any], entities: list[dict[str, Any]], relations: list[dict[str, Any]], licence: str
) -> PartialRecord:
    text = document["text"]
    mended = Mended(text, _unquoted(text))
    kinds = {(e["begin"], e["end"]): e["type"] for e in entities if text[e["begin"] : e["end"]] == e["value"]}
    span_of = {s: _trimmed(mended.text, mended.span(*s)) for s in kinds}
    actors = sorted({span_of[s] for s, kind in kinds.items() if kind in ("Person", "Organisation")})
    index = {span: i for i, span in enumerate(actors)}
    found, same = [], dict[Span, Span]()
    for relation in relations:
        source = (relation["sourceBegin"], relation["sourceEnd"])
        target = (relation["targetBegin"], relation["targetEnd"])
        ends = span_of.get(source), span_of.get(target)
        if ends[0] not in index or ends[1] not in index or ends[0] == ends[1]:
            continue
        if relation["type"] == "IsSynonymOf":
            same[ends[1]] = ends[0]
        name = RELATIONS.get((relation["type"], kinds[source], kinds[target]))
        capitals = all(re.search(r"[A-Z]", mended.text[slice(*end)]) for end in ends if end)
        if name and (capitals or name == "leads"):
            found.append((index[ends[0]], name, index[ends[1]]))
    persons = {mended.text[slice(*span)] for span in actors}
    places = {span_of[s] for s, kind in kinds.items() if kind == "Location" and _named(text, s)}
    return PartialRecord(
        id=f"{SET}-{document['_id'][:8]}",
        text=mended.text,
        layers=LAYERS,
        mentions=tuple((*span, None, _first(span, same)) for span in actors),
        relations=tuple(sorted(set(found))),
        places=tuple(sorted(place for place in places if mended.text[slice(*place)] not in persons)),
        licence=licence,
        set=SET,
    )


def _unquoted(text: str) -> Iterable[tuple[int, int, str]]:
    """Undo the quoting of a table's cells that some paragraphs kept: marks around, and marks doubled inside."""
    for line in QUOTED_LINE.finditer(text):
        if '""' in line[0]:
            yield line.start(), line.start() + 1, ""
            yield line.end(1), line.end(1) + 1, ""
            yield from ((line.start(1) + m.start(), line.start(1) + m.end(), '"') for m in re.finditer('""', line[1]))


def _trimmed(text: str, span: Span) -> Span:
    """Without white space around, and without the article of a name."""
    start, end = span
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    article = re.match(r"(?:[Tt]he|[Aa]n?) (?=[A-Z])", text[start:end])
    return (start + article.end() if article else start), end


def _named(text: str, span: Span) -> bool:
    """Whether every word of a place but "of" and the like is a name; coordinates are none."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text[slice(*span)])
    names = [w for w in words if w.lower() not in ("the", "of", "al", "and")]
    return bool(names) and all(w[0].isupper() for w in names) and "°" not in text[slice(*span)]


def _first(span: Span, same: dict[Span, Span]) -> str | None:
    """One id for all mentions that are said to be the same."""
    if span not in same and span not in same.values():
        return None
    seen = {span}
    while span in same and same[span] not in seen:
        span = same[span]
        seen.add(span)
    return f"{span[0]}"

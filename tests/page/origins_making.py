"""A page of fictional reports of which some are copies of others, one of them spun and partly restored."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from marsad.origins import OriginRow, ReportStore, Survey
from marsad.page import write_page
from marsad.records import Actor, Claim, Passage, Record, Report, Source

sys.path.append(str(Path(__file__).parents[1] / "origins"))
from origins_texts import INDEPENDENT, ORIGINAL, OTHER, REPRINT, SPUN, parts

__all__ = ["COUNT", "TEXTS", "family", "family_page", "rows", "spun_record"]

TEXTS = {
    "wire": ORIGINAL, "gazette": REPRINT, "digest": f"😀 {SPUN}", "herald": INDEPENDENT,
    "weekly": "\n\n".join([*parts(ORIGINAL)[:4], *parts(OTHER)[:2]]), "courier": OTHER,
}  # fmt: skip
COUNT = "6 reports, 3 origins"
_DAYS = {"wire": 1, "herald": 1, "courier": 1, "gazette": 2, "digest": 3, "weekly": 4}
_READINGS = (("barrier", "checkpoint", 0.91), ("regional head", "provincial governor", 0.77))


def _at(text: str, words: str) -> Passage:
    start = text.index(words)
    return Passage(start, start + len(words))


def _record(name: str, trigger: str, **extra: Any) -> Record:
    text = TEXTS[name]
    who = (Actor("a1", "Red Front", "armed-group", (_at(text, "Red Front"),)),) if "Red Front" in text else ()
    event = Claim("e1", _at(text, trigger), "ASSAULT", actors=("a1",) if who else ())
    return Record(
        name, text, Source(f"The {name}"), f"Story of the {name}", f"2020-07-0{_DAYS[name]}",
        actors=who, events=(event,), extra={"language": "en", **extra},
    )  # fmt: skip


def spun_record() -> Record:
    """Reads as spun; two places are restored, one of them a fact's very words, one of them with a fact's inside."""
    text = TEXTS["digest"]
    restored = [
        {
            "start": _at(text, was).start, "end": _at(text, was).end, "reading": reading, "confidence": sure,
            "kind": "phrase", "by": "copy", "of": "wire", "reason": "the words around it are the same there",
            "alternatives": [{"reading": "roadblock", "confidence": 0.05}],
        }
        for was, reading, sure in _READINGS
    ]  # fmt: skip
    signs = [
        {"start": p.start, "end": p.end, "kind": "word", "found": p.of(text), "expected": was, "reason": "odd"}
        for p, was in ((_at(text, "daybreak"), "dawn"), (_at(text, "grasped"), None))
    ]
    passages = [{"start": 0, "end": text.index("\n"), "probability": 0.97}]
    spun = {"probability": 0.99, "passages": passages, "signs": signs}
    made = _record("digest", "assaulted", restored=restored, spun=spun)
    head = _at(text, "head")
    more = (
        Claim("e2", _at(text, "barrier"), "COERCE", actors=("a1",)),
        Claim("e3", head, "CONSULT"),
    )
    return Record(
        made.id, text, made.source, made.title, made.published,
        actors=made.actors, events=(*made.events, *more), extra=made.extra,
    )  # fmt: skip


def family() -> list[Record]:
    """The records of ``TEXTS``."""
    return [
        _record("wire", "attacked"), _record("gazette", "attacked"), spun_record(), _record("herald", "killed"),
        _record("weekly", "attacked"), _record("courier", OTHER.split()[3]),
    ]  # fmt: skip


def rows(records: Sequence[Record]) -> list[OriginRow]:
    """Their origins, as the command finds them."""
    with ReportStore() as store:
        survey = Survey(store, lambda text: 0.99 if "daybreak" in text else 0.01)
        survey.add(Report(r.id, r.text, r.title, r.published, r.source) for r in records)
        return list(survey.rows())


def family_page(folder: Path) -> str:
    """The page of these reports; its address."""
    path = folder / "family.html"
    records = family()
    write_page(records, path, "A raid", rows(records))
    return path.as_uri()

"""RAMS: five-sentence windows of news, each with one event and its arguments.

Source: Ebner et al. 2020, "Multi-Sentence Argument Linking" (CC BY-SA 4.0). Crowd-labelled and noisy: only
triggers whose words make the PLOVER type sure are taken, and only arguments that can be actors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from .folders import set_folder
from .partial import PartialEvent, PartialRecord
from .plover import actorlike, rule_for
from .tokens import join_sentences

__all__ = ["load"]

SET: Final = "rams"
TOWNS: Final = frozenset({"Smyrna", "Aleppo", "Paris", "Nagasaki", "Abu Kamal", "Daraya", "Omaha Beach"})
"""Places bombed or entered, which the set gives as targets; who was hit there it does not say."""
RELATIVE: Final = frozenset({"who", "which", "whom", "whose", "that"})
GROWN: Final = ("'s", "’s", "'ll", "’ll")
LONGEST: Final = 8
"""Words in an argument; longer ones are mostly clauses."""
LAYERS: Final = frozenset({"types-at", "roles-at"})


def load(folder: Path) -> Iterator[PartialRecord]:
    """The records of ``dev.jsonlines`` whose event has a PLOVER type."""
    folder = set_folder(folder, "rams")
    for line in (folder / "dev.jsonlines").read_text(encoding="utf-8").splitlines():
        record = _record(json.loads(line))
        if record is not None:
            yield record


def _record(window: dict[str, Any]) -> PartialRecord | None:
    text, nested = join_sentences(window["sentences"])
    places = [span for sentence in nested for span in sentence]
    first, last, ((kind, _), *_) = window["evt_triggers"][0]
    start, end = places[first][0], places[last][1]
    rule = rule_for(kind, text[start:end])
    # Capitalised triggers are mostly surnames and titles ("Slaughter"); those without an argument, mostly generic.
    if rule is None or text[start].isupper() or not window["gold_evt_links"]:
        return None
    roles = set()
    for _, (left, right), name in window["gold_evt_links"]:
        role = rule.roles.get(name.split("arg", 1)[1][2:])
        span = _name(text, places[left][0], places[right][1])
        overlaps = span[0] < end and start < span[1]
        phrase = text[slice(*span)]
        if role and not overlaps and actorlike(phrase) and _short(phrase):
            roles.add((role, *span))
    mentions = sorted({(s, e) for _, s, e in roles})
    return PartialRecord(
        id=f"{SET}-{window['doc_key']}",
        text=text,
        layers=LAYERS,
        mentions=tuple((s, e, None, None) for s, e in mentions),
        events=(PartialEvent(start, end, rule.type, tuple(sorted(roles))),),
        licence="CC BY-SA 4.0",
        set=SET,
    )


def _name(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without what was grown onto its last word."""
    for ending in GROWN:
        if text[start:end].endswith(ending):
            return start, end - len(ending)
    return start, end


def _short(phrase: str) -> bool:
    return phrase not in TOWNS and phrase.lower() not in RELATIVE and len(phrase.split()) <= LONGEST

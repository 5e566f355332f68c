"""MUC-4: reports of attacks in Latin America with, for each, who did it and to whom.

Source: the fourth Message Understanding Conference (NIST, public), as Du, Rush and Cardie 2021 gave it out. The
templates name fillers, no trigger: a trigger is taken where the sentence of a filler has exactly one word of the
incident's kind and no filler of another incident. The texts are all in one case; sentence beginnings get a
capital, names stay as they are (an uncased encoder sees no difference).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from .folders import set_folder
from .partial import PartialEvent, PartialRecord, Span
from .plover import actorlike

__all__ = ["load"]

SET: Final = "muc4"
LAYERS: Final = frozenset({"types-at", "roles-at"})
TRIGGERS: Final = {
    "kidnapping": r"kidnapp\w+|abduct\w+",
    "attack": r"attack(?:s|ed|ing)?|kill(?:ed|ing)|murder(?:s|ed|ing)?|assassinat(?:ed|ion|ions|ing)|massacred?|"
    r"ambush(?:ed)?",
    "bombing": r"bomb(?:ing|ings|ed)|explo(?:ded|sion|sions)|dynamit(?:ed|ing)|blew up|blast",
    "arson": r"burned|set fire|torched|arson",
}
ROLES: Final = {"PerpInd": "actor", "PerpOrg": "actor", "Victim": "recipient"}
SENTENCE: Final = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]?")


def load(folder: Path) -> Iterator[PartialRecord]:
    """The sentences of both parts in which a trigger stands with a filler."""
    folder = set_folder(folder, "muc4")
    for part in ("train", "dev"):
        for line in (folder / f"{part}.json").read_text(encoding="utf-8").splitlines():
            yield from _records(json.loads(line))


def _records(document: dict[str, Any]) -> Iterator[PartialRecord]:
    text: str = document["doctext"]
    fillers = [_fillers(text, template) for template in document["templates"]]
    for number, sentence in enumerate(SENTENCE.finditer(text)):
        inside = [
            (template["incident_type"], {f for f in found if sentence.start() <= f[1] and f[2] <= sentence.end()})
            for template, found in zip(document["templates"], fillers, strict=True)
        ]
        inside = [(kind, found) for kind, found in inside if found]
        if len(inside) == 1 and inside[0][0] in TRIGGERS:
            record = _record(f"{SET}-{document['docid']}-{number}", sentence, *inside[0])
            if record is not None:
                yield record


def _fillers(text: str, template: dict[str, Any]) -> set[tuple[str, int, int]]:
    """Role and place of every filler that can be an actor and stands in the text where the template says."""
    found = set()
    for slot, role in ROLES.items():
        for entity in template.get(slot, ()):
            for words, start in entity:
                if text[start : start + len(words)] == words and actorlike(words):
                    found.add((role, start, start + len(words)))
    return found


def _record(name: str, sentence: re.Match[str], kind: str, found: set[tuple[str, int, int]]) -> PartialRecord | None:
    shift = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
    text = " ".join(sentence[0].split())
    if text != sentence[0].strip():
        return None  # Broken lines: offsets would not hold
    triggers = list(re.finditer(rf"\b(?:{TRIGGERS[kind]})\b", text))
    if len(triggers) != 1 or len(text) > 600:
        return None
    outer = {f for f in found if not any(f != g and g[1] <= f[1] and f[2] <= g[2] and f[1:] != g[1:] for g in found)}
    roles: list[tuple[str, int, int]] = sorted((role, s - shift, e - shift) for role, s, e in outer)
    if any(s < triggers[0].end() and triggers[0].start() < e for _, s, e in roles):
        return None
    mentions: list[Span] = sorted({(s, e) for _, s, e in roles})
    return PartialRecord(
        id=name,
        text=text[0].upper() + text[1:],
        layers=LAYERS,
        mentions=tuple((s, e, None, None) for s, e in mentions),
        events=(PartialEvent(*triggers[0].span(), "ASSAULT", tuple(roles)),),
        licence="public (NIST)",
        set=SET,
    )

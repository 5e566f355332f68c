"""PLOVER's gold records: sentences of the CAMEO manual with one event, its source and its target.

Source: Open Event Data Alliance, PLOVER_GSR_CAMEO (CC BY-SA 4.0). The event's words are marked loosely; only those
are taken whose first word is the act itself. Types whose meaning here differs are left out: CONCEDE, threats that
are no words of threat, kidnappings and sabotage under COERCE.
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
from .speech import source_mention

__all__ = ["load"]

SET: Final = "plover_gsr"
LAYERS: Final = frozenset({"types-at", "roles-at"})
AUXILIARY: Final = frozenset(
    "has have had been be being was were is are will would to not the a an in of be with for between "
    "against up out by".split()
)
LIGHT: Final = frozenset(
    "said announced says called claims claimed took taken opened made launched began staged put held gave issued "
    "imposed carried must told set offered arrived prepared declined attempted stated".split()
)
FITTING: Final = {
    "ACCUSE": "accus|blam|condemn|su(?:e|ing)|critici|charg|denounc",
    "AGREE": "agree|promis|pledg|commit|accept",
    "AID": "provid|granted|donat|suppl|aid|sent",
    "ASSAULT": "kill|attack|tortur|beat|wound|shell|bomb|assassinat",
    "COERCE": "arrest|detain|curfew|ban|seiz",
    "CONSULT": "visit|host|met|meet|mediat|talk|negotiat",
    "COOPERATE": "shar|games|exercise|cooperat",
    "MOBILIZE": "mobili|deploy|order",
    "PROTEST": "demonstr|riot|protest|strike|march|block|rall",
    "REJECT": "reject|refus|dismiss|accept|deni|rebuff",
    "REQUEST": "demand|order|urg|ask|call|request|appeal",
    "RETREAT": "lift|surrender|resign|withdr|releas|freed",
    "SANCTION": "suspen|expel|sanction|cut|sever",
    "SUPPORT": "prais|defend|sign|establish|support|endors|back",
    "THREATEN": "threat|warn",
}
"""What the trigger of each type must begin with."""
OPENING: Final = re.compile(r"\(([A-Z/]+):\s*")


def load(folder: Path) -> Iterator[PartialRecord]:
    """The records of ``gsr_dev.json`` whose trigger is sure."""
    folder = set_folder(folder, "plover_gsr")
    for item in json.loads((folder / "gsr_dev.json").read_text(encoding="utf-8")):
        record = _record(item)
        if record is not None:
            yield record


def _record(item: dict[str, Any]) -> PartialRecord | None:
    text, spans = _read(_markup(item))
    kind = item["event_2021"]
    trigger = _trigger(text, [span for name, span in spans if name == "EVT"])
    if trigger is None or kind not in FITTING or not re.match(FITTING[kind], text[slice(*trigger)], re.IGNORECASE):
        return None
    roles = set()
    for name, span in spans:
        mention = source_mention(text, *span)
        for side, role in (("SRC", "actor"), ("TAR", "recipient")):
            if mention and side in name.split("/") and actorlike(text[slice(*mention)]):
                roles.add((role, *mention))
    return PartialRecord(
        id=f"{SET}-{item['id']}",
        text=text,
        layers=LAYERS,
        mentions=tuple((s, e, None, None) for s, e in sorted({(s, e) for _, s, e in roles})),
        events=(PartialEvent(*trigger, kind, tuple(sorted(roles))),),
        licence="CC BY-SA 4.0",
        set=SET,
    )


def _markup(item: dict[str, Any]) -> str:
    """The marked sentence; some records have it without the key."""
    info = item.get("textInfo", "")
    return str(info.get("markup", "") if isinstance(info, dict) else info)


def _read(markup: str) -> tuple[str, list[tuple[str, Span]]]:
    """The plain text and the marked spans with their names; marks may stand inside each other."""
    text, at = "", 0
    found: list[tuple[str, Span]] = []
    still: list[tuple[str, int]] = []
    while at < len(markup):
        opening = OPENING.match(markup, at)
        if opening:
            still.append((opening[1], len(text)))
            at = opening.end()
        elif markup[at] == ")" and still and still[-1][0] != "(":
            name, start = still.pop()
            found.append((name, (start, len(text))))
            at += 1
        else:
            if markup[at] == "(":
                still.append(("(", len(text)))
            elif markup[at] == ")" and still:
                still.pop()
            text += markup[at]
            at += 1
    return text, [(name, (s, e)) for name, (s, e) in found if text[s:e].strip() == text[s:e] != ""]


def _trigger(text: str, marked: list[Span]) -> Span | None:
    """The first word of the marked ones that is neither auxiliary nor empty of sense; a noun after an empty verb."""
    for number, (start, end) in enumerate(sorted(marked)[:2]):
        words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[\w'-]+", text[start:end])]
        words = [w for w in words if text[slice(*w)].lower() not in AUXILIARY]
        if number and len(words) > 2:
            return None
        if words and text[slice(*words[0])].lower() not in LIGHT:
            return words[-1] if number else words[0]
    return None

"""PLOVER's gold standard records: sentences with one event, its source and its target.

The labelled words stand in the sentence, so nothing depends on a dictionary of
actors: a source is right where the coder's event has an actor with a mention
that overlaps the words marked as source; a target likewise among recipients.
Either is right where none is marked and none is coded. The event is the coder's
one whose trigger overlaps the marked words, of the right type where there are
several; if none overlaps, any event of the right type in the sentence counts as
to type. Each sentence has one labelled event only, so precision cannot be
measured; how many events a sentence the coder gives is told beside it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from rows import Count, Row, Setting, overlap

from marsad.records import Claim, Record

NAME = "plover"
TITLE = "PLOVER gold standard records"

Spans = list[tuple[int, int]]

_MARK = re.compile(r"\(((?:SRC|TAR|EVT|LOC)(?:/(?:SRC|TAR|EVT|LOC))*):\s*")


@dataclass(slots=True)
class Sentence:
    """A sentence with the marked words of its event."""

    text: str = ""
    kind: str = ""
    marked: dict[str, Spans] = field(default_factory=lambda: {"SRC": [], "TAR": [], "EVT": [], "LOC": []})


def read(markup: str, kind: str) -> Sentence:
    """A sentence from its markup, ``(SRC: Libya) has (EVT: offered) ...``; marks nest, ``SRC/TAR`` is both."""
    sentence = Sentence(kind=kind)
    pieces: list[str] = []
    begun: list[tuple[list[str], int]] = []
    at = length = 0
    while at < len(markup):
        mark = _MARK.match(markup, at)
        if mark:
            begun.append((mark[1].split("/"), length))
            at = mark.end()
            continue
        letter = markup[at]
        at += 1
        if letter == "(":
            begun.append(([], length))
        elif letter == ")" and begun:
            roles, start = begun.pop()
            for role in roles:
                sentence.marked[role].append((start, length))
            if roles:
                continue
        pieces.append(letter)
        length += 1
    sentence.text = "".join(pieces)
    return sentence


def right(record: Record, claim: Claim, side: str, spans: Spans) -> bool:
    """The claim has on this side one of those who are marked, or nobody where nobody is."""
    ids = getattr(claim, side)
    if not spans or not ids:
        return not spans and not ids
    return any(overlap(spans, [m]) for actor in record.actors if actor.id in ids for m in actor.mentions)


def measure(setting: Setting) -> list[Row]:
    """The rows of this set. Raises Absent."""
    data = json.loads(setting.path("data", "plover_gsr", "gsr_dev.json").read_text(encoding="utf-8"))
    whole_items = [item for item in data if isinstance(item["textInfo"], dict)]
    sentences = [
        read(item["textInfo"]["markup"], item["event_2021"])
        for item in setting.unseen(NAME, whole_items, lambda i: str(i["id"]))
    ]
    typed, source, target, whole = Count(), Count(), Count(), Count()
    events = 0
    for sentence, record in zip(sentences, setting.code(s.text for s in sentences), strict=True):
        marked = sentence.marked
        at_words = [c for c in record.events if any(overlap(marked["EVT"], [t]) for t in c.triggers)]
        candidates = [c for c in at_words if c.type == sentence.kind] or [
            c for c in record.events if c.type == sentence.kind
        ]
        events += len(record.events)
        verdicts = [
            (right(record, c, "actors", marked["SRC"]), right(record, c, "recipients", marked["TAR"]))
            for c in candidates
        ]
        best = max(verdicts, key=sum, default=(False, False))
        for count, hit in ((typed, bool(candidates)), (source, best[0]), (target, best[1]), (whole, all(best))):
            count.gold += 1
            count.hits += hit
    of = f"{typed.gold} sentences"
    return [
        Row("type", "event type", typed.recall, f"{of} ({events / max(1, typed.gold):.1f} events coded a sentence)"),
        Row("source", "… and source", source.recall, of),
        Row("target", "… and target", target.recall, of),
        Row("record", "type, source and target", whole.recall, of),
    ]

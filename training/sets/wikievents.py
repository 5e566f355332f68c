"""WikiEvents: news and encyclopedia articles with KAIROS events and their arguments.

Source: Li, Ji and Han 2021, "Document-Level Event Argument Extraction by Conditional Generation" (MIT licence).
The set labels a chosen few happenings of a document, so nothing follows from an unlabelled word. Arguments that
are no persons, organisations or states (buildings, devices) give no role. Kinds are not given: PER covers
crowds, forces and professions too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from .cutting import cut
from .folders import set_folder
from .partial import PartialEvent, PartialRecord, Span
from .plover import rule_for

__all__ = ["load"]

SET: Final = "wikievents"
HELD_OUT: Final = frozenset({"road_ied_8", "scenario_en_113", "wiki_ied_bombings_9"})
"""Documents whose full records measure the coder; never to be trained on."""
ACTORS: Final = frozenset({"PER", "ORG", "GPE", "SID"})
NOT_ACTORS: Final = frozenset("who which whom whose that where there s".split())
DETERMINERS: Final = frozenset("the a an these those some several many two three four five six ten".split())
PRONOUNS: Final = frozenset("we i he she it they them him her us you me who his their its our my your".split())
LAYERS: Final = frozenset({"types-at", "roles-at", "role-negatives-at"})


def load(folder: Path) -> Iterator[PartialRecord]:
    """The records of ``dev.jsonl`` without the held-out documents."""
    folder = set_folder(folder, "wikievents")
    for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if document["doc_id"] not in HELD_OUT:
            yield from (piece for piece in cut(_record(document)) if piece.events)


def _record(document: dict[str, Any]) -> PartialRecord:
    text, words = _with_paragraphs(document["sentences"])
    mentions = {m["id"]: _mention(m, text, words) for m in document["entity_mentions"] if _acts(m)}
    return PartialRecord(
        id=f"{SET}-{document['doc_id']}",
        text=text,
        layers=LAYERS,
        mentions=tuple((s, e, None, None) for s, e in sorted(set(mentions.values()))),
        events=tuple(_events(document["event_mentions"], words, mentions)),
        licence="MIT",
        set=SET,
    )


def _with_paragraphs(sentences: Iterable[Any]) -> tuple[str, list[Span]]:
    """The text with the paragraph breaks that the set's own text lost, and where its words lie."""
    text, words = "", list[Span]()
    for tokens, sentence in sentences:
        gap = "\n" if text else ""
        shift = len(text) + len(gap) + sentence.index(tokens[0][0]) - tokens[0][1]
        text += gap + sentence
        words += [(start + shift, end + shift) for _, start, end in tokens]
    return text, words


def _acts(mention: dict[str, Any]) -> bool:
    return mention["entity_type"] in ACTORS and mention["text"].lower() not in NOT_ACTORS


def _mention(mention: dict[str, Any], text: str, words: list[Span]) -> Span:
    """The span of a mention; a description, of which the set marks the head alone, gets its determiner."""
    first = mention["start"]
    word = text[slice(*words[first])]
    before = text[slice(*words[first - 1])].lower() if first else ""
    if word.islower() and word not in DETERMINERS | PRONOUNS and before in DETERMINERS:
        first -= 1
    return words[first][0], words[mention["end"] - 1][1]


def _events(events: Iterable[dict[str, Any]], words: list[Span], mentions: dict[str, Span]) -> Iterator[PartialEvent]:
    for event in events:
        trigger = event["trigger"]
        rule = rule_for(event["event_type"], trigger["text"])
        if rule is None:
            continue
        roles = set()
        if set(rule.roles.values()) == {"actor", "recipient"}:
            for argument in event["arguments"]:
                role, span = rule.roles.get(argument["role"].lower()), mentions.get(argument["entity_id"])
                if role and span:
                    roles.add((role, *span))
        start, end = words[trigger["start"]][0], words[trigger["end"] - 1][1]
        yield PartialEvent(start, end, rule.type, tuple(sorted(roles)))

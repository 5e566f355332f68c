"""ECB+: news on a few dozen happenings, with actions that are the same within a report, and negated ones.

Source: Cybulska and Vossen 2014, "Using a sledgehammer to crack a nut?" (annotations CC BY 3.0; the texts are their
publishers'). Only the sentences that its makers checked are read. Chains were drawn for the happenings that a topic
is about, so an action or person without a chain has no id here, and nothing follows from that. An action that is
not marked as negated need not have happened.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from .cutting import cut
from .folders import set_folder
from .partial import Mention, PartialEvent, PartialRecord, Span
from .tokens import join_sentences

__all__ = ["load"]

SET: Final = "ecbplus"
LAYERS: Final = frozenset({"eventcoref", "coref-at", "status-at"})
NEGATED: Final = "NEG_ACTION_OCCURRENCE"
PERSONS: Final = ("HUMAN_PART_PER", "HUMAN_PART_ORG")
HEADING_MARKS: Final = frozenset({"http", "www", "@"})


def load(folder: Path) -> Iterator[PartialRecord]:
    """The checked sentences of every report, with what lies between them."""
    folder = set_folder(folder, "ecbplus")
    checked: dict[str, set[int]] = {}
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            checked.setdefault(f"{row['Topic']}_{row['File']}", set()).add(int(row["Sentence Number"]))
    for file in sorted((folder / "topics").glob("*/*.xml")):
        if file.stem in checked:
            record = _record(file.stem, ElementTree.fromstring(file.read_bytes()), checked[file.stem])
            yield from (piece for piece in cut(record) if len(piece.events) > 1)


def _record(name: str, root: ElementTree.Element, checked: set[int]) -> PartialRecord:
    sentences: dict[int, list[tuple[str, str]]] = {}
    for token in root.iter("token"):
        word = (token.text or "").strip()
        sentences.setdefault(int(token.get("sentence", "0")), []).append((token.get("t_id", ""), word))
    kept = [n for n in range(min(checked), max(checked) + 1) if n in sentences and not _heading(sentences[n])]
    text, spans = join_sentences([[word for _, word in sentences[n]] for n in kept])
    place = {
        key: (n, span)
        for n, row in zip(kept, spans, strict=True)
        for (key, _), span in zip(sentences[n], row, strict=True)
    }
    chain_of = _chains(root)
    events, mentions = dict[Span, PartialEvent](), dict[Span, Mention]()
    for markable in root.iterfind("Markables/*"):
        places = [place[t] for t in (a.get("t_id", "") for a in markable.iterfind("token_anchor")) if t in place]
        if not places or places[0][0] not in checked or not _whole(places, text):
            continue
        span = places[0][1][0], places[-1][1][1]
        chain = chain_of.get(markable.get("m_id", ""))
        if "ACTION" in markable.tag:
            denied = markable.tag == NEGATED and not text[span[0] :].lower().startswith("un")
            status = "did-not-happen" if denied else None
            events.setdefault(span, PartialEvent(*span, status=status, id=chain))
        elif markable.tag in PERSONS and chain is not None:
            mentions.setdefault(span, (*span, None, chain))
    return PartialRecord(
        id=f"{SET}-{name}",
        text=text,
        layers=LAYERS,
        mentions=tuple(mentions[s] for s in sorted(mentions)),
        events=tuple(events[s] for s in sorted(events) if events[s].id or events[s].status),
        licence="CC BY 3.0 (annotations)",
        set=SET,
    )


def _heading(sentence: list[tuple[str, str]]) -> bool:
    """Addresses and the like, which are no text."""
    return any(word in HEADING_MARKS for _, word in sentence)


def _whole(places: list[tuple[int, Span]], text: str) -> bool:
    """Whether a markable's words follow on each other; a split one has no span."""
    return all(not text[a[1] : b[0]].strip() for (_, a), (_, b) in pairwise(places))


def _chains(root: ElementTree.Element) -> dict[str, str]:
    """Markable -> the chain that it is in."""
    chains = {}
    for relation in root.iterfind("Relations/*"):
        chain = relation.get("note") or f"within-{relation.get('r_id')}"
        for source in relation.iterfind("source"):
            chains[source.get("m_id", "")] = chain
    return chains

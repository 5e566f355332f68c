"""ECB+, the usual development topics: which words tell of an event, and of the same one.

ECB+ labels every action, of crime reports and gossip too; Marsad only those of
PLOVER's sixteen types. So how many of the coder's triggers are labelled actions
is measured, not how many actions are found; and over the actions that both
have, whether they are put together within a document as the labels do
(B-cubed: the links alone). Only the sentences that the makers of ECB+ checked.
"""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from rows import Count, Row, Setting, Words, b_cubed, meet, share

NAME = "ecb"
TITLE = "ECB+ dev"
TOPICS = (2, 5, 12, 18, 21, 23, 34, 35)

Span = tuple[int, int]


@dataclass(slots=True)
class Document:
    """A report: its text, where its checked sentences stand, and its actions with their instance."""

    text: str
    checked: list[Span]
    actions: list[tuple[Span, str]]


def read(file: Path, checked: set[int]) -> Document:
    """One report; ``checked`` holds the numbers of its checked sentences."""
    root = ET.parse(file).getroot()
    words, place, sentence_of = Words(), {}, {}
    for number, token in enumerate(root.iter("token")):
        words.add(token.text or "")
        place[token.get("t_id")] = number
        sentence_of[number] = int(token.get("sentence") or 0)
    instance: dict[str | None, str] = {}
    for relations in root.iter("Relations"):
        for relation in relations:
            target = next((end.get("m_id") for end in relation if end.tag == "target"), None)
            for end in relation:
                if end.tag == "source" and target:
                    instance[end.get("m_id")] = target
    actions = []
    for markable in (m for markables in root.iter("Markables") for m in markables):
        numbers = sorted(place[a.get("t_id")] for a in markable.iter("token_anchor"))
        if numbers and ("ACTION" in markable.tag) and sentence_of[numbers[0]] in checked:
            name = markable.get("m_id") or ""
            same = instance.get(name, f"alone {name}")
            actions.append((words.passage(numbers[0], numbers[-1]), same))
    spans = [
        (min(words.spans[n][0] for n in inside), max(words.spans[n][1] for n in inside))
        for sentence in sorted(checked)
        if (inside := [n for n, s in sentence_of.items() if s == sentence])
    ]
    return Document(words.text, spans, actions)


def documents(folder: Path) -> list[Document]:
    """The reports of the development topics that have checked sentences."""
    checked: dict[tuple[str, str], set[int]] = {}
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            checked.setdefault((row["Topic"], row["File"]), set()).add(int(row["Sentence Number"]))
    wanted = [(t, f, s) for (t, f), s in sorted(checked.items()) if int(t) in TOPICS]
    files = ((folder / "topics" / topic / f"{topic}_{name}.xml", sentences) for topic, name, sentences in wanted)
    return [read(file, sentences) for file, sentences in files if file.exists()]


def measure(setting: Setting) -> list[Row]:
    """The rows of this set. Raises Absent."""
    reports = setting.some(documents(setting.path("data", "ecbplus")))
    labelled = Count()
    precision = recall = 0.0
    for report, record in zip(reports, setting.code(r.text for r in reports), strict=True):
        triggers = [
            ((t.start, t.end), claim.id)
            for claim in record.events
            for t in claim.triggers
            if any(s <= t.start and t.end <= e for s, e in report.checked)
        ]
        pairs = meet(report.actions, triggers, lambda g, s: share([g[0]], [s[0]]))
        labelled.system += len(triggers)
        labelled.gold += len(report.actions)
        labelled.hits += len(pairs)
        p, r = b_cubed([(report.actions[i][1], triggers[j][1]) for i, j in pairs])
        precision += p
        recall += r
    links = 100 * 2 * precision * recall / (precision + recall) / labelled.hits if labelled.hits else 0.0
    of = f"{labelled.system} triggers, {labelled.gold} labelled actions"
    return [
        Row("precision", "the coder's triggers that are labelled actions", labelled.precision, of),
        Row("b3", "same event, within a document: B-cubed over those found, F1", links, f"{labelled.hits} actions"),
    ]

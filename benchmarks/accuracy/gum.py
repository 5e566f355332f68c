"""GUM, news: which mentions are of whom, in Wikinews reports.

GUM marks every entity; Marsad only who acts, is acted upon or speaks. So
the people and organisations of GUM are what is expected, and precision is not
measured. A mention is found where one of the coder's covers its head (GUM's
minimal span) and does not reach out of it. Over the mentions that are found,
B-cubed says whether they are put together rightly: it is the quality of the
links alone, so it is no figure to hold against systems that are scored on
finding all mentions as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rows import Count, Row, Setting, Words, b_cubed, meet, overlap, share

NAME = "gum"
TITLE = "GUM news"

WANTED = frozenset({"person", "organization"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled mention: where it stands, where its head stands, and whom it means."""

    span: tuple[int, int]
    head: tuple[int, int]
    who: str


def read(file: Path) -> tuple[str, list[Mention]]:
    """The text of a report and its mentions of people and organisations."""
    words = Words()
    number = 0
    begun: list[tuple[str, str, str, int]] = []
    done: list[tuple[str, str, str, int, int]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and "_block" not in line:
            words.end_paragraph()
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 10 or not cells[0].isdigit():
            continue
        words.add(cells[1], blank_after="SpaceAfter=No" not in cells[9])
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for opened, whole, closed in re.findall(r"\(([^()]*)(\))?|([^()]+)\)", entity[1] if entity else ""):
            if closed:
                place = next(k for k in reversed(range(len(begun))) if begun[k][0] == closed)
                who, kind, least, first = begun.pop(place)
                done.append((who, kind, least, first, number))
                continue
            parts = opened.split("-")
            mention = (parts[0], parts[1], parts[5] if len(parts) > 5 else "1")
            if whole:
                done.append((*mention, number, number))
            else:
                begun.append((*mention, number))
        number += 1
    kinds: dict[str, set[str]] = {}
    for who, kind, *_ in done:
        kinds.setdefault(who, set()).add(kind)
    mentions = []
    for who, _, least, first, last in done:
        if kinds[who] & WANTED:
            heads = [first + int(n) - 1 for n in re.findall(r"\d+", least)] or [last]
            mentions.append(Mention(words.passage(first, last), words.passage(min(heads), min(max(heads), last)), who))
    return words.text, mentions


def value(gold: Mention, system: tuple[tuple[int, int], str]) -> float:
    """How well a mention of the coder's meets a labelled one; 0 where it does not."""
    start, end = system[0]
    covers = overlap([gold.head], [system[0]]) == gold.head[1] - gold.head[0]
    inside = gold.span[0] <= start and end <= gold.span[1]
    same = share([gold.span], [system[0]])
    return same if (covers and inside) or same >= 0.5 else 0.0


def measure(setting: Setting) -> list[Row]:
    """The rows of this set. Raises Absent."""
    files = sorted(setting.path("data", "gum_news", "dep").glob("*.conllu"))
    reports = [read(file) for file in setting.unseen(NAME, files, lambda f: f.stem)]
    found = Count()
    precision = recall = 0.0
    for (_, gold), record in zip(reports, setting.code(text for text, _ in reports), strict=True):
        system = [((m.start, m.end), actor.id) for actor in record.actors for m in actor.mentions]
        pairs = meet(gold, system, value)
        found.gold += len(gold)
        found.hits += len(pairs)
        p, r = b_cubed([(gold[i].who, system[j][1]) for i, j in pairs])
        precision += p
        recall += r
    links = 100 * 2 * precision * recall / (precision + recall) / found.hits if found.hits else 0.0
    of = f"{found.gold} mentions of people and organisations"
    return [
        Row("mention", "mention found", found.recall, of),
        Row("b3", "B-cubed over those found, F1", links, f"{found.hits} mentions"),
    ]

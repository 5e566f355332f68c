"""LitBank: who speaks each quotation in a hundred passages of novels.

All quotations count, also those that are not found. A speaker is right where
the actor to whom the coder gives the words has a mention which the labels give
to the character that speaks. Fiction is far from what Marsad is made for: whole
dialogues without "said", and speakers named only by who has spoken before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rows import Count, Row, Setting, Words, meet, overlap, share

NAME = "litbank"
TITLE = "LitBank"


@dataclass(slots=True)
class Passage:
    """One novel's passage: its text, quotations with speakers, and the mentions of each character."""

    text: str
    quotations: list[tuple[tuple[int, int], str]]
    mentions: dict[str, list[tuple[int, int]]]


def read(quotes: Path, conll: Path) -> Passage:
    """One passage from its files of quotations and of coreference, whose words agree line by line."""
    words = Words()
    starts: list[int] = []
    clusters: dict[str, list[tuple[int, int]]] = {}
    begun: dict[str, list[int]] = {}
    number = 0
    for line in conll.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            starts.append(number)
            continue
        cells = line.split("\t")
        words.add(cells[3])
        for piece in cells[-1].split("|"):
            name = re.sub(r"\D", "", piece)
            if piece.startswith("("):
                begun.setdefault(name, []).append(number)
            if piece.endswith(")"):
                clusters.setdefault(name, []).append((begun[name].pop(), number))
        number += 1
    sentences = sorted({0, *(start for start in starts if start < number)})
    found: dict[str, tuple[int, int]] = {}
    speakers: dict[str, str] = {}
    for line in quotes.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == "QUOTE":
            s1, w1, s2, w2 = map(int, cells[2:6])
            found[cells[1]] = (sentences[s1] + w1, sentences[s2] + w2)
        elif cells[0] == "ATTRIB":
            speakers[cells[1]] = cells[2].rsplit("-", 1)[-1]
    return Passage(
        words.text,
        [(words.passage(*span), speakers[name]) for name, span in found.items() if name in speakers],
        {name: [words.passage(*span) for span in spans] for name, spans in clusters.items()},
    )


def measure(setting: Setting) -> list[Row]:
    """The rows of this set. Raises Absent."""
    folder = setting.path("data", "litbank")
    files = setting.unseen(NAME, sorted((folder / "quotations_tsv").glob("*.ann")), lambda f: f.stem)
    passages = [read(file, folder / "coref_conll" / f"{file.stem}.conll") for file in files]
    found, right = Count(), Count()
    for passage, record in zip(passages, setting.code(p.text for p in passages), strict=True):
        quotes = [(s, [(min(c)[0], max(c)[1])]) for s in record.statements if (c := s.content)]
        mentions = {actor.id: actor.mentions for actor in record.actors}
        found.gold += len(passage.quotations)
        right.gold += len(passage.quotations)
        for i, j in meet(passage.quotations, quotes, lambda g, s: v if (v := share([g[0]], s[1])) >= 0.5 else 0.0):
            found.hits += 1
            character = passage.mentions.get(passage.quotations[i][1], [])
            speaker = mentions.get(quotes[j][0].speaker or "", ())
            right.hits += any(share([a], [b]) >= 0.5 for a in speaker for b in character if overlap([a], [b]))
    of = f"{found.gold} quotations"
    said = 100 * right.hits / found.hits if found.hits else 0.0
    return [
        Row("found", "quotation found (IoU ≥ .5)", found.recall, of),
        Row("speaker", "… and its speaker right", right.recall, of),
        Row("speaker-of-found", "speaker right, of those found", said, f"{found.hits} quotations"),
    ]

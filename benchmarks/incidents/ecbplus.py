"""ECB+: the actions of its checked sentences, each with the chain it belongs to.

Cybulska and Vossen 2014 (annotations CC BY 3.0; the texts are their publishers'). An action that stands in no chain is
one of its own. Split actions are read from their first piece to their last.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from marsad.records import Passage

__all__ = ["DEVELOPMENT", "Action", "Text", "texts"]

DEVELOPMENT: Final = frozenset((2, 5, 12, 18, 21, 23, 34, 35))
"""The topics that most who publish figures tune on; the shipped weights never saw them."""

_CLOSE: Final = frozenset([".", ",", ";", ":", "!", "?", ")", "''", "%", "'s", "'re", "'ve", "'ll", "'d", "'m", "n't"])
_OPEN: Final = frozenset(["(", "``", "$"])


@dataclass(frozen=True, slots=True)
class Action:
    """A labelled action: its first and last piece, and the name of the happening."""

    span: Passage
    chain: str


@dataclass(frozen=True, slots=True)
class Text:
    """A report of a topic. ``part`` is the topic with the seminal happening: ``1ecb`` and ``1ecbplus`` differ."""

    name: str
    topic: int
    part: str
    text: str
    actions: tuple[Action, ...]


def texts(folder: Path, topics: Collection[int] | None = None) -> Iterator[Text]:
    """The reports that have checked sentences, of some topics or of all that are there."""
    checked: dict[str, set[int]] = {}
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            checked.setdefault(f"{row['Topic']}_{row['File']}", set()).add(int(row["Sentence Number"]))
    for file in sorted((folder / "topics").glob("*/*.xml")):
        if file.stem in checked and (topics is None or int(file.parent.name) in topics):
            yield _text(file, checked[file.stem])


def _text(file: Path, checked: set[int]) -> Text:
    root = ElementTree.fromstring(file.read_bytes())
    pieces: list[str] = []
    place: dict[str, tuple[int, int, int]] = {}
    length, last = 0, -1
    for token in root.iter("token"):
        word, number = (token.text or "").strip(), int(token.get("sentence", "0"))
        gap = "" if not pieces else "\n" if number != last else "" if _joins(pieces[-1], word) else " "
        pieces += [gap, word]
        length += len(gap)
        place[token.get("t_id", "")] = (length, length + len(word), number)
        length, last = length + len(word), number
    chain = _chains(root, file.stem)
    actions = []
    for markable in root.iterfind("Markables/*"):
        spans = [place[t] for t in (a.get("t_id", "") for a in markable.iterfind("token_anchor")) if t in place]
        if "ACTION" in markable.tag and spans and spans[0][2] in checked:
            name = markable.get("m_id", "")
            span = Passage(min(s for s, _, _ in spans), max(e for _, e, _ in spans))
            actions.append(Action(span, chain.get(name, f"{file.stem} alone {name}")))
    topic = file.parent.name
    part = f"{topic}{'ecbplus' if 'plus' in file.stem else 'ecb'}"
    return Text(file.stem, int(topic), part, "".join(pieces), tuple(actions))


def _joins(before: str, word: str) -> bool:
    """Whether a word stands on without a space: marks, and the ends of words that the corpus cut off."""
    return word in _CLOSE or before in _OPEN


def _chains(root: ElementTree.Element, name: str) -> dict[str, str]:
    """Markable -> its chain. Chains within one report have numbers that are its own."""
    chains = {}
    for relation in root.iterfind("Relations/*"):
        note = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else None
        chain = note or f"{name} within {relation.get('r_id')}"
        for source in relation.iterfind("source"):
            chains[source.get("m_id", "")] = chain
    return chains

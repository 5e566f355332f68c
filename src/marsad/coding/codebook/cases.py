"""Examples as cases to learn from: each is a few words of a text, of which the likeliest for a type counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np

from marsad.coding.codebook.reading import Reading
from marsad.coding.encoder.encoder import Encoder
from marsad.coding.encoder.judgement import Floats
from marsad.ontology.codebook import Codebook, Example, alike, folded
from marsad.records import Passage

__all__ = ["Case", "Lexicon", "background", "cases"]

_RARE: Final = 6.0
"""Weight of a word that no background sentence has; common ones weigh less."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text: the rows of its candidate words, the stems beside each, and what the text is said to be.

    ``types`` are the numbers of the types that it tells of. ``told`` are the rows
    that tell of them. ``group`` is shared by copies of one sentence.
    ``kind`` is ``example``, ``counter`` or ``background``.
    """

    text: str
    kind: str
    types: frozenset[int]
    near: frozenset[int]
    rows: Floats
    stems: tuple[frozenset[str], ...]
    told: tuple[int, ...]
    group: int


class Lexicon:
    """The words that heads know, and how much each weighs by its rarity in the background."""

    def __init__(self, words: Sequence[str], weights: Floats) -> None:
        self.words = tuple(words)
        self.weights = weights
        self._place = {word: at for at, word in enumerate(self.words)}

    @classmethod
    def of(cls, found: Sequence[Case]) -> Lexicon:
        """The words that stand in at least two of the examples and counter-examples."""
        common: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        ordinary = 0
        for case in found:
            stems = frozenset[str]().union(*case.stems)
            if case.kind == "background":
                common.update(stems)
                ordinary += 1
            else:
                seen.update(stems)
        words = sorted(word for word, count in seen.items() if count > 1)
        weights = [min(_RARE, float(np.log((ordinary + 1) / (common[word] + 1)))) for word in words]
        return cls(words, np.array(weights, np.float32).clip(0.5))

    def rows(self, stems: Sequence[frozenset[str]]) -> Floats:
        """A row for each set of stems, one column a word; longer sentences are evened out."""
        out = np.zeros((len(stems), len(self.words)), np.float32)
        for row, mine in zip(out, stems, strict=True):
            known = [self._place[stem] for stem in mine if stem in self._place]
            if known:
                row[known] = self.weights[known] / (3.0 * np.sqrt(len(mine)))
        return out


def background() -> list[str]:
    """Ordinary sentences of conflict reporting, which are taken to be of no type of a user's."""
    lines = (files("marsad.coding.codebook") / "background.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def cases(codebook: Codebook, encoder: Encoder, ordinary: Sequence[str]) -> list[Case]:
    """Every different text of a codebook once, and the background sentences."""
    texts: dict[str, tuple[Example, set[int], set[int]]] = {}
    for number, kind in enumerate(codebook.types):
        for given, is_near in ((kind.examples, False), (kind.counter_examples, True)):
            for example in given:
                _, types, nears = texts.setdefault(folded(example.text), (example, set(), set()))
                (nears if is_near else types).add(number)
    for example in codebook.counter_examples:
        texts.setdefault(folded(example.text), (example, set(), set()))
    found = []
    groups = alike([example.text for example, _, _ in texts.values()])
    for (example, types, near), group in zip(texts.values(), groups, strict=True):
        kind_of = "example" if types else "counter"
        case = _case(encoder, example, kind_of, frozenset(types), frozenset(near), group)
        if case is not None:
            found.append(case)
    first = len(groups)
    for number, text in enumerate(text for text in ordinary if folded(text) not in texts):
        case = _case(encoder, Example(text), "background", frozenset(), frozenset(), first + number)
        if case is not None:
            found.append(case)
    return found


def _case(
    encoder: Encoder, example: Example, kind: str, types: frozenset[int], near: frozenset[int], group: int
) -> Case | None:
    reading = Reading(encoder, example.text)
    if reading.is_empty():
        return None
    spans = [span for number in range(len(reading.sentences)) for span in reading.candidates(number)]
    marks = [Passage(*mark) for mark in example.marks]
    if marks:
        told = tuple(range(len(marks)))
        spans = marks + [span for span in spans if not any(span.start < m.end and m.start < span.end for m in marks)]
    else:
        none = reading.judgement.means("trigger", spans)[:, 0]
        told = (int(np.argmin(none)),)
    stems = {number: reading.stems(number) for number in range(len(reading.sentences))}
    return Case(
        text=example.text,
        kind=kind,
        types=types,
        near=near,
        rows=reading.rows(spans),
        stems=tuple(stems[reading.sentence_at(span.start)] for span in spans),
        told=told,
        group=group,
    )

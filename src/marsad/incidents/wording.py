"""How a report words a happening: the trigger, its sentence, what the report is about; by its characters alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from marsad.coding.codebook.passages import sentences
from marsad.coding.words import PLAIN_WORD
from marsad.incidents.words import SMALL, Terms, key, kinds, lemmas, rarity, stem, terms
from marsad.records import Passage

__all__ = ["ReportWords", "Wording"]

_ABOUT: Final = 60
"""Words of a report that are kept as what it is about: those of the greatest weight."""
_LONGEST: Final = 40_000
"""Words of a report that are looked at."""
_NEAR: Final = 5
"""Words before and after a trigger that are close to it: its subject and object, most often."""
_PARTICLES: Final = frozenset("in into out up over off down on to for with away back at of from by".split())


@dataclass(frozen=True, slots=True)
class Wording:
    """What two tellings are compared by, as far as words go.

    ``trigger`` is the word that names the act, ``lemmas`` and ``stems`` are those of all triggers, ``classes`` what
    these are kinds of (WordNet), ``rarity`` says how seldom the commonest is met. ``near`` are the words close to it,
    ``around`` those of its sentence, ``about`` those of its report; ``names`` and ``numbers`` stand in the sentence.
    """

    trigger: str
    lemmas: frozenset[str]
    stems: frozenset[str]
    classes: frozenset[str]
    rarity: float
    near: Terms
    around: Terms
    about: Terms
    names: frozenset[str]
    numbers: frozenset[str]


class ReportWords:
    """The words of one report, from which the wording of each of its tellings is made. Raises ModelError."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = [m.span() for _, m in zip(range(_LONGEST), PLAIN_WORD.finditer(text), strict=False)]
        self._spans = found
        self._starts = [start for start, _ in found]
        self._keys = [key(text[start:end]) for start, end in found]
        self._sentences = sentences(text)
        self._sentence_starts = [sentence.start for sentence in self._sentences]
        self.about = terms((one for one in self._keys if _counts(one)), _ABOUT)

    def wording(self, triggers: Sequence[Passage]) -> Wording:
        """The wording of a telling by its triggers, the most informative first."""
        heads = [self._head(passage) for passage in triggers]
        known = frozenset(one for head in heads for one in lemmas(head))
        number = max(0, bisect_right(self._sentence_starts, triggers[0].start) - 1)
        first = self._sentences[number] if self._sentences else triggers[0]
        at = bisect_left(self._starts, triggers[0].start)
        near, around, names, numbers = [], [], set(), set()
        for number in range(bisect_left(self._starts, first.start), bisect_left(self._starts, first.end)):
            start, end = self._spans[number]
            if any(passage.start <= start < passage.end for passage in triggers):
                continue
            word, known_as = self._text[start:end], self._keys[number]
            if word[0].isdigit():
                numbers.add(word)
            elif word[0].isupper() and start != first.start:
                names.add(known_as)
            if _counts(known_as):
                around.append(known_as)
                if abs(number - at) <= _NEAR:
                    near.append(known_as)
        return Wording(
            heads[0], known, frozenset(map(stem, known)), frozenset(c for one in known for c in kinds(one)),
            min((rarity(one) for one in known), default=0.0),
            terms(near), terms(around), self.about, frozenset(names), frozenset(numbers),
        )  # fmt: skip

    def _head(self, passage: Passage) -> str:
        """The word of a trigger that names the act: the last one that is no particle."""
        words = [m.group() for m in PLAIN_WORD.finditer(self._text, *passage)]
        while len(words) > 1 and words[-1].lower() in _PARTICLES:
            words.pop()
        return words[-1] if words else passage.of(self._text)


def _counts(word: str) -> bool:
    return len(word) > 1 and word not in SMALL

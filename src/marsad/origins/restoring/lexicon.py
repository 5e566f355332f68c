"""Names, titles and set phrases that a garbled one may have been."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from marsad.knowledge import Knowledge, own_places
from marsad.origins.restoring.change import ChangeKind
from marsad.origins.spun.tables import shipped

__all__ = ["SMALL", "Lexicon", "Phrase", "words_of"]

_FILE: Final = Path(__file__).parent / "phrases.tsv"
SMALL: Final = frozenset(
    "a al an and as at by de del du el el- for from ibn in is its la le los of on or the this to with".split()
)
"""Words that spinners leave alone; they must agree, and are no evidence."""
WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*")
_LONGEST: Final = 12
_KINDS: Final[dict[str, ChangeKind]] = {"usual": "phrase", "phrase": "phrase", "title": "title", "name": "name"}


def words_of(text: str) -> list[tuple[int, int]]:
    """Where the words of letters stand; hyphens belong to a word, "'s" does not."""
    return [found.span() for found in WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A known phrase: its words as they are written and in lower case, and in how many reports it was seen."""

    written: tuple[str, ...]
    words: tuple[str, ...]
    kind: ChangeKind
    reports: int
    source: str
    """Where it is from: ``knowledge`` (actor packs, places), ``listed`` (titles, set phrases and places), ``counted``
    (in reports)."""

    country: str | None = None
    """ISO code of the country of whom or what it names."""
    chief: bool = False
    """It is the name that those whom it names go by first."""


class Lexicon:
    """Known phrases by their words."""

    def __init__(self, phrases: Iterable[Phrase], countries: Mapping[str, str] | None = None) -> None:
        """``countries``: words that tell which country a text speaks of -> its ISO code."""
        self._countries: Final = dict(countries or {})
        self.known: Final[dict[tuple[str, ...], Phrase]] = {}
        for phrase in phrases:
            before = self.known.setdefault(phrase.words, phrase)
            named = before if before.kind == "name" or phrase.kind != "name" else phrase
            most = max(before.reports, phrase.reports)
            self.known[phrase.words] = named if named.reports == most else replace(named, reports=most)
        by_word: dict[str, list[tuple[Phrase, int]]] = defaultdict(list)
        for phrase in self.known.values():
            for place, word in enumerate(phrase.words):
                if word not in SMALL:
                    by_word[word].append((phrase, place))
        self.by_word: Final = dict(by_word)
        """Each word that is not small -> the phrases that have it, and where."""

    @classmethod
    def load(cls, knowledge: Knowledge) -> Lexicon:
        """The shipped phrases, and the names of ``knowledge``. Raises ModelError when the shipped ones are missing."""
        listed = shipped(_listed, _FILE.name, folder=_FILE.parent)
        names = [
            (name, actor.country, name == actor.name) for actor in knowledge.actors.values() for name in actor.surfaces
        ]
        names += [(name, place.country, name == place.name) for place in own_places() for name in place.names]
        found = (_name(*name) for name in names)
        return cls([*filter(None, found), *listed], _countries(knowledge))

    def countries_in(self, text: str) -> frozenset[str]:
        """ISO codes of the countries that a text names, or whose people or adjective it has."""
        words = {text[start:end] for start, end in words_of(text)}
        return frozenset(code for word, code in self._countries.items() if word in words)


def _countries(knowledge: Knowledge) -> dict[str, str]:
    """Single words that tell a country."""
    people = (*knowledge.by_adjective.items(), *knowledge.by_people.items())
    found = {word: knowledge.actors[actor].country for word, actor in people}
    states = (actor for actor in knowledge.actors.values() if actor.kind == "state")
    found |= {name: actor.country for actor in states for name in actor.surfaces if " " not in name}
    return {word: code for word, code in found.items() if code}


def _listed(table: str) -> list[Phrase]:
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return [_phrase(text, kind, reports) for text, kind, reports in rows]


def _phrase(text: str, kind: str, reports: str) -> Phrase:
    written = tuple(text.split(" "))
    return Phrase(
        written,
        tuple(w.lower() for w in written),
        _KINDS[kind],
        int(reports),
        "counted" if kind == "usual" else "listed",
    )


def _name(text: str, country: str | None, chief: bool) -> Phrase | None:
    """A name of several Latin words, without a leading article."""
    written = [text[start:end] for start, end in words_of(text)]
    if written and written[0].lower() == "the":
        written = written[1:]
    if not 2 <= len(written) <= _LONGEST or " ".join(written) not in text or not text.isascii():
        return None
    kind: ChangeKind = "name" if any(word[0].isupper() for word in written) else "phrase"
    return Phrase(tuple(written), tuple(word.lower() for word in written), kind, 0, "knowledge", country, chief)

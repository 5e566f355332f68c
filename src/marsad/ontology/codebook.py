"""Codebooks of users: event types of their own, each with a definition and example sentences.

A codebook is written by hand; ``docs/codebooks.md`` describes its files, and
:mod:`marsad.ontology.codebookfiles` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from marsad.errors import CodebookError
from marsad.vocabulary import EVENT_TYPES

__all__ = ["FEW", "LEAST", "Codebook", "Example", "UserType", "alike", "folded", "remarks"]

LEAST: Final = 5
"""Examples of a type without which nothing can be learned of it."""
FEW: Final = 10
"""Examples of a type below which its figures mean little."""
LONGEST_TEXT: Final = 2_000
"""Characters of one example: a sentence or two, not a report."""
LONGEST_NAME: Final = 80
MOST_TYPES: Final = 40
MOST_EXAMPLES: Final = 4_000
_ALIKE: Final = 0.5
"""Share of common word triples from which on two examples are copies of one sentence."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence or two. ``marks`` are the words that tell of the event, as half-open pairs of code points."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class UserType:
    """An event type of a user's own. ``parent`` is the PLOVER type that all its events have, where there is one.

    ``counter_examples`` tell of something that is near to the type, and not it.
    """

    name: str
    definition: str
    examples: tuple[Example, ...]
    counter_examples: tuple[Example, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """Event types of a user, and sentences that are of none of them. Raises CodebookError where they make no sense."""

    name: str
    types: tuple[UserType, ...]
    counter_examples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        _check_name(self.name, "the codebook")
        if not self.types:
            raise CodebookError(f"codebook {self.name!r} has no types: add a [[type]] with name and examples")
        if len(self.types) > MOST_TYPES:
            raise CodebookError(f"codebook {self.name!r} has {len(self.types)} types: give at most {MOST_TYPES}")
        if (count := sum(1 for _ in self.examples())) > MOST_EXAMPLES:
            raise CodebookError(f"codebook {self.name!r} has {count} examples: give at most {MOST_EXAMPLES}")
        names: set[str] = set()
        for kind in self.types:
            _check_name(kind.name, "a type")
            if kind.name.casefold() in names:
                raise CodebookError(f"two types are called {kind.name!r}: put their examples together or rename one")
            names.add(kind.name.casefold())
            if kind.parent is not None and kind.parent not in EVENT_TYPES:
                raise CodebookError(
                    f"type {kind.name!r}: its parent {kind.parent!r} is no PLOVER type: "
                    f"leave it out or take one of {', '.join(EVENT_TYPES)}"
                )
            if not kind.examples:
                raise CodebookError(f"type {kind.name!r} has no examples: give ten to fifty sentences that tell of it")
            both = {folded(e.text) for e in kind.examples} & {folded(e.text) for e in kind.counter_examples}
            if both:
                raise CodebookError(f"type {kind.name!r}: both an example and a counter-example: {min(both)[:80]!r}")
        for text in (example.text for example in self.examples()):
            if not text.strip():
                raise CodebookError(f"codebook {self.name!r}: an example is empty: remove it")
            if len(text) > LONGEST_TEXT:
                raise CodebookError(
                    f"codebook {self.name!r}: an example has {len(text)} characters: "
                    f"give the sentence that tells of the event, at most {LONGEST_TEXT}: {text[:60]!r}"
                )

    def examples(self) -> Iterator[Example]:
        """All examples and counter-examples, in order."""
        for kind in self.types:
            yield from kind.examples
            yield from kind.counter_examples
        yield from self.counter_examples


def remarks(codebook: Codebook) -> list[str]:
    """What a user should know before training, one line each: too few examples, copies, texts of two types."""
    found = []
    seen: dict[str, str] = {}
    for kind in codebook.types:
        texts = {folded(example.text) for example in kind.examples}
        count = len(texts)
        if count < LEAST:
            found.append(f"{kind.name}: {count} examples: too few to train, give at least {LEAST}")
        elif count < FEW:
            found.append(f"{kind.name}: {count} examples are few: its figures will mean little below {FEW}")
        if len(kind.examples) > count:
            found.append(f"{kind.name}: {len(kind.examples) - count} examples stand there twice: they count once")
        if not kind.definition.strip():
            found.append(f"{kind.name}: no definition: say in a sentence what belongs to it and what does not")
        if not kind.counter_examples and not codebook.counter_examples:
            found.append(
                f"{kind.name}: no counter-examples: what is near to it and not it (another target, another act) "
                "cannot be told apart"
            )
        for text in sorted(texts):
            if text in seen:
                found.append(f"{kind.name} and {seen[text]} share an example: {text[:70]!r}: it counts for both")
            seen.setdefault(text, kind.name)
    return found


def folded(text: str) -> str:
    """A text without differences of case and white space."""
    return " ".join(text.split()).casefold()


def alike(texts: list[str]) -> list[int]:
    """For each text the number of its group: copies of one sentence with a word or two changed are one group."""
    triples = [_triples(text) for text in texts]
    where: dict[tuple[str, ...], list[int]] = {}
    group = list(range(len(texts)))
    for number, mine in enumerate(triples):
        common: dict[int, int] = {}
        for triple in mine:
            for other in where.setdefault(triple, []):
                common[other] = common.get(other, 0) + 1
            where[triple].append(number)
        for other, shared in common.items():
            if shared >= _ALIKE * min(len(mine), len(triples[other])):
                low, high = sorted((group[number], group[other]))
                group = [low if g == high else g for g in group]
    return group


def _triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", folded(text))
    return {tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))}


def _check_name(name: str, what: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise CodebookError(f"{what} is called {name[:90]!r}: give it a name of 1 to {LONGEST_NAME} plain characters")

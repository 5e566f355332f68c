"""Words as they are compared: without endings, weighted by how seldom they are met."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from marsad.coding.lemmas import lemma
from marsad.coding.wordclasses import classes
from marsad.coding.words import PLAIN_WORD
from marsad.errors import ModelError

__all__ = ["SMALL", "Terms", "alike", "key", "keys", "kinds", "lemmas", "rarity", "stem", "terms"]

Terms = Mapping[str, float]
"""Words by their weight, to four decimals; the weights' squares sum to 1."""

_ENDING: Final = re.compile(
    r"(?:ations?|itions?|tions?|sions?|ions?|ments?|ings?|ers?|ors?|als?|ance|ence|ed|es|s|e|y)\Z"
)
_NEAREST: Final = 2
_STEM: Final = 6
"""Letters of a stem that count: retaliate and retaliation meet."""
SMALL: Final = frozenset(
    """a an the this that these those some any each every no all both either neither another such what which who whom
    whose i you he she it we they me him her us them my your his its our their himself herself itself themselves am is
    are was were be been being have has had having do does did doing will would shall should can could may might must
    of in on at by for with from to into onto upon about against between among through during before after above below
    under over near within without along across behind beyond toward towards around off out up down since until till
    as than like per via and or but nor so yet if because although though while when where why how whether unless once
    not there here then also too very more most less least only just even still already again ever never now one two
    other own same s t re ve ll d m say tell accord mr mrs ms new year day week month time people make take get go
    come""".split()
)
"""Words that tell nothing of what a report is about."""


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> frozenset[str]:
    """The lemmas that a word may have, as a verb and as a noun: killings is killing, and kill."""
    lower = word.lower()
    noun = _singular(lower)
    return frozenset({lower, noun, _base(lower), _base(noun)})


def _singular(word: str) -> str:
    return lemma(word, "NOUN", "NNS") if word.endswith("s") else word


def _base(word: str) -> str:
    return lemma(word, "VERB", "VBD")


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """Under which a word counts: in lower case, without possessive and the ending of a plural or verb."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if not lower.isalpha() or len(lower) < 4:
        return lower
    singular = _singular(lower)
    return _base(singular) if singular == lower else singular


def keys(text: str) -> list[str]:
    """The keys of the words of a text, in order."""
    return [key(word) for word in PLAIN_WORD.findall(text)]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The beginning that a verb shares with the noun made from it."""
    cut = _ENDING.sub("", word) if len(word) > 5 else word
    return (cut if len(cut) >= 4 else word)[:_STEM]


@lru_cache(maxsize=100_000)
def kinds(word: str) -> frozenset[str]:
    """What a lemma is a kind of, by the nearest classes of its first sense as a verb and as a noun."""
    return frozenset(name for pos in ("VERB", "NOUN") for name in classes(word, pos)[1][:_NEAREST])


@cache
def _known() -> tuple[dict[str, float], float]:
    """The rarity of the words of ``models/words.tsv``, and of one that does not stand there."""
    try:
        lines = (files("marsad.incidents") / "models/words.tsv").read_text(encoding="utf-8").split("\n")
        rows = [line.split("\t") for line in lines if line]
        table = {word: int(steps) / 10 for word, steps in rows}
        return table, table["*"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"incidents/models/words.tsv is missing or malformed ({error}): reinstall marsad") from error


def rarity(word: str) -> float:
    """How seldom a word is met: the logarithm of one over the part of reports that has it, 0 to 8."""
    table, unknown = _known()
    return table.get(word, unknown)


def terms(words: Iterable[str], most: int = 0) -> Terms:
    """Words weighted by rarity and count; the ``most`` weightiest only, where it is given. Raises ModelError."""
    weights = {word: (1.0 + math.log(count)) * rarity(word) for word, count in Counter(words).items()}
    if most and len(weights) > most:
        weights = dict(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: round(weight / length, 4) for word, weight in weights.items()} if length else {}


def alike(one: Terms, other: Terms) -> float:
    """The cosine of two sets of weighted words, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[word] for word, weight in one.items() if word in other])

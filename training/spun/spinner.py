"""What an article spinner does to a text, in many manners: from a few apt swaps to every word by any sense.

Words outside quotations and names give way to other words for one of their senses, in the same form. Real spinners
know no word classes: a manner says how often the sense, or the class, is one that is not meant. Nothing here has its
words from any spun text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from senses import Form, Senses, bent, respelt

__all__ = ["Edit", "Manner", "Swap", "capital", "edits_of", "manner", "quoted", "spin"]

QUOTED: Final = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?|(?<!\w)‘[^’\n]*’(?!\w)|«[^»\n]*»?")
WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
STAY: Final = frozenset(
    "a about after all also am among an and any are as at be because been before being both but by can could did do "
    "does doing down during each few for from had has have having he her here hers him his how i if in into is it its "
    "just may me might more most must my no nor not of off on one only or other our out over own said same say says "
    "shall she should so some such than that the their them then there these they this those three through to too two "
    "under until up us very was we were what when where which while who whom whose why will with would you your "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december".split()
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a spinner goes about it; all are shares from 0 to 1.

    ``words``: of the words that can be swapped. ``says``: whether plain reporting verbs are swapped too. ``astray``: of
    the swaps that take any sense of any class rather than the first of the likeliest. ``far``: of the swaps that go on
    from there to a synonym's synonym by any sense. ``usual``: of the swaps that take the commonest of the words for a
    sense rather than any. ``steady``: whether one word gives way to the same
    word throughout a text. ``names``: of the words of names that are words of the dictionary too.
    """

    words: float
    astray: float
    far: float
    usual: float
    steady: bool
    names: float
    says: float
    apt: bool = False
    """Only words swap that have the sense among their own first three, as careful spinners choose them."""
    small: float = 0.0
    """Of the small words and turns of phrase that can be swapped."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Code points ``[start, end)`` of the spun text, and the word that stood there."""

    start: int
    end: int
    was: str


Edit = tuple[int, int, str]
"""Code points ``[start, end)`` of a text give way to these."""


def edits_of(spun: str, swaps: Sequence[Swap]) -> list[Edit]:
    """The swaps, in their order, in places of the text that was spun."""
    found, shift = [], 0
    for swap in swaps:
        start = swap.start + shift
        end = start + len(swap.was)
        shift += len(swap.was) - (swap.end - swap.start)
        found.append((start, end, spun[swap.start : swap.end]))
    return found


def manner(rng: random.Random) -> Manner:
    """Some manner, weak to strong, careless or careful."""
    if rng.random() < 0.4:
        return Manner(
            words=rng.uniform(0.4, 0.95),
            astray=rng.choice((0.0, 0.1)),
            far=0.0,
            usual=rng.choice((0.0, 0.4, 0.8)),
            steady=rng.random() < 0.5,
            names=0.0,
            says=rng.choice((0.0, 0.5)),
            apt=True,
            small=rng.choice((0.0, 0.4, 0.7)),
        )
    return Manner(
        words=rng.uniform(0.25, 0.9),
        astray=rng.choice((0.1, 0.3, 0.6, 1.0)),
        far=rng.choice((0.0, 0.1, 0.3)),
        usual=rng.choice((0.0, 0.4, 0.8)),
        steady=rng.random() < 0.6,
        names=rng.choice((0.0, 0.3, 0.6)),
        says=rng.choice((0.0, 0.5, 1.0)),
    )


def quoted(text: str) -> list[bool]:
    """For each code point whether it stands in a quotation."""
    shut = [False] * (len(text) + 1)
    for found in QUOTED.finditer(text):
        shut[found.start() : found.end()] = [True] * (found.end() - found.start())
    return shut


SMALL: Final = {
    "also": ("additionally", "likewise", "furthermore"), "because": ("since", "due to the fact that"),
    "but": ("nevertheless", "yet"), "about": ("approximately", "regarding"), "after": ("following", "subsequent to"),
    "before": ("prior to", "previous to"), "many": ("numerous", "plenty of", "lots of"), "some": ("several", "a few"),
    "most": ("the majority of", "nearly all"), "only": ("merely", "solely"), "now": ("currently", "presently"),
    "when": ("once", "while"), "while": ("whereas", "although"), "during": ("throughout", "amid"),
    "through": ("via", "by way of"), "more": ("additional", "extra"), "such": ("these kinds of",), "until": ("till",),
    "under": ("beneath", "underneath"), "between": ("among", "in between"), "however": ("nonetheless", "still"),
    "near": ("close to", "nearby"), "very": ("extremely", "really"), "just": ("simply", "merely"),
    "over": ("above", "in excess of"), "each": ("every",), "any": ("whatever", "any type of"), "other": ("different",),
    "against": ("versus", "towards"), "if": ("in case", "whether or not"), "may": ("might", "could"),
    "all": ("every one of", "the entire"), "like": ("such as", "similar to"), "then": ("afterwards", "after that"),
}  # fmt: skip
"""Small words, and what spinners make of them."""


def capital(new: str, old: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


class _Choice:
    def __init__(
        self, senses: Senses, forms: dict[str, list[Form]], counts: dict[str, int], how: Manner, rng: random.Random
    ) -> None:
        self.senses, self.forms, self.counts, self.how, self.rng = senses, forms, counts, how, rng
        self.made: dict[str, str | None] = {}

    def __call__(self, word: str) -> str | None:
        if self.how.steady and word in self.made:
            return self.made[word]
        made = self.made[word] = self.other(word)
        return made

    def other(self, word: str) -> str | None:
        rng, how = self.rng, self.how
        analyses = self.forms.get(word, [])
        if not analyses or rng.random() > how.words:
            return None
        if rng.random() < how.astray:
            lemma, pos, tag = rng.choice(analyses)
            words = [w for sense in self.senses.get((lemma, pos), []) for w in sense]
        else:
            lemma, pos, tag = max(analyses, key=lambda a: len(self.senses.get((a[0], a[1]), [])))
            words = next((sense for sense in self.senses.get((lemma, pos), []) if sense), [])
        if how.apt:
            words = [w for w in words if any(lemma in sense for sense in self.senses.get((w, pos), [])[:3])]
        if words and rng.random() < how.far:
            via = rng.choice(words)
            words = [w for sense in self.senses.get((via, pos), []) for w in sense if w != lemma] or words
        words = [w for w in words if " " in w or self.counts.get(w, 0) > 20_000]
        if not words:
            return None
        usual = max(words, key=lambda w: self.counts.get(w, 0))
        chosen = usual if rng.random() < how.usual else rng.choice(words)
        form = bent(chosen, tag)
        return form if form and respelt(form) != respelt(word) else None


def _blended(first: Mapping[str, Sequence[str]], then: _Choice, rng: random.Random) -> Callable[[str], str | None]:
    """A choice that looks a word up in a dictionary before it asks the thesaurus."""

    def choose(word: str) -> str | None:
        if word in first and (word not in then.made or not then.how.steady):
            then.made[word] = rng.choice(first[word]) if rng.random() < then.how.words else None
            return then.made[word]
        return then(word)

    return choose


def spin(
    text: str,
    senses: Senses,
    forms: dict[str, list[Form]],
    counts: dict[str, int],
    how: Manner,
    rng: random.Random,
    first: Mapping[str, Sequence[str]] | None = None,
) -> tuple[str, list[Swap]]:
    """The text spun, and its swaps. Words in ``first`` give way to the words there, whatever their senses."""
    by_sense = _Choice(senses, forms, counts, how, rng)
    choose = _blended(first, by_sense, rng) if first else by_sense
    shut = quoted(text)
    pieces: list[str] = []
    swaps: list[Swap] = []
    at = length = 0
    for found in WORD.finditer(text):
        start, end = found.span()
        word = found[0]
        lower = word.lower()
        if shut[start] or "'" in word or "’" in word:
            continue
        if lower in SMALL and how.small and not word.isupper() and rng.random() < how.small:
            new = capital(rng.choice(SMALL[lower]), word)
            pieces += (text[at:start], new)
            length += start - at
            swaps.append(Swap(length, length + len(new), word))
            length += len(new)
            at = end
            continue
        if lower in STAY and not (lower in ("said", "says") and rng.random() < how.says):
            continue
        before = text[:start].rstrip(" \"“”'‘’(")
        opens = not before or before[-1] in ".!?:\n"
        if word[0].isupper() and not opens and (word.isupper() or rng.random() > how.names):
            continue
        if opens and word[0].isupper() and text[end : end + 2].strip()[:1].isupper() and rng.random() > how.names:
            continue
        new = choose(lower)
        if new is None:
            continue
        new = capital(new, word)
        pieces += (text[at:start], new)
        length += start - at
        swaps.append(Swap(length, length + len(new), word))
        length += len(new)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), swaps

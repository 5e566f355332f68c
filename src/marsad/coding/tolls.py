"""How many were killed and injured: counts in figures and words, ranges, "at least" and "up to"."""

from __future__ import annotations

import re
from typing import Final

from marsad.coding.document import Document, Word
from marsad.records import Toll

__all__ = ["number_of", "toll", "toll_words"]

KILLED: Final = frozenset(
    "kill die dead slay murder massacre execute perish death fatality behead slaughter lynch assassinate".split()
)
INJURED: Final = frozenset("wound injure hurt injury casualty maim".split()) - {"casualty"}

_UNITS: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES: Final = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_AT_LEAST: Final = frozenset(
    ("at least", "more than", "over", "no fewer than", "not less than", "no less than", "upwards of", "another")
)
_AT_MOST: Final = frozenset(("up to", "as many as", "at most", "fewer than", "less than", "nearly", "almost", "under"))
_FIGURE: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def number_of(words: str) -> int | None:
    """The number that words or figures name ("1,200", "forty-one", "two dozen"); None where they name none."""
    total = current = 0
    seen = False
    for part in words.lower().replace("-", " ").split():
        figure = _FIGURE.fullmatch(part)
        if figure and len(part) < 12:
            current += int(part.replace(",", ""))
        elif part in _UNITS:
            current += _UNITS[part]
        elif part in _TENS:
            current += _TENS[part]
        elif part.rstrip("s") in _SCALES:
            scale = _SCALES[part.rstrip("s")]
            if part.endswith("s") and not seen:
                return None
            current = max(1, current) * scale
            if scale >= 1000:
                total, current = total + current, 0
        elif part in ("a", "an") or (part == "and" and seen):
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def toll_words(document: Document, first: int, last: int) -> list[tuple[int, str]]:
    """Words ``[first, last)`` that tell of dead or injured: (index, "killed" or "injured")."""
    found = []
    for word in document.words[first:last]:
        lemma = word.lemma.lower()
        if lemma in KILLED or word.lower in KILLED:
            found.append((word.i, "killed"))
        elif lemma in INJURED or word.lower in ("wounded", "injured"):
            found.append((word.i, "injured"))
    return found


def toll(document: Document, index: int) -> Toll | None:
    """The count that hangs on the word at ``index``, or None where no figure is given."""
    words = document.words
    word = words[index]
    counted: list[Word] = []
    for child in word.children:
        under = words[child]
        if under.dep in ("dobj", "nsubjpass", "nummod", "oprd") or (
            under.dep == "nsubj" and word.lemma in ("die", "perish", "be")
        ):
            counted.append(under)
        elif under.dep == "prep" and under.lower == "of" and word.pos == "NOUN":
            counted += [words[c] for c in under.children if words[c].dep == "pobj"]
        elif under.dep in ("neg", "det") and under.lower == "no" and word.pos == "NOUN":
            return Toll(0, 0, 0)
    head = words[word.head]
    if word.pos == "ADJ" or word.dep in ("acl", "relcl", "oprd", "ccomp", "amod", "acomp"):
        counted += (
            [words[c] for c in head.children if words[c].dep in ("dobj", "nsubj", "nsubjpass")]
            if head.pos in ("VERB", "AUX")
            else [head]
        )
    if word.dep == "conj" and not counted:
        counted += [words[c] for c in head.children if words[c].dep in ("nsubjpass", "dobj", "nummod")]
    for noun in counted:
        found = _count(document, noun)
        if found is not None:
            return found
    return None


def _count(document: Document, noun: Word) -> Toll | None:
    words = document.words
    if noun.pos == "NUM":
        number_word = noun
    else:
        numbers = [words[c] for c in noun.children if words[c].dep == "nummod"]
        if not numbers:
            if (
                noun.tag in ("NN", "NNP")
                and noun.lower not in ("people", "police", "number", "family", "group")
                and any(words[c].lower in ("a", "an", "one", "another") for c in noun.children)
            ):
                return Toll(1, 1, 1)
            none = [c for c in noun.children if words[c].lower == "no"]
            return Toll(0, 0, 0) if none else None
        number_word = numbers[0]
    first = last = number_word.i
    while (
        first > 0
        and words[first - 1].head == number_word.i
        and words[first - 1].dep in ("compound", "quantmod", "advmod", "nummod", "punct")
    ):
        first -= 1
    parts = [w for w in words[first : last + 1] if w.pos == "NUM" or w.text == "-" or w.lower.rstrip("s") in _SCALES]
    before = " ".join(w.lower for w in words[max(0, first - 3) : number_word.i])
    value = number_of(" ".join(w.text for w in parts if w.text != "-"))
    if value is None:
        return None
    after = words[last + 1 : last + 3]
    if (
        len(after) == 2
        and after[0].lower in ("to", "or")
        and (high := number_of(after[1].text)) is not None
        and high > value
    ):
        return Toll(value, (value + high) // 2 if after[0].lower == "to" else value, high)
    if any(before.endswith(phrase) or f"{phrase} " in before + " " for phrase in _AT_LEAST):
        return Toll(value, value, None)
    if any(before.endswith(phrase) or f"{phrase} " in before + " " for phrase in _AT_MOST):
        return Toll(None, value, value)
    return Toll(value, value, value)

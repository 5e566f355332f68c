"""How many a noun phrase names: figures, words, ranges, bounds, nobody, and one person."""

from __future__ import annotations

import re
from typing import Final

from marsad.coding.document import Document, Word
from marsad.coding.negation import is_nobody
from marsad.coding.wordclasses import classes
from marsad.records import Toll

__all__ = ["count_of", "number_of"]

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
_SCALES: Final = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_AT_LEAST: Final = re.compile(
    r"\b(?:at least|(?<!no )(?<!not )more than|over|(?:no|not) fewer than|(?:no|not) less than|upwards? of"
    r"|in excess of|a minimum of)\b"
)
_AT_MOST: Final = re.compile(
    r"\b(?:up to|as many as|at most|no more than|not more than|fewer than|less than|nearly|almost|under|close to"
    r"|a maximum of)\b"
)
_VAGUE: Final = frozenset("several many few couple".split())
"""Words before "dozen" or "hundred" that leave open how many."""
_FATES: Final = frozenset("death fatality dead wounded injured injury casualty wound".split())
_FIGURE: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)
_NO_COUNTS: Final = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"})
_SINGULAR: Final = frozenset("he him she her me himself herself".split())
_HEAPS: Final = frozenset(
    "total number group crowd couple handful majority estimate family crew team patrol band party".split()
)
_MANY: Final = frozenset("people police number".split())


def number_of(words: str) -> int | None:
    """The number that words or figures name ("1,200", "forty-one", "two dozen"); None where they name none."""
    total = current = 0
    seen = half = False
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
            current = scale // 2 if half else max(1, current) * scale
            if scale >= 1000:
                total, current = total + current, 0
        elif part == "half" and not seen:
            half = True
            continue
        elif part in ("a", "an") or (part == "and" and seen):
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def count_of(document: Document, noun: Word, *, one: bool = True) -> Toll | None:
    """How many a noun stands for, with what is joined to it by "and"; None where no number is named.

    ``one``: a single person ("his brother", "Omar Haddad", "her") counts as one.
    """
    found = _alone(document, noun, one)
    for child in noun.children:
        other = document.words[child]
        if other.dep == "conj" and _joined(document, noun, other):
            more = count_of(document, other, one=one)
            if more is not None:
                found = more if found is None or noun.lower.endswith("self") else _sum(found, more)
    return found


def _joined(document: Document, noun: Word, other: Word) -> bool:
    if noun.lemma.lower() in _FATES and other.lemma.lower() in _FATES:
        # "12 deaths and 30 injuries"
        return False
    return not any(w.lower in ("or", "to", "but") for w in document.words[noun.i + 1 : other.i])


def _sum(one: Toll, other: Toll) -> Toll:
    def add(a: int | None, b: int | None) -> int | None:
        return None if a is None or b is None else a + b

    return Toll(add(one.low, other.low), add(one.best, other.best), add(one.high, other.high))


def _alone(document: Document, noun: Word, one: bool) -> Toll | None:
    words = document.words
    if noun.pos == "NUM":
        return None if noun.ent in _NO_COUNTS else _figure(document, noun)
    below = [words[c] for c in noun.children]
    if is_nobody(document, noun.i):
        return Toll(0, 0, 0)
    if noun.lower in _SCALES:
        return _figure(document, noun)
    if noun.lower == "another":
        return Toll(1, 1, 1)
    numbers = [w for w in below if w.dep == "nummod" and w.ent not in _NO_COUNTS]
    if numbers:
        return _figure(document, numbers[0])
    if noun.lemma.lower() in _HEAPS:
        inside = [words[c] for prep in below if prep.lower == "of" for c in prep.children if words[c].dep == "pobj"]
        if not inside and noun.lower == "couple":
            return Toll(2, 2, 2)
        return _alone(document, inside[0], False) if inside else None
    if noun.lower == "both" or (noun.tag == "NNS" and _is_person(noun) and any(w.lower == "both" for w in below)):
        return Toll(2, 2, 2)
    if noun.pos == "PRON":
        return Toll(1, 1, 1) if one and noun.lower in _SINGULAR else None
    if noun.tag not in ("NN", "NNP") or noun.lower in _MANY:
        return None
    if any(w.lower in ("a", "an", "one", "another") for w in below):
        return Toll(1, 1, 1)
    person = noun.ent in ("PERSON", "") if noun.pos == "PROPN" else _is_person(noun)
    return Toll(1, 1, 1) if one and person else None


def _is_person(noun: Word) -> bool:
    return classes(noun.lemma.lower(), "NOUN")[0][:1] == ("person",)


def _figure(document: Document, number: Word) -> Toll | None:
    """The count of a number word with the parts, ranges and bounds around it."""
    words = document.words
    sentence = document.sentences[number.sent]
    first = last = number.i
    while first > sentence.first and (
        (words[first - 1].pos == "NUM" and words[first - 1].ent not in _NO_COUNTS)
        or words[first - 1].lower.rstrip("s") in _SCALES
        or (words[first - 1].text == "-" and first - 1 > sentence.first and words[first - 2].pos == "NUM")
    ):
        first -= 1
    if number.lower in _SCALES and first == last:
        if first - 2 >= sentence.first and [w.lower for w in words[first - 2 : first]] == ["half", "a"]:
            first -= 2
        elif first - 1 >= sentence.first and words[first - 1].lower in _VAGUE:
            return None
    parts = words[first : last + 1]
    before = " ".join(w.lower for w in words[max(sentence.first, first - 4) : first])
    dash = next((i for i, w in enumerate(parts) if w.text in ("-", "–")), None)
    if dash and parts[dash - 1].text.isdigit() and parts[dash + 1 :]:
        low, high = number_of(parts[dash - 1].text), number_of(parts[-1].text)
        return _range(low, high)
    value = number_of(" ".join(w.text for w in parts if w.text != "-"))
    if value is None:
        return None
    after = words[last + 1 : min(last + 3, sentence.last)]
    if len(after) == 2 and after[0].lower in ("to", "or", "and", "-", "–"):
        between = before.endswith("between")
        high = number_of(after[1].text) if after[0].lower != "and" or between else None
        if high is not None and high > value:
            return Toll(value, value, high) if after[0].lower == "or" else _range(value, high)
    earlier = words[max(sentence.first, first - 3) : first]
    if len(earlier) >= 2 and earlier[-1].lower in ("to", "and", "or", "-", "–"):
        low = number_of(earlier[-2].text)
        between = len(earlier) == 3 and earlier[0].lower == "between"
        if low is not None and low < value and (between or earlier[-1].lower != "and"):
            return Toll(low, low, value) if earlier[-1].lower == "or" else _range(low, value)
    near = " ".join(before.split()[-3:])
    if _AT_LEAST.search(near):
        return Toll(value, value, None)
    if _AT_MOST.search(near):
        return Toll(None, value, value)
    return Toll(value, value, value)


def _range(low: int | None, high: int | None) -> Toll | None:
    if low is None or high is None or high < low:
        return None
    return Toll(low, (low + high + 1) // 2, high)

"""Parse a report into a :class:`Document`: words, tags, sentences, syntactic heads and names.

The encoder judges all of it in the same pass as everything else; it learned it from spaCy's small English pipeline.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from marsad.coding.calendar import MONTHS, WEEKDAYS
from marsad.coding.document import Document, Sentence, Word
from marsad.coding.encoder import Encoder, Judgement
from marsad.coding.encoder.inventory import DEPENDENCIES, ENTITIES, TAGS
from marsad.coding.encoder.trees import LONGEST, arc_logits, tree
from marsad.coding.encoder.windows import Ints
from marsad.coding.lemmas import lemma
from marsad.coding.paragraphs import paragraphs
from marsad.coding.plain import plain_paragraphs
from marsad.coding.runningtext import recovered
from marsad.coding.wordclasses import classes
from marsad.coding.words import CLOSING_MARKS, OPENING_MARKS, nickname_opens, word_spans

__all__ = ["parse"]

_TAGS: Final = tuple(tuple(label.split(" ")) for label in TAGS)
_ENTITIES: Final = tuple(("", "") if label == "-" else (label[:1], label[2:]) for label in ENTITIES)
_QUOTES: Final = OPENING_MARKS | CLOSING_MARKS
_NOT: Final = ("RB", "PART")
_FIGURES: Final = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_CALENDAR: Final = frozenset(
    "thur ramadan muharram ashura eid nowruz christmas easter spring summer autumn winter gmt utc am pm new year day "
    "eve".split()
).union(MONTHS, WEEKDAYS)
"""Proper nouns that name a time; all others that the encoder takes for figures are names ("Aleppo")."""


def parse(text: str, judgement: Judgement | None = None, title: str | None = None) -> Document:
    """The parse of one report's text, by the encoder's judgement of it; without one, the shipped encoder is asked.

    The title, where it is known, tells where a headline ends that lost its line.
    """
    judgement = judgement or Encoder.load().judge(text)
    document = Document(text)
    document.paragraphs, document.returns = recovered(text, paragraphs(text), title)
    spans: list[tuple[int, int]] = []
    pieces: list[Ints] = []
    firsts = []
    for paragraph, plain in zip(document.paragraphs, plain_paragraphs(document), strict=True):
        firsts.append(len(spans))
        found = [(paragraph.start + start, paragraph.start + end) for start, end in word_spans(plain)]
        if found:
            places, own = judgement.words(np.array(found, np.int64))
            # What the encoder doesn't see (marks of direction, control characters) is no word.
            kept = [n for n, (start, end) in enumerate(found) if own[n] or _is_not(text, start, end)]
            spans += [found[n] for n in kept]
            pieces.append(places[kept])
    if spans:
        _fill(document, judgement, spans, np.concatenate(pieces), firsts)
        _lower_openings(document)
        _keep_objects(document)
        _tie_to_prepositions(document)
    document.finish()
    _agree(document)
    return document


def _is_not(text: str, start: int, end: int) -> bool:
    """Is this the end of "cannot"? The encoder sees that as one word."""
    return text[start:end] == "not" and text[start - 3 : start].lower() == "can"


def _fill(
    document: Document, judgement: Judgement, spans: list[tuple[int, int]], pieces: Ints, firsts: list[int]
) -> None:
    """Append the words and sentences. ``firsts`` are the places in ``spans`` where the paragraphs begin."""
    tags = judgement.likeliest("tag", pieces).tolist()
    entities = judgement.likeliest("entity", pieces).tolist()
    heads, ties = _trees(document, judgement, spans, pieces, firsts)
    text, words = document.text, document.words
    for number, sentence in enumerate(document.sentences):
        last_kind = ""
        for place in range(sentence.first, sentence.last):
            start, end = spans[place]
            tag, pos = _TAGS[tags[place]]
            side, kind = _ENTITIES[entities[place]]
            written = text[start:end]
            if kind in _FIGURES and pos == "PROPN" and written.lower().rstrip(".") not in _CALENDAR:
                side = kind = ""
            dep = DEPENDENCIES[ties[place]]
            if _is_not(text, start, end):
                # Judged as "can": both hang on the same verb.
                (tag, pos), dep = _NOT, "neg"
            begins = side == "B" or (side == "I" and kind != last_kind)
            base = lemma(written, pos, tag)
            words.append(Word(place, written, start, base, pos, tag, dep, heads[place], kind, begins, number))
            last_kind = kind


def _trees(
    document: Document, judgement: Judgement, spans: list[tuple[int, int]], pieces: Ints, firsts: list[int]
) -> tuple[list[int], list[int]]:
    """Cut into sentences; the head of each word and the number of the label of its tie."""
    left, right = judgement.arc_sides(pieces)
    opens = judgement.likeliest("sentence", pieces)
    labels = judgement.logits("dependency", pieces)
    root = DEPENDENCIES.index("ROOT")
    labels[:, root] = -np.inf
    ties: list[int] = labels.argmax(axis=1).tolist()
    heads: list[int] = []
    ends = [*firsts[1:], len(pieces)]
    for paragraph, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        found_opens = (first + 1 + np.flatnonzero(opens[first + 1 : end])).tolist()
        cuts = [first, *(place for place in found_opens if not _goes_on(document.text, spans, place)), end]
        for begin, stop in pairwise(cuts):
            for low in range(begin, stop, LONGEST):
                high = min(stop, low + LONGEST)
                document.sentences.append(Sentence(low, high, paragraph))
                found = tree(arc_logits(left[low:high], right[low:high], judgement.arc_distance))
                heads += [low + head for head in found]
                for place in range(low, high):
                    if heads[place] == place:
                        ties[place] = root
    return heads, ties


def _goes_on(text: str, spans: list[tuple[int, int]], place: int) -> bool:
    """Does the sentence go on at this word, whatever it looks like?

    It does behind a comma, also where a quotation begins or ends there (added, “Please ...; ... friends,” General X
    said), and behind a nickname in marks (John “J.D.” Dorrian).
    """
    before = [text[start:end] for start, end in spans[max(0, place - 5) : place]]
    if before[-1] not in _QUOTES:
        return before[-1] == ","
    return before[-2:-1] == [","] or nickname_opens(before, len(before) - 1) is not None


def _agree(document: Document) -> None:
    """The subject of a passive verb is a passive subject: labels are judged word by word and may disagree."""
    words = document.words
    for word in words:
        if word.dep == "nsubj" and any(words[c].dep == "auxpass" for c in words[word.head].children):
            word.dep = "nsubjpass"


def _keep_objects(document: Document) -> None:
    """In "killing nine soldiers and wounding 14" the soldiers are the first verb's: an object before the second of two
    verbs goes to the one that it follows, where that has no other."""
    words = document.words
    taken = {word.head for word in words if word.dep == "dobj"}
    for word in words:
        if word.dep != "dobj" or word.head < word.i or word.pos == "PRON":
            continue
        second = words[word.head]
        first = words[second.head]
        if second.dep == "conj" and first.i < word.i and first.pos == second.pos == "VERB" and first.i not in taken:
            word.head = first.i
            taken.add(first.i)


def _tie_to_prepositions(document: Document) -> None:
    """What the parse calls a preposition's subject or object of a verb is what stands behind it: in "a total of 120
    civilians have been killed" the civilians are of the total."""
    words = document.words
    for word in words:
        above = words[word.head]
        if above.dep == "prep" and above.i < word.i and word.dep in ("nsubj", "nsubjpass", "dobj"):
            word.dep = "pobj"


def _lower_openings(document: Document) -> None:
    """A common noun that opens a sentence ("Rebels attacked ...") is no name, though it is written like one."""
    words = document.words
    for sentence in document.sentences:
        word = words[sentence.first]
        if word.pos != "PROPN" or word.ent or not word.text[1:].islower():
            continue
        if sentence.first + 1 < sentence.last and words[sentence.first + 1].pos == "PROPN":
            continue
        singular = word.lower.removesuffix("s")
        for form in (word.lower, singular):
            files, _ = classes(form, "NOUN")
            if files[:1] in (("person",), ("group",)):
                word.pos, word.lemma, word.tag = "NOUN", form, "NNS" if form != word.lower else "NN"
                break

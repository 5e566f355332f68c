"""The logical subjects and objects of a trigger, through passives, coordination, control, relatives and light verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from marsad.coding.document import Document, Word

__all__ = ["Frame", "frame_of"]

_DEPTH: Final = 5
_RELATIVE: Final = frozenset({"WDT", "WP", "WP$"})
_OBJECT_PREPS: Final = frozenset("of on against at over with between to for into".split())


@dataclass(slots=True)
class Frame:
    """Words that fill the places around a trigger; each list with its coordinated members."""

    subjects: set[int] = field(default_factory=set)
    objects: set[int] = field(default_factory=set)
    preps: dict[int, str] = field(default_factory=dict)
    """Object of a preposition below the trigger -> the preposition."""
    inherited: bool = False
    """The subjects stand at another verb."""


def frame_of(document: Document, index: int) -> Frame:
    """The frame of the word at ``index``."""
    words = document.words
    word = words[index]
    frame = Frame()
    own, inherited = _subjects(document, word, _DEPTH)
    frame.subjects = _with_members(document, own)
    frame.inherited = inherited
    frame.objects = _with_members(document, _objects(document, word, _DEPTH))
    for child in word.children:
        under = words[child]
        if under.dep in ("prep", "agent", "dative"):
            for deeper in under.children:
                if words[deeper].dep == "pobj":
                    for member in _with_members(document, [deeper]):
                        frame.preps[member] = under.lower
    return frame


def _with_members(document: Document, found: list[int]) -> set[int]:
    """The words and what is coordinated with them."""
    words = document.words
    members = set(found)
    stack = list(found)
    while stack and len(members) < 60:
        for child in words[stack.pop()].children:
            if words[child].dep == "conj" and child not in members:
                members.add(child)
                stack.append(child)
    return members


def _passive(document: Document, word: Word) -> bool:
    deps = {document.words[c].dep for c in word.children}
    return "auxpass" in deps or "nsubjpass" in deps


def _antecedent(document: Document, child: Word, verb: Word) -> int | None:
    """The noun that a relative pronoun stands for."""
    if child.tag in _RELATIVE or child.lower == "that":
        at = verb
        for _ in range(_DEPTH):
            if at.dep == "relcl":
                return at.head
            if at.head == at.i:
                return None
            at = document.words[at.head]
    return None


def _or(found: int | None, other: int) -> int:
    return other if found is None else found


def _subjects(document: Document, word: Word, depth: int) -> tuple[list[int], bool]:
    """Words that name who does it, and whether they stand at another verb."""
    words = document.words
    if depth == 0:
        return [], True
    own: list[int] = []
    passive = _passive(document, word)
    for child in word.children:
        under = words[child]
        if under.dep == "nsubj" and not passive:
            own.append(_or(_antecedent(document, under, word), child))
        elif under.dep in ("agent", "prep") and under.lower == "by":
            own += [deeper for deeper in under.children if words[deeper].dep == "pobj"]
        elif (word.pos in ("NOUN", "PROPN") and under.dep == "poss") or (
            word.pos in ("NOUN", "PROPN")
            and under.dep in ("compound", "amod", "nmod")
            and under.ent in ("GPE", "NORP", "ORG")
        ):
            own.append(child)
    if own or (passive and word.pos in ("VERB", "AUX")):
        return own, False
    head = words[word.head]
    if head is word:
        return [], False
    if word.pos in ("NOUN", "PROPN"):
        if word.dep in ("dobj", "pobj", "conj", "nsubjpass", "attr", "oprd"):
            # "launched an attack", "took part in the fighting": whoever launched or took part.
            if word.dep == "pobj":
                head = words[head.head]
            if head.pos in ("VERB", "AUX") or word.dep == "conj":
                return _subjects(document, head, depth - 1)[0], True
        return [], False
    if word.dep == "xcomp" or (word.dep == "ccomp" and word.tag == "VB"):
        controller = [
            c for c in head.children if words[c].dep in ("dobj", "dative") and words[c].pos in ("NOUN", "PROPN", "PRON")
        ]
        if controller:
            return controller, True
        called = [
            d
            for c in head.children
            if words[c].dep == "prep" and words[c].lower in ("on", "to")
            for d in words[c].children
        ]
        if called and head.lemma in ("call", "appeal"):
            return [d for d in called if words[d].dep == "pobj"], True
        return _subjects(document, head, depth - 1)[0] or _objects(document, head, 1), True
    if word.dep in ("conj", "advcl", "ccomp", "parataxis", "dep"):
        found, _ = _subjects(document, head, depth - 1)
        if not found and _passive(document, head):
            found = _objects(document, head, 1)
        return found, True
    if word.dep == "relcl" or (word.dep == "acl" and word.tag in ("VBG", "VB")):
        return [word.head], True
    if word.dep == "pcomp":
        verb = words[head.head]
        accused = [c for c in verb.children if words[c].dep in ("dobj", "nsubjpass")]
        if (
            head.lower in ("of", "for", "from")
            and accused
            and verb.lemma
            in ("accuse", "blame", "suspect", "stop", "prevent", "charge", "condemn", "criticise", "criticize")
        ):
            return accused, True
        return _subjects(document, verb, depth - 1)[0], True
    return [], False


def _objects(document: Document, word: Word, depth: int) -> list[int]:
    """Words that name to whom it is done."""
    words = document.words
    if depth == 0:
        return []
    found: list[int] = []
    for child in word.children:
        under = words[child]
        if under.dep in ("dobj", "nsubjpass", "dative") and under.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            found.append(_or(_antecedent(document, under, word), child))
        elif word.pos in ("NOUN", "PROPN") and under.dep == "prep" and under.lower in _OBJECT_PREPS:
            found += [deeper for deeper in under.children if words[deeper].dep == "pobj"]
    if found:
        return found
    if word.dep == "acl" and word.tag == "VBN":
        return [word.head]
    if word.dep == "relcl" and any(words[c].dep == "nsubj" and words[c].tag not in _RELATIVE for c in word.children):
        return [word.head]
    for child in word.children:
        # "kidnapped and killed 11 people": the object stands at the second verb.
        under = words[child]
        if (
            under.dep == "conj"
            and under.pos == word.pos == "VERB"
            and not any(words[c].dep.startswith("nsubj") for c in under.children)
        ):
            return _objects(document, under, depth - 1)
    if word.dep == "conj" and _passive(document, words[word.head]) and word.tag == "VBN":
        return _objects(document, words[word.head], depth - 1)
    return []

"""How many were killed and injured: counts in figures and words, ranges, "at least" and "up to"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from marsad.coding.counts import count_of
from marsad.coding.document import Document, Word
from marsad.coding.wordclasses import classes
from marsad.records import Toll

__all__ = ["of_events", "toll", "toll_words"]

KILLED: Final = frozenset(
    "kill die dead slay murder massacre execute perish death fatality behead slaughter lynch assassinate "
    "killing assassination execution beheading lynching "
    "hang drown martyr eliminate annihilate body life toll lose".split()
)
INJURED: Final = frozenset("wound injure hurt injury maim wounded injured".split())
UNHARMED: Final = frozenset("unhurt unharmed uninjured".split())
_DYING: Final = frozenset("die perish drown".split())
_PEOPLE: Final = frozenset("people person man woman child soldier fighter civilian".split())
_RELATIVES: Final = frozenset("who whom that which".split())
_TO_DEATH: Final = frozenset("put beat stab hack torture stone crush burn trample starve shoot".split())
_DEEDS: Final = frozenset("killing murder assassination execution beheading lynching".split())
_REACH: Final = frozenset("reach hit pass exceed top near approach".split())
_REPORTED: Final = frozenset({"oprd", "xcomp", "acomp", "ccomp"})
_STATES: Final = frozenset("dead wounded injured hurt".split())
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_SOME: Final = frozenset("many several some others another dozen score".split())
_BOTH: Final = "killed injured"


def toll_words(document: Document, first: int, last: int) -> list[tuple[int, str]]:
    """Words ``[first, last)`` that tell of dead or injured: (index, "killed", "injured" or "killed injured")."""
    found = []
    for word in document.words[first:last]:
        lemma = word.lemma.lower()
        if word.lower in UNHARMED or lemma == "casualty":
            found.append((word.i, _BOTH))
        elif lemma in KILLED or word.lower in KILLED:
            found.append((word.i, "killed"))
        elif lemma in INJURED or word.lower in INJURED:
            found.append((word.i, "injured"))
    return found


def of_events(
    document: Document, triggers: Mapping[int, int], violent: Iterable[int], told: Iterable[int]
) -> dict[tuple[int, str], Toll]:
    """Tolls of a document's events, by the event's number and "killed" or "injured".

    ``triggers`` maps trigger words to the numbers of their events; ``violent`` are the numbers
    of those that may have a toll, ``told`` of those to which a count also belongs whose word is
    no trigger: to the nearest one of its sentence, else to the last of the sentence before.
    """
    may, near = frozenset(violent), frozenset(told)
    by_sentence: dict[int, list[int]] = {}
    for word, number in triggers.items():
        if number in near:
            by_sentence.setdefault(document.words[word].sent, []).append(word)
    found: dict[tuple[int, str], Toll] = {}
    later: list[tuple[int, str, Toll]] = []
    others: list[tuple[int, str, Toll, int]] = []
    for index, which in toll_words(document, 0, len(document.words)):
        count = toll(document, index)
        if count is None or (which == _BOTH and count.high != 0):
            continue
        owner = _owner(document, index, triggers)
        if owner is None:
            later.append((index, which, count))
        elif owner in may:
            for name in which.split():
                found.setdefault((owner, name), count)
            if count.high == 0:
                # "No one was killed in the attack": so the attack killed nobody.
                others.append((index, which, count, owner))
    for index, which, count, owner in others:
        apart = [word for word in by_sentence.get(document.words[index].sent, ()) if triggers[word] != owner]
        if apart:
            nearest = triggers[min(apart, key=lambda word: abs(word - index))]
            for name in which.split():
                found.setdefault((nearest, name), count)
    for index, which, count in later:
        sentence = document.words[index].sent
        here = by_sentence.get(sentence)
        if here is None and sentence and _same_paragraph(document, sentence):
            here = by_sentence.get(sentence - 1)
        if here is None:
            continue
        nearest = triggers[min(here, key=lambda word: abs(word - index))]
        for name in _BOTH.split() if count.high == 0 and which == "injured" else which.split():
            found.setdefault((nearest, name), count)
    return found


def _same_paragraph(document: Document, sentence: int) -> bool:
    return document.sentences[sentence].paragraph == document.sentences[sentence - 1].paragraph


def _owner(document: Document, index: int, triggers: Mapping[int, int]) -> int | None:
    """The event of which a toll's word is a trigger, itself or as what comes of one ("shot dead", "left 12 dead")."""
    words = document.words
    owner = triggers.get(index)
    word = words[index]
    for _ in range(2):
        if owner is not None or word.dep not in ("advmod", "acomp", "oprd", "ccomp", "prep", "pobj", "dobj", "advcl"):
            break
        word = words[word.head]
        owner = triggers.get(word.i)
    return owner


def toll(document: Document, index: int) -> Toll | None:
    """The count that hangs on the word at ``index``, or None where no figure is given."""
    words = document.words
    word = words[index]
    if word.lower in UNHARMED:
        return Toll(0, 0, 0)
    lemma = word.lemma.lower()
    shared = _shares_its_count(document, word)
    needs_figure = lemma in ("body", "life", "toll", "lose") or (word.tag == "NN" and lemma not in _DEEDS)
    for noun in _counted(document, word, lemma):
        found = count_of(document, noun, one=not needs_figure)
        if found is not None and not (lemma == "lose" and not _is_people(noun)):
            return None if shared and found.high != 0 else found
    return None


def _shares_its_count(document: Document, word: Word) -> bool:
    """ "killed or wounded 30", "30 dead and injured": one figure for both is a figure for neither."""
    words = document.words
    for first, second in ((word.i, word.i + 2), (word.i - 2, word.i)):
        if first < 0 or second >= len(words) or words[second].sent != words[first].sent:
            continue
        if words[first + 1].lower in ("and", "or") and {_fate(words[first]), _fate(words[second])} == {0, 1}:
            return not all(_has_own(document, words[index]) for index in (first, second))
    return False


def _fate(word: Word) -> int | None:
    """0 for a word that tells of dead, 1 for one that tells of injured; None for any other."""
    for number, known in enumerate((KILLED, INJURED)):
        if word.lemma.lower() in known or word.lower in known:
            return number
    return None


def _has_own(document: Document, word: Word) -> bool:
    return any(document.words[c].dep in ("nummod", "dobj", "nsubjpass") for c in word.children)


def _beside(document: Document, word: Word) -> list[Word]:
    """What stands between "and" and its participle: "a dozen" in "were killed and a dozen wounded"."""
    words = document.words
    first, head = word.i, words[word.head]
    if head.pos not in ("VERB", "AUX") and _fate(head) is None:
        return []
    start = document.sentences[word.sent].first
    while first > start and words[first - 1].pos in ("NOUN", "PROPN", "NUM", "ADJ", "DET", "PRON", "ADV", "ADP", "AUX"):
        first -= 1
    if first == start or words[first - 1].lower not in ("and", "or", ",", ";", "while", "but"):
        return []
    beside = [w for w in words[first : word.i] if w.pos in _NOMINAL or w.lower in _SOME]
    if beside and beside[-1].dep == "conj" and words[beside[-1].head].pos in _NOMINAL:
        # In "left ten rebels and four soldiers dead" they are not apart.
        return []
    return beside


def _is_people(noun: Word) -> bool:
    return noun.lemma.lower() in _PEOPLE or classes(noun.lemma.lower(), "NOUN")[0][:1] == ("person",)


def _counted(document: Document, word: Word, lemma: str) -> list[Word]:
    """The nouns that may tell how many are dead or injured, the likeliest first."""
    words = document.words
    head = words[word.head]
    below = [words[c] for c in word.children]
    if word.pos == "NOUN":
        if lemma == "death" and head.lower == "to" and words[head.head].lemma.lower() in _TO_DEATH:
            return _objects(document, words[head.head])
        if lemma == "toll":
            verb = [words[c] for c in head.children] if head.pos == "VERB" else []
            preps = [w for w in (*below, *verb) if w.dep == "prep" and w.lower in ("of", "at", "to")]
            reached = [w for w in verb if w.dep == "dobj" and head.lemma in _REACH]
            return reached + [words[c] for prep in preps for c in prep.children if words[c].dep == "pobj"]
        nouns = [word] if any(w.dep == "nummod" or w.lower == "no" for w in below) else []
        preps = [w for w in below if w.dep == "prep" and w.lower == "of"]
        return nouns + [words[c] for prep in preps for c in prep.children if words[c].dep == "pobj"]
    found = _objects(document, word)
    if lemma == "lose" and any(w.lemma == "life" for w in found):
        # "22 soldiers lost their lives"
        return [w for w in below if w.dep == "nsubj"]
    if lemma in _DYING or word.pos in ("ADJ", "ADV", "AUX") or word.lower == "dead":
        found += [w for w in below if w.dep == "nsubj"]
    if not found and (word.tag in ("VBN", "VBD") or word.lower == "dead") and word.i:
        # "3 dead and 10 wounded", "three were killed and four injured": the parse makes little of the figure.
        before = words[word.i - 1]
        beside = before.pos == "NUM" and before.sent == word.sent and before.dep in ("nsubj", "conj", "nummod", "dep")
        found += [before] if beside else [w for w in below if w.dep == "nsubj" and w.pos == "NUM"]
    if word.dep in ("advmod", "acomp", "oprd", "ccomp", "amod") and word.lower in _STATES:
        if head.pos in ("VERB", "AUX"):
            found += _objects(document, head)
            if head.lemma in ("be", "lie", "remain", "leave"):
                found += [words[c] for c in head.children if words[c].dep == "nsubj" and head.lemma != "leave"]
        else:
            found.append(head)
    elif word.dep == "acl" and word.tag == "VBN":
        found.append(head)
    if not found and word.dep in _REPORTED and word.tag == head.tag == "VBN" and head.i < word.i:
        # "Twelve were reported killed."
        found += [words[c] for c in head.children if words[c].dep == "nsubjpass"]
    own = _beside(document, word) if word.dep == "conj" and not found else []
    if own:
        found.append(own[-1])
    elif word.dep == "conj" and not found:
        found += _objects(document, head)
        if head.pos == "NUM" or head.dep == "nummod":
            found.append(head)
    return found


def _objects(document: Document, verb: Word) -> list[Word]:
    """To whom a verb was done; for a relative pronoun the noun that it stands for."""
    words = document.words
    found = []
    for child in verb.children:
        under = words[child]
        # "killed between 10 and 15 rebels": the parse takes the noun for the preposition's.
        if under.dep in ("dobj", "nsubjpass", "nummod", "oprd", "pobj") or (
            under.dep == "nsubj" and verb.lemma.lower() in _DYING
        ):
            relative = under.lower in _RELATIVES and verb.dep == "relcl"
            found.append(words[verb.head] if relative else under)
    return found

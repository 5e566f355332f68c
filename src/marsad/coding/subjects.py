"""Whose words a reporting word reports: its subject, or the issuer of the document that it stands for."""

from __future__ import annotations

from typing import Final

from marsad.coding.document import Document, Word
from marsad.coding.wordclasses import classes
from marsad.coding.wordlists import words_of

__all__ = ["closing_speaker", "is_as_per", "is_hearsay", "is_paper", "is_speech_verb", "issuer_before", "subject_of"]

_PAPERS: Final = frozenset(
    "statement release report communique communiqué letter note message document memo memorandum tweet post transcript "
    "declaration account version bulletin notice article editorial announcement petition resolution "
    "count tally estimate rumour rumor words leaflet pamphlet decree".split()
)
"""Nouns of documents: whoever issued one speaks in it."""


_ANY_PAPER: Final = frozenset("document text statement communique communiqué note bulletin".split())
"""Nouns that take up a document that was called something else before."""
_COUNTS: Final = frozenset("account count tally estimate version words".split())
"""Nouns of these that are no paper."""
_HEARSAY: Final = frozenset({"rumour", "rumor"})
"""Nouns for what nobody in particular says; the plural "reports" is another."""


def is_hearsay(document: Document, index: int) -> bool:
    """Does the cue at ``index`` report what nobody in particular says: rumours, or reports without an issuer?"""
    words = document.words
    word = words[index]
    found = index if word.pos == "NOUN" else _subject(document, index)
    if found is None:
        return False
    said = words[found]
    told = said.lemma.lower() in _HEARSAY or said.lower == "reports"
    return told and said.pos == "NOUN" and _issuer(document, found) is None


def subject_of(document: Document, index: int) -> int | None:
    """The word for whoever says what the cue at ``index`` reports; None when the sentence does not name them.

    Behind a description ("its secretary, Ruth Amsal, said") it is the name, behind a
    document ("the ministry's statement said") whoever issued it.
    """
    found = _subject(document, index)
    if found is None:
        return None
    words = document.words
    word = words[found]
    if word.lemma.lower() in _PAPERS:
        return issuer_before(document, found)
    if word.pos == "NOUN" or word.lower in words_of("titles"):
        name = found + 1
        if name < len(words) and words[name].ent == "PERSON" and words[name].sent == word.sent:
            # "the minister Fadi Ag Tamellat": the name's own last word stands for it.
            while name + 1 < len(words) and words[name + 1].ent == "PERSON" and not words[name + 1].ent_start:
                name += 1
            return name
        for child in word.children:
            under = words[child]
            if under.dep == "appos" and (under.pos == "PROPN" or under.ent == "PERSON") and child > found:
                return child
    return found


def is_paper(word: Word) -> bool:
    """Is this the noun of a document, in which whoever issued it speaks?"""
    return word.pos == "NOUN" and word.lemma.lower() in _PAPERS


def issuer_before(document: Document, index: int) -> int | None:
    """The issuer of a document, if need be as named before ("a ministry statement ... the statement said")."""
    issuer = _issuer(document, index)
    if issuer is not None:
        return issuer
    words = document.words
    governor = words[words[index].head]
    if governor.pos == "VERB" and words[index].dep in ("dobj", "pobj"):
        for child in governor.children:
            if words[child].dep == "nsubj":
                return child
    before = words[max(0, index - 300) : index]
    lemma = words[index].lemma
    for word in reversed(before):
        if word.lemma == lemma:
            issuer = _issuer(document, word.i)
            if issuer is not None:
                return issuer
    if lemma.lower() in _ANY_PAPER:
        # "said in a bulletin ... the document says": the last paper whose issuer is told.
        for word in reversed(before):
            if word.pos == "NOUN" and word.lemma.lower() in _PAPERS - _HEARSAY - _COUNTS:
                issuer = _issuer(document, word.i)
                if issuer is not None:
                    return issuer
    return None


def _issuer(document: Document, index: int) -> int | None:
    """Whose document it is: "the ministry's statement", "a DoD news release", "a statement by the group"."""
    words = document.words
    for child in words[index].children:
        under = words[child]
        if under.dep == "poss" or (under.dep in ("compound", "nmod") and (under.pos == "PROPN" or under.ent == "ORG")):
            return child
    for child in words[index].children:
        under = words[child]
        if (under.dep == "prep" and under.lower in ("by", "from", "of")) or under.dep in ("acl", "agent"):
            for deeper in under.children:
                if words[deeper].dep in ("pobj", "agent"):
                    if words[deeper].dep == "pobj":
                        return deeper
                    for lowest in words[deeper].children:
                        if words[lowest].dep == "pobj":
                            return lowest
    head = words[words[index].head]
    if words[index].dep in ("dobj", "pobj") and head.lemma in ("issue", "publish", "release", "write", "send", "in"):
        verb = words[head.head] if head.pos == "ADP" else head
        for child in verb.children:
            if words[child].dep == "nsubj":
                return child
    return None


def _subject(document: Document, index: int) -> int | None:
    words = document.words
    word = words[index]
    if is_as_per(document, word):
        return next((c for c in word.children if words[c].dep == "pobj"), None)
    if word.lower == "according":
        for prep in word.children:
            for under in words[prep].children:
                if words[under].dep == "pobj":
                    return under
        return None
    seen = 0
    while seen < 6:
        seen += 1
        passive = any(words[c].dep == "auxpass" for c in word.children)
        for child in word.children:
            if words[child].dep == "nsubj" and words[child].tag not in ("WDT", "WP"):
                return child
        for child in word.children:
            if words[child].dep == "agent":
                for under in words[child].children:
                    if words[under].dep == "pobj":
                        return under
        if passive and word.i == index:
            for child in word.children:
                # "he was quoted as saying", "she was told": only the former names the speaker.
                if words[child].dep == "nsubjpass" and word.lemma in ("quote", "cite", "report"):
                    return child
        if word.pos == "NOUN":
            for child in word.children:
                if words[child].dep == "poss":
                    return child
            for child in word.children:
                if words[child].dep == "prep" and words[child].lower in ("by", "from", "of"):
                    for under in words[child].children:
                        if words[under].dep == "pobj":
                            return under
            for child in word.children:
                if words[child].dep in ("compound", "amod") and words[child].ent:
                    return child
        if word.dep == "relcl":
            above = words[word.head]
            if above.pos == "VERB":
                # "issued a statement on Monday that said": the clause is the object's, wherever it was hung.
                objects = [c for c in above.children if words[c].dep in ("dobj", "nsubjpass") and c < word.i]
                return objects[-1] if objects else above.i
            return above.i
        if word.dep == "acl" and word.tag == "VBG":
            return word.head
        if word.dep in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp") and word.head != word.i:
            word = words[word.head]
            if word.pos == "NOUN" and word.dep not in ("nsubj", "ROOT"):
                return (
                    word.i
                    if seen > 1 and classes(word.lemma.lower(), "NOUN")[0][:1] in (("person",), ("group",))
                    else None
                )
            continue
        break
    return _before(document, index)


def closing_speaker(document: Document, cue: int) -> tuple[int, int] | None:
    """In "..., the Observatory said." the comma and the speaker's word, where the parser hung the speaker elsewhere."""
    words = document.words
    sentence = document.sentences[words[cue].sent]
    for comma in range(cue - 1, max(sentence.first, cue - 13), -1):
        if words[comma].pos in ("VERB", "AUX", "SCONJ"):
            return None
        if words[comma].text == ",":
            heads = [
                w for w in words[comma + 1 : cue] if not comma < w.head < cue and w.pos in ("NOUN", "PROPN", "PRON")
            ]
            return (comma, heads[0].i) if len(heads) == 1 else None
    return None


def _before(document: Document, index: int) -> int | None:
    """The name or pronoun before a verb, where the parser took it for something else than its subject."""
    words = document.words
    closing = closing_speaker(document, index) if words[index].pos == "VERB" and is_speech_verb(words[index]) else None
    if closing is not None:
        return closing[1]
    if words[index].pos != "VERB":
        return None
    sentence = document.sentences[words[index].sent]
    for word in reversed(words[max(sentence.first, index - 3) : index]):
        if word.pos in ("ADV", "AUX", "PART"):
            continue
        fits = word.pos == "PROPN" or word.lower in ("he", "she", "they", "it", "we", "i")
        return word.i if fits and word.head == index else None
    return None


def is_speech_verb(word: Word) -> bool:
    """Is this a verb that may report words?"""
    return word.pos == "VERB" and word.lemma.lower() in words_of("speech_verbs")


def is_as_per(document: Document, word: Word) -> bool:
    """ "As per the police, ..." says who says so, like "according to"."""
    return word.lower == "per" and word.i > 0 and document.words[word.i - 1].lower == "as"

"""Whose words a reporting word reports: its subject, or the issuer of the document that it stands for."""

from __future__ import annotations

from typing import Final

from marsad.coding.document import Document, Word
from marsad.coding.issuers import PAPERS, RUMOURS, is_paper, issuer_before, issuer_of
from marsad.coding.wordclasses import classes
from marsad.coding.wordlists import words_of

__all__ = [
    "closing_speaker",
    "is_as_per",
    "is_hearsay",
    "is_speech_verb",
    "says_a_paper",
    "subject_of",
]

_ROLES: Final = frozenset(
    "ceo head leader chairman chairwoman chair coordinator founder member official analyst researcher manager".split()
)
"""Nouns of what somebody is in a body; his name may stand behind it."""


def is_hearsay(document: Document, index: int) -> bool:
    """Does the cue at ``index`` report what nobody in particular says: rumours, or reports without an issuer?"""
    words = document.words
    word = words[index]
    found = index if word.pos == "NOUN" else _subject(document, index)
    if found is None:
        return False
    said = words[found]
    told = said.lemma.lower() in RUMOURS or said.lower == "reports"
    if not told or said.pos != "NOUN":
        return False
    issuer = issuer_of(document, found)
    # "reports from the capital" have no issuer: that is where they come from.
    return issuer is None or (words[issuer].ent in ("GPE", "LOC") and words[words[issuer].head].lower in ("from", "in"))


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
    if word.lemma.lower() in PAPERS:
        return issuer_before(document, found)
    if word.pos == "NOUN" or word.lower in words_of("titles"):
        name = found + 1
        if name < len(words) and words[name].ent == "PERSON" and words[name].sent == word.sent:
            # "the minister Fadi Ag Tamellat": the name's own last word stands for it.
            while name + 1 < len(words) and words[name + 1].ent == "PERSON" and not words[name + 1].ent_start:
                name += 1
            return name
        holder = _holder(document, word)
        if holder is not None:
            return holder
        for child in word.children:
            under = words[child]
            if under.dep == "appos" and (under.pos == "PROPN" or under.ent == "PERSON") and child > found:
                return child
    return found


def _is_role(word: Word) -> bool:
    return word.lower in _ROLES or word.lower.rstrip(".") in words_of("titles")


def _holder(document: Document, role: Word) -> int | None:
    """The person behind a role and its body: "the head of the Roads Agency Ruth Amsal", "CEO of X Ruth Amsal"."""
    words = document.words
    if not _is_role(role) or role.i + 1 >= len(words) or words[role.i + 1].lower not in ("of", "for"):
        return None
    last = document.sentences[role.sent].last
    place = role.i + 2
    while place < last and words[place].pos in ("DET", "ADJ", "PROPN", "NOUN", "ADP", "CCONJ", "PART"):
        if words[place].ent == "PERSON":
            break
        place += 1
    if place == last or words[place].ent != "PERSON" or place < role.i + 3:
        return None
    before = words[place - 1]
    if before.pos not in ("PROPN", "NOUN") or _is_role(before):
        return None
    while place + 1 < last and words[place + 1].ent == "PERSON" and not words[place + 1].ent_start:
        place += 1
    return place


def says_a_paper(document: Document, index: int) -> bool:
    """Is it a document in which the cue at ``index`` stands, whoever issued it?"""
    found = _subject(document, index)
    return found is not None and is_paper(document.words[found])


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
    companion = _companion(document, word)
    if companion is not None:
        return companion
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
            antecedent = _antecedent(document, word)
            if antecedent is not None:
                return antecedent
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


def _antecedent(document: Document, verb: Word) -> int | None:
    """The name or noun right before the "who" of a verb ("quoted General Amsal, who confirmed ...")."""
    words = document.words
    who = next((c for c in verb.children if words[c].lower == "who" and c < verb.i), 0)
    before = who - 1 if who and words[who - 1].text != "," else who - 2
    return before if who and before >= 0 and words[before].pos in ("PROPN", "NOUN") else None


def _companion(document: Document, verb: Word) -> int | None:
    """Who speaks in "with Ruth Amsal stating ...": the noun between "with" and a participle."""
    words = document.words
    if verb.tag != "VBG":
        return None
    first = document.sentences[verb.sent].first
    for word in reversed(words[max(first, verb.i - 9) : verb.i]):
        if word.lower == "with":
            heads = [w for w in words[word.i + 1 : verb.i] if w.pos in ("PROPN", "NOUN", "PRON", "NUM")]
            outer = [w for w in heads if not word.i < w.head < verb.i]
            return outer[-1].i if outer else None
        if word.pos in ("VERB", "AUX", "SCONJ") or word.text in (",", ";"):
            return None
    return None


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
        # "It has been said": whoever it is, it isn't "it".
        return word.i if fits and word.head == index and word.dep != "nsubjpass" else None
    return None


def is_speech_verb(word: Word) -> bool:
    """Is this a verb that may report words?"""
    return word.pos == "VERB" and word.lemma.lower() in words_of("speech_verbs")


def is_as_per(document: Document, word: Word) -> bool:
    """ "As per the police, ..." says who says so, like "according to"."""
    return word.lower == "per" and word.i > 0 and document.words[word.i - 1].lower == "as"

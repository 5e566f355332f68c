"""Words that report what somebody says, and which part of the sentence is what is said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from marsad.coding.blend import Blend, against
from marsad.coding.contents import fitted, passage
from marsad.coding.document import Document, Word
from marsad.coding.subjects import closing_speaker, is_as_per, is_speech_verb, subject_of
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes
from marsad.records import Passage

__all__ = ["Cue", "candidates", "cues", "features"]

_LEAST: Final = 0.18
_HEARD: Final = math.log(0.25)
"""Encoder's log-probability from which on any word may report something."""
_SURELY_HEARD: Final = math.log(0.5)
"""... and from which on what the encoder hears after the word is considered beside what the parse gives."""
_SILENT: Final = math.log(0.5)
"""Encoder's log-probability of "nothing reported" below which a word is taken for reported."""
_TRUSTED: Final = 0.1
"""Share by which what the encoder alone hears must be likelier than a clause of the parse that begins there too."""
_HEARSAY: Final = frozenset("allege believe claim learn report rumour rumor say think understand".split())
"""Verbs that, with "it" for a subject ("it was learned that"), report what somebody says."""
_SAID_BY_NOBODY: Final = 0.5
"""Share of such a verb at least."""
_SOON: Final = 8
"""Words between a reporting word and what it reports."""
_COMPLEMENTS: Final = frozenset({"ccomp", "xcomp", "dobj", "advcl", "acl", "oprd", "pcomp", "relcl", "attr"})
_ABOUT: Final = frozenset("for of to on at with against about in".split())
_FINDINGS: Final = frozenset("find show indicate learn see hear determine establish hold issue make".split())
_INSERTED: Final = frozenset({"parataxis", "ccomp", "advcl", "conj", "dep"})


@dataclass(slots=True)
class Cue:
    """A reporting word, the way in which its content hangs on it, and the content's pieces."""

    word: int
    way: str
    content: list[Passage]
    share: float = 1.0


def cues(document: Document) -> list[Cue]:
    """Reporting words with indirect content, the likeliest way of each; by the table ``cue``."""
    weights, blend = Weights.load("cue"), Blend.load("cue")
    best: dict[int, Cue] = {}
    for cue in candidates(document):
        cue.share = blend.chance(weights.chance(features(document, cue)), judge(document, cue))
        if _is_impersonal(document, cue):
            cue.share = max(cue.share, _SAID_BY_NOBODY)
        if cue.share >= _LEAST and _is_likelier(cue, best.get(cue.word)):
            best[cue.word] = cue
    chosen = [best[word] for word in sorted(best)]
    for cue in chosen:
        cue.content = fitted(document, cue.word, cue.content)
    # What the encoder alone hears is left out where another word reports the same.
    others = [cue for cue in chosen if cue.way != "told"]
    return [
        c for c in chosen if c.way != "told" or not any(_meet(c, o) and not _holds(document, c, o.word) for o in others)
    ]


def _is_impersonal(document: Document, cue: Cue) -> bool:
    """ "It was learned that ...": somebody said so, whoever it was."""
    words = document.words
    word = words[cue.word]
    if cue.way != "ccomp" or word.tag != "VBN" or word.lemma not in _HEARSAY:
        return False
    below = [words[child] for child in word.children]
    return any(w.lower == "it" and w.dep in ("nsubjpass", "nsubj") for w in below) and not any(
        w.dep == "neg" for w in below
    )


def _is_likelier(cue: Cue, best: Cue | None) -> bool:
    """Where only the end differs, the parse's clause is whole and what the encoder hears may not be."""
    if best is None:
        return True
    same = cue.way == "told" and cue.content[0].start == best.content[0].start
    return cue.share > best.share + (_TRUSTED if same else 0.0)


def _holds(document: Document, cue: Cue, word: int) -> bool:
    """Does a word stand in what another reports?"""
    return any(piece.start <= document.words[word].start < piece.end for piece in cue.content)


def _meet(one: Cue, other: Cue) -> bool:
    return any(a.meets(b) for a in one.content for b in other.content)


def judge(document: Document, cue: Cue) -> tuple[float, ...] | None:
    """What the encoder says: log-odds of the reporting word, of the content's words, and of its beginning."""
    if document.judgement is None:
        return None
    reports, content, opens = document.judged("cue"), document.judged("content"), document.judged("opens")
    assert reports is not None
    assert content is not None
    assert opens is not None
    silent = against(float(reports[cue.word, 0]))
    first, last = document.between(cue.content[0].start, cue.content[-1].end)
    if first >= last:
        return silent, 0.0, 0.0
    told = float(content[first:last, 1:].max(axis=1).mean() - content[first:last, 0].mean())
    return silent, told, against(float(opens[first, 0]))


def candidates(document: Document) -> list[Cue]:
    """Every reporting word that is possible with every content that its place in the parse allows."""
    found: list[Cue] = []
    words = document.words
    judged = document.judged("cue")
    for word in words:
        if word.lower == "according" or is_as_per(document, word):
            _according(document, word, found)
            continue
        heard = judged is not None and judged[word.i, 1] > _HEARD
        count = len(found)
        if word.pos not in ("VERB", "NOUN", *(("ADJ",) if heard else ())) or word.dep in ("aux", "compound"):
            continue
        files, _ = classes(word.lemma.lower(), word.pos)
        known = "communication" in files or "cognition" in files or is_speech_verb(word) or word.lemma in _FINDINGS
        if not (heard or known):
            continue
        for index in word.children:
            child = words[index]
            if child.dep in _COMPLEMENTS and (word.pos == "VERB" or child.dep in ("acl", "ccomp")):
                teller = _teller(document, word, index)
                opening = _opening(document, word, index) if teller is word else None
                _add(document, teller, child.dep, [opening, _hull(document, index, teller.i)], found)
            elif child.dep in ("prep", "dative") and child.lower in _ABOUT and word.pos == "VERB":
                for under in child.children:
                    if words[under].dep in ("pobj", "pcomp"):
                        _add(document, word, f"prep|{child.lower}", [_hull(document, under, word.i)], found)
        if word.pos == "VERB":
            _small_clause(document, word, found)
        head = words[word.head]
        if head.dep in ("nsubj", "nsubjpass") and head.i < word.i < head.head:
            # "The army, she said, had left": inserted behind its subject, into the verb's clause.
            head = words[head.head]
        if word.dep in _INSERTED and word.pos == "VERB" and head is not word and word.tag != "VBG":
            before, after = _around(document, word, head)
            if before or after:
                _add(document, word, f"inserted|{word.dep}", [p for p in (before, after) if p], found)
        if is_speech_verb(word):
            _between_commas(document, word, found)
        if judged is not None and heard and (len(found) == count or judged[word.i, 1] > _SURELY_HEARD):
            _add(document, word, "told", [_told_after(document, word)], found)
    return found


def _teller(document: Document, word: Word, index: int) -> Word:
    """ "..., he said, adding that A": what the parse hangs on "said" belongs to the reporting word right before it.

    So it does in "said that A, and stressed that B", where the encoder hears a reporting word between.
    """
    first, _ = document.subtree(index)
    words = document.words
    before = words[first - 1] if first > word.i + 1 else word
    if before.tag == "VBG" and before.head == word.i and is_speech_verb(before):
        return before
    reports, content = document.judged("cue"), document.judged("content")
    if reports is None or content is None:
        return word
    for other in reversed(words[word.i + 1 : first]):
        inserted = words[other.i + 1].text == "," and any(words[c].dep == "nsubj" for c in other.children)
        if (
            is_speech_verb(other)
            and not inserted
            and other.quote == word.quote
            and reports[other.i, 1] > _SURELY_HEARD
            and content[other.i, 0] > _SILENT
        ):
            return other
    return word


def _small_clause(document: Document, word: Word, found: list[Cue]) -> None:
    """ "called the charge baseless", "condemned the strike as a breach": the object with what is said of it."""
    words = document.words
    objects = [c for c in word.children if words[c].dep == "dobj" and c > word.i]
    if not objects:
        return
    first = document.subtree(objects[0])[0]
    for index in word.children:
        child = words[index]
        said = child.dep in ("oprd", "acomp", "attr") or (child.dep == "prep" and child.lower == "as")
        if said and index > objects[0]:
            way = "as" if child.dep == "prep" else "small"
            _add(document, word, way, [passage(document, max(first, word.i + 1), document.subtree(index)[1])], found)


def _told_after(document: Document, word: Word) -> Passage | None:
    """The words after a reporting word that the encoder takes for what is reported, however they were parsed."""
    judged = document.judged("content")
    assert judged is not None
    last = document.sentences[word.sent].last
    silent = judged[word.i + 1 : last, 0] < _SILENT
    inside = [word.i + 1 + int(place) for place in silent.nonzero()[0]]
    if not inside or inside[0] - word.i > _SOON:
        return None
    reports = document.judged("cue")
    if reports is not None and (reports[word.i + 1 : inside[0], 1] > _HEARD).any():
        # "..., he said, adding that A": A is what was added.
        return None
    end = inside[0]
    while end < last and (silent[end - word.i - 1] or (end + 1 < last and silent[end - word.i])):
        end += 1
    return passage(document, inside[0], end)


def _between_commas(document: Document, word: Word, found: list[Cue]) -> None:
    """ "..., the police say, ..." and "..., the police said.": the sentence around, however it was parsed."""
    closing = closing_speaker(document, word.i)
    if closing is None:
        return
    words = document.words
    sentence = document.sentences[word.sent]
    comma = closing[0]
    after = next(
        (w for w in words[word.i + 1 : min(sentence.last, word.i + 7)] if w.text in (",", ".", ";", "-", "–")), None
    )
    if words[comma].quote != word.quote or (after is None and sentence.last - word.i > 8):
        return
    before = passage(document, sentence.first, comma)
    rest = None if after is None or after.text != "," else passage(document, after.i + 1, sentence.last)
    _add(document, word, "between" if rest else "closing", [p for p in (before, rest) if p], found)


def _add(document: Document, word: Word, way: str, content: list[Passage | None], found: list[Cue]) -> None:
    pieces = [piece for piece in content if piece is not None and piece.end - piece.start > 2]
    if pieces:
        found.append(Cue(word.i, way, pieces))


def _according(document: Document, word: Word, found: list[Cue]) -> None:
    """ "according to X": what it reports is the rest of its clause."""
    words = document.words
    head = words[word.head]
    if head is word:
        return
    while head.pos in ("ADP", "ADV") and head.head != head.i:
        head = words[head.head]
    before, after = _around(document, word, head)
    if before or after:
        found.append(Cue(word.i, "according", [p for p in (before, after) if p]))


def _around(document: Document, word: Word, head: Word) -> tuple[Passage | None, Passage | None]:
    """The clause of ``head`` before and after the subtree of ``word``."""
    words = document.words
    sentence = document.sentences[word.sent]
    low, high = document.subtree(word.i)
    if word.pos == "VERB":
        # The cue's own words: its subject and modifiers, not a clause that the parser hung on it.
        own = [
            c
            for c in word.children
            if words[c].dep in ("nsubj", "nsubjpass", "aux", "auxpass", "advmod", "prep", "npadvmod", "dobj", "dative")
        ]
        parts = [document.subtree(c) for c in own] + [(word.i, word.i + 1)]
        low, high = min(p[0] for p in parts), max(p[1] for p in parts)
    first, last = document.subtree(head.i)
    first, last = max(first, sentence.first), min(last, sentence.last)
    return passage(document, first, low), passage(document, high, last)


def _opening(document: Document, word: Word, index: int) -> Passage | None:
    """ "The army, Ruth Amsal said, had left.": what stands before an inserted cue and its subject, if anything."""
    words = document.words
    first, _ = document.subtree(index)
    if word.pos != "VERB" or index < word.i or first >= word.i or words[min(word.i + 1, len(words) - 1)].text != ",":
        return None
    subjects = [document.subtree(c)[0] for c in word.children if words[c].dep == "nsubj" and c < word.i]
    before = min(subjects, default=word.i)
    if before <= first or words[before - 1].text != ",":
        return None
    return passage(document, first, before)


def _hull(document: Document, index: int, cue: int) -> Passage | None:
    """The subtree of a complement on its own side of the cue, without "that" before it."""
    first, last = document.subtree(index)
    words = document.words
    for child in words[index].children:
        # "announced that A and stated that B": what follows hangs on a cue of its own.
        under = words[child]
        if (
            under.dep == "conj"
            and is_speech_verb(under)
            and any(words[c].dep == "ccomp" for c in under.children)
            and not any(words[c].dep.startswith("nsubj") for c in under.children)
        ):
            last = min(last, document.subtree(child)[0])
    if index > cue:
        first = max(first, cue + 1)
    elif index < cue:
        last = min(last, cue)
        # An inverted clause reaches up to the cue's subject.
        subject = [c for c in words[cue].children if words[c].dep.startswith("nsubj")]
        closing = closing_speaker(document, cue)
        if subject and first <= subject[0] < last:
            last = document.subtree(subject[0])[0]
        elif not subject and closing is not None:
            last = min(last, closing[0])
    return passage(document, first, last)


def features(document: Document, cue: Cue) -> list[str]:
    """What is seen of a cue and its content, as names of weighted rules of the table ``cue``."""
    words = document.words
    word = words[cue.word]
    lemma, way = word.lemma.lower(), cue.way
    first, last = document.between(cue.content[0].start, cue.content[0].end)
    size = min(8, (last - first).bit_length())
    out = [
        f"l={lemma}|{word.pos}",
        f"lw={lemma}|{way}",
        f"w={way}",
        f"wt={way}|{word.tag}",
        f"t={word.tag}",
        f"s={size}|{way.split('|')[0]}",
        f"d={word.dep}",
        f"p={len(cue.content)}|{way}",
    ]
    files, above = classes(lemma, word.pos)
    out += [f"f={name}|{way}" for name in files]
    out += [f"h={name}|{way.split('|')[0]}" for name in above]
    inner = words[first:last]
    if any(w.dep in ("nsubj", "nsubjpass") for w in inner):
        out.append(f"clause|{way}")
        out.append(f"clause|{lemma}")
    if any(w.text in ('"', "“", "”") for w in inner) or (inner and inner[0].quote != word.quote):
        out.append(f"quoted|{way}")
    if inner:
        out.append(f"fw={way}|{inner[0].lower if inner[0].pos not in ('NOUN', 'PROPN') else inner[0].pos}")
        top = next((w for w in inner if not first <= w.head < last), inner[0])
        out.append(f"top={way}|{top.pos}")
        out.append(f"topt={lemma}|{top.tag}")
        out += [f"topf={way}|{name}" for name in classes(top.lemma.lower(), top.pos)[0][:1]]
    if first > 0 and words[first - 1].lower == "that":
        out.append(f"that|{way}")
    subject = subject_of(document, cue.word)
    if subject is None:
        out.append(f"nosubj|{word.pos}|{way}")
    else:
        who = words[subject]
        out.append(f"subj={who.ent or who.pos}")
        out += [f"subjf={name}" for name in classes(who.lemma.lower(), who.pos)[0][:1]]
        if who.pos == "PRON":
            out.append(f"subjl={who.lower}")
    for index in word.children:
        child = words[index]
        if child.dep in ("aux", "neg", "auxpass", "prt", "advmod", "mark"):
            out.append(f"c={child.dep}|{child.lower}")
    if word.quote >= 0:
        out.append("inquote")
        out.append(f"inquote|{way}")
    return out

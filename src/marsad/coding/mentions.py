"""Find every span that may refer to an actor: names, descriptions, pronouns."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from marsad.coding.aliases import alias_starts, as_listed, may_begin
from marsad.coding.blend import Blend, against
from marsad.coding.document import Document, Word
from marsad.coding.subjects import is_speech_verb
from marsad.coding.turns import has_capitals
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes
from marsad.coding.wordlists import words_of
from marsad.coding.words import nickname_opens

if TYPE_CHECKING:
    from marsad.knowledge import Knowledge

__all__ = ["Mention", "candidates", "choose", "features", "group_before", "mentions"]

Form = Literal["name", "description", "pronoun"]
Add = Callable[..., None]
"""Takes in words ``[first, last)`` with their head, their form and what else is known of them."""

_LEAST: Final = 0.4
"""Probability from which on a candidate is taken as a mention."""

_SURELY_NONE: Final = -4.5
"""Encoder's log-odds, of the span and of its head, below which a candidate is none."""
_NAME_ENTS: Final = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_NP_PARTS: Final = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "npadvmod"})
_LONGEST_TAIL: Final = 8
"""Words of a phrase behind a noun that may belong to a description."""
_PRONOUN_TAGS: Final = frozenset({"PRP", "PRP$"})
_CLAUSE_PRONOUNS: Final = frozenset(
    ["those", "both", "some", "others", "another", "one", "someone", "somebody", "everyone", "everybody", "nobody"]
)


@dataclass(slots=True, eq=False)
class Mention:
    """Words ``[first, last)`` that may refer to an actor; ``head`` is the word that stands for them."""

    first: int
    last: int
    head: int
    start: int
    end: int
    form: Form
    ent: str = ""
    known: str | None = None
    """Id in the knowledge packs, where the words are a name or adjective listed there."""
    known_kind: str = ""
    adjective: bool = False
    share: float = 1.0
    actor: int = -1
    sent: int = -1
    text: str = ""
    lower: str = ""
    says: list[tuple[int, int]] = field(default_factory=list)
    """Characters of what this mention is the speaker of."""


def mentions(document: Document, knowledge: Knowledge) -> list[Mention]:
    """The mentions of a document in order, chosen among :func:`candidates` by the table ``mention``."""
    return choose(document, candidates(document, knowledge), frozenset())


def choose(document: Document, found: list[Mention], speakers: Set[int]) -> list[Mention]:
    """The candidates that are mentions, by the table ``mention``; ``speakers`` are words that must belong to one."""
    weights, blend = Weights.load("mention"), Blend.load("mention")
    judged = judge(document, found)
    never = words_of("never_mentions")
    taken: list[Mention] = []
    for number, candidate in enumerate(found):
        described = candidate.form == "description"
        if candidate.lower in words_of("weapons"):
            continue
        if _stands_for_nobody(document, candidate):
            continue
        if described and candidate.head not in speakers and document.words[candidate.head].lemma.lower() in never:
            continue
        if judged is not None and max(judged[number]) < _SURELY_NONE and candidate.head not in speakers:
            continue
        candidate.share = blend.chance(
            weights.chance(features(document, candidate)), None if judged is None else judged[number]
        )
        if candidate.share >= _LEAST or candidate.head in speakers:
            taken.append(candidate)
    return _without_group_inside(document, _one_a_head(taken))


def _stands_for_nobody(document: Document, candidate: Mention) -> bool:
    """ "No group", "nobody", and in "neither group claimed the attack" whoever did not say something."""
    words = document.words
    first = words[candidate.first].lower
    verb = words[words[candidate.head].head]
    silent = first == "neither" and (verb.lemma == "claim" or is_speech_verb(verb))
    return first in ("no", "nobody") or silent


def group_before(document: Document, mention: Mention) -> str | None:
    """The group's name in "ISIL terrorists", where the phrase means the group itself."""
    words = document.words
    head = words[mention.head]
    if mention.form != "description" or head.lemma.lower() not in words_of("unit_nouns"):
        return None
    for word in words[mention.first : mention.head]:
        named = word.pos == "PROPN" or (word.text.isupper() and len(word.text) > 2)
        if named and word.head == head.i and word.dep in ("compound", "nmod") and word.ent != "PERSON":
            return word.lower
    return None


def _without_group_inside(document: Document, taken: list[Mention]) -> list[Mention]:
    """Without "ISIL" in "ISIL terrorists", which is one mention, where the group is named elsewhere too."""
    inside = {word for m in taken if group_before(document, m) is not None for word in range(m.first, m.head)}
    if not inside:
        return taken
    elsewhere = {m.lower for m in taken if m.form == "name" and m.head not in inside}
    return [m for m in taken if m.form != "name" or m.head not in inside or m.lower not in elsewhere]


def _one_a_head(taken: list[Mention]) -> list[Mention]:
    """Of descriptions that differ in what follows their noun, the likeliest."""
    best: dict[tuple[int, int], Mention] = {}
    for mention in taken:
        if mention.form == "description":
            key = mention.first, mention.head
            if key not in best or mention.share > best[key].share:
                best[key] = mention
    return [m for m in taken if m.form != "description" or best[m.first, m.head] is m]


def judge(document: Document, found: list[Mention]) -> list[tuple[float, ...]] | None:
    """What the encoder says of each candidate: log-odds that it is a mention, and that its head is in one."""
    if document.judgement is None:
        return None
    words = document.words
    first = [(words[m.first].start, words[m.first].start + 1) for m in found]
    last = [(words[m.last - 1].end - 1, words[m.last - 1].end) for m in found]
    spans = document.judgement.pairs("span", first, last)[:, 0].tolist()
    inside = document.judged("mention")
    assert inside is not None
    return [(span, against(float(inside[m.head, 0]))) for span, m in zip(spans, found, strict=True)]


def candidates(document: Document, knowledge: Knowledge) -> list[Mention]:
    """Everything that could be a mention, in order of position; no two share first and last word."""
    found: dict[tuple[int, int], Mention] = {}
    heads: dict[int, Mention] = {}

    def add(
        first: int, last: int, head: int, form: Form, *,
        ent: str = "", known: str | None = None, known_kind: str = "", adjective: bool = False,
    ) -> None:  # fmt: skip
        first, last = _trim(document, first, last)
        if first >= last:
            return
        if not first <= head < last:
            head = _head(document, first, last)
        key = (first, last)
        if key not in found:
            words = document.words
            text = document.text[words[first].start : words[last - 1].end]
            mention = Mention(
                first,
                last,
                head,
                words[first].start,
                words[last - 1].end,
                form,
                ent,
                known,
                known_kind,
                adjective,
                sent=words[first].sent,
                text=text,
                lower=text.lower(),
            )
            found[key] = mention
            heads.setdefault(head, mention)

    covered = _known_names(document, knowledge, add)
    _nicknamed(document, add, covered)
    _entities(document, add, covered)
    for word in document.words:
        if word.tag in _PRONOUN_TAGS or (
            word.lower in _CLAUSE_PRONOUNS
            and word.pos in ("PRON", "DET")
            and word.dep in ("nsubj", "nsubjpass", "dobj", "pobj")
        ):
            add(word.i, word.i + 1, word.i, "pronoun")
        elif word.i in heads:
            continue
        elif word.pos == "PROPN" and word.dep not in ("compound", "nmod") and word.ent not in ("DATE", "TIME"):
            first = word.i
            while first > 0 and document.words[first - 1].sent == word.sent and _joins(document.words[first - 1]):
                first -= 1
            if _is_office(document, word, first):
                _description(document, word, add, office=True)
            elif word.i not in covered:
                add(first, word.i + 1, word.i, "name")
        elif word.pos in ("NOUN", "NUM", "ADJ") and word.dep not in ("amod", "nummod", "quantmod", "advmod", "acomp"):
            if word.pos != "NOUN" and word.dep not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos"):
                continue
            if word.ent in ("DATE", "TIME", "MONEY", "PERCENT"):
                continue
            _description(document, word, add)
    return sorted(found.values(), key=lambda m: (m.first, -m.last))


def _joins(word: Word) -> bool:
    return word.pos == "PROPN" and word.dep in ("compound", "nmod", "amod")


def _is_office(document: Document, word: Word, first: int) -> bool:
    """ "The Foreign Secretary", "the US Secretary of State": an office for whoever holds it, without a name behind."""
    words = document.words
    if word.lower not in words_of("titles") or not first or words[first - 1].lower != "the" or word.ent == "PERSON":
        return False
    behind = words[word.i + 1] if word.i + 1 < len(words) else None
    return behind is None or behind.sent != word.sent or not (behind.pos == "PROPN" or behind.ent == "PERSON")


def _description(document: Document, word: Word, add: Add, *, office: bool = False) -> None:
    """The noun phrase of a common noun, without what only describes it from the right."""
    words = document.words
    first = word.i
    if word.dep == "compound":
        add(first, word.i + 1, word.i, "description")
        return
    for index in reversed([c for c in word.children if c < word.i]):
        child = words[index]
        if child.dep not in _NP_PARTS:
            continue
        low, high = document.subtree(index)
        if high - low > 8 or low > first:
            low = index
        if first - max(high, index + 1) > 2:
            break
        first = min(first, low)
    named = any(
        w.pos == "PROPN" or w.ent in ("NORP", "GPE", "ORG")
        for w in words[first : word.i]
        if w.dep in ("compound", "amod", "nmod")
    )
    office = office or (word.text[0].isupper() and _is_office(document, word, first + 1))
    if named and not office and words[first].lower == "the":
        first += 1
    add(first, word.i + 1, word.i, "description")
    last = _tail(document, word)
    if last is not None:
        add(first, last, word.i, "description")


def _tail(document: Document, word: Word) -> int | None:
    """Where "of the Continental Mission" ends behind "monitors", or "who had lost two brothers" behind "a man"."""
    words = document.words
    at = word.i + 1
    child = next((c for c in word.children if c >= at), None)
    if child is None or words[child].dep not in ("prep", "relcl", "acl"):
        return None
    first, last = document.subtree(child)
    if first != at or words[child].sent != word.sent:
        return None
    clause = words[child].dep != "prep"
    if clause and last - first > _LONGEST_TAIL:
        return None
    last = min(last, first + _LONGEST_TAIL)
    for inner in words[first + 1 : last]:
        shut = inner.text in (",", ";", ":", "(", "-", "–") or inner.quote != word.quote
        if shut or (not clause and inner.pos in ("VERB", "AUX", "SCONJ")):
            last = inner.i
            break
    return last if last > first + 1 and (clause or words[last - 1].pos in ("NOUN", "PROPN", "PRON", "NUM")) else None


def _known_names(document: Document, knowledge: Knowledge, add: Add) -> set[int]:
    """Names and adjectives of the packs, the longest at each place; returns the words that they cover."""
    starts = alias_starts(knowledge)
    small = not has_capitals(document.text)
    words = document.words
    covered: set[int] = set()
    at = 0
    while at < len(words):
        word = words[at]
        longest = starts.get(word.lower.split("-")[0].split(".")[0]) or starts.get(word.lower)
        if not longest or not may_begin(word, small):
            at += 1
            continue
        step = 1
        for last in range(min(at + longest, len(words)), at, -1):
            if words[last - 1].sent != word.sent:
                continue
            text = as_listed(knowledge, document.text[word.start : words[last - 1].end].replace("’", "'"), small)
            ids = knowledge.by_alias.get(text)
            adjective = people = None
            if ids is None and last == at + 1:
                adjective = knowledge.by_adjective.get(text)
                people = knowledge.by_people.get(text)
            if ids is None and adjective is None and people is None:
                continue
            known = ids[0] if ids else (adjective or people)
            kind = knowledge.actors[known].kind if known else ""
            if kind != "state" and _inside_longer(document, at, last):
                # "European Council" in "European Council on Foreign Relations" is left to the entity step.
                continue
            add(
                at,
                last,
                _head(document, at, last),
                "name",
                ent=word.ent,
                known=known,
                known_kind=kind,
                adjective=ids is None and adjective is not None,
            )
            covered.update(range(at, last))
            step = last - at
            break
        at += step
    return covered


def _inside_longer(document: Document, first: int, last: int) -> bool:
    """Do words ``[first, last)`` stand inside a longer name that the recogniser found?"""
    words = document.words
    ent = words[last - 1].ent
    if ent not in ("ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PERSON"):
        return False
    goes_on = last < len(words) and words[last].ent == ent and not words[last].ent_start and words[last].tag != "POS"
    return goes_on or (words[first].ent == ent and not words[first].ent_start and words[first - 1].pos == "PROPN")


def _nicknamed(document: Document, add: Add, covered: set[int]) -> None:
    """Names of persons with a nickname in marks: John “J.D.” Dorrian, without the titles before them."""
    words = document.words

    def names(word: Word, sentence: int) -> bool:
        title = word.lower.rstrip(".") in words_of("titles")
        return word.sent == sentence and word.text[:1].isupper() and word.pos == "PROPN" and not title

    texts = [word.text for word in words]
    for close in range(3, len(words) - 1):
        opened = nickname_opens(texts, close)
        sentence = words[close].sent
        if opened is None or not names(words[opened - 1], sentence) or not names(words[close + 1], sentence):
            continue
        first, last = opened - 1, close + 2
        while first and names(words[first - 1], sentence):
            first -= 1
        while last < len(words) and names(words[last], sentence):
            last += 1
        if covered.isdisjoint(range(first, last)):
            add(first, last, last - 1, "name", ent="PERSON")
            covered.update(range(first, last))


def _entities(document: Document, add: Add, covered: set[int]) -> None:
    """Names that the encoder found, cut to the rules for names (no titles, no determiners)."""
    words = document.words
    small = not has_capitals(document.text)
    at = 0
    while at < len(words):
        word = words[at]
        if not word.ent:
            at += 1
            continue
        last = at + 1
        while (
            last < len(words)
            and words[last].ent == word.ent
            and not words[last].ent_start
            and words[last].sent == word.sent
        ):
            last += 1
        if word.ent in _NAME_ENTS and (small or any(w.text[0].isupper() for w in words[at:last])):
            first, end = at, last
            while end - first > 1 and (words[first].lower in ("the", "a", "an") or words[first].pos == "DET"):
                first += 1
            if word.ent == "PERSON":
                while end - first > 1 and words[first].lower.rstrip(".") in words_of("titles"):
                    first += 1
            if words[end - 1].tag == "POS":
                end -= 1
            if end > first and not all(i in covered for i in range(first, end)):
                add(first, end, _head(document, first, end), "name", ent=word.ent)
                covered.update(range(first, end))
        at = last


def _trim(document: Document, first: int, last: int) -> tuple[int, int]:
    """Without quotation marks, brackets and other punctuation at the edges."""
    words = document.words
    while first < last and (words[first].pos in ("PUNCT", "SYM") or words[first].text in ('"', "“", "”", "'")):
        first += 1
    while first < last and (words[last - 1].pos in ("PUNCT", "SYM") or words[last - 1].tag == "POS"):
        last -= 1
    return first, last


def _head(document: Document, first: int, last: int) -> int:
    """The word whose syntactic head lies outside; the last such."""
    words = document.words
    for word in reversed(words[first:last]):
        if not first <= word.head < last or word.head == word.i:
            return word.i
    return last - 1


def features(document: Document, mention: Mention) -> list[str]:
    """What is seen of a candidate, as names of weighted rules of the table ``mention``."""
    words = document.words
    head = words[mention.head]
    form = mention.form
    lemma = head.lemma.lower()
    governor = words[head.head]
    up = governor.lemma.lower() if governor is not head else "-"
    first = words[mention.first]
    out = [
        f"form={form}",
        f"d={form}|{head.dep}",
        f"t={form}|{head.tag}",
        f"e={form}|{mention.ent or head.ent}",
        f"ed={mention.ent or head.ent}|{head.dep}",
        f"up={form}|{up}",
        f"upd={form}|{head.dep}|{up}",
        f"fw={form}|{first.lower if first.pos in ('DET', 'PRON') else first.pos}",
        f"n={min(4, mention.last - mention.first)}|{form}",
    ]
    if form != "name":
        out += [f"l={lemma}", f"ld={lemma}|{head.dep}", f"lup={lemma}|{up}"]
        if head.tag.endswith("S"):
            out.append(f"plural|{form}")
        else:
            out.append(f"ls={lemma}|sg")
    else:
        out.append(f"name={lemma}")
        out.append(f"last={words[mention.last - 1].lower}")
        if mention.known:
            out.append(f"known|{'adj' if mention.adjective else mention.known.split('.')[0] == 'state'}|{head.dep}")
            out.append(f"known|{mention.ent}")
            out.append(f"knownup|{head.dep}|{up}")
    if mention.head + 1 < mention.last and form == "description":
        tail = words[mention.head + 1]
        end = words[mention.last - 1]
        out += ["long", f"longd={tail.dep}", f"long={tail.lower}", f"longl={lemma}|{tail.lower}"]
        out += [
            f"longe={tail.lower}|{end.ent or end.pos}",
            f"longh={head.dep}|{first.lower if first.pos == 'DET' else '-'}",
        ]
    files, above = classes(lemma, "NOUN")
    for name in files:
        out.append(f"f={form}|{name}")
    if files:
        out.append(f"f1={form}|{files[0]}|{head.dep}")
    out += [f"h={form}|{name}" for name in above]
    upfiles, upabove = classes(up, governor.pos)
    if head.dep in ("compound", "amod", "poss", "nmod"):
        out += [f"uf={form}|{head.dep}|{name}" for name in upfiles[:1]]
        out += [f"uh={form}|{head.dep}|{name}" for name in upabove[:3]]
        out.append(f"upos={form}|{governor.pos}|{governor.ent}")
    elif head.dep == "pobj":
        top = words[governor.head]
        out.append(f"pu={form}|{up}|{top.lemma.lower()}")
        out.append(f"pe={form}|{up}|{mention.ent or head.ent}")
        out += [f"pf={form}|{up}|{name}" for name in classes(top.lemma.lower(), top.pos)[0][:1]]
        if files:
            out.append(f"pf1={form}|{up}|{files[0]}")
    else:
        out += [f"vf={form}|{head.dep}|{name}" for name in upfiles[:1]]
    sentence = document.sentences[mention.sent]
    before = words[mention.first - 1].lower if mention.first > sentence.first else "<s>"
    after = words[mention.last].lower if mention.last < sentence.last else "</s>"
    out += [f"b={form}|{before}", f"a={form}|{after}"]
    for index in head.children:
        child = words[index]
        if child.dep in ("prep", "relcl", "appos", "poss", "amod", "compound", "nummod", "det"):
            out.append(f"c={form}|{child.dep}")
            if child.dep in ("prep", "amod", "compound") and form == "description":
                out.append(f"cl={child.dep}|{child.lemma.lower()}")
                if child.ent:
                    out.append(f"ce={child.dep}|{child.ent}")
    return out

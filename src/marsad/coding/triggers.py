"""Which words tell of an event, and of which PLOVER type."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from marsad.coding.blend import Blend
from marsad.coding.document import Document, Word
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes
from marsad.coding.wordlists import words_of
from marsad.records import Passage

__all__ = ["Trigger", "features", "is_candidate", "triggers"]

NONE: Final = "-"
_PARTS: Final = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX"})
_SHARES: Final = frozenset("involvement role responsibility complicity participation part hand".split())
"""Nouns for having had a share in an attack."""
_LEAST: Final = 0.52
"""Probability of any event from which on a word is taken (best F1 on held-out training reports)."""


_CAUSED: Final = frozenset("by in of from during".split())
_SUFFERED: Final = frozenset("die perish drown suffocate death fatality casualty injury toll".split())
"""What is told of by who suffers it, not by who does it."""
_WEATHER: Final = frozenset("rain rains rained raining snow snows snowed snowing".split())
_SURELY_NONE: Final = math.log(0.985)
"""Encoder's log-probability of no event from which on the rules are not asked."""


@dataclass(slots=True)
class Trigger:
    """A word that tells of an event; ``share`` is the probability of any event, ``types`` of each type."""

    word: int
    span: Passage
    type: str
    share: float
    types: dict[str, float] = field(default_factory=dict)
    denied: bool = False
    """A share in an attack that somebody denies."""


def is_candidate(word: Word) -> bool:
    """May this word be a trigger at all?"""
    return (
        word.pos in _PARTS
        and word.dep not in ("aux", "auxpass", "det")
        and len(word.text) > 1
        and not (word.pos == "PROPN" and word.ent in ("PERSON", "GPE", "DATE"))
        and word.lower not in _WEATHER
        and f"{word.lemma.lower()}|{word.pos}" not in words_of("never_triggers")
    )


def triggers(document: Document) -> list[Trigger]:
    """All triggers of a document, in order."""
    weights, blend = Weights.load("trigger"), Blend.load("trigger")
    judged = document.judged("trigger")
    found = []
    for word in document.words:
        if not is_candidate(word) or (judged is not None and judged[word.i, 0] > _SURELY_NONE):
            continue
        shares = blend.shares(
            weights.probabilities(features(document, word)), None if judged is None else judged[word.i].tolist()
        )
        none = shares[0]
        if 1.0 - none < _LEAST:
            continue
        at = max(range(1, len(shares)), key=shares.__getitem__)
        types = {label: share for label, share in zip(weights.labels[1:], shares[1:], strict=True) if share > 0.02}
        end = word.end
        for child in word.children:
            part = document.words[child]
            if part.dep == "prt" and 0 < part.start - end < 3:
                end = part.end
        if weights.labels[at] == "ASSAULT" and (_mishap(document, word) or word.lemma.lower() == "claim"):
            # Whoever claims an attack says something; nor is it one where nobody does.
            continue
        found.append(Trigger(word.i, Passage(word.start, end), weights.labels[at], 1.0 - none, types))
    found += _denied(document, {t.word for t in found})
    return sorted(found + _proposed(document, {t.word for t in found}), key=lambda t: t.word)


def _mishap(document: Document, word: Word) -> bool:
    """ "An earthquake killed 200", "died in a stampede": harm that nobody did, by what is named as its cause.

    Who does it decides where one is named: what "gunmen killed during the epidemic" is an assault all the same.
    """
    words = document.words
    if word.pos == "NOUN" and _is_mishap(document, word):
        return True
    for _ in range(3):
        below = [words[child] for child in word.children]
        # Parses miss the subject of "Floods and landslides killed 30".
        doers = [under for under in below if under.dep == "nsubj"] or [
            under for under in below if under.dep in ("pobj", "nmod") and under.i < word.i and word.tag == "VBD"
        ]
        suffers = word.lemma.lower() in _SUFFERED
        if doers and not suffers:
            return any(_is_mishap(document, doer) for doer in doers)
        agents = [words[child] for under in below if under.dep == "agent" for child in under.children]
        if agents:
            return any(_is_mishap(document, agent) for agent in agents)
        if suffers or word.tag == "VBN":
            inside = [under for under in below if under.dep == "prep" and under.lower in _CAUSED]
            causes = [words[child] for under in inside for child in under.children if words[child].dep == "pobj"]
            if any(_is_mishap(document, cause) for cause in causes):
                return True
        if doers or word.dep not in ("advcl", "conj"):
            return False
        # "An earthquake struck the city, killing 200."
        word = words[word.head]
    return False


def _is_mishap(document: Document, word: Word) -> bool:
    """Is it such a noun, or a name with one ("Hurricane Alma")? One that opens a sentence may look like a name.

    "A storm of bullets" is none.
    """
    of = any(document.words[child].lower == "of" for child in word.children)
    if of and word.lemma.lower() not in ("crash", "collision", "derailment"):
        return False
    mishaps = words_of("mishaps")
    named = [document.words[child] for child in word.children if document.words[child].dep == "compound"]
    # "Storm Brigade" and "Typhoon jets" are no weather.
    is_name = word.pos == "PROPN" and not set(classes(word.lemma.lower(), "NOUN")[0][:1]) & {"group", "artifact"}
    named = [word, *named] if is_name else [word]
    return word.pos in ("NOUN", "PROPN") and any(
        part.lemma.lower() in mishaps or part.lower in mishaps or part.lower.removesuffix("s") in mishaps
        for part in named
    )


def _proposed(document: Document, taken: set[int]) -> list[Trigger]:
    """Words that a user's codebook takes for an event, where the coder did not."""
    found = []
    for start, end, kind in document.proposed:
        first, last = document.between(start, end)
        if first < last and first not in taken:
            found.append(Trigger(first, Passage(start, end), kind, _LEAST, {kind: 1.0}))
    return found


def _denied(document: Document, taken: set[int]) -> list[Trigger]:
    """ "denied any role in the attack": an act of its own, which did not happen, on the noun that is denied."""
    found = []
    words = document.words
    for word in words:
        if word.lemma not in _SHARES or word.i in taken:
            continue
        verb = words[word.head]
        if word.dep == "dobj" and verb.lemma in ("deny", "reject", "disclaim", "dismiss", "refute"):
            found.append(Trigger(word.i, Passage(word.start, word.end), "ASSAULT", 0.5, {"ASSAULT": 1.0}, denied=True))
    return found


def features(document: Document, word: Word) -> list[str]:
    """What is seen of a word and its surroundings, as names of weighted rules."""
    words = document.words
    lemma, pos = word.lemma.lower(), word.pos
    out = [f"l={lemma}", f"lp={lemma}|{pos}", f"t={word.tag}", f"d={word.dep}", f"ld={lemma}|{word.dep}"]
    files, above = classes(lemma, pos)
    out += [f"f={pos}|{name}" for name in files]
    out += [f"h={pos}|{name}" for name in above]
    if files:
        out.append(f"f1={pos}|{files[0]}")
    head = words[word.head]
    if head is not word:
        out.append(f"hl={head.lemma.lower()}|{word.dep}")
        out.append(f"hp={head.pos}|{word.dep}")
        out.append(f"lhl={lemma}|{head.lemma.lower()}")
    else:
        out.append("root")
    subject = False
    for index in word.children:
        child = words[index]
        below, dep = child.lemma.lower(), child.dep
        if dep in ("punct", "cc"):
            continue
        out.append(f"c={dep}")
        if dep in (
            "prep",
            "prt",
            "agent",
            "advmod",
            "neg",
            "dobj",
            "compound",
            "amod",
            "nsubj",
            "nsubjpass",
            "mark",
            "aux",
        ):
            out.append(f"lc={lemma}|{dep}|{below}")
            out.append(f"c={dep}|{below}")
        if dep in ("nsubj", "nsubjpass", "dobj", "compound", "poss", "pobj"):
            subject = subject or dep.startswith("nsubj")
            out.append(f"le={lemma}|{dep}|{child.ent or child.pos}")
            out.append(f"pe={pos}|{dep}|{child.ent or child.pos}")
            for name in classes(below, child.pos)[0][:1]:
                out.append(f"lf={lemma}|{dep}|{name}")
                out.append(f"pf={pos}|{dep}|{name}")
        elif dep == "prep":
            for deeper in child.children:
                under = words[deeper]
                out.append(f"lpo={lemma}|{below}|{under.ent or under.pos}")
                for name in classes(under.lemma.lower(), under.pos)[0][:1]:
                    out.append(f"lpf={lemma}|{below}|{name}")
    if not subject and pos == "VERB":
        out.append(f"nosubj|{word.dep}")
    sentence = document.sentences[word.sent]
    at = word.i
    before = words[at - 1] if at > sentence.first else None
    after = words[at + 1] if at + 1 < sentence.last else None
    out.append(f"p={before.lower if before else '<s>'}")
    out.append(f"n={after.lower if after else '</s>'}")
    if before:
        out.append(f"lpw={lemma}|{before.lower}")
        out.append(f"pp={pos}|{before.pos}")
    if after:
        out.append(f"lnw={lemma}|{after.lower}")
        out.append(f"np={pos}|{after.pos}")
    for near in words[max(sentence.first, at - 5) : min(sentence.last, at + 6)]:
        if near.i != at and near.pos in ("NOUN", "VERB", "ADJ", "PROPN"):
            out.append(f"w={near.lemma.lower()}")
    if word.ent:
        out.append(f"e={word.ent}")
    return out

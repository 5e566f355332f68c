"""Did it happen? The status and the certainty of an event, from the words around its trigger."""

from __future__ import annotations

from typing import Final

from marsad.coding.blend import Blend
from marsad.coding.document import Document
from marsad.coding.negation import denies_nothing, is_nobody, stayed_away
from marsad.coding.paths import ancestors
from marsad.coding.triggers import Trigger
from marsad.coding.weights import Weights
from marsad.coding.wordlists import classes_of, words_of

__all__ = ["certainty", "features", "status"]

_WITHOUT_NEGATION: Final = 0.15
"""Of 375 labelled events that did not happen, 329 stand in a sentence that negates or denies something."""
_HEDGES: Final = frozenset(
    "allegedly reportedly apparently probably likely possibly perhaps maybe suspected alleged presumed unconfirmed "
    "may might could believed thought said rumoured rumored seemingly presumably".split()
)
_REPORTEDLY: Final = frozenset({"allegedly", "reportedly", "apparently", "probably"})
_INTENDING: Final = frozenset({"threaten", "vow", "plan", "intend", "pledge", "promise"})
_COMMITTED: Final = frozenset({"committed", "commitment"})
_ANNOUNCED: Final = frozenset({"PROTEST", "ASSAULT", "RETREAT", "AID", "CONSULT", "MOBILIZE", "COOPERATE"})
"""Deeds that are yet to come where somebody announces them; an arrest or an accord announced has taken place."""
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WOULD: Final = frozenset({"would", "will", "'ll", "’ll", "could"})
_TELLING: Final = frozenset(
    "say tell confirm verify disclose specify reveal announce report know identify comment acknowledge".split()
)
_OWED: Final = frozenset({"must", "should", "ought"})
_OWING: Final = frozenset({"have", "need"})
_SAID: Final = frozenset("ACCUSE AGREE REJECT REQUEST SUPPORT THREATEN".split())
"""Types of what is done by saying so ("we must condemn this")."""
_IF: Final = frozenset({"if", "unless"})
_HARMED: Final = frozenset("hurt injure wound harm".split())
_NEAR: Final = 80
"""Words around a trigger that are searched for hedges and negations; few sentences are longer."""


def status(document: Document, trigger: Trigger) -> dict[str, float]:
    """The chance of each status; by the table ``status``."""
    if _intended(document, trigger) or _committed(document, trigger) or _announced(document, trigger):
        return {"planned": 1.0}
    if _supposed(document, trigger):
        return {"conditional": 1.0}
    if trigger.type == "CONSULT" and stayed_away(document, trigger.word):
        return {"did-not-happen": 1.0}
    shares = _shares(document, trigger, "status")
    if _owed(document, trigger):
        shares["requested"] += shares["happened"]
        shares["happened"] = 0.0
    denying = _negations(document, trigger)
    if denying == 0:
        shares["did-not-happen"] *= _WITHOUT_NEGATION
    elif denying is None:
        shares["did-not-happen"] = 0.0
    if _nobody_did(document, trigger):
        shares["did-not-happen"] += shares["happened"]
        shares["happened"] = 0.0
    return shares


def _intended(document: Document, trigger: Trigger) -> bool:
    """ "threatened to kill": what somebody threatens, vows or plans to do is planned, not more and not less."""
    word = document.words[trigger.word]
    above = document.words[word.head]
    return word.dep == "xcomp" and word.tag == "VB" and above.lemma in _INTENDING and above.tag in ("VBD", "VBZ", "VBP")


def _announced(document: Document, trigger: Trigger) -> bool:
    """ "Students announced new rallies": a deed announced is planned. Of ten such events of the labelled reports for
    training eight are."""
    word = document.words[trigger.word]
    above = document.words[word.head]
    told = above.lemma == "announce" and above.tag in ("VBD", "VBZ", "VBP", "VBN")
    return trigger.type in _ANNOUNCED and word.pos == "NOUN" and word.dep == "dobj" and told


def _committed(document: Document, trigger: Trigger) -> bool:
    """ "remains committed to assisting in the return": what follows is planned, as far as no verb of its own tells
    more. All ten such events of the labelled reports for training are."""
    words = document.words
    below = words[trigger.word]
    for index in ancestors(document, trigger.word)[1:]:
        above = words[index]
        if below.tag in _FINITE or above.i > below.i:
            return False
        if above.lower in _COMMITTED:
            return below.lower == "to" or below.dep == "xcomp"
        below = above
    return False


def _supposed(document: Document, trigger: Trigger) -> bool:
    """ "If it ratifies the offer, we would accept": what would follow on something else. Of 59 such events of the
    labelled reports for training 45 are conditional; of the others ten are threats, which are made all the same."""
    if trigger.type == "THREATEN":
        return False
    words = document.words
    below = [words[child] for child in words[trigger.word].children]
    return any(under.dep == "aux" and under.lower in _WOULD for under in below) and any(
        under.dep == "advcl" and any(words[deeper].lower in _IF for deeper in under.children) for under in below
    )


def _owed(document: Document, trigger: Trigger) -> bool:
    """ "The army must go back", "has to release them": what is owed is yet to be done. Of the labelled reports for
    training one such event of seven happened; "must have fired" is a guess and "had to leave" is past."""
    words = document.words
    word = words[trigger.word]
    if word.pos != "VERB" or trigger.type in _SAID:
        return False
    below = [words[child] for child in word.children]
    auxiliaries = [under.lower for under in below if under.dep == "aux"]
    if "have" in auxiliaries or any(under.dep == "mark" and under.lower in _IF for under in below):
        return False
    subject = next((under.i for under in below if under.dep.startswith("nsubj")), -1)
    if any(under.dep == "aux" and under.lower in _OWED and under.i > subject for under in below):
        # "Should they fire, ..." has its subject behind it.
        return subject >= 0
    above = words[word.head]
    return (
        word.dep == "xcomp"
        and "to" in auxiliaries
        and above.lemma in _OWING
        and above.tag in ("VBZ", "VBP")
        and not any(words[child].lower == "yet" or words[child].dep == "aux" for child in above.children)
    )


def _negations(document: Document, trigger: Trigger) -> int | None:
    """How many words of the sentence, near the trigger, negate or deny; None where they only look as if they did."""
    sentence = document.sentence_of(trigger.word)
    negations = words_of("negations")
    near = document.words[max(sentence.first, trigger.word - _NEAR) : min(sentence.last, trigger.word + _NEAR)]
    found = [word.i for word in near if word.lower in negations or word.lemma in negations]
    if not found:
        return 0
    above = set(ancestors(document, trigger.word)[1:])
    denying = sum(
        not denies_nothing(document.words, index) and not _withheld(document, index, above) for index in found
    )
    return denying or None


def _withheld(document: Document, index: int, above: set[int]) -> bool:
    """Is a "not" that of a verb of telling over the trigger? "They have not said who killed them": that it is not told
    does not deny it; "they are not known to have fired" does."""
    words = document.words
    verb = words[words[index].head]
    return words[index].dep == "neg" and verb.i in above and verb.lemma in _TELLING and verb.lower != "known"


def _nobody_did(document: Document, trigger: Trigger) -> bool:
    """ "None of the rebels laid down their arms": the subject stands for nobody."""
    words = document.words
    word = words[trigger.word]
    if word.pos != "VERB" or word.lemma in _HARMED:
        # "None of the soldiers was hurt" tells of an attack in which nobody was.
        return False
    above = words[word.head]
    if word.dep in ("oprd", "xcomp", "ccomp") and word.tag == above.tag == "VBN" and above.i < word.i:
        # "Nobody was reported arrested."
        word = above
    below = [words[child] for child in word.children]
    return not any(under.dep == "neg" or under.tag == "MD" for under in below) and any(
        under.dep in ("nsubj", "nsubjpass") and under.i < word.i and is_nobody(document, under.i) for under in below
    )


def certainty(document: Document, trigger: Trigger) -> dict[str, float]:
    """The chance of each certainty; by the table ``certainty``, but "reportedly" makes it probable by itself."""
    words = document.words
    if any(words[child].lower in _REPORTEDLY for child in words[trigger.word].children):
        return {"probable": 1.0}
    return _shares(document, trigger, "certainty")


def _shares(document: Document, trigger: Trigger, name: str) -> dict[str, float]:
    weights, judged = Weights.load(name), document.judged(name)
    rules = weights.probabilities(features(document, trigger))
    shares = Blend.load(name).shares(rules, None if judged is None else judged[trigger.word].tolist())
    return dict(zip(weights.labels, shares, strict=True))


def features(document: Document, trigger: Trigger) -> list[str]:
    """What is seen around a trigger, as names of weighted rules of the tables ``status`` and ``certainty``."""
    words = document.words
    word = words[trigger.word]
    lemma = word.lemma.lower()
    out = [
        f"t={word.tag}",
        f"k={trigger.type}",
        f"l={lemma}",
        f"td={word.tag}|{word.dep}",
        f"d={word.dep}|{word.pos}",
        f"q={word.quote >= 0}",
    ]
    for child in word.children:
        under = words[child]
        if under.dep in ("aux", "auxpass", "neg", "mark", "advmod", "det", "amod", "prt", "nummod"):
            out.append(f"c={under.dep}|{under.lower}")
            out.append(f"ct={under.lower}|{word.tag}")
            out.append(f"ck={under.lower}|{trigger.type}")
        elif under.dep.startswith("nsubj") or under.dep in ("dobj", "poss", "agent"):
            for deeper in under.children:
                if words[deeper].lower in ("no", "any", "neither", "none", "nobody") or words[deeper].dep == "neg":
                    out.append(f"cn={under.dep}|{words[deeper].lower}")
            if under.lower in ("no", "nobody", "none", "nothing", "neither"):
                out.append(f"cn={under.dep}|{under.lower}")
        if under.dep == "advcl":
            marks = [words[c].lower for c in under.children if words[c].dep == "mark"]
            out += [f"advcl={mark}|{word.tag}" for mark in marks]
    chain = ancestors(document, word.i)
    verbs = classes_of("status_verbs")
    deps = []
    for level, index in enumerate(chain[1:5], start=1):
        above = words[index]
        below = words[chain[level - 1]]
        deps.append(below.dep)
        out.append(f"a{level}={above.lemma.lower()}|{below.dep}")
        out.append(f"a={above.lemma.lower()}|{below.dep}|{word.pos}")
        group = verbs.get(above.lemma.lower())
        if group is not None:
            out += [f"v={group}|{below.dep}", f"v{level}={group}|{word.pos}", f"vt={group}|{word.tag}"]
        if level == 1:
            out.append(f"at={above.lemma.lower()}|{word.tag}")
            out.append(f"ak={above.lemma.lower()}|{trigger.type}")
        if above.pos in ("VERB", "AUX"):
            for child in above.children:
                under = words[child]
                if under.dep in ("aux", "neg", "mark") and child not in chain:
                    out.append(f"ac{min(level, 2)}={under.dep}|{under.lower}|{below.dep}")
                    if below.dep == "conj":
                        out.append(f"cj={under.lower}|{word.tag}")
        out.append(f"chain={'.'.join(deps)}|{above.pos}")
        if above.dep in ("ROOT",):
            break
    sentence = document.sentences[word.sent]
    for near in words[max(sentence.first, word.i - 4) : word.i]:
        out.append(f"w={near.lower}")
        if near.lower in _HEDGES:
            out.append("hedge")
    for near in words[word.i + 1 : min(sentence.last, word.i + 4)]:
        out.append(f"n={near.lower}")
    for near in words[max(sentence.first, word.i - _NEAR) : min(sentence.last, word.i + _NEAR)]:
        if near.lower in _HEDGES or near.lower in (
            "if",
            "unless",
            "would",
            "should",
            "will",
            "not",
            "denied",
            "denies",
            "deny",
        ):
            out.append(f"s={near.lower}")
    return out

"""Clean text with the commonest errors of people who learn English: honest errors, which are no sign of a machine."""

from __future__ import annotations

import random
import re
from typing import Final

from spinner import quoted

__all__ = ["learner"]

PREPOSITIONS: Final = ("in", "on", "at", "of", "to", "for", "from", "with", "by", "about")
MASS: Final = {
    "information": "informations", "equipment": "equipments", "advice": "advices", "evidence": "evidences",
    "damage": "damages", "staff": "staffs", "people": "peoples", "personnel": "personnels", "research": "researches",
    "violence": "violences", "police": "polices", "aid": "aids", "news": "the news", "progress": "progresses",
}  # fmt: skip
AGREEMENT: Final = {
    "are": "is", "were": "was", "have": "has", "has": "have", "is": "are", "was": "were", "does": "do", "do": "does",
}  # fmt: skip
RELATIVES: Final = {"who": "which", "which": "what", "that": "which", "much": "many", "many": "much", "since": "from"}
CHOICES: Final = {
    "about": "around", "also": "too", "area": "zone region", "arrested": "apprehended caught interpellated",
    "asked": "demanded requested solicited", "attended": "assisted", "because": "as since",
    "began": "started initiated", "big": "great important", "carried": "realized made",
    "children": "childs kids minors", "company": "society firm", "current": "actual",
    "damaged": "destroyed harmed spoiled", "dead": "died deceased", "district": "zone region",
    "entered": "penetrated", "finally": "lastly eventually", "find": "meet", "found": "discovered met",
    "fled": "escaped", "gave": "offered granted", "happened": "occurred passed", "held": "made realized organised",
    "help": "aid assistance", "hospital": "clinic", "hurt": "injured wounded", "injured": "wounded hurt",
    "killed": "died martyred liquidated", "large": "big important great", "lasted": "continued took",
    "leader": "chief responsible", "left": "abandoned", "many": "several numerous", "meeting": "reunion session",
    "money": "sum amount", "need": "necessity", "now": "actually", "official": "responsible functionary",
    "officials": "responsibles functionaries", "people": "persons peoples citizens", "police": "policemen agents",
    "possible": "eventual", "probably": "maybe", "problem": "difficulty trouble", "protest": "manifestation",
    "protests": "manifestations", "reached": "arrived attained", "reported": "informed signaled",
    "residents": "inhabitants dwellers", "returned": "came", "road": "way route",
    "said": "told declared affirmed informed", "see": "look", "showed": "presented", "situation": "state condition",
    "small": "little", "soldiers": "militaries elements", "started": "begun", "stay": "remain", "stopped": "ceased",
    "support": "sustain", "talks": "conversations", "think": "consider mean", "told": "said explained", "took": "had",
    "town": "city locality", "troops": "militaries forces", "use": "utilize employ", "used": "utilized employed",
    "very": "so too", "village": "locality", "wanted": "wished", "weapons": "arms armaments", "went": "passed",
    "whole": "all", "work": "labour", "wounded": "injured hurt",
}  # fmt: skip
"""Words that learners take for others, most of them after their own language. One learner does so with some of them,
each time in the same way: no thesaurus is behind it."""
LATIN: Final = {
    "about": "concerning", "agreed": "accorded", "arrived": "presented", "arms": "armaments", "ask": "solicit demand",
    "asked": "solicited interrogated", "attack": "aggression", "attacked": "aggressed assaulted",
    "became": "converted", "began": "commenced initiated", "begin": "commence initiate", "blamed": "responsibilised",
    "body": "cadaver", "bodies": "cadavers", "brought": "transported conducted", "build": "construct",
    "built": "constructed", "burned": "incinerated calcined", "called": "convoked denominated", "calls": "appeals",
    "came": "proceeded", "car": "vehicle", "charge": "imputation", "close": "proximate", "continued": "persisted",
    "country": "nation patria", "crowd": "multitude", "daily": "quotidian", "died": "perished", "early": "premature",
    "end": "terminate finalise", "ended": "terminated finalised culminated", "fight": "combat",
    "fighters": "combatants", "fighting": "combats confrontations", "fired": "effectuated", "forces": "elements",
    "get": "obtain", "give": "concede", "given": "conceded", "got": "obtained", "group": "collective",
    "gunmen": "assailants", "happen": "occur", "happened": "succeeded occurred", "head": "chief titular",
    "help": "succour assist", "helped": "assisted collaborated", "hit": "impacted", "home": "domicile",
    "homes": "domiciles habitations", "house": "domicile habitation", "houses": "domiciles habitations",
    "hurt": "lesioned", "injured": "lesioned", "job": "employment", "keep": "maintain conserve",
    "killed": "assassinated victimised", "last": "past ultimate", "launched": "lanced initiated emitted",
    "law": "legislation norm", "lawyer": "advocate", "letter": "missive", "living": "inhabiting", "local": "communal",
    "made": "realised effected", "main": "principal", "make": "realise effect", "meet": "reunite", "met": "reunited",
    "missing": "disappeared", "moved": "displaced", "news": "notices", "newspaper": "journal periodical",
    "office": "dependency", "old": "ancient", "opened": "inaugurated", "order": "disposition", "ordered": "disposed",
    "people": "persons populations", "place": "locality", "plan": "project", "poor": "humble", "prevent": "impede",
    "prison": "penitentiary", "put": "deposited", "quickly": "rapidly", "reached": "attained", "refused": "negated",
    "report": "communication", "residents": "inhabitants", "right": "faculty", "road": "route via",
    "said": "manifested indicated precised affirmed signalled", "say": "manifest affirm", "send": "expedite",
    "sent": "remitted expedited", "set": "installed", "showed": "evidenced", "sick": "infirm", "site": "emplacement",
    "spread": "propagated", "start": "initiate commence", "started": "initiated commenced", "stop": "cease",
    "stopped": "ceased", "streets": "arteries", "strong": "energetic", "take": "adopt", "taken": "adopted conducted",
    "talks": "conversations", "threat": "menace", "threats": "menaces", "threatened": "menaced",
    "told": "manifested informed", "took": "adopted", "town": "locality", "towns": "localities", "tried": "intended",
    "try": "intend", "use": "utilise", "used": "utilised", "village": "locality", "wanted": "pretended desired",
    "weapons": "armaments", "went": "directed", "wife": "spouse", "work": "labour", "workers": "labourers",
    "wounded": "lesioned blessed", "wrote": "redacted", "young": "juvenile",
}  # fmt: skip
"""Words after French, Spanish, Portuguese or Italian, as word-for-word translators put them."""
WORD: Final = re.compile(r"[A-Za-z]+")


def learner(text: str, rng: random.Random) -> str:
    """The text with errors of articles, prepositions, agreement, number, tense and choice outside its quotations."""
    drop, add, swap, agree, tense = (rng.uniform(0.0, top) for top in (0.7, 0.08, 0.25, 0.2, 0.15))
    taken = rng.choice((0.0, 0.2, 0.5))
    source = {**CHOICES, **LATIN} if rng.random() < 0.5 else CHOICES
    chosen = {word: rng.choice(others.split(" ")) for word, others in source.items() if rng.random() < taken}
    shut = quoted(text)
    pieces: list[str] = []
    at = 0
    for found in WORD.finditer(text):
        word, lower = found[0], found[0].lower()
        if shut[found.start()]:
            continue
        new: str | None = None
        if lower in ("the", "a", "an"):
            if rng.random() < drop and word == lower:
                pieces.append(text[at : found.start()])
                at = found.end() + (text[found.end() : found.end() + 1] == " ")
                continue
        elif lower in PREPOSITIONS:
            new = rng.choice(PREPOSITIONS) if rng.random() < swap else None
        elif lower in AGREEMENT:
            new = AGREEMENT[lower] if rng.random() < agree else None
        elif lower in MASS:
            new = MASS[lower] if rng.random() < 0.5 else None
        elif lower in chosen:
            new = chosen[lower] if rng.random() < 0.8 else None
        elif lower in RELATIVES:
            new = RELATIVES[lower] if rng.random() < agree else None
        elif word == lower and len(lower) > 5 and lower.endswith("ed") and rng.random() < tense:
            new = rng.choice(("was " + lower, "has " + lower, "had " + lower, "is " + lower, lower[:-2] + "ing"))
        elif word == lower and len(lower) > 4 and lower.endswith("s") and not lower.endswith("ss"):
            new = lower[:-1] if rng.random() < agree else None
        elif word == lower and len(lower) > 4 and rng.random() < add:
            new = "the " + lower
        if new is not None:
            pieces += (text[at : found.start()], new if word == lower else new[:1].upper() + new[1:])
            at = found.end()
    return "".join([*pieces, text[at:]])

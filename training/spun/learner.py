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
WORD: Final = re.compile(r"[A-Za-z]+")


def learner(text: str, rng: random.Random) -> str:
    """The text with errors of articles, prepositions, agreement, number and tense outside its quotations."""
    drop, add, swap, agree, tense = (rng.uniform(0.0, top) for top in (0.7, 0.08, 0.25, 0.2, 0.15))
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

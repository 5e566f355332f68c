"""Words that are common in the labelled reports and never tell of an event, or never mention an actor.

The coder leaves them out without weighing anything, which saves time and false alarms.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from data import Example, match_mentions

from marsad.coding import mentions, triggers
from marsad.knowledge import Knowledge

LEAST_SEEN = 4
"""Times that a word must stand in the reports before its silence says anything."""


def never_triggers(examples: list[Example]) -> list[str]:
    """``lemma|part of speech`` of candidate words that no event's trigger ever covers."""
    seen: Counter[str] = Counter()
    told: set[str] = set()
    for example in examples:
        document = example.document
        covered = {
            word for claim in example.gold.events for span in claim.triggers for word in range(*document.between(*span))
        }
        for word in document.words:
            if triggers.is_candidate(word):
                key = f"{word.lemma.lower()}|{word.pos}"
                seen[key] += 1
                if word.i in covered:
                    told.add(key)
    return sorted(key for key, count in seen.items() if count >= LEAST_SEEN and key not in told)


def never_mentions(examples: list[Example], knowledge: Knowledge) -> list[str]:
    """Lemmas of nouns that head a description and never mention an actor."""
    seen: Counter[str] = Counter()
    meant: set[str] = set()
    for example in examples:
        found = mentions.candidates(example.document, knowledge)
        matched = match_mentions(example.gold, found)
        for number, candidate in enumerate(found):
            if candidate.form == "description":
                lemma = example.document.words[candidate.head].lemma.lower()
                seen[lemma] += 1
                if number in matched:
                    meant.add(lemma)
    return sorted(lemma for lemma, count in seen.items() if count >= LEAST_SEEN and lemma not in meant)


def write(name: str, entries: list[str], folder: Path) -> None:
    """Write a word list of the lexicon."""
    head = f"# {len(entries)} words; made by training/never.py from labelled reports."
    (folder / f"{name}.txt").write_text("\n".join([head, *entries]) + "\n", encoding="utf-8")
    print(f"{name}: {len(entries)}")

"""Makes the table of known names and set phrases and of the words that a spinner could put into them.

    python training/spun/phrases.py

Names come from Marsad's own actor packs, set phrases from ``phrases.txt``; the words that could stand in them are
WordNet's synonyms in any sense and class, their synonyms, and broader and narrower words.
"""

from __future__ import annotations

import re
from pathlib import Path

from senses import Senses, bent, forms, kin, wordnet
from tables import OUT

from marsad.knowledge.packs import read_pack
from marsad.origins.spun.tables import tables

SMALL = frozenset("a an and at de del el for in la of on or the to".split())
MOST = 80


def names() -> dict[str, str]:
    """Names and phrases of two to four known words, in lower case -> "name" or "phrase"."""
    known = tables().number
    packs = Path(__file__).resolve().parents[2] / "src/marsad/knowledge/packs"
    actors = [actor for file in sorted(packs.iterdir()) for actor in read_pack(file)]
    found = {name: "name" for actor in actors for name in (actor.name, *actor.aliases)}
    lines = (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines()
    found |= {line: "phrase" for line in lines if not line.startswith("#")}
    kept: dict[str, str] = {}
    for text, kind in found.items():
        words = re.findall(r"[a-z]+", text.lower())
        if 2 <= len(words) <= 4 and " ".join(words) == text.lower() and all(word in known for word in words):
            kept[text.lower()] = kind
    return kept


def others(word: str, near: tuple[Senses, ...]) -> list[str]:
    """The forms that could stand for a form by any of its senses, direct synonyms first."""
    one: dict[str, None] = {}
    two: dict[str, None] = {}
    for lemma, pos, tag in forms().get(word, []):
        direct = [w for table in near for sense in table.get((lemma, pos), []) for w in sense]
        farther = [w for via in direct for sense in wordnet().get((via, pos), []) for w in sense]
        for words, into in ((direct, one), (farther, two)):
            into.update(dict.fromkeys(form for w in words if " " not in w and (form := bent(w, tag))))
    return [form for form in {**one, **two} if form != word]


def main() -> None:
    """Write the table: phrase, its kind, the place of the word that may give way, and the words for it."""
    known = tables()
    near = (wordnet(), kin())
    rows = ["phrase\tkind\tplace\tput"]
    kept = names()
    for phrase, kind in sorted(kept.items()):
        words = phrase.split(" ")
        for place, word in enumerate(words):
            put = [w for w in others(word, near) if w in known.number] if word not in SMALL else []
            put = [w for w in put if " ".join([*words[:place], w, *words[place + 1 :]]) not in kept][:MOST]
            if put:
                rows.append(f"{phrase}\t{kind}\t{place}\t{' '.join(put)}")
    (OUT / "phrases.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(len(kept), "names and phrases,", len(rows) - 1, "rows")


if __name__ == "__main__":
    main()

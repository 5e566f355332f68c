"""Synonyms by word class, from WordNet 3.0's own files (Debian's package wordnet-base)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from rows import Absent

__all__ = ["Thesaurus"]

FOLDER = Path("/usr/share/wordnet")
OWN_SENSES = 3
"""A synonym must have the sense among its own first ones: "blame" is not swapped for "pick"."""

Senses = dict[str, tuple[list[str], int]]


class Thesaurus:
    """WordNet as an article spinner uses it. Raises Absent where it is not installed."""

    def __init__(self, folder: Path = FOLDER) -> None:
        if not (folder / "data.noun").exists():
            raise Absent(f"no WordNet in {folder}: install the Debian package wordnet-base")
        self.folder = folder

    @cached_property
    def _index(self) -> dict[str, Senses]:
        """Word class -> lemma -> its senses' offsets, and in how many senses it is attested."""
        found: dict[str, Senses] = {}
        for pos in ("noun", "verb", "adj", "adv"):
            table: Senses = {}
            for line in (self.folder / f"index.{pos}").read_text(encoding="utf-8").splitlines():
                if not line.startswith(" "):
                    cells = line.split()
                    count = int(cells[2])
                    table[cells[0]] = (cells[-count:], int(cells[-count - 1]))
            found[pos] = table
        return found

    @cached_property
    def _words(self) -> dict[str, dict[str, list[str]]]:
        """Word class -> offset of a sense -> its words; for an adjective also those of the senses most like it."""
        found: dict[str, dict[str, list[str]]] = {}
        for pos in ("noun", "verb", "adj", "adv"):
            own: dict[str, list[str]] = {}
            like: dict[str, list[str]] = {}
            for line in (self.folder / f"data.{pos}").read_text(encoding="utf-8").splitlines():
                if line.startswith(" "):
                    continue
                cells = line.partition(" | ")[0].split()
                count = int(cells[3], 16)
                own[cells[0]] = [word.partition("(")[0] for word in cells[4 : 4 + 2 * count : 2]]
                pointers = cells[5 + 2 * count :]
                like[cells[0]] = [pointers[k + 1] for k in range(0, len(pointers) - 3, 4) if pointers[k] == "&"][:3]
            found[pos] = {
                sense: words + [word for other in like[sense] for word in own.get(other, [])[:1]]
                for sense, words in own.items()
            }
        return found

    def synonyms(self, lemma: str, pos: str, sense: int = 0) -> list[str]:
        """Other words for one sense of ``lemma``, 0 the most frequent, in a fixed order.

        Only such as real text is known to use, and among whose own first
        senses this one is; several words are parted by blanks.
        """
        senses, _ = self._index[pos].get(lemma, ([], 0))
        found: list[str] = []
        for offset in senses[sense : sense + 1]:
            for word in self._words[pos][offset]:
                own, attested = self._index[pos].get(word.lower(), ([], 0))
                usual = attested and (pos == "adj" or offset in own[:OWN_SENSES])
                plain = word.replace("_", " ")
                if (
                    plain.replace(" ", "").isalpha()
                    and word.islower()
                    and word != lemma
                    and usual
                    and plain not in found
                ):
                    found.append(plain)
        return found

"""Names of the packs as a report writes them: which may begin at a word, and how one without capitals is listed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from marsad.coding.document import Word

if TYPE_CHECKING:
    from marsad.knowledge import Knowledge

__all__ = ["alias_starts", "as_listed", "may_begin"]


@cache
def alias_starts(knowledge: Knowledge) -> dict[str, int]:
    """First word of every alias -> the most words that an alias beginning with it has."""
    longest: dict[str, int] = {}
    for alias in (*knowledge.by_alias, *knowledge.by_adjective, *knowledge.by_people):
        parts = alias.replace("-", " ").replace(".", " ").split()
        if parts:
            first = parts[0].lower()
            longest[first] = max(longest.get(first, 0), 2 * len(alias.replace("-", " - ").split()) + 2)
    return longest


def may_begin(word: Word, small: bool) -> bool:
    """May a name begin at this word? In a report without capitals (``small``) only at what is judged a name."""
    if small:
        # "us", "who" and "is" are names only where the encoder says so.
        return word.pos == "PROPN" or bool(word.ent)
    return word.text[0].isupper() or word.text[0].isdigit() or not word.text.isascii()


def as_listed(knowledge: Knowledge, text: str, small: bool) -> str:
    """A name as the packs list it: as it is written, but with its capitals where the report has none."""
    return _capitals(knowledge).get(text, text) if small else text


@cache
def _capitals(knowledge: Knowledge) -> dict[str, str]:
    names = (*knowledge.by_people, *knowledge.by_adjective, *knowledge.by_alias)
    return {name.lower(): name for name in names}

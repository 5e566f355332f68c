"""What class of thing or act a word names, from WordNet (``lexicon/word_classes.tsv``)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["classes"]

_POS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb"}
_NONE: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@cache
def _table() -> dict[str, list[str]]:
    """``lemma<TAB>part of speech`` -> files and hypernyms, each with blanks between."""
    lines = (files("marsad.coding.lexicon") / "word_classes.tsv").read_text(encoding="utf-8").split("\n")
    return {cells[0]: cells[1:] for cells in (line.rsplit("\t", 2) for line in lines[1:] if line)}


@lru_cache(maxsize=100_000)
def classes(lemma: str, pos: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """WordNet's files of the first three senses, and the hypernyms of the first; empty for an unknown word."""
    known = _table().get(f"{lemma}\t{_POS.get(pos, '')}")
    if known is None:
        return _NONE
    file, above = known
    return tuple(file.split(" ")), tuple(above.split(" "))

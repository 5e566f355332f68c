"""What class of thing or act a word names, from WordNet (``lexicon/word_classes.tsv``)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["classes"]

_POS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb"}
_NONE: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@cache
def _table() -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    lines = (files("marsad.coding.lexicon") / "word_classes.tsv").read_text(encoding="utf-8").split("\n")
    table = {}
    for line in lines[1:]:
        if line:
            lemma, pos, file, above = line.split("\t")
            table[lemma, pos] = (tuple(file.split(" ")), tuple(above.split(" ")))
    return table


def classes(lemma: str, pos: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """WordNet's files of the first three senses, and the hypernyms of the first; empty for an unknown word."""
    return _table().get((lemma, _POS.get(pos, "")), _NONE)

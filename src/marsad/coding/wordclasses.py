"""What class of thing or act a word names, from WordNet (``lexicon/word_classes.tsv``)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["classes", "is_group", "is_person", "names_actor"]

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


def is_person(lemma: str) -> bool:
    """Does the noun name a person (first sense)?"""
    files_, _ = classes(lemma, "NOUN")
    return bool(files_) and files_[0] == "person"


def is_group(lemma: str) -> bool:
    """Does the noun name a group of people (first sense)?"""
    files_, above = classes(lemma, "NOUN")
    return (
        bool(files_) and files_[0] == "group" and ("social_group" in above or "organization" in above or len(above) < 5)
    )


def names_actor(lemma: str) -> bool:
    """May the noun name somebody who acts, in one of its first senses?"""
    files_, _ = classes(lemma, "NOUN")
    return "person" in files_ or "group" in files_

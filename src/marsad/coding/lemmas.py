"""The lemma of a word: the form under which the word lists have it.

Endings are taken off by the rules of English spelling; what they get wrong stands in ``lexicon/irregular_forms.tsv``
(form, part of speech, lemma), made by ``tools/build_irregular_forms.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from marsad.coding.wordclasses import classes
from marsad.coding.wordlists import rows_of

__all__ = ["by_rule", "lemma"]

_CLOSED: Final = {
    **dict.fromkeys(("am", "are", "is", "was", "were", "been", "being", "'m", "'re", "'s"), "be"),
    **dict.fromkeys(("had", "has", "having", "'ve"), "have"),
    **dict.fromkeys(("did", "does", "doing", "done"), "do"),
    **dict.fromkeys(("'ll", "wo"), "will"),
    "ca": "can",
    "sha": "shall",
    "'d": "would",
    "n't": "not",
    "him": "he",
    "her": "she",
    "i": "I",
    "me": "I",
    "them": "they",
    "us": "we",
}
"""Of auxiliaries, pronouns and particles, the forms that differ."""
_DOUBLED: Final = re.compile(r"([bdgklmnprt])\1\Z")
_SIBILANT: Final = re.compile(r"(?:s|x|z|ch|sh)\Z")


@lru_cache(maxsize=200_000)
def lemma(text: str, pos: str, tag: str) -> str:
    """The lemma of a word by its part of speech and Penn tag: names as they are written, all else in lower case."""
    if pos == "PROPN":
        return text
    lower = text.lower()
    if (pos == "NOUN" and tag == "NNS") or (pos == "VERB" and tag != "VB"):
        return _irregular().get((lower, pos)) or by_rule(lower, pos)
    if pos in ("AUX", "PRON", "PART") and tag not in ("POS", "PRP$"):
        return _CLOSED.get(lower, lower)
    return lower


def by_rule(form: str, pos: str) -> str:
    """The lemma of a plural noun or of an inflected verb by spelling alone: the first that WordNet knows, if any."""
    possible = list(dict.fromkeys(_stems(form, pos)))
    return next((stem for stem in possible if classes(stem, pos)[0]), possible[0] if possible else form)


def _stems(form: str, pos: str) -> Iterator[str]:
    """What a form may come from, the likeliest first."""
    if not form.isalpha() or len(form) < 4:
        return
    if form.endswith("s") and not form.endswith("ss"):
        if form.endswith("ies"):
            yield f"{form[:-3]}y"
        if form.endswith("es") and _SIBILANT.search(form[:-2]):
            yield form[:-2]
        if pos == "VERB" or not form.endswith(("us", "is")):
            yield form[:-1]
        if form.endswith("oes"):
            yield form[:-2]
    elif pos == "NOUN":
        if form.endswith("men"):
            yield f"{form[:-3]}man"
    elif form.endswith(("ed", "ing")):
        bare = form[:-2] if form.endswith("ed") else form[:-3]
        if bare.endswith("i"):
            yield f"{bare[:-1]}y"
        if _DOUBLED.search(bare):
            yield bare[:-1]
        # "raid-ed", but "raz-ed": a short syllable before one consonant asks for the e.
        with_e = re.search(r"[^aeiou][aeiou][^aeiouwxy]\Z|(?:[cgsuvz]|[^aeiou]l)\Z", bare) is not None
        if len(bare) > 1:
            yield from (f"{bare}e", bare) if with_e else (bare, f"{bare}e")


@cache
def _irregular() -> dict[tuple[str, str], str]:
    return {(form, pos): base for form, pos, base in rows_of("irregular_forms")[1:]}

"""Garbled names, titles and set phrases put right by what is known, without a cleaner copy."""

from __future__ import annotations

from typing import Final

from marsad.origins.restoring.candidates import FEATURES, Candidate, Words, candidates, read_words
from marsad.origins.restoring.change import Alternative, Change
from marsad.origins.restoring.choice import Choice
from marsad.origins.restoring.leaving import leaving
from marsad.origins.restoring.lexicon import Lexicon
from marsad.origins.restoring.vectors import Vectors
from marsad.origins.spun.tables import tables

__all__ = ["guessed"]

_SURE: Final = 0.35
_SURE_PHRASE: Final = 0.4
_SURE_NAME: Final = 0.6
"""Probability from which a reading is applied: of titles and long names; of set phrases, whose words may stand there
by right; and of short names, since one that nobody listed ("Eastern Command") looks like a garbled one."""
_LONG: Final = 3
"""Words of a name that must still stand for it to be long."""
_PROPOSED: Final = 0.02
"""Probability from which the reading of a name, a title or a listed phrase is proposed, but not applied."""
_SHOWN: Final = 0.05
_MOST: Final = 4
"""Alternatives shown, and their least probability."""


def guessed(text: str, lexicon: Lexicon) -> list[Change]:
    """The likeliest readings of garbled phrases, in order, none of them overlapping; unsure ones are not ``applied``.

    To be asked only of a text that is machine-spun by other evidence: in a clean one a rare phrase looks like a
    garbled one. Raises ModelError when a shipped table is missing.
    """
    words, known, vectors = read_words(text), tables(), Vectors.load()
    found = candidates(words, lexicon, vectors, known)
    rated = list(zip(Choice.load().shares(found, leaving(words, vectors, known)), found, strict=True))
    rated.sort(key=lambda pair: (-pair[0], pair[1].first, pair[1].last))
    taken: dict[int, tuple[Candidate, float]] = {}
    kept: set[int] = set()
    for share, one in rated:
        if share < _least(words, one) or not _agrees(one, taken, kept):
            continue
        for at in range(one.first, one.last):
            if at - one.first not in one.places:
                kept.add(at)
            elif at not in taken or len(one.phrase.words) > len(taken[at][0].phrase.words):
                taken[at] = (one, max(share, taken[at][1] if at in taken else 0.0))
    return [_change(words, run, taken, rated) for run in _runs(words, taken)]


def _least(words: Words, one: Candidate) -> float:
    """From which probability a reading is at least proposed."""
    if one.phrase.source == "counted":
        return _sure(words, one)
    # Somebody's own name ("Red Front") has words of set phrases too.
    return _SURE / 2 if one.phrase.kind != "name" and _proper(words, one) else _PROPOSED


def _sure(words: Words, one: Candidate) -> float:
    """From which probability a reading is applied."""
    if one.phrase.kind == "phrase":
        return _SURE_PHRASE
    misspelt = one.values[FEATURES.index("spelling")] > 0.0
    short = one.values[FEATURES.index("kept")] < _LONG and not misspelt
    return _SURE_NAME if one.phrase.kind == "name" and short and _proper(words, one) else _SURE


def _proper(words: Words, one: Candidate) -> bool:
    """Whether the first word that it changes has a capital that is not a sentence's."""
    at = one.first + one.places[0]
    return words.capital[at] and not words.opens[at]


def _agrees(one: Candidate, taken: dict[int, tuple[Candidate, float]], kept: set[int]) -> bool:
    """Whether a reading changes no word that those taken keep or read otherwise, nor keeps one that they change."""
    for at in range(one.first, one.last):
        if at - one.first in one.places:
            if at in kept or (at in taken and _word(taken[at][0], at) != _word(one, at)):
                return False
        elif at in taken:
            return False
    return True


def _word(one: Candidate, at: int) -> str:
    return one.phrase.words[at - one.first]


def _runs(words: Words, taken: dict[int, tuple[Candidate, float]]) -> list[list[int]]:
    """Changed words in order; neighbours that one phrase changes, as surely, are one run."""
    runs: list[list[int]] = []
    for at in sorted(taken):
        before = taken[runs[-1][-1]] if runs and at == runs[-1][-1] + 1 else None
        sure = _sure(words, taken[at][0])
        if before and taken[at][0] is before[0] and (taken[at][1] >= sure) == (before[1] >= sure):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _change(
    words: Words, run: list[int], taken: dict[int, tuple[Candidate, float]], rated: list[tuple[float, Candidate]]
) -> Change:
    one, share = taken[run[0]][0], min(taken[at][1] for at in run)
    start, end = words.spans[run[0]][0], words.spans[run[-1]][1]
    reading = _written(words, one, run)
    others: dict[str, float] = {}
    for other_share, other in rated:
        if other_share >= _SHOWN and all(at - other.first in other.places for at in run):
            others.setdefault(_written(words, other, run), min(other_share, share))
    others.pop(reading, None)
    phrase = words.text[words.spans[one.first][0] : words.spans[one.last - 1][1]]
    what = "a known name" if one.phrase.kind == "name" else "a usual phrase"
    return Change(
        start, end, reading, share, one.phrase.kind, "guess",
        f'"{phrase}" is not usual; "{" ".join(one.phrase.written)}" is {what}',
        alternatives=tuple(Alternative(r, s) for r, s in list(others.items())[:_MOST]),
        applied=share >= _sure(words, one),
    )  # fmt: skip


def _written(words: Words, one: Candidate, run: list[int]) -> str:
    """The words of the phrase in some places, with a capital where the text has one."""
    pieces = []
    for at in run:
        word = one.phrase.written[at - one.first]
        if one.phrase.kind != "name":
            word = word.lower()
        pieces.append(word[0].upper() + word[1:] if words.text[words.spans[at][0]].isupper() else word)
    return " ".join(pieces)

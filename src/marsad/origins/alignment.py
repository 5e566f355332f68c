"""Which units of one report are which of another, by the words and the grammar that both have."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from marsad.origins.wording import Gram, Wording

__all__ = ["Aligned", "Alignment", "align"]

_OFTEN: Final = 4
"""A gram that stands more often than this in one report tells no place."""
_LEAST: Final = 0.35
"""Share of a unit's words outside quotations that must be found in the other report's unit."""
_FEW: Final = 8
"""Words: a unit with fewer outside quotations is aligned only beside one that is."""
_QUOTED: Final = 0.6
_GAP: Final = 2
_DENSE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Aligned:
    """One unit of ``a`` and its counterpart in ``b`` (numbers of units).

    ``found`` of its ``plain`` words outside quotations stand in grams that the two share.
    """

    a: int
    b: int
    found: int
    plain: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Aligned units of ``a`` in order; how many of its words outside quotations they hold, of how many."""

    pairs: tuple[Aligned, ...]
    narrative: int
    aligned: int
    verbatim: int
    """Words of the aligned units that stand in the same row of four in both."""
    covered: int
    """Words of the aligned units that stand in a shared masked six-gram or row of four."""
    words: int
    known: int
    """All words, and those in units that are aligned or whose quotations stand in the other report."""

    @property
    def share(self) -> float:
        """The aligned part of the narrative, 0 to 1."""
        return self.aligned / self.narrative if self.narrative else 0.0

    @property
    def whole_share(self) -> float:
        """The part of all words, quotations too, that the other report has in some form, 0 to 1."""
        return self.known / self.words if self.words else 0.0

    @property
    def order(self) -> float:
        """The greatest part of the aligned units that stands in the same order in both, 0 to 1."""
        tails: list[int] = []
        for pair in self.pairs:
            at = bisect_right(tails, pair.b)
            tails[at : at + 1] = [pair.b]
        return len(tails) / len(self.pairs) if self.pairs else 0.0

    @property
    def runs(self) -> list[list[Aligned]]:
        """The aligned units in runs that go on in both reports; a unit or two may be left out between."""
        found: list[list[Aligned]] = []
        for pair in self.pairs:
            if found and pair.a - found[-1][-1].a <= _GAP and 0 <= pair.b - found[-1][-1].b <= _GAP:
                found[-1].append(pair)
            else:
                found.append([pair])
        return found

    @property
    def gaps(self) -> int:
        """The places between aligned units where something stands that the other report has not."""
        return sum(after.a > before.a + 1 for before, after in pairwise(self.pairs))

    @property
    def longest_run(self) -> int:
        """The words found in the run of two units or more that has most of them, where they are half its narrative."""
        counts = [(sum(p.found for p in run), sum(p.plain for p in run)) for run in self.runs if len(run) > 1]
        return max((found for found, plain in counts if found >= _DENSE * plain), default=0)


def align(a: Wording, b: Wording) -> Alignment:
    """The units of ``a`` that have a counterpart in ``b``."""
    where = _units_of_words(b)
    six = _matches(a.six_grams, b.six_grams, where)
    four = _matches(a.four_grams, b.four_grams, where)
    quoted = _matches(a.quoted_grams, b.quoted_grams, where)
    pairs: list[Aligned] = []
    narrative = aligned = verbatim = covered = known = 0
    last = -1
    for number, unit in enumerate(a.units):
        first, end = unit.words
        plain = [n for n in range(first, end) if not a.quoted[n]]
        narrative += len(plain)
        votes = Counter(u for n in range(first, end) for grams in (six, four, quoted) for _, u in grams.get(n, ()))
        if not votes:
            continue
        most = max(votes.values())
        # Of equal candidates, the one that goes on where the last unit's counterpart ended.
        best = min((u for u, v in votes.items() if v >= 0.9 * most), key=lambda u: (abs(u - last - 1), u))
        near = {best - 1, best, best + 1}
        in_six, in_four = _covered(six, first, end, near), _covered(four, first, end, near)
        in_quoted = _covered(quoted, first, end, near)
        both = len((in_six | in_four).intersection(plain))
        if len(plain) >= _FEW:
            good = both >= _LEAST * len(plain)
        else:
            good = len(in_quoted) >= _QUOTED * (end - first - len(plain)) and bool(pairs) and pairs[-1].a == number - 1
        spoken = end - first - len(plain)
        if good or (spoken > len(plain) and len(in_quoted) >= _QUOTED * spoken):
            known += end - first
        if good:
            pairs.append(Aligned(number, best, both, len(plain)))
            aligned += len(plain)
            verbatim += len(in_four.intersection(plain))
            covered += both
            last = best
    return Alignment(tuple(pairs), narrative, aligned, verbatim, covered, len(a.words), known)


_Places = Mapping[int, list[tuple[int, int]]]
"""Number of a gram's first word -> (number after its last word, unit of the other report where it stands)."""


def _units_of_words(wording: Wording) -> list[int]:
    """The unit of each word."""
    found = [0] * len(wording.words)
    for number, unit in enumerate(wording.units):
        found[unit.words[0] : unit.words[1]] = [number] * (unit.words[1] - unit.words[0])
    return found


def _matches(
    ours: Mapping[Gram, list[tuple[int, int]]], theirs: Mapping[Gram, list[tuple[int, int]]], where: list[int]
) -> _Places:
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for gram, ranges in ours.items():
        other = theirs.get(gram)
        if other and len(other) <= _OFTEN and len(ranges) <= _OFTEN:
            for start, end in ranges:
                found[start] += [(end, where[s]) for s, _ in other]
    return found


def _covered(places: _Places, first: int, end: int, near: set[int]) -> set[int]:
    return {
        n for start in range(first, end) for stop, unit in places.get(start, ()) if unit in near
        for n in range(start, min(stop, end))
    }  # fmt: skip

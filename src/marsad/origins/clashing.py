"""The same words about another happening: two reports that fill one form with other days, places, names and counts.

Agencies and staffs write the like of yesterday's notice in yesterday's words. What tells such a notice from a copy is
what stands in the same places of the same sentences: a copy has the same day, place and people there, and at most a
few other figures; another notice has others throughout. Neither order nor what else is known counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final, Literal

from marsad.origins.alignment import Alignment
from marsad.origins.facts import Fact, facts, own_day, sentences
from marsad.origins.wording import Wording

__all__ = ["Clash", "clash", "like_names", "of_another"]

Days = Literal["same", "apart", "far", "later", "unknown"]

_WEEK: Final = 6
"""Days: of reports further apart, "on Monday" is not the same Monday."""
_LETTERS: Final = 0.7
_CONSONANTS: Final = 0.75
"""How alike the letters, or the consonants, of two names must be for them to be spellings of one."""
_ARTICLES: Final = frozenset("al el ad ar as ash az ez the".split())
_SOUND: Final = str.maketrans(dict(zip("qczvj", "kkswg", strict=True)) | dict.fromkeys("aeiouyh'’.-", ""))
"""Letters that spellings of one name take for each other, and those that they leave out."""
_ENOUGH: Final = 600
"""Words looked at."""
_BESIDE: Final = 3
_HOLD: Final = 2
"""So many of the words before and after a fact, in one row with it, must be the same in both reports."""
_MANY: Final = 4
"""Counts: so many others on another day are no corrections."""
_TELLING: Final = 0.5
"""From this part on of the sentences that name a day or a count, those that clash are the report's own matter."""
_MOST: Final = 0.7
"""The same where nothing says that the days differ, and no more than one name and one count do."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands in the same places of two reports and cannot be of one happening.

    ``days``: "far" where they are named and more than six days apart, "apart" where others are named, but near or it is
    not known how near, "later" where the reports are more than six days apart and name no other days. ``names`` and
    ``counts`` are how many different pairs of them clash; ``kept`` is how many counts are the same.
    """

    days: Days
    names: int
    counts: int
    kept: int
    share: float
    """The part of the aligned sentences with a day or a count in which something clashes, 0 to 1."""
    background: bool
    """Whether nothing that is shared names a day or a count, while both reports name some elsewhere."""


def of_another(found: Clash) -> bool:
    """Whether two reports with the same words tell of two happenings."""
    if found.background:
        return found.days == "later"
    if found.share < _TELLING:
        return False
    both = found.names + found.counts
    if found.days == "far":
        return both >= 1 and found.kept <= 2 * both
    if found.kept >= both:
        return False
    if found.days == "apart":
        return (found.names >= 1 and both >= 2) or found.counts >= _MANY
    firm = found.names >= 1 and found.counts >= 1
    if found.days == "later":
        return firm or found.kept == 0
    return firm and (both > 2 or (found.kept == 0 and found.share >= _MOST))


def clash(a: Wording, b: Wording, alignment: Alignment, published: Sequence[str | None] = (None, None)) -> Clash:
    """How two reports differ in days, names and counts; ``alignment`` is that of ``a`` with ``b``.

    ``published`` are the days on which the two were published, as far as they are known.
    """
    ours, theirs = _Told(a), _Told(b)
    found = list(_paired(ours, theirs, alignment))
    telling = {ours.sentences[one.words[0]] for one, _ in found if one.kind != "name"}
    unlike: dict[str, set[tuple[object, object]]] = {"name": set(), "count": set()}
    clashing: set[int] = set()
    for one, other in found:
        if one.kind in unlike and not _unlike(ours, one, theirs, other):
            continue
        if one.kind in unlike:
            unlike[one.kind].add((one.value, other.value))
        if one.kind in unlike or one.value != other.value:
            clashing.add(ours.sentences[one.words[0]])
    own = [own_day(wording, day) for wording, day in zip((a, b), published, strict=True)]
    return Clash(
        _days(found, own), len(unlike["name"]), len(unlike["count"]),
        sum(one.kind == "count" and one.value == other.value for one, other in found),
        len(clashing) / max(1, len(telling | clashing)),
        not telling and ours.tells and theirs.tells,
    )  # fmt: skip


class _Told:
    """The facts of one text, and what it names anywhere."""

    def __init__(self, wording: Wording) -> None:
        self.facts = facts(wording)
        self.sentences = sentences(wording)
        self.words = wording.words
        self.units = wording.units
        self.known = frozenset(wording.words)
        names = (tuple(map(str, fact.value)) for fact in self.facts if fact.kind == "name")
        self.names = list(dict.fromkeys(names))

    @property
    def tells(self) -> bool:
        """Whether it names a day or a count at all."""
        return any(fact.kind != "name" for fact in self.facts)

    def names_it(self, name: Sequence[str], other: _Told) -> bool:
        """Whether a name of the other text stands anywhere in this one, or one that may be another spelling of it."""
        if any(word in self.known or word.removesuffix("'s") in self.known for word in name if len(word) > 2):
            return True
        return any(like_names(name, mine) for mine in self.names if not other.known.issuperset(mine))

    def row(self, unit: int) -> tuple[list[str], list[Fact | None]]:
        """The words of a unit, each fact as one word that says only its kind, and the facts beside them."""
        first, end = self.units[unit].words
        row: list[str] = []
        beside: list[Fact | None] = []
        at = first
        for fact in self.facts:
            if first <= fact.words[0] and fact.words[1] <= end:
                row += self.words[at : fact.words[0]]
                beside += [None] * (fact.words[0] - at)
                row.append(f"\0{fact.kind}")
                beside.append(fact)
                at = fact.words[1]
        row += self.words[at:end]
        return row, beside + [None] * (end - at)


def _unlike(ours: _Told, one: Fact, theirs: _Told, other: Fact) -> bool:
    """Whether two counts, or two names, are not the same, nor moved from elsewhere in the text."""
    if one.kind == "count":
        return one.value != other.value
    names = [[str(word) for word in fact.value] for fact in (one, other)]
    return not theirs.names_it(names[0], ours) and not ours.names_it(names[1], theirs)


def _paired(ours: _Told, theirs: _Told, alignment: Alignment) -> Iterator[tuple[Fact, Fact]]:
    """The facts that stand in the same places of aligned units."""
    words = 0
    for pair in alignment.pairs:
        words += pair.plain
        if words > _ENOUGH:
            break
        row, facts_here = ours.row(pair.a)
        its_row, facts_there = theirs.row(pair.b)
        for block in SequenceMatcher(None, row, its_row, autojunk=False).get_matching_blocks():
            for k in range(block.size):
                one, other = facts_here[block.a + k], facts_there[block.b + k]
                if one is not None and other is not None and _held(facts_here, block.a, block.size, k):
                    yield one, other


def _held(row: Sequence[Fact | None], start: int, size: int, at: int) -> bool:
    """Whether words that both have stand beside the fact at ``at`` of a block: else its place means nothing."""
    near = range(start + max(0, at - _BESIDE), start + min(size, at + _BESIDE + 1))
    return sum(row[n] is None for n in near) >= _HOLD


def _days(found: Sequence[tuple[Fact, Fact]], own: Sequence[date | None]) -> Days:
    """How the days of two reports stand to each other, by what stands in the same places and by their own days."""
    same = Counter(one.kind for one, other in found if one.value == other.value)
    unlike = Counter(one.kind for one, other in found if one.value != other.value)
    first, second = own
    between = abs((first - second).days) if first and second else 0
    if same["date"] and same["date"] >= unlike["date"]:
        return "same"
    if unlike["date"]:
        gaps = [_between(one, other) for one, other in found if one.kind == "date"]
        return "far" if max(gaps) > _WEEK else "apart"
    if unlike["weekday"] > same["weekday"]:
        return "far" if between > _WEEK else "apart"
    if between > _WEEK:
        return "later"
    return "same" if same["weekday"] else "unknown"


def _between(one: Fact, other: Fact) -> int:
    """About how many days lie between two dates without a year."""
    first, second = (31 * int(fact.value[0]) + int(fact.value[1]) for fact in (one, other))
    return min(abs(first - second), 12 * 31 - abs(first - second))


def like_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names may be one in two spellings: most of their letters, or of their consonants, are the same."""
    plain, its_plain = (
        "".join(word for word in name if word not in _ARTICLES) or "".join(name) for name in (one, other)
    )
    return _alike(plain, its_plain, _LETTERS) or _alike(
        plain.translate(_SOUND), its_plain.translate(_SOUND), _CONSONANTS
    )


def _alike(one: str, other: str, least: float) -> bool:
    first, second = sorted((one, other))
    if not first:
        return False
    found = SequenceMatcher(None, first, second, autojunk=False)
    # The quick ones are upper bounds, and most names are far apart.
    return found.real_quick_ratio() >= least and found.quick_ratio() >= least and found.ratio() >= least

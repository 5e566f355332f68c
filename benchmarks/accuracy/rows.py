"""One line of the accuracy table, and what every set's measuring needs."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

from marsad.coding import Coder
from marsad.records import Record, Report

__all__ = [
    "Absent",
    "Count",
    "Passages",
    "Row",
    "Setting",
    "Words",
    "b_cubed",
    "left_out",
    "meet",
    "overlap",
    "put_table",
    "share",
]

Passages = Sequence[tuple[int, int]]
G = TypeVar("G")
S = TypeVar("S")


class Absent(Exception):  # noqa: N818
    """A set is not at hand; the message says where it was looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one set, in per cent. ``key`` is what ``published.toml`` knows it by."""

    key: str
    what: str
    figure: float
    of: str
    """What the figure rests on, such as ``"412 quotations"``."""


@dataclass(slots=True)
class Setting:
    """Where the sets are, how many documents of each are taken, and the coder, loaded when it is first used."""

    shared: Path
    limit: int | None = None
    trained_on: Mapping[str, str] = field(default_factory=dict)
    """Set -> ``"four fifths"`` or ``"all"``, for the sets from which the coder has learnt; see ``trained_on.toml``."""
    _coder: list[Coder] = field(default_factory=list)

    def code(self, texts: Iterable[str], published: str | None = None) -> Iterator[Record]:
        """Each text's record, by the coder as users call it."""
        reports = (Report(f"r{n}", text, published=published, language="en") for n, text in enumerate(texts))
        return self.code_reports(reports)

    def code_reports(self, reports: Iterable[Report]) -> Iterator[Record]:
        """Each report's record."""
        if not self._coder:
            self._coder.append(Coder())
        return self._coder[0].code_many(reports)

    def unseen(self, name: str, documents: Sequence[G], key: Callable[[G], str]) -> Sequence[G]:
        """The documents of a set from which the coder has not learnt, as many as the limit says; ``key`` names one."""
        if self.trained_on.get(name) == "four fifths":
            documents = [document for document in documents if left_out(key(document))]
        return self.some(documents)

    def some(self, documents: Sequence[G]) -> Sequence[G]:
        """The documents that are measured: all, or as many as the limit says, spread evenly."""
        if self.limit is None or len(documents) <= self.limit:
            return documents
        step = len(documents) / self.limit
        return [documents[math.floor(n * step)] for n in range(self.limit)]

    def path(self, *parts: str) -> Path:
        """A file or folder among the shared data. Raises Absent."""
        path = self.shared.joinpath(*parts)
        if not path.exists():
            raise Absent(f"not at hand: {'/'.join(parts)}")
        return path


def left_out(name: str) -> bool:
    """A document that training leaves out, where it takes four fifths of a set: by its name, the same every time."""
    return zlib.crc32(name.encode()) % 5 == 0


@dataclass(slots=True)
class Count:
    """Hits among what is expected and what is found."""

    hits: int = 0
    gold: int = 0
    system: int = 0

    @property
    def recall(self) -> float:
        """Per cent of what is expected that is found."""
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """Per cent of what is found that is expected."""
        return 100 * self.hits / self.system if self.system else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, per cent."""
        return 200 * self.hits / (self.gold + self.system) if self.gold + self.system else 0.0


def overlap(a: Passages, b: Passages) -> int:
    """How many code points two sets of passages share; passages within a set do not overlap."""
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)


def share(a: Passages, b: Passages) -> float:
    """Intersection over union of two sets of passages, 0 to 1."""
    common = overlap(a, b)
    return common / (sum(e - s for s, e in (*a, *b)) - common) if common else 0.0


def meet(gold: Sequence[G], system: Sequence[S], value: Callable[[G, S], float]) -> list[tuple[int, int]]:
    """Pairs of indices, one to one, best value first; a value of 0 never pairs."""
    scored = [(v, i, j) for i, g in enumerate(gold) for j, s in enumerate(system) if (v := value(g, s)) > 0]
    pairs: list[tuple[int, int]] = []
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted(scored, key=lambda c: (-c[0], c[1], c[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def b_cubed(pairs: Sequence[tuple[object, object]]) -> tuple[float, float]:
    """Sums of B-cubed precision and recall over mentions given as (gold cluster, system cluster)."""
    precision = recall = 0.0
    for gold, system in pairs:
        same = sum(g == gold and s == system for g, s in pairs)
        precision += same / sum(s == system for _, s in pairs)
        recall += same / sum(g == gold for g, _ in pairs)
    return precision, recall


def put_table(page: Path, name: str, table: str) -> None:
    """Put a table between its two marks in a page of the documentation."""
    start, end = f"<!-- {name}: written by benchmarks/accuracy -->", f"<!-- end of {name} -->"
    before, rest = page.read_text(encoding="utf-8").split(start, 1)
    page.write_text(f"{before}{start}\n{table}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


class Words:
    """A text put together from words, which remembers where each stands."""

    _NO_BLANK_BEFORE = frozenset(". , ; : ! ? ) ] } % 's n't 're 've 'll 'd 'm ' '' ’ ” ’s".split())
    _NO_BLANK_AFTER = frozenset("( [ { $ `` “ ‘".split())
    _PLAIN: ClassVar = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._glued = True
        self._open = False
        self.spans: list[tuple[int, int]] = []

    def add(self, word: str, blank_after: bool | None = None) -> None:
        """Append a word; where nobody says whether a blank follows, English typography does."""
        straight = word == '"'
        closes = straight and self._open
        glued = self._glued or (blank_after is None and (word in self._NO_BLANK_BEFORE or closes))
        plain = self._PLAIN.get(word, word)
        self._put(("" if glued else " ") + plain, len(plain))
        if straight:
            self._open = not self._open
        if blank_after is None:
            self._glued = word in self._NO_BLANK_AFTER or (straight and self._open)
        else:
            self._glued = not blank_after

    def end_paragraph(self) -> None:
        """Put the next word into a new paragraph."""
        if self._length:
            self._pieces.append("\n\n")
            self._length += 2
        self._glued = True
        self._open = False

    def _put(self, text: str, size: int) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self.spans.append((self._length - size, self._length))

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self._pieces)

    def passage(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from ``first`` to ``last`` stand, both counted in."""
        return self.spans[first][0], self.spans[last][1]

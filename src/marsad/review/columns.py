"""The events of a casebook in columns: which of hundreds of thousands fit is asked of arrays, not of each event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marsad.review.items import Item

__all__ = ["Columns", "empty"]

Array = NDArray[Any]
_KINDS: Final = ("type", "status", "certainty", "names", "place")


@dataclass(frozen=True, slots=True)
class Columns:
    """One row for each event, report by report. ``kinds`` has the columns of what is the same in many: type, status,
    certainty, names of parties and place, as numbers of ``codes``, which is a table for each.

    ``starts`` are the rows at which the reports begin, with the end after the last one; ``origins`` is, for each
    report, a number that stands for its origin.
    """

    items: tuple[Item, ...]
    reports: tuple[str, ...]
    place: Mapping[str, int]
    """Where a report stands among the reports, by its id."""
    counts: Array
    starts: Array
    report: Array
    origins: Array
    new: Array
    doubtful: Array
    contested: Array
    disputed: Array
    sure: Array
    first: Array
    last: Array
    kinds: Mapping[str, Array]
    codes: Mapping[str, dict[str | None, int]]

    def having(self, kind: str, fits: Callable[[str], bool]) -> Array:
        """Which rows have a name or place that fits: each that there is is asked about once."""
        table = self.codes[kind]
        good = np.array([value is not None and fits(value) for value in table], dtype=bool)
        return good[self.kinds[kind]] if len(good) else np.zeros(len(self.items), dtype=bool)

    def changed(self, items: Mapping[str, Sequence[Item]], origins: Mapping[str, str | None]) -> Columns:
        """The same with the events of these reports as given; reports that are not there yet come last.

        ``origins`` gives the id of the origin of each of them.
        """
        known = sorted(self.place[report] for report in items if report in self.place)
        fresh = [report for report in items if report not in self.place]
        kept: list[slice] = []
        changed: list[Sequence[Item]] = []
        begun = 0
        for at in known:
            kept.append(slice(begun, int(self.starts[at])))
            changed.append(items[self.reports[at]])
            begun = int(self.starts[at + 1])
        kept.append(slice(begun, len(self.items)))
        changed.append([item for report in fresh for item in items[report]])
        rows = [_arrays(piece, self.codes) for piece in changed]

        def column(own: Array, number: int) -> Array:
            return np.concatenate(
                [part for at, where in enumerate(kept) for part in (own[where], rows[at][number])]
            )  # fmt: skip

        counts = np.concatenate([self.counts, np.array([len(items[report]) for report in fresh], dtype=np.int64)])
        counts[known] = [len(items[self.reports[at]]) for at in known]
        place = dict(self.place)
        place.update((report, len(self.reports) + at) for at, report in enumerate(fresh))
        roots = np.concatenate([self.origins, np.zeros(len(fresh), dtype=np.int64)])
        for report, origin in origins.items():
            # An origin stands for itself by its own place; a report without one, for itself.
            roots[place[report]] = place.get(origin or report, place[report])
        pieces = (part for at, where in enumerate(kept) for part in (self.items[where], changed[at]))
        return Columns(
            tuple(chain.from_iterable(pieces)),
            (*self.reports, *fresh), place, counts, np.concatenate([[0], np.cumsum(counts)]),
            np.repeat(np.arange(len(counts)), counts), roots,
            column(self.new, 0), column(self.doubtful, 1), column(self.contested, 2), column(self.disputed, 3),
            column(self.sure, 4), column(self.first, 5), column(self.last, 6),
            {kind: column(own, 7 + number) for number, (kind, own) in enumerate(self.kinds.items())}, self.codes,
        )  # fmt: skip


def _dates(values: Iterable[str]) -> Array:
    """Dates as ten bytes each, which stand in order."""
    return np.array([value.encode("ascii", "replace") for value in values], dtype="S10")


def _arrays(items: Iterable[Item], codes: Mapping[str, dict[str | None, int]]) -> tuple[Array, ...]:
    some = list(items)

    def code(name: str) -> Array:
        own = codes[name]
        return np.array([own.setdefault(getattr(item, name), len(own)) for item in some], dtype=np.int32)

    return (
        np.array([item.state == "new" for item in some], dtype=bool),
        np.array([bool(item.doubtful) for item in some], dtype=bool),
        np.array([item.contested for item in some], dtype=bool),
        np.array([item.disputed for item in some], dtype=bool),
        np.array([1.0 if item.sure is None else item.sure for item in some], dtype=np.float64),
        _dates(item.first for item in some),
        _dates(item.last for item in some),
        *(code(name) for name in _KINDS),
    )


def empty() -> Columns:
    """No events. Columns that grow out of these share ``codes``, which only grow."""
    none = np.zeros(0, dtype=np.int64)
    no: Array = np.zeros(0, dtype=bool)
    days: Array = np.zeros(0, dtype="S10")
    kinds: dict[str, Array] = {kind: np.zeros(0, dtype=np.int32) for kind in _KINDS}
    begins = np.zeros(1, dtype=np.int64)
    return Columns(
        (),
        (),
        {},
        none,
        begins,
        none,
        none,
        no,
        no,
        no,
        no,
        np.zeros(0),
        days,
        days,
        kinds,
        {kind: {} for kind in _KINDS},
    )

"""The timeline: single incidents where there is room for them, else columns of counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from starlette.exceptions import HTTPException

from marsad.incidents import GRADES
from marsad.records import Json
from marsad.review.pictures_choosing import Mask, distinct, row_data
from marsad.review.pictures_columns import Columns, Numbers
from marsad.vocabulary import EVENT_TYPES, STATUSES

__all__ = ["LANES", "MOST_MARKS", "SIGNS", "overview", "timeline_data"]

LANES: Final = ("type", "actor", "none")
SIGNS: Final = ("grade", "status")
MOST_MARKS: Final = 400
"""Up to so many incidents are drawn one by one."""
_MOST_LANES: Final = 9
"""Actors that have a lane of their own; all others share one."""
_MOST_BROAD: Final = 80
"""Stretches of broad dates that are drawn over columns."""
_TAILS: Final = (0.02, 0.05, 0.1)
"""Shares of incidents at either end that are far from the others, if leaving them out halves the stretch at least."""
_TAILED: Final = 20
_PAIR: Final = np.int64(1 << 32)
"""Two ordinals are one number, which is quicker to sort: the first one times this, and the second."""
_STEPS: Final = ("day", "week", "month", "quarter", "year", "decade")
_DAYS: Final = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365, "decade": 3652}


class _Lane(NamedTuple):
    key: str
    name: str
    mask: Mask


def timeline_data(
    columns: Columns, mask: Mask, lanes: str, signs: str, window: tuple[int, int] | None, most: int
) -> Json:
    """What the timeline draws of the days of ``window``, at most ``most`` columns in each lane.

    ``window`` None: that in which most incidents lie, which ``home`` is in any case. Raises HTTPException (400).
    """
    if lanes not in LANES or signs not in SIGNS:
        raise HTTPException(400, f"lanes are {', '.join(LANES)}; signs are {', '.join(SIGNS)}")
    dated = mask & (columns.first > 0)
    total, first, last = int(mask.sum()), columns.first[dated], columns.last[dated]
    answer: dict[str, Any] = {"total": total, "dated": len(first), "undated": total - len(first)}
    if not len(first):
        return {
            **answer, "span": None, "home": None, "window": None, "lanes": [], "step": None, "columns": [],
            "broad": [], "broad_left": 0, "marks": [], "earlier": 0, "later": 0,
        }  # fmt: skip
    span, home = (int(first.min()), int(last.max())), _home(first, last)
    low, high = window or home
    seen = dated & (columns.last >= low) & (columns.first <= high)
    found = _lanes(columns, dated, lanes)
    answer |= {
        "span": _days(*span), "home": _days(*home), "window": _days(low, high),
        "lanes": [{"key": one.key, "name": one.name, "total": int((one.mask & dated).sum())} for one in found],
        "earlier": int((dated & (columns.last < low)).sum()), "later": int((dated & (columns.first > high)).sum()),
        "step": None, "columns": [], "broad": [], "broad_left": 0, "marks": [],
    }  # fmt: skip
    numbers = np.flatnonzero(seen)
    if len(numbers) <= MOST_MARKS:
        answer["marks"] = [
            {**row_data(columns.rows[at]), "lanes": [n for n, one in enumerate(found) if one.mask[at]]}
            for at in numbers[np.lexsort((numbers, -columns.last[numbers], columns.first[numbers]))]
        ]
        return answer
    step = next((one for one in _STEPS if (high - low + 1) / _DAYS[one] <= most), _STEPS[-1])
    return answer | _counted(columns, seen, found, step, signs)


def overview(columns: Columns, mask: Mask, most: int) -> Json:
    """All dated incidents in at most about ``most`` columns of counts: ``exact`` to the column's step, and ``broad``
    ones, counted where the middle of their stretch is."""
    dated = mask & (columns.first > 0)
    first, last = columns.first[dated], columns.last[dated]
    if not len(first):
        return {"span": None, "step": None, "columns": []}
    low, high = int(first.min()), int(last.max())
    step = next((one for one in _STEPS if (high - low + 1) / _DAYS[one] <= most), _STEPS[-1])
    bins, exact = _bins(step, first), np.ones(len(first), dtype=np.bool_)
    exact &= last <= bins + _DAYS[step] + 3
    bins = np.where(exact, bins, _bins(step, (first + last) // 2))
    days, at = np.unique(bins, return_inverse=True)
    counts, broad = np.bincount(at[exact], minlength=len(days)), np.bincount(at[~exact], minlength=len(days))
    return {
        "span": _days(low, high), "step": step,
        "columns": [
            {"start": _day(int(day)), "end": _day(_end(step, int(day))), "exact": int(one), "broad": int(other)}
            for day, one, other in zip(days, counts, broad, strict=True)
        ],
    }  # fmt: skip


def _counted(columns: Columns, seen: Mask, lanes: Sequence[_Lane], step: str, signs: str) -> Json:
    """Counts by lane, step and sign; what is dated more broadly than a step is counted by its stretch instead."""
    codes: Sequence[str] = GRADES if signs == "grade" else STATUSES
    sign: Numbers = columns.grade if signs == "grade" else columns.status
    found: list[Json] = []
    broad: list[tuple[int, int, int, int]] = []
    everything = np.flatnonzero(seen)
    bins = _bins(step, columns.first[everything])
    exact = columns.last[everything] <= _ends(step, bins)
    for number, lane in enumerate(lanes):
        inside = lane.mask[everything]
        place = np.flatnonzero(inside & exact)
        days, at = np.unique(bins[place], return_inverse=True)
        signs_of = sign[everything[place]]
        # Codes count from 0; a status that there is not is -1.
        table = np.bincount(at * (len(codes) + 1) + signs_of + 1, minlength=len(days) * (len(codes) + 1))
        table = table.reshape(len(days), len(codes) + 1)[:, 1:]
        found += [
            {
                "lane": number, "start": _day(int(day)), "end": _day(_end(step, int(day))),
                "counts": {code: int(count) for code, count in zip(codes, row, strict=True) if count},
            }
            for day, row in zip(days.tolist(), table.tolist(), strict=True)
        ]  # fmt: skip
        others = everything[inside & ~exact]
        pairs, counts = np.unique(columns.first[others] * _PAIR + columns.last[others], return_counts=True)
        broad += [
            (n, number, *divmod(pair, int(_PAIR))) for pair, n in zip(pairs.tolist(), counts.tolist(), strict=True)
        ]  # fmt: skip
    broad.sort(key=lambda one: (-one[0], one[1:]))
    return {
        "step": step, "columns": found,
        "broad": [{"lane": lane, "start": _day(a), "end": _day(b), "number": n} for n, lane, a, b in
                  broad[:_MOST_BROAD]],
        "broad_left": sum(one[0] for one in broad[_MOST_BROAD:]),
    }  # fmt: skip


def _lanes(columns: Columns, dated: Mask, by: str) -> list[_Lane]:
    if by == "none":
        return [_Lane("", "", np.ones(len(columns), dtype=np.bool_))]
    if by == "type":
        present = np.unique(columns.type[dated]).tolist()
        return [_Lane(EVENT_TYPES[at] if at >= 0 else "", EVENT_TYPES[at] if at >= 0 else "", columns.type == at)
                for at in sorted(present, key=lambda at: len(EVENT_TYPES) if at < 0 else at)]  # fmt: skip
    incident, who, _ = columns.acts
    acting = dated[incident] & (who >= 0)
    pairs = distinct(who[acting] * _PAIR + incident[acting])
    numbers, counts = np.unique(pairs // _PAIR, return_counts=True)
    order = np.lexsort((numbers, -counts))
    named = [int(at) for at in numbers[order] if columns.parties[at].named][:_MOST_LANES]
    found, left = [], np.ones(len(columns), dtype=np.bool_)
    for at in named:
        mask = np.zeros(len(columns), dtype=np.bool_)
        mask[incident[who == at]] = True
        left &= ~mask
        found.append(_Lane(columns.parties[at].key, columns.parties[at].name, mask))
    return [*found, _Lane("", "All others", left)] if (left & dated).any() else found


def _home(first: Numbers, last: Numbers) -> tuple[int, int]:
    """The stretch in which most incidents lie: long tails of background events are a zoom away."""
    whole = int(first.min()), int(last.max())
    for share in _TAILS if len(first) >= _TAILED else ():
        low, high = int(np.quantile(first, share)), int(np.quantile(last, 1 - share))
        if low <= high and high - low < (whole[1] - whole[0]) / 2:
            return low, high
    return whole


def _bins(step: str, days: Numbers) -> NDArray[np.int64]:
    """The first day of the step that each day lies in, as ordinals."""
    if step == "day":
        return days.astype(np.int64)
    if step == "week":  # ordinal 1 is a Monday
        return (days.astype(np.int64) - 1) // 7 * 7 + 1
    found, inverse = np.unique(days, return_inverse=True)
    return np.array([_begin(step, day) for day in found.tolist()], dtype=np.int64)[inverse]


def _ends(step: str, bins: NDArray[np.int64]) -> NDArray[np.int64]:
    """The last day of each step, by its first."""
    found, inverse = np.unique(bins, return_inverse=True)
    return np.array([_end(step, day) for day in found.tolist()], dtype=np.int64)[inverse]


def _begin(step: str, day: int) -> int:
    at = date.fromordinal(day)
    month = {"month": at.month, "quarter": (at.month - 1) // 3 * 3 + 1}.get(step, 1)
    year = max(at.year // 10 * 10, 1) if step == "decade" else at.year
    return date(year, month, 1).toordinal()


def _end(step: str, day: int) -> int:
    """The last day of the step that begins on ``day``."""
    at = date.fromordinal(day)
    if step in ("day", "week"):
        return day + _DAYS[step] - 1
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[step] - (12 if step == "decade" and day == 1 else 0)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return date(year, month + 1, 1).toordinal() - 1 if year <= date.max.year else date.max.toordinal()


def _day(ordinal: int) -> str:
    return (date.min + timedelta(ordinal - 1)).isoformat()


def _days(first: int, last: int) -> list[str]:
    return [_day(first), _day(last)]

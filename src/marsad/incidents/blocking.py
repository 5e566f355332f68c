"""Which earlier tellings are worth comparing with a new one: those that share enough of when, where, who and what.

Every telling stands under some keys. Most join a stretch of four days with a place, a party, a type or a word; a few
rare ones go without a time, for what is undated. Under a key the newest are looked at, so that adding one telling
costs the same in a large casebook as in a small one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Final

from marsad.incidents.tellings import Telling

__all__ = ["Blocks", "keys_of"]

_STRETCH: Final = 4
"""Days of a stretch."""
_LONGEST: Final = 3
"""Stretches under which a telling stands; what lasts longer stands under its months."""
_LATE: Final = 6
"""Days before a report's date on which an undated happening of it is looked for."""
_NEWEST: Final = 48
"""Tellings of a key that are looked at."""
_MONTHS: Final = 6
_TELLING: Final = 6
"""Weightiest words of a report that make keys."""


def keys_of(telling: Telling) -> tuple[list[str], list[str]]:
    """The keys under which a telling is kept, and those under which it looks for others."""
    what = _what(telling)
    kept, asked = _times(telling)
    free = _timeless(telling)
    return [f"{t}|{w}" for t in kept for w in what] + free, [f"{t}|{w}" for t in asked for w in what] + free


def _what(telling: Telling) -> list[str]:
    """Place, parties, type, and the word that names the act."""
    out = [f"w:{min(telling.wording.stems)}"] if telling.wording.stems else []
    if telling.spot is not None:
        out.append(f"p:{telling.spot.key}")
        out.append(f"pt:{telling.spot.key}:{telling.type}")
    for side, parties in (("a", telling.actors), ("r", telling.recipients)):
        for party in parties[:3]:
            for name in sorted(party.known)[:2] or [party.key]:
                out.append(f"n:{name}")
                out.append(f"n{side}:{name}:{telling.type}")
    out.append(f"t:{telling.type}")
    return out


def _times(telling: Telling) -> tuple[list[str], list[str]]:
    """The stretches of days that a telling stands under, and those that it asks."""
    if telling.time is not None:
        first, last = telling.time.first, telling.time.last
    elif telling.published is not None:
        first, last = telling.published.first - _LATE, telling.published.last
    else:
        return ["-"], ["-"]
    low, high = first // _STRETCH, last // _STRETCH
    if high - low >= _LONGEST:
        months = list(dict.fromkeys(day // 30 for day in range(first, last + 1, 15)))[:_MONTHS]
        return [f"m{month}" for month in months], [f"m{month}" for month in months]
    kept = [str(stretch) for stretch in range(low, high + 1)]
    asked = [str(stretch) for stretch in range((first - 1) // _STRETCH, (last + 1) // _STRETCH + 1)]
    # What is known to a month only stands under the month: it is asked, and only exact ones are kept there too.
    month = f"m{first // 30}"
    return ([*kept, month] if telling.time is not None else kept), [*asked, month]


def _timeless(telling: Telling) -> list[str]:
    """Keys without a time: a rare word of the report with the act."""
    if not telling.wording.stems:
        return []
    about = sorted(telling.wording.about.items(), key=lambda pair: (-pair[1], pair[0]))[:_TELLING]
    act = min(telling.wording.stems)
    return [f"{word}+{act}" for word, _ in about]


class Blocks:
    """Numbers of tellings by key."""

    def __init__(self) -> None:
        self._slots: dict[str, array[int]] = {}

    def add(self, number: int, keys: Sequence[str]) -> None:
        """Keep a telling under its keys."""
        for key in keys:
            slot = self._slots.get(key)
            if slot is None:
                slot = self._slots[key] = array("i")
            slot.append(number)

    def near(self, keys: Sequence[str], most: int) -> Iterator[int]:
        """The tellings that share the most, and the rarest, keys; ``most`` of them."""
        found: dict[int, float] = {}
        for key in keys:
            slot = self._slots.get(key)
            if slot:
                weight = 1.0 / (1.0 + len(slot)) ** 0.5
                for number in slot[-_NEWEST:]:
                    found[number] = found.get(number, 0.0) + weight
        yield from (n for n, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most])

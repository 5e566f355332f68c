"""What the tellings of an incident answer, field by field; those that disagree side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from marsad.incidents.parties import Party, match
from marsad.incidents.placing import Spot, match_spots
from marsad.incidents.tellings import Telling
from marsad.records import Toll

__all__ = ["Answer", "answers"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one field: how it is shown, as plain data, and the tellings that give it."""

    value: str
    data: Any
    tellings: tuple[Telling, ...]
    weight: int = 0
    """Of answers with equal support, the one with the greater weight goes first: the more exact."""

    @property
    def reports(self) -> int:
        """How many reports give it."""
        return len({one.report for one in self.tellings})

    @property
    def origins(self) -> int:
        """How many independent accounts give it."""
        return len({one.origin for one in self.tellings})

    @property
    def says(self) -> tuple[str, ...]:
        """To whom the reports ascribe it; "author" where one says so in its own voice."""
        return tuple(dict.fromkeys(name for one in self.tellings for name in (one.says or ("author",))))


def answers(field: str, tellings: Sequence[Telling]) -> list[Answer]:
    """The answers to a field, in the order in which they were first given."""
    return _FIELDS[field](tellings)


def _grouped(
    tellings: Sequence[Telling], read: Callable[[Telling], Any], show: Callable[[Any], tuple[str, Any, int]]
) -> list[Answer]:
    groups: dict[Any, list[Telling]] = {}
    for one in tellings:
        value = read(one)
        if value is not None:
            groups.setdefault(value, []).append(one)
    return [Answer(*show(value)[:2], tuple(group), show(value)[2]) for value, group in groups.items()]


def _types(tellings: Sequence[Telling]) -> list[Answer]:
    found = []
    for answer in _grouped(tellings, lambda one: one.type, lambda value: (value, value, 0)):
        modes = [one.mode for one in answer.tellings if one.mode]
        mode = max(dict.fromkeys(modes), key=modes.count) if modes else None
        found.append(
            Answer(
                f"{answer.value} {mode}" if mode else answer.value,
                {"type": answer.value, "mode": mode},
                answer.tellings,
            )
        )
    return found


def _statuses(tellings: Sequence[Telling]) -> list[Answer]:
    return _grouped(tellings, lambda one: one.status, lambda value: (value, value, 0))


def _parties(side: str) -> Callable[[Sequence[Telling]], list[Answer]]:
    def of(tellings: Sequence[Telling]) -> list[Answer]:
        groups: list[tuple[list[Party], list[Telling]]] = []
        for one in tellings:
            for party in getattr(one, side):
                group = next((g for g in groups if any(match([party], [p]) == "same" for p in g[0])), None)
                if group is None:
                    groups.append(([party], [one]))
                else:
                    group[0].append(party)
                    if group[1][-1] is not one:
                        group[1].append(one)
        found = []
        for parties, group_tellings in groups:
            best = max(parties, key=lambda p: (p.named, bool(p.known), len(p.name)))
            data = {"name": best.name, "kind": best.kind, "known": sorted(best.known)}
            found.append(Answer(best.name, data, tuple(group_tellings), 1 if best.named else 0))
        return found

    return of


def _times(tellings: Sequence[Telling]) -> list[Answer]:
    def show(value: tuple[int, int, tuple[str, str]]) -> tuple[str, Any, int]:
        start, end = value[2]
        return start if start == end else f"{start}/{end}", {"start": start, "end": end}, value[0] - value[1]

    return _grouped(tellings, lambda one: one.time and (one.time.first, one.time.last, one.time.told), show)


def _places(tellings: Sequence[Telling]) -> list[Answer]:
    groups: list[tuple[Spot, list[Telling]]] = []
    for one in tellings:
        if one.spot is None:
            continue
        group = next((g for g in groups if match_spots(g[0], one.spot) == "same"), None)
        if group is None:
            groups.append((one.spot, [one]))
        else:
            group[1].append(one)
    exact = {"town": 2, "area": 1, "country": 0}
    return [
        Answer(
            spot.name,
            {
                "name": spot.name, "exact_to": spot.level,
                "latitude": spot.point[0] if spot.point else None, "longitude": spot.point[1] if spot.point else None,
            },
            tuple(group), exact[spot.level],
        )
        for spot, group in groups
    ]  # fmt: skip


def _tolls(name: str) -> Callable[[Sequence[Telling]], list[Answer]]:
    def read(one: Telling) -> tuple[int | None, int | None, int | None] | None:
        toll: Toll | None = getattr(one, name)
        if toll is None or (toll.low is None and toll.best is None and toll.high is None):
            return None
        return toll.low, toll.best, toll.high

    def show(value: tuple[int | None, int | None, int | None]) -> tuple[str, Any, int]:
        low, best, high = value
        data = {"low": low, "best": best, "high": high}
        if best is not None and low == best and high is None:
            return f"at least {best}", data, 0
        if best is not None:
            return str(best) if low == best == high else f"{best} ({low or '?'}-{high or '?'})", data, 1
        return f"{low if low is not None else '?'}-{high if high is not None else '?'}", data, 0

    return lambda tellings: _grouped(tellings, read, show)


_FIELDS: Final[Mapping[str, Callable[[Sequence[Telling]], list[Answer]]]] = MappingProxyType(
    {
        "type": _types,
        "actors": _parties("actors"),
        "recipients": _parties("recipients"),
        "time": _times,
        "place": _places,
        "killed": _tolls("killed"),
        "injured": _tolls("injured"),
        "status": _statuses,
    }
)

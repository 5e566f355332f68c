"""The network: who does what to whom by incidents, and the lasting ties that reports tell of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from starlette.exceptions import HTTPException

from marsad.records import Json
from marsad.review.pictures_choosing import Mask, distinct
from marsad.review.pictures_columns import Columns
from marsad.vocabulary import EVENT_TYPES

__all__ = ["KINDS_OF_ACTS", "WEIGHTS", "network_data"]

KINDS_OF_ACTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "force": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
        "words": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
        "together": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"),
    }
)
"""PLOVER's material conflict, verbal conflict, and cooperation of both sorts."""
WEIGHTS: Final = ("incidents", "origins")
_KIND: Final = np.array(
    [next(n for n, types in enumerate(KINDS_OF_ACTS.values()) if one in types) for one in EVENT_TYPES] + [-1]
)
_MOST_TYPES: Final = 4
_PAIR: Final = np.int64(1 << 29)
"""Two numbers of parties, incidents or origins are one, which is quicker to sort: the first times this, and the second;
so small that a kind of act has room beside them."""


def network_data(
    columns: Columns, mask: Mask, *, weight: str, most: int, described: bool, focus: str | None, kinds: set[str]
) -> Json:
    """The ``most`` busiest parties of the chosen incidents, the acts between them and the ties that they have.

    ``weight`` says by what acts are counted. ``focus`` is the key of a party that is shown with its neighbours alone;
    parties that are only described are left out unless ``described``. ``kinds`` are those of acts that are wanted.
    Raises HTTPException (400 and 404).
    """
    if weight not in WEIGHTS or not kinds <= set(KINDS_OF_ACTS):
        raise HTTPException(
            400, f"weights are {', '.join(WEIGHTS)}; kinds of acts are {', '.join(KINDS_OF_ACTS)}"
        )  # fmt: skip
    center = None if focus is None else columns.party(focus)
    if focus is not None and center is None:
        raise HTTPException(404, f"there is no party {focus[:80]!r} in these incidents")
    incident, who, whom = columns.acts
    kind = _KIND[columns.type[incident]]
    wanted = [n for n, name in enumerate(KINDS_OF_ACTS) if name in kinds]
    fits = mask[incident] & (who >= 0) & (whom >= 0) & np.isin(kind, wanted)
    named = np.array([one.named for one in columns.parties], dtype=np.bool_)
    if not described and len(named):
        hidden = fits & ~(_kept(named, who, center) & _kept(named, whom, center))
        hidden_acts, fits = len(np.unique(incident[hidden])), fits & ~hidden
    else:
        hidden_acts = 0
    if center is not None:
        fits &= (who == center) | (whom == center)
    at, who, whom, kind = incident[fits], who[fits], whom[fits], kind[fits]
    parties, left = _busiest(who, whom, at, most, center)
    nodes = {int(number): n for n, number in enumerate(parties)}
    inside = np.isin(who, parties) & np.isin(whom, parties)
    edges = _edges(columns, at[inside], who[inside], whom[inside], kind[inside])
    edges.sort(key=lambda one: (-one[weight], one["from"], one["to"]))
    counts = _counts(who, whom, at)
    ties = _ties(columns, nodes, center)
    return {
        "total": int(mask.sum()), "acts": len(np.unique(at)), "left": left, "hidden": hidden_acts,
        "parties": [
            {**_party(columns, number), "incidents": counts.get(number, 0)} for number in nodes
        ],
        "edges": [{**one, "from": nodes[one["from"]], "to": nodes[one["to"]]} for one in edges],
        "ties": ties,
    }  # fmt: skip


def _kept(named: Mask, ends: Any, center: int | None) -> Any:
    return named[ends] | (ends == (-2 if center is None else center))


def _party(columns: Columns, number: int) -> Json:
    one = columns.parties[number]
    return {"key": one.key, "name": one.name, "kind": one.kind, "named": one.named, "known": one.known is not None}


def _counts(who: Any, whom: Any, at: Any) -> dict[int, int]:
    pairs = distinct(np.concatenate((who, whom)) * _PAIR + np.concatenate((at, at)))
    numbers, counts = np.unique(pairs // _PAIR, return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def _busiest(who: Any, whom: Any, at: Any, most: int, center: int | None) -> tuple[list[int], int]:
    """Parties for the picture: the strongest acts first, until it is full; and how many are left out."""
    found, counts = np.unique(who * _PAIR + whom, return_counts=True)
    pairs = np.stack(np.divmod(found, _PAIR))
    kept: dict[int, None] = {} if center is None else {center: None}
    everybody = set(np.concatenate((who, whom)).tolist()) | set(kept)
    for ends in pairs[:, np.lexsort((pairs[1], pairs[0], -counts))].T.tolist():
        if len(kept) >= most:
            break
        if len(kept) + sum(end not in kept for end in ends) <= most:
            kept.update(dict.fromkeys(ends))
    return list(kept), len(everybody) - len(kept)


def _edges(columns: Columns, at: Any, who: Any, whom: Any, kind: Any) -> list[dict[str, Any]]:
    """Acts by kind and direction, each with how many incidents and independent accounts there are, and of what."""
    if not len(at):
        return []
    found, place = np.unique((who * _PAIR + whom) * len(KINDS_OF_ACTS) + kind, return_inverse=True)
    edge, at = np.divmod(distinct(place * _PAIR + at), _PAIR)
    pairs, kinds = np.divmod(found, len(KINDS_OF_ACTS))
    edges = np.stack((*np.divmod(pairs, _PAIR), kinds))
    incidents = np.bincount(edge, minlength=len(found))
    origins = _accounts(columns, at, edge, len(found))
    types: list[Counter[str]] = [Counter() for _ in range(len(found))]
    for number, code in zip(edge.tolist(), columns.type[at].tolist(), strict=True):
        types[number][EVENT_TYPES[code]] += 1
    names = list(KINDS_OF_ACTS)
    return [
        {
            "from": int(a), "to": int(b), "kind": names[int(k)], "incidents": int(incidents[n]),
            "origins": int(origins[n]), "types": [list(one) for one in types[n].most_common(_MOST_TYPES)],
        }
        for n, (a, b, k) in enumerate(edges.T)
    ]  # fmt: skip


def _accounts(columns: Columns, at: Any, edge: Any, count: int) -> Any:
    """Of each edge how many independent accounts its incidents have together."""
    starts = np.searchsorted(columns.origins.at, at, "left")
    ends = np.searchsorted(columns.origins.at, at, "right")
    lengths = ends - starts
    each = np.repeat(edge, lengths)
    offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    origins = columns.origins.of[np.repeat(starts, lengths) + offsets]
    pairs = distinct(each * _PAIR + origins)
    return np.bincount(pairs // _PAIR, minlength=count)


def _ties(columns: Columns, nodes: Mapping[int, int], center: int | None) -> list[Json]:
    """The ties between the parties that are shown, each with how many reports and independent accounts tell of it."""
    one, other = columns.tie_ends
    numbers = np.array(list(nodes), dtype=np.int64)
    found: dict[tuple[int, int, str], list[int]] = {}
    for at in np.flatnonzero(np.isin(one, numbers) & np.isin(other, numbers) & (one != other)).tolist():
        ends = int(one[at]), int(other[at])
        if center is None or center in ends:
            found.setdefault((*ends, columns.ties[at].relation), []).append(at)
    return [
        {
            "from": nodes[a], "to": nodes[b], "relation": relation,
            "reports": len({columns.ties[n].report for n in at}), "origins": len({columns.ties[n].origin for n in at}),
        }
        for (a, b, relation), at in found.items()
    ]  # fmt: skip

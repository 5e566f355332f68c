"""Edges as plain data, whole, and back again."""

from __future__ import annotations

from typing import Any

from marsad.origins.credits import Credit
from marsad.origins.judging import KINDS, Edge
from marsad.origins.likeness import Share
from marsad.origins.passages import Shared
from marsad.records import Json, Passage

__all__ = ["edge_data", "edge_of"]

_SHARES = ("six_grams", "quotations", "names", "numbers")
_FIGURES = ("share", "of_share", "verbatim", "order")


def edge_data(edge: Edge) -> Json:
    """All of an edge but the ids of its two reports, to be written as JSON."""
    return {
        "kind": edge.kind,
        **{name: getattr(edge, name) for name in _FIGURES},
        **{name: [getattr(edge, name).shared, getattr(edge, name).of] for name in _SHARES},
        "passages": [[*p.passage, *p.paragraphs, *p.of_passage, *p.of_paragraphs] for p in edge.passages],
        "swaps": [list(swap) for swap in edge.swaps],
        "credit": edge.credit and [edge.credit.whom, *edge.credit.passage],
        "reasons": list(edge.reasons), "sure": edge.sure, "later": edge.later, "footer": edge.footer,
    }  # fmt: skip


def edge_of(derived: str, source: str, data: Any) -> Edge:
    """The edge between two reports (their ids) from what :func:`edge_data` gave.

    Raises ValueError, TypeError, KeyError or AttributeError where ``data`` is nothing of the kind.
    """
    if data["kind"] not in KINDS:
        raise ValueError(f"{data['kind']!r} is no kind of copy")
    share, of_share, verbatim, order = (float(data[name]) for name in _FIGURES)
    six_grams, quotations, names, numbers = (Share(*map(int, data[name])) for name in _SHARES)
    credit = data["credit"]
    return Edge(
        derived, source, data["kind"], share, of_share, verbatim, six_grams, quotations, names, numbers, order,
        tuple(_shared(*map(int, row)) for row in data["passages"]),
        tuple((str(old), str(new)) for old, new in data["swaps"]),
        credit and Credit(str(credit[0]), Passage(int(credit[1]), int(credit[2]))),
        tuple(map(str, data["reasons"])), bool(data["sure"]), bool(data["later"]), bool(data["footer"]),
    )  # fmt: skip


def _shared(start: int, end: int, first: int, last: int, *of: int) -> Shared:
    of_start, of_end, of_first, of_last = of
    return Shared(Passage(start, end), (first, last), Passage(of_start, of_end), (of_first, of_last))

"""Where each report of the page comes from, as its script reads it: by place on the page, never by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from marsad.records import Json

if TYPE_CHECKING:
    from marsad.origins import Edge, OriginRow

__all__ = ["origins_data"]

_PASSAGES: Final = 40
_SWAPS: Final = 12


def origins_data(rows: Sequence[OriginRow]) -> list[Json]:
    """One object for each row, in their order: the row of the page's first report first.

    ``origin``, ``of`` and ``report`` are places on the page, from 0; ``of`` is null for a report that is made from
    none. Raises ValueError where the rows name a report that has none.
    """
    places = {row.report: place for place, row in enumerate(rows)}
    try:
        return [_row(row, places) for row in rows]
    except KeyError as error:
        raise ValueError(f"an origin names a report that is not on the page: {error}") from None


def _row(row: OriginRow, places: Mapping[str, int]) -> Json:
    return {
        "origin": places[row.origin], "kind": row.kind, "of": None if row.of is None else places[row.of],
        "spun": round(row.spun, 3), "evidence": _evidence(row.edge) if row.edge else None,
        "also": [_also(edge, row.report, places) for edge in row.also],
    }  # fmt: skip


def _evidence(edge: Edge) -> Json:
    """What a reader can check: reasons in words, which paragraphs are which, and how much agrees."""
    return {
        "share": round(edge.share, 3), "reasons": list(edge.reasons),
        "quotations": [edge.quotations.shared, edge.quotations.of],
        "names": [edge.names.shared, edge.names.of], "numbers": [edge.numbers.shared, edge.numbers.of],
        "paragraphs": [[*p.paragraphs, *p.of_paragraphs] for p in edge.passages[:_PASSAGES]],
        "swaps": [list(swap) for swap in edge.swaps[:_SWAPS]],
    }  # fmt: skip


def _also(edge: Edge, report: str, places: Mapping[str, int]) -> Json:
    derived = edge.derived == report
    return {
        "report": places[edge.source if derived else edge.derived], "derived": derived, "share": round(edge.share, 3),
    }  # fmt: skip

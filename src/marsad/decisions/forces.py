"""Which decisions hold: undone ones do not, and an undo can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marsad.decisions.decision import Decision

__all__ = ["in_force", "step_of", "undone_by"]


def undone_by(decisions: Sequence[Decision]) -> dict[int, int]:
    """The numbers of the decisions that do not hold, each with that of the undo that holds against it."""
    found: dict[int, int] = {}
    for one in sorted(decisions, key=_number, reverse=True):
        if one.undoes is not None and _number(one) not in found:
            found.setdefault(one.undoes, _number(one))
    return found


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that hold, undos left out, in the order of their numbers: a redone one is in its old place."""
    listed = sorted(decisions, key=_number)
    undone = undone_by(listed)
    return [one for one in listed if one.kind != "undo" and _number(one) not in undone]


def step_of(decision: Decision, decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that were taken in one go with this one, itself among them, in the order of their numbers."""
    if decision.step is None:
        return [decision]
    return [one for one in sorted(decisions, key=_number) if one.step == decision.step]


def _number(decision: Decision) -> int:
    return decision.number or 0

"""Where reviewers differ about one fact: what each said last, side by side, and whose word holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.exceptions import HTTPException

from marsad.decisions import Decision, Target, in_force
from marsad.decisions.agreement import labels
from marsad.decisions.overlap import likeness, named_alike
from marsad.records import Json

__all__ = ["conflicts", "differ", "refuse_unseen"]


def conflicts(about: Iterable[Decision]) -> list[Json]:
    """The fields of one fact on which reviewers differ; ``about`` are the decisions in force on that fact.

    Each has ``field`` (``is``: whether there is such a fact), and ``said``: who, the ``number`` of the decision, its
    ``value``, and whether it ``holds``, which the latest does.
    """
    found = []
    for field, words in _by_field(about).items():
        if len({label for label, *_ in words.values()}) < 2:
            continue
        latest = max(number for _, number, _ in words.values())
        found.append({
            "field": field,
            "said": [
                {"who": who, "number": number, "value": value, "holds": number == latest}
                for who, (_, number, value) in sorted(words.items(), key=lambda one: one[1][1])
            ],
        })  # fmt: skip
    return found


def differ(about: Iterable[Decision]) -> bool:
    """Whether reviewers differ on any field of a fact."""
    said = list(about)
    if len({one.who for one in said}) < 2:
        return False
    return any(len({label for label, *_ in words.values()}) > 1 for words in _by_field(said).values())


def _by_field(about: Iterable[Decision]) -> dict[str, dict[str, tuple[str, int, Any]]]:
    """By field and person: the label of what was said last, the number of that decision, and the value."""
    found: dict[str, dict[str, tuple[str, int, Any]]] = {}
    for one in sorted(about, key=lambda one: one.number or 0):
        if one.kind not in ("accept", "correct", "reject", "add"):
            continue
        for field, label, _ in labels(one):
            value: Any = label if field == "is" else None
            if one.target.field is not None and one.kind != "reject":
                value = one.value
            elif field != "is" and isinstance(one.value, Mapping):
                value = one.value.get(field)
            found.setdefault(field, {})[one.who] = (label, one.number or 0, value)
    return found


def refuse_unseen(decisions: list[Decision], wanted: Iterable[Decision], seen: int) -> None:
    """Raise HTTPException (409) where another person has decided on the same fact after decision ``seen``.

    What somebody says who has not seen that may be meant otherwise; said again, it is kept beside it.
    """
    new = [one for one in in_force(decisions) if (one.number or 0) > seen and one.kind != "note"]
    for one in wanted:
        if one.kind == "note":
            continue
        other = next((late for late in new if late.who != one.who.strip() and _one_fact(late.target, one.target)), None)
        if other is not None:
            words = f"{other.who[:60]} has just decided on the same (decision {other.number})"
            raise HTTPException(409, f"{words}: look at it, and decide again")


def _one_fact(one: Target, other: Target) -> bool:
    if one.part != other.part:
        return False
    if one.part == "incident":
        pairs = [(mine, theirs) for mine in one.claims for theirs in other.claims]
        return any(mine[0] == theirs[0] and likeness(mine[1], theirs[1]) > 0 for mine, theirs in pairs)
    if one.report != other.report or one.passage is None or other.passage is None:
        return one.report == other.report and one.part == "report"
    if one.part == "actor":  # a name within the name of another is another actor's
        return named_alike(one.passage, other.passage)
    return likeness(one.passage, other.passage) > 0

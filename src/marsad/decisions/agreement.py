"""How far reviewers agree with each other, and with the coder, on what each said about the same field of one fact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from marsad.decisions.coefficients import alpha, kappa, share_alike
from marsad.decisions.decision import Decision
from marsad.decisions.forces import in_force
from marsad.decisions.overlap import likeness, named_alike
from marsad.decisions.portable import FIELDS, LISTS
from marsad.records import Json, Passage

__all__ = ["CODER", "Agreeing", "FieldAgreement", "labels", "reviewer_agreement"]

CODER: Final = None
"""Stands for the coder where the name of a reviewer does."""
_PLACES: Final = frozenset({"span", "also", "content", "cue", "speaker_span", "mentions", "evidence"})
"""Fields that say where a thing stands; how exactly two mark it is no matter of reading it alike."""

_Item = tuple[str, str, Passage, str]
"""Report, part, passage and field; the field ``is`` asks whether it is there at all."""


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Over ``n`` things of which both spoke: the share said alike (0 to 1), and that beyond chance (or None)."""

    n: int
    same: float
    kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Two reviewers (``other`` is None for the coder), and how far they agree by field, such as ``event type``.

    ``event is`` asks whether there is such an event at all: to reject one says no, to accept or add one says yes.
    """

    one: str
    other: str | None
    fields: Mapping[str, FieldAgreement]

    def to_json(self) -> Json:
        """As plain data."""
        return {
            "one": self.one, "other": self.other,
            "fields": {
                name: {"n": of.n, "same": of.same, "kappa": of.kappa, "alpha": of.alpha}
                for name, of in self.fields.items()
            },
        }  # fmt: skip


def reviewer_agreement(decisions: Iterable[Decision]) -> list[Agreeing]:
    """Every pair of reviewers who spoke of the same thing, and every reviewer with the coder, by name.

    Only decisions in force count, and of several by one reviewer on one thing the last. To accept a fact is to say each
    of its fields. Reviewers who see each other's decisions agree more than those who do not.
    """
    said: dict[str, dict[_Item, str]] = {}
    coded: dict[str, dict[_Item, str]] = {}
    anchors: dict[tuple[str, str], list[Passage]] = {}
    for one in in_force(decisions):
        target = one.target
        if target.report is None or target.passage is None or target.part not in LISTS or one.kind == "note":
            continue
        place = _anchor(anchors.setdefault((target.report, target.part), []), target.passage, target.part)
        for name, label, had in labels(one):
            item = (target.report, target.part, place, name)
            said.setdefault(one.who, {})[item] = label
            coded.setdefault(one.who, {})[item] = had
    listed = [_agreeing(who, CODER, said[who], coded[who]) for who in sorted(said)]
    listed += [_agreeing(a, b, said[a], said[b]) for a, b in combinations(sorted(said), 2)]
    return [one for one in listed if one.fields]


def _anchor(known: list[Passage], passage: Passage, part: str) -> Passage:
    """The passage under which what is said about this one is gathered."""
    best = max(known, key=lambda one: likeness(one, passage), default=None)
    if best is not None and (named_alike(best, passage) if part == "actor" else likeness(best, passage)):
        return best
    known.append(passage)
    return passage


def labels(decision: Decision) -> Iterator[tuple[str, str, str]]:
    """What a decision says: field, the person's label, the coder's. ``is`` asks whether it is there at all."""
    part, name = decision.target.part, decision.target.field
    basis = decision.basis if isinstance(decision.basis, Mapping) else {}
    coded = basis.get("coded") if isinstance(basis.get("coded"), Mapping) else None
    if name is None:
        yield "is", "no" if decision.kind == "reject" else "yes", "no" if coded is None else "yes"
    if coded is None or (name is None and decision.kind == "reject"):
        return
    if name is not None:
        yield name, _label(None if decision.kind == "reject" else decision.value), _label(coded.get(name))
    elif isinstance(decision.value, Mapping):
        for field in FIELDS[part]:
            if field not in _PLACES and field in decision.value:
                yield field, _label(decision.value[field]), _label(coded.get(field))


def _label(value: Any) -> str:
    """A value as one word of a closed set: actors by name, no passages, nothing in particular as nothing."""
    if isinstance(value, list):
        return json.dumps(sorted(_label(one) for one in value)) if value else "null"
    if isinstance(value, Mapping):
        if isinstance(value.get("name"), str) and "mentions" in value:
            return str(value["name"]).casefold()
        kept = {key: value[key] for key in sorted(value) if key != "span" and value[key] is not None}
        return json.dumps(kept) if kept else "null"
    return json.dumps(value)


def _agreeing(one: str, other: str | None, first: Mapping[_Item, str], second: Mapping[_Item, str]) -> Agreeing:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for item, label in first.items():
        if item in second:
            pairs.setdefault(f"{item[1]} {item[3]}", []).append((label, second[item]))
    return Agreeing(one, other, {
        name: FieldAgreement(len(found), share_alike(found) or 0.0, kappa(found), alpha(found))
        for name, found in sorted(pairs.items())
    })  # fmt: skip

"""What a reviewer said: about which passage of which report, what, why and when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from marsad.errors import DecisionError
from marsad.records import Json, Passage

__all__ = ["KINDS", "MOST", "PARTS", "START", "Claims", "Decision", "Kind", "Part", "Target", "digest"]

Kind = Literal["accept", "correct", "reject", "merge", "split", "add", "note", "undo"]
Part = Literal["event", "statement", "actor", "relation", "report", "incident"]
Claims = tuple[tuple[str, Passage], ...]
"""Claims of incidents: the id of each one's report and the passage of its trigger."""

KINDS: Final[tuple[str, ...]] = get_args(Kind)
PARTS: Final[tuple[str, ...]] = get_args(Part)
MOST: Final = 500_000
"""Characters of a decision in its canonical form."""
START: Final = "0" * 64
"""What stands before the first decision in the chain."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision is about. It is found again by its passage, whatever a later coding calls it.

    ``passage`` is an event's trigger, a statement's content, one of an actor's mentions, a relation's evidence.
    ``field`` is None for the whole of it. ``claims`` are those of incidents. ``nth`` tells apart, at the time of
    deciding, several that stand on one passage, 0 being the first in the record.
    """

    part: Part
    report: str | None = None
    passage: Passage | None = None
    field: str | None = None
    claims: Claims = ()
    nth: int = 0

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of the reports that it is in."""
        own = (self.report,) if self.report is not None else ()
        return tuple(dict.fromkeys((*own, *(report for report, _ in self.claims))))

    def to_json(self) -> Json:
        """This target as plain data."""
        return {
            "part": self.part,
            "report": self.report,
            "passage": None if self.passage is None else list(self.passage),
            "field": self.field,
            "claims": [[report, *passage] for report, passage in self.claims],
            "nth": self.nth,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Target:
        """Read one. Raises DecisionError."""
        try:
            passage, part = data.get("passage"), data["part"]
            target = cls(
                part, data.get("report"), None if passage is None else _passage(passage), data.get("field"),
                tuple((str(report), _passage(span)) for report, *span in data.get("claims", ())),
                int(data.get("nth", 0)),
            )  # fmt: skip
        except (LookupError, TypeError, ValueError, AttributeError):
            raise DecisionError("the target of a decision is not well formed") from None
        if part not in PARTS:
            raise DecisionError(f"{str(part)[:40]!r} is none of: {', '.join(PARTS)}")
        if not isinstance(target.report, str | None) or not isinstance(target.field, str | None):
            raise DecisionError("the report and field of a decision's target must be text")
        return target


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that a reviewer said. Kept for good: one that no longer holds is undone by another one.

    ``number`` (1, 2, 3 ...), ``at`` (UTC) and ``hash`` are set where it is kept. ``value`` is what a correction puts
    in the place of a field, what an addition adds, ``{"number": 7}`` for an undo; what an acceptance accepted is filled
    in. ``basis`` is what there was to be seen, and what the coder had, when it was decided; it is filled in too.
    ``step`` is the number of the first of the decisions that were taken in one go; None for one that was taken alone.
    """

    kind: Kind
    target: Target
    who: str
    value: Any = field(default=None, hash=False)
    why: str = ""
    number: int | None = None
    at: str = ""
    hash: str | None = None
    basis: Any = field(default=None, hash=False)
    step: int | None = None

    @property
    def undoes(self) -> int | None:
        """The number of the decision that this one undoes; None where it undoes none."""
        number = self.value.get("number") if self.kind == "undo" and isinstance(self.value, Mapping) else None
        return number if isinstance(number, int) and not isinstance(number, bool) else None

    def to_json(self) -> Json:
        """This decision as plain data, ``hash`` last."""
        return {
            "number": self.number,
            "at": self.at,
            "who": self.who,
            "kind": self.kind,
            "target": self.target.to_json(),
            "value": self.value,
            "why": self.why,
            "basis": self.basis,
            **({} if self.step is None else {"step": self.step}),
            "hash": self.hash,
        }

    def canonical(self) -> str:
        """This decision without its hash, in the one way of writing that the hash is of."""
        data = self.to_json()
        del data["hash"]
        try:
            words = json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)
            if len(words) > MOST:
                raise DecisionError(f"the decision has more than {MOST:,} characters")
            return words
        except (TypeError, ValueError, RecursionError) as error:
            raise DecisionError(f"the value of a decision must be plain data: {error}") from None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Decision:
        """Read one. Raises DecisionError."""
        kind, who, why = data.get("kind"), data.get("who"), data.get("why") or ""
        if kind not in KINDS:
            raise DecisionError(f"{str(kind)[:40]!r} is none of: {', '.join(KINDS)}")
        if not isinstance(who, str) or not isinstance(why, str) or not isinstance(data.get("target"), Mapping):
            raise DecisionError("a decision must say who, why and about what")
        return cls(
            kind, Target.from_json(data["target"]), who, data.get("value"), why,
            data.get("number"), data.get("at") or "", data.get("hash"), data.get("basis"), _step(data.get("step")),
        )  # fmt: skip


def digest(before: str, canonical: str) -> str:
    """The hash of a decision: SHA-256, in hexadecimal, of the hash before it and its canonical form."""
    return hashlib.sha256(f"{before}\n{canonical}".encode("ascii")).hexdigest()


def _step(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _passage(pair: Any) -> Passage:
    start, end = pair
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in (start, end)) or not 0 <= start < end:
        raise ValueError(pair)
    return Passage(start, end)

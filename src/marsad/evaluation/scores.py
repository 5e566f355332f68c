"""Score a system's records against gold records: the figures, and what went wrong.

Rows, micro-averaged over documents (P, R and F1 in per cent):

=========== ==================================================================
trigger     an event is found: any of its triggers overlap
type        ... and its PLOVER type is right
argument    (event of the right type, role, actor) triples
who         type right, and each role shares an actor with gold, or is empty in both
claim       type right, and status and source are right
record      who and claim together: the whole event record is right
quote80     statement content found with intersection over union of .8 or more
quote30     ... of .3 or more
speaker     ... and its speaker is the right actor
mention     actor mentions found with intersection over union of .5 or more
b3          B-cubed over these mentions: who is who
relation    (subject, relation, object) triples
times       the expression overlaps and has the right ISO value
places      the mention overlaps and lies within 50 km
=========== ==================================================================

``status``, ``certainty``, ``source``, ``time``, ``place``, ``killed`` and
``injured`` are per cent right among the ``n`` events of the right type that
have one in gold; ``status-macro`` is the mean F1 over statuses; ``direct`` is
the share of direct quotations found whole with the right speaker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.errors import EvaluationError
from marsad.evaluation.events import compare_events
from marsad.evaluation.layers import compare_actors, compare_places, compare_statements, compare_times
from marsad.evaluation.matching import identities
from marsad.evaluation.tally import Tally
from marsad.evaluation.view import read_view

__all__ = ["FOUND_ROWS", "RIGHT_ROWS", "DocumentScores", "Scores", "evaluate"]

FOUND_ROWS = (
    "trigger", "type", "argument", "who", "claim", "record", "quote80", "quote30", "speaker",
    "mention", "b3", "relation", "times", "places",
)  # fmt: skip
RIGHT_ROWS = (
    "status", "status-macro", "certainty", "source", "time", "place", "killed", "injured", "direct",
)  # fmt: skip

Table = dict[str, dict[str, float]]
Told = dict[str, dict[str, float | None]]
"""A table in which nothing is said of what neither side has."""


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """The figures of one document, and its misses and false alarms in words."""

    id: str
    tally: Tally
    events: tuple[str, ...]
    statements: tuple[str, ...]

    def table(self) -> Table:
        """Every row of this document alone."""
        return self.tally.table()


@dataclass(frozen=True, slots=True)
class Scores:
    """The outcome of a comparison. ``missing`` are the gold documents without a record of the system."""

    documents: tuple[DocumentScores, ...]
    missing: tuple[str, ...]

    def table(self) -> Table:
        """Every row by its name: ``P``, ``R``, ``F1``, ``gold``, ``system``, or ``right`` and ``n``."""
        return Tally.total(d.tally for d in self.documents).table()

    def figures(self) -> dict[str, float]:
        """One figure a row: its F1 or its per cent right."""
        return {name: row["F1"] if "F1" in row else row["right"] for name, row in self.table().items()}

    def to_json(self, per_document: bool = False) -> dict[str, Any]:
        """The figures as plain data: ``documents``, ``missing``, ``scores``, and each document's own on request.

        ``P``, ``R`` and ``F1`` are None in a row of which neither gold nor system has anything.
        """
        whole: dict[str, Any] = {
            "documents": len(self.documents),
            "missing": list(self.missing),
            "scores": _told(self.table()),
        }
        if per_document:
            whole["per_document"] = {d.id: _told(d.table()) for d in self.documents}
        return whole

    def text(self, per_document: bool = False) -> str:
        """The figures as a table to read, each document's main ones first on request.

        A dash stands where neither gold nor system has anything.
        """
        lines = []
        if per_document:
            for document in self.documents:
                own = _told(document.table())
                main = "  ".join(f"{row} {_figure(own[row]['F1'])}" for row in ("type", "record", "speaker", "b3"))
                lines.append(f"{document.id:50} {main}")
        table = _told(self.table())
        lines.append(f"{len(self.documents)} gold documents, {len(self.missing)} missing from the system's output")
        for name in FOUND_ROWS:
            row = table[name]
            lines.append(
                f"{name:12} P {_figure(row['P'])}  R {_figure(row['R'])}  F1 {_figure(row['F1'])}"
                f"   gold {row['gold']:5}  system {row['system']:5}"
            )
        for name in RIGHT_ROWS:
            if name in table:
                lines.append(f"{name:12} right {table[name]['right']:5}  n {table[name]['n']}")
        return "\n".join(lines)

    def findings(self, kind: str) -> list[str]:
        """Misses and false alarms among ``"events"`` or ``"statements"``, one line each with its document."""
        if kind not in ("events", "statements"):
            raise ValueError(f"kind must be 'events' or 'statements', not {kind!r}")
        return [f"{d.id}: {line}" for d in self.documents for line in (d.events if kind == "events" else d.statements)]


def evaluate(gold: Mapping[str, Mapping[str, Any]], system: Mapping[str, Mapping[str, Any]]) -> Scores:
    """Score ``system`` against ``gold``; both map document ids to ``marsad-record/1`` data.

    A gold document that the system lacks counts as empty; what the system has
    beyond gold is not looked at. Raises EvaluationError when there is no gold,
    when a record is malformed, or when two texts differ.
    """
    if not gold:
        raise EvaluationError("no gold records to compare with; give at least one")
    return Scores(
        documents=tuple(_score(name, record, system.get(name, {"id": name})) for name, record in gold.items()),
        missing=tuple(sorted(set(gold) - set(system))),
    )


def _told(table: Table) -> Told:
    """A table with None for the shares of rows of which neither side has anything: 0.0 would say that all is wrong."""
    out: Told = {}
    for name, row in table.items():
        empty = "F1" in row and not (row["gold"] or row["system"])
        out[name] = {key: None if empty and key in ("P", "R", "F1") else value for key, value in row.items()}
    return out


def _figure(value: float | None) -> str:
    return "    –" if value is None else f"{value:5}"


def _score(name: str, gold_record: Mapping[str, Any], system_record: Mapping[str, Any]) -> DocumentScores:
    gold, system = read_view(gold_record), read_view(system_record)
    if gold.text is None:
        raise EvaluationError(f"{name!r}: the gold record has no text")
    if system.text is not None and system.text != gold.text:
        raise EvaluationError(
            f"{name!r}: the system's text differs from the gold text, so offsets cannot be compared; code the gold text"
        )
    tally = Tally()
    stands_for, same = identities(gold, system)
    events = compare_events(gold, system, stands_for, tally)
    statements = compare_statements(gold, system, stands_for, tally)
    compare_actors(gold, system, stands_for, same, tally)
    compare_times(gold, system, tally)
    compare_places(gold, system, tally)
    return DocumentScores(name, tally, tuple(events), tuple(statements))

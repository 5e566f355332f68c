"""What a casebook keeps of reviewers: their decisions, in a chain, and records with them applied."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from marsad.casebook.connection import plain_errors
from marsad.casebook.reader import Reader, encodable
from marsad.casebook.shown import show
from marsad.decisions import (
    START,
    Agreeing,
    Decision,
    Preparing,
    Reviewed,
    Target,
    applied,
    at_passage,
    broken,
    checked,
    digest,
    step_of,
    undone_by,
)  # fmt: skip
from marsad.decisions import reviewer_agreement as agreement_of
from marsad.errors import CasebookError, DecisionError

__all__ = ["Deciding"]

_ALL: Final = "SELECT number, data, hash FROM decisions ORDER BY number"
_OF_REPORT: Final = """
    SELECT number, data, hash FROM decisions JOIN decided ON decided.decision = decisions.number
    WHERE decided.report = (SELECT number FROM reports WHERE id = ?) ORDER BY number
"""

_DECIDED: Final = """
    SELECT id FROM reports WHERE number IN (SELECT report FROM decided) AND (?1 IS NULL OR id = ?1)
"""


class Deciding(Reader):
    """The part of :class:`marsad.casebook.Casebook` that keeps decisions."""

    def _writing(self, what: str) -> AbstractContextManager[None]:
        """A transaction for writing: all of it on disk when it ends, or none."""
        raise NotImplementedError

    # Deciding

    def decide(self, decision: Decision) -> Decision:
        """Keep a decision; on disk, with its number, time and hash, when this returns.

        What it is about is looked for in the record as reviewed so far. Raises DecisionError where it is not there, or
        where the value cannot stand there; then nothing is kept.
        """
        return self.decide_all((decision,))[0]

    def decide_all(self, decisions: Iterable[Decision], check: Callable[[], None] = lambda: None) -> list[Decision]:
        """Keep several decisions, one after another, all of them or none; :meth:`undo_step` undoes them together.

        ``check`` is called when nobody else can write any more, and may raise what it likes: then nothing is kept.
        """
        with self._writing("a decision"):
            check()
            return self._keep_all(list(decisions))

    def undo(self, number: int, who: str, why: str = "") -> Decision:
        """Let a decision hold no longer; undoing an undo lets it hold again. Kept as a decision of its own.

        Raises DecisionError where there is no such decision, or it is undone already.
        """
        return self.undo_all((number,), who, why)[0]

    def undo_all(self, numbers: Iterable[int], who: str, why: str = "") -> list[Decision]:
        """Undo several decisions in one go, all of them or none."""
        with self._writing("a decision"):
            return self._undo_all(list(numbers), who, why)

    def undo_step(self, number: int, who: str, why: str = "") -> list[Decision]:
        """Undo a decision and all that were taken in one go with it, but for what is undone already.

        Raises DecisionError where there is no such decision, or where all of them are undone.
        """
        with self._writing("a decision"):
            one = self.decision(number)
            if one.step is None:
                return self._undo_all([number], who, why)
            every = self.decisions()
            undone, together = undone_by(every), [found.number or 0 for found in step_of(one, every)]
            left = [found for found in together if found not in undone]
            return self._undo_all(left or [number], who, why)

    def _undo_all(self, numbers: list[int], who: str, why: str) -> list[Decision]:
        return self._keep_all([
            Decision("undo", Target("report"), who, {"number": number}, why) for number in numbers
        ])  # fmt: skip

    # Reading

    def decisions(self, report: str | None = None) -> list[Decision]:
        """All decisions, or those about a report, undone ones and undos too, in the order they were made."""
        with plain_errors(self.path), encodable("the report"):
            if report is None:
                rows: list[Any] = self._db.execute(_ALL).fetchall()
            else:
                rows = self._db.execute(_OF_REPORT, (report,)).fetchall()
        return [self._decision(*row) for row in rows]

    def decision(self, number: int) -> Decision:
        """The decision of this number. DecisionError where there is none."""
        with plain_errors(self.path):
            row: Any = self._db.execute(
                "SELECT number, data, hash FROM decisions WHERE number = ?", (_small(number),)
            ).fetchone()
        if row is None:
            raise DecisionError(f"there is no decision {number}")
        return self._decision(*row)

    def reviewed(self, report_id: str, run: int | None = None) -> Reviewed:
        """The current record of a report (or that of a run) with the decisions in force applied.

        Raises CasebookError where there is no such record.
        """
        return applied(self.coded(report_id, run), self.decisions(report_id))

    def unfitting(self, report: str | None = None) -> list[tuple[Decision, str]]:
        """The decisions about facts (of a report) that the coder's current records no longer fit, and why, in order."""
        with plain_errors(self.path), encodable("the report"):
            rows: list[Any] = self._db.execute(_DECIDED, (report,)).fetchall()
        found = [one for (name,) in rows for one in self.reviewed(name).unfitting]
        return sorted(found, key=lambda one: one[0].number or 0)

    def reviewer_agreement(self) -> list[Agreeing]:
        """How far each reviewer agrees with the coder, and each two reviewers with each other, by field."""
        return agreement_of(self.decisions())

    def check(self) -> list[str]:
        """What is wrong with the file, as SQLite sees it and by the chain of decisions; empty when all is well.

        Only a casebook that is open for writing can also compare its full-text
        index with the reports.
        """
        wrong, words = super().check(), self.broken_chain()
        return [*wrong, words] if words else wrong

    def broken_chain(self) -> str | None:
        """The first thing wrong with the chain of decisions; None where all are as they were decided."""
        with plain_errors(self.path):
            rows: Any = self._db.execute(_ALL)
            return broken(rows)

    # Within

    def _keep_all(self, decisions: list[Decision]) -> list[Decision]:
        last: Any = self._db.execute("SELECT number, hash FROM decisions ORDER BY number DESC LIMIT 1").fetchone()
        number, before = last or (0, START)
        step, at = (number + 1 if len(decisions) > 1 else None), _now()
        found: list[Decision] = []
        undone = undone_by(self.decisions()) if step and decisions[0].kind == "undo" else None
        # Each report's record is put together once, however many decisions about it there are.
        open_reports: dict[str, Preparing] = {}
        changed: dict[str, None] = {}
        for one in decisions:
            number += 1
            ready = self._ready_to_keep(replace(one, number=number, at=at, hash=None, step=step), open_reports, undone)
            data = ready.canonical()
            kept = replace(ready, hash=digest(before, data))
            assert kept.hash is not None
            before = kept.hash
            self._db.execute("INSERT INTO decisions (number, data, hash) VALUES (?, ?, ?)", (number, data, kept.hash))
            for report in kept.target.reports:
                self._db.execute("INSERT INTO decided SELECT number, ? FROM reports WHERE id = ?", (number, report))
            if kept.target.part != "incident" and kept.target.report is not None and kept.kind != "note":
                changed[kept.target.report] = None
            found.append(kept)
        for report in changed:
            self._show(report, open_reports[report].reviewed() if report in open_reports else None)
        return found

    def _show(self, report_id: str, reviewed: Reviewed | None = None) -> None:
        """List the record of a report with the decisions about it applied; within a transaction."""
        if reviewed is None:
            reviewed = self.reviewed(report_id)
        said = any(one.kind != "note" for one in (*reviewed.applied, *(one for one, _ in reviewed.unfitting)))
        number = self._db.execute("SELECT number FROM reports WHERE id = ?", (report_id,)).get
        show(self._db, number, reviewed.record if said else None, _now())

    def _ready_to_keep(
        self, decision: Decision, open_reports: dict[str, Preparing], undone: dict[int, int] | None
    ) -> Decision:
        """The decision as it is kept; ``open_reports`` are the reports about which others were made ready before.

        ``undone`` says what is undone, where that was looked up for many at once.
        """
        decision = checked(decision)
        if decision.kind == "undo":
            ready = self._undo_of(decision, undone)
            for report in ready.target.reports:
                open_reports.pop(report, None)
            return ready
        target = decision.target
        if target.part != "incident":
            assert target.report is not None
            if target.report not in open_reports:
                coded = self.coded(target.report)  # or it is not here
                open_reports[target.report] = Preparing(coded, self.decisions(target.report))
            return open_reports[target.report].ready(decision)
        for report, passage in target.claims:
            record = self.reviewed(report).record
            if not at_passage(record.events, passage):
                raise DecisionError(f"there is no event at {passage.of(record.text)[:60]!r} in {report!r}")
        from marsad.decisions.grouping import checked_incident  # it loads all that joins incidents

        return checked_incident(decision)

    def _undo_of(self, decision: Decision, undone: dict[int, int] | None) -> Decision:
        number = decision.undoes
        assert number is not None
        target = self.decision(number).target
        if undone is None:
            about = self.decisions(target.reports[0]) if target.reports else self.decisions()
            by = undone_by(about).get(number)
        else:
            by = undone.get(number)
            undone[number] = decision.number or 0
        if by is not None:
            raise DecisionError(f"decision {number} is undone already, by {by}; undo that to let it hold again")
        return replace(decision, target=target, value={"number": number}, basis=None)

    def _decision(self, number: int, data: str, kept: str) -> Decision:
        try:
            return Decision.from_json({**json.loads(data), "number": number, "hash": kept})
        except (ValueError, TypeError, RecursionError, DecisionError) as error:
            raise CasebookError(f"{self.path} is damaged: decision {number}: {error}") from None


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _small(number: int) -> int:
    """A number that SQLite can look for."""
    return number if isinstance(number, int) and -(2**62) < number < 2**62 else -1

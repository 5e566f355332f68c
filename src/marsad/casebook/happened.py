"""What a casebook keeps of incidents: brought up to date report by report, with reviewers' decisions applied."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from marsad.casebook.checking import incident_faults
from marsad.casebook.connection import plain_errors
from marsad.casebook.decided import Deciding

if TYPE_CHECKING:
    from marsad.casebook.incidents import Asked, CasebookIncidents, ClaimAt
    from marsad.decisions import Decision
    from marsad.decisions.grouping import Listed, Settled
    from marsad.incidents import Join, Question, Telling
    from marsad.knowledge import Gazetteer, Knowledge

__all__ = ["Happened"]

_AT_ONCE: Final = 32
"""Reports that join their incidents in one transaction, where many wait."""
_FEW: Final = 4
"""Reports that join them beside one that is added: it, and those about which somebody decided something."""
_MORE: Final = "SELECT 1 FROM untold LIMIT 1 OFFSET ?"


class Happened(Deciding):
    """The part of :class:`marsad.casebook.Casebook` that keeps incidents."""

    _told: dict[int, Telling]
    """Claims that were compared lately."""

    @property
    def untold(self) -> int:
        """How many reports have not joined their incidents yet: new ones, and those whose record is another now."""
        with plain_errors(self.path):
            return int(self._db.execute("SELECT count(*) FROM untold").get)

    def join_incidents(self) -> Iterator[str]:
        """Let the claims of every report that waits join their incidents, report by report; yields the ids.

        Only what the new claims touch is looked at. What is joined when the iteration is broken off stays so. Raises
        ModelError where the tables of weights are missing.
        """
        while True:
            with self._writing("a report"):
                joined = self._join_waiting(_AT_ONCE)
            if not joined:
                return
            yield from joined

    def _join_waiting(self, most: int) -> list[str]:
        """Let the first ``most`` reports that wait join their incidents; their ids. Within a transaction."""
        kept = self._kept_incidents(ready=True)
        kept.renew()
        rows: list[Any] = self._db.execute(
            """SELECT untold.report, reports.id FROM untold JOIN reports ON reports.number = untold.report
               ORDER BY untold.report LIMIT ?""",
            (most,),
        ).fetchall()
        for number, report_id in rows:
            record = self.record(report_id)
            kept.join(number, record.report, record)
        return [report_id for _, report_id in rows]

    def _join_few(self) -> None:
        """Let those that wait join their incidents, unless they are many; within a transaction."""
        if self._temporary or self._db.execute(_MORE, (_FEW,)).get:
            return
        if self._kept_incidents().current() or not self._db.execute("SELECT 1 FROM tellings LIMIT 1").get:
            self._join_waiting(_FEW)

    def incidents(self) -> list[Settled]:
        """The incidents with the decisions about them applied; those that wait are joined first, if that can be."""
        return self._settled()[0]

    def listed_incidents(self) -> list[Listed[ClaimAt]]:
        """The same by where their claims stand, without what these say: quick where there are many incidents."""
        from marsad.decisions.grouping import listed

        self._tell()
        with plain_errors(self.path):
            return listed(self._kept_incidents().claims(), self.decisions())[0]

    def settled(self, one: Listed[ClaimAt]) -> Settled:
        """One of the listed incidents in full."""
        from marsad.decisions.grouping import Listed, whole

        with plain_errors(self.path):
            told = self._kept_incidents().tellings(one.claims)
        return whole(Listed(told, one.decisions, one.rejected, one.chosen, one.grade))

    def unfitting_incidents(self) -> list[tuple[Decision, str]]:
        """The decisions about incidents that no longer fit, and why."""
        return self._settled()[1]

    def changed_incidents(self, since: tuple[int, int] | None) -> tuple[tuple[int, int], list[int]]:
        """The numbers of incidents that changed since a moment (None: all), and the moment of now; none is joined."""
        with plain_errors(self.path):
            return self._kept_incidents().changes(since)

    def incidents_of(self, reports: Collection[str]) -> set[int]:
        """The numbers of the incidents in which claims of these reports are, before what reviewers decided."""
        with plain_errors(self.path):
            return self._kept_incidents().groups_of(reports)

    def incident_claims(self, numbers: Collection[int]) -> list[list[ClaimAt]]:
        """The claims of each of these incidents, before what reviewers decided."""
        with plain_errors(self.path):
            return list(self._kept_incidents().claims(numbers))

    def questions(
        self, most: int | None = None, about: Collection[int] | None = None,
        known: dict[tuple[int, int], Asked] | None = None,
    ) -> list[Question]:  # fmt: skip
        """Which claims may be of one happening, or may not be, the most doubtful first (``most`` of them).

        ``about``: only those in which one of these claims is, by their numbers. Who asks again and again gives the same
        ``known`` each time, which keeps their words.
        """
        self._tell()
        with plain_errors(self.path):
            return list(islice(self._kept_incidents().questions(about, known), most))

    def check(self) -> list[str]:
        """What is wrong with the file, as SQLite sees it, by the chain of decisions and by how incidents fit reports;
        empty when all is well.

        Only a casebook that is open for writing can also compare its full-text index with the reports.
        """
        wrong = super().check()
        with plain_errors(self.path):
            return [*wrong, *incident_faults(self._db)]

    def joins(self, report: str, event: str) -> list[Join]:
        """By what the incident that a report's event is in came together; none where it stands alone."""
        self._tell()
        with plain_errors(self.path):
            kept = self._kept_incidents()
            group = kept.group(report, event)
            return [] if group is None else kept.joins(group)

    def _settled(self) -> tuple[list[Settled], list[tuple[Decision, str]]]:
        from marsad.decisions.grouping import settled

        self._tell()
        with plain_errors(self.path):
            return settled(self._kept_incidents(), self.decisions())

    def _tell(self) -> None:
        if self._writable and self.untold:
            for _ in self.join_incidents():
                pass

    def _kept_incidents(self, ready: bool = False) -> CasebookIncidents:
        from marsad.casebook.incidents import CasebookIncidents

        knowledge, gazetteer = _known() if ready else (None, None)
        return CasebookIncidents(self._db, knowledge, gazetteer, self._told)


@cache
def _known() -> tuple[Knowledge, Gazetteer]:
    from marsad.knowledge import Gazetteer, Knowledge

    return Knowledge.load(), Gazetteer.open()

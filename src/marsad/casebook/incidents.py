"""The incidents of a casebook: kept claim by claim, joined report by report, and never all anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, Final, NamedTuple

import apsw

from marsad.casebook.blocks import TableBlocks
from marsad.casebook.telling_groups import TableGroups
from marsad.casebook.tellings import TableTellings
from marsad.incidents import Incident, Join, Question, Telling, tellings
from marsad.incidents.blocking import keys_of
from marsad.incidents.describing import question
from marsad.incidents.index import CANDIDATES
from marsad.incidents.step import EVEN, Step
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Passage, Record, Report

__all__ = ["Asked", "CasebookIncidents", "ClaimAt"]

_MOST_AGAIN: Final = 64
"""Claims of an incident that are joined again when a report of it is coded anew."""
_CLAIMS: Final = """
    SELECT incident, tellings.number, reports.id, claim, span_start, span_end FROM tellings
    JOIN reports ON reports.number = tellings.report ORDER BY incident, tellings.number
"""
_CLAIMS_OF: Final = """
    SELECT incident, tellings.number, reports.id, claim, span_start, span_end
    FROM json_each(?) CROSS JOIN tellings ON incident = value
    JOIN reports ON reports.number = tellings.report ORDER BY incident, tellings.number
"""
_CLOCK: Final = "SELECT coalesce(max(at), 0) FROM changed WHERE what = ?"
_CHANGED: Final = """
    SELECT number FROM changed WHERE what = 'incident' AND at > ?
    UNION SELECT incident FROM changed JOIN tellings ON report = changed.number WHERE what = 'report' AND at > ?
"""
_DOUBTS: Final = """
    SELECT one, other, probability, reasons, first.incident, second.incident FROM telling_pairs
    JOIN tellings AS first ON first.number = one JOIN tellings AS second ON second.number = other
    WHERE kind = 'doubt' AND (?2 IS NULL OR one IN (SELECT value FROM json_each(?2)) OR other IN
      (SELECT value FROM json_each(?2))) ORDER BY abs(probability - ?1), telling_pairs.number
"""
_TABLES: Final = ("claims.weights.tsv", "claims.calibration.tsv", "wording.weights.tsv", "words.tsv")
_FORMAT: Final = "3"
"""Another one where tellings are kept or joined otherwise than before."""


Asked = tuple[str, str, str]
"""Two claims by their ids, and the question about them."""


class ClaimAt(NamedTuple):
    """A claim by where it stands; ``claim`` is the id of its event in the report's record."""

    number: int
    report: str
    claim: str
    passage: Passage
    incident: int = 0
    """The number of the incident that it is in, before what reviewers decided."""

    @property
    def id(self) -> str:
        """``REPORT:EVENT``."""
        return f"{self.report}:{self.claim}"


class CasebookIncidents:
    """Incidents in the casebook's tables. Use one within one transaction: what it fetched it remembers."""

    def __init__(
        self, db: apsw.Connection, knowledge: Knowledge | None, gazetteer: Gazetteer | None,
        known: dict[int, Telling] | None = None,
    ) -> None:  # fmt: skip
        self._db = db
        self._knowledge = knowledge
        self._gazetteer = gazetteer
        self._store = TableTellings(db, {} if known is None else known)
        self._blocks = TableBlocks(db)
        self._groups = TableGroups(db, self._store)

    # Joining

    def current(self) -> bool:
        """Whether claims were joined by the rules of this Marsad."""
        return bool(self._db.execute("SELECT fingerprint FROM telling_rules").get == _fingerprint())

    def renew(self) -> None:
        """Let all reports wait again where claims were joined by other rules than those of this Marsad."""
        if self.current():
            return
        for table in ("telling_pairs", "telling_keys", "telling_words", "telling_reports", "tellings", "telling_rules"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("INSERT OR IGNORE INTO untold SELECT number FROM reports")
        self._db.execute("INSERT INTO telling_rules VALUES (?)", (_fingerprint(),))

    def join(self, number: int, report: Report, record: Record) -> None:
        """Let the claims of a report join their incidents, in the place of those that it had before."""
        again = self._withdrawn(number)
        assert self._knowledge is not None
        told = tellings(report, record, self._origin(number), self._knowledge, self._gazetteer)
        new = [self._store.keep(one) for one in told]
        self._store.keep_report(number, told)
        numbers, near = [*again, *new], []
        self._store.look(again)
        for one in numbers:
            keep, ask = keys_of(self._store.fetch(one))
            near.append(self._blocks.near(ask, CANDIDATES, numbers))
            if one in new:
                self._blocks.add(one, keep)
        found = list(dict.fromkeys(other for row in near for other in row))
        self._groups.look(found)
        self._store.look({one for group in map(self._groups.of, found) for one in self._groups.standing(group)})
        self._groups.add_all(numbers)
        _, doubts = Step(self._groups, self._store).join(numbers, near)
        self._db.executemany(
            "INSERT INTO telling_pairs VALUES (NULL, 'doubt', ?, ?, ?, ?)",
            [(a, b, chance, json.dumps(why, ensure_ascii=False)) for a, b, chance, why in doubts],
        )
        self._db.execute("DELETE FROM untold WHERE report = ?", (number,))
        self._groups.note()
        self._store.trim()

    def _origin(self, report: int) -> str:
        """The id of the report that this one goes back to; its own where that is not known."""
        return str(
            self._db.execute(
                """SELECT coalesce(root.id, reports.id) FROM reports
                   LEFT JOIN origins ON origins.report = reports.number
                   LEFT JOIN reports AS root ON root.number = origins.origin WHERE reports.number = ?""",
                (report,),
            ).get
        )

    def _withdrawn(self, report: int) -> list[int]:
        """Take the claims of a report out; those that were with them in an incident, which are to be joined again."""
        rows: list[Any] = self._db.execute(
            "SELECT number, incident FROM tellings WHERE report = ?", (report,)
        ).fetchall()
        if not rows:
            return []
        own, again = {number for number, _ in rows}, []
        groups = {group for _, group in rows}
        for group in groups:
            left = [one for one in self._groups.members(group) if one not in own]
            if len(left) > _MOST_AGAIN:
                # What so many claims stand on does not hang on one report.
                self._db.execute("UPDATE tellings SET incident = ? WHERE incident = ?", (left[0], group))
                self._groups.touched([left[0]])
                continue
            again += left
        self._store.look(own)
        for number in own:
            self._blocks.forget(number, keys_of(self._store.fetch(number))[0])
            self._store.forget(number)
        self._db.execute("DELETE FROM telling_reports WHERE report = ?", (report,))
        for number in again:
            self._db.execute("DELETE FROM telling_pairs WHERE one = ?", (number,))
            self._db.execute("DELETE FROM telling_pairs WHERE other = ?", (number,))
            self._db.execute("UPDATE tellings SET incident = number WHERE number = ?", (number,))
        self._groups.touched(groups)
        return sorted(again)

    # Asking

    def __iter__(self) -> Iterator[Incident]:
        """The incidents, by their first claims."""
        return (self.incident(group) for group in self._groups)

    def claims(self, groups: Collection[int] | None = None) -> Iterator[list[ClaimAt]]:
        """The claims of each incident, or of some, by where they stand."""
        asked = None if groups is None else json.dumps(sorted(groups))
        rows: Any = self._db.execute(_CLAIMS if groups is None else _CLAIMS_OF, (asked,) if groups is not None else ())
        for group, claims in groupby(rows, key=lambda row: row[0]):
            yield [
                ClaimAt(number, report, claim, Passage(start, end), group)
                for _, number, report, claim, start, end in claims
            ]

    def changes(self, since: tuple[int, int] | None) -> tuple[tuple[int, int], list[int]]:
        """The incidents that changed, or claims of which now go back to another origin, since two moments of the
        casebook's clocks (None: all of them); and the moments of now."""
        now = tuple(int(self._db.execute(_CLOCK, (what,)).get) for what in ("incident", "report"))
        if since is None:
            return (now[0], now[1]), list(self._groups)
        rows: Any = self._db.execute(_CHANGED, since)
        return (now[0], now[1]), [group for (group,) in rows]

    def groups_of(self, reports: Collection[str]) -> set[int]:
        """The incidents in which claims of these reports are."""
        rows: Any = self._db.execute(
            """SELECT DISTINCT incident FROM tellings JOIN reports ON reports.number = tellings.report
               WHERE reports.id IN (SELECT value FROM json_each(?))""",
            (json.dumps(sorted(reports)),),
        )
        return {group for (group,) in rows}

    def tellings(self, claims: Iterable[ClaimAt]) -> tuple[Telling, ...]:
        """The claims as they are to be shown."""
        return tuple(self._store.shown([one.number for one in claims]))

    def incident(self, group: int) -> Incident:
        """The incident of this number."""
        found = tuple(self._store.shown(self._groups.members(group)))
        return Incident(found[0].id, found)

    def group(self, report: str, claim: str) -> int | None:
        """The number of the incident that a claim is in; None where it is in none."""
        found = self._db.execute(
            "SELECT incident FROM tellings WHERE report = (SELECT number FROM reports WHERE id = ?) AND claim = ?",
            (report, claim),
        ).get
        return None if found is None else int(found)

    def joins(self, group: int) -> list[Join]:
        """By what an incident came together."""
        return self._groups.joins(group)

    def questions(
        self, about: Collection[int] | None = None, known: dict[tuple[int, int], Asked] | None = None
    ) -> Iterator[Question]:
        """What is doubtful (about these claims), the most doubtful first; of two incidents the most doubtful only.

        ``known`` keeps the words of questions from one time to the next: claims do not change.
        """
        known = {} if known is None else known
        asked_of = None if about is None else json.dumps(sorted(about))
        rows: Any = self._db.execute(_DOUBTS, (EVEN, asked_of))
        asked: set[tuple[int, int]] = set()
        for one, other, chance, why, *groups in rows:
            a, b = sorted(groups)
            pair = (a, b) if a != b else (min(one, other), max(one, other))
            if pair in asked:
                continue
            asked.add(pair)
            if (one, other) not in known:
                first, second = self._store.shown([one, other])
                known[one, other] = first.id, second.id, question(first, second)
            first_id, second_id, words = known[one, other]
            yield Question(first_id, second_id, chance, a == b, words, tuple(json.loads(why)))


@cache
def _fingerprint() -> str:
    """What joining depends on."""
    made = hashlib.sha256(_FORMAT.encode())
    for name in _TABLES:
        made.update(files("marsad.incidents").joinpath("models", name).read_bytes())
    return made.hexdigest()

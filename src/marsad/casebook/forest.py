"""Which report is made from which, in the casebook's table ``origins``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, cast

import apsw

from marsad.casebook.writing import note_report
from marsad.errors import CasebookError

if TYPE_CHECKING:
    from marsad.origins import Kind

__all__ = ["TableForest"]

_SPUN: Final = "$.spun.probability"
_ADD: Final = """
    INSERT INTO origins
    SELECT reports.number, reports.number, 'independent', NULL, 0.0, 0, 0,
      iif(json_valid(json) AND json_type(json, ?1) = 'real' AND json_extract(json, ?1) BETWEEN 0.0 AND 1.0,
          json_extract(json, ?1), NULL)
    FROM reports LEFT JOIN records ON records.report = reports.number AND records.current = 1
    WHERE reports.number > (SELECT coalesce(max(report), -1) FROM origins) ORDER BY reports.number LIMIT 1
    RETURNING report
"""

_TREE: Final = """
    WITH RECURSIVE tree (report) AS (
      VALUES (?1) UNION SELECT origins.report FROM origins JOIN tree ON origins.of = tree.report
    )
    UPDATE origins SET origin = ?2 WHERE report IN tree RETURNING report
"""


class TableForest:
    """A forest as an index of origins wants it; ``marsad.origins.families`` says what each method does."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM origins").get)

    def add(self) -> int:
        """The next report that is not in yet, made from none; its number. What its record says of spinning is noted."""
        number = int(self._db.execute(_ADD, (_SPUN,)).get)
        note_report(self._db, number)
        return number

    def _one(self, column: str, number: int) -> Any:
        # The name of the column comes from this module only.
        row: Any = self._db.execute(f"SELECT {column} FROM origins WHERE report = ?", (number,)).fetchone()
        if row is None:
            raise CasebookError(f"the casebook is damaged: its report number {number} has no origin")
        return row[0]

    def of(self, number: int) -> int | None:
        """The report that this one is made from."""
        return cast("int | None", self._one("of", number))

    def kind(self, number: int) -> Kind:
        """How this report is made from that one."""
        return cast("Kind", self._one("kind", number))

    def share(self, number: int) -> float:
        """How much of this report is from that one, 0 to 1."""
        return float(self._one("share", number))

    def origin(self, number: int) -> int:
        """The report at the root of its family."""
        return int(self._one("origin", number))

    def sure(self, number: int) -> bool:
        """Whether more than order and length tells that this report is the derived one."""
        return bool(self._one("sure", number))

    def children(self, number: int) -> Iterator[int]:
        """The reports made from this one, the last attached first."""
        rows: list[Any] = self._db.execute(
            "SELECT report FROM origins WHERE of = ? ORDER BY attached DESC", (number,)
        ).fetchall()
        return (report for (report,) in rows)

    def attach(self, number: int, of: int, kind: Kind, share: float, sure: bool) -> bool:
        """Let a report be made from another. False, and nothing done, where that one is made from it already."""
        origin = self.origin(of)
        if origin == self.origin(number):
            above: set[int | None] = {None}
            at: int | None = of
            while at not in above:
                if at == number:
                    return False
                above.add(at)
                at = self.of(cast("int", at))
        last = self._db.execute("SELECT coalesce(max(attached), 0) FROM origins WHERE of = ?", (of,)).get
        self._db.execute(
            "UPDATE origins SET of = ?2, kind = ?3, share = ?4, sure = ?5, attached = ?6 WHERE report = ?1",
            (number, of, kind, share, sure, last + 1),
        )
        self._move(number, origin)
        return True

    def detach(self, number: int) -> None:
        """Let a report be made from none."""
        self._db.execute(
            """UPDATE origins SET of = NULL, kind = 'independent', share = 0.0, sure = 0, attached = 0
               WHERE report = ?""",
            (number,),
        )
        self._move(number, number)

    def _move(self, number: int, origin: int) -> None:
        """Let a report, and all that are made from it, go back to this origin."""
        moved: list[Any] = self._db.execute(_TREE, (number, origin)).fetchall()
        for (report,) in moved:
            note_report(self._db, report)

    def members(self) -> Iterator[list[int]]:
        """Every family, its origin first and the others as they came in; in the order of the origins."""
        found: list[int] = []
        at = None
        for origin, report in self._db.execute("SELECT origin, report FROM origins ORDER BY origin, report"):
            if origin != at and found:
                yield found
                found = []
            if origin != at:
                at, found = origin, [origin]
            if report != origin:
                found.append(report)
        if found:
            yield found

"""A casebook's incidents in memory, as reviewers settled them: after a change only what it touched is read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from marsad.decisions import Decision, in_force
from marsad.decisions.grouping import Settled, listed

if TYPE_CHECKING:
    from marsad.casebook.store import Casebook

__all__ = ["Watched"]


class Watched:
    """The incidents of one casebook by their ids. ``update`` brings them up to date; use it from one thread at a time.

    What a claim is compared by is not in them: some 2 KiB for each claim.
    """

    def __init__(self) -> None:
        self.settled: dict[str, Settled] = {}
        self._as_of: tuple[int, int] | None = None
        self._said: list[Decision] = []
        self._tied: set[int] = set()
        self._from: dict[int, set[str]] = {}

    def update(self, casebook: Casebook) -> tuple[set[str], set[str]]:
        """Read what has changed: the ids of incidents that are no longer there, and of those that are new or changed.

        Claims that wait to join their incidents are not joined by this. Raises CasebookError.
        """
        with casebook.as_of_now():
            as_of, changed = casebook.changed_incidents(self._as_of)
            said = [one for one in in_force(casebook.decisions()) if one.target.part == "incident"]
            tied = casebook.incidents_of(_reports(said))
            touched = set(changed)
            if said != self._said or not touched.isdisjoint(tied | self._tied):
                # Decisions tie together incidents that the claims of their reports are in: all of these or none.
                touched |= tied | self._tied
                found, _ = listed(casebook.incident_claims(touched), said)
            else:
                found, _ = listed(casebook.incident_claims(touched), ())
            made = {one.claims[0].id: one for one in found}
            gone = {name for group in touched for name in self._from.pop(group, ())}
            for name in gone:
                self.settled.pop(name, None)
            for name, one in made.items():
                self.settled[name] = casebook.settled(one)
                for group in {claim.incident for claim in one.claims}:
                    self._from.setdefault(group, set()).add(name)
        self._as_of, self._said, self._tied = as_of, said, tied
        return gone - made.keys(), set(made)


def _reports(said: Iterable[Decision]) -> set[str]:
    return {report for one in said for report, _ in one.target.claims}

"""Who is who: an actor that is known before any report is read."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KnownActor", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """A time in office. ``start`` and ``end`` are ISO dates, the day of each included
    (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``). ``end`` is None for a term that still ran when it
    was last looked at, which is ``checked``: what came later is not known. Without ``checked``
    a term without an end is taken to run on."""

    office: str
    body: str
    start: str
    end: str | None
    source: str
    checked: str | None = None

    def covers(self, date: str) -> bool:
        """Whether the term holds on ``date`` (ISO, any precision), at the coarser precision of the two."""
        if date[: len(self.start)] < self.start[: len(date)]:
            return False
        last = self.end or self.checked
        return last is None or date[: len(last)] <= last[: len(date)]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A person, group, body or state, with the names that reports use for it.

    ``kind`` is one of :data:`marsad.vocabulary.KINDS`; ``country`` is an ISO 3166-1 alpha-2
    code (``XK`` for Kosovo); ``part_of`` and ``backed_by`` hold ids of other known actors;
    ``source`` is a public page that says who this is. ``died`` is an ISO date.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    arabic: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    country: str | None = None
    part_of: tuple[str, ...] = ()
    backed_by: tuple[str, ...] = ()
    source: str = ""
    terms: tuple[Term, ...] = ()
    died: str | None = None

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Every spelling of the name, the chief one first."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.arabic)))

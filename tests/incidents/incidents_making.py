"""Tellings and records for tests of incidents. Everything in them is made up."""

from __future__ import annotations

from typing import Any

from marsad.incidents import Incidents
from marsad.incidents.tellings import Telling, tellings
from marsad.knowledge import Knowledge
from marsad.records import Actor, Claim, EventPlace, EventTime, Passage, Record, Report, Source, Toll

KNOWLEDGE = Knowledge.load()


def made(
    report: str, sentence: str, trigger: str, *, type: str = "ASSAULT", mode: str | None = None,
    day: str | None = "2031-03-04", town: str | None = "Tal Marez", actors: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (), killed: int | tuple[int | None, int | None, int | None] | None = None,
    status: str = "happened", certainty: str = "certain", says: str | None = None, published: str | None = "2031-03-05",
    source: str | None = None,
) -> tuple[Report, Record]:  # fmt: skip
    """A report of one sentence and its record of one claim; ``trigger`` and all names stand in the sentence."""

    def at(words: str) -> Passage:
        start = sentence.index(words)
        return Passage(start, start + len(words))

    names = dict.fromkeys((*actors, *recipients, *((says,) if says else ())))
    ids = {name: f"a{number}" for number, name in enumerate(names, 1)}
    low = killed if isinstance(killed, tuple) else (killed, killed, killed)
    claim = Claim(
        "e1", at(trigger), type, mode=mode, actors=tuple(ids[n] for n in actors),
        recipients=tuple(ids[n] for n in recipients),
        time=EventTime(None, day, day) if day else None, place=EventPlace(None, town) if town else None,
        killed=Toll(*low) if killed is not None else None, status=status, certainty=certainty,
        according_to=(ids[says],) if says else ("author",),
    )  # fmt: skip
    known = tuple(Actor(ids[n], n, "armed-group" if n[0].isupper() else "population", (at(n),)) for n in names)
    origin = Source(source)
    record = Record(report, sentence, origin, published=published, actors=known, events=(claim,))
    return Report(report, sentence, published=published, source=origin, language="en"), record


def told(report: str, sentence: str, trigger: str, origin: str | None = None, **fields: Any) -> Telling:
    """The telling of such a report."""
    one, record = made(report, sentence, trigger, **fields)
    return tellings(one, record, origin or report, KNOWLEDGE, None)[0]


def together(*found: tuple[Report, Record], origins: dict[str, str] | None = None) -> Incidents:
    """The incidents of some reports."""
    incidents = Incidents(KNOWLEDGE)
    for report, record in found:
        incidents.add(report, record, (origins or {}).get(report.id))
    return incidents

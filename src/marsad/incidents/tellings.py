"""A telling: one report's claim about one happening, with all that comparing it needs."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.incidents.parties import Party, party_maker
from marsad.incidents.placing import Spot, spot
from marsad.incidents.timing import Days, days, of_dates
from marsad.incidents.wording import ReportWords, Wording
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import AUTHOR, Claim, Passage, Record, Report, Toll

__all__ = ["Telling", "tellings"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of one report. ``published`` is the report's date as days; ``source`` its publisher.

    ``says`` are the names of those to whom the report ascribes it; empty where it speaks in its own voice.
    """

    report: str
    claim: str
    origin: str
    published: Days | None
    source: str | None
    type: str
    mode: str | None
    status: str
    certainty: str
    says: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    time: Days | None
    spot: Spot | None
    killed: Toll | None
    injured: Toll | None
    passage: Passage
    wording: Wording

    @property
    def id(self) -> str:
        """``REPORT:CLAIM``."""
        return f"{self.report}:{self.claim}"

    @property
    def until(self) -> int | None:
        """The last day on which it can have been, as a proleptic ordinal: what has happened is told afterwards."""
        if self.time is not None:
            return self.time.last
        return self.published.last if self.published is not None else None


def tellings(
    report: Report, record: Record, origin: str, knowledge: Knowledge, gazetteer: Gazetteer | None
) -> list[Telling]:
    """The tellings of a report, in the order of the record's events. Raises ModelError."""
    if not record.events:
        return []
    parties, words = party_maker(record, knowledge), ReportWords(record.text)
    published = of_dates(report.published, report.published) if report.published else None
    names = {actor.id: actor.name for actor in record.actors}
    return [_telling(report, claim, origin, published, parties, names, words, gazetteer, knowledge)
            for claim in record.events]  # fmt: skip


def _telling(
    report: Report, claim: Claim, origin: str, published: Days | None, parties: dict[str, Party],
    names: dict[str, str], words: ReportWords, gazetteer: Gazetteer | None, knowledge: Knowledge,
) -> Telling:  # fmt: skip
    return Telling(
        report=report.id,
        claim=claim.id,
        origin=origin,
        published=published,
        source=report.source.name,
        type=claim.type,
        mode=claim.mode,
        status=claim.status,
        certainty=claim.certainty,
        says=tuple(names[one] for one in claim.according_to if one != AUTHOR and one in names),
        actors=tuple(parties[one] for one in claim.actors if one in parties),
        recipients=tuple(parties[one] for one in claim.recipients if one in parties),
        time=None if _dates_the_denying(claim) else days(claim.time),
        spot=spot(claim.place, gazetteer, knowledge),
        killed=claim.killed,
        injured=claim.injured,
        passage=claim.span,
        wording=words.wording(claim.triggers),
    )


def _dates_the_denying(claim: Claim) -> bool:
    """Whether a denied event's time is rather that of the denial: "said on Thursday that it had not fired"."""
    when = claim.time.span if claim.time is not None else None
    return claim.status == "did-not-happen" and when is not None and when.end <= claim.span.start

"""Reports and records without a coder: so many that no one would write them, and unlike each other as real ones are.

Happenings are drawn first: what, on which day, in which town, who did it to whom, with what toll. Each report tells of
one to three of the last days' happenings, in one of several wordings of each kind, beside sentences of labelled reports
(``data/conflict-reports``, CC BY 4.0): those with a labelled event are told with that event, in another town and as of
the report's own week; the rest is filling, with half of its longer words exchanged for others, so that no two reports
share sentences by chance. Names of parties, and towns that have a point, are the labelled ones too. Every eighth report
is a reprint of an earlier one with another head. What comes out tells of nothing that has been. ``extra["happening"]``
of a claim is the number of what it is about.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from marsad.coding.codebook.passages import sentences
from marsad.records import (
    Actor,
    Claim,
    EventPlace,
    EventTime,
    Passage,
    PlaceMention,
    Record,
    Report,
    Source,
    TimeExpression,
    Toll,
)  # fmt: skip

__all__ = ["REPORTS_A_DAY", "Happening", "reports"]

DATA: Final = Path(__file__).resolve().parents[2] / "data/conflict-reports/records"
FIRST: Final = date(2021, 1, 4)
REPORTS_A_DAY: Final = 100
A_DAY: Final = 30
"""Happenings of a day."""
LATE: Final = (0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 5)
"""Days after which a happening is told."""
COPIED: Final = 0.125
SOURCES: Final = tuple(f"{a} {b}" for a in ("Northern", "Southern", "Evening", "People's", "River", "Hill", "Port")
                       for b in ("Herald", "Wire", "Gazette", "Radio", "Courier", "Monitor"))  # fmt: skip

WORDINGS: Final[dict[tuple[str, str | None], tuple[str, ...]]] = {
    ("ASSAULT", "explosives"): (
        "A bomb {hit|!} a bus station in {place} on {day}, killing {n} people; {actor} said it was behind it.",
        "{n} people died in {place} on {day} when a car {blew|!} up near the market, for which {actor} was blamed.",
        "An {explosion|!} tore through a police post in {place} on {day}. Hospital staff counted {n} dead. "
        "Officials suspect {actor}.",
        "{actor} carried out the {bombing|!} in {place} on {day} in which {n} people were killed, officials said.",
    ),
    ("ASSAULT", "aerial"): (
        "Warplanes of {actor} {bombed|!} {recipient} outside {place} on {day} and killed {n} of them.",
        "An {air strike|!} on {place} on {day} killed {n} people, residents said, blaming {actor}.",
        "{n} bodies were pulled from a house in {place} that jets of {actor} had {struck|!} on {day}.",
        "{actor} {raided|!} {place} from the air on {day}; {n} members of {recipient} were killed.",
    ),
    ("ASSAULT", "firearms"): (
        "Gunmen of {actor} {shot|!} dead {n} members of {recipient} at a roadblock near {place} on {day}.",
        "{n} people were killed when {actor} {opened fire|!} on {recipient} in {place} on {day}.",
        "A {shooting|!} left {n} dead in {place} on {day}. Witnesses named {actor}.",
        "{recipient} lost {n} men in {place} on {day} when {actor} {attacked|!} its convoy.",
    ),
    ("ASSAULT", "abduct"): (
        "{actor} {kidnapped|!} {n} aid workers near {place} on {day}.",
        "{n} aid workers were {abducted|!} on the road to {place} on {day}; {actor} is said to hold them.",
        "The {abduction|!} of {n} aid workers in {place} on {day} was the work of {actor}, police said.",
        "Armed men of {actor} {seized|!} {n} aid workers from their car in {place} on {day}.",
    ),
    ("COERCE", "arrest"): (
        "{actor} {arrested|!} {n} supporters of {recipient} in {place} on {day}.",
        "{n} people were {detained|!} by {actor} in {place} on {day}, accused of helping {recipient}.",
        "In a {sweep|!} through {place} on {day}, {actor} took {n} young men away.",
        "The {arrest|!} of {n} people in {place} on {day} angered {recipient}, which called them hostages of {actor}.",
    ),
    ("PROTEST", "demo"): (
        "{n} thousand people {marched|!} through {place} on {day} against {recipient}.",
        "Crowds {protested|!} in {place} on {day} and called on {recipient} to go.",
        "A {demonstration|!} against {recipient} filled the main square of {place} on {day}.",
        "Supporters of {actor} {rallied|!} in {place} on {day}, chanting against {recipient}.",
    ),
    ("RETREAT", "withdraw"): (
        "{actor} {withdrew|!} its men from {place} on {day}.",
        "Fighters of {actor} {left|!} {place} on {day} in a column of {n} trucks.",
        "The {withdrawal|!} of {actor} from {place} was completed on {day}, {recipient} said.",
        "{actor} {pulled|!} out of {place} on {day} after weeks of pressure by {recipient}.",
    ),
    ("CONSULT", None): (
        "Envoys of {actor} and {recipient} {met|!} in {place} on {day}.",
        "{actor} held {talks|!} with {recipient} in {place} on {day}.",
        "A {meeting|!} of {actor} with {recipient} in {place} on {day} ended without a statement.",
        "In {place}, {actor} and {recipient} {sat|!} down together on {day} for {n} hours.",
    ),
    ("ACCUSE", "disapprove"): (
        "{actor} {condemned|!} {recipient} on {day} for what it called crimes in {place}.",
        "In {place} on {day}, {actor} {denounced|!} {recipient}.",
        "{actor} {criticised|!} {recipient} sharply at a press conference in {place} on {day}.",
        "{recipient} was {blamed|!} by {actor} on {day} for the state of things in {place}.",
    ),
    ("AID", None): (
        "{actor} {delivered|!} food for {n} hundred families to {place} on {day}.",
        "A {convoy|!} of {n} lorries with medicine sent by {actor} reached {place} on {day}.",
        "Families in {place} {received|!} flour and oil from {actor} on {day}.",
        "{actor} {flew|!} {n} tons of blankets into {place} on {day}.",
    ),
}  # fmt: skip
_SLOT: Final = re.compile(r"\{([^{}|]+)(\|!)?\}")
_LONGER: Final = re.compile(r"\b[a-z]{4,}\b")
_ACTING: Final = ("armed-group", "military", "government", "police", "political", "state")


@dataclass(frozen=True, slots=True)
class Town:
    """Where something happens."""

    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """What the world had on a day."""

    number: int
    kind: tuple[str, str | None]
    day: date
    town: Town
    actor: tuple[str, str]
    recipient: tuple[str, str]
    toll: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a labelled report, with one event of it or none; offsets are the sentence's own."""

    text: str
    event: dict[str, Any] | None = None
    actors: tuple[dict[str, Any], ...] = ()
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What reports are made from."""

    parties: tuple[tuple[str, str], ...]
    towns: tuple[Town, ...]
    telling: tuple[Sentence, ...]
    filling: tuple[Sentence, ...]
    words: tuple[str, ...]
    """The longer words of the filling."""


def parts(draw: random.Random) -> Parts:
    """The parts of the labelled reports, and as many towns that are nowhere."""
    parties: dict[str, str] = {}
    towns: dict[str, Town] = {}
    telling: list[Sentence] = []
    filling: list[Sentence] = []
    for path in sorted(DATA.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        for actor in record["actors"]:
            if actor["kind"] in _ACTING and actor["name"][:1].isupper() and len(actor["name"]) < 40:
                parties.setdefault(actor["name"], actor["kind"])
        for place in record["places"]:
            if place.get("latitude") is not None and "," in place["name"]:
                towns.setdefault(place["name"], Town(place["name"], place["latitude"], place["longitude"]))
        for sentence in sentences(record["text"]):
            found = _sentence(record, sentence)
            (telling if found.event else filling).append(found)
    while len(towns) < 1200:
        name = "".join(draw.choice("bdfgklmnrstz") + draw.choice("aeiou") for _ in range(draw.randrange(2, 4)))
        name = name.capitalize() + draw.choice(("", "n", "r", "sh", "t", " Tal", "bad"))
        towns.setdefault(name, Town(name))
    words = tuple(word for one in filling for word in _LONGER.findall(one.text))
    return Parts(tuple(parties.items()), tuple(towns.values()), tuple(telling), tuple(filling), words)


def _sentence(record: dict[str, Any], at: Passage) -> Sentence:
    def inside(span: Sequence[int] | None) -> bool:
        return span is not None and at.start <= span[0] and span[1] <= at.end

    text = record["text"][at.start : at.end].replace("\n", " ")
    event = next((e for e in record["events"] if inside(e["span"])), None)
    if event is None:
        return Sentence(text)
    moved = {
        **event,
        **{
            side: [key for key in event.get(side, ()) if any(a["id"] == key for a in record["actors"])]
            for side in ("actors", "recipients")
        },
        "span": [event["span"][0] - at.start, event["span"][1] - at.start],
    }
    place = event.get("place") or {}
    moved["place"] = [p - at.start for p in place["span"]] if inside(place.get("span")) else None
    actors = []
    for actor in record["actors"]:
        own = [[s - at.start, e - at.start] for s, e in actor["mentions"] if inside((s, e))]
        if own and actor["id"] in (*moved["actors"], *moved["recipients"]):
            actors.append({**actor, "mentions": own})
    return Sentence(text, moved, tuple(actors), record["published"])


def happenings(parts: Parts, days: int, draw: random.Random) -> list[list[Happening]]:
    """Those of each day. Parties and towns come up unequally often, as they do."""
    kinds = list(WORDINGS)
    by_rank = list(accumulate(1 / (rank + 8) for rank in range(len(parts.parties))))
    by_size = list(accumulate(1 / (rank + 20) for rank in range(len(parts.towns))))
    names, towns = list(parts.parties), list(parts.towns)
    draw.shuffle(names)
    draw.shuffle(towns)
    found = []
    for number in range(days):
        day = FIRST + timedelta(number)
        found.append([
            Happening(
                number * A_DAY + at, draw.choice(kinds), day, draw.choices(towns, cum_weights=by_size)[0],
                draw.choices(names, cum_weights=by_rank)[0], draw.choices(names, cum_weights=by_rank)[0],
                draw.randrange(2, 40),
            )
            for at in range(A_DAY)
        ])  # fmt: skip
    return found


@dataclass(slots=True)
class _Writing:
    """A report under way."""

    text: str = ""
    actors: dict[str, tuple[str, list[Passage]]] = field(default_factory=dict)
    events: list[Claim] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)

    def put(self, words: str) -> Passage:
        """Go on with these words; where they stand."""
        start = len(self.text)
        self.text += words
        return Passage(start, len(self.text))

    def party(self, name: str, kind: str, at: Passage) -> str:
        """The id of a party that is named there."""
        known = self.actors.setdefault(name, (kind, []))
        known[1].append(at)
        return f"a{1 + list(self.actors).index(name)}"


def _told(on: _Writing, one: Happening, published: date, draw: random.Random) -> None:
    """A sentence about a happening, and the claim. Tolls differ now and then, who did it seldom."""
    wording = draw.choice(WORDINGS[one.kind])
    toll = one.toll if draw.random() < 0.7 else max(1, one.toll + draw.randrange(-4, 9))
    actor = one.actor if draw.random() < 0.93 else one.recipient
    day = f"{one.day:%A}" if (published - one.day).days < 6 else f"{one.day.day} {one.day:%B}"
    words = {"place": one.town.name.split(",")[0], "day": day, "n": str(toll), "actor": actor[0],
             "recipient": one.recipient[0]}  # fmt: skip
    at: dict[str, Passage] = {}
    begun = 0
    for slot in _SLOT.finditer(wording):
        on.put(wording[begun : slot.start()])
        at["!" if slot[2] else slot[1]] = on.put(slot[1] if slot[2] else words[slot[1]])
        begun = slot.end()
    on.put(wording[begun:] + " ")
    doers = (on.party(*actor, at["actor"]),) if "actor" in at else ()
    others = (on.party(*one.recipient, at["recipient"]),) if "recipient" in at and actor != one.recipient else ()
    value = one.day.isoformat()
    on.times.append(TimeExpression(at["day"], value))
    on.places.append(PlaceMention(at["place"], one.town.name, None, one.town.latitude, one.town.longitude))
    killed = Toll(toll, toll, toll) if one.kind[0] == "ASSAULT" and one.kind[1] != "abduct" and "n" in at else None
    denied = draw.random() < 0.04
    on.events.append(
        Claim(
            f"e{len(on.events) + 1}", at["!"], one.kind[0], (), one.kind[1], doers, others,
            EventTime(at["day"], value, value),
            EventPlace(at["place"], one.town.name, one.town.latitude, one.town.longitude), killed,
            status="did-not-happen" if denied else "happened",
            certainty=draw.choice(("certain", "certain", "certain", "probable")),
            extra={
                "confidence": {"event": round(draw.betavariate(6, 2), 3), "type": round(draw.betavariate(9, 2), 3)},
                "happening": one.number,
            },
        )
    )  # fmt: skip


def _labelled(on: _Writing, one: Sentence, town: Town, published: date, draw: random.Random) -> None:
    """A labelled sentence with its event, in another town and as of this report's week."""
    event = one.event
    assert event is not None
    start = len(on.text)
    cut, name = event["place"], town.name.split(",")[0]

    def moved(span: Sequence[int]) -> Passage | None:
        """Where a passage of the sentence stands here; None where it meets the name that was exchanged."""
        if cut is not None and span[0] < cut[1] and cut[0] < span[1]:
            return None
        by = len(name) - (cut[1] - cut[0]) if cut is not None and span[0] >= cut[1] else 0
        return Passage(start + span[0] + by, start + span[1] + by)

    span = moved(event["span"])
    if span is None:
        return
    on.put((one.text if cut is None else one.text[: cut[0]] + name + one.text[cut[1] :]) + " ")
    ids = {}
    for actor in one.actors:
        mentions = [m for m in map(moved, actor["mentions"]) if m is not None]
        for mention in mentions:
            ids[actor["id"]] = on.party(actor["name"], actor["kind"], mention)
    place = None
    if cut is not None:
        at = Passage(start + cut[0], start + cut[0] + len(name))
        place = EventPlace(at, town.name, town.latitude, town.longitude)
        on.places.append(PlaceMention(at, town.name, None, town.latitude, town.longitude))
    day = (published - timedelta(draw.randrange(0, 4))).isoformat() if draw.random() < 0.7 else None
    doers = tuple(dict.fromkeys(ids[key] for key in event["actors"] if key in ids))
    others = tuple(dict.fromkeys(ids[key] for key in event["recipients"] if key in ids and ids[key] not in doers))
    on.events.append(
        Claim(
            f"e{len(on.events) + 1}", span, event["type"], (), event.get("mode"), doers, others,
            EventTime(None, day, day) if day else None, place, status=event["status"], certainty=event["certainty"],
            extra={"confidence": {"event": round(draw.betavariate(5, 2), 3), "type": round(draw.betavariate(7, 2), 3)}},
        )
    )  # fmt: skip


def reports(many: int, seed: int = 11) -> Iterator[tuple[Report, Record]]:
    """So many reports in the order of their days, each with its record."""
    draw = random.Random(seed)
    known = parts(draw)
    world = happenings(known, -(-many // REPORTS_A_DAY), draw)
    telling = list(accumulate(1 / (rank + 3) for rank in range(A_DAY)))
    earlier: list[Record] = []
    for number in range(many):
        at = number // REPORTS_A_DAY
        published = FIRST + timedelta(at)
        source = Source(draw.choice(SOURCES), f"https://news.example/{number}")
        if earlier and draw.random() < COPIED:
            record = _reprint(draw.choice(earlier), number, published, source, draw)
        else:
            record = _original(number, at, published, source, known, world, telling, draw)
            earlier = [*earlier[-60:], record]
        yield Report(record.id, record.text, record.title, record.published, record.source, language="en"), record


def _original(
    number: int, at: int, published: date, source: Source, known: Parts, world: Sequence[Sequence[Happening]],
    telling: Sequence[float], draw: random.Random,
) -> Record:  # fmt: skip
    on = _Writing()
    on.put(f"{draw.choice(known.towns).name.split(',')[0].upper()}, {published.day} {published:%B} - ")
    pieces: list[Any] = [
        draw.choices(world[max(0, at - draw.choice(LATE))], cum_weights=telling)[0]
        for _ in range(draw.choice((1, 1, 2, 2, 3)))
    ]  # fmt: skip
    pieces = list(dict.fromkeys(pieces)) + draw.choices(known.telling, k=draw.choice((0, 1, 1, 2)))
    pieces += draw.choices(known.filling, k=draw.randrange(6, 14))
    head, rest = pieces[0], pieces[1:]
    draw.shuffle(rest)
    for piece in (head, *rest):
        if isinstance(piece, Happening):
            _told(on, piece, published, draw)
        elif piece.event:
            _labelled(on, piece, draw.choice(known.towns), published, draw)
        else:
            on.put(_LONGER.sub(lambda m: draw.choice(known.words) if draw.random() < 0.5 else m[0], piece.text) + " ")
    actors = tuple(
        Actor(f"a{n}", name, kind, tuple(sorted(set(spans))))
        for n, (name, (kind, spans)) in enumerate(on.actors.items(), 1)
    )
    title = f"{head.town.name.split(',')[0]}: {draw.choice(known.filling).text[:40]}"
    return Record(
        f"r{number}", on.text.rstrip(), source, title,
        published.isoformat(), actors, (), (), tuple(sorted(on.events, key=lambda e: e.span)), tuple(on.times),
        tuple(on.places), {"spun": {"probability": 0.01}},
    )  # fmt: skip


def _reprint(of: Record, number: int, published: date, source: Source, draw: random.Random) -> Record:
    """The same words under another head, by another paper; no offset changes."""
    return replace(
        of, id=f"r{number}", source=source, title=f"{of.title} ({draw.randrange(1000)})",
        published=max(published.isoformat(), of.published or ""),
    )  # fmt: skip

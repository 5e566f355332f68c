"""A casebook to write out: two accounts of one shelling and two reports more, with what reviewers said. Fictional."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from marsad.casebook import Casebook, Run
from marsad.decisions import Decision, Target
from marsad.records import (
    Actor,
    Claim,
    EventPlace,
    EventTime,
    Passage,
    Record,
    Relation,
    Report,
    Source,
    Statement,
    Toll,
)  # fmt: skip

SHARED: Final = Path(__file__).parents[3] / "shared"
RUN: Final = Run("coder", "1", "fingerprint-of-the-coder")
MILL: Final = (
    "🔥 The Reem Brigade shelled the mill of Ark on 3 May 2020, killing 4, a doctor said.\n"
    "Later the army raided the village. The brigade denied that it had fired."
)
OTHER: Final = (
    "On 3 May 2020 fighters of the Reem Brigade shelled the mill at Ark. Six people died.\n"
    "A spokesman said that nothing else was hit."
)
DENIAL: Final = "قال القائد: the Reem Brigade never shelled the mill of Ark on 3 May 2020."
HOSTILE: Final = '=HYPERLINK("http://example.invalid";"x")</script><b>&amp;\x0b\'\u202e'


def at(text: str, words: str) -> Passage:
    """The first passage of ``words`` in ``text``."""
    start = text.index(words)
    return Passage(start, start + len(words))


def shelling(text: str, name: str, source: str, killed: int | None, **more: Any) -> Record:
    """A record of a report that tells of the shelling of the mill."""
    return Record(
        id=name, text=text, title=f"The mill of Ark, by {source}", published="2020-05-04", source=Source(name=source),
        actors=(Actor("a1", "Reem Brigade", "armed-group", (at(text, "Reem Brigade"),)),),
        events=(
            Claim(
                "e1", at(text, "shelled"), "ASSAULT", mode="heavy-weapons", actors=("a1",),
                time=EventTime(at(text, "3 May 2020"), "2020-05-03", "2020-05-03"),
                place=EventPlace(at(text, "Ark"), "Ark", 33.5, 36.3),
                killed=None if killed is None else Toll(killed, killed, killed), **more,
            ),
        ),
    )  # fmt: skip


def records() -> list[Record]:
    """Two accounts, a denial, and a report whose every text is hostile."""
    first = shelling(MILL, "mill", "Ark Post", 4)
    doctor = Actor("a2", "doctor", "person", (at(MILL, "a doctor"),))
    army = Actor("a3", "army", "military", (at(MILL, "army"),))
    first = Record(
        first.id, first.text, first.source, first.title, first.published,
        actors=(*first.actors, doctor, army), events=(
            *first.events, Claim("e2", at(MILL, "raided"), "COERCE", actors=("a3",), certainty="probable"),
        ),
        statements=(
            Statement("s1", "indirect", (at(MILL, "killing 4"),), at(MILL, "said"), "a2", at(MILL, "a doctor"), True),
        ),
        relations=(Relation("a2", "works-for", "a3", at(MILL, "a doctor")),),
    )  # fmt: skip
    denial = shelling(DENIAL, "denial", "Reem Voice", None, status="did-not-happen", according_to=("a1",))
    text = f"{HOSTILE} attacked {HOSTILE} at dawn."
    hostile = Record(
        HOSTILE, text, Source(name=HOSTILE, url=HOSTILE), HOSTILE, None,
        actors=(Actor("a1", HOSTILE, "person", (Passage(0, len(HOSTILE)),)),),
        events=(Claim(HOSTILE, at(text, "attacked"), "ASSAULT", actors=("a1",), place=EventPlace(None, HOSTILE)),),
    )  # fmt: skip
    return [first, shelling(OTHER, "other", "Reem Monitor", 6), denial, hostile]


def make(path: Path, *, decided: bool = True) -> Path:
    """The casebook at ``path``, its incidents joined; with four decisions and an undo."""
    with Casebook(path, create=True) as casebook:
        for record in records():
            record = Record(
                record.id, record.text, record.source, record.title, record.published, record.actors, record.relations,
                record.statements, record.events,
                extra={"spun": {"probability": 0.0, "passages": [], "signs": []}},
            )  # fmt: skip
            casebook.add(Report(record.id, record.text, record.title, record.published, record.source), record, RUN)
        if decided:
            decide(casebook)
        for _ in casebook.join_incidents():
            pass
    return path


def decide(casebook: Casebook) -> None:
    """A correction, an acceptance, a note in hostile words, a rejection and its undo."""
    raid, shelled = at(MILL, "raided"), at(MILL, "shelled")
    casebook.decide(Decision("correct", Target("event", "mill", raid, "killed"), "Ana", {"low": 1, "best": 2}, "heard"))
    casebook.decide(Decision("accept", Target("event", "mill", shelled), "Ana"))
    casebook.decide(Decision("note", Target("event", "mill", shelled), "=Bob()", why=HOSTILE.replace("\x0b", "")))
    kept = casebook.decide(Decision("reject", Target("event", "other", at(OTHER, "shelled")), "Bob"))
    casebook.undo(kept.number or 0, "Ana", "it was one")

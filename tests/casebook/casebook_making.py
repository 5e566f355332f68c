"""Small reports and records for the tests; the texts are fictional."""

from __future__ import annotations

from typing import Any

from marsad.casebook import Run
from marsad.records import (
    Actor,
    Claim,
    EventPlace,
    EventTime,
    Passage,
    PlaceMention,
    Record,
    Relation,
    Report,
    Source,
    Statement,
    TimeExpression,
    Toll,
)  # fmt: skip

OLD, NEW = Run("rules", "1", "aaaa"), Run("rules", "2", "bbbb")
TEXT = 'Rebels of the Red Front raided Alpha on Monday. "We took it," their spokesman said. Beta denied it.'


def at(text: str, words: str) -> Passage:
    """The first place of ``words`` in ``text``."""
    start = text.index(words)
    return Passage(start, start + len(words))


def report(name: str = "r1", text: str = TEXT, **more: Any) -> Report:
    """A report with a source."""
    return Report(name, text, **{"published": "2020-07-04", "source": Source("Gazette"), **more})


def record(of: Report, **more: Any) -> Record:
    """A record of that report with something in every list; needs TEXT to be in its text."""
    text = of.text
    front, spokesman, beta = at(text, "Red Front"), at(text, "their spokesman"), at(text, "Beta")
    found: dict[str, Any] = {
        "actors": (
            Actor("a1", "Red Front", "armed-group", (front, at(text, "Rebels"))),
            Actor("a2", "spokesman", "person", (spokesman,)),
            Actor("a3", "Béta", "government", (beta,)),
        ),
        "relations": (Relation("a2", "works-for", "a1", spokesman),),
        "statements": (
            Statement("s1", "direct", (at(text, "We took it,"),), at(text, "said"), "a2", spokesman, anonymous=True),
        ),
        "events": (
            Claim(
                "e1", at(text, "raided"), "COERCE", (), "seize", ("a1",), ("a3",),
                EventTime(at(text, "Monday"), "2020-06-29", "2020-06-29"),
                EventPlace(at(text, "Alpha"), "Alpha, Nowhere", 1.5, -2.5), Toll(3, 3, None),
            ),
            Claim(
                "e2", at(text, "took"), "ASSAULT", certainty="probable", actors=("a1",), according_to=("a2",)
            ),
            Claim("e3", at(text, "denied"), "REJECT", actors=("a3",), status="did-not-happen", according_to=("a3",)),
        ),
        "times": (TimeExpression(at(text, "Monday"), "2020-06-29"),),
        "places": (PlaceMention(at(text, "Alpha"), "Alpha", "XX", 1.5, -2.5),),
        # As a coder gives it: without it the casebook would load its tables to find it out.
        "extra": {"spun": {"probability": 0.01}},
        **more,
    }  # fmt: skip
    return Record(of.id, text, of.source, of.title, of.published, **found)

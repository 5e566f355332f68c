"""Decisions for the tests, and coders that read one report in different ways; the texts are fictional."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from casebook_making import TEXT, at, record, report

from marsad.casebook import Casebook, Run
from marsad.decisions import Decision, Kind, Part, Target
from marsad.records import Actor, Claim, EventPlace, EventTime, Passage, Record, Report, Statement, Toll
from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, STATUSES

LONG = (
    "On Monday the Red Front shelled Alpha. The army of Beta attacked the convoy near Gamma. Envoys met in Delta. "
    "Protesters marched through Epsilon. Police arrested nine men in Zeta. The Red Front denied the killing. "
    '"We will strike again," its spokesman said.'
)
SLOTS = ("shelled", "attacked", "met", "marched", "arrested", "denied", "killing", "strike")
"""The words that coders of LONG take for triggers."""


def about(words: str, field: str | None = None, part: Part = "event", text: str = TEXT, of: str = "r1") -> Target:
    """A target by its words."""
    return Target(part, of, at(text, words), field)


def said(kind: Kind, target: Target, value: Any = None, who: str = "Ann", why: str = "") -> Decision:
    """A decision."""
    return Decision(kind, target, who, value, why or ("a note" if kind == "note" else ""))


def decided(casebook: Casebook, kind: Kind, target: Target, value: Any = None, who: str = "Ann", why: str = "") -> int:
    """Keep a decision; its number."""
    kept = casebook.decide(said(kind, target, value, who, why))
    assert kept.number is not None
    return kept.number


def filled() -> Casebook:
    """A temporary casebook with one report."""
    casebook = Casebook.temporary()
    casebook.add(report(), record(report()), Run("rules", "1", "aaaa"))
    return casebook


def shifted(words: str, chance: Random) -> Passage:
    """The trigger as some coder marks it: the words, or with the word before or after them."""
    start, end = at(LONG, words)
    if chance.random() < 0.3 and end < len(LONG) and LONG[end] == " ":
        further = LONG.find(" ", end + 1)
        end = further if further > 0 else end
        while not LONG[end - 1].isalnum():
            end -= 1
    elif chance.random() < 0.3 and LONG[start - 1] == " ":
        start = LONG.rfind(" ", 0, start - 1) + 1
        while not LONG[start].isalnum():
            start += 1
    return Passage(start, end)


def coding(seed: int, of: Report | None = None) -> Record:
    """What a coder makes of LONG; each seed is another coder: ids, order, passages, fields, and what it misses."""
    chance = Random(seed)
    of = of or report(text=LONG)
    actors = [
        Actor(f"x{chance.randrange(1000)}-{n}", name, chance.choice(["armed-group", "other", "state"]), mentions)
        for n, (name, mentions) in enumerate(
            [
                ("Red Front", (at(LONG, "Red Front"), Passage(LONG.rindex("Red Front"), LONG.rindex("Red Front") + 9))),
                ("Beta", (at(LONG, "Beta"),)),
                ("police", (at(LONG, "Police"),)),
                ("nine men", (at(LONG, "nine men"),)),
            ]
        )
        if chance.random() < 0.8
    ]
    chance.shuffle(actors)
    ids = [actor.id for actor in actors]
    events = []
    for words in SLOTS:
        if chance.random() < 0.25:
            continue
        events.append(
            Claim(
                f"c{chance.randrange(1000)}-{words}", shifted(words, chance), chance.choice(EVENT_TYPES),
                actors=tuple(one for one in ids if chance.random() < 0.4),
                recipients=tuple(one for one in ids if chance.random() < 0.3),
                time=chance.choice([None, EventTime(at(LONG, "Monday"), "2020-06-29", "2020-06-29")]),
                place=chance.choice([None, EventPlace(at(LONG, "Gamma"), "Gamma", 1.0, 2.0)]),
                killed=chance.choice([None, Toll(3, 3, None), Toll(9, 9, 9)]),
                status=chance.choice(STATUSES), certainty=chance.choice(CERTAINTIES),
            )
        )  # fmt: skip
    chance.shuffle(events)
    statements: tuple[Statement, ...] = ()
    if chance.random() < 0.8:
        statements = (Statement("q1", chance.choice(["direct", "mixed"]), (at(LONG, "We will strike again,"),)),)
    whole = record(report())
    return replace(
        whole, id=of.id, text=of.text, source=of.source, title=of.title, published=of.published, actors=tuple(actors),
        relations=(), statements=statements, events=tuple(events), times=(), places=(),
    )  # fmt: skip


def coder(seed: int) -> Run:
    """The run of that coder."""
    return Run("changing", str(seed), f"print {seed}")


REVIEWER = """
import random, sys
sys.path.insert(0, sys.argv[2])
from deciding import about, said
from marsad.casebook import Casebook
from marsad.errors import DecisionError
who, most, chance = sys.argv[3], int(sys.argv[4]), random.Random()
with Casebook(sys.argv[1]) as casebook:
    done = 0
    while done < most:
        words, of = chance.choice(["raided", "took", "denied"]), f"r{chance.randrange(int(sys.argv[5]))}"
        kind = chance.choice(["accept", "reject", "note", "correct", "undo"])
        try:
            if kind == "undo":
                mine = [one for one in casebook.decisions(of) if one.who == who]
                kept = casebook.undo(chance.choice(mine).number, who) if mine else None
            elif kind == "correct":
                value = chance.choice(["planned", "requested", "happened"])
                kept = casebook.decide(said("correct", about(words, "status", of=of), value, who, str(done)))
            else:
                kept = casebook.decide(said(kind, about(words, of=of), None, who, str(done)))
        except DecisionError:
            continue
        if kept is not None:
            done += 1
            sys.stdout.write(f"{kept.number} {kept.hash} {kept.kind}" + chr(10))
            sys.stdout.flush()
"""
"""A program that decides at random: arguments are casebook, this folder, name, how many, and the number of reports."""

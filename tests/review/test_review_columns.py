"""Columns that grow and change bit by bit are as those made at once; filters on rows mean what Choice means."""

from __future__ import annotations

import random
import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from marsad.incidents import Choice, Incident, summary
from marsad.review.columns import Columns, empty
from marsad.review.items import Item
from marsad.review.summed import chosen_rows, row_of

sys.path.insert(0, str(Path(__file__).parents[1] / "incidents"))
from incidents_making import told


def item(report: str, event: int, draw: random.Random) -> Item:
    """An event with values of any kind."""
    base = Item(
        report, f"e{event}", (0, 1), draw.choice(("ASSAULT", "AID", "PROTEST")), None,
        draw.choice(("happened", "planned")), "certain", (), (), draw.choice((" red front ", " police ", "")), None,
        None, draw.choice(("", "2031-03-04", "2031-05-01")), draw.choice(("", "2031-03-31", "2032-12-31")),
        draw.choice((None, "Hadun", "Tal Marez")), None, None, "words", draw.choice((None, 0.2, 0.9)),
        draw.choice(((), ("type",))), draw.random() < 0.3,
    )  # fmt: skip
    return replace(base, state=draw.choice(("new", "accepted")))


def same(one: Columns, other: Columns) -> bool:
    """Whether two hold the same; numbers that only stand for names may differ."""
    for field in fields(Columns):
        ours, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(ours, np.ndarray) and not np.array_equal(ours, theirs):
            return False
    names = [
        {kind: [list(own.codes[kind])[code] for code in own.kinds[kind]] for kind in own.kinds} for own in (one, other)
    ]
    return names[0] == names[1] and (one.items, one.reports, one.place) == (other.items, other.reports, other.place)


@pytest.mark.parametrize("seed", range(12))
def test_bit_by_bit_is_as_at_once(seed: int) -> None:
    draw = random.Random(seed)
    known: dict[str, tuple[Item, ...]] = {}
    columns = empty()
    for _ in range(8):
        names = {f"r{draw.randrange(12)}" for _ in range(draw.randrange(0, 5))}
        now = {name: tuple(item(name, at, draw) for at in range(draw.randrange(0, 4))) for name in sorted(names)}
        columns = columns.changed(now, dict.fromkeys(now))
        known.update(now)
        assert same(columns, empty().changed(known, dict.fromkeys(known)))
    assert [one.type for one in columns.items] == [list(columns.codes["type"])[code] for code in columns.kinds["type"]]
    police = columns.having("names", lambda names: "police" in names)
    assert police.tolist() == ["police" in one.names for one in columns.items]
    assert columns.having("place", lambda name: name == "Hadun").tolist() == [
        one.place == "Hadun" for one in columns.items
    ]


def test_rows_are_chosen_as_summaries_are() -> None:
    draw = random.Random(5)
    words = "The bomb in Tal Marez killed people of Ketra; the Red Dawn Front and gunmen, the ministry said."
    found = []
    for number in range(120):
        tellings = [
            told(
                f"r{number}-{at}", words, "bomb", type=draw.choice(("ASSAULT", "AID")),
                day=draw.choice((None, "2031-03-04", "2031-06", "2031")),
                town=draw.choice((None, "Tal Marez", "Ketra")),
                actors=draw.choice(((), ("Red Dawn Front",), ("gunmen",))),
                status=draw.choice(("happened", "planned", "did-not-happen")),
                published=draw.choice((None, "2031-03-05", "2031-07-01")),
            )
            for at in range(draw.randrange(1, 4))
        ]  # fmt: skip
        found.append(summary(Incident(tellings[0].id, tuple(tellings))))
    rows = [row_of(one) for one in found]
    for _ in range(150):
        choice = Choice(**{
            name: draw.choice(values)
            for name, values in {
                "type": (None, None, "ASSAULT"), "status": (None, None, "happened"), "grade": (None, None, "weak"),
                "actor": (None, None, "dawn front", "Gunmen"), "place": (None, None, "ketra"), "report": (None, "r7-0"),
                "since": (None, "2031-03-05", "2031-06"), "until": (None, "2031-03", "2031-06-10"),
            }.items()
        })  # fmt: skip
        assert [one.summary for one in chosen_rows(rows, choice)] == [one for one in found if choice(one)]

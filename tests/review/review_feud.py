"""A casebook of a made-up feud in time: a brigade shells, the army raids the day after; then the shelling stops."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import review_making as making

from marsad.casebook import Casebook
from marsad.records import Actor, Claim, EventPlace, EventTime, Record, Source

__all__ = ["FIRST", "SLOW", "TURN", "feud", "joined_feud"]

FIRST: Final = date(2020, 1, 6)
TURN: Final = date(2020, 12, 1)
SLOW: Final = (
    "import json, sys, time; sys.stdin.read(); print(json.dumps({'stage': 'thinking'}), flush=True); time.sleep(60)"
)
"""Python that answers a question after a minute."""
_DAYS: Final = 520
_PLACES: Final = ("Ark", "Tarn", "Salm", "Hadun")
_WORDS: Final = ("a mill", "the bridge", "an orchard", "a depot", "the school", "a checkpoint", "the harbour", "a farm")


def feud(path: Path, seed: int = 3, *, vague: int = 0) -> Path:
    """About 200 reports, each of one event on the day before it came out; every ``vague``-th names the month only."""
    draw = np.random.default_rng(seed)
    records: list[Record] = []
    shelled = 0
    for day in range(_DAYS):
        when = FIRST + timedelta(day)
        raids = draw.poisson(0.06 + 0.25 * shelled)
        shelled = int(draw.poisson(1.0 if when < TURN else 0.08))
        for number in range(shelled):
            who = ("Reem Brigade", "armed-group")
            whole = vague > 0 and len(records) % vague == 0
            records.append(_told(f"s{day}-{number}", when, "shelled", who, "army", draw, month=whole))
        for number in range(raids):
            records.append(_told(f"r{day}-{number}", when, "raided", ("army", "military"), "Reem Brigade", draw))
    making.add(path, records)
    return path


def joined_feud(folder: Path, *, vague: int = 0) -> Path:
    """The same in a folder, its claims joined to incidents."""
    path = feud(folder / "feud.casebook", vague=vague)
    with Casebook(path) as casebook:
        for _ in casebook.join_incidents():
            pass
    return path


def _told(
    name: str, when: date, act: str, who: tuple[str, str], whom: str, draw: np.random.Generator, *, month: bool = False
) -> Record:  # fmt: skip
    place = _PLACES[int(draw.integers(len(_PLACES)))]
    what = _WORDS[int(draw.integers(len(_WORDS)))]
    told = f"{when:%B %Y}" if month else f"{when.day} {when:%B %Y}"
    first = when.replace(day=1) if month else when
    last = first.replace(day=monthrange(first.year, first.month)[1]) if month else when
    text = (
        f"The {who[0]} {act} {what} of the {whom} near {place} {'in' if month else 'on'} {told}. "
        f"Nobody was hurt in case {name}."
    )
    return Record(
        id=name, text=text, title=f"{place}: {what}", published=(when + timedelta(1)).isoformat(),
        source=Source(name="Ark Post"),
        actors=(
            Actor("a1", who[0], who[1], (making.at(text, who[0]),)),
            Actor("a2", whom, "armed-group" if who[1] == "military" else "military", (making.at(text, whom),)),
        ),
        events=(
            Claim(
                "e1", making.at(text, act), "ASSAULT" if act == "shelled" else "COERCE", actors=("a1",),
                recipients=("a2",), time=EventTime(making.at(text, told), first.isoformat(), last.isoformat()),
                place=EventPlace(making.at(text, place), place),
            ),
        ),
    )  # fmt: skip

"""Seeded damage to records, so that scorers have something to disagree about."""

from __future__ import annotations

import copy
import random
from typing import Any

from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, MANNERS, RELATIONS, STATUSES

Json = dict[str, Any]

__all__ = ["damaged"]


def damaged(records: dict[str, Json], seed: int) -> dict[str, Json]:
    """Copies of the records with parts dropped, shifted, relabelled, merged, split and invented."""
    chance = random.Random(seed)
    rate = chance.choice([0.05, 0.2, 0.5])
    found = {}
    for name, record in records.items():
        if chance.random() < 0.1:
            continue
        found[name] = _Damage(copy.deepcopy(record), chance, rate).record
    return found


class _Damage:
    def __init__(self, record: Json, chance: random.Random, rate: float) -> None:
        self.record, self.chance, self.rate = record, chance, rate
        self.length = len(record["text"])
        self.actors()
        self.ids = [a["id"] for a in record["actors"]]
        self.events()
        self.statements()
        self.rest()

    def hit(self) -> bool:
        return self.chance.random() < self.rate

    def shift(self, span: list[int]) -> list[int]:
        if not self.hit():
            return span
        start = max(0, min(self.length - 1, span[0] + self.chance.randint(-9, 9)))
        return [start, max(start + 1, min(self.length, span[1] + self.chance.randint(-9, 9)))]

    def anywhere(self) -> list[int]:
        start = self.chance.randrange(self.length - 1)
        return [start, min(self.length, start + self.chance.randint(1, 30))]

    def actors(self) -> None:
        actors: list[Json] = []
        renamed: dict[str, str] = {}
        for actor in self.record["actors"]:
            actor["mentions"] = [self.shift(m) for m in actor["mentions"] if not self.hit()] or [self.anywhere()]
            if actors and self.hit():
                renamed[actor["id"]] = actors[-1]["id"]
                actors[-1]["mentions"] += actor["mentions"]
                continue
            actors.append(actor)
            if len(actor["mentions"]) > 1 and self.hit():
                actors.append({**actor, "id": actor["id"] + "x", "mentions": [actor["mentions"].pop()]})
        self.record["actors"] = actors
        for event in self.record["events"]:
            for key in ("actors", "recipients", "according_to"):
                event[key] = [renamed.get(i, i) for i in event[key]]
        for statement in self.record["statements"]:
            statement["speaker"] = renamed.get(statement["speaker"], statement["speaker"])
        for relation in self.record["relations"]:
            for key in ("subject", "object"):
                relation[key] = renamed.get(relation[key], relation[key])

    def someone(self) -> list[str]:
        return self.chance.sample(self.ids, min(len(self.ids), self.chance.randint(0, 2)))

    def events(self) -> None:
        kept = [e for e in self.record["events"] if not self.hit()]
        kept += [copy.deepcopy(e) for e in kept if self.hit()]
        for event in kept:
            event["span"] = self.shift(event["span"])
            event["also"] = [self.shift(a) for a in event.get("also", []) if not self.hit()]
            if self.hit():
                event["span"] = self.anywhere()
            for key, values in (("type", EVENT_TYPES), ("status", STATUSES), ("certainty", CERTAINTIES)):
                if self.hit():
                    event[key] = self.chance.choice(values)
            for key in ("actors", "recipients"):
                if self.hit():
                    event[key] = self.someone()
            if self.hit():
                event["according_to"] = self.someone() or ["author"]
            for key in ("time", "place", "killed", "injured"):
                if self.hit():
                    event[key] = None
            if event.get("place") and event["place"].get("latitude") is not None and self.hit():
                event["place"]["latitude"] = self.moved(event["place"]["latitude"])
            if event.get("time") and self.hit():
                event["time"]["start"] = self.chance.choice([None, "2014", "2014-08", "2014-08-22"])
            if event.get("killed") and self.hit():
                event["killed"]["best"] = self.chance.choice([None, 0, 7])
        self.record["events"] = kept

    def moved(self, degrees: float) -> float:
        return max(-90.0, min(90.0, degrees + self.chance.uniform(-0.9, 0.9)))

    def statements(self) -> None:
        kept = [s for s in self.record["statements"] if not self.hit()]
        for statement in kept:
            statement["content"] = [self.shift(c) for c in statement["content"]]
            if self.hit():
                statement["content"].append(self.anywhere())
            if self.hit():
                statement["speaker"] = self.chance.choice([None, *self.ids])
            if self.hit():
                statement["manner"] = self.chance.choice(MANNERS)
        self.record["statements"] = kept

    def rest(self) -> None:
        self.record["relations"] = [r for r in self.record["relations"] if not self.hit()]
        for relation in self.record["relations"]:
            if self.hit():
                relation["relation"] = self.chance.choice(RELATIONS)
        self.record["times"] = [t for t in self.record["times"] if not self.hit()]
        for time in self.record["times"]:
            time["span"] = self.shift(time["span"])
            if self.hit():
                time["value"] = None
        self.record["places"] = [p for p in self.record["places"] if not self.hit()]
        for place in self.record["places"]:
            place["span"] = self.shift(place["span"])
            if place.get("latitude") is not None and self.hit():
                place["latitude"] = self.moved(place["latitude"])

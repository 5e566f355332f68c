"""A record while decisions are applied to it: its facts, each with what the coder had and what was said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marsad.decisions.decision import Decision
from marsad.decisions.finding import choose, likeness
from marsad.decisions.portable import LISTS, Fact, built, plain, reference
from marsad.errors import DecisionError
from marsad.records import AUTHOR, Actor, Claim, Json, Passage, Record, Relation, Statement
from marsad.vocabulary import MODES

__all__ = ["Slot", "Working"]


@dataclass(slots=True)
class Slot:
    """One fact: as it stands now, as the coder had it (None: it had none), rejected by whom, and what is said of it."""

    fact: Fact
    coded: Fact | None
    rejected: Decision | None = None
    decisions: list[Decision] = field(default_factory=list)
    same: str | None = None
    """Of an actor: the id of the one that it is."""


class Working:
    """The facts of a record in slots, which keep their order; new ones come last."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.coded = {actor.id: actor for actor in record.actors}
        self.slots: dict[str, list[Slot]] = {
            part: [Slot(fact, fact) for fact in getattr(record, name)] for part, name in LISTS.items()
        }
        self._ids = {fact.id for part in ("event", "statement", "actor") for fact in getattr(record, LISTS[part])}

    # Looking

    def actors(self) -> dict[str, Actor]:
        """The actors that are not rejected, by id."""
        return {
            slot.fact.id: slot.fact
            for slot in self.slots["actor"]
            if slot.rejected is None and isinstance(slot.fact, Actor)
        }

    def everyone(self) -> dict[str, Actor]:
        """All actors by id, rejected ones too."""
        return {slot.fact.id: slot.fact for slot in self.slots["actor"] if isinstance(slot.fact, Actor)}

    def live(self, part: str) -> list[Slot]:
        """The slots of a part that are not rejected."""
        return [slot for slot in self.slots[part] if slot.rejected is None]

    def find(self, part: str, passage: Passage, seen: Mapping[str, Any] | None, among: int) -> Slot | None:
        """The slot that a decision is about; one that is rejected only where no other is."""
        for slots in (self.live(part), [slot for slot in self.slots[part] if slot.rejected is not None]):
            at = choose([slot.fact for slot in slots], passage, seen, among)
            if at is not None:
                return slots[at]
        return None

    def plain(self, part: str, slot: Slot) -> Json:
        """A slot's fact as plain data."""
        found = plain(part, slot.fact, self.everyone())
        if slot.same is not None:
            found["same_as"] = reference(self.everyone()[slot.same])
        return found

    def plain_coded(self, part: str, slot: Slot) -> Json | None:
        """What the coder had in a slot as plain data."""
        return None if slot.coded is None else plain(part, slot.coded, self.coded)

    # Changing

    def set(self, part: str, slot: Slot, changes: Mapping[str, Any]) -> None:
        """Give fields of a slot's fact other values. DecisionError, and nothing done, where one cannot stand there."""
        same = self._same(slot, changes["same_as"]) if part == "actor" and "same_as" in changes else slot.same
        rest = {name: value for name, value in changes.items() if part != "actor" or name != "same_as"}
        if rest:
            slot.fact = self._changed(part, slot.fact, rest)
        slot.same = same

    def _same(self, slot: Slot, named: Any) -> str | None:
        if named is None:
            return None
        found, seen = self._resolve(named), {_id(slot.fact)}
        by_id = {_id(one.fact): one for one in self.slots["actor"]}
        at: str | None = found
        while at is not None:
            if at in seen:
                raise DecisionError("an actor cannot be the same as itself")
            seen.add(at)
            at = by_id[at].same if at in by_id else None
        if found == AUTHOR:
            raise DecisionError("the report itself is no actor")
        return found

    def meant(self, slot: Slot) -> Slot:
        """The actor that one stands for: itself, but where it is the same as another one."""
        by_id = {_id(one.fact): one for one in self.live("actor")} if isinstance(slot.fact, Actor) else {}
        while slot.rejected is None and slot.same in by_id:
            slot = by_id[slot.same]
        return slot

    def _changed(self, part: str, fact: Fact, changes: Mapping[str, Any]) -> Fact:
        everyone = self.everyone()
        data = {**plain(part, fact, everyone), **changes}
        if part == "event" and "mode" not in changes and data["mode"] not in MODES.get(str(data["type"]), ()):
            data["mode"] = None
        made = self._build(part, _id(fact), data)
        if isinstance(fact, Claim) and isinstance(made, Claim):
            # Who took part is looked up anew only where that was changed: ids stay as they were.
            kept = {
                name: getattr(fact, name)
                for name in ("actors", "recipients", "according_to") if name not in changes
            }  # fmt: skip
            return replace(made, extra=_unsure(fact.extra, changes), scored=fact.scored, **kept)
        if isinstance(fact, Statement) and isinstance(made, Statement) and "speaker" not in changes:
            return replace(made, speaker=fact.speaker)
        return made

    def add(self, part: str, data: Mapping[str, Any]) -> Slot:
        """A new slot with a fact that the coder does not have. DecisionError where it is not well formed."""
        slot = Slot(self._build(part, self._free(part[0] if part != "relation" else ""), data), None)
        self.slots[part].append(slot)
        if not isinstance(slot.fact, Relation):
            self._ids.add(slot.fact.id)
        return slot

    def _build(self, part: str, fact_id: str, data: Mapping[str, Any]) -> Fact:
        before, ids = len(self.slots["actor"]), set(self._ids)
        try:
            return built(part, fact_id, data, self.record.text, self.everyone, self._resolve)
        except DecisionError:
            del self.slots["actor"][before:]
            self._ids = ids
            raise

    def _free(self, letter: str) -> str:
        """An id that no fact of the coder has: ``e+1``."""
        number = 1
        while f"{letter}+{number}" in self._ids:
            number += 1
        return f"{letter}+{number}"

    def _resolve(self, named: Any) -> str:
        """The id of the actor that is meant, who is entered if the coder knows of none."""
        if named == AUTHOR:
            return AUTHOR
        if isinstance(named, str):
            if named in self.everyone():
                return named
            raise DecisionError(f"there is no actor {named[:40]!r} in this report")
        if not isinstance(named, Mapping) or not isinstance(named.get("name"), str):
            raise DecisionError("an actor must be given by id, or by name with mentions")
        found = self.known(named)
        if found is not None:
            return found
        slot = self.add("actor", {
            "name": named["name"], "kind": named.get("kind") or "other", "mentions": named.get("mentions") or [],
        })  # fmt: skip
        return _id(slot.fact)

    def known(self, named: Mapping[str, Any]) -> str | None:
        """The id of the actor that has the most of these mentions, else the name."""
        mentions = [Passage(*one) for one in _pairs(named.get("mentions"))]
        best, found = 0, None
        for slot in self._by_standing():
            assert isinstance(slot.fact, Actor)
            met = sum(any(likeness(one, other) for other in slot.fact.mentions) for one in mentions)
            if met > best:
                best, found = met, slot.fact.id
        if found is not None:
            return found
        wanted = str(named.get("name")).casefold()
        for slot in self._by_standing():
            if isinstance(slot.fact, Actor) and slot.fact.name.casefold() == wanted:
                return slot.fact.id
        return None

    def _by_standing(self) -> Iterator[Slot]:
        yield from self.live("actor")

    # The outcome

    def result(self) -> Record:
        """The record as it stands."""
        actors, one_as = self.actors(), self._one_as()
        for own, meant in one_as.items():
            mentions = {*actors[meant].mentions, *actors.pop(own).mentions}
            actors[meant] = replace(actors[meant], mentions=tuple(sorted(mentions)))
        known = set(actors)

        def of(slot: Slot) -> Any:
            return _of_known(renamed(slot.fact, one_as) if one_as else slot.fact, known)

        lists: dict[str, Any] = {"actors": tuple(actors.values())}
        lists["events"] = tuple(of(slot) for slot in self.live("event"))
        lists["statements"] = tuple(of(slot) for slot in self.live("statement"))
        lists["relations"] = tuple(of(slot) for slot in self.ties())
        return replace(self.record, **lists)

    def ties(self) -> list[Slot]:
        """The relations that are in the outcome, in its order: those whose two ends are known, and are two."""
        one_as = self._one_as()
        known, found = set(self.actors()) - set(one_as), []
        for slot in self.live("relation"):
            fact = renamed(slot.fact, one_as)
            both = isinstance(fact, Relation) and {fact.subject, fact.object} <= known
            if both and (fact.subject != fact.object or slot.fact == fact):  # type: ignore[union-attr]
                found.append(slot)
        return found

    def _one_as(self) -> dict[str, str]:
        """The ids of the actors that are the same as others, each with the id of that one."""
        pairs = ((slot, self.meant(slot)) for slot in self.live("actor") if slot.same is not None)
        return {_id(slot.fact): _id(meant.fact) for slot, meant in pairs if meant is not slot}


def renamed(fact: Fact, one_as: Mapping[str, str]) -> Fact:
    """A fact with the actors in it by the ids of those that they are."""

    def ids(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one_as.get(one, one) for one in given))

    if isinstance(fact, Claim):
        who = (ids(fact.actors), ids(fact.recipients), ids(fact.according_to))
        return replace(fact, actors=who[0], recipients=who[1], according_to=who[2])
    if isinstance(fact, Statement) and fact.speaker is not None:
        return replace(fact, speaker=one_as.get(fact.speaker, fact.speaker))
    if isinstance(fact, Relation):
        ends = (one_as.get(fact.subject, fact.subject), one_as.get(fact.object, fact.object))
        return replace(fact, subject=ends[0], object=ends[1], according_to=ids(fact.according_to))
    return fact


def _id(fact: Fact) -> str:
    return "" if isinstance(fact, Relation) else fact.id


def _unsure(extra: Mapping[str, Any], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the coder says beside the format, without how sure it was of what a person has decided since."""
    sure = extra.get("confidence")
    if not isinstance(sure, Mapping):
        return extra
    return {**extra, "confidence": {name: of for name, of in sure.items() if name != "event" and name not in changes}}


def _of_known(fact: Fact, known: set[str]) -> Fact:
    """A fact without the actors that are rejected."""
    if isinstance(fact, Claim):
        who = tuple(one for one in fact.according_to if one == AUTHOR or one in known) or (AUTHOR,)
        actors, recipients = (tuple(one for one in ids if one in known) for ids in (fact.actors, fact.recipients))
        if (who, actors, recipients) == (fact.according_to, fact.actors, fact.recipients):
            return fact
        return replace(fact, according_to=who, actors=actors, recipients=recipients)
    if isinstance(fact, Statement) and fact.speaker is not None and fact.speaker not in known:
        return replace(fact, speaker=None)
    if isinstance(fact, Relation):
        who = tuple(one for one in fact.according_to if one == AUTHOR or one in known) or (AUTHOR,)
        return fact if who == fact.according_to else replace(fact, according_to=who)
    return fact


def _pairs(value: Any) -> list[tuple[int, int]]:
    if not isinstance(value, list | tuple):
        return []
    return [
        (one[0], one[1]) for one in value
        if isinstance(one, list | tuple) and len(one) == 2 and all(isinstance(end, int) for end in one)
    ]  # fmt: skip

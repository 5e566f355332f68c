"""A record while decisions are applied to it: its facts, each with what the coder had and what was said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marsad.decisions.decision import Decision
from marsad.decisions.finding import candidates, exactly_at
from marsad.decisions.overlap import named_alike
from marsad.decisions.portable import FIELDS, LISTS, WHO, Fact, built, passages, plain, reference
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
        """The slot that a decision is about: one on this very passage before others, then one that is not rejected.

        Of several that would do, the one that is as it was seen, or most like it. An actor that has no such mention any
        more is known again by its others.
        """
        best: Slot | None = None
        for slots in self.tiers(part, passage):
            found = candidates([slot.fact for slot in slots], passage, seen, among)
            if not found:
                continue
            slot = max((slots[at] for at in found), key=lambda slot: self._as_seen(part, slot, seen))
            if best is None or self._as_seen(part, slot, seen) == len(FIELDS[part]):
                best = slot
            if self._as_seen(part, best, seen) == len(FIELDS[part]):
                break
        if best is None and part == "actor" and seen:
            known = self._by_mentions(seen)
            best = next((slot for slot in self.live("actor") if _id(slot.fact) == known), None)
        return best

    def tiers(self, part: str, passage: Passage) -> Iterator[list[Slot]]:
        """The slots among which a passage is looked for, one list after the other."""
        both = (self.live(part), [slot for slot in self.slots[part] if slot.rejected is not None])
        for slots in both:
            yield [slot for slot in slots if exactly_at(slot.fact, passage)]
        yield from both

    def _as_seen(self, part: str, slot: Slot, seen: Mapping[str, Any] | None) -> int:
        """How many fields of a slot are as they were seen."""
        if not seen:
            return 0
        now = self.plain(part, slot)
        return sum(name in seen and seen[name] == now.get(name) for name in FIELDS[part])

    def plain(self, part: str, slot: Slot) -> Json:
        """A slot's fact as plain data, as it is to be seen: without the actors that are rejected."""
        found = plain(part, _of_known(slot.fact, set(self.actors())), self.everyone())
        if slot.same is not None:
            found["same_as"] = reference(self.everyone()[slot.same])
        return found

    def plain_coded(self, part: str, slot: Slot) -> Json | None:
        """What the coder had in a slot as plain data."""
        return None if slot.coded is None else plain(part, slot.coded, self.coded)

    # Changing

    def set(self, part: str, slot: Slot, changes: Mapping[str, Any]) -> None:
        """Give fields of a slot's fact other values. DecisionError, and nothing done, where one cannot stand there."""
        now = self.plain(part, slot)
        who = WHO.intersection(FIELDS[part])
        as_it_is = frozenset(name for name in who if name not in changes or changes[name] == now[name])
        same = slot.same if part != "actor" or "same_as" in as_it_is else self._same(slot, changes["same_as"])
        rest = {name: value for name, value in changes.items() if part != "actor" or name != "same_as"}
        if rest:
            slot.fact = self._changed(part, slot.fact, rest, as_it_is)
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

    def _changed(self, part: str, fact: Fact, changes: Mapping[str, Any], as_it_is: frozenset[str]) -> Fact:
        """The fact with other values. Who is in the fields that stay as they are is not looked up: the ids stay."""
        data = {**plain(part, fact, self.everyone()), **changes}
        if part == "event" and "mode" not in changes and data["mode"] not in MODES.get(str(data["type"]), ()):
            data["mode"] = None
        kept = {name: getattr(fact, name) for name in as_it_is - {"same_as"}}
        made: Fact = replace(self._build(part, _id(fact), {**data, **kept}), **kept)
        if isinstance(fact, Claim) and isinstance(made, Claim):
            return replace(made, extra=_unsure(fact.extra, changes), scored=fact.scored)
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
        found = self._by_mentions(named)
        if found is not None:
            return found
        wanted = _folded(named)
        return next((one.id for one in self.actors().values() if one.name.casefold() == wanted), None)

    def _by_mentions(self, named: Mapping[str, Any]) -> str | None:
        """The id of the actor that has the most of these very mentions; then name, kind and nearly the same ones count.

        A mention within a longer one is another actor's: it counts for nothing.
        """
        mentions, wanted = set(passages(named.get("mentions"))), _folded(named)
        best: tuple[int, bool, int, bool] = (0, False, 0, False)
        found: str | None = None
        for actor in self.actors().values():
            own = set(actor.mentions)
            exact = mentions & own
            near = sum(any(named_alike(one, other) for other in own) for one in mentions - exact)
            mark = (len(exact), actor.name.casefold() == wanted, near, actor.kind == named.get("kind"))
            if (exact or near) and mark > best:
                best, found = mark, actor.id
        return found

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


def _folded(named: Mapping[str, Any]) -> str:
    return str(named.get("name")).casefold()


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

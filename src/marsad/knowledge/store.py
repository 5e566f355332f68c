"""The built-in actor packs and the user's, together, looked up by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from marsad.errors import KnowledgeError
from marsad.knowledge.actors import KnownActor, Term
from marsad.knowledge.names import bare_key
from marsad.knowledge.packs import read_pack

__all__ = ["Knowledge"]

_PACKS = Path(__file__).parent / "packs"


class Knowledge:
    """Known actors by id, by name and by office. Made with :meth:`load`; never changes."""

    __slots__ = ("_by_key", "_holders", "actors", "by_adjective", "by_alias", "by_people")

    actors: Mapping[str, KnownActor]
    """Every known actor by its id; a state's id is its ISO code in small letters (``iq``)."""
    by_alias: Mapping[str, tuple[str, ...]]
    """Ids by exact name or alias. Several where a name is shared."""
    by_adjective: Mapping[str, str]
    """The id that an adjective points to: ``Iraqi`` to ``iq``."""
    by_people: Mapping[str, str]
    """The id that a plural noun for a people points to: ``Iraqis`` to ``iq``."""

    def __init__(self, actors: Iterable[KnownActor]) -> None:
        known: dict[str, KnownActor] = {}
        for actor in actors:
            known[actor.id] = actor  # a later pack replaces an earlier one's entry
        self.actors = MappingProxyType(known)
        _check_links(known)
        by_alias: dict[str, list[str]] = {}
        by_key: dict[str, list[str]] = {}
        adjectives: dict[str, str] = {}
        people: dict[str, str] = {}
        holders: dict[tuple[str, str], list[tuple[Term, KnownActor]]] = {}
        for actor in known.values():
            for name in actor.surfaces:
                by_alias.setdefault(name, []).append(actor.id)
            for key in dict.fromkeys(map(bare_key, actor.surfaces)):
                by_key.setdefault(key, []).append(actor.id)
            for adjective in actor.adjectives:
                adjectives.setdefault(adjective, actor.id)
            for noun in actor.people:
                people.setdefault(noun, actor.id)
            for term in actor.terms:
                holders.setdefault((term.body, term.office), []).append((term, actor))
        self.by_alias = MappingProxyType({name: tuple(ids) for name, ids in by_alias.items()})
        self.by_adjective = MappingProxyType(adjectives)
        self.by_people = MappingProxyType(people)
        self._by_key = by_key
        self._holders = holders

    @classmethod
    def load(cls, packs: Iterable[Path] = ()) -> Knowledge:
        """The built-in packs, then ``packs`` in order; an id that comes again replaces the earlier entry.

        :class:`KnowledgeError` when a pack is malformed. The built-in packs are read once a process.
        """
        own = tuple(packs)
        if not own:
            return _built_in()
        return cls([*_built_in().actors.values(), *(actor for path in own for actor in read_pack(Path(path)))])

    def lookup(self, name: str) -> tuple[KnownActor, ...]:
        """The actors that ``name`` may mean: the exact spelling first, else one that differs
        only in case, accents, apostrophes, hyphens or the Arabic article."""
        ids = self.by_alias.get(name) or self._by_key.get(bare_key(name)) or ()
        return tuple(self.actors[i] for i in ids)

    def office(self, body: str, office: str, date: str) -> KnownActor | None:
        """Who held ``office`` ("prime minister") of ``body`` (an id; ``IQ`` works for ``iq``) on ``date``
        (ISO). Of two on the day of a handover, the newcomer; None when nobody is known."""
        began, holder = "", None
        for term, actor in self._holders.get((body.lower(), office.lower()), ()):
            if term.covers(date) and term.start > began:
                began, holder = term.start, actor
        return holder


@cache
def _built_in() -> Knowledge:
    files = sorted((f for f in _PACKS.iterdir() if f.suffix in (".toml", ".tsv")), key=lambda f: f.name)
    actors = [actor for file in files for actor in read_pack(file)]
    [(most, times)] = Counter(actor.id for actor in actors).most_common(1)
    if times > 1:
        raise KnowledgeError(f"the built-in packs hold {most!r} twice; reinstall marsad")
    return Knowledge(actors)


def _check_links(known: Mapping[str, KnownActor]) -> None:
    for actor in known.values():
        for other in (*actor.part_of, *actor.backed_by, *(term.body for term in actor.terms)):
            if other not in known:
                raise KnowledgeError(f"{actor.id}: no actor has the id {other!r}; add it or correct the link")

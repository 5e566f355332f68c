"""Ties of office: "Colombian President X" leads a state; "police Captain X" and "X, director of Y" tell what X is."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from typing import TYPE_CHECKING, Final

from marsad.coding.clusters import Cluster
from marsad.coding.document import Document
from marsad.coding.mentions import Mention
from marsad.coding.wordlists import rows_of
from marsad.records import Passage

if TYPE_CHECKING:
    from marsad.knowledge import Knowledge

__all__ = ["Tie", "is_own_government", "office_ties"]

_GOVERNMENT: Final = frozenset("government authorities administration regime".split())
"""Nouns that, after a state's name or adjective, mean the state itself."""
_CLEARLY: Final = 2
"""How many times as often as any other a state must be mentioned for an unnamed country to be it."""
_LONGEST: Final = 7
"""Words of a title before a name, at most."""
_BETWEEN: Final = 6
"""Words between a name and the noun for its bearer's office, and between that and the body."""
_BODIES: Final = frozenset(
    "armed-group government military police judiciary legislature party state international-organisation media "
    "civil-society company other".split()
)
_INTO: Final = frozenset({"of", "for", "at", "with", "from", "in"})

Tie = tuple[int, str, int, Passage]
"""Subject's actor, relation, object's actor, evidence."""


@cache
def _roles(kind: str) -> dict[str, str]:
    """Noun -> relation, of the rows of ``lexicon/tie_words.tsv`` that begin with ``kind``."""
    return {
        noun: relation for name, relation, _, nouns in rows_of("tie_words") if name == kind for noun in nouns.split(" ")
    }


def is_own_government(text: str) -> bool:
    """Is this a state's own government ("Colombian authorities")? That and the state are one actor."""
    first, _, rest = text.rpartition(" ")
    return bool(first) and rest.lower() in _GOVERNMENT


class _States:
    """The actors of a report that are states or their governments, by the state's id in the packs."""

    def __init__(self, clusters: list[Cluster], knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._found: dict[str, Cluster] = {}
        for cluster in clusters:
            for known in {*cluster.known, *(self._governs(m) for m in cluster.mentions)}:
                if known is None or knowledge.actors[known].kind != "state":
                    continue
                other = self._found.get(known)
                if other is None or self._weight(cluster) > self._weight(other):
                    self._found[known] = cluster

    def _weight(self, cluster: Cluster) -> tuple[bool, int]:
        """A government, then what is mentioned often."""
        return any(self._governs(m) for m in cluster.mentions), len(cluster.mentions)

    def _governs(self, mention: Mention) -> str | None:
        """The id of the state whose government a mention names."""
        words = mention.text.removeprefix("the ").removeprefix("The ").split()
        if len(words) == 2 and words[1].lower() in _GOVERNMENT:
            return self.named(words[0].removesuffix("'s").removesuffix("’s"))
        if len(words) == 3 and words[0].lower() in _GOVERNMENT and words[1] == "of":
            return self.named(words[2])
        return None

    def named(self, word: str) -> str | None:
        """The id of the state that a word means, as an adjective or name."""
        known = self._knowledge.by_adjective.get(word)
        if known is None:
            ids = self._knowledge.by_alias.get(word, ())
            known = next((i for i in ids if self._knowledge.actors[i].kind == "state"), None)
        return known

    def actor(self, known: str) -> int | None:
        """The number of a state's actor."""
        found = self._found.get(known)
        return None if found is None else found.number

    def led_by(self, person: Cluster, led: Set[int]) -> int | None:
        """The number of the state of somebody who is called president without a word of where.

        The packs may tell; else it is the one mentioned most of those that nobody else is said to lead (``led``).
        """
        terms = [term.body for known in person.known for term in self._knowledge.actors[known].terms]
        if terms:
            return next((n for body in terms if (n := self.actor(body)) is not None), None)
        sizes = sorted((len(c.mentions), -c.number) for c in self._found.values() if c.number not in led)
        if not sizes or (len(sizes) > 1 and sizes[-1][0] < _CLEARLY * sizes[-2][0]):
            return None
        return -sizes[-1][1]


def office_ties(
    document: Document, mentions: list[Mention], clusters: list[Cluster], kinds: dict[int, str], knowledge: Knowledge
) -> Iterator[Tie]:
    """Every tie that a title or office tells."""
    states = _States(clusters, knowledge)
    bodies = [m for m in mentions if kinds[m.actor] in _BODIES and m.form != "pronoun"]
    ends = {m.last: m for m in bodies}
    begins: dict[int, Mention] = {}
    for m in bodies:
        if m.first not in begins or m.last > begins[m.first].last:
            begins[m.first] = m
    tied: set[int] = set()
    led: set[int] = set()
    heads: dict[int, Mention] = {}
    for mention in mentions:
        if mention.form != "name" or kinds[mention.actor] != "person":
            continue
        for tie in (*_before(document, mention, ends, states, heads), *_behind(document, mention, begins, states)):
            if tie[0] != tie[2]:
                tied.add(tie[0])
                if tie[1] == "leads":
                    led.add(tie[2])
                yield tie
    for actor, mention in heads.items():
        state = states.led_by(clusters[actor], led) if actor not in tied else None
        if state is not None and state != actor:
            yield actor, "leads", state, Passage(mention.start, mention.end)


def _office(title: list[str], kind: str) -> str | None:
    """The relation that a title tells, its words from the last to the first; an office before a rank."""
    if "general" in title and title[title.index("general") + 1 :][:1] == ["secretary"]:
        return "leads" if kind == "role" else None
    found = [r for word in title if (r := _roles(kind).get(word))]
    return next((r for r in found if r != "member-of"), found[0] if found else None)


def _before(
    document: Document, mention: Mention, ends: dict[int, Mention], states: _States, heads: dict[int, Mention]
) -> Iterator[Tie]:
    """Ties from the title before a name, with the body or state before the title."""
    words = document.words
    first = max(document.sentences[mention.sent].first, mention.first - _LONGEST)
    place = mention.first
    apart = place - first > 1 and words[place - 1].text == ","
    place -= apart
    title: list[str] = []
    while place > first:
        word = words[place - 1]
        if title and (place in ends or states.named(word.text) is not None):
            break
        if word.text == "'s" or word.pos not in ("PROPN", "NOUN", "ADJ"):
            break
        title.append(word.lower.rstrip("."))
        place -= 1
    relation = _office(title, "role")
    if not title or (apart and (title[0] not in _roles("role") or relation is None)):
        return
    owned = place > first and words[place - 1].lower in ("'s", "’s")
    at = place - 1 if owned else place
    passage = Passage(words[at - 1].start if at > 0 else mention.start, mention.end)
    vice = "vice" in title or "deputy" in title
    prime = title[:2] == ["minister", "prime"]
    body = ends.get(at)
    state = states.named(words[at - 1].text) if at > first else None
    if state is not None:
        office = "leads" if prime else _office(title, "state")
        number = states.actor(state)
        if office and number is not None:
            yield mention.actor, "works-for" if vice else office, number, passage
            return
    if body is not None:
        if relation and body.actor != mention.actor:
            below = "vice" in title and relation == "leads"
            yield mention.actor, "member-of" if below else relation, body.actor, passage
        return
    if not apart and not owned and (prime or title[0] == "president") and not vice:
        heads.setdefault(mention.actor, mention)


def _behind(document: Document, mention: Mention, begins: dict[int, Mention], states: _States) -> Iterator[Tie]:
    """Ties from what stands behind a name: ", director of BODY", ", a member of BODY", ", STATE's ambassador"."""
    words = document.words
    last = document.sentences[mention.sent].last
    place = mention.last
    if place >= last or words[place].text != ",":
        return
    place += 1
    state = role = None
    of_state = False
    stop = min(last, place + _BETWEEN)
    while place < stop and words[place].pos in ("DET", "ADJ", "NOUN", "PROPN", "PART", "NUM"):
        named = states.named(words[place].text)
        if role is None and named is not None:
            state = named
        relation = _roles("role").get(words[place].lower)
        if relation is not None:
            of_state = words[place].lower in _roles("state")
            role = relation if relation != "leads" or words[place - 1].lower != "vice" else "member-of"
        elif role is not None:
            break
        place += 1
    if role is None or (place < last and words[place].pos in ("VERB", "AUX")):
        return
    if place < last and words[place].lower in _INTO:
        for start in range(place + 1, min(last, place + 1 + _BETWEEN)):
            body = begins.get(start)
            if body is not None and not body.adjective:
                if body.actor != mention.actor and state is None:
                    yield mention.actor, role, body.actor, Passage(mention.start, body.end)
                    return
                break
            if words[start].pos not in ("DET", "ADJ", "NOUN", "PROPN"):
                break
    number = None if state is None else states.actor(state)
    if number is not None and of_state and role in ("leads", "works-for"):
        yield mention.actor, role, number, Passage(mention.start, words[place - 1].end)

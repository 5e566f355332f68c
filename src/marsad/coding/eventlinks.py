"""Which triggers of a document tell of one event: each joins the likeliest event before it, or begins one."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from marsad.coding.blend import Blend
from marsad.coding.document import Document
from marsad.coding.negation import stayed_away
from marsad.coding.pairscores import Likeness
from marsad.coding.sites import Sites, elsewhere
from marsad.coding.triggers import Trigger
from marsad.coding.victims import again
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes

__all__ = ["EventDraft", "features", "likeness", "link"]

_LEAST: Final = 0.36
_DEEDS: Final = frozenset("ASSAULT COERCE RETREAT SANCTION".split())
"""Types of what is done to somebody, not said of him."""
_MOST: Final = 14
"""Events before a trigger that are considered, the nearest first; of the same lemma also farther ones."""


@dataclass(slots=True, eq=False)
class EventDraft:
    """An event while it grows: its triggers in order and who takes part, as actor numbers with chances."""

    triggers: list[Trigger] = field(default_factory=list)
    doers: dict[int, float] = field(default_factory=dict)
    sufferers: dict[int, float] = field(default_factory=dict)
    status: str = "happened"
    lemmas: set[str] = field(default_factory=set)
    types: dict[str, float] = field(default_factory=dict)
    where: set[str] = field(default_factory=set)
    away: bool = False
    """It is told that somebody was not at it, so that the meeting of the others is another."""

    def add(self, document: Document, trigger: Trigger, doers: dict[int, float], sufferers: dict[int, float]) -> None:
        """Take a trigger and its participants in; who takes part in several tellings is the surer."""
        self.triggers.append(trigger)
        self.lemmas.add(document.words[trigger.word].lemma.lower())
        self.where |= where(document, trigger)
        for mine, more in ((self.doers, doers), (self.sufferers, sufferers)):
            for actor, chance in more.items():
                mine[actor] = 1.0 - (1.0 - chance) * (1.0 - mine.get(actor, 0.0))
        for kind, share in trigger.types.items():
            self.types[kind] = self.types.get(kind, 0.0) + share

    @property
    def type(self) -> str:
        """The type for which its triggers speak most."""
        return max(self.types, key=self.types.__getitem__) if self.types else self.triggers[0].type


def where(document: Document, trigger: Trigger) -> frozenset[str]:
    """Names of places in a trigger's sentence, as the recogniser tags them."""
    return document.place_names(document.words[trigger.word].sent)


def link(
    document: Document,
    triggers: list[Trigger],
    parts: list[tuple[dict[int, float], dict[int, float]]],
    statuses: list[str],
    people: dict[int, bool] | None = None,
    towns: Sites = MappingProxyType({}),
) -> list[EventDraft]:
    """The events of a document in order of their first trigger; by the table ``eventlink``.

    ``people`` are the actors that are one person each, to whom the same happens but once, and have they names?
    ``towns`` are where triggers themselves say that they were.
    """
    weights, blend = Weights.load("eventlink"), Blend.load("eventlink")
    judged = likeness(document, triggers)
    events: list[EventDraft] = []
    for trigger, (doers, sufferers), state in zip(triggers, parts, statuses, strict=True):
        best, chance = None, _LEAST
        away = trigger.type == "CONSULT" and stayed_away(document, trigger.word)
        for event in possible(document, events, trigger) if not trigger.denied else ():
            if (away or event.away) and state != event.status:
                continue
            if elsewhere(towns, trigger.word, [t.word for t in event.triggers]):
                # Of ten such pairs in labelled reports nine are of two events.
                continue
            same = _same_victim(document, event, trigger, sufferers, state, people)
            if same:
                best = event
                break
            if same is False:
                continue
            rules = weights.chance(features(document, event, trigger, doers, sufferers, state))
            share = blend.chance(rules, judged(trigger.word, [t.word for t in event.triggers]))
            if share > chance:
                best, chance = event, share
        if best is None:
            best = EventDraft(status=state, away=away)
            events.append(best)
        best.add(document, trigger, doers, sufferers)
    return events


def _same_victim(
    document: Document,
    event: EventDraft,
    trigger: Trigger,
    sufferers: dict[int, float],
    state: str,
    people: dict[int, bool] | None,
) -> bool | None:
    """Is it for its victim that a trigger tells of an event again, or of another? None where that tells nothing."""
    if not people or event.type != trigger.type or event.type not in _DEEDS:
        return None
    word = document.words[trigger.word]
    same = again(word.lemma.lower(), sufferers.keys(), event.lemmas, event.sufferers.keys(), people)
    if same:
        return True if (state == "happened") == (event.status == "happened") else None
    return same if word.sent != document.words[event.triggers[-1].word].sent else None


def likeness(document: Document, triggers: list[Trigger]) -> Likeness[int]:
    """What the encoder says of a trigger and those of an event, all by their words."""
    spans = {t.word: (t.span.start, t.span.end) for t in triggers}
    return Likeness(document.judgement, "event", spans, reach=40)


def possible(document: Document, events: list[EventDraft], trigger: Trigger) -> list[EventDraft]:
    """The events that a trigger may belong to: recent ones of a type that it may have, and any of its own lemma."""
    lemma = document.words[trigger.word].lemma.lower()
    found = []
    for age, event in enumerate(reversed(events)):
        if age > 120:
            break
        if event.triggers[0].denied:
            continue
        if (age < _MOST and (trigger.type in event.types or event.type in trigger.types)) or lemma in event.lemmas:
            found.append(event)
    return found[: 2 * _MOST]


def features(
    document: Document,
    event: EventDraft,
    trigger: Trigger,
    doers: dict[int, float],
    sufferers: dict[int, float],
    state: str,
) -> list[str]:
    """What is seen of an event and a trigger after it, as names of weighted rules of the table ``eventlink``."""
    words = document.words
    last = event.triggers[-1]
    word, other = words[trigger.word], words[last.word]
    first = words[event.triggers[0].word]
    lemma = word.lemma.lower()
    kind = trigger.type
    same = kind == event.type
    distance = min(8, word.sent - other.sent)
    out = [
        f"type={kind}|{event.type}",
        f"ds={same}|{distance}",
        f"pos={word.pos}|{other.pos}|{min(distance, 2)}",
        f"k={kind}|{min(distance, 3)}",
        f"n={min(4, len(event.triggers))}",
        f"st={state}|{event.status}",
    ]
    if lemma in event.lemmas:
        out += ["lemma", f"lemma|{word.pos}|{kind}", f"lemma|{distance}", f"ll={lemma}"]
    else:
        out.append(f"pair={min(lemma, other.lemma.lower())}|{max(lemma, other.lemma.lower())}")
        mine, theirs = (
            set(classes(lemma, word.pos)[1][:3]),
            {h for t in event.triggers[-4:] for h in classes(words[t.word].lemma.lower(), words[t.word].pos)[1][:3]},
        )
        if mine & theirs:
            out.append("hyper")
    for name, own, their in (("a", doers, event.doers), ("r", sufferers, event.sufferers)):
        if own and their:
            out.append(f"{name}={'same' if own.keys() & their.keys() else 'diff'}")
            out.append(f"{name}={'same' if own.keys() & their.keys() else 'diff'}|{kind}|{lemma in event.lemmas}")
        else:
            out.append(f"{name}={'mine' if own else 'theirs' if their else 'none'}")
            out.append(f"{name}={'mine' if own else 'theirs' if their else 'none'}|{word.pos}")
    if doers.keys() & event.sufferers.keys() or sufferers.keys() & event.doers.keys():
        out.append("crossed")
    det = [words[c].lower for c in word.children if words[c].dep in ("det", "poss")]
    if word.pos == "NOUN":
        out.append(f"det={det[0] if det else '-'}|{lemma in event.lemmas}")
        if any(words[c].dep == "nummod" for c in word.children):
            out += ["number", f"number|{lemma in event.lemmas}|{min(distance, 2)}"]
        out.append(f"tag={word.tag}|{other.tag}")
    else:
        out.append(f"tag={word.tag}|{other.pos}")
    here = where(document, trigger)
    if here and event.where and distance > 0:
        place = "same" if here & event.where else "other"
        out += [
            f"place={place}|{lemma in event.lemmas}",
            f"place={place}|{kind}|{word.pos}",
            f"place={place}|{min(distance, 3)}",
        ]
        if place == "other" and any(words[c].dep == "nummod" for c in word.children):
            out.append("othernumber")
    else:
        out.append(f"place={bool(here)}|{lemma in event.lemmas}")
    if distance == 0:
        if word.head == other.i:
            out += [
                f"under={word.dep}|{word.pos}",
                f"under={word.dep}|{kind}",
                f"underl={other.lemma.lower()}|{word.dep}",
            ]
        elif other.head == word.i:
            out += [f"over={other.dep}|{other.pos}", f"over={other.dep}|{kind}"]
        elif word.head == other.head:
            out.append(f"sister={word.dep}|{other.dep}")
        out.append(f"near={min(6, (word.i - other.i).bit_length())}|{same}")
    if word.sent - first.sent == 0:
        out.append("firstsame")
    if (word.quote >= 0) != (other.quote >= 0):
        out.append("quotes")
    if first.sent == 0:
        out.append(f"lead|{same}|{lemma in event.lemmas}")
    return out

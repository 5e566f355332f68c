"""Who takes part without being named in the sentence: "Near Rawah, two strikes ..." after "the Coalition said"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from marsad.coding.blend import Blend
from marsad.coding.clusters import Cluster
from marsad.coding.document import Document
from marsad.coding.eventlinks import EventDraft
from marsad.coding.mentions import Mention
from marsad.coding.weights import Weights

__all__ = ["FURTHEST", "Scene", "features", "implied"]

_BACK = 3
"""Sentences before the trigger whose actors are considered."""
_EARLIER = 4
"""Earlier events of the same type whose participants are considered."""
_NO_ROLE = -4.0
"""Encoder's log-odds below which, for both roles, an actor is not considered further."""
FURTHEST = 100
"""Earlier events of any type that are looked at."""


class Scene:
    """What the steps before know of a document, indexed for the question who is implied."""

    def __init__(self, document: Document, clusters: Sequence[Cluster], speakers_at: dict[int, int]) -> None:
        """``speakers_at``: word of a trigger -> actor number of whoever says it."""
        self.document = document
        self.clusters = clusters
        self.speakers_at = speakers_at
        self.by_sentence: dict[int, list[tuple[int, str]]] = {}
        for cluster in clusters:
            for mention in cluster.mentions:
                self.by_sentence.setdefault(mention.sent, []).append((cluster.number, document.words[mention.head].dep))
        often = sorted(clusters, key=lambda c: -len(c.mentions))
        self.rank = {c.number: i for i, c in enumerate(often)}
        self.top = [c.number for c in often[:2]]

    def possible(self, event: EventDraft, earlier: Sequence[EventDraft]) -> list[int]:
        """Actor numbers that may be implied in an event, the nearest first; none that its own sentence names."""
        words = self.document.words
        sentence = words[event.triggers[0].word].sent
        here = {number for t in event.triggers for number, _ in self.by_sentence.get(words[t.word].sent, ())}
        found: list[int] = []
        for back in range(1, _BACK + 1):
            found += [number for number, _ in self.by_sentence.get(sentence - back, ())]
        for past in _latest(earlier, event.type):
            found += [*past.doers, *past.sufferers]
        speaker = self.speakers_at.get(event.triggers[0].word)
        if speaker is not None:
            found.append(speaker)
        found += self.top
        return [number for number in dict.fromkeys(found) if number not in here and number >= 0][:14]


def _latest(earlier: Sequence[EventDraft], kind: str) -> list[EventDraft]:
    """The latest earlier events of a type, in order, of the last :data:`FURTHEST`."""
    return [e for e in earlier[-FURTHEST:] if e.type == kind][-_EARLIER:]


def implied(scene: Scene, event: EventDraft, earlier: Sequence[EventDraft]) -> list[tuple[int, float, float]]:
    """(actor number, chance of acting, of being recipient) of all who may be implied; by the table ``implied``."""
    weights = Weights.load("implied")
    acts, suffers = Blend.load("implied.actor"), Blend.load("implied.recipient")
    found = []
    numbers = scene.possible(event, earlier)
    judged = judge(scene, event, numbers)
    for place, number in enumerate(numbers):
        own = None if judged is None else judged[place]
        if own is not None and max(own) < _NO_ROLE:
            continue
        shares = weights.probabilities(features(scene, event, earlier, number))
        found.append(
            (
                number,
                acts.chance(shares[1], own and own[:1]),
                suffers.chance(shares[2], own and own[1:]),
            )
        )
    return found


def judge(scene: Scene, event: EventDraft, numbers: Sequence[int]) -> list[tuple[float, float]] | None:
    """The encoder's log-odds that actors act, and are recipients: the highest over triggers and near mentions."""
    document = scene.document
    if document.judgement is None:
        return None
    pairs = [
        (place, tuple(t.span), (m.start, m.end))
        for place, number in enumerate(numbers)
        for t in event.triggers[:3]
        for m in _nearest(scene.clusters[number], document.words[t.word].sent)
    ]
    logits = document.judgement.pairs("role", [(p[1][0], p[1][1]) for p in pairs], [p[2] for p in pairs])
    best = np.full((len(numbers), 2), -12.0)
    np.maximum.at(best, [p[0] for p in pairs], logits)
    return [(float(a), float(b)) for a, b in best]


def _nearest(cluster: Cluster, sentence: int) -> list[Mention]:
    """The few mentions of an actor that stand nearest to a sentence."""
    return sorted(cluster.mentions, key=lambda m: abs(m.sent - sentence))[:3]


def features(scene: Scene, event: EventDraft, earlier: Sequence[EventDraft], number: int) -> list[str]:
    """What is seen of an event and an actor outside its sentence, as names of weighted rules."""
    words = scene.document.words
    trigger = words[event.triggers[0].word]
    kind, pos, lemma = event.type, trigger.pos, trigger.lemma.lower()
    cluster = scene.clusters[number]
    filled = f"{bool(event.doers)}{bool(event.sufferers)}"
    out = [
        f"k={kind}|{filled}",
        f"s={cluster.sort}|{kind}|{filled}",
        f"p={pos}|{filled}",
        f"rank={min(4, scene.rank[number])}|{filled}",
        f"d={trigger.dep}|{filled}",
    ]
    back = next(
        (b for b in range(1, _BACK + 1) if any(n == number for n, _ in scene.by_sentence.get(trigger.sent - b, ()))), 9
    )
    out += [f"back={back}|{filled}", f"back={back}|{kind}"]
    for who, dep in scene.by_sentence.get(trigger.sent - 1, ()):
        if who == number:
            out += [f"dep={dep}|{filled}", f"dep={dep}|{kind}"]
    same = _latest(earlier, kind)
    for name, role in (("doer", "doers"), ("sufferer", "sufferers")):
        was = any(number in getattr(e, role) for e in same)
        if was:
            out += [f"{name}|{kind}", f"{name}|{filled}"]
            if any(number in getattr(e, role) and lemma in e.lemmas for e in same):
                out += [f"{name}l|{filled}", f"{name}l|{kind}"]
        if any(number in getattr(e, role) for e in earlier[-1:]):
            out += [f"last{name}|{kind}", f"last{name}|{earlier[-1].type}|{kind}|{filled}"]
    if scene.speakers_at.get(trigger.i) == number:
        out += [f"speaker|{kind}", f"speaker|{filled}"]
    out.append(f"n={min(6, len(cluster.mentions))}|{filled}")
    if any(w.lower in ("our", "we", "us") for w in words[max(0, trigger.i - 8) : trigger.i + 8]):
        out.append(f"we|{filled}")
    modal = [words[c].lower for c in trigger.children if words[c].dep == "aux"]
    out += [f"aux={m}|{kind}" for m in modal]
    if any(words[c].dep == "auxpass" for c in trigger.children):
        out += [f"passive|{filled}", f"passive|{kind}"]
    return out

"""The claims of a report: triggers joined to events, with who, when, where, how many, whether and who says so."""

from __future__ import annotations

import math

from marsad.coding import eventlinks, roles, status, tolls
from marsad.coding.attribution import AUTHOR_NUMBER, Told, sources
from marsad.coding.calendar import iso_range
from marsad.coding.circumstances import nearest
from marsad.coding.clusters import Cluster
from marsad.coding.confidence import Calibration, best_of, share_of_best
from marsad.coding.document import Document
from marsad.coding.drafts import Draft
from marsad.coding.eventlinks import EventDraft
from marsad.coding.implied import FURTHEST, Scene, implied
from marsad.coding.mentions import Mention
from marsad.coding.modes import mode_of
from marsad.coding.mutual import share_sides
from marsad.coding.places import PlaceFound
from marsad.coding.sites import sites
from marsad.coding.triggers import Trigger, triggers
from marsad.coding.victims import persons
from marsad.records import AUTHOR, Claim, EventPlace, EventTime, TimeExpression

__all__ = ["claims", "participants", "speakers_at"]

_LEAST_ROLE = 0.3
"""Chance from which on a mention takes a role."""
_LEAST_DOER = (0.15, 0.4)
_LEAST_RECIPIENT = {"seldom": (0.08, 0.25), "": (0.15, 0.4), "often": (0.22, 0.4)}
"""Chances from which on the likeliest mention, and the likeliest actor outside the sentence, takes a role that would
stay empty; for recipients by how often such an event has none."""
_ALONE = dict.fromkeys("ACCUSE AGREE AID CONSULT REJECT REQUEST SANCTION SUPPORT THREATEN".split(), "seldom") | (
    dict.fromkeys("CONCEDE MOBILIZE PROTEST RETREAT".split(), "often")
)
"""Of labelled events of the first types one in thirteen has no recipient, of the others one in three."""
_NEAR_BEST = 0.5
"""Share of the best chance from which on others take the role too."""
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
_VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST"})


def claims(
    document: Document,
    mentions: list[Mention],
    clusters: list[Cluster],
    drafts: list[Draft],
    speakers: dict[int, int | None],
    ids: dict[int, str],
    times: list[TimeExpression],
    places: list[PlaceFound],
) -> tuple[Claim, ...]:
    """The claims in order of their first trigger."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sent, []).append(mention)
    found = triggers(document)
    parts: list[tuple[dict[int, float], dict[int, float]]] = []
    all_ties: dict[int, list[tuple[Mention, float, float]]] = {}
    states: dict[int, dict[str, float]] = {}
    for trigger in found:
        tied = roles.roles(document, trigger, by_sentence.get(document.words[trigger.word].sent, []), clusters)
        parts.append(participants(tied))
        all_ties[trigger.word] = tied
        states[trigger.word] = {"did-not-happen": 1.0} if trigger.denied else status.status(document, trigger)
    best = [max(states[t.word], key=states[t.word].__getitem__) for t in found]
    events = eventlinks.link(document, found, parts, best, persons(clusters), sites(document, found, places))
    time_words = [(document.between(*t.span)[1] - 1, t) for t in times]
    place_words = [(p.head, p) for p in places if p.head >= 0]
    told = Told(drafts, speakers, document, mentions)
    calibration = Calibration.load()
    scene = Scene(document, clusters, speakers_at(found, told))
    counts = tolls.of_events(
        document,
        {t.word: number for number, event in enumerate(events, start=1) for t in event.triggers},
        [number for number, event in enumerate(events, start=1) if event.type in _VIOLENT],
        [number for number, event in enumerate(events, start=1) if event.type == "ASSAULT"],
    )
    out = []
    for number, event in enumerate(events, start=1):
        event.status, status_share = best_of(states[trigger.word] for trigger in event.triggers)
        both = share_sides(document, event, all_ties, clusters)
        if not (event.doers and event.sufferers):
            earlier = events[max(0, number - 1 - FURTHEST) : number - 1]
            _fall_back(event, all_ties, implied(scene, event, earlier))
        if not both:
            _take_sides(event)
        main = max(event.triggers, key=lambda t: (t.share * (t.type == event.type), -t.word))
        own = participants(all_ties[main.word])
        doers = _likeliest(event.doers, own[0], len(event.triggers))
        sufferers = _likeliest(event.sufferers, own[1], len(event.triggers))
        sure, sure_share = best_of(status.certainty(document, trigger) for trigger in event.triggers)
        deniers = _deniers(event, told)
        doers = [doer for doer in doers if doer not in deniers]
        said = sources(event, told, doers)
        raw = {
            "event": max(t.share for t in event.triggers),
            "type": share_of_best(t.types for t in event.triggers),
            "actors": _chance_of(doers, event.doers, [tie[1] for t in event.triggers for tie in all_ties[t.word]]),
            "recipients": _chance_of(
                sufferers, event.sufferers, [tie[2] for t in event.triggers for tie in all_ties[t.word]]
            ),
            "status": status_share,
            "certainty": sure_share,
            "according_to": _chance_of_source(document, main, said),
        }
        out.append(
            Claim(
                id=f"e{number}",
                span=main.span,
                also=tuple(t.span for t in event.triggers if t is not main),
                type=event.type,
                mode=mode_of(document, event),
                actors=tuple(ids[a] for a in doers),
                recipients=tuple(ids[a] for a in sufferers),
                time=_time(document, event, time_words),
                place=_place(document, event, place_words),
                killed=counts.get((number, "killed")),
                injured=counts.get((number, "injured")),
                status=event.status,
                certainty=sure,
                according_to=tuple(AUTHOR if s == AUTHOR_NUMBER else ids[s] for s in said),
                extra={"confidence": calibration(raw)},
            )
        )
    return tuple(out)


def _chance_of(chosen: list[int], chances: dict[int, float], others: list[float]) -> float:
    """Chance that a role is right: of its likeliest actor, or, where it is empty, that nobody takes it."""
    if chosen:
        return max(chances[actor] for actor in chosen)
    return 1.0 - max(others, default=0.0)


def _chance_of_source(document: Document, trigger: Trigger, said: list[int]) -> float:
    """The encoder's share for "the author tells it himself", or for "somebody else does"."""
    told = document.judged("told")
    if told is None:
        return 0.9
    author = math.exp(min(0.0, float(told[trigger.word, 0])))
    return author if AUTHOR_NUMBER in said else 1.0 - author


def participants(tied: list[tuple[Mention, float, float]]) -> tuple[dict[int, float], dict[int, float]]:
    """Actors and recipients of one trigger, as actor numbers with their chances."""
    doers: dict[int, float] = {}
    sufferers: dict[int, float] = {}
    for mention, doing, suffering in tied:
        if doing >= _LEAST_ROLE and doing >= suffering:
            doers[mention.actor] = max(doing, doers.get(mention.actor, 0.0))
        elif suffering >= _LEAST_ROLE:
            sufferers[mention.actor] = max(suffering, sufferers.get(mention.actor, 0.0))
    return doers, sufferers


def speakers_at(found: list[Trigger], told: Told) -> dict[int, int]:
    """Word of a trigger -> actor number of the innermost speaker who tells of it."""
    said = {}
    for trigger in found:
        teller = told.innermost(trigger)
        if teller is not None and teller[1] is not None:
            said[trigger.word] = teller[1]
    return said


def _fall_back(
    event: EventDraft, ties: dict[int, list[tuple[Mention, float, float]]], others: list[tuple[int, float, float]]
) -> None:
    """For a role that nobody takes with confidence: whoever takes it most likely, in the sentence or implied.

    Most events of the types that are coded have both parties; an empty role is
    wrong more often than a likely guess.
    """
    near = [(tie[0].actor, tie[1], tie[2]) for t in event.triggers for tie in ties[t.word]]
    for mine, theirs, doing in ((event.doers, event.sufferers, True), (event.sufferers, event.doers, False)):
        if mine:
            continue
        guesses = [(does if doing else suffers, actor) for actor, does, suffers in near]
        least, least_implied = _LEAST_DOER if doing else _LEAST_RECIPIENT[_ALONE.get(event.type, "")]
        guesses = [guess for guess in guesses if guess[0] >= least]
        far = [(does if doing else suffers, actor) for actor, does, suffers in others]
        guesses += [guess for guess in far if guess[0] >= least_implied]
        for chance, actor in sorted(guesses, reverse=True):
            if actor not in theirs:
                mine[actor] = chance
                break


def _deniers(event: EventDraft, told: Told) -> set[int]:
    """Those who deny their part in an event that happened all the same: it is not told that they did it."""
    tellers = [told.innermost(trigger) for trigger in event.triggers] if event.status == "happened" else []
    return {teller[1] for teller in tellers if teller and teller[0].denies and teller[1] is not None}


def _take_sides(event: EventDraft) -> None:
    """Unless the event is mutual, whoever stands on both sides stays on the likelier one."""
    if event.type in _MUTUAL:
        return
    for actor in event.doers.keys() & event.sufferers.keys():
        less = event.doers if event.doers[actor] < event.sufferers[actor] else event.sufferers
        del less[actor]


def _likeliest(chances: dict[int, float], own: dict[int, float], told: int) -> list[int]:
    """Those whose chance is near the best one's; nearer the more often (``told``) the event is told of.

    Each telling brings doubtful ones in. ``own`` are the chances at the most
    informative telling: where it names anybody, only somebody surer joins them.
    """
    if not chances:
        return []
    named = {actor for actor in own if actor in chances}
    least = max((own[actor] for actor in named), default=0.0)
    bar = min(0.8, _NEAR_BEST + 0.06 * (told - 1)) * max(chances.values())
    return sorted(
        actor
        for actor, chance in chances.items()
        if (actor in named and own[actor] >= _NEAR_BEST * least) or chance >= max(bar, least)
    )


def _time(document: Document, event: EventDraft, times: list[tuple[int, TimeExpression]]) -> EventTime | None:
    for trigger in _best_first(event):
        found = nearest(document, trigger.word, times)
        if found is not None:
            start, end = iso_range(found.value) if found.value else (None, None)
            return EventTime(found.span, start, end)
    return None


def _place(document: Document, event: EventDraft, places: list[tuple[int, PlaceFound]]) -> EventPlace | None:
    for trigger in _best_first(event):
        found = nearest(document, trigger.word, places)
        if found is not None:
            place = found.mention
            return EventPlace(place.span, place.name, place.latitude, place.longitude)
    return None


def _best_first(event: EventDraft) -> list[Trigger]:
    return sorted(event.triggers, key=lambda t: -t.share)

"""The rows from which each table of weighted rules is fitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from data import (
    Analysed,
    Example,
    drafts_of,
    head_word,
    labelled_triggers,
    match_mentions,
    mentions_of,
)

from marsad.coding import (
    clusters,
    cues,
    eventlinks,
    implied,
    kinds,
    mentions,
    places,
    relations,
    roles,
    status,
    triggers,
)
from marsad.coding.assembly import ByWord, speaker_word
from marsad.coding.attribution import Told
from marsad.coding.clusters import Clusters, reading_order
from marsad.coding.clusters import features as coref_features
from marsad.coding.encoder.judgement import Floats
from marsad.coding.events import participants, speakers_at
from marsad.coding.frames import frame_of
from marsad.coding.quotations import quotations
from marsad.coding.wordlists import words_of
from marsad.evaluation.matching import share, share_of_pieces
from marsad.knowledge import Gazetteer, Knowledge


@dataclass(slots=True)
class Rows:
    """What :func:`fitting.fit` takes."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    judged: list[Sequence[float] | None] = field(default_factory=list)
    """What the encoder says of each row, where the reports have its judgement."""

    def add(self, features: list[str], label: str, weight: float = 1.0, judged: Sequence[float] | None = None) -> None:
        """One more row."""
        self.judged.append(judged)
        self.features.append(features)
        self.labels.append(label)
        self.weights.append(weight)


def row_of(judged: Floats | None, word: int) -> list[float] | None:
    """One row of the encoder's table."""
    return None if judged is None else judged[word].tolist()


def trigger_rows(examples: list[Example]) -> Rows:
    """Every candidate word: its event type or "-". Words of unscored events are left out."""
    rows = Rows()
    for example in examples:
        document = example.document
        judged = document.judged("trigger")
        label: dict[int, str | None] = {}
        for claim in example.gold.events:
            for passage in claim.triggers:
                first, last = document.between(*passage)
                head = head_word(document, passage)
                for word in range(first, last):
                    if word == head:
                        label[word] = claim.type if claim.scored else None
                    else:
                        label.setdefault(word, None)
        for word in document.words:
            if triggers.is_candidate(word):
                kind = label.get(word.i, triggers.NONE)
                if kind is not None:
                    rows.add(triggers.features(document, word), kind, example.weight, row_of(judged, word.i))
    return rows


def mention_rows(examples: list[Example], knowledge: Knowledge) -> Rows:
    """Every candidate span: does it mention an actor?"""
    rows = Rows()
    for example in examples:
        found = mentions.candidates(example.document, knowledge)
        matched = match_mentions(example.gold, found)
        judged = mentions.judge(example.document, found)
        for number, candidate in enumerate(found):
            label = "yes" if number in matched else "no"
            lemma = example.document.words[candidate.head].lemma.lower()
            if candidate.form == "description" and lemma in words_of("never_mentions"):
                continue
            rows.add(
                mentions.features(example.document, candidate),
                label,
                example.weight,
                None if judged is None else judged[number],
            )
    return rows


def cue_rows(examples: list[Example]) -> Rows:
    """Every reporting word with every content that its place in the parse allows: is it a reported clause?"""
    rows = Rows()
    for example in examples:
        quotations(example.document)
        clauses = [s for s in example.gold.statements if s.manner != "direct"]
        quoted = [s for s in example.gold.statements if s.manner == "direct"]
        for cue in cues.candidates(example.document):
            word = example.document.words[cue.word]
            right = any(
                share_of_pieces(s.content, cue.content) >= 0.5
                for s in clauses
                if s.cue is None or (s.cue.start < word.end and word.start < s.cue.end)
            )
            if right or not any(share_of_pieces(s.content, cue.content) > 0.3 for s in quoted):
                rows.add(
                    cues.features(example.document, cue),
                    "yes" if right else "no",
                    example.weight,
                    cues.judge(example.document, cue),
                )
    return rows


def coref_rows(examples: list[Example], knowledge: Knowledge) -> Rows:
    """Every mention with every actor before it that it may refer to: is it that actor?"""
    rows = Rows()
    for example in examples:
        chosen, speakers = mentions_of(example.document, knowledge, drafts_of(example.document))
        matched = match_mentions(example.gold, chosen)
        state = Clusters(example.document, speakers)
        growing = {}
        judged = clusters.likeness(example.document, chosen)
        actors = {mention: matched.get(number, f"unlabelled {number}") for number, mention in enumerate(chosen)}
        for mention in reading_order(example.document, chosen, speakers):
            actor = actors[mention]
            for possible in state.possible(mention):
                label = "yes" if growing.get(actor) is possible else "no"
                rows.add(
                    coref_features(state, mention, possible), label, example.weight, judged(mention, possible.mentions)
                )
            growing[actor] = state.put(mention, growing.get(actor))
    return rows


def role_rows(analysed: list[Analysed]) -> Rows:
    """Every labelled trigger with every mention in its sentence: actor, recipient or neither?"""
    rows = Rows()
    for item in analysed:
        document = item.example.document
        for trigger, claim in labelled_triggers(item.example).values():
            if not claim.scored:
                continue
            near = roles.reachable(trigger, item.mentions, document)
            frame = frame_of(document, trigger.word)
            judged = roles.judge(document, trigger, near)
            for number, mention in enumerate(near):
                actor = item.actor_of.get(mention)
                label = "actor" if actor in claim.actors else "recipient" if actor in claim.recipients else "-"
                rows.add(
                    roles.features(document, trigger, mention, near, item.clusters, frame),
                    label,
                    item.example.weight,
                    None if judged is None else judged[number],
                )
    return rows


def status_rows(examples: list[Example], *, certainty: bool) -> Rows:
    """Every labelled trigger: its event's status, or its certainty."""
    rows = Rows()
    for example in examples:
        judged = example.document.judged("certainty" if certainty else "status")
        for trigger, claim in labelled_triggers(example).values():
            if claim.scored:
                label = claim.certainty if certainty else claim.status
                rows.add(
                    status.features(example.document, trigger), label, example.weight, row_of(judged, trigger.word)
                )
    return rows


def mode_rows(examples: list[Example]) -> Rows:
    """Every labelled trigger: its type and mode, as "TYPE/mode"."""
    rows = Rows()
    for example in examples:
        for word, (_, claim) in labelled_triggers(example).items():
            features = triggers.features(example.document, example.document.words[word])
            rows.add(features, f"{claim.type}/{claim.mode or '-'}", example.weight)
    return rows


def eventlink_rows(analysed: list[Analysed]) -> Rows:
    """Every labelled trigger with every event before it that it may belong to: does it?"""
    rows = Rows()
    for item in analysed:
        document = item.example.document
        own = {trigger.word: trigger for trigger in triggers.triggers(document)}
        labelled = labelled_triggers(item.example)
        pairs = [(own.get(word, trigger), claim) for word, (trigger, claim) in labelled.items() if claim.scored]
        judged = eventlinks.likeness(document, [trigger for trigger, _ in pairs])
        events: list[eventlinks.EventDraft] = []
        growing: dict[str, eventlinks.EventDraft] = {}
        for trigger, claim in pairs:
            doers, sufferers = participants(roles.roles(document, trigger, item.mentions, item.clusters))
            states = status.status(document, trigger)
            state = max(states, key=states.__getitem__)
            for event in eventlinks.possible(document, events, trigger):
                label = "yes" if growing.get(claim.id) is event else "no"
                features = eventlinks.features(document, event, trigger, doers, sufferers, state)
                rows.add(features, label, item.example.weight, judged(trigger.word, [t.word for t in event.triggers]))
            event = growing.get(claim.id)
            if event is None:
                event = growing[claim.id] = eventlinks.EventDraft(status=state)
                events.append(event)
            event.add(document, trigger, doers, sufferers)
    return rows


def relation_rows(analysed: list[Analysed], knowledge: Knowledge) -> Rows:
    """Every pair of mentions near each other: the tie that the text between them states, and its direction."""
    rows = Rows()
    for item in analysed:
        ties: dict[tuple[str, str], list[tuple[str, tuple[int, int]]]] = {}
        for relation in item.example.gold.relations:
            ties.setdefault((relation.subject, relation.object), []).append((relation.relation, relation.evidence))
        document = item.example.document
        kind_by = {c.number: kinds.kind_of(document, c, knowledge) for c in item.clusters}
        who = relations.Who(item.clusters, kind_by, knowledge)
        found = list(relations.pairs(document, item.mentions))
        judged = relations.judge(document, found)
        for number, (one, other) in enumerate(found):
            a, b = item.actor_of.get(one), item.actor_of.get(other)
            label = "-"
            if a is not None and b is not None:
                low, high = max(one.start, other.start), min(one.end, other.end)
                for subject, object_, side in ((a, b, ">"), (b, a, "<")):
                    for relation, (start, end) in ties.get((subject, object_), ()):
                        if start <= low and high <= end:
                            label = relation + side
            rows.add(
                relations.features(document, one, other, who),
                label,
                item.example.weight,
                None if judged is None else judged[number],
            )
    return rows


def place_rows(examples: list[Example], knowledge: Knowledge, gazetteer: Gazetteer) -> Rows:
    """Every candidate name: is it used as a place?"""
    rows = Rows()
    for example in examples:
        document = example.document
        for candidate in mentions.candidates(document, knowledge):
            if candidate.form == "name" and not candidate.adjective:
                span = places.name_span(document, candidate)
                label = "yes" if any(share(span, p.span) >= 0.5 for p in example.gold.places) else "no"
                hits = gazetteer.candidates(candidate.text)
                rows.add(
                    places.features(document, candidate, hits, knowledge),
                    label,
                    example.weight,
                    places.judge(document, candidate),
                )
    return rows


def kind_rows(analysed: list[Analysed]) -> Rows:
    """Every actor that the coder found and that is labelled: its kind."""
    rows = Rows()
    for item in analysed:
        kind = {actor.id: actor.kind for actor in item.example.gold.actors}
        for cluster in item.clusters:
            votes = Counter(item.actor_of[m] for m in cluster.mentions if m in item.actor_of)
            if votes:
                label = kind[votes.most_common(1)[0][0]]
                rows.add(
                    kinds.features(item.example.document, cluster),
                    label,
                    item.example.weight,
                    kinds.judge(item.example.document, cluster),
                )
    return rows


def implied_rows(analysed: list[Analysed]) -> Rows:
    """Every labelled event with every actor outside its sentences that may be implied: actor, recipient or neither?"""
    rows = Rows()
    for item in analysed:
        document = item.example.document
        who = ByWord(item.mentions)
        speakers = {number: who.at(speaker_word(draft)) for number, draft in enumerate(item.drafts)}
        labelled = labelled_triggers(item.example)
        said = speakers_at([trigger for trigger, _ in labelled.values()], Told(item.drafts, speakers))
        scene = implied.Scene(document, item.clusters, said)
        gold_of: dict[int, Counter[str]] = {}
        for mention, actor in item.actor_of.items():
            gold_of.setdefault(mention.actor, Counter())[actor] += 1
        earlier: list[eventlinks.EventDraft] = []
        for claim in item.example.gold.events:
            event = eventlinks.EventDraft()
            for trigger, other in labelled.values():
                if other.id == claim.id:
                    event.add(
                        document, trigger, *participants(roles.roles(document, trigger, item.mentions, item.clusters))
                    )
            if not event.triggers:
                continue
            if claim.scored:
                numbers = scene.possible(event, earlier)
                judged = implied.judge(scene, event, numbers)
                for place, number in enumerate(numbers):
                    actor = gold_of[number].most_common(1)[0][0] if number in gold_of else None
                    label = "actor" if actor in claim.actors else "recipient" if actor in claim.recipients else "-"
                    rows.add(
                        implied.features(scene, event, earlier, number),
                        label,
                        item.example.weight,
                        None if judged is None else judged[place],
                    )
            earlier.append(event)
    return rows

"""All steps of the coder in their order, and the record that comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from marsad.coding import mentions as mention_step
from marsad.coding.clusters import Cluster, cluster
from marsad.coding.document import Document
from marsad.coding.drafts import Draft
from marsad.coding.events import claims
from marsad.coding.impliedties import implied_ties
from marsad.coding.kinds import kind_of
from marsad.coding.mentions import Mention
from marsad.coding.overlaps import Overlaps
from marsad.coding.places import places
from marsad.coding.quotations import quotations
from marsad.coding.relations import Who, ties
from marsad.coding.speakers import name_speakers
from marsad.coding.statements import statements
from marsad.coding.times import times
from marsad.records import AUTHOR, Actor, Passage, Record, Relation, Report, Statement

if TYPE_CHECKING:
    from marsad.knowledge import Gazetteer, Knowledge

__all__ = ["ByWord", "assemble", "mark_speakers", "speaker_word", "speakers_of_quotes"]


def assemble(
    report: Report, document: Document, knowledge: Knowledge, gazetteer: Gazetteer, extra: Mapping[str, Any]
) -> Record:
    """The record of a parsed report."""
    quotes = quotations(document)
    drafts = statements(document, quotes)
    candidates = mention_step.candidates(document, knowledge)
    mentions = mention_step.choose(document, candidates, {d.speaker for d in drafts if d.speaker is not None})
    name_speakers(document, mentions, drafts)
    mark_speakers(mentions, drafts)
    clusters = cluster(document, mentions, speakers_of_quotes(document, drafts))
    places_found = places(document, candidates, knowledge, gazetteer)
    left_out = [span for span, _ in document.skipped]
    times_found = [
        time
        for time in times(report.text, report.published)
        if not any(start <= time.span.start < end for start, end in left_out)
    ]
    who = ByWord(mentions)
    speakers = {number: who.at(speaker_word(draft)) for number, draft in enumerate(drafts)}
    ids = {c.number: f"a{c.number + 1}" for c in clusters}
    kinds = {c.number: kind_of(document, c, knowledge) for c in clusters}
    actors = tuple(
        Actor(
            ids[c.number],
            _name(c, knowledge),
            kinds[c.number],
            tuple(sorted({Passage(m.start, m.end) for m in c.mentions})),
        )
        for c in clusters
    )
    named = {c.number for c in clusters if c.names}
    said = tuple(
        Statement(
            f"s{number + 1}",
            draft.manner,
            tuple(draft.content),
            draft.cue,
            ids[speaker] if (speaker := speakers[number]) is not None else None,
            _span_of_speaker(draft, who),
            speaker is None or speaker not in named,
        )
        for number, draft in enumerate(drafts)
    )
    told: Overlaps[int] = Overlaps()
    for number, draft in enumerate(drafts):
        for piece in draft.content:
            told.add(*piece, number)
    relations = []
    for subject, relation, object_, evidence in ties(document, mentions, Who(clusters, kinds, knowledge)):
        inner = told.around(*evidence)
        source = speakers[max(inner)] if inner else None
        relations.append(
            Relation(ids[subject], relation, ids[object_], evidence, (ids[source] if source is not None else AUTHOR,))
        )
    events = claims(document, mentions, clusters, drafts, speakers, ids, times_found, places_found)
    relations += implied_ties(clusters, kinds, ids, events, relations, knowledge)
    return Record(
        report.id,
        report.text,
        report.source,
        report.title,
        report.published,
        actors,
        tuple(relations),
        said,
        events,
        tuple(times_found),
        tuple(p.mention for p in places_found),
        extra,
    )


class ByWord:
    """Finds the mention that holds a word: the one that it heads, else the smallest around it."""

    def __init__(self, mentions: list[Mention]) -> None:
        self.heads = {m.head: m for m in mentions}
        self.covers: dict[int, Mention] = {}
        for mention in sorted(mentions, key=lambda m: m.first - m.last):
            for word in range(mention.first, mention.last):
                self.covers[word] = mention

    def mention(self, word: int | None) -> Mention | None:
        """The mention of a word, or None."""
        if word is None:
            return None
        return self.heads.get(word) or self.covers.get(word)

    def at(self, word: int | None) -> int | None:
        """The number of the actor that a word mentions, or None."""
        found = self.mention(word)
        return None if found is None else found.actor


def mark_speakers(mentions: list[Mention], drafts: list[Draft]) -> None:
    """Tell each mention what it is the speaker of."""
    heads = {m.head: m for m in mentions}
    for draft in drafts:
        mention = heads.get(draft.speaker) if draft.speaker is not None else None
        if mention is not None:
            mention.says += draft.content


def speaker_word(draft: Draft) -> int | None:
    """The word for a statement's speaker, taken from the statement that it continues where it has none."""
    seen = 0
    while draft.speaker is None and draft.continues is not None and seen < 50:
        draft = draft.continues
        seen += 1
    return draft.speaker


def speakers_of_quotes(document: Document, drafts: list[Draft]) -> dict[int, int]:
    """Quotation number -> the word that stands for its speaker."""
    found: dict[int, int] = {}
    for draft in drafts:
        word = speaker_word(draft)
        first, last = draft.words
        if draft.manner == "direct" and word is not None and last > first and document.words[first].quote >= 0:
            for piece in draft.content:
                at, end = document.between(*piece)
                # A piece of a block may hold no words: a paragraph that was not parsed.
                if at < end:
                    found.setdefault(document.words[at].quote, word)
    return found


def _span_of_speaker(draft: Draft, who: ByWord) -> Passage | None:
    mention = who.mention(draft.speaker)
    return None if mention is None else Passage(mention.start, mention.end)


def _name(found: Cluster, knowledge: Knowledge) -> str:
    """How an actor is called: as in the packs, else by its fullest name, else by its first description."""
    for known in sorted(found.known):
        return knowledge.actors[known].name
    names = [m for m in found.mentions if m.form == "name"]
    if names:
        return " ".join(max(names, key=lambda m: (m.last - m.first, len(m.text))).text.split())
    described = [m for m in found.mentions if m.form == "description"]
    return " ".join((described or found.mentions)[0].text.split())

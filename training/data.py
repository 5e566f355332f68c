"""Labelled records, their parses, and how the coder's candidates match what is labelled."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad.coding import mentions as mention_step
from marsad.coding.assembly import mark_speakers, speakers_of_quotes
from marsad.coding.clusters import Cluster, cluster
from marsad.coding.document import Document
from marsad.coding.drafts import Draft
from marsad.coding.encoder import Encoder
from marsad.coding.encoder.encoder import MODELS
from marsad.coding.mentions import Mention
from marsad.coding.parsing import parse
from marsad.coding.quotations import quotations
from marsad.coding.statements import statements
from marsad.coding.triggers import Trigger
from marsad.evaluation.matching import share
from marsad.knowledge import Knowledge
from marsad.records import Claim, Passage, Record

WEIGHTS = {"re3d-": 3.0, "wn-": 2.0, "muc-": 2.0, "ecb-": 2.0, "own-n": 2.0}
"""Weight of a report by how its id begins: real ones most, then plain prose; others, dense in events, 1."""


@dataclass(slots=True)
class Example:
    """One labelled report with its parse."""

    gold: Record
    document: Document

    @property
    def weight(self) -> float:
        """Real reports weigh more than those written for training."""
        return next((weight for start, weight in WEIGHTS.items() if self.gold.id.startswith(start)), 1.0)


def load(
    *folders: Path,
    local: bool = False,
    encoder: Path = MODELS,
    judged: bool = False,
    chosen: Callable[[str], bool] = lambda _: True,
) -> list[Example]:
    """The labelled reports of some folders whose ids are chosen, parsed by an encoder, each id once; if asked, with
    those for local use.

    Where ``judged``, the documents keep the encoder's judgement; else the rules decide on them alone.
    """
    found: dict[str, Record] = {}
    for file in sorted(file for folder in folders for file in folder.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        if chosen(data["id"]) and (local or "local" not in str(data["source"].get("licence", "")).lower()):
            found.setdefault(data["id"], Record.from_json(data))
    examples = []
    for record in found.values():
        judgement = Encoder.load(encoder).judge(record.text)
        examples.append(Example(record, parse(record.text, judgement)))
        if judged:
            examples[-1].document.judgement = judgement
    return examples


def held_out(gold: Sequence[str], choosing: Path | None, encoder: Path, variants: Path | None = None) -> list[Example]:
    """Reports on which models are chosen, with the judgement of the encoder in a folder.

    ``gold`` are folders and the beginnings of the ids that are taken of them; of ``choosing`` all are, and of
    ``variants`` the first careful one of each report with such an id.
    """
    folders = [Path(word) for word in gold if Path(word).is_dir()]
    prefixes = tuple(word for word in gold if not Path(word).is_dir())

    def is_first_variant(name: str) -> bool:
        return name.startswith(prefixes) and name.endswith("~spun1")

    examples = load(*folders, encoder=encoder, judged=True, chosen=lambda name: name.startswith(prefixes))
    if variants:
        examples += load(variants, encoder=encoder, judged=True, chosen=is_first_variant)
    if choosing:
        examples += load(choosing, local=True, encoder=encoder, judged=True)
    return examples


def head_word(document: Document, passage: Passage) -> int | None:
    """The word of a passage whose syntactic head lies outside it; the first such."""
    first, last = document.between(*passage)
    for word in document.words[first:last]:
        if not first <= word.head < last or word.head == word.i:
            return word.i
    return None


def match_mentions(gold: Record, found: list[Mention]) -> dict[int, str]:
    """Place in ``found`` -> id of the gold actor that it mentions (one to one, IoU >= .5)."""
    labelled = [(m, a.id) for a in gold.actors for m in a.mentions]
    pairs = sorted(
        (
            (-share(span, (m.start, m.end)), j, k)
            for j, m in enumerate(found)
            for k, (span, _) in enumerate(labelled)
            if span.start < m.end and m.start < span.end
        )
    )
    taken: set[int] = set()
    matched: dict[int, str] = {}
    for value, j, k in pairs:
        if -value >= 0.5 and j not in matched and k not in taken:
            matched[j] = labelled[k][1]
            taken.add(k)
    return matched


def labelled_triggers(example: Example) -> dict[int, tuple[Trigger, Claim]]:
    """Word -> the labelled trigger that it heads, and its claim."""
    found: dict[int, tuple[Trigger, Claim]] = {}
    for claim in example.gold.events:
        for passage in claim.triggers:
            word = head_word(example.document, passage)
            if word is not None:
                at = example.document.words[word]
                trigger = Trigger(word, Passage(at.start, at.end), claim.type, 1.0, {claim.type: 1.0})
                found[word] = (trigger, claim)
    return dict(sorted(found.items()))


@dataclass(slots=True)
class Analysed:
    """A labelled report with the coder's own mentions and actors, as the later steps see them."""

    example: Example
    mentions: list[Mention]
    clusters: list[Cluster]
    actor_of: dict[Mention, str]
    """Mention -> gold actor id, for those that match."""
    drafts: list[Draft]


def drafts_of(document: Document) -> list[Draft]:
    """The statements that the coder finds; sets the words' quotations."""
    return statements(document, quotations(document))


def mentions_of(document: Document, knowledge: Knowledge, drafts: list[Draft]) -> tuple[list[Mention], dict[int, int]]:
    """The coder's mentions, and which word speaks each quotation."""
    speakers = {d.speaker for d in drafts if d.speaker is not None}
    chosen = mention_step.choose(document, mention_step.candidates(document, knowledge), speakers)
    mark_speakers(chosen, drafts)
    return chosen, speakers_of_quotes(document, drafts)


def analyse(examples: list[Example], knowledge: Knowledge) -> Iterator[Analysed]:
    """Every example with the coder's mentions and actors."""
    for example in examples:
        drafts = drafts_of(example.document)
        chosen, speakers = mentions_of(example.document, knowledge, drafts)
        clusters = cluster(example.document, chosen, speakers)
        matched = match_mentions(example.gold, chosen)
        yield Analysed(example, chosen, clusters, {chosen[j]: actor for j, actor in matched.items()}, drafts)

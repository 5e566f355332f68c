"""Applies trained codebooks to a coded report: which of its events are of a user's types, and what no event tells."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from marsad.coding.codebook.reading import Reading
from marsad.coding.codebook.regression import Doubles, sigmoid
from marsad.coding.codebook.trained import TrainedCodebook, TrainedType, encoder_fingerprint
from marsad.coding.document import Document
from marsad.coding.encoder import Encoder
from marsad.errors import CodebookError
from marsad.records import Claim, Passage, Record

if TYPE_CHECKING:
    from marsad.coding.encoder.judgement import Judgement

__all__ = ["Codebooks"]

_SURE: Final = 0.6
"""Probability from which on a word that the coder took for no event becomes one, of the type's parent."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A sentence that is taken for a type, and none of the events that it tells is."""

    codebook: str
    kind: TrainedType
    confidence: float
    sentence: int
    best: Passage | None
    """Its word that tells of the type most surely, where it is sure enough and no event's trigger."""


class Codebooks:
    """Trained codebooks at work. Raises CodebookError for one that was trained on another encoder."""

    def __init__(self, codebooks: Sequence[TrainedCodebook]) -> None:
        self._codebooks = tuple(codebooks)
        names = [codebook.name for codebook in codebooks]
        for name in names:
            if names.count(name) > 1:
                raise CodebookError(f"two codebooks are called {name!r}: rename one and train it again")
        ours = encoder_fingerprint() if codebooks else ""
        for codebook in codebooks:
            if codebook.encoder != ours:
                raise CodebookError(
                    f"codebook {codebook.name!r} was trained on another encoder ({codebook.encoder}, this is {ours}): "
                    "train it again with 'marsad codebook train'"
                )

    @classmethod
    def load(cls, paths: Iterable[Path]) -> Codebooks:
        """The codebooks of some files. Raises CodebookError or OSError."""
        return cls([TrainedCodebook.load(path) for path in paths])

    def __bool__(self) -> bool:
        return bool(self._codebooks)

    @staticmethod
    def fingerprint(paths: Sequence[Path]) -> str:
        """Hex digits that change with the contents of the files."""
        digest = hashlib.sha256()
        for path in paths:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def apply(self, record: Record, document: Document, again: Callable[[], Record]) -> Record:
        """The record with ``codes`` in its events and, for what none of them tells, ``codebook_only``.

        A sentence that a type with a parent is sure of, and in which the coder saw
        no event of that parent, is proposed to the document as one; ``again`` then
        assembles the record anew, so that the event has its parties and the rest.
        """
        view = _View(self._codebooks, document, document.judgement)
        codes, open_ = view.judge(record)
        proposed = {
            (o.best.start, o.best.end, o.kind.parent) for o in open_ if o.best is not None and o.kind.parent is not None
        }
        if proposed:
            document.proposed = sorted(proposed)
            record = again()
            codes, open_ = view.judge(record)
        added = {(start, end) for start, end, _ in proposed}
        events = tuple(_coded(event, codes[at], added) for at, event in enumerate(record.events))
        extra: dict[str, Any] = {**record.extra, "codebooks": [codebook.name for codebook in self._codebooks]}
        if open_:
            extra["codebook_only"] = [view.listed(one, record) for one in open_]
        return replace(record, events=events, extra=extra)


def _coded(event: Claim, codes: list[dict[str, Any]], added: set[tuple[int, int]]) -> Claim:
    if not codes:
        return event
    extra: dict[str, Any] = {**event.extra, "codes": codes}
    if all(tuple(span) in added for span in event.triggers):
        extra["added_by_codebook"] = True
    return replace(event, extra=extra)


class _View:
    """What the codebooks see of one report."""

    def __init__(self, codebooks: Sequence[TrainedCodebook], document: Document, judgement: Judgement | None) -> None:
        self._codebooks = codebooks
        self._reading = reading = Reading(Encoder.load(), document.text, judgement)
        left_out = [span for span, _ in document.skipped]
        self._sentences = [
            number
            for number, sentence in enumerate(reading.sentences)
            if not any(start < sentence.end and sentence.start < end for start, end in left_out)
        ]
        self._words = [(number, word) for number in self._sentences for word in reading.candidates(number)]
        self._places: dict[int, list[int]] = {}
        for at, (number, _) in enumerate(self._words):
            self._places.setdefault(number, []).append(at)
        self._odds = self._of([word for _, word in self._words])

    def _of(self, spans: Sequence[Passage]) -> list[Doubles]:
        """The probabilities of some words, for each codebook."""
        reading = self._reading
        if not spans:
            return [np.zeros((0, len(codebook.types))) for codebook in self._codebooks]
        rows = reading.rows(spans)
        stems = [reading.stems(reading.sentence_at(span.start)) for span in spans]
        return [sigmoid(codebook.heads.log_odds(rows, stems)) for codebook in self._codebooks]

    def judge(self, record: Record) -> tuple[list[list[dict[str, Any]]], list[_Open]]:
        """The codes of each event, and the sentences that are taken for a type of which no event is."""
        codes: list[list[dict[str, Any]]] = [[] for _ in record.events]
        triggers = [(at, span) for at, event in enumerate(record.events) for span in event.triggers]
        odds = self._of([span for _, span in triggers])
        where = [self._reading.sentence_at(span.start) for _, span in triggers]
        open_: list[_Open] = []
        for codebook, own, theirs in zip(self._codebooks, self._odds, odds, strict=True):
            for number, (kind, least) in enumerate(
                zip(codebook.types, codebook.heads.thresholds.tolist(), strict=True)
            ):
                chances: dict[int, float] = {}
                told: dict[int, set[int]] = {}
                for (at, _), sentence, chance in zip(triggers, where, theirs[:, number].tolist(), strict=True):
                    if kind.parent is None or record.events[at].type == kind.parent:
                        chances[at] = max(chance, chances.get(at, 0.0))
                        told.setdefault(sentence, set()).add(at)
                given = {at: chance for at, chance in chances.items() if chance >= least}
                sure: dict[int, float] = {}
                for (sentence, _), chance in zip(self._words, own[:, number].tolist(), strict=True):
                    sure[sentence] = max(chance, sure.get(sentence, 0.0))
                for sentence, chance in sure.items():
                    here = told.get(sentence, set())
                    if chance < least or any(at in given for at in here):
                        continue
                    best = max(here, key=lambda at: (chances[at], -at), default=None)
                    if best is not None and (kind.parent is not None or chances[best] >= chance / 2):
                        given[best] = chance
                    else:
                        spans = [span for _, span in triggers]
                        word = self._proposal(own[:, number], sentence, spans)
                        open_.append(_Open(codebook.name, kind, chance, sentence, word))
                for at, chance in sorted(given.items()):
                    codes[at].append({"codebook": codebook.name, "type": kind.name, "confidence": round(chance, 3)})
        return codes, open_

    def _proposal(self, chances: Doubles, sentence: int, taken: Sequence[Passage]) -> Passage | None:
        """The word of a sentence that is surest of a type, if sure enough, beside those that are triggers."""
        best: tuple[float, Passage] | None = None
        for at in self._places[sentence]:
            word, chance = self._words[at][1], float(chances[at])
            free = not any(t.start < word.end and word.start < t.end for t in taken)
            if free and chance >= _SURE and (best is None or chance > best[0]):
                best = chance, word
        return best and best[1]

    def listed(self, one: _Open, record: Record) -> dict[str, Any]:
        """An entry of ``codebook_only``: the passage, and the events of other types that it tells of."""
        passage = self._reading.sentences[one.sentence]
        inside = [
            event.id for event in record.events if any(passage.start <= t.start < passage.end for t in event.triggers)
        ]
        return {
            "codebook": one.codebook,
            "type": one.kind.name,
            "parent": one.kind.parent,
            "confidence": round(one.confidence, 3),
            "span": list(passage),
            "events": inside,
        }

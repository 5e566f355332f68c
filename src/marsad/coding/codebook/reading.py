"""What a codebook's heads see of a text: numbers for each word that may tell of an event, and for its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from marsad.coding.codebook.passages import sentences, stems, words
from marsad.coding.encoder.encoder import Encoder
from marsad.coding.encoder.judgement import Floats, Judgement
from marsad.records import Passage

__all__ = ["BLOCKS", "Reading"]

BLOCKS: Final = 3
"""Vectors that a row is made of."""

_CANDIDATES: Final = 3
"""Words of a sentence that are looked at: those that most likely tell of any event."""


class Reading:
    """One text as the encoder reads it. ``judgement`` is the encoder's, where it is there already."""

    def __init__(self, encoder: Encoder, text: str, judgement: Judgement | None = None) -> None:
        self.text = text
        self.judgement = encoder.judge(text) if judgement is None else judgement
        _, self._vectors = encoder.vectors(text)
        self.sentences: list[Passage] = []
        self._around: list[Floats] = []
        self._starts: list[int] = []
        for sentence in sentences(text):
            first, last = self.judgement.pieces(*sentence)
            if first < last:
                self.sentences.append(sentence)
                pieces = self._vectors[first:last]
                # The mean tells what a sentence is about; the maximum, whether anything in it is of a kind.
                self._around.append(np.concatenate([pieces.mean(axis=0), pieces.max(axis=0)]))
                self._starts.append(sentence.start)

    def candidates(self, sentence: int) -> list[Passage]:
        """The words of a sentence that most likely tell of an event, the likeliest first."""
        found = words(self.text, self.sentences[sentence])
        if not found:
            return [self.sentences[sentence]]
        none = self.judgement.means("trigger", found)[:, 0]
        return [found[at] for at in np.argsort(none, kind="stable")[:_CANDIDATES]]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds, or precedes, a code point."""
        return max(0, int(np.searchsorted(self._starts, offset, side="right")) - 1)

    def rows(self, spans: Sequence[Passage]) -> Floats:
        """A row for each span: the mean vector of its word pieces, and the mean and maximum of its sentence's."""
        out = []
        for span in spans:
            first, last = self.judgement.pieces(*span)
            around = self._around[self.sentence_at(span.start)]
            own = self._vectors[first:last].mean(axis=0) if first < last else around[: self._vectors.shape[1]]
            out.append(np.concatenate([own, around]))
        return np.array(out, np.float32).reshape(len(spans), -1)

    def stems(self, sentence: int) -> frozenset[str]:
        """The stems of a sentence's words."""
        return stems(self.text, self.sentences[sentence])

    def is_empty(self) -> bool:
        """Is there nothing to look at?"""
        return not self.sentences

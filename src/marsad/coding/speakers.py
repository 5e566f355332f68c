"""Who speaks, where the parse does not say or says it unlikely: by the encoder's head for cue and mention."""

from __future__ import annotations

from typing import Final

import numpy as np

from marsad.coding.document import Document
from marsad.coding.drafts import Draft
from marsad.coding.issuers import is_paper, issuer_before
from marsad.coding.mentions import Mention
from marsad.coding.subjects import is_hearsay

__all__ = ["name_speakers"]

_LEAST: Final = 0.5
"""Share of the likeliest mention from which on it speaks a statement that has no speaker."""
_RATHER: Final = 5.0
"""How many times likelier another mention must be than the speaker that the parse gives."""


def name_speakers(document: Document, mentions: list[Mention], drafts: list[Draft]) -> None:
    """Set the speaker of statements with a cue; without an encoder nothing changes."""
    if document.judgement is None:
        return
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sent, []).append(mention)
    for draft in drafts:
        if draft.cue is None or draft.cue_word is None:
            continue
        if is_hearsay(document, draft.cue_word):
            draft.speaker = None
            continue
        sentence = document.words[draft.cue_word].sent
        near = [
            m for m in by_sentence.get(sentence, ()) if not any(start <= m.start < end for start, end in draft.content)
        ]
        if not near:
            continue
        which = [(0, i) for i in range(len(near))]
        spans = [(draft.cue.start, draft.cue.end)], [(m.start, m.end) for m in near]
        values = document.judgement.pairs("speaker", *spans, which)[:, 0]
        shares = np.exp(values - values.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        own = next((i for i, m in enumerate(near) if draft.speaker in (m.head, *range(m.first, m.last))), None)
        if draft.speaker is None:
            if shares[best] >= _LEAST and draft.continues is None:
                draft.speaker = _behind(document, near[best].head)
        elif own is not None and shares[best] > _RATHER * shares[own]:
            draft.speaker = _behind(document, near[best].head)


def _behind(document: Document, speaker: int) -> int | None:
    """The word for a speaker; behind a document, that for whoever issued it, if the report says who."""
    return issuer_before(document, speaker) if is_paper(document.words[speaker]) else speaker

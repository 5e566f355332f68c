"""According to whom: the author, or the innermost speaker whose words tell of an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.coding.eventlinks import EventDraft
from marsad.coding.statements import Draft

__all__ = ["AUTHOR_NUMBER", "innermost", "sources"]

AUTHOR_NUMBER: Final = -1
"""Stands for the report's author among actor numbers."""

_SPEECH_ACTS: Final = frozenset("REQUEST ACCUSE REJECT THREATEN AGREE SUPPORT CONCEDE".split())


def innermost(word: int, start: int, end: int, drafts: Sequence[Draft]) -> Draft | None:
    """The smallest statement whose content holds ``[start, end)`` and whose cue is not the word itself."""
    best: Draft | None = None
    size = 0
    for draft in drafts:
        if draft.cue_word == word:
            continue
        for piece in draft.content:
            if piece.start <= start and end <= piece.end:
                here = draft.content[-1].end - draft.content[0].start
                if best is None or here < size:
                    best, size = draft, here
                break
    return best


def sources(event: EventDraft, drafts: Sequence[Draft], speakers: dict[int, int | None], doers: list[int]) -> list[int]:
    """Actor numbers of those who say that an event is so; :data:`AUTHOR_NUMBER` for the author.

    ``speakers`` maps the place of each draft in ``drafts`` to its actor. What the author
    asserts anywhere is according to the author alone. A speech act is according to the
    author, who reports it, also inside quoted words of the one who does it.
    """
    found: list[int] = []
    place = {id(draft): number for number, draft in enumerate(drafts)}
    for trigger in event.triggers:
        draft = innermost(trigger.word, trigger.span.start, trigger.span.end, drafts)
        if draft is None:
            return [AUTHOR_NUMBER]
        speaker = speakers.get(place[id(draft)])
        if speaker is None:
            continue
        if event.type in _SPEECH_ACTS and speaker in doers and event.status == "happened":
            return [AUTHOR_NUMBER]
        if speaker not in found:
            found.append(speaker)
    return found or [AUTHOR_NUMBER]

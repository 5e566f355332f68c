"""According to whom: the author, or the innermost speaker whose words tell of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from marsad.coding.drafts import Draft
from marsad.coding.eventlinks import EventDraft
from marsad.coding.overlaps import Overlaps
from marsad.coding.triggers import Trigger

__all__ = ["AUTHOR_NUMBER", "Told", "sources"]

AUTHOR_NUMBER: Final = -1
"""Stands for the report's author among actor numbers."""

_SPEECH_ACTS: Final = frozenset("REQUEST ACCUSE REJECT THREATEN AGREE SUPPORT CONCEDE".split())


class Told:
    """The statements of a document by what they tell, each with the number of its speaker's actor."""

    def __init__(self, drafts: Sequence[Draft], speakers: Mapping[int, int | None]) -> None:
        """``speakers`` maps the place of each draft in ``drafts`` to its actor."""
        self._pieces: Overlaps[tuple[Draft, int | None]] = Overlaps()
        for number, draft in enumerate(drafts):
            for piece in draft.content:
                self._pieces.add(*piece, (draft, speakers.get(number)))

    def innermost(self, trigger: Trigger) -> tuple[Draft, int | None] | None:
        """The smallest statement that holds a trigger other than its own cue, and its speaker."""
        best: tuple[Draft, int | None] | None = None
        size = 0
        for draft, speaker in self._pieces.around(*trigger.span):
            here = draft.content[-1].end - draft.content[0].start
            if draft.cue_word != trigger.word and (best is None or here < size):
                best, size = (draft, speaker), here
        return best


def sources(event: EventDraft, told: Told, doers: list[int]) -> list[int]:
    """Actor numbers of those who say that an event is so; :data:`AUTHOR_NUMBER` for the author.

    What the author asserts anywhere is according to the author alone. A speech act is
    according to the author, who reports it, also inside quoted words of the one who does it.
    """
    found: list[int] = []
    for trigger in event.triggers:
        teller = told.innermost(trigger)
        if teller is None:
            return [AUTHOR_NUMBER]
        draft, speaker = teller
        if draft.denies and event.status == "happened":
            # "denied any role in the attack": that there was one is not the denier's word.
            return [AUTHOR_NUMBER]
        if speaker is None:
            continue
        if event.type in _SPEECH_ACTS and speaker in doers and event.status == "happened":
            return [AUTHOR_NUMBER]
        if speaker not in found:
            found.append(speaker)
    return found or [AUTHOR_NUMBER]

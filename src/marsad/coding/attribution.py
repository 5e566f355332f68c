"""According to whom: the author, or the innermost speaker whose words tell of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from marsad.coding.document import Document
from marsad.coding.drafts import Draft
from marsad.coding.eventlinks import EventDraft
from marsad.coding.frames import frame_of
from marsad.coding.mentions import Mention
from marsad.coding.overlaps import Overlaps
from marsad.coding.triggers import Trigger
from marsad.coding.wordlists import words_of

__all__ = ["AUTHOR_NUMBER", "Told", "sources"]

AUTHOR_NUMBER: Final = -1
"""Stands for the report's author among actor numbers."""

_AUTHORS: Final = frozenset({"i", "we", "my", "our"})
"""Who asks in a document's own voice is its author."""
_ABOVE: Final = 5
"""Words above a trigger in the parse among which one that asks for it is looked for."""
_SPEECH_ACTS: Final = frozenset("REQUEST ACCUSE REJECT THREATEN AGREE SUPPORT CONCEDE".split())


class Told:
    """The statements of a document by what they tell, each with the number of its speaker's actor."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        speakers: Mapping[int, int | None],
        document: Document | None = None,
        mentions: Sequence[Mention] = (),
    ) -> None:
        """``speakers`` maps the place of each draft in ``drafts`` to its actor.

        With the parse and the mentions, those who ask for an event are told too.
        """
        self._document = document
        self._heads = {mention.head: mention.actor for mention in mentions if mention.lower not in _AUTHORS}
        self._pieces: Overlaps[tuple[Draft, int | None]] = Overlaps()
        for number, draft in enumerate(drafts):
            for piece in draft.content:
                self._pieces.add(*piece, (draft, speakers.get(number)))

    def askers(self, trigger: Trigger) -> list[int]:
        """Actor numbers of those who, by the sentence, ask for what a trigger names ("X asked Y to leave")."""
        if self._document is None:
            return []
        words = self._document.words
        word = words[trigger.word]
        for _ in range(_ABOVE):
            if word.head == word.i:
                break
            word = words[word.head]
            if word.pos not in ("VERB", "NOUN") or word.lemma.lower() not in words_of("asking"):
                continue
            found = [self._heads[i] for i in sorted(frame_of(self._document, word.i).subjects) if i in self._heads]
            if found:
                return list(dict.fromkeys(found))
        return []

    def performs(self, trigger: Trigger) -> bool:
        """Is this an act done by saying so ("we condemn", "I support")? Then it is reported, not told."""
        if self._document is None:
            return False
        words = self._document.words
        subjects = frame_of(self._document, trigger.word).subjects
        return words[trigger.word].tag == "VBP" and any(words[i].lower in ("i", "we") for i in subjects)

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
    if event.status == "requested" and all(told.innermost(t) is None for t in event.triggers):
        for trigger in event.triggers:
            found += [asker for asker in told.askers(trigger) if asker not in found]
        if found:
            return found
    for trigger in event.triggers:
        teller = told.innermost(trigger)
        if teller is None and event.status == "requested":
            # Whoever asks for it is its source, wherever else it is spoken of.
            continue
        if teller is None:
            return [AUTHOR_NUMBER]
        draft, speaker = teller
        if draft.denies and event.status == "happened":
            # "denied any role in the attack": that there was one is not the denier's word.
            return [AUTHOR_NUMBER]
        if speaker is None:
            continue
        if event.type in _SPEECH_ACTS and event.status == "happened" and (speaker in doers or told.performs(trigger)):
            return [AUTHOR_NUMBER]
        if speaker not in found:
            found.append(speaker)
    return found or [AUTHOR_NUMBER]

"""A statement on its way: what is said, by which words, and the word for whoever says it."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.coding.document import Document
from marsad.records import Passage

__all__ = ["Draft", "is_alone"]


@dataclass(slots=True)
class Draft:
    """A statement before its speaker is tied to an actor. ``speaker`` is the index of a word."""

    content: list[Passage]
    manner: str
    cue: Passage | None = None
    cue_word: int | None = None
    speaker: int | None = None
    paragraph: int = 0
    continues: Draft | None = None
    """The statement before it with the same speaker, where this one has no cue of its own."""
    recorded: bool = False
    """A recording of a voice that nothing names: of whoever was last reported."""
    denies: bool = False
    """The speaker says that the content is not so."""
    words: tuple[int, int] = field(default=(0, 0))


def is_alone(document: Document, content: Passage, number: int) -> bool:
    """Is a quotation all that its paragraph holds?"""
    paragraph = document.paragraphs[number]
    return paragraph.end - paragraph.start - (content.end - content.start) <= 4

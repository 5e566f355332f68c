"""What a reader makes of bytes, before it has an id of its own and a language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from marsad.reading.options import ReadOptions
from marsad.records import Source

__all__ = ["Draft", "Refusal", "finish", "scrub"]

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A report in the making.

    ``part`` tells it from others of the same input (a line number) and is empty
    when it is the only one. ``notes`` say what of the input could not be read.
    """

    text: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    source: Source = field(default_factory=Source)
    id: str | None = None
    part: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of an input that cannot be turned into a report, and why."""

    reason: str
    part: str = ""


def scrub(words: str) -> str:
    """``words`` with U+FFFD for each surrogate, which no UTF-8 file can hold."""
    return _SURROGATES.sub("�", words)


def finish(draft: Draft, options: ReadOptions) -> Draft | Refusal:
    """``draft`` within the limits and without surrogates, or why it is no report."""
    text, notes = draft.text, list(draft.notes)
    if len(text) > options.max_characters:
        notes.append(f"text cut after {options.max_characters:,} of {len(text):,} characters")
        text = text[: options.max_characters]
    text, lone = _SURROGATES.subn("�", text)
    if lone:
        notes.append(f"{lone:,} unpaired surrogates replaced by U+FFFD")
    if not text or text.isspace():
        return Refusal("; ".join(("no text", *notes)), draft.part)
    source = draft.source
    return replace(
        draft,
        text=text,
        title=_line(draft.title),
        author=_line(draft.author),
        id=_line(draft.id),
        source=Source(_line(source.name), _line(source.url, 2000), _line(source.licence), source.extra),
        notes=tuple(scrub(note) for note in notes),
    )


def _line(words: str | None, most: int = 500) -> str | None:
    """One line of at most ``most`` characters; None where nothing is left."""
    if words is None:
        return None
    return _BLANK.sub(" ", scrub(words[: 4 * most])).strip()[:most] or None

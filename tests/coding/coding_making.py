"""One coder for all tests of coding, and short views of what it finds. The texts are fictional or plain public fact."""

from __future__ import annotations

from functools import cache

from marsad.coding import Coder
from marsad.coding.document import Document
from marsad.coding.parsing import parse
from marsad.coding.quotations import quotations
from marsad.coding.times import times
from marsad.records import Claim, Passage, Record, Report, Statement

__all__ = ["actor_of", "claims", "coder", "names", "one", "parsed", "quoted", "record", "said", "valued", "words"]


@cache
def coder() -> Coder:
    """The coder with the built-in packs, loaded once."""
    made = Coder()
    made.warm_up()
    return made


@cache
def record(text: str, published: str | None = None) -> Record:
    """The record of a text."""
    return coder().code(Report("r", text, published=published))


@cache
def parsed(text: str) -> Document:
    """The parse of a text."""
    return parse(text)


def words(text: str, passage: Passage | None) -> str | None:
    """The words of a passage."""
    return None if passage is None else text[passage.start : passage.end]


def quoted(text: str) -> list[str]:
    """The words of each outermost quotation."""
    return [text[q.content.start : q.content.end] for q in quotations(parse(text)) if q.depth == 0]


def valued(text: str, published: str | None = None) -> dict[str, str | None]:
    """The expressions of time and their values."""
    return {text[t.span.start : t.span.end]: t.value for t in times(text, published)}


def names(found: Record, ids: tuple[str, ...] | list[str]) -> list[str]:
    """Every mention's words of each of these actors, joined by "|"; "author" for the author."""
    known = {a.id: "|".join(dict.fromkeys(found.text[m.start : m.end] for m in a.mentions)) for a in found.actors} | {
        "author": "author"
    }
    return [known[i] for i in ids]


def said(found: Record) -> list[tuple[Statement, str, str]]:
    """Each statement with its content's words and its speaker's mentions ("" where there is none)."""
    out = []
    for s in found.statements:
        content = " / ".join(found.text[p.start : p.end] for p in s.content)
        out.append((s, content, names(found, [s.speaker])[0] if s.speaker else ""))
    return out


def one(text: str, published: str | None = None) -> tuple[Statement, str, str]:
    """The only statement of a text, with content and speaker."""
    found = said(record(text, published))
    assert len(found) == 1, found
    return found[0]


def claims(found: Record, trigger: str) -> list[Claim]:
    """The claims of which one trigger has these words."""
    return [e for e in found.events if any(found.text[p.start : p.end] == trigger for p in (e.span, *e.also))]


def actor_of(found: Record, mention: str) -> str | None:
    """The id of the actor that has a mention of these words."""
    ids = {a.id for a in found.actors for m in a.mentions if found.text[m.start : m.end] == mention}
    assert len(ids) <= 1, ids
    return next(iter(ids), None)

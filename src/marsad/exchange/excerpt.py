"""A claim's words in their context, with every passage that the claim stands on marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from marsad.exchange.markup import Html, el, text
from marsad.records import AUTHOR, Claim, Passage, Record

__all__ = ["ROLES", "excerpt"]

ROLES: Final[dict[str, str]] = {
    "trigger": "what tells of it", "actor": "who did it", "recipient": "to whom", "time": "when", "place": "where",
    "source": "who says so",
}  # fmt: skip
"""What is marked, the first before the others where passages overlap, with its meaning."""

_REACH: Final = 320
"""Code points that are shown on either side of the trigger, at most."""
_SPACE: Final = re.compile(r"\s+")


def excerpt(record: Record, claim: Claim) -> Html:
    """The paragraph around the claim's trigger, cut at words where it is long, with its passages in ``mark``."""
    words = record.text
    start, end = _window(words, claim.span)
    roles: list[str | None] = [None] * (end - start)
    for role in reversed(ROLES):
        for passage in _passages(record, claim, role):
            for at in range(max(passage.start, start), min(passage.end, end)):
                roles[at - start] = role
    parts: list[Html] = [text("… ")] if words[:start].strip() else []
    at = 0
    while at < len(roles):
        until = at
        while until < len(roles) and roles[until] == roles[at]:
            until += 1
        shown, lit = _SPACE.sub(" ", words[start + at : start + until]), roles[at]
        parts.append(text(shown) if lit is None else el("mark", shown, class_=lit, title=ROLES[lit]))
        at = until
    if words[end:].strip():
        parts.append(text(" …"))
    return Html("".join(parts))


def _passages(record: Record, claim: Claim, role: str) -> Iterator[Passage]:
    if role == "trigger":
        yield claim.span
        yield from claim.also
    elif role == "time" and claim.time is not None and claim.time.span is not None:
        yield claim.time.span
    elif role == "place" and claim.place is not None and claim.place.span is not None:
        yield claim.place.span
    ids = {"actor": claim.actors, "recipient": claim.recipients, "source": claim.according_to}.get(role, ())
    for actor in record.actors:
        if actor.id in ids and actor.id != AUTHOR:
            yield from actor.mentions


def _window(words: str, span: Passage) -> tuple[int, int]:
    start = words.rfind("\n", 0, span.start) + 1
    end = words.find("\n", span.end)
    end = len(words) if end < 0 else end
    if span.start - start > _REACH:
        cut = words.find(" ", span.start - _REACH, span.start)
        start = cut + 1 if cut >= 0 else span.start - _REACH
    if end - span.end > _REACH:
        cut = words.rfind(" ", span.end, span.end + _REACH)
        end = cut if cut >= 0 else span.end + _REACH
    while start < span.start and words[start].isspace():
        start += 1
    while end > span.end and words[end - 1].isspace():
        end -= 1
    return start, end

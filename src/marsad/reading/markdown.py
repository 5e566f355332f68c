"""Markdown: the text as it is, with title and date from its head."""

from __future__ import annotations

import re
from typing import Final

from marsad.reading.dates import iso_date
from marsad.reading.draft import Draft
from marsad.reading.options import ReadOptions
from marsad.reading.text import plain

__all__ = ["read_markdown"]

_HEAD: Final = 20_000
"""Characters looked through for front matter and the first heading."""
_WIDTH: Final = 500
_PAIR: Final = re.compile(r"(title|date|published|author)\s*:\s*(\S.*)", re.I)
_ATX: Final = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\Z")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*\Z")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")


def read_markdown(data: bytes, options: ReadOptions) -> list[Draft]:
    """One draft; its text holds the marks and the front matter too, so that offsets fit the file."""
    text, note = plain(data)
    lines = [line[:_WIDTH] for line in text[:_HEAD].splitlines()]
    matter, body = _front_matter(lines)
    return [
        Draft(
            text,
            title=matter.get("title") or _first_heading(body),
            published=iso_date(matter.get("date") or matter.get("published")),
            author=matter.get("author"),
            notes=(note,) if note else (),
        )
    ]


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Plain ``key: value`` lines between two lines of ``---`` at the top, and what follows."""
    if not lines or lines[0].rstrip() != "---":
        return {}, lines
    found: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return found, lines[number + 1 :]
        if match := _PAIR.match(line):
            value = match[2].strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            found[match[1].lower()] = value
    return {}, lines


def _first_heading(lines: list[str]) -> str | None:
    fenced = False
    before = ""
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            if (match := _ATX.match(line)) and match[1]:
                return match[1]
            if before and _UNDERLINE.match(line):
                return before
        before = "" if fenced else line.strip()
    return None

"""How to read: the date to give, the names of JSON fields, and the limits."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.errors import ReadingError
from marsad.reading.dates import is_iso

__all__ = ["ReadOptions"]

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of :func:`marsad.reading.read`. Raises ReadingError when one makes no sense.

    ``published`` (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) is given to every
    report, over any date that the input itself has; ``source``, who published
    it, to every report that does not say so itself. The ``*_field`` options
    name the keys of JSON objects. ``max_bytes`` holds for one file as unpacked,
    and for one line of a ``.jsonl`` file; ``max_characters`` for one text,
    which is cut there; ``max_seconds`` for one input; ``max_pages`` for one PDF,
    of which the first ones are read; ``max_memory`` in bytes of address space
    for the process that parses HTML, PDF, Word, mail and large JSON.
    """

    published: str | None = None
    source: str | None = None
    id_field: str = "id"
    text_field: str = "text"
    title_field: str = "title"
    published_field: str = "published"
    url_field: str = "url"
    max_bytes: int = 64 * MEBIBYTE
    max_characters: int = 5_000_000
    max_seconds: float = 30.0
    max_pages: int = 2_000
    max_memory: int = 1536 * MEBIBYTE

    def __post_init__(self) -> None:
        if self.published is not None and not is_iso(self.published):
            raise ReadingError(f"published is {self.published!r}: give a date as YYYY, YYYY-MM or YYYY-MM-DD")
        for name in ("max_bytes", "max_characters", "max_seconds", "max_pages", "max_memory"):
            if not getattr(self, name) > 0:
                raise ReadingError(f"{name} is {getattr(self, name)!r}: give a number above 0")
        for name in ("id_field", "text_field", "title_field", "published_field", "url_field"):
            if not getattr(self, name):
                raise ReadingError(f"{name} is empty: give the name of a JSON key")

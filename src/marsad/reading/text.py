"""Plain text: kept character for character."""

from __future__ import annotations

from typing import Final

from marsad.errors import ReadingError
from marsad.reading.draft import Draft
from marsad.reading.encoding import decode
from marsad.reading.options import ReadOptions

__all__ = ["plain", "read_text"]

_OTHERS: Final = (
    (b"%PDF-", "PDF", ".pdf"),
    (b"PK\x03\x04", "a zip or Word file", ".docx"),
    (b"\x1f\x8b", "gzip", ".gz"),
)
_MOST_REPLACED: Final = 0.1


def read_text(data: bytes, options: ReadOptions) -> list[Draft]:
    """The decoded bytes as they are; only a leading byte order mark goes. Raises ReadingError."""
    for magic, name, suffix in _OTHERS:
        if data.startswith(magic):
            raise ReadingError(f"not plain text but {name}: name the file *{suffix} if that is what it is")
    text, note = plain(data)
    return [Draft(text, notes=(note,) if note else ())]


def plain(data: bytes) -> tuple[str, str | None]:
    """The text of ``data`` and a note on bytes replaced. Raises ReadingError when too many would be."""
    text, note = decode(data)
    if note and text.count("\ufffd") > _MOST_REPLACED * len(text):
        raise ReadingError("not text in any encoding known: more than a tenth of it cannot be decoded")
    return text, note

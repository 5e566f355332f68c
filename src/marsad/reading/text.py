"""Plain text: kept character for character."""

from __future__ import annotations

from marsad.errors import ReadingError
from marsad.reading.draft import Draft
from marsad.reading.encoding import decode
from marsad.reading.options import ReadOptions

__all__ = ["read_text"]

_OTHERS = ((b"%PDF-", "PDF", ".pdf"), (b"PK\x03\x04", "a zip or Word file", ".docx"), (b"\x1f\x8b", "gzip", ".gz"))


def read_text(data: bytes, options: ReadOptions) -> list[Draft]:
    """The decoded bytes as they are; only a leading byte order mark goes. Raises ReadingError."""
    for magic, name, suffix in _OTHERS:
        if data.startswith(magic):
            raise ReadingError(f"not plain text but {name}: name the file *{suffix} if that is what it is")
    text, note = decode(data)
    return [Draft(text, notes=(note,) if note else ())]

"""What kind of input this is, by its first bytes, where no file name tells."""

from __future__ import annotations

import re
from typing import Final

from marsad.errors import ReadingError
from marsad.reading.encoding import looks_like_text
from marsad.reading.jsonlines import parse

__all__ = ["LOOK", "holds_lines", "sniff"]

LOOK: Final = 1 << 20
"""Bytes to look at."""
_HTML: Final = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*|<\?xml.{0,200}?\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def sniff(head: bytes) -> str | None:
    """The kind of reader for an input that begins with ``head``; None when it is no text and no kind known."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(start[:8192]):
        return "html"
    if start.startswith(b"{"):
        return "jsonl" if _is_json(start.split(b"\n", 1)[0]) else "json"
    if start.startswith(b"[") and (len(head) >= LOOK or _is_json(start)):
        return "json"
    return "text" if looks_like_text(head) else None


def holds_lines(head: bytes) -> bool:
    """Whether a ``.json`` file that begins with ``head`` holds an object a line, as many such files do."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, _, rest = start.partition(b"\n")
    return start.startswith(b"{") and bool(rest.strip()) and _is_json(first)


def _is_json(data: bytes) -> bool:
    try:
        parse(data.decode("utf-8", "replace"))
    except ReadingError:
        return False
    return True

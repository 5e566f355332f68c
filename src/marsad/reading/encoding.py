"""Bytes of unknown encoding become text, without losing or moving a character."""

from __future__ import annotations

import codecs
import re
from typing import Final

from marsad.reading.charset import guess

__all__ = ["declared", "decode", "looks_like_text"]

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META: Final = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I
)
_AROUND: Final = 32 * 1024
"""Bytes looked at on either side of the first that is not UTF-8."""
_SINGLE: Final = {f"cp{n}" for n in (437, 720, 737, 850, 852, 855, 857, 862, 864, 866, 874, *range(1250, 1259))}
_ALLOWED: Final = frozenset(
    _SINGLE
    | {f"iso8859-{n}" for n in (*range(1, 12), *range(13, 17))}
    | {"ascii", "utf-8", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "mac-arabic", "gbk", "gb2312", "gb18030"}
    | {"big5", "big5hkscs", "cp949", "cp950", "cp932", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp", "tis-620"}
)
"""Codecs that a label in the data may ask for: character sets alone.

Python knows others that compress, escape or take quadratic time, and UTF-7,
which hides markup.
"""
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13})


def decode(data: bytes, *, label: str | None = None, html: bool = False) -> tuple[str, str | None]:
    """The text of ``data``, and a note where bytes had to be replaced.

    In turn: byte order mark (dropped), UTF-16 that shows by its zero or
    otherwise constant high bytes, strict UTF-8, the charset that ``label`` or
    the head of an HTML page names, and statistics. Line ends, zeros and control
    characters are left as they are.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _forgiving(data[len(bom) :], name)
    if wide := _wide(data):
        try:
            return data.decode(wide), None
        except UnicodeDecodeError:
            pass
    if label is None and html:
        label = declared(data)
    known = None if label is None else _codec(label)
    if known == "iso2022_jp" and b"\x1b" in data:  # seven bits: would pass for UTF-8
        return _forgiving(data, known)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if _damaged_utf8(data, error):
            return _forgiving(data, "utf-8")
    return _forgiving(data, known or guess(data) or "utf-8")


def declared(data: bytes) -> str | None:
    """The charset that the head of an HTML or XML page names, or None."""
    match = _META.search(data[:4096])
    return match[1].decode("ascii") if match else None


def looks_like_text(data: bytes) -> bool:
    """Whether ``data`` is more likely text than a picture, a program or an archive."""
    sample = data[:8192]
    if sample.startswith(tuple(bom for bom, _ in _BOMS)) or _wide(sample):
        return True
    return len(sample.translate(None, _CONTROL)) >= 0.98 * len(sample)


def _codec(label: str) -> str | None:
    """Python's name of the character set ``label``; None unless it is allowed."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"  # what browsers do, and what such pages mean
    return name if name in _ALLOWED else None


def _wide(data: bytes) -> str | None:
    """``utf-16-le`` or ``-be`` when every other byte is a control character.

    The high bytes of Latin, Greek, Cyrillic, Hebrew and Arabic letters in
    UTF-16 are 0 to 6, which no text in one-byte units has at every other place.
    """
    if len(data) < 4 or len(data) % 2:
        return None
    sample = data[:8192]
    rare = [len(half) - len(half.translate(None, _CONTROL)) for half in (sample[::2], sample[1::2])]
    half_length = len(sample) // 2
    if rare[1] >= 0.7 * half_length and rare[0] <= 0.2 * half_length:
        return "utf-16-le"
    if rare[0] >= 0.7 * half_length and rare[1] <= 0.2 * half_length:
        return "utf-16-be"
    return None


def _damaged_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether this is UTF-8 with a few bytes spoilt: most of its long characters are whole."""
    window = data[max(0, error.start - _AROUND) : error.start + _AROUND]
    text = window.decode("utf-8", "replace")
    bad = text.count("�")
    whole = sum(1 for c in text if c > "\x7f") - bad
    return whole >= 4 * bad


def _forgiving(data: bytes, name: str) -> tuple[str, str | None]:
    try:
        return data.decode(name), None
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        return text, f"some bytes are not {name} and were replaced by U+FFFD"

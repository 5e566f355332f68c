"""A guess at the character set of bytes that are not UTF-8 and say nothing themselves."""

from __future__ import annotations

from typing import Final

from charset_normalizer import from_bytes

from marsad.reading.language import language_shares

__all__ = ["guess"]

_SAMPLE: Final = 32 * 1024
"""Bytes shown to charset-normalizer, whose cost grows with its input."""
_SERVED: Final = {
    "cp1252": {"en", "fr", "es", "pt", "de", "it", "nl", "sv", "da", "no", "fi", "ca"},
    "cp1250": {"pl", "cs", "sk", "hu", "ro", "hr", "bs", "sl", "sq"},
    "cp1251": {"ru", "uk", "bg", "sr", "mk", "be"},
    "koi8-r": {"ru"},
    "cp1253": {"el"},
    "cp1254": {"tr", "az"},
    "cp1255": {"he"},
    "cp1256": {"ar", "fa", "ur"},
    "cp1257": {"lt", "lv", "et"},
}
"""One-byte character sets, and the languages written in each."""
_EASTERN: Final = {
    **{name: {"ja"} for name in ("cp932", "shift_jis", "euc_jp", "iso2022_jp")},
    **{name: {"zh"} for name in ("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950")},
    **{name: {"ko"} for name in ("euc_kr", "cp949", "johab")},
}
_CLEARLY: Final = 0.05
"""By how much another set must make a likelier language before charset-normalizer is overruled."""


def guess(data: bytes) -> str | None:
    """A Python codec name, or None where nothing fits.

    charset-normalizer looks at shapes of characters and takes Hebrew for
    Cyrillic or Portuguese for Polish; so its choice among one-byte sets stands
    only if no other makes the text much more like a language written in it.
    """
    first = next((i for i, byte in enumerate(data[: 1 << 20]) if byte > 0x7F), 0)
    sample = data[max(0, first - _SAMPLE // 2) :][:_SAMPLE]
    best = from_bytes(sample).best()
    if best is None or best.encoding.startswith("utf_"):
        return None
    alike = [best.encoding, *best.could_be_from_charset]
    found = next((name for name in alike if name in _SERVED), best.encoding)
    scores = {name: _likeness(sample, name, languages) for name, languages in _SERVED.items()}
    likeliest = max(scores, key=lambda name: scores[name])
    score = scores[found] if found in scores else _likeness(sample, found, _EASTERN.get(found, set()))
    return likeliest if scores[likeliest] > score + _CLEARLY else found


def _likeness(sample: bytes, name: str, languages: set[str]) -> float:
    """How surely ``sample`` in this character set is of one of ``languages``."""
    try:
        shares = language_shares(sample.decode(name)[:4_000])
    except UnicodeDecodeError:
        return 0.0
    return sum(shares.get(code, 0.0) for code in languages)

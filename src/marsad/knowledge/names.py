"""Folding of names, so that spellings of one name meet.

Standard library only: the build script uses it where nothing else is installed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["bare_key", "fold"]

# Letters that NFKD leaves whole; ayn and hamza in their many typings are left out.
_LETTERS: Final = str.maketrans(
    {
        "ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "œ": "oe", "ð": "d",
        "þ": "th", "ə": "a",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ی": "ي", "ک": "ك",
    }
)  # fmt: skip
_SILENT: Final = frozenset("'’‘ʿʾ`´ʼʻ\"“”.ʹ′ۚ")
_SPACES: Final = re.compile(r"[\W_]+")

# The Arabic article, alone and assimilated, and its Persian and Turkish cousins.
_ARTICLES: Final = frozenset(
    ["al", "el", "il", "ul", "ar", "er", "as", "es", "ash", "esh", "at", "et", "ad", "ed", "an", "az", "ez", "the"]
)


def fold(name: str) -> str:
    """``name`` in lower case, without accents, quotes and points; words apart by one space.

    >>> fold("Kata'ib  Ḥizballāh")
    'kataib hizballah'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in _SILENT)
    return _SPACES.sub(" ", kept.translate(_LETTERS)).strip()


def bare_key(name: str) -> str:
    """What names are looked up by: folded, without articles and spaces.

    ``Deir ez-Zor``, ``Deir Ezzor`` and ``Deir al-Zor`` come close to each other; ``al-Hol``
    and ``Hol`` meet. A name of articles only keeps them.

    >>> bare_key("Tal-Afar"), bare_key("Al-Ḥawl")
    ('talafar', 'hawl')
    """
    words = fold(name).split()
    left = [w[2:] if len(w) > 4 and w.startswith("ال") else w for w in words if w not in _ARTICLES]
    return "".join(left or words)

"""How alike two wordings are: what of it is seen, and the log-odds that they tell of one happening.

From words alone: the same rules judge gold mentions of ECB+ and the claims of a casebook.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

from marsad.incidents.tables import Table
from marsad.incidents.wording import Wording
from marsad.incidents.words import alike

__all__ = ["wording_features", "wording_odds"]

_NEAR: Final = (1e-6, 0.1, 0.2, 0.35, 0.5, 0.7)
_AROUND: Final = (1e-6, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7)
_ABOUT: Final = (0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)
_RARE: Final = (1.5, 2.5, 3.5, 4.5, 5.5)
_CROSSES: Final = (
    ("word", "about"), ("word", "around"), ("word", "near"), ("word", "report"), ("word", "names"), ("word", "numbers"),
    ("word", "rare"), ("word", "inside"), ("report", "about"), ("near", "about"), ("rare", "near"),
    ("word", "rare", "about"), ("word", "rare", "around"), ("word", "about", "around"), ("report", "around"),
    ("report", "word", "rare"),
)  # fmt: skip


Seen = tuple[str, int, int, int, int, bool, int, int, int, int, int]
"""What is seen of two wordings, in steps."""


def wording_features(one: Wording, other: Wording, same_report: bool, about: float | None = None) -> list[str]:
    """What is seen of two wordings, as names of weighted rules of the table ``wording``.

    ``about`` is how alike their reports are, where that is known already.
    """
    return _named(_seen(one, other, same_report, about))


def wording_odds(one: Wording, other: Wording, same_report: bool, about: float | None = None) -> float:
    """The log-odds that two wordings tell of one happening. Raises ModelError."""
    return _odds(_seen(one, other, same_report, about))


def _seen(one: Wording, other: Wording, same_report: bool, about: float | None) -> Seen:
    word = (
        "same" if not one.lemmas.isdisjoint(other.lemmas)
        else "stem" if not one.stems.isdisjoint(other.stems)
        else "kin" if not one.classes.isdisjoint(other.classes)
        else "other"
    )  # fmt: skip
    about = alike(one.about, other.about) if about is None else about
    return (
        word,
        bisect_right(_RARE, min(one.rarity, other.rarity)),
        bisect_right(_NEAR, alike(one.near, other.near)),
        bisect_right(_AROUND, alike(one.around, other.around)),
        bisect_right(_ABOUT, about),
        same_report,
        min(len(one.names & other.names), 3),
        min(len(one.names), len(other.names), 2),
        min(len(one.numbers & other.numbers), 2),
        min(len(one.numbers), len(other.numbers), 1),
        (not one.lemmas.isdisjoint(other.around)) + (not other.lemmas.isdisjoint(one.around)),
    )


def _named(seen: Seen) -> list[str]:
    word, rare, near, around, about, same_report, names, of_names, numbers, of_numbers, inside = seen
    named = {
        "word": word, "rare": str(rare), "near": str(near), "around": str(around), "about": str(about),
        "report": "same" if same_report else "other", "names": f"{names}of{of_names}",
        "numbers": f"{numbers}of{of_numbers}", "inside": str(inside),
    }  # fmt: skip
    out = [f"{name}={value}" for name, value in named.items()]
    out += ["|".join(f"{name}={named[name]}" for name in cross) for cross in _CROSSES]
    return out


@lru_cache(1 << 16)
def _odds(seen: Seen) -> float:
    return Table.named("wording").odds(_named(seen))

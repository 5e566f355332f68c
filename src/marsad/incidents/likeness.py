"""How alike two wordings are: what of it is seen, and the log-odds that they tell of one happening.

From words alone: the same rules judge gold mentions of ECB+ and the claims of a casebook.
"""

from __future__ import annotations

from bisect import bisect_right
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


def wording_features(one: Wording, other: Wording, same_report: bool, about: float | None = None) -> list[str]:
    """What is seen of two wordings, as names of weighted rules of the table ``wording``.

    ``about`` is how alike their reports are, where that is known already.
    """
    same = one.lemmas & other.lemmas
    names, numbers = len(one.names & other.names), len(one.numbers & other.numbers)
    inside = sum(not a.lemmas.isdisjoint(b.around) for a, b in ((one, other), (other, one)))
    about = alike(one.about, other.about) if about is None else about
    seen = {
        "word": "same"
        if same
        else "stem"
        if one.stems & other.stems
        else "kin"
        if one.classes & other.classes
        else "other",
        "rare": str(bisect_right(_RARE, min(one.rarity, other.rarity))),
        "near": str(bisect_right(_NEAR, alike(one.near, other.near))),
        "around": str(bisect_right(_AROUND, alike(one.around, other.around))),
        "about": str(bisect_right(_ABOUT, about)),
        "report": "same" if same_report else "other",
        "names": f"{min(names, 3)}of{min(len(one.names), len(other.names), 2)}",
        "numbers": f"{min(numbers, 2)}of{min(len(one.numbers), len(other.numbers), 1)}",
        "inside": str(inside),
    }
    out = [f"{name}={value}" for name, value in seen.items()]
    out += ["|".join(f"{name}={seen[name]}" for name in cross) for cross in _CROSSES]
    return out


def wording_odds(one: Wording, other: Wording, same_report: bool, about: float | None = None) -> float:
    """The log-odds that two wordings tell of one happening. Raises ModelError."""
    return Table.named("wording").odds(wording_features(one, other, same_report, about))

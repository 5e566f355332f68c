"""Agreement beyond chance between two who labelled the same things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

__all__ = ["alpha", "kappa", "share_alike"]

Pairs = Sequence[tuple[Hashable, Hashable]]


def share_alike(pairs: Pairs) -> float | None:
    """The share of the pairs whose labels are the same, 0 to 1; None without pairs."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def kappa(pairs: Pairs) -> float | None:
    """Cohen's kappa (*Educational and Psychological Measurement* 20, 1960, 37-46); None where it is not defined."""
    many = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    # Whole numbers until the end, so that "always the same label" is exactly 1 and not nearly.
    by_chance = sum(uses * second[label] for label, uses in first.items())
    if by_chance == many * many:
        return None
    return (many * sum(one == other for one, other in pairs) - by_chance) / (many * many - by_chance)


def alpha(pairs: Pairs) -> float | None:
    """Krippendorff's nominal alpha (*Content Analysis*, 3rd ed., 2013, chapter 12); None where it is not defined."""
    uses = Counter(label for pair in pairs for label in pair)
    many = uses.total()
    differing = many * (many - 1) - sum(count * (count - 1) for count in uses.values())
    if not differing:
        return None
    return 1 - (sum(one != other for one, other in pairs) / len(pairs)) * many * (many - 1) / differing

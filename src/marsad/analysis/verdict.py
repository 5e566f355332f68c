"""The answer in one plain sentence, and how strong it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from marsad.analysis.response import Response
from marsad.analysis.wording import number_words, ratio_words

__all__ = ["Answer", "Strength", "Verdict", "judge"]

Answer = Literal["fell", "rose", "no-change-seen", "cannot-tell"]
Strength = Literal["strong", "moderate", "weak", "none"]

_ENOUGH: Final = 0.8
"""Probability of seeing a halving from which its absence says something."""
_STRONG: Final = 0.01
_FEWEST: Final = 10
"""Events, before and after, from which it is known well enough how they come for a change to be told."""
_AGREE: Final = 0.75
"""Share of the variants that must show the change too for a strong verdict."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, how strong it is, and the sentence that says both."""

    answer: Answer
    strength: Strength
    sentence: str


def judge(one: Response, what: str = "events") -> Verdict:
    """The verdict on a response. ``what`` names the events.

    *Strong*: p below .01, and at least three quarters of the variants show the same change. *Moderate*: p below the
    level, and all variants point the same way. *Weak*: p below the level, but a variant points the other way.
    Without a change to be seen, it is *no change seen* where a halving would have been seen with a probability of 80 %
    or more, and *cannot tell* below that, and where there are fewer than ten events in all.
    """
    effect, level = one.effect, one.effect.level
    events = float(one.stretches.counts.sum())
    few = events < _FEWEST
    if effect.p < level and not few:
        fell = effect.ratio < 1
        agree = [row for row in one.variants if (row.ratio < 1) == fell]
        seen = [row for row in agree if row.p < level]
        strength: Strength = "weak"
        if len(agree) == len(one.variants):
            strength = "moderate"
            if effect.p < _STRONG and len(seen) >= _AGREE * len(one.variants):
                strength = "strong"
        return Verdict("fell" if fell else "rose", strength, _changed(one, what, strength))
    power = effect.power(0.5)
    if power >= _ENOUGH and not few:
        return Verdict(
            "no-change-seen", "moderate" if power < 0.95 else "strong",
            f"No change in {what} is to be seen after {one.turning_point}: the rate was {_times(effect.ratio)} what "
            f"it would have been{_given(one)} ({_interval(effect.low, effect.high)}, {_p(effect.p)}), and a halving "
            f"would have been seen with a probability of {power:.0%}.",
        )  # fmt: skip
    return Verdict(
        "cannot-tell", "none",
        f"Cannot tell whether {what} changed after {one.turning_point}: {_sparse(events) if few else ''}"
        f"the rate was {_times(effect.ratio)} what it "
        f"would have been{_given(one)}, anything from {_low(effect.low)} to {_high(effect.high)} is possible "
        f"({_p(effect.p)}), and a halving would have been seen with a probability of only {power:.0%} "
        f"({_visible(effect.visible())}).",
    )  # fmt: skip


def _sparse(events: float) -> str:
    return f"{number_words(events)} in all {'is' if events == 1 else 'are'} too few to know what is usual; "


def _changed(one: Response, what: str, strength: Strength) -> str:
    effect = one.effect
    ending = f"({{}}{_p(effect.p)}); the evidence is {strength}{_but(one)}."
    if one.events_after == 0:
        return (
            f"After {one.turning_point} there were no {what} at all where about {number_words(one.expected)} would "
            f"have come: the rate fell to {ratio_words(effect.high)} or less of what it would have been{_given(one)} "
            f"{ending.format('')}"
        )
    return (
        f"After {one.turning_point} the rate of {what} {'fell' if effect.ratio < 1 else 'rose'} to "
        f"{_times(effect.ratio)} what it would have been{_given(one)} "
        f"{ending.format(_interval(effect.low, effect.high) + ', ')}"
    )


def _but(one: Response) -> str:
    """What weakens a change that was seen."""
    if one.pretrend.p < one.effect.level and (one.pretrend.factor < 1) == (one.effect.ratio < 1):
        return ", and the rate was moving that way before"
    return ""


def _given(one: Response) -> str:
    """What else is taken as it was: the events that these may answer."""
    return f" given the same {' and '.join(row.name for row in one.echoes)}" if one.echoes else ""


def _times(ratio: float) -> str:
    if 0 < ratio < 0.005:
        return "under 0.01 times"
    return (
        f"{ratio:.2f} times" if ratio < 9.95 else f"{min(ratio, 1000):,.0f} times{' or more' if ratio > 1000 else ''}"
    )


def _interval(low: float, high: float) -> str:
    return f"95 % interval {ratio_words(low)} to {_high(high)}"


def _low(low: float) -> str:
    return "under 0.01" if 0 < low < 0.005 else f"{low:.2g}"


def _high(high: float) -> str:
    return "any number" if math.isinf(high) or high > 1e6 else ratio_words(high)


def _visible(fall: float) -> str:
    """The mildest fall that would have been seen."""
    return "no fall would have been seen" if fall < 0.005 else f"a fall to {fall:.2g} or less: 80 %"


def _p(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"

"""What a series owes to others that it may answer: how many events one of theirs brings on, how soon, how surely.

This tells "fewer attacks because there were fewer raids to answer" from "fewer attacks": the first shows here, in how
many answers there were; the second in the ratio of rates. It is an association in time, as all excitation is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.analysis.latent import Floats
from marsad.analysis.setting import Setting

__all__ = ["Answered", "answered", "weights"]

_FREE: Final = 2.0
"""Standard deviation of the effect at the turning point, which is free beside the weights."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Another series, and how the series answers it.

    ``weight`` is how many events follow on one of its events, directly and in the mean (cross-branching ratio), with
    its interval of 95 %; ``delay`` after how many days on the mean; ``events_after`` and ``events_before`` are its own
    events in the after-period and in as many days before, ``answers_after`` and ``answers_before`` the events that
    are expected to have answered them.
    """

    name: str
    weight: float
    low: float
    high: float
    delay: float
    events_after: float
    events_before: float
    answers_after: float
    answers_before: float


def answered(setting: Setting, names: tuple[str, ...], inside: slice, before: slice) -> tuple[Answered, ...]:
    """How each other series was answered; ``inside`` and ``before`` are days of the stretches."""
    days, traits = setting.stretches.days, setting.traits
    if not days.others:
        return ()
    _, errors = weights(setting)
    found = []
    for at, (name, heard, echo) in enumerate(zip(names, days.others, days.crossed(traits), strict=True)):
        weight, delay = traits.crossing[at]
        reach = 1.96 * float(errors[at + 1])
        watched = days.observed
        found.append(Answered(
            name, weight, max(0.0, weight - reach), weight + reach, delay,
            float(heard.counts[inside].sum()), float(heard.counts[before].sum()),
            weight * float((echo * watched)[inside].sum()), weight * float((echo * watched)[before].sum()),
        ))  # fmt: skip
    return tuple(found)


def weights(setting: Setting) -> tuple[Floats, Floats]:
    """The slope of the log likelihood by the branching ratio and by each other series' weight, at the most probable
    background, and their standard errors with background and effect integrated out; delays and scatter are held."""
    from marsad.analysis.latent import find_mode

    days, traits = setting.stretches.days, setting.traits
    cov = setting.cov + _FREE**2 * np.outer(setting.column, setting.column)
    mode = find_mode(days, cov, traits)
    echoes = np.column_stack([days.echo(traits.delay), *days.crossed(traits)])
    by = days.observed / (mode.mean * (1 + traits.dispersion * mode.mean))
    slopes = echoes.T @ (by * (days.counts - mode.mean))
    own = echoes.T @ (by[:, None] * echoes)
    crossed = np.column_stack([days.sums(by * mode.background * echo) for echo in echoes.T])
    # The background's own information is what its prior and the counts say together: (1 / K + W) ^ -1.
    half = mode.halved(cov @ crossed)
    shared = crossed.T @ cov @ crossed - half.T @ half
    information = own - shared
    # An echo that is not there (no event to hear) says nothing, and its error is without bound.
    known = np.diag(information) > 1e-9
    errors = np.full(len(information), np.inf)
    if known.any():
        inverse = np.linalg.pinv(information[np.ix_(known, known)], hermitian=True)
        errors[known] = np.sqrt(np.maximum(np.diag(inverse), 0.0))
    return slopes, errors

"""Who answers whom: which events are followed by whose, beyond what each would do by itself.

All series are fitted together as counts a day in which events beget events
(:mod:`marsad.analysis.excitation`), each with a drifting background, weekdays and
echoes of its own. An entry of the matrix is the mean number of further events of the
answering series that follow an event of the other, directly.

What is found is association in time. A third thing that moves both series within days,
reporting that comes in waves, or an answer to the same news looks the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import Final

import numpy as np

from marsad.analysis.dyads import Several, sides
from marsad.analysis.excitation import Fitted
from marsad.analysis.excitation.delays import Delay
from marsad.analysis.excitation.intervals import Interval, normal_quantile
from marsad.analysis.excitation.kernel import Floats, same_day
from marsad.analysis.excitation.lags import lags
from marsad.analysis.excitation.layout import DELAYS
from marsad.analysis.excitation.threads import one_blas_thread
from marsad.analysis.provocationends import BLOCK, ends, moved
from marsad.analysis.provocationfit import LONGEST, integrated, jointly
from marsad.analysis.provocationhalves import Half, halves
from marsad.analysis.provocationratio import ratio

__all__ = ["Answer", "Check", "PairRow", "Provocation", "provoke"]

_LAGS: Final = 14


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows an event of ``source`` in the series ``target``.

    Attributes:
        source: The series whose events come first.
        target: The series that answers.
        more: Further events of the target for each event of the source.
        low: Lower end of the interval.
        high: Upper end.
        p: Of no answer at all, adjusted for how many pairs were looked at (Holm): how likely any of them
            would look so much like an answer if there were none.
        alone: The same of this pair by itself, as if no other had been looked at.
        q: The share of false ones to be expected among all pairs that look as much like an answer as this one
            (Benjamini and Hochberg).
        share: Of the target's events, the share that the model lays to the source.
        by_lag: Further events of the target on the day of an event of the source and each of 14 days after, each day
            found by itself, without the kernel's shape (:mod:`marsad.analysis.excitation.lags`). It scatters; of the
            day itself it is not known which came first.
        by_lag_error: Their standard errors, by the model.
        by_lag_fitted: The same by the fitted delay; over all days this sums to ``more``.
    """

    source: str
    target: str
    more: float
    low: float
    high: float
    p: float
    alone: float
    q: float
    share: float
    by_lag: tuple[float, ...]
    by_lag_error: tuple[float, ...]
    by_lag_fitted: tuple[float, ...]

    @property
    def told(self) -> bool:
        """Whether it can be told from nothing."""
        return self.p < 0.05

    @property
    def is_reply(self) -> bool:
        """Whether source and target are the two directions of one dyad."""
        first, second = sides(self.source), sides(self.target)
        return bool(first[1]) and first == second[::-1]


@dataclass(frozen=True, slots=True)
class PairRow:
    """One entry of the matrix, as a row of a table; ``p`` and the like are None for a series' echoes of its own."""

    source: str
    target: str
    more: float
    low: float
    high: float
    p: float | None
    p_alone: float | None
    q: float | None
    first_half: float | None = None
    first_half_low: float | None = None
    first_half_high: float | None = None
    second_half: float | None = None
    second_half_low: float | None = None
    second_half_high: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Whether the model holds for a series: p-values of its residuals' uniformity and independence."""

    series: str
    uniform: float
    independent: float


@dataclass(frozen=True, slots=True)
class Provocation:
    """Who answers whom.

    Attributes:
        series: The series that were fitted.
        answers: Every pair of two different series, source by source.
        own: For each series, further events of its own for each of its events.
        ratio: The branching ratio of all together.
        delay: Mean days from an event to one that follows it directly, one for all: where the search ended.
            ``lag`` says whether that is a delay, or only the bound of the search.
        checks: Of the model, series by series.
        fitted: The model.
        draws: How many bootstrap draws the intervals rest on.
        seed: Of the draws.
        halves: The same pairs in either half of the days; none where these are too short.
    """

    series: Several
    answers: tuple[Answer, ...]
    own: tuple[Interval, ...]
    ratio: Interval
    delay: Interval
    checks: tuple[Check, ...]
    fitted: Fitted
    draws: int
    seed: int
    halves: tuple[Half, ...] = ()

    @property
    def lag(self) -> Delay:
        """The mean delay as far as it can be told."""
        followed = any(answer.told for answer in self.answers) or any(own.low > 0 for own in self.own)
        return Delay(self.delay, followed, most=LONGEST)

    def sentence(self, answer: Answer) -> str:
        """What an answer says, in words."""
        if not answer.told:
            return (
                f"After {answer.source} no association with later {answer.target} can be told: "
                f"at most {answer.high:.2f} more events for each."
            )
        return (
            f"After {answer.source} there are more {answer.target}: {answer.more:.2f} more events for each "
            f"(95 % interval {answer.low:.2f} to {answer.high:.2f}), {_half(self.lag.half)}. "
            f"This is an association in time, not proof that one brought on the other."
        )

    def rows(self) -> list[PairRow]:
        """Each series with itself and with every other."""
        out: list[PairRow] = []
        for name, own in zip(self.series.names, self.own, strict=True):
            out.append(PairRow(name, name, own.value, own.low, own.high, None, None, None, *self._by_half(name, name)))
            out += [
                PairRow(
                    name, one.target, one.more, one.low, one.high, one.p, one.alone, one.q,
                    *self._by_half(name, one.target),
                )
                for one in self.answers if one.source == name
            ]  # fmt: skip
        return out

    def _by_half(self, source: str, target: str) -> list[float]:
        return [value for half in self.halves for value in half.found[source, target]]

    def to_json(self) -> dict[str, object]:
        """What ``marsad provoke --json`` writes."""
        matrix = self.fitted.state.parts.weights.sum(axis=0)
        first = date.fromordinal(self.series.first)
        last = date.fromordinal(self.series.first + len(self.series.counts) - 1)
        return {
            "since": first.isoformat(), "until": last.isoformat(), "by": self.series.by,
            "series": [
                {"name": name, "events": count}
                for name, count in zip(self.series.names, self.series.events, strict=True)
            ],
            "matrix": {"rows": "target", "columns": "source", "values": np.round(matrix, 4).tolist()},
            "pairs": [
                {
                    "source": a.source, "target": a.target, "more": round(a.more, 4),
                    "interval": [round(a.low, 4), round(a.high, 4)], "p": round(a.p, 5),
                    "p_alone": round(a.alone, 5), "q": round(a.q, 5), "told": a.told,
                    "share_of_target": round(a.share, 4), "by_lag": [round(value, 4) for value in a.by_lag],
                    "by_lag_error": [round(value, 4) for value in a.by_lag_error],
                    "by_lag_fitted": [round(value, 4) for value in a.by_lag_fitted],
                    "sentence": self.sentence(a),
                }
                for a in self.answers
            ],
            "own": [
                {"series": name, "more": round(one.value, 4), "interval": [round(one.low, 4), round(one.high, 4)]}
                for name, one in zip(self.series.names, self.own, strict=True)
            ],
            "branching_ratio": {"value": self.ratio.value, "interval": [self.ratio.low, self.ratio.high]},
            "mean_delay_days": self.lag.to_json(), "delay_untold_because": self.lag.untold,
            "by_half": [
                {
                    "since": half.since, "until": half.until,
                    "pairs": [
                        {"source": source, "target": target, "more": round(more, 4),
                         "interval": [round(low, 4), round(high, 4)]}
                        for (source, target), (more, low, high) in half.found.items()
                    ],
                }
                for half in self.halves
            ],
            "checks": [
                {"series": c.series, "p_uniform": round(c.uniform, 5), "p_independent": round(c.independent, 5)}
                for c in self.checks
            ],
            "bootstrap": {"draws": self.draws, "block_days": BLOCK, "seed": self.seed},
            "meaning": "association in time under the model; not proof that one event brought on another",
        }  # fmt: skip


@one_blas_thread
def provoke(
    series: Several, *, draws: int = 2000, seed: int = 1, level_of: float = 0.95, by_half: bool = True
) -> Provocation:
    """Fit the series together, and judge every pair.

    Two fits, with what one series answers to another by the joint likelihood and by the
    marginal one (:mod:`marsad.analysis.provocationfit`). Estimates and tests are of the
    first, which is the more cautious; intervals are about both
    (:mod:`marsad.analysis.provocationends`). Errors come from a bootstrap of the scores by
    blocks of days, which holds where the counts scatter otherwise than the model says, or
    the days of a block hang together, and are no less than the model's own.

    ``by_half``: also fit either half of the days by itself.

    Raises:
        AnalysisError: The series are too short for a fit.
    """
    from scipy.special import ndtr
    from scipy.stats import false_discovery_control

    count = series.counts.shape[1]
    joint, design = jointly(series)
    least = integrated(joint, design, answers=False)
    most = integrated(least.fitted, design, answers=True)
    fitted = least.fitted
    layout = fitted.model.layout
    at = layout.first_weight + np.arange(layout.pairs)
    cautious = moved(least, draws, seed)
    bold = moved(most, draws, seed)
    low, high = ends(cautious, bold, level_of)
    error = np.maximum(cautious.error, 1e-12)
    chance = np.asarray(ndtr(-cautious.middle / error))
    pair = {(int(t), int(s)): k for k, (t, s) in enumerate(zip(layout.targets, layout.sources, strict=True))}
    across = [(s, t) for s in range(count) for t in range(count) if s != t]
    alone = np.array([chance[pair[t, s]] for s, t in across])
    chances = zip(_holm(alone).tolist(), alone.tolist(), false_discovery_control(alone).tolist(), strict=True)
    answers = tuple(
        _answer(series, fitted, s, t, (low[pair[t, s]], high[pair[t, s]]), three)
        for (s, t), three in zip(across, chances, strict=True)
    )
    own = tuple(
        Interval(float(fitted.estimate[at[k]]), float(low[k]), float(high[k]), float(error[k]))
        for k in (pair[s, s] for s in range(count))
    )
    residuals = fitted.residuals(seed)
    checks = tuple(
        Check(name, residuals.uniformity(k), residuals.independence(k)) for k, name in enumerate(series.names)
    )
    logs = fitted.wald("log delay", level_of)
    farthest = log(LONGEST / DELAYS[0])  # beyond all that is looked for
    low_log, high_log = max(logs.low, logs.value - farthest), min(logs.high, logs.value + farthest)
    delay = Interval(exp(logs.value), exp(low_log), exp(high_log), logs.error)
    return Provocation(
        series, answers, own, ratio(cautious, bold, count, level_of), delay, checks, fitted, draws, seed,
        halves(series, fitted.delays[0], draws, seed, normal_quantile(level_of)) if by_half else (),
    )  # fmt: skip


def _holm(chances: Floats) -> Floats:
    """Holm's adjustment for looking at several (scipy has only that for the share of false ones)."""
    order = np.argsort(chances)
    out = np.empty_like(chances)
    out[order] = np.minimum(np.maximum.accumulate(chances[order] * (len(chances) - np.arange(len(chances)))), 1.0)
    return out


def _answer(
    series: Several, fitted: Fitted, source: int, target: int, ends: tuple[float, float],
    chances: tuple[float, float, float],
) -> Answer:  # fmt: skip
    state, data = fitted.state, fitted.model.data
    weight = float(state.parts.weights[0, target, source])
    delay = state.parts.delays[0]
    driven = weight * (state.echoes[0][:, source] + same_day(delay) * state.mean[:, source]) * data.observed[:, target]
    by_day = lags(fitted, source, target, _LAGS)
    total = max(float((state.mean[:, target] * data.observed[:, target]).sum()), 1e-9)
    return Answer(
        series.names[source], series.names[target], weight, float(ends[0]), float(ends[1]),
        *chances, float(driven.sum()) / total, tuple(by_day.found.tolist()), tuple(by_day.error.tolist()),
        tuple(by_day.fitted.tolist()),
    )  # fmt: skip


def _half(days: float | None) -> str:
    """How long until half of the answers have come, in words."""
    if days is None:
        return "how soon cannot be told"
    many = "a day" if days < 1.5 else f"{days:.0f} days" if days >= 3 else f"{days:.1f} days"
    return f"half of them within {many}"

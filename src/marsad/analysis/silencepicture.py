"""Survival of silence: how long the silences before were, where the one after lies, and how long it is by chance."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.analysis.latent import Bools, Floats
from marsad.analysis.response import Response
from marsad.analysis.svg import Figure, Sheet, number_ticks
from marsad.analysis.wording import day_words, p_words

__all__ = ["SilenceRow", "Silences", "silence_figure", "silences_before"]

_EMPTY: Final = 0.5
"""As in the test of silence: a day with less than this share of an event is without one."""
_FEWEST: Final = 3
_TAIL: Final = 0.002


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """For each length in days: of the silences before the turning point how many were under way so long and then
    ended, the share that lasts longer (Kaplan and Meier) with its 95 % interval, and how probable it is by chance
    that the longest silence of the after-period is at least so long."""

    days: int
    at_risk: int
    ended: int
    lasting_longer: float | None
    low: float | None
    high: float | None
    p_longest: float | None


@dataclass(frozen=True, slots=True)
class Silences:
    """Lengths, in watched days, of the silences before a date; ``ended`` is False for the one that went on over it."""

    days: Floats
    ended: Bools

    def __len__(self) -> int:
        return len(self.days)


def silences_before(counts: Floats, observed: Bools) -> Silences:
    """The runs of watched days without an event between the first event and the end of these days.

    What went before the first event is left out: nobody knows when it began.
    """
    empty = counts[observed] < _EMPTY
    events = np.flatnonzero(~empty)
    if not len(events):
        return Silences(np.zeros(0), np.zeros(0, dtype=bool))
    gaps = np.diff(np.append(events, len(empty))) - 1
    ended = np.append(np.ones(len(events) - 1, dtype=bool), False)
    return Silences(gaps[gaps > 0].astype(np.float64), ended[gaps > 0])


@dataclass(frozen=True, slots=True)
class _Curve:
    """The Kaplan-Meier curve: steps, share lasting longer, and interval."""

    days: Floats
    share: Floats
    low: Floats
    high: Floats


def _curve(silences: Silences) -> _Curve | None:
    """By scipy's estimate for censored lengths, with log-log intervals; None where too few have ended."""
    from scipy.stats import CensoredData, ecdf

    if silences.ended.sum() < _FEWEST:
        return None
    known = CensoredData(uncensored=silences.days[silences.ended], right=silences.days[~silences.ended])
    found = ecdf(known).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where all or none are left there is no interval
        interval = found.confidence_interval(0.95, method="log-log")
    low, high = interval.low.probabilities, interval.high.probabilities
    return _Curve(
        np.asarray(found.quantiles, dtype=np.float64), np.asarray(found.probabilities, dtype=np.float64),
        np.where(np.isfinite(low), low, 0.0), np.where(np.isfinite(high), high, 1.0),
    )  # fmt: skip


def silence_figure(one: Response) -> Figure:
    """The silences before as a survival curve, this one on it, and the longest by chance below."""
    before = silences_before(one.series.counts[: one.turn], one.series.observed[: one.turn])
    curve = _curve(before)
    silence = one.silence
    about = (
        f"Above: of the {len(before):,} silences before (runs of watched days without an event) the share that lasted "
        "longer than so many days, by Kaplan and Meier, with its 95 % interval. Below: how probable it is, had nothing "
        "changed, that the longest silence of the after-period is at least so long, by the model."
    )
    return Figure(
        "silence", _title(one, before), about, lambda sheet: _paint(sheet, one, curve), SilenceRow,
        tuple(_rows(before, curve, silence.survival)),
    )  # fmt: skip


def _title(one: Response, before: Silences) -> str:
    silence = one.silence
    if not silence.days:
        return f"After {one.turning_point} there was no day without {one.series.name}"
    title = f"After {one.turning_point} a silence of {day_words(silence.days)}"
    if len(before):
        longer = int((before.days >= silence.days).sum())
        title += f"; {longer or 'none'} of the {len(before):,} before {'was' if longer < 2 else 'were'} as long"
    return f"{title} (as long by chance: {p_words(silence.p)})"


def _rows(before: Silences, curve: _Curve | None, survival: tuple[tuple[int, float], ...]) -> list[SilenceRow]:
    chance = dict(survival)
    lengths = [*chance, *(int(day) for day in before.days)]
    rows = []
    for day in range(max(lengths, default=0) + 1):
        share = low = high = None
        if curve is not None and day <= before.days.max():
            at = int(np.searchsorted(curve.days, day, side="right")) - 1
            share, low, high = (
                (1.0, 1.0, 1.0) if at < 0
                else tuple(round(float(values[at]), 5) for values in (curve.share, curve.low, curve.high))
            )  # fmt: skip
        rows.append(SilenceRow(
            day, int((before.days >= day).sum()), int(((before.days == day) & before.ended).sum()), share, low, high,
            round(chance[day], 5) if day in chance else None,
        ))  # fmt: skip
    return rows


def _paint(sheet: Sheet, one: Response, curve: _Curve | None) -> None:
    silence = one.silence
    last = next((day for day, p in silence.survival if p < _TAIL), silence.survival[-1][0] if silence.survival else 0)
    reach = float(curve.days.max()) if curve is not None else 0.0
    end = max(float(last), silence.days * 1.15, reach, 5.0)
    across = number_ticks(0, end, 5 if sheet.narrow else 10)
    words = f"this one: {silence.days:,} days" if silence.days != 1 else "this one: 1 day"
    upright = (("mark", "longest silence after"),) if silence.days else ()
    if curve is None:
        sheet.words(f"Fewer than {_FEWEST} silences ended before: there is no curve to draw of them.", "soft")
    else:
        panel = sheet.plot(150, (0.0, end), (0.0, 1.0), "share of silences that last longer", "days of silence")
        panel.ticks(across, _shares())
        xs = [0.0, *curve.days.tolist()]
        panel.stair_band(xs, [1.0, *curve.low.tolist()], [1.0, *curve.high.tolist()])
        panel.stairs(xs, [1.0, *curve.share.tolist()], "fit")
        if silence.days:
            panel.upright(float(silence.days), words)
        sheet.legend(("fit", "silences before"), ("band", "95 % interval"), *upright)
    panel = sheet.plot(
        120, (0.0, end), (0.0, 1.0), "probability that the longest is at least so long", "days of silence"
    )
    panel.ticks(across, _shares())
    kept = [(float(day), p) for day, p in silence.survival if day <= end]
    panel.stairs([day for day, _ in kept], [p for _, p in kept], "second")
    if silence.days:
        panel.upright(float(silence.days), f"{words}, {p_words(silence.p)}")
    sheet.legend(("second", "longest silence of such a period by chance"), *upright)


def _shares() -> list[tuple[float, str]]:
    return [(at / 4, f"{at * 25} %") for at in range(5)]

"""A response as plain data for JSON, and as rows for a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marsad.analysis.response import Response
from marsad.analysis.testing import Effect
from marsad.analysis.verdict import Verdict
from marsad.analysis.wording import number_words, p_words, ratio_words

__all__ = ["PlaceboRow", "assumptions", "facts", "placebo_rows", "ranged", "ratio_words", "response_json"]


@dataclass(frozen=True, slots=True)
class PlaceboRow:
    """One date with the change that the same test finds there; ``here`` marks the turning point itself."""

    date: str
    rate_ratio: float
    statistic: float
    here: bool


def response_json(one: Response, verdict: Verdict) -> dict[str, Any]:
    """What ``marsad respond --json`` writes. A bound that is not finite is null."""
    effect, placebos = one.effect, one.effect.placebos
    traits = effect.setting.traits
    return {
        "turning_point": one.turning_point,
        "verdict": verdict.sentence, "answer": verdict.answer, "strength": verdict.strength,
        "rate_ratio": _number(effect.ratio), "interval": [_number(effect.low), _number(effect.high)],
        "level": effect.level,
        "p_placebo": effect.p, "p_silence": one.silence.p, "power": effect.power(0.5),
        "detectable": effect.visible() or None, "detectable_rise": _number(effect.visible_rise()),
        "placebo": {
            "statistic": effect.statistic, "rank": placebos.rank(effect.statistic), "of": len(placebos.dates) + 1,
            "worth": placebos.worth, "scale": placebos.scale, "degrees_of_freedom": placebos.freedom,
        },
        "silence": {
            "days": one.silence.days, "since": one.silence.since, "until": one.silence.until,
            "p": one.silence.p, "waited": one.silence.waited, "p_waiting": one.silence.p_waiting,
        },
        "pre_trend": {"factor": _number(one.pretrend.factor), "days": one.pretrend.days, "p": one.pretrend.p},
        "after": {"from": one.turning_point, "until": one.after_until, "days": one.days_after,
                  "events": one.events_after, "expected": one.expected},
        "before": {"since": one.before_since, "days": one.days_before, "events": one.events_before},
        "shape": one.shape,
        "model": {"drift": traits.drift, "waves": traits.wave, "dispersion": traits.dispersion,
                  "branching_ratio": traits.branching, "delay_days": traits.delay,
                  "level_after_left_open": effect.setting.lasting, "stretch_days": one.stretches.width},
        "echo_of": [
            {"events": row.name, "cross_branching": _number(row.weight),
             "interval": [_number(row.low), _number(row.high)],
             "delay_days": _number(row.delay) if row.low > 0 else None,
             "delay_untold_because": None if row.low > 0 else "answers cannot be told from none",
             "events_after": row.events_after, "events_before": row.events_before,
             "answers_after": row.answers_after, "answers_before": row.answers_before}
            for row in one.echoes
        ],
        "imputation": None if one.imputation is None else {
            "draws": one.imputation.draws, "between_to_within": one.imputation.between,
            "missing_information": one.imputation.missing, "degrees_of_freedom": one.imputation.freedom,
        },
        "sensitivity": [
            {"variant": row.name, "rate_ratio": _number(row.ratio), "interval": [_number(row.low), _number(row.high)],
             "p": row.p, "events_after": row.events}
            for row in one.variants
        ],
    }  # fmt: skip


def placebo_rows(one: Response) -> Iterator[PlaceboRow]:
    """Every date that the turning point was held against, and itself, in order."""
    placebos, stretches = one.effect.placebos, one.stretches
    rows = [
        PlaceboRow(
            one.series.at(stretches.first + int(at) * stretches.width), math.exp(min(estimate, 50)), value, False
        )
        for at, estimate, value in zip(
            placebos.dates, placebos.estimates.tolist(), placebos.statistics.tolist(), strict=True
        )
    ]  # fmt: skip
    rows.append(PlaceboRow(one.turning_point, one.effect.ratio, one.effect.statistic, True))
    return iter(sorted(rows, key=lambda row: (row.date, row.here)))


def facts(one: Response) -> Iterator[tuple[str, str]]:
    """What is known, line by line: a name and the figures."""
    effect, silence = one.effect, one.silence
    placebos = effect.placebos
    spread = one.series.whole is not None and abs(one.events_after - round(one.events_after)) > 1e-6
    shares = "; of events spread over days, the shares that fall there" if spread else ""
    yield "events after", f"{number_words(one.events_after)} in {one.days_after} days, to {one.after_until}{shares}"
    yield "expected without a change", number_words(one.expected)
    yield "events before", f"{number_words(one.events_before)} in {one.days_before} days"
    yield "rate ratio", f"{ratio_words(effect.ratio)} ({ranged(effect.low, effect.high)})"
    yield (
        "against other dates",
        (
            f"{p_words(effect.p)}; rank {placebos.rank(effect.statistic)} of {len(placebos.dates) + 1} dates, worth "
            f"{placebos.worth:.0f} independent ones"
        ),
    )
    for row in one.echoes:
        yield (
            f"answers to {row.name}",
            (
                f"about {number_words(row.answers_after)}, and {number_words(row.answers_before)} in as many days "
                f"before; each is answered by {row.weight:.2f} ({row.low:.2f} to {row.high:.2f}), "
                + (f"{row.delay:.0f} days later" if row.low > 0 else "how soon cannot be told")
            ),
        )
    if one.imputation is not None:
        yield (
            "days that are not known",
            (
                f"{one.imputation.draws} draws, put together by Rubin's rules; {one.imputation.missing:.0%} of the "
                "information is lost by them"
            ),
        )
    yield "longest silence", (
        f"{silence.days} days, {silence.since} to {silence.until}; as long by chance: {p_words(silence.p)}"
        if silence.days else "none"
    )  # fmt: skip
    yield "before the date", f"{one.pretrend.factor:.2f} times in {one.pretrend.days} days (p = {one.pretrend.p:.2f})"
    yield "a halving would have been seen", f"with a probability of {effect.power(0.5):.0%}"
    yield "what could be seen (80 %)", _seen(effect)


def _seen(effect: Effect) -> str:
    """The mildest changes that would have been seen."""
    fall, rise = effect.visible(), effect.visible_rise()
    down = f"a fall to {ratio_words(fall)}" if fall > 0 else "no fall"
    up = f"a rise to {ratio_words(rise)}" if math.isfinite(rise) else "no rise"
    return f"{down}, {up}" if fall > 0 or math.isfinite(rise) else "no change of any size: too few events"


def ranged(low: float, high: float) -> str:
    """An interval of ratios for people."""
    return f"{ratio_words(low)} to {ratio_words(high)}"


def assumptions(one: Response) -> list[str]:
    """What was assumed, each in a sentence."""
    stretches, series = one.stretches, one.series
    width = "day by day" if stretches.width == 1 else f"in stretches of {stretches.width} days"
    said = [
        f"Counted {width}, {one.before_since} to {series.at(min(len(series), _end(one)) - 1)}; the effect lasts to "
        f"{one.after_until}"
        + {"step": ".", "pulse": " (a pulse).", "decay": " and decays; the ratio is that of its first day."}[one.shape],
        "Days without an event were watched"
        + ("." if series.observed.all() else f", but for {int((~series.observed).sum()):,} that are missing."),
        "Without the turning point the rate would have gone on as it does elsewhere in the series: drifting, in waves, "
        "with its seasons.",
    ]
    if series.coarse:
        how = "spread" if one.imputation is None else "drawn evenly from the days they may have been on"
        said.append(f"{series.coarse:,.0f} of {series.events:,.0f} events have no exact day and are {how}.")
    for row in one.echoes:
        said.append(
            f"The {row.name} are taken as they were: if these changed in answer to the series, the ratio leaves that "
            "out."
        )
    if stretches.effort is not None:
        said.append("The amount of reporting is taken into account.")
    said.append("A change at this date need not be the turning point's doing: look at what else happened then.")
    return said


def _end(one: Response) -> int:
    return one.stretches.first + len(one.stretches) * one.stretches.width


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None

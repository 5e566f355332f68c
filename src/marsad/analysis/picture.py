"""The figures of a response: before and after, the other dates, the silences, and the intensity with its parts."""

from __future__ import annotations

from marsad.analysis.changepicture import change_figure, placebo_figure
from marsad.analysis.intensitypicture import intensity_figure
from marsad.analysis.response import Response
from marsad.analysis.silencepicture import silence_figure
from marsad.analysis.svg import WIDE, Figure, stacked
from marsad.analysis.telling import ranged
from marsad.analysis.wording import p_words, ratio_words

__all__ = ["RESPONSE_FIGURES", "picture", "response_figures"]

RESPONSE_FIGURES = ("change", "placebos", "silence", "intensity")
"""What the figures of a response are called."""


def response_figures(one: Response) -> list[Figure]:
    """All figures of a response, in the order in which they are read."""
    return [change_figure(one), placebo_figure(one), silence_figure(one), intensity_figure(one)]


def picture(one: Response, width: float = WIDE, *, style: bool = True) -> str:
    """All of them as one SVG."""
    effect = one.effect
    told = (
        f"Rate ratio {ratio_words(effect.ratio)}, 95 % interval {ranged(effect.low, effect.high)}; held against "
        f"{len(effect.placebos.dates)} other dates, {p_words(effect.p)}."
    )
    title = f"{one.series.name[:1].upper()}{one.series.name[1:]} before and after {one.turning_point}"
    return stacked(response_figures(one), title, told, width=width, style=style)

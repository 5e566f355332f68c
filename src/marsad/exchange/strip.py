"""A small picture of how far a number moves: every count that is claimed, and which rule gives which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from marsad.exchange.markup import Html, el

if TYPE_CHECKING:
    from marsad.incidents import Figure
    from marsad.incidents.answers import Answer

__all__ = ["strip"]

_WIDTH: Final = 480
_LEFT: Final = 26
_LINE: Final = 30
_APART: Final = 30
"""Units between two numbers below which the second stands in the row under it."""


def strip(figure: Figure) -> Html | None:
    """The counts of ``killed`` or ``injured`` on a line as SVG; None where there are fewer than two.

    The circle of a count grows with the independent accounts that give it, that of the rule is filled; a thin line
    reaches from the least to the most that it may be.
    """
    counts = [(answer, _number(answer)) for answer in figure.answers]
    known = [(answer, count) for answer, count in counts if count is not None]
    values = {count for _, count in known}
    if len(values) < 2:
        return None
    ends = [end for answer, _ in known for end in (answer.data["low"], answer.data["high"]) if end is not None]
    least, most = min([*values, *ends]), max([*values, *ends])

    def across(count: float) -> float:
        return float(round(_LEFT + (count - least) / max(most - least, 1) * (_WIDTH - 2 * _LEFT), 1))

    parts = [el("line", x1=_LEFT, x2=_WIDTH - _LEFT, y1=_LINE, y2=_LINE, class_="axis")]
    chosen = figure.answers[0]
    last = [-1000.0, -1000.0]
    for answer, count in sorted(known, key=lambda one: one[1]):
        low, high = answer.data["low"], answer.data["high"]
        at = across(count)
        if (low is not None and low < count) or (high is not None and high > count):
            parts.append(
                el("line", x1=across(count if low is None else low), x2=across(count if high is None else high),
                   y1=_LINE, y2=_LINE, class_="range")
            )  # fmt: skip
        parts.append(
            el("circle", cx=at, cy=_LINE, r=min(5 + 2 * answer.origins, 13),
               class_="count chosen" if answer is chosen else "count")
        )  # fmt: skip
        row = 0 if at - last[0] >= _APART or at - last[0] < 0 else 1
        last[row] = at
        parts.append(el("text", answer.value, x=at, y=_LINE + 26 + 15 * row, class_="number"))
    label = "; ".join(f"{answer.value}: {answer.origins} of independent origin" for answer, _ in known)
    return el(
        "svg", *parts, viewBox=f"0 0 {_WIDTH} 76", class_="strip", role="img", aria_label=f"Counts claimed: {label}"
    )


def _number(answer: Answer) -> int | None:
    return next((int(answer.data[key]) for key in ("best", "low", "high") if answer.data[key] is not None), None)

"""Two reports compared: is one made from the other, which from which, and how?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from marsad.origins.alignment import Alignment
from marsad.origins.changes import Changes, changes
from marsad.origins.clashing import clash, of_another
from marsad.origins.credits import Credit, is_wire
from marsad.origins.likeness import Likeness, Share, compare, is_copy
from marsad.origins.passages import Shared, shared_passages
from marsad.origins.wording import Wording
from marsad.records import Json, Report
from marsad.vocabulary import SPUN

__all__ = ["KINDS", "Edge", "Kind", "Side", "judge"]

Kind = Literal["identical", "reprint", "additions", "spun", "back-translated", "independent"]
KINDS: Final[tuple[Kind, ...]] = ("identical", "reprint", "additions", "spun", "back-translated", "independent")
"""How a report relates to the one it is made from; "independent" is one made from no other that is here."""

_REWRITTEN: Final = 0.04
"""Share of the words outside quotations that are swapped: an editor's hand stays below it."""
_QUOTED: Final = 0.02
"""Share of the quoted words that are swapped: a spinner leaves quotations alone, a translator cannot."""
_QUOTED_WORDS: Final = 15
_SMALL: Final = 0.33
"""Share of the changes that are of grammar, where there are no quotations to tell by."""
_GRAMMAR: Final = 0.016
"""So many words, for each word, left out, put in or moved: a translator's grammar. A spinner leaves it alone."""
_ADDED: Final = 0.12
"""Share of the report that is not the source's."""
_APART: Final = 0.3
"""Between two reports' probabilities of being spun, from which the one that seems spun is the derived one."""
_FOOTER: Final = 0.5
_SHORTER: Final = 0.1
_CUT: Final = 0.95
_BEGINS: Final = 2
"""A report that is so much shorter, is so wholly in the other, and begins after so many of its units, is a cut."""


class Side(NamedTuple):
    """A report ready to be compared. ``spun`` says how probable it is that it is machine-spun; None: not known."""

    report: Report
    wording: Wording
    spun: Callable[[], float] | None = None

    @classmethod
    def of(cls, report: Report, spun: Callable[[], float] | None = None) -> Side:
        """A report, its words found."""
        return cls(report, Wording(report.text), spun)


@dataclass(frozen=True, slots=True)
class Edge:
    """``derived`` (id of a report) is made from ``source``, and what shows it."""

    derived: str
    source: str
    kind: Kind
    share: float
    """The part of the derived report's narrative that is the source's, 0 to 1."""
    of_share: float
    """The part of the source's narrative that is in the derived report."""
    verbatim: float
    """The part of the shared narrative that is the same word by word."""
    six_grams: Share
    quotations: Share
    names: Share
    numbers: Share
    order: float
    passages: tuple[Shared, ...]
    swaps: tuple[tuple[str, str], ...]
    """Words of the source and what stands for them."""
    credit: Credit | None
    """Whom the derived report names as the one it has the story from: the source, where it does."""
    reasons: tuple[str, ...]
    sure: bool
    """Whether anything but the order and the lengths tells which is made from which."""
    later: bool
    """Whether the derived report is the one that came in later."""
    footer: bool
    """Whether only the end of both is shared, less than half of either: a site puts that there, and no copyist."""

    def to_json(self) -> Json:
        """The evidence as plain data."""
        return {
            "share": round(self.share, 3), "of_share": round(self.of_share, 3), "verbatim": round(self.verbatim, 3),
            "masked_six_grams": round(self.six_grams.part, 3),
            "quotations": [self.quotations.shared, self.quotations.of],
            "names": [self.names.shared, self.names.of], "numbers": [self.numbers.shared, self.numbers.of],
            "order": round(self.order, 3), "passages": [p.to_json() for p in self.passages],
            "swaps": [list(swap) for swap in self.swaps],
            "credit": self.credit and {"whom": self.credit.whom, "passage": list(self.credit.passage)},
            "reasons": list(self.reasons),
        }  # fmt: skip


def judge(first: Side, second: Side, later: bool | None = None) -> Edge | None:
    """The edge between two reports, ``first`` having come in before ``second``; None where they are independent.

    ``later`` says which is the derived one, where that is known from more than the two.
    """
    likeness = compare(first.wording, second.wording)
    if not is_copy(likeness) or (later is None and not likeness.identical and _of_another(first, second, likeness)):
        return None
    down = changes(second.wording, first.wording, likeness.back)
    rewritten = down.share >= _REWRITTEN
    second_derived, sure, reasons = _direction(first, second, likeness, rewritten)
    if later is not None and later != second_derived:
        second_derived, sure, reasons = later, True, ["it is put together from several reports"]
    derived, source = (second, first) if second_derived else (first, second)
    alignment, other = (likeness.back, likeness.there) if second_derived else (likeness.there, likeness.back)
    made = down if second_derived else changes(derived.wording, source.wording, alignment)
    kind, how = _kind(likeness, made, alignment.whole_share)
    share, of_share = (1.0, 1.0) if likeness.identical else (alignment.share, other.share)
    credited = derived.wording.credits
    credit = next(_useful(derived, source), credited[0] if credited else None)
    theirs = {one.whom for one in source.wording.credits}
    both = [one.whom for one in credited if one.whom in theirs]
    reasons += [f"both credit {whom}" for whom in both]
    return Edge(
        derived.report.id, source.report.id, kind, share, of_share, likeness.verbatim,
        likeness.six_grams, likeness.quotations, likeness.names, likeness.numbers, alignment.order,
        shared_passages(derived.wording, source.wording, alignment), made.examples if rewritten else (), credit,
        (how, *reasons), sure, second_derived, _footer(derived, source, alignment, max(share, of_share)),
    )  # fmt: skip


def _of_another(first: Side, second: Side, likeness: Likeness) -> bool:
    """Whether the two fill one form about two happenings; found the same whichever came in first."""
    turned = (len(second.wording.words), second.report.text) < (len(first.wording.words), first.report.text)
    a, b, alignment = (second, first, likeness.back) if turned else (first, second, likeness.there)
    return of_another(clash(a.wording, b.wording, alignment, (a.report.published, b.report.published)))


def _footer(derived: Side, source: Side, alignment: Alignment, share: float) -> bool:
    if share >= _FOOTER or not alignment.pairs or len(alignment.runs) > 1:
        return False
    last = alignment.pairs[-1]
    return last.a == len(derived.wording.units) - 1 and last.b == len(source.wording.units) - 1


def _kind(likeness: Likeness, made: Changes, share: float) -> tuple[Kind, str]:
    """The kind of a derived report, and why."""
    if likeness.identical:
        return "identical", "the same words in the same order"
    if made.share >= _REWRITTEN:
        swapped = f"{made.share:.0%} of the shared words outside quotations are swapped for others"
        if made.quoted_words >= _QUOTED_WORDS:
            if made.quoted_share >= _QUOTED:
                return "back-translated", f"{swapped}, and {made.quoted_share:.0%} within quotations"
            return "spun", f"{swapped}, none within quotations" if not made.quoted else swapped
        grammar = made.grammar + made.moved
        if grammar >= _GRAMMAR * made.words or grammar + made.small >= _SMALL * (grammar + made.small + made.content):
            return "back-translated", f"{swapped}, and small words are others, left out or put in"
        return "spun", swapped
    if share <= 1 - _ADDED:
        return "additions", f"{1 - share:.0%} of its words are not the source's"
    return "reprint", f"{likeness.verbatim:.0%} of the shared words outside quotations are the same"


def _direction(first: Side, second: Side, likeness: Likeness, rewritten: bool) -> tuple[bool, bool, list[str]]:
    """Whether the second is made from the first; whether that is sure; and why."""
    if rewritten and first.spun is not None and second.spun is not None:
        ours, theirs = first.spun(), second.spun()
        if abs(theirs - ours) >= _APART and max(ours, theirs) >= SPUN:
            return theirs > ours, True, ["it reads as machine-spun, and the other does not"]
    for derived, source, second_derived in ((second, first, True), (first, second, False)):
        if not any(_useful(source, derived)) and (credit := next(_useful(derived, source), None)):
            return second_derived, True, [f"it credits {credit.whom}"]
    before, after = first.report.published, second.report.published
    if before and after and (until := min(len(before), len(after))) and before[:until] != after[:until]:
        return after > before, True, [f"it is dated {max(before, after)}, the other {min(before, after)}"]
    for second_derived, small, large in (
        (True, likeness.back, likeness.there), (False, likeness.there, likeness.back)
    ):  # fmt: skip
        inside = small.share >= _CUT and small.narrative < large.narrative * (1 - _SHORTER)
        if inside and large.gaps == 0 and large.pairs[0].a >= _BEGINS:
            return second_derived, False, ["it is the shorter of the two, and begins in the middle of the other"]
    return True, False, ["it came in later; nothing else tells which was first"]


def _useful(derived: Side, source: Side) -> Iterator[Credit]:
    """The credits of one report that name the other, or the agency that the other is from."""
    agency, name = is_wire(source.report), (source.report.source.name or "").lower()
    for credit in derived.wording.credits:
        whom = credit.whom.lower()
        if credit.whom == agency or (len(name) > 3 and (whom in name or name in whom)):
            own = is_wire(derived.report)
            if own != credit.whom:
                yield credit

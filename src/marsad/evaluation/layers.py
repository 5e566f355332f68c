"""Compare the other layers of two records: statements, mentions, relations, times, places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from marsad.evaluation.matching import NEAR_KM, Pairs, overlap, pairs, share, share_of_pieces
from marsad.evaluation.tally import Tally
from marsad.evaluation.view import Quote, View
from marsad.knowledge.place import distance

__all__ = ["compare_actors", "compare_places", "compare_statements", "compare_times"]

_WHOLE = 0.8
_PART = 0.3
_SHOWN = 90


def compare_statements(gold: View, system: View, stands_for: Mapping[str, str], tally: Tally) -> list[str]:
    """Add the rows of the statement layer to ``tally``; what went wrong, one line each."""
    shares = {
        (i, j): share_of_pieces(gold.quotes[i].content, system.quotes[j].content)
        for i, j in pairs(gold.quotes, system.quotes, lambda g, s: share_of_pieces(g.content, s.content))
    }
    whole = {i for (i, _), value in shares.items() if value >= _WHOLE}
    part = [(i, j) for (i, j), value in shares.items() if value >= _PART]
    voiced = {i for i, j in shares if _same_speaker(gold.quotes[i], system.quotes[j], stands_for)}
    sizes = len(system.quotes), len(gold.quotes)
    tally.count("quote80", len(whole), *sizes)
    tally.count("quote30", len(part), *sizes)
    tally.count("speaker", sum(i in voiced for i, _ in part), *sizes)
    lines = []
    for i, g in enumerate(gold.quotes):
        right = i in whole and i in voiced
        if g.manner == "direct":
            tally.check("direct", right)
        if not right:
            lines.append(f"missed or wrong {g.manner}: {_words(gold, g)!r}")
    used = {j for _, j in shares}
    lines += [f"false alarm: {_words(gold, s)!r}" for j, s in enumerate(system.quotes) if j not in used]
    return lines


def _same_speaker(g: Quote, s: Quote, stands_for: Mapping[str, str]) -> bool:
    if g.speaker is None or s.speaker is None:
        return g.speaker is s.speaker
    return stands_for.get(s.speaker) == g.speaker


def _words(view: View, quote: Quote) -> str:
    return (view.text or "")[quote.content[0][0] : quote.content[-1][1]][:_SHOWN] if quote.content else ""


def compare_actors(gold: View, system: View, stands_for: Mapping[str, str], same: Pairs, tally: Tally) -> None:
    """Add mentions, B-cubed and relations to ``tally``.

    B-cubed (Bagga and Baldwin 1998): each mention is credited with the part of
    its own group that both records put together, a mention found by one side
    only with nothing.
    """
    tally.count("mention", len(same), len(system.mentions), len(gold.mentions))
    together = Counter((gold.mentions[i].actor, system.mentions[j].actor) for i, j in same)
    tally.count(
        "b3",
        sum(n * n / system.actors[s] for (_, s), n in together.items()),
        len(system.mentions),
        len(gold.mentions),
        hits_gold=sum(n * n / gold.actors[g] for (g, _), n in together.items()),
    )
    wanted = set(gold.relations)
    got = {(stands_for.get(subject), tie, stands_for.get(other)) for subject, tie, other in system.relations}
    tally.count("relation", len(wanted & got), len(system.relations), len(wanted))


def compare_times(gold: View, system: View, tally: Tally) -> None:
    """Add the row of time expressions: they overlap and have the same value."""
    met = pairs(gold.times, system.times, lambda g, s: share(g.span, s.span))
    tally.count(
        "times",
        sum(gold.times[i].value == system.times[j].value for i, j in met),
        len(system.times),
        len(gold.times),
    )


def compare_places(gold: View, system: View, tally: Tally) -> None:
    """Add the row of places: they overlap and lie within 50 km.

    Gold places without a point ask for nothing, and what meets them is no
    false alarm; nor are the system's places without one counted.
    """
    wanted = [(p.span, p.point) for p in gold.places if p.span and p.point]
    unset = [p.span for p in gold.places if p.span and not p.point]
    got = [(p.span, p.point) for p in system.places if p.span and p.point]
    met = pairs(wanted, got, lambda g, s: share(g[0], s[0]))
    spare = sum(any(overlap(span, other) for other in unset) for span, _ in got)
    hits = sum(distance(wanted[i][1], got[j][1]) <= NEAR_KM for i, j in met)
    tally.count("places", hits, len(got) - spare, len(wanted))

"""Which pairs of spans of a window the heads for pairs judge, and what is right of each: worked out once a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from examples import IGNORE, Window

from marsad.coding.encoder.inventory import PAIR_HEADS, RELATION
from marsad.coding.encoder.windows import buckets, sentences_apart

__all__ = ["Choices", "Pairs", "Prepared", "pairs_of", "prepare"]

Span = tuple[int, int]
LONGEST: Final = 10
"""Word pieces of the longest span that is asked whether it mentions an actor."""
EARLIER: Final = 60
"""How many spans before a span are asked whether they mean the same."""
RELATED: Final = 40
"""Word pieces between two mentions within which they are asked for a relation."""
FAR_ROLE: Final = 0.2
"""Weight of a tie between a trigger and a mention of another sentence."""
OF_SPANS: Final = 5
"""What a window's spans count for beside its mentions, so that one without mentions counts as well."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Heads that choose one pair of a row: each pair's row and column, is it right; is "none" right of each row?"""

    rows: np.ndarray
    columns: np.ndarray
    right: np.ndarray
    none: np.ndarray | None
    """Nothing where one of the pairs must be right."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A window's pairs for one head."""

    left: np.ndarray
    """(spans, 2): first piece and the one after the last."""
    right: np.ndarray
    places: np.ndarray
    """(pairs, 2): places in ``left`` and ``right``."""
    distances: np.ndarray
    apart: np.ndarray
    count: float
    """By how much the sum over the pairs is divided."""
    targets: np.ndarray | None = None
    """What is right of each pair, where each is judged by itself."""
    weights: np.ndarray | None = None
    """What each pair counts for; nothing where all count for the same."""
    choices: Choices | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A window and its pairs by head."""

    window: Window
    pairs: dict[str, Pairs]


def prepare(window: Window) -> Prepared:
    """A window with its pairs."""
    return Prepared(window, pairs_of(window))


def pairs_of(window: Window) -> dict[str, Pairs]:
    """The pairs of every head that has something to learn from the window."""
    mentions, triggers, cues = window.mentions, window.triggers, window.cues
    found = {
        "role": _roles(window) if window.roles is not None and mentions and triggers else None,
        "coref": _earlier(window, mentions, window.coref) if window.coref is not None else None,
        "event": _earlier(window, triggers, window.events) if window.events is not None else None,
        "relation": _relations(window) if window.relations is not None else None,
        "speaker": _speakers(window) if mentions and cues else None,
        "span": _spans(window),
    }
    return {head: found[head] for head in PAIR_HEADS if found[head] is not None}


def _pairs(
    window: Window,
    left: Sequence[Span],
    right: Sequence[Span],
    places: np.ndarray,
    count: float,
    *,
    targets: np.ndarray | None = None,
    weights: np.ndarray | None = None,
    choices: Choices | None = None,
) -> Pairs:
    """Small numbers throughout: several thousand windows are kept at once."""
    one, two = (np.array(spans, dtype=np.int16).reshape(-1, 2) for spans in (left, right))
    a, b = one[places[:, 0], 0].astype(np.int64), two[places[:, 1], 0].astype(np.int64)
    distances = buckets(a, b).astype(np.uint8)
    apart = sentences_apart(window.sentence[a], window.sentence[b]).astype(np.uint8)
    return Pairs(one, two, places.astype(np.int16), distances, apart, count, targets, weights, choices)


def _roles(window: Window) -> Pairs | None:
    """Trigger and mention: is it an actor, is it a recipient?"""
    assert window.roles is not None
    places = np.argwhere(window.roles[:, :, 0] != IGNORE)
    if not len(places):
        return None
    one = window.sentence[[window.triggers[trigger][0] for trigger in places[:, 0]]]
    two = window.sentence[[window.mentions[mention][0] for mention in places[:, 1]]]
    return _pairs(
        window,
        window.triggers,
        window.mentions,
        places,
        2.0 * len(window.triggers),
        targets=window.roles[places[:, 0], places[:, 1]].astype(np.float32),
        weights=np.where(one == two, 1.0, FAR_ROLE).astype(np.float32),
    )


def _earlier(window: Window, spans: list[Span], groups: list[str | None]) -> Pairs | None:
    """Each span and those before it: which of them, or none, mean the same?"""
    places, rows, columns, right, none = [], [], [], [], []
    for later in range(1, len(spans)):
        if groups[later] is None:
            continue
        first = max(0, later - EARLIER)
        same = [groups[earlier] == groups[later] for earlier in range(first, later)]
        places += [(later, earlier) for earlier in range(first, later)]
        rows += [len(none)] * len(same)
        columns += range(len(same))
        right += same
        none.append(not any(same))
    if not places:
        return None
    choices = Choices(np.array(rows, np.int16), np.array(columns, np.int16), np.array(right), np.array(none))
    return _pairs(window, spans, spans, np.array(places), float(len(spans)), choices=choices)


def _relations(window: Window) -> Pairs | None:
    """Two mentions in the order of the text: which relation, if any?"""
    assert window.relations is not None
    mentions = window.mentions
    places = [
        (one, two)
        for one in range(len(mentions))
        for two in range(one + 1, len(mentions))
        if mentions[two][0] - mentions[one][1] < RELATED
    ]
    if not places:
        return None
    targets = np.array([RELATION.index(window.relations.get(place, "-")) for place in places], np.uint8)
    return _pairs(window, mentions, mentions, np.array(places), float(len(mentions)), targets=targets)


def _speakers(window: Window) -> Pairs | None:
    """A cue and every mention: which of them speaks?"""
    spoken = [(cue, speakers) for cue, speakers in enumerate(window.speakers) if speakers]
    if not spoken:
        return None
    every = len(window.mentions)
    places = np.array([(cue, mention) for cue, _ in spoken for mention in range(every)])
    choices = Choices(
        rows=np.repeat(np.arange(len(spoken), dtype=np.int16), every),
        columns=np.tile(np.arange(every, dtype=np.int16), len(spoken)),
        right=np.array([mention in speakers for _, speakers in spoken for mention in range(every)]),
        none=None,
    )
    return _pairs(window, window.cues, window.mentions, places, float(len(spoken)), choices=choices)


def _spans(window: Window) -> Pairs | None:
    """Every span of whole words up to :data:`LONGEST` pieces: does it mention an actor?"""
    unknown = np.concatenate([[0], np.cumsum(window.labels["mention"] == IGNORE)])
    if unknown[-1] == len(window.labels["mention"]):
        return None
    begins = np.flatnonzero(window.begins)
    starts, ends = begins[:-1], begins[1:]
    # Rows are starts, columns ends: the words of the span are those from the one to before the other.
    size = ends[None] - starts[:, None]
    places = np.argwhere((size > 0) & (size <= LONGEST) & (unknown[ends][None] == unknown[starts][:, None]))
    if not len(places):
        return None
    mentions = set(window.mentions)
    found = zip(starts[places[:, 0]].tolist(), ends[places[:, 1]].tolist(), strict=True)
    return _pairs(
        window,
        [(start, start + 1) for start in starts.tolist()],
        [(end - 1, end) for end in ends.tolist()],
        places,
        float(len(mentions) + OF_SPANS),
        targets=np.array([span in mentions for span in found], np.float32),
    )

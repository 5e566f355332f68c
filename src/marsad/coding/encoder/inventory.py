"""What the encoder's heads judge: the names of each head's labels, in the order of its outputs."""

from __future__ import annotations

from typing import Final

from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, KINDS, RELATIONS, STATUSES

__all__ = ["DISTANCES", "MARGIN", "PAIR_HEADS", "PAIR_WIDTH", "RELATION", "ROLE", "TOKEN_HEADS", "WINDOW"]

TOKEN_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "trigger": ("-", *EVENT_TYPES),
    "status": tuple(STATUSES),
    "certainty": tuple(CERTAINTIES),
    "told": ("author", "other"),
    "mention": ("-", "first", "next"),
    "kind": tuple(KINDS),
    "cue": ("-", "cue"),
    "content": ("-", "direct", "indirect"),
    "opens": ("-", "opens"),
    "place": ("-", "first", "next"),
    "time": ("-", "time"),
}
"""Heads that judge one word piece each. ``trigger``: does the piece tell of an event, of which type;
``told``: is an event's telling the author's own or somebody else's; ``opens``: does a reported
content begin here."""

ROLE: Final = ("actor", "recipient")
RELATION: Final = ("-", *(f"{relation}{side}" for relation in RELATIONS for side in "><"))

PAIR_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "role": ROLE,
    "coref": ("same",),
    "event": ("same",),
    "relation": RELATION,
    "speaker": ("speaks",),
    "span": ("mention",),
}
"""Heads that judge two spans: trigger and mention, mention and earlier mention, trigger and earlier
trigger, two mentions in the order of the text, cue and mention, a mention's first piece and its last."""

PAIR_WIDTH: Final = 64
"""Numbers per span that a head for pairs sees."""
DISTANCES: Final = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)
"""Word pieces between the two spans: the bounds of the buckets; each side of the text has its own."""
WINDOW: Final = 256
"""Word pieces of a window, its two marks included."""
MARGIN: Final = 32
"""Word pieces at a window's inner edges whose judgement is left to the next window."""

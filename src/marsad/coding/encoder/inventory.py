"""What the encoder's heads judge: the names of each head's labels, in the order of its outputs."""

from __future__ import annotations

from typing import Final

from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, KINDS, RELATIONS, STATUSES

__all__ = [
    "ARC_WIDTH",
    "DEPENDENCIES",
    "DISTANCES",
    "ENTITIES",
    "MARGIN",
    "PAIR_HEADS",
    "PAIR_WIDTH",
    "RELATION",
    "ROLE",
    "TAGS",
    "TOKEN_HEADS",
    "WINDOW",
]

TAGS: Final = tuple(
    f"{tag} {pos}"
    for pos, tags in (
        ("NOUN", "NN NNS"),
        ("PROPN", "NNP NNPS"),
        ("ADP", "IN RP"),
        ("DET", "DT PDT WDT WP$"),
        ("PUNCT", ", . : '' `` HYPH -LRB- -RRB- NFP"),
        ("ADJ", "JJ JJR JJS AFX"),
        ("VERB", "VB VBD VBG VBN VBP VBZ"),
        ("AUX", "VB VBD VBG VBN VBP VBZ MD"),
        ("PRON", "PRP PRP$ WDT WP DT NN EX"),
        ("CCONJ", "CC"),
        ("NUM", "CD"),
        ("ADV", "RB RBR RBS WRB"),
        ("SCONJ", "IN WRB"),
        ("PART", "TO POS RB"),
        ("INTJ", "UH"),
        ("SYM", "$ SYM"),
        ("X", "LS XX FW"),
    )
    for tag in tags.split(" ")
)
"""Tag of the Penn treebank and part of speech of Universal Dependencies, as spaCy pairs them."""
DEPENDENCIES: Final = tuple(
    (
        "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj "
        "csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd "
        "parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp"
    ).split(" ")
)
"""Labels of a word's tie to its head: ClearNLP's, as spaCy's English pipelines use them."""
ENTITIES: Final = (
    "-",
    *(
        f"{side}-{kind}"
        for kind in (
            "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY "
            "ORDINAL CARDINAL"
        ).split(" ")
        for side in "BI"
    ),
)
"""Names and figures of OntoNotes, each by its first word and by those that follow."""

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
    "tag": TAGS,
    "dependency": DEPENDENCIES,
    "entity": ENTITIES,
    "sentence": ("-", "opens"),
}
"""Heads that judge one word piece each. ``trigger``: does the piece tell of an event, of which type;
``told``: is an event's telling the author's own or somebody else's; ``opens``: does a reported
content begin here. The last four judge the first piece of each word: its tag, its tie to its head, the name that it
belongs to, and does a sentence begin with it."""

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

ARC_WIDTH: Final = 96
"""Numbers per word that finding its syntactic head needs, on either side."""
PAIR_WIDTH: Final = 64
"""Numbers per span that a head for pairs sees."""
DISTANCES: Final = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)
"""Word pieces between the two spans: the bounds of the buckets; each side of the text has its own."""
WINDOW: Final = 256
"""Word pieces of a window, its two marks included."""
MARGIN: Final = 16
"""Word pieces at a window's inner edges whose judgement is left to the next window."""

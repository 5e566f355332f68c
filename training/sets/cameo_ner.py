"""ConfliBERT's CAMEO tagging: sentences with the source and the target of their event, which itself is not marked.

Source: Parolin et al. 2022, as given out with ConfliBERT (no licence for the data is stated). The event is taken to
be the verb that the source is the subject of, where that verb follows it at once and is no verb of saying. It has no
type; its roles are the source and a target that can be an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .folders import set_folder
from .partial import PartialEvent, PartialRecord, Span
from .plover import actorlike
from .speech import VERBS, source_mention
from .tokens import join

__all__ = ["load"]

SET: Final = "cameo_ner"
LAYERS: Final = frozenset({"roles-at"})
BETWEEN: Final = frozenset(
    "has have had on last week today yesterday monday tuesday wednesday thursday friday saturday sunday also "
    "recently again then earlier this month year and".split()
)
"""Words that may stand between a source and its verb."""
EMPTY: Final = frozenset(
    "started used continued managed based led failed attempted wanted planned hoped needed tried decided expected "
    "appeared seemed scheduled armed called died launched carried issued held deployed filed consisted accepted "
    "distributed conducted signed reached introduced staged opened".split()
)
IRREGULAR: Final = frozenset("shot overran hit fought beat met withdrew gave forbade hanged withheld".split())


def load(folder: Path) -> Iterator[PartialRecord]:
    """The sentences of ``cameo_ner/train.txt`` in which the verb can be found."""
    folder = set_folder(folder, "conflibert")
    sentence: list[tuple[str, str]] = []
    number = 0
    for line in [*(folder / "cameo_ner" / "train.txt").read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, tag = line.rsplit(" ", 1)
            sentence.append((word, tag))
        elif sentence:
            record = _record(number, sentence)
            if record is not None:
                yield record
            sentence, number = [], number + 1


def _record(number: int, sentence: list[tuple[str, str]]) -> PartialRecord | None:
    text, spans = join([word for word, _ in sentence])
    sources, targets = (_tagged(sentence, side) for side in "ST")
    if len(sources) != 1 or len(targets) != 1 or sources[0][1] > targets[0][0]:
        return None
    verb = _verb(sentence, sources[0][1], targets[0][0])
    if verb is None:
        return None
    actor = source_mention(text, spans[sources[0][0]][0], spans[sources[0][1] - 1][1])
    phrase = spans[targets[0][0]][0], spans[targets[0][1] - 1][1]
    recipient: Span | None = source_mention(text, *phrase) if actorlike(text[slice(*phrase)]) else None
    if (
        actor is None
        or recipient is None
        or not (actorlike(text[slice(*actor)]) and actorlike(text[slice(*recipient)]))
    ):
        return None
    return PartialRecord(
        id=f"{SET}-{number}",
        text=text,
        layers=LAYERS,
        mentions=tuple((s, e, None, None) for s, e in sorted({actor, recipient})),
        events=(PartialEvent(*spans[verb], None, (("actor", *actor), ("recipient", *recipient))),),
        licence="local only (none stated)",
        set=SET,
    )


def _tagged(sentence: list[tuple[str, str]], side: str) -> list[Span]:
    """First token and the one after the last of every phrase with a tag."""
    found: list[Span] = []
    for i, (_, tag) in enumerate(sentence):
        if tag == f"B-{side}":
            found.append((i, i + 1))
        elif tag == f"I-{side}" and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
    return found


def _verb(sentence: list[tuple[str, str]], after: int, before: int) -> int | None:
    """The verb right after the source and before the target."""
    for i in range(after, min(before, after + 5)):
        word = sentence[i][0].lower()
        if word in BETWEEN or word.endswith("ly"):
            continue
        past = re.fullmatch(r"[a-z]+ed", word) or word in IRREGULAR
        return i if past and word not in EMPTY and not VERBS.match(word) else None
    return None

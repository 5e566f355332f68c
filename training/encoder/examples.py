"""Labelled reports as windows of word pieces, with what each head should say of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from marsad.coding.encoder.inventory import TOKEN_HEADS
from marsad.coding.encoder.windows import first_pieces, sentence_numbers, shapes, windows

if TYPE_CHECKING:
    from parses import Row
    from rewording import Rewording

IGNORE = -100
Span = tuple[int, int]
SYNTAX = ("tag", "dependency", "entity")
"""Heads that are taught what the parse says of a word."""


@dataclass(slots=True)
class Target:
    """What is labelled in one text: spans in code points; ``None`` where a layer is not labelled."""

    text: str
    weight: float = 1.0
    id: str = ""
    tokens: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    """Head -> (start, end, label); everything else in the text is the head's first label."""
    at: dict[str, list[tuple[int, int, str | None]]] = field(default_factory=dict)
    """Head -> (start, end, label) where only these spans are judged; a label of None is left out."""
    mentions: list[tuple[int, int, str | None]] = field(default_factory=list)
    """Start, end, and the entity that is meant."""
    triggers: list[tuple[int, int, str | None]] = field(default_factory=list)
    """Start, end, and the event that is meant."""
    cues: list[tuple[int, int, list[int]]] = field(default_factory=list)
    """Start, end, and which mentions speak."""
    roles: dict[tuple[int, int], tuple[bool, bool]] = field(default_factory=dict)
    """(trigger, mention) -> is it an actor, is it a recipient; other pairs are neither where ``all_roles``."""
    all_roles: bool = False
    role_negatives: bool = False
    """Do the other mentions in the sentence of an event with roles have none?"""
    coref: bool = False
    same_event: bool = False
    relations: dict[tuple[int, int], str] | None = None
    """(mention, later mention) -> label; other pairs have none."""
    syntax: list[Row] | None = None
    """The parse of the text, where one is known."""
    unsure: list[Span] = field(default_factory=list)
    """Passages of which nothing is known."""


@dataclass(slots=True)
class Syntax:
    """The words of a window: each one's piece, its head's place among them (-1 where it lies outside), its sentence."""

    pieces: np.ndarray
    heads: np.ndarray
    sentences: np.ndarray


@dataclass(slots=True)
class Window:
    """One training item: ids, labels per head, and spans in places of this window."""

    ids: np.ndarray
    shapes: np.ndarray
    labels: dict[str, np.ndarray]
    sentence: np.ndarray
    begins: np.ndarray
    """Does a word begin at each piece?"""
    mentions: list[tuple[int, int]]
    triggers: list[tuple[int, int]]
    cues: list[tuple[int, int]]
    roles: np.ndarray | None
    coref: list[str | None] | None
    events: list[str | None] | None
    relations: dict[tuple[int, int], str] | None
    speakers: list[list[int]]
    weight: float
    syntax: Syntax | None
    rewordings: list[Rewording] = field(default_factory=list)
    """The window in other words."""


def target_of(record: dict[str, Any], weight: float) -> Target:
    """What a fully labelled record says."""
    target = Target(record["text"], weight, record["id"], all_roles=True, coref=True, same_event=True, relations={})
    tokens = target.tokens
    tokens["mention"] = [(*m, "m") for a in record["actors"] for m in a["mentions"]]
    target.at["kind"] = [(*m, a["kind"]) for a in record["actors"] for m in a["mentions"]]
    tokens["place"] = [(*p["span"], "m") for p in record["places"]]
    tokens["time"] = [(*t["span"], "time") for t in record["times"]]
    tokens["cue"] = [(*s["cue"], "cue") for s in record["statements"] if s["cue"]]
    tokens["content"] = [
        (*piece, "direct" if s["manner"] == "direct" else "indirect")
        for s in record["statements"]
        for piece in s["content"]
    ]
    tokens["opens"] = [(s["content"][0][0], s["content"][0][0] + 1, "opens") for s in record["statements"]]
    tokens["trigger"] = []
    for name in ("status", "certainty", "told"):
        target.at[name] = []
    target.at["trigger"] = []
    target.mentions = sorted((m[0], m[1], a["id"]) for a in record["actors"] for m in a["mentions"])
    acts: list[dict[str, Any]] = []
    for event in record["events"]:
        for span in [event["span"], *event["also"]]:
            if not event.get("scored", True):
                target.at["trigger"].append((*span, None))
                continue
            tokens["trigger"].append((*span, event["type"]))
            target.at["status"].append((*span, event["status"]))
            target.at["certainty"].append((*span, event["certainty"]))
            told = "author" if event["according_to"] == ["author"] else "other"
            target.at["told"].append((*span, told))
            target.triggers.append((*span, event["id"]))
            acts.append(event)
    for i, event in enumerate(acts):
        for j, (_, _, actor) in enumerate(target.mentions):
            does, suffers = actor in event["actors"], actor in event["recipients"]
            if does or suffers:
                target.roles[i, j] = (does, suffers)
    ties: dict[tuple[str, str], list[tuple[str, Span]]] = {}
    for r in record["relations"]:
        ties.setdefault((r["subject"], r["object"]), []).append((r["relation"], tuple(r["evidence"])))
    assert target.relations is not None
    for i, (s1, e1, a) in enumerate(target.mentions):
        for j in range(i + 1, len(target.mentions)):
            s2, e2, b = target.mentions[j]
            for one, other, side in ((a, b, ">"), (b, a, "<")):
                for relation, (start, end) in ties.get((str(one), str(other)), ()):
                    if start <= min(s1, s2) and max(e1, e2) <= end:
                        target.relations[i, j] = relation + side
    for s in record["statements"]:
        if s["cue"] and s["speaker"]:
            span = s["speaker_span"]
            who = [
                j
                for j, (start, end, actor) in enumerate(target.mentions)
                if actor == s["speaker"] and (span is None or (start < span[1] and span[0] < end))
            ]
            if span is not None and who:
                target.cues.append((*s["cue"], who))
    return target


class Cutter:
    """Cuts labelled texts into windows."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.first, self.last = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))

    def windows(self, targets: Iterable[Target]) -> Iterator[Window]:
        """The windows of all texts."""
        for target in targets:
            yield from self._cut(target)

    def _cut(self, target: Target) -> Iterator[Window]:
        encoding = self.tokenizer.encode(target.text, add_special_tokens=False)
        offsets = [tuple(o) for o in encoding.offsets]
        ids = np.array(encoding.ids, dtype=np.int64)
        starts, ends = [o[0] for o in offsets], [o[1] for o in offsets]

        def pieces(start: int, end: int) -> Span:
            return bisect_right(ends, start), bisect_left(starts, end)

        labels = self._labels(target, len(ids), pieces)
        syntax = None
        if target.syntax:
            syntax = self._syntax(target.syntax, np.array(starts), labels)
        written = shapes(target.text, offsets)
        sentence = sentence_numbers(target.text, offsets)
        begins = np.array([not token.startswith("##") for token in encoding.tokens])
        for begin, end in windows(len(ids)):
            yield self._window(target, ids, written, labels, sentence, begins, pieces, syntax, begin, end)

    def _syntax(self, rows: list[Row], starts: np.ndarray, labels: dict[str, np.ndarray]) -> Syntax:
        """The words of a text that have a piece of their own; writes what they are into the labels."""
        place, own = first_pieces(starts, np.array([row[:2] for row in rows]))
        numbers = [{name: i for i, name in enumerate(TOKEN_HEADS[head])} for head in SYNTAX]
        sentence = np.cumsum([row[6] for row in rows])
        kept: dict[int, int] = {}
        for word, piece in enumerate(place.tolist()):
            if own[word]:
                kept[word] = len(kept)
                for head, number, value in zip(
                    SYNTAX, numbers, (rows[word][2], rows[word][3], rows[word][5]), strict=True
                ):
                    labels[head][piece] = number.get(value, IGNORE)
                labels["sentence"][piece] = rows[word][6]
        words = list(kept)
        return Syntax(place[words], np.array([kept.get(rows[word][4], -1) for word in words]), sentence[words])

    def _labels(self, target: Target, size: int, pieces: Any) -> dict[str, np.ndarray]:
        labels = {}
        for head, names in TOKEN_HEADS.items():
            number = {name: i for i, name in enumerate(names)}
            row = np.full(size, 0 if head in target.tokens else IGNORE, dtype=np.int64)
            # Longer spans first: inside a longer one, the shorter one's label holds.
            for start, end, label in sorted(target.tokens.get(head, ()), key=lambda t: t[0] - t[1]):
                first, last = pieces(start, end)
                if label == "m":
                    row[first:last] = 2
                    row[first : first + 1] = 1
                elif head == "opens":
                    row[first : first + 1] = 1
                else:
                    row[first:last] = number[label]
            for start, end in target.unsure:
                first, last = pieces(start, end)
                row[first:last] = IGNORE
            for start, end, name in target.at.get(head, ()):
                first, last = pieces(start, end)
                row[first:last] = IGNORE if name is None else number[name]
            labels[head] = row
        return labels

    def _window(
        self,
        target: Target,
        ids: np.ndarray,
        written: np.ndarray,
        labels: dict[str, np.ndarray],
        sentence: np.ndarray,
        begins: np.ndarray,
        pieces: Any,
        syntax: Syntax | None,
        begin: int,
        end: int,
    ) -> Window:
        def inside(spans: Iterable[tuple[Any, ...]]) -> tuple[list[int], list[Span]]:
            kept, places = [], []
            for number, (start, stop, *_) in enumerate(spans):
                first, last = pieces(start, stop)
                if begin <= first < last <= end:
                    kept.append(number)
                    places.append((first - begin + 1, last - begin + 1))
            return kept, places

        kept_mentions, mentions = inside(target.mentions)
        kept_triggers, triggers = inside(target.triggers)
        kept_cues, cues = inside(target.cues)
        number = {m: i for i, m in enumerate(kept_mentions)}
        roles = np.full((len(triggers), len(mentions), 2), 0 if target.all_roles else IGNORE, dtype=np.int64)
        for i, t in enumerate(kept_triggers):
            for j, m in enumerate(kept_mentions):
                if (t, m) in target.roles:
                    roles[i, j] = target.roles[t, m]
        if target.role_negatives:
            here = sentence[begin:end]
            for i, (first, _) in enumerate(triggers):
                if (roles[i] > 0).any():
                    near = [here[m - 1] == here[first - 1] for m, _ in mentions]
                    unknown = roles[i, :, 0] == IGNORE
                    roles[i, unknown & np.array(near)] = 0
        relations = None
        if target.relations is not None:
            relations = {
                (number[a], number[b]): label
                for (a, b), label in target.relations.items()
                if a in number and b in number
            }
        here = None
        if syntax is not None:
            first, last = np.searchsorted(syntax.pieces, [begin, end])
            heads = syntax.heads[first:last] - first
            heads[(heads < 0) | (heads >= last - first) | (syntax.heads[first:last] < 0)] = -1
            here = Syntax(syntax.pieces[first:last] - begin + 1, heads, syntax.sentences[first:last])
        return Window(
            shapes=np.concatenate([[0], written[begin:end], [0]]),
            syntax=here,
            ids=np.concatenate([[self.first], ids[begin:end], [self.last]]),
            labels={head: np.concatenate([[IGNORE], row[begin:end], [IGNORE]]) for head, row in labels.items()},
            sentence=np.concatenate([[sentence[begin] if end > begin else 0], sentence[begin:end], [0]]),
            begins=np.concatenate([[False], begins[begin:end], [True]]),
            mentions=mentions,
            triggers=triggers,
            cues=cues,
            roles=roles if target.all_roles or target.roles else None,
            coref=[target.mentions[m][2] for m in kept_mentions] if target.coref else None,
            events=[target.triggers[t][2] for t in kept_triggers] if target.same_event else None,
            relations=relations,
            speakers=[[number[m] for m in target.cues[c][2] if m in number] for c in kept_cues],
            weight=target.weight,
        )

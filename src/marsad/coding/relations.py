"""Lasting ties between actors that the text states or plainly implies."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from marsad.coding.blend import Blend
from marsad.coding.clusters import Cluster
from marsad.coding.document import Document
from marsad.coding.encoder.judgement import log_shares
from marsad.coding.mentions import Mention
from marsad.coding.offices import Tie, is_own_government, office_ties
from marsad.coding.pairscores import grid
from marsad.coding.paths import path
from marsad.coding.standing import standing_alone
from marsad.coding.tiepatterns import stated_ties
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes
from marsad.records import Passage
from marsad.vocabulary import RELATIONS

if TYPE_CHECKING:
    from marsad.knowledge import Knowledge

__all__ = ["LABELS", "Who", "features", "first_of_list", "pairs", "ties"]

LABELS: Final = ("-", *(f"{relation}{side}" for relation in RELATIONS for side in "><"))
"""``leads>``: the first mention leads the second; ``leads<``: the second leads the first."""

_NEAR: Final = 14
_LEAST: Final = 0.22
_SURELY_NONE: Final = math.log(0.98)
"""Encoder's log-probability of no tie from which on the rules are not asked."""
_STATES: Final = frozenset({"state", "government"})
_EMPLOYERS: Final = _STATES | {"media", "company", "international-organisation", "judiciary", "civil-society"}
"""Kinds of actors for which people work, rather than being their members."""


class Who:
    """What the pair of actors behind two mentions is known to be: kinds, and ties listed in the packs."""

    def __init__(self, clusters: list[Cluster], kinds: dict[int, str], knowledge: Knowledge) -> None:
        self.clusters = clusters
        self.kinds = kinds
        self.knowledge = knowledge
        self._actors = knowledge.actors
        self.alone = standing_alone(clusters)

    def listed(self, one: int, other: int) -> list[str]:
        """Ties that the packs list between two actors (by number), each with its direction."""
        found = []
        for side, subject, object_ in ((">", one, other), ("<", other, one)):
            for known in self.clusters[subject].known:
                actor = self._actors[known]
                for target in self.clusters[object_].known:
                    if target in actor.part_of:
                        found.append(f"part{side}")
                    if target in actor.backed_by:
                        found.append(f"backed{side}")
                    if any(term.body == target for term in actor.terms):
                        found.append(f"term{side}")
                    their = self._actors[target]
                    if their.kind == "state" and actor.country and actor.country == their.country:
                        found.append(f"country{side}|{actor.kind}")
        return found


def ties(document: Document, mentions: list[Mention], who: Who) -> list[Tie]:
    """(subject's actor, relation, object's actor, evidence) of every tie, each once; by the table ``relation``."""
    weights, blend = Weights.load("relation"), Blend.load("relation")
    best: dict[tuple[int, str, int], tuple[float, Passage]] = {}
    for subject, relation, object_, evidence in stated_ties(document, mentions):
        best.setdefault((subject, relation, object_), (1.0, evidence))
    for subject, relation, object_, evidence in office_ties(document, mentions, who.clusters, who.kinds, who.knowledge):
        best.setdefault((subject, relation, object_), (1.0, evidence))
    stated = {frozenset((subject, object_)) for subject, _, object_ in best}
    leaders = {s for s, relation, o in best if relation == "leads" and who.kinds[o] in _STATES}
    found = [p for p in pairs(document, mentions) if frozenset((p[0].actor, p[1].actor)) not in stated]
    judged = judge(document, found)
    for number, (one, other) in enumerate(found):
        if judged is not None and judged[number][0] > _SURELY_NONE:
            continue
        rules = weights.probabilities(features(document, one, other, who))
        shares = blend.shares(rules, None if judged is None else judged[number])
        at = max(range(1, len(shares)), key=shares.__getitem__)
        if shares[at] < _LEAST:
            continue
        label = weights.labels[at]
        if label.startswith("part-of") and _are_one(document, one, other):
            continue
        subject, object_ = (one.actor, other.actor) if label.endswith(">") else (other.actor, one.actor)
        key = (subject, _fitting(label[:-1], who.kinds[subject], who.kinds[object_]), object_)
        if key[1] == "part-of" and who.kinds[object_] in _STATES and object_ not in who.alone:
            # "Peruvian soldiers" in a report that says nothing of Peru.
            continue
        if key[1] == "leads" and subject in leaders and who.kinds[object_] in _STATES:
            # Nobody leads two states.
            continue
        evidence = Passage(min(one.start, other.start), max(one.end, other.end))
        if key not in best or shares[at] > best[key][0]:
            best[key] = (shares[at], evidence)
    return [(subject, relation, object_, evidence) for (subject, relation, object_), (_, evidence) in best.items()]


def _fitting(relation: str, subject: str, object_: str) -> str:
    """A person is no part of a body but a member of it, or works for it."""
    if relation != "part-of" or subject != "person":
        return relation
    return "works-for" if object_ in _EMPLOYERS else "member-of"


def _are_one(document: Document, one: Mention, other: Mention) -> bool:
    """Are two mentions one actor's: "the Colombian government" and "Colombian", "the National Front (NF)"?"""
    between = document.words[one.last : other.first]
    if len(between) == 1 and between[0].text == "(" and "name" == one.form == other.form:
        return True
    outer, inner = (one, other) if one.last - one.first > other.last - other.first else (other, one)
    return outer.first <= inner.first and inner.last <= outer.last and is_own_government(outer.text)


def judge(document: Document, found: list[tuple[Mention, Mention]]) -> list[list[float]] | None:
    """The encoder's log-probabilities of each label for pairs of mentions."""
    if document.judgement is None:
        return None
    spans = [(one.start, one.end) for one, _ in found], [(other.start, other.end) for _, other in found]
    logits = grid(document.judgement, "relation", *spans, [(i, i) for i in range(len(found))])
    values: list[list[float]] = log_shares(logits).tolist()
    return values


def pairs(document: Document, mentions: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of mentions of different actors in one sentence and near each other, in order of position.

    A member of a list is as near as the list's first member.
    """
    for index, one in enumerate(mentions):
        for other in mentions[index + 1 : index + 30]:
            if other.sent != one.sent:
                break
            near = other.first - one.last <= _NEAR
            if not near:
                top = first_of_list(document, other.head)
                near = one.head <= top <= one.last + _NEAR
            if near and one.actor != other.actor and one.head != other.head:
                yield one, other


def first_of_list(document: Document, word: int) -> int:
    """The first word of the list that a word stands in ("Belgium" in "Australia, Belgium, Canada" -> "Australia")."""
    words = document.words
    for _ in range(25):
        if words[word].dep not in ("conj", "appos") or words[word].head >= word:
            break
        word = words[word].head
    return word


def features(document: Document, one: Mention, other: Mention, who: Who) -> list[str]:
    """What is seen of two mentions, as names of weighted rules of the table ``relation``."""
    words = document.words
    clusters = who.clusters
    a, b = words[one.head], words[other.head]
    sorts = f"{clusters[one.actor].sort}|{clusters[other.actor].sort}"
    nested = one.last > other.first
    out = [
        f"s={sorts}",
        f"forms={one.form}|{other.form}|{nested}",
        f"ents={one.ent or '-'}|{other.ent or '-'}",
        f"adj={one.adjective}|{other.adjective}",
    ]
    inside = words[one.last : other.first] if not nested else words[one.first : one.last]
    between = " ".join(w.lower for w in inside) if len(inside) <= 5 else "far"
    out.append(f"bw={between}|{nested}")
    for word in inside:
        if word.pos not in ("DET", "PUNCT"):
            lemma = word.lemma.lower()
            out += [f"w={lemma}", f"ws={lemma}|{sorts}"]
            _, above = classes(lemma, word.pos)
            out += [f"wh={name}|{sorts}" for name in above[:3]]
    for mention, head, tag in ((one, a, "1"), (other, b, "2")):
        if mention.form == "description":
            lemma = head.lemma.lower()
            out += [f"h{tag}={lemma}", f"hs{tag}={lemma}|{sorts}|{nested}"]
            out += [f"hh{tag}={name}|{nested}" for name in classes(lemma, "NOUN")[1][:3]]
        elif mention.form == "pronoun":
            out.append(f"p{tag}={mention.lower}|{nested}")
        else:
            out.append(f"lw{tag}={words[mention.last - 1].lower}")
        # Titles before a name, and appositions after it, say what somebody is.
        for word in words[max(0, mention.first - 3) : mention.first]:
            if word.sent == mention.sent and word.pos in ("NOUN", "PROPN", "VERB"):
                out.append(f"b{tag}={word.lemma.lower()}")
        for word in words[mention.last : mention.last + 4]:
            if word.sent == mention.sent and word.pos in ("NOUN", "PROPN", "VERB"):
                out.append(f"a{tag}={word.lemma.lower()}")
    way = _way(document, a.i, b.i)
    if way is not None:
        line, on_way = way
        out += [f"path={line}", f"ps={line}|{sorts}"]
        for word_index in on_way:
            lemma = words[word_index].lemma.lower()
            out += [f"pl={lemma}", f"pll={lemma}|{line}"]
            out += [f"ph={name}" for name in classes(lemma, words[word_index].pos)[1][:2]]
    kinds = f"{who.kinds[one.actor]}|{who.kinds[other.actor]}"
    out += [f"k={kinds}", f"kn={kinds}|{nested}|{one.form}|{other.form}"]
    out += [f"listed={tie}" for tie in who.listed(one.actor, other.actor)]
    top_a, top_b = first_of_list(document, a.i), first_of_list(document, b.i)
    if (top_a, top_b) != (a.i, b.i) and top_a != top_b:
        collapsed = _way(document, top_a, top_b)
        if collapsed is not None:
            line, on_way = collapsed
            out += [f"lpath={line}", f"lpk={line}|{kinds}"]
            out += [f"lpl={words[w].lemma.lower()}" for w in on_way]
        out += [f"lh={words[top_a].lemma.lower()}|{top_a != a.i}", f"lh2={words[top_b].lemma.lower()}|{top_b != b.i}"]
    elif top_a == top_b:
        out.append("samelist")
    gap = 0 if nested else other.first - one.last
    out.append(f"gap={min(gap, 8)}|{sorts}")
    return out


def _way(document: Document, start: int, end: int) -> tuple[str, list[int]] | None:
    """The way through the parse between two words, named by its steps, and the words on it; None for a long one."""
    way = path(document, start, end)
    if way is None or len(way[0]) + len(way[1]) > 6:
        return None
    up, down = way
    words = document.words
    line = ".".join(words[w].dep for w in up) + ">" + ".".join(words[w].dep for w in down)
    return line, [*up[1:], *down[:-1], *([words[up[-1]].head] if up and down else [])]

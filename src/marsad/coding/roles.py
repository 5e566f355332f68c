"""Who did it and to whom: ties the triggers of events to mentions of actors."""

from __future__ import annotations

from typing import Final

from marsad.coding.blend import Blend
from marsad.coding.clusters import Cluster, sort_of
from marsad.coding.document import Document, Word
from marsad.coding.frames import Frame, frame_of
from marsad.coding.mentions import Mention
from marsad.coding.paths import ancestors, path
from marsad.coding.triggers import Trigger
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes

__all__ = ["ROLES", "features", "reachable", "roles"]

ROLES: Final = ("-", "actor", "recipient")
_SURE_PLACE: Final = 0.45
"""Least chance of whoever stands as the trigger's own subject or object to act or to be the recipient."""
_CLAUSE: Final = 6
"""Words of a quotation from which on it is a clause and no fragment."""
_NO_ROLE: Final = -4.0
"""Encoder's log-odds below which, for both roles, a mention that is no subject or object has none."""
_NEAR: Final = 45
"""Words between trigger and mention beyond which no tie is considered."""


def reachable(trigger: Trigger, mentions: list[Mention], document: Document) -> list[Mention]:
    """The mentions that may take a role in an event: those of its sentence.

    Not whoever closes it as the speaker ("Israel bombed a depot, the Observatory said"), nor
    the subject of a clause around the event's own ("the UN confirmed that rebels killed 70"),
    nor whom it is according to, nor, for words in quotation marks, whoever stands outside them.
    """
    word = document.words[trigger.word]
    inside = _quoted_clause(document, word)
    return [
        m
        for m in mentions
        if m.sent == word.sent
        and abs(m.head - word.i) <= _NEAR
        and not (m.first <= word.i < m.last and m.head == word.i)
        and not any(start <= word.start < end <= m.start for start, end in m.says)
        and (not inside or document.words[m.head].quote == word.quote)
        and not _outside(document, word, document.words[m.head])
    ]


def _quoted_clause(document: Document, word: Word) -> bool:
    """Does the word stand in quoted words that are long enough to name who takes part?"""
    if word.quote < 0:
        return False
    sentence = document.sentence_of(word.i)
    return sum(near.quote == word.quote for near in document.words[sentence.first : sentence.last]) >= _CLAUSE


def _outside(document: Document, word: Word, head: Word) -> bool:
    """Is ``head`` a source, or the subject of a clause that only holds the clause of ``word``?"""
    words = document.words
    above = words[head.head]
    if head.dep == "pobj" and above.lower == "to" and words[above.head].lower == "according":
        return True
    if head.dep not in ("nsubj", "nsubjpass"):
        return False
    at = word
    for _ in range(8):
        if at.head == at.i or (at.head == head.head and at.dep not in ("ccomp", "acl")):
            return False
        own = any(words[c].dep in ("nsubj", "nsubjpass") and c != head.i for c in at.children)
        if at.dep in ("ccomp", "acl") and own and _reaches(document, at.head, head.head):
            return True
        at = words[at.head]
    return False


def _reaches(document: Document, start: int, end: int) -> bool:
    return end in ancestors(document, start)


def roles(
    document: Document, trigger: Trigger, mentions: list[Mention], clusters: list[Cluster]
) -> list[tuple[Mention, float, float]]:
    """For each reachable mention its chances of being actor and recipient of the event; by the table ``role``."""
    weights = Weights.load("role")
    acts, suffers_too = Blend.load("role.actor"), Blend.load("role.recipient")
    near = reachable(trigger, mentions, document)
    frame = frame_of(document, trigger.word)
    found = []
    judged = judge(document, trigger, near)
    for number, mention in enumerate(near):
        if (
            judged is not None
            and max(judged[number]) < _NO_ROLE
            and mention.head not in (*frame.subjects, *frame.objects)
        ):
            continue
        shares = weights.probabilities(features(document, trigger, mention, near, clusters, frame))
        does = acts.chance(shares[1], None if judged is None else judged[number][:1])
        suffers = suffers_too.chance(shares[2], None if judged is None else judged[number][1:])
        if mention.head in frame.subjects and not frame.inherited:
            does = max(does, _SURE_PLACE * (does >= suffers))
        elif mention.head in frame.objects:
            # Beside a subject of the trigger's own, its object does not act.
            other_acts = bool(frame.subjects) and not frame.inherited
            suffers = max(suffers, _SURE_PLACE * (suffers >= does or other_acts))
            does = min(does, suffers - 0.01) if other_acts else does
        if does + suffers > 0.06:
            found.append((mention, does, suffers))
    return found


def judge(document: Document, trigger: Trigger, near: list[Mention]) -> list[list[float]] | None:
    """The encoder's log-odds that each mention acts, and that it is the recipient."""
    if document.judgement is None:
        return None
    spans = [(trigger.span.start, trigger.span.end)], [(m.start, m.end) for m in near]
    which = [(0, i) for i in range(len(near))]
    logits: list[list[float]] = document.judgement.pairs("role", *spans, which).tolist()
    return logits


def features(
    document: Document,
    trigger: Trigger,
    mention: Mention,
    near: list[Mention],
    clusters: list[Cluster],
    frame: Frame,
) -> list[str]:
    """What is seen of a trigger and a mention, as names of weighted rules of the table ``role``."""
    words = document.words
    word, head = words[trigger.word], words[mention.head]
    kind, lemma, pos = trigger.type, word.lemma.lower(), word.pos
    own = sort_of(document, mention) or (clusters[mention.actor].sort if mention.actor >= 0 else "")
    side = "before" if head.i < word.i else "after"
    passive = any(words[c].dep in ("auxpass", "nsubjpass") for c in word.children) or (
        word.tag == "VBN" and word.dep in ("acl", "relcl") and not any(words[c].lemma == "have" for c in word.children)
    )
    voice = "p" if passive else "a"
    out = [
        f"t={kind}|{side}",
        f"f={mention.form}|{side}",
        f"s={own}|{kind}",
        f"s={own}|{side}|{pos}",
        f"d={head.dep}|{pos}|{voice}",
    ]
    between = path(document, word.i, head.i)
    if between is None:
        out.append("nopath")
    else:
        up, down = between
        ups = ".".join(words[w].dep for w in up)
        downs = ".".join(words[w].dep for w in down)
        line = f"{ups}>{downs}"
        if len(up) + len(down) <= 6:
            preps = ".".join(words[w].lower for w in down if words[w].dep in ("prep", "agent"))
            # The last word of the climb whose head is the common one tells what the two share.
            out += [
                f"path={line}|{pos}|{voice}",
                f"pt={line}|{kind}|{voice}",
                f"pp={line}|{preps}|{pos}",
                f"pl={lemma}|{line}|{voice}",
                f"ppt={preps}|{kind}|{line}",
                f"ps={line}|{own}",
            ]
            if up:
                top = words[words[up[-1]].head]
                out.append(f"pup={line}|{top.lemma.lower()}")
                out.append(f"pupp={ups}|{top.pos}|{downs}")
        else:
            out.append("farpath")
        out.append(f"len={min(7, len(up))}|{min(5, len(down))}")
        last = down[-1] if down else up[-1] if up else word.i
        out.append(f"end={words[last].dep}|{kind}|{side}")
        if up and any(words[w].dep in ("xcomp", "conj", "advcl", "acl", "relcl", "pcomp", "ccomp") for w in up):
            clean = [
                words[w].dep for w in up if words[w].dep in ("xcomp", "conj", "advcl", "acl", "relcl", "pcomp", "ccomp")
            ]
            subject = any(words[c].dep.startswith("nsubj") for c in word.children)
            out.append(f"clause={'.'.join(clean[:3])}|{downs}|{subject}|{voice}")
    distance = abs(head.i - word.i)
    out.append(f"dist={min(8, distance.bit_length())}|{side}|{pos}")
    # How many other mentions stand between, and whether this one is the nearest on its side.
    closer = sum(1 for m in near if m is not mention and (word.i < m.head < head.i or head.i < m.head < word.i))
    out.append(f"closer={min(4, closer)}|{side}|{pos}")
    out.append(f"closer={min(2, closer)}|{side}|{kind}")
    if (word.quote >= 0) != (head.quote >= 0):
        out.append(f"quote|{side}|{mention.form}")
    if mention.form == "pronoun":
        out.append(f"pron={mention.lower}|{kind}")
    elif mention.form == "description":
        for name in classes(head.lemma.lower(), "NOUN")[1][:2]:
            out.append(f"h={name}|{kind}")
        out.append(f"hl={head.lemma.lower()}|{kind}")
    if any(start <= word.start < end for start, end in mention.says):
        out += ["says", f"says|{kind}", f"says|{mention.form}|{side}"]
    out += _places_in(document, mention, frame, kind, lemma, pos)
    if mention.adjective:
        out.append(f"adj|{head.dep}|{kind}")
    if head.head == word.i or word.head == head.i:
        out.append(f"direct|{head.dep if head.head == word.i else '^' + word.dep}|{kind}")
        out.append(f"directl|{head.dep if head.head == word.i else '^' + word.dep}|{lemma}")
    before = words[mention.first - 1].lower if mention.first else ""
    out.append(f"b={before}|{kind}")
    return out


def _places_in(document: Document, mention: Mention, frame: Frame, kind: str, lemma: str, pos: str) -> list[str]:
    """Which place in the trigger's frame a mention fills, itself or as part of the phrase that fills it."""
    head = mention.head
    out = []
    filled = f"{bool(frame.subjects)}{bool(frame.objects)}"
    place = "s" if head in frame.subjects else "o" if head in frame.objects else ""
    if not place:
        words = document.words
        above = words[head].head
        for _ in range(3):
            if above in frame.subjects or above in frame.objects:
                place = ("in s " if above in frame.subjects else "in o ") + words[head].dep
                break
            if words[above].head == above:
                break
            above = words[above].head
    if place:
        out += [
            f"fr={place}|{kind}",
            f"fr={place}|{lemma}",
            f"fr={place}|{pos}|{frame.inherited}",
            f"fr={place}|{mention.form}",
        ]
    else:
        out += [f"fr=none|{filled}|{kind}", f"fr=none|{filled}|{pos}"]
    prep = frame.preps.get(head)
    if prep is not None:
        out += [f"prep={prep}|{kind}", f"prep={prep}|{lemma}", f"prep={prep}|{pos}|{filled}"]
    return out

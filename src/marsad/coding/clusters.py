"""Which mentions are one actor: each mention joins the likeliest actor before it, or begins one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from marsad.coding.blend import Blend
from marsad.coding.document import Document, Word
from marsad.coding.mentions import Mention, group_before
from marsad.coding.pairscores import Likeness
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes
from marsad.coding.wordlists import words_of

__all__ = ["Cluster", "Clusters", "cluster", "features", "likeness", "reading_order", "sort_of"]

_LEAST: Final = 0.32
_LEAST_PRONOUN: Final = 0.3
"""For pronouns of the third person, which nearly always refer to somebody named before."""
_SURNAME: Final = 0.6
"""Least chance that "Haddad" and "Omar Haddad" are one person."""
_UNLIKE: Final = -4.5
"""Encoder's log-odds below which a mention and an actor are not compared further."""
_THIRD_PERSON: Final = frozenset(
    "he him his himself she her hers herself they them their theirs themselves its itself".split()
)
_REACH: Final = {"pronoun": (4, 14), "description": (12, 24), "name": (3, 6)}
"""For each form of mention: how many sentences back, and how many actors at most, are considered."""
_FIRST_PERSON: Final = frozenset("i me my mine myself we us our ours ourselves".split())
_SINGULAR_PERSON: Final = frozenset("he him his himself she her hers herself i me my myself".split())
_INDEFINITE: Final = frozenset("a an one another some several".split())
_OWNED: Final = frozenset("its his her their our my your this that these those two three four five six".split())
_FILLER: Final = frozenset("the of and for in to a an al el ibn bin 's group party".split())


@dataclass(slots=True, eq=False)
class Cluster:
    """One actor while it grows: its mentions in order, and what is known from them."""

    number: int
    mentions: list[Mention] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    gender: str = ""
    sort: str = ""
    """person, group, people or thing, from the first mention that tells."""

    @property
    def last(self) -> Mention:
        """The latest mention."""
        return self.mentions[-1]

    def add(self, document: Document, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        mention.actor = self.number
        head = document.words[mention.head]
        if mention.form == "name":
            self.names.add(mention.lower)
            self.parts.update(w for w in mention.lower.replace("-", " ").split() if w not in _FILLER)
            if mention.known:
                self.known.add(mention.known)
        elif mention.form == "description":
            self.heads.add(head.lemma.lower())
        if not self.gender:
            self.gender = _gender(document, mention)
        if not self.sort or self.sort == "thing":
            self.sort = sort_of(document, mention) or self.sort


def _gender(document: Document, mention: Mention) -> str:
    words = document.words
    text = mention.lower
    if text in ("he", "him", "his", "himself"):
        return "m"
    if text in ("she", "her", "hers", "herself"):
        return "f"
    before = words[mention.first - 1].lower.rstrip(".") if mention.first else ""
    last = words[mention.last - 1].lower
    if before in ("mr", "sheikh", "lord", "king", "prince", "sir") or last in words_of("men"):
        return "m"
    if before in ("mrs", "ms", "miss", "lady", "queen") or last in words_of("women"):
        return "f"
    return ""


def sort_of(document: Document, mention: Mention) -> str:
    """person, group, people or thing; empty for a pronoun that tells nothing."""
    head = document.words[mention.head]
    if mention.form == "pronoun":
        return "person" if mention.lower in _SINGULAR_PERSON else ""
    if mention.form == "name":
        if mention.known_kind:
            return "person" if mention.known_kind == "person" else "group"
        if mention.ent == "PERSON":
            return "person"
        return "group" if mention.ent in ("ORG", "GPE", "NORP") or mention.known else ""
    files, _ = classes(head.lemma.lower(), "NOUN")
    if files[:1] == ("person",):
        return "people" if head.tag in ("NNS", "NNPS") else "person"
    if files[:1] == ("group",):
        return "group"
    return "people" if head.pos == "NUM" or head.pos == "ADJ" else "thing" if files else ""


class Clusters:
    """The actors of one document while its mentions are read in order."""

    def __init__(self, document: Document, speakers: dict[int, int]) -> None:
        """``speakers``: quotation number -> index of the word that stands for its speaker."""
        self.document = document
        self.speakers = speakers
        self.all: list[Cluster] = []
        # In order of the latest mention, the latest last; a dict, since each mention moves its actor to the end.
        self._recent: dict[Cluster, None] = {}
        self._by_name: dict[str, list[Cluster]] = defaultdict(list)
        self._by_known: dict[str, Cluster] = {}
        self._by_word: dict[int, Cluster] = {}
        self._by_text: dict[str, Cluster] = {}

    def possible(self, mention: Mention) -> list[Cluster]:
        """The actors that a mention may refer to: recent ones, and those that share a name with it."""
        sentences, most = _REACH[mention.form]
        found: list[Cluster] = []
        for known in reversed(self._recent):
            if mention.sent - known.last.sent > sentences or len(found) >= most:
                break
            found.append(known)
        if mention.form == "name":
            keys = self._keys(mention)
            if mention.known and mention.known in self._by_known:
                found.append(self._by_known[mention.known])
            for key in keys:
                found += self._by_name.get(key, ())[-3:]
        elif mention.form == "description":
            found += self._by_name.get("=" + self.document.words[mention.head].lemma.lower(), ())[-3:]
            group = group_before(self.document, mention)
            found += self._by_name.get(group, ())[-1:] if group else ()
        elif mention.lower in _FIRST_PERSON:
            speaker = self.speaker(mention)
            if speaker is not None:
                found.append(speaker)
        return list(dict.fromkeys(found))

    def told_again(self, mention: Mention) -> Cluster | None:
        """The actor last told of in the very same words, where these are two at least and definite."""
        return self._by_text.get(mention.lower) if _is_definite(mention) else None

    def speaker(self, mention: Mention) -> Cluster | None:
        """The actor that speaks the quotation which holds a mention, where it is already known."""
        quote = self.document.words[mention.head].quote
        if quote < 0 or quote not in self.speakers:
            return None
        return self._by_word.get(self.speakers[quote])

    def put(self, mention: Mention, into: Cluster | None) -> Cluster:
        """Add a mention to an actor, or to a new one."""
        if into is None:
            into = Cluster(len(self.all))
            self.all.append(into)
        else:
            del self._recent[into]
        into.add(self.document, mention)
        self._recent[into] = None
        for word in range(mention.first, mention.last):
            self._by_word.setdefault(word, into)
        self._by_word[mention.head] = into
        self._by_text[mention.lower] = into
        if mention.form == "name":
            for key in self._keys(mention):
                if into not in self._by_name[key]:
                    self._by_name[key].append(into)
            if mention.known:
                self._by_known[mention.known] = into
        elif mention.form == "description":
            key = "=" + self.document.words[mention.head].lemma.lower()
            if into not in self._by_name[key]:
                self._by_name[key].append(into)
        return into

    def _keys(self, mention: Mention) -> Iterator[str]:
        parts = _parts(mention.lower)
        yield from dict.fromkeys((mention.lower, *parts))
        if len(parts) > 1:
            yield "^" + "".join(p[0] for p in parts)
        elif mention.text.isupper() and 2 <= len(mention.text) <= 8:
            yield "^" + mention.lower


def cluster(document: Document, mentions: list[Mention], speakers: dict[int, int]) -> list[Cluster]:
    """The actors of a document; ``speakers`` as for :class:`Clusters`."""
    weights, blend = Weights.load("coref"), Blend.load("coref")
    judged = likeness(document, mentions)
    state = Clusters(document, speakers)
    for mention in reading_order(document, mentions, speakers):
        best, chance = state.told_again(mention), _LEAST_PRONOUN if mention.lower in _THIRD_PERSON else _LEAST
        for possible in state.possible(mention) if best is None else ():
            if (mention.known and mention.known in possible.known) or _is_unit_of(document, mention, possible):
                best = possible
                break
            if (
                _bound(document, mention, possible)
                or _another_name(mention, possible)
                or _is_new(document, mention, possible)
            ):
                continue
            alike = judged(mention, possible.mentions)
            surname = _same_surname(mention, possible)
            if alike is not None and alike[0] < _UNLIKE and not surname:
                continue
            share = blend.chance(weights.chance(features(state, mention, possible)), alike)
            share = max(share, _SURNAME * surname)
            if share > chance:
                best, chance = possible, share
        state.put(mention, best)
    return state.all


def likeness(document: Document, mentions: list[Mention]) -> Likeness[Mention]:
    """What the encoder says of a mention and the last mentions of an actor."""
    spans = {m: (m.start, m.end) for m in mentions}
    return Likeness(document.judgement, "coref", spans, reach=60, last=12)


def reading_order(document: Document, mentions: list[Mention], speakers: dict[int, int]) -> list[Mention]:
    """The mentions as they are resolved: in order, but "I" and "we" after whoever is named as saying them."""

    def place(mention: Mention) -> tuple[int, int]:
        if mention.lower in _FIRST_PERSON:
            speaker = speakers.get(document.words[mention.head].quote, -1)
            if speaker > mention.head:
                return speaker, 1
        return mention.first, 0

    return sorted(mentions, key=place)


def _is_definite(mention: Mention) -> bool:
    """Words that mean the same whenever they are told again: "the group", "Coalition nations"."""
    first, _, rest = mention.text.partition(" ")
    if not rest or mention.form == "pronoun" or first.lower() in _INDEFINITE or first[0].isdigit():
        return False
    named = any(word[0].isupper() for word in mention.text.split())
    return first.lower() == "the" or (named and first.lower() not in _OWNED)


def _another_name(mention: Mention, possible: Cluster) -> bool:
    """Do a name and the names of an actor have nothing in common, neither words nor initials?"""
    if mention.form != "name" or not possible.names or mention.adjective:
        return False
    parts = _parts(mention.lower)
    if mention.lower in possible.names or (len(parts) == 1 and parts[0] in possible.parts):
        return False
    if set(parts) & possible.parts - words_of("body_nouns"):
        return False
    own = "".join(part[0] for part in parts)
    short = mention.lower.replace(".", "")
    for name in possible.names:
        theirs = "".join(part[0] for part in _parts(name))
        if short.startswith(theirs[:4]) or theirs.startswith(short) or own.startswith(name.replace(".", "")):
            return False
        # One spelling inside the other ("Hezbollah", "Kataib-Hezbollah"), or the same beginning ("Kyiv", "Kyivan").
        if short in name or name in short or short[:4] == name[:4]:
            return False
    return True


def _same_surname(mention: Mention, possible: Cluster) -> bool:
    """Is a person's name the last word of an earlier one, or the earlier one the last word of it?"""
    if mention.form != "name" or possible.sort not in ("person", "") or mention.ent not in ("PERSON", ""):
        return False
    parts = mention.lower.split()
    return any(
        len(parts) + len(name.split()) > 2 and min(len(parts), len(name.split())) == 1 and name.split()[-1] == parts[-1]
        for name in possible.names
    )


def _is_unit_of(document: Document, mention: Mention, possible: Cluster) -> bool:
    """Does a description name its group, and is the group this actor?"""
    group = group_before(document, mention)
    return group is not None and group in possible.names and possible.sort == "group"


def _is_new(document: Document, mention: Mention, possible: Cluster) -> bool:
    """ "a woman", "one diplomat": an indefinite description brings in somebody new, unless beside what it explains."""
    if mention.form != "description" or document.words[mention.first].lower not in _INDEFINITE:
        return False
    head, other = document.words[mention.head], document.words[possible.last.head]
    return head.head != other.i and other.head != head.i


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("-", " ").replace(".", "").split() if part not in _FILLER]


def _bound(document: Document, mention: Mention, possible: Cluster) -> bool:
    """In "Putin thanked her" the pronoun is not the subject of its own verb."""
    words = document.words
    head = words[mention.head]
    if mention.form != "pronoun" or head.tag != "PRP" or mention.lower.endswith(("self", "selves")):
        return False
    return any(
        other.sent == mention.sent
        and words[other.head].head == head.head
        and words[other.head].dep.startswith("nsubj")
        and head.dep in ("dobj", "dative")
        for other in possible.mentions[-3:]
    )


def features(state: Clusters, mention: Mention, possible: Cluster) -> list[str]:
    """What is seen of a mention and an actor before it, as names of weighted rules of the table ``coref``."""
    document = state.document
    words = document.words
    last = possible.last
    head, other = words[mention.head], words[last.head]
    form = mention.form
    distance = min(6, abs(mention.sent - last.sent))
    named = "n" if possible.names else "d" if possible.heads else "p"
    key = f"{form}|{named}"
    out = [
        key,
        f"ds={key}|{distance}",
        f"size={key}|{min(4, len(possible.mentions))}",
        f"lf={form}|{last.form}|{distance}",
        f"dep={form}|{head.dep}|{other.dep}",
        f"od={form}|{other.dep}",
        f"sort={key}|{possible.sort}",
    ]
    own = sort_of(document, mention)
    if own:
        out.append(f"sorts={form}|{own}|{possible.sort}")
    rank = 0
    for recent in reversed(state._recent):
        if recent is possible or rank > 5:
            break
        rank += 1
    out.append(f"rank={key}|{rank}")
    if form == "pronoun":
        low = mention.lower
        out += [
            f"p={low}|{possible.sort}|{possible.gender}",
            f"pl={low}|{last.lower if last.form == 'pronoun' else last.form}",
            f"ppl={low}|{other.tag}",
            f"pd={low}|{distance}",
            f"prank={low}|{rank}",
            f"pn={low}|{named}",
            f"po={low}|{other.dep}",
        ]
        if distance == 0:
            out.append(f"same|{low}|{head.dep}|{other.dep}")
        if (head.quote >= 0) != (other.quote >= 0):
            out.append(f"quote|{low}|{head.quote >= 0}")
        elif head.quote >= 0 and head.quote == other.quote:
            out.append(f"samequote|{low}")
        if head.quote >= 0:
            speaker = state.speaker(mention)
            if speaker is possible:
                out += ["speaker", f"speaker|{low}"]
            elif speaker is not None:
                out.append(f"notspeaker|{low}")
    else:
        out += _words_match(document, mention, possible, head, other)
        det = words[mention.first]
        if form == "description":
            first = det.lower if det.pos in ("DET", "PRON") or det.tag == "PRP$" else "-"
            lemma = head.lemma.lower()
            out += [
                f"det={first}|{named}",
                f"dsort={first}|{possible.sort}|{distance}",
                f"hl={lemma}|{possible.sort}",
                f"dets={first}|{lemma in possible.heads}",
            ]
            out.append(f"detn={first}|{mention.last - mention.first > 2}|{named}")
            if other.pos == "NOUN" and last.form == "description":
                out.append(f"hh={min(lemma, other.lemma.lower())}|{max(lemma, other.lemma.lower())}")
    if distance == 0:
        if head.head == other.head and head.head not in (head.i, other.i):
            out.append(f"coarg|{form}|{head.dep}|{other.dep}")
        if head.head == other.i or other.head == head.i:
            out.append(f"linked|{form}|{head.dep if head.head == other.i else other.dep}")
        if mention.first <= last.head < mention.last or last.first <= mention.head < last.last:
            out.append(f"nested|{form}|{last.form}")
        gap = mention.first - last.last
        if 0 <= gap <= 2:
            between = "".join(w.text for w in words[last.last : mention.first])
            out.append(f"gap={form}|{between}")
    return out


def _words_match(document: Document, mention: Mention, possible: Cluster, head: Word, other: Word) -> list[str]:
    """How the words of a name or description agree with those of an actor."""
    out: list[str] = []
    form = mention.form
    low = mention.lower
    if form == "name":
        parts = {w for w in low.replace("-", " ").split() if w not in _FILLER}
        if low in possible.names:
            out.append("exact")
            out.append(f"exact|{mention.ent}|{mention.adjective}")
        elif parts & possible.parts:
            shared = parts & possible.parts
            inside = parts <= possible.parts
            out.append(f"part|{inside}|{mention.ent or '-'}|{possible.sort}")
            out.append(f"part|{len(shared)}|{len(parts)}|{possible.sort}")
            if any(name.split()[-1] == low.split()[-1] for name in possible.names):
                out.append(f"lastword|{possible.sort}|{inside}")
            if any(name.split()[0] == low.split()[0] for name in possible.names):
                out.append(f"firstword|{possible.sort}|{inside}")
        elif possible.names:
            out.append("nopart")
            short = low.replace(".", "")
            initials = {"".join(p[0] for p in n.replace("-", " ").split() if p not in _FILLER) for n in possible.names}
            mine = "".join(p[0] for p in low.replace("-", " ").split() if p not in _FILLER)
            if len(short) > 1 and (
                short in initials or (len(mine) > 1 and mine in {n.replace(".", "") for n in possible.names})
            ):
                out.append("acronym")
        if mention.known and possible.known:
            out.append("knownsame" if mention.known in possible.known else "knowndiff")
            if mention.known in possible.known:
                out.append(f"knownsame|{mention.adjective}")
    else:
        lemma = head.lemma.lower()
        if lemma in possible.heads:
            out.append("samehead")
            out.append(f"samehead|{head.tag}")
            if any(m.lower == low for m in possible.mentions[-6:]):
                out.append("samewords")
        elif possible.heads:
            out.append("otherhead")
        elif lemma in possible.parts:
            out.append("headinname")
        modifiers = {
            document.words[c].lower for c in head.children if document.words[c].dep in ("amod", "compound", "nummod")
        }
        if modifiers:
            out.append("mods")
            if modifiers & possible.parts:
                out.append("modsinname")
        if (head.dep == "appos" and head.head == other.i) or (other.dep == "appos" and other.head == head.i):
            out.append("apposed")
    return out

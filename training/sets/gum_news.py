"""GUM, news part: Wikinews with every entity, its kind and its coreference.

Source: Zeldes 2017 and later, the GUM corpus (annotations CC BY 4.0, texts CC BY 2.5). A GUM mention is the whole
noun phrase with all that hangs on it; ours is a name without titles or a short description, so it is cut back to
the name around the phrase's head or to what stands before and in the head. Places are left open (``unsure``):
GUM does not tell a state that acts from a country as a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .cutting import cut
from .folders import set_folder
from .partial import Mention, PartialRecord, Span

__all__ = ["load"]

SET: Final = "gum_news"
HELD_OUT: Final = frozenset({"korea"})
LAYERS: Final = frozenset({"mentions", "coref", "kinds-at"})
ACTORS: Final = frozenset({"person", "organization"})
DESCRIBING: Final = frozenset({"appos", "pred"})
TITLES: Final = frozenset(
    "President Vice Prime Minister Secretary Ambassador Senator Governor Mayor General Colonel Major Captain "
    "Lieutenant Administrator CEO Spokesperson Sergeant "
    "Dr. Dr Mr. Mr Mrs. Mrs Ms. Ms Sir Lord Lady Sen. Rep. Gov. Gen. Lt. Col. Professor Prof. Judge Justice "
    "Chief Director Chairman Chancellor Premier King Queen Prince Princess Pope Bishop Archbishop Reverend Rev. Father "
    "Representative Congressman Congresswoman Speaker Spokesman Spokeswoman Deputy Attorney Officer Inspector "
    "Commissioner Commander Admiral Councillor Detective Sheriff Foreign Defense Interior Coach".split()
)
LINKS: Final = frozenset({"of", "for", "and", "the", "&", "on", "in"})
SINGULAR: Final = frozenset("he him his himself she her hers herself i me my mine myself".split())
FIELD: Final = re.compile(r"(?:^|\|)Entity=([^|]*)")
PIECE: Final = re.compile(r"\([^()]+\)?|[^()]+\)")


@dataclass(slots=True)
class _Open:
    """A mention of GUM: where its phrase begins and ends, which of its words are its head."""

    id: str
    kind: str
    link: str
    minimum: tuple[int, ...]
    identity: str
    """Title of its Wikipedia article, or nothing."""
    first: int
    last: int = -1


@dataclass(slots=True)
class _Word:
    text: str
    tag: str
    start: int
    end: int


def load(folder: Path) -> Iterator[PartialRecord]:
    """The documents under ``dep``, without those that measure the coder."""
    folder = set_folder(folder, "gum_news")
    for file in sorted((folder / "dep").glob("GUM_news_*.conllu")):
        name = file.stem.removeprefix("GUM_news_")
        if name not in HELD_OUT:
            yield from cut(_record(name, file.read_text(encoding="utf-8")))


def _record(name: str, source: str) -> PartialRecord:
    text, words, phrases = _read(source)
    actors = [p for p in phrases if p.kind in ACTORS]
    names = {p.id for p in actors if p.link == "appos" and _shortened(p, words)[1]}
    chosen: dict[Span, Mention] = {}
    unsure = []
    for phrase in sorted(phrases, key=lambda p: p.last - p.first):
        span, named = _shortened(phrase, words)
        if phrase.kind not in ACTORS:
            if phrase.kind in ("place", "animal"):
                unsure.append(span)
            continue
        describes = phrase.link in DESCRIBING and not named
        described = phrase.id in names and not named and _followed_by_name(phrase, actors, words)
        if describes or described or words[_head(phrase)].tag in ("WP", "WDT", "WP$"):
            unsure.append(span)
        elif span not in chosen:
            chosen[span] = (*span, _kind(phrase, words, named), phrase.id)
    mentions = tuple(chosen[s] for s in sorted(chosen))
    taken = set(chosen)
    return PartialRecord(
        id=f"{SET}-{name}",
        text=text,
        layers=LAYERS,
        mentions=mentions,
        licence="CC BY 4.0",
        set=SET,
        unsure=tuple(sorted({s for s in unsure if s not in taken})),
    )


def _read(source: str) -> tuple[str, list[_Word], list[_Open]]:
    """Text with a line for each paragraph, words and phrases of a CoNLL-U file."""
    text, glued = "", True
    words: list[_Word] = []
    phrases: list[_Open] = []
    still: list[_Open] = []
    inside_until = 0
    apart = True
    for line in source.splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_block") and text and not text.endswith("\n"):
            text, glued = text + "\n", True
        columns = line.split("\t")
        if len(columns) == 10 and "-" in columns[0]:  # one written word of several, such as "he's"
            inside_until, apart = int(columns[0].split("-")[1]), "SpaceAfter=No" not in columns[9]
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        text += columns[1] if glued else f" {columns[1]}"
        words.append(_Word(columns[1], columns[4], len(text) - len(columns[1]), len(text)))
        number = int(columns[0])
        glued = "SpaceAfter=No" in columns[9] or number < inside_until or (number == inside_until and not apart)
        inside_until = 0 if number >= inside_until else inside_until
        field = FIELD.search(columns[9])
        for piece in PIECE.findall(field[1]) if field else ():
            _open_or_close(piece, len(words) - 1, still, phrases)
    return text, words, phrases


def _open_or_close(piece: str, at: int, still: list[_Open], phrases: list[_Open]) -> None:
    """Take in one bracket of the Entity field: id-type-status-salience-centering-words of the head-link-identity."""
    if piece.startswith("("):
        fields = piece.strip("()").split("-")
        minimum = tuple(int(n) for n in fields[5].split(","))
        still.append(_Open(fields[0], fields[1], fields[6], minimum, "-".join(fields[7:]), at))
        phrases.append(still[-1])
    if piece.endswith(")"):
        closing = piece.strip("()").split("-")[0]
        i = max(i for i, phrase in enumerate(still) if phrase.id == closing)
        still.pop(i).last = at


def _head(phrase: _Open) -> int:
    """The last word of the head: of the words that GUM names, those that follow on the first."""
    last = phrase.minimum[0]
    while last + 1 in phrase.minimum:
        last += 1
    return min(phrase.first + last - 1, phrase.last)


def _shortened(phrase: _Open, words: list[_Word]) -> tuple[Span, bool]:
    """Our span of a phrase, and whether it is a name."""
    last = _head(phrase)
    first = last
    named = words[last].tag.startswith("NNP") and words[last].text.title() not in TITLES
    if named:
        while first > phrase.first and (words[first - 1].tag.startswith("NNP") or _joins(first - 1, phrase, words)):
            first -= 1
        last = _end_of_name(last, phrase, words)
        if phrase.kind == "person":
            titles = [i for i in range(first, last) if words[i].text.title() in TITLES]
            first = titles[-1] + 1 if titles else first
    else:
        first = phrase.first
        while first < last and words[first].tag in ("``", "''", ",", "-LRB-", "CC", "RB"):
            first += 1
    return (words[first].start, words[last].end), named


def _end_of_name(last: int, phrase: _Open, words: list[_Word]) -> int:
    """The last word of a name: of an organisation's also "of" and the like with a word that its title has."""
    title = set(re.split(r"\W|_", phrase.identity))
    while last < phrase.last:
        step = 1
        while phrase.kind == "organization" and words[min(last + step, phrase.last)].text in LINKS:
            step += 1
        after = min(last + step, phrase.last)
        known = words[after].text in title if title - {""} else step == 2 and words[last + 1].text != "and"
        if not words[after].tag.startswith("NNP") or (step > 1 and not known):
            break
        last = after
    return last


def _joins(at: int, phrase: _Open, words: list[_Word]) -> bool:
    """A hyphen or "of" inside a name: GUM counts it to the head's words."""
    return at - phrase.first + 1 in phrase.minimum and at > phrase.first and words[at - 1].tag.startswith("NNP")


def _followed_by_name(phrase: _Open, actors: list[_Open], words: list[_Word]) -> bool:
    """Whether a name in apposition stands in or right after the phrase: then it only describes."""
    return any(
        other.id == phrase.id
        and other.link == "appos"
        and _shortened(other, words)[1]
        and phrase.first < other.first <= phrase.last + 2
        for other in actors
    )


def _kind(phrase: _Open, words: list[_Word], named: bool) -> str | None:
    """Person, where a singular name or pronoun says so; GUM's persons may be crowds, its organisations anything."""
    head = words[_head(phrase)]
    single = (named and head.tag == "NNP") or head.text.lower() in SINGULAR
    return "person" if phrase.kind == "person" and single else None

"""What the loaders of quotations share: cues cut back to their verb, sources to a mention, content to its words."""

from __future__ import annotations

import re
from typing import Final

from .partial import PartialStatement, Span

__all__ = ["bare_cue", "manner_of", "source_mention", "statement"]

VERBS: Final = re.compile(
    r"(?:said|says?|saying|told|tells?|telling|spoke|speaks?|speaking|wrote|writes?|writing|thought|thinks?|thinking|"
    r"(?:accus|acknowledg|agre|alleg|announc|argu|assur|blam|caution|critici[sz]|declar|denounc|describ|"
    r"emphasi[sz]|estimat|inquir|insinuat|not|observ|pledg|prais|promis|quot|stat|suppos|"
    r"conclud|conced)(?:e|es|ed|ing)|"
    r"(?:add|affirm|answer|ask|assert|boast|call|claim|comment|complain|confirm|condemn|contend|counter|demand|"
    r"echo|explain|express|fear|hint|indicat|inform|insist|interject|joke|lament|maintain|mention|"
    r"point|predict|recall|recount|reiterat|reject|remark|remind|repeat|report|request|respond|"
    r"reveal|slamm?|stress|suggest|suspect|threaten|tweet|urg|voic|vow|warn|wonder|believ|dismiss|disclos|"
    r"emailed|signal+)(?:s|es|ed|ing|e)?|"
    r"(?:admit|repl|den|clarif|testif|specif)(?:s|ted|ting|y|ies|ied|ying)|according)$",
    re.IGNORECASE,
)
"""Verbs of saying, asking, promising, blaming and believing."""
TELLING: Final = frozenset("to on for of out down".split())
"""Particles that belong to a cue: according to, called on, called for, spoke of, pointed out."""
PARTICLES: Final = {
    "accord": ("to",), "call": ("on", "for"), "spoke": ("of", "about"), "speak": ("of", "about"), "point": ("out",),
    "ask": ("for",), "think": ("of",), "complain": ("of", "about"), "express": (), "told": ("of",), "talk": ("of",),
}  # fmt: skip
REFUSING: Final = re.compile(
    r"\b(?:not|n't|n’t|never|no|without|refus\w+|declin\w+|would|could|should|might|may|if|fail\w*|to)\b", re.IGNORECASE
)
"""Cues in which nothing was said, or not yet."""
CUT: Final = re.compile(
    r",|;|:|\s*\(|\s[—–-]+\s|\s(?:who|whose|whom|which|that|in|at|on|with|from|during|including|close|familiar|"
    r"representing|speaking|working|conducted|published|released|after|before|as|like|such)\b"
)
"""Where a source's name or short description ends."""
TITLES: Final = re.compile(
    r"^(?:.*\s)?(?:of State|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Miss|Sir|Lady|Lord|President|Minister|Secretary|Senator|Sen\.?|"
    r"Representative|Rep\.?|Governor|Gov\.?|Mayor|General|Gen\.?|Colonel|Col\.?|Lt\.?|Major|Captain|Capt\.?|Sgt\.?|"
    r"Congressman|Congresswoman|Chairman|Chairwoman|Chair|Speaker|Leader|Director|Whip|Judge|Justice|Professor|Prof\.?|"
    r"Attorney|Ambassador|Chancellor|Pope|Reverend|Rev\.?|Spokesman|Spokeswoman|Commissioner|Sheriff|CEO|Manager|"
    r"Editor|Strategist|Adviser|Advisor|Correspondent|Reporter|Councilman|Delegate|Aunt|Uncle|Father|Mother)\s+(?=[A-Z])"
)
SMALL: Final = re.compile(
    r"\b(?:of|the|and|for|to|by|against|over|under|de|la|al|bin|ibn|van|von|du|el|on)\s+(?=[A-Z])"
)
"""Small words inside a name, or that tie it to what stands before."""
LONGEST: Final = 6
"""Words in a source; longer ones name several or keep what hangs on them."""
RELATIVE: Final = frozenset({"who", "that", "which", "whom", "whose", "those who"})
OPENING, CLOSING = "\"“‘'", "\"”’'"
MARKS: Final = re.compile(r"[\"“”]|(?<!\w)[‘'](?=\w)")


def bare_cue(text: str, start: int, end: int) -> Span | None:
    """The reporting verb of a cue with its particle, or None where it tells of no saying."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[\w’'-]+", text[start:end])]
    for i, (s, e) in enumerate(words):
        if not VERBS.match(text[s:e]):
            continue
        if REFUSING.search(text[start:s]):
            return None
        stem = text[s:e].lower()
        following = words[i + 1] if i + 1 < len(words) else None
        particles = next((p for name, p in PARTICLES.items() if stem.startswith(name)), ())
        if following and text[slice(*following)].lower() in particles and following[0] - e == 1:
            return s, following[1]
        return (s, e) if stem != "according" else None
    return None


def source_mention(text: str, start: int, end: int) -> Span | None:
    """The mention in a source's phrase: a name without titles, or a short description; None for a relative pronoun."""
    phrase = text[start:end]
    if phrase.lower() in RELATIVE:
        return None
    lead = re.match(r"(?:on|by|to|against|from|with|of)\s", phrase)
    start += lead.end() if lead else 0
    phrase = text[start:end]
    first = _first_part(phrase)
    begin, phrase = start, phrase[:first]
    rest = text[start + first : end]
    apposed = re.match(r",\s+((?:[A-Z][\w.'’-]*\s?){2,4})(?=,|$)", rest)
    if apposed and phrase.split() and phrase.split()[-1].islower():
        begin, phrase = start + first + apposed.start(1), apposed[1].rstrip()
    words = phrase.split()
    if not words:
        return None
    if " and " not in phrase and words[-1][0].isupper():
        phrase = re.sub(r"['’]\s?s$", "", phrase)
        cuts = [m.end() for m in (TITLES.match(phrase), re.match(r"(?:[Tt]he|[Aa]n?)\s+(?=[A-Z])", phrase)) if m]
        lower = [m.end() for m in re.finditer(r"\b[a-z][\w-]*\s+(?=[A-Z])", phrase)]
        small = [m.end() for m in SMALL.finditer(phrase)]
        ties = re.search(r"\b[a-z]+\s+(?:of|for|to|against|by)\s", phrase)
        cuts += [at for at in lower if at not in small and not ties]
        begin += max(cuts, default=0)
        phrase = phrase[max(cuts, default=0) :]
    return (begin, begin + len(phrase)) if phrase and len(phrase.split()) <= LONGEST else None


def _first_part(phrase: str) -> int:
    cut = CUT.search(phrase, 1)
    return len(phrase[: cut.start()].rstrip()) if cut else len(phrase.rstrip())


def _quoted(piece: str) -> bool:
    """Whether a piece lies in one pair of quotation marks."""
    bare = piece.rstrip(",.;")
    return len(bare) > 2 and bare[0] in OPENING and bare[-1] in CLOSING and not re.search('["“”]', bare[1:-1])


def manner_of(pieces: list[str]) -> str:
    """direct, mixed or indirect, by the quotation marks of the pieces."""
    if all(_quoted(piece) for piece in pieces):
        return "direct"
    return "mixed" if any(MARKS.search(piece) for piece in pieces) else "indirect"


def statement(text: str, pieces: list[Span], cue: Span | None, speaker: Span | None) -> PartialStatement | None:
    """The statement of some raw pieces: their marks, "that" and closing commas are left out as its manner asks.

    None where the marks do not pair, or where the content is one word.
    """
    pieces = [_closed(text, *piece) for piece in pieces if text[slice(*piece)].strip().lower() not in RELATIVE]
    if any(len(re.findall('["“”]', text[s:e])) % 2 for s, e in pieces):
        return None
    manner = manner_of([text[s:e].strip() for s, e in pieces])
    content = [span for span in (_words(text, s, e, manner) for s, e in pieces) if span is not None]
    if not content or (manner == "indirect" and " " not in text[content[0][0] : content[-1][1]]):
        return None
    return PartialStatement(tuple(content), cue, speaker, manner)


def _closed(text: str, start: int, end: int) -> Span:
    """A piece with the opening or closing mark that its labeller left outside."""
    if len(re.findall('["“”]', text[start:end])) % 2:
        if start and text[start - 1] in '"“':
            return start - 1, end
        if text[end : end + 1] in ('"', "”"):
            return start, end + 1
    return start, end


def _words(text: str, start: int, end: int, manner: str) -> Span | None:
    """A piece without white space and what is not content at its ends; None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    if manner == "direct":
        end -= text[end - 1] == "." and text[end - 2] in CLOSING
        start, end = start + 1, end - 1
        while start < end and text[end - 1] in ", ":
            end -= 1
    else:
        that = re.match(r"(?:that|whether|if)\s+", text[start:end])
        start += that.end() if that else 0
        if manner == "indirect" or text[end - 1] == ".":
            while start < end and text[end - 1] in ".,;: ":
                end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if start < end else None

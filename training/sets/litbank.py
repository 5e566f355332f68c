"""LitBank: beginnings of a hundred novels with coreference and the speakers of what is said aloud.

Source: Bamman, Lewke and Mansoor 2020, Sims and Bamman 2020 (CC BY 4.0). Only chains of persons are taken: those
that speak, or that a pronoun for persons belongs to. Mentions are whole noun phrases there; they are cut before
what hangs on them. Reported speech without marks is not labelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .cutting import cut
from .folders import set_folder
from .partial import PartialRecord, PartialStatement, Span
from .tokens import join_sentences

__all__ = ["load"]

SET: Final = "litbank"
LAYERS: Final = frozenset({"coref", "statements-at", "speakers-at"})
PERSONAL: Final = frozenset("i me my myself he him his himself she her hers herself we us our you your".split())
TITLES: Final = frozenset("Mr. Mrs. Miss Ms. Dr. Sir Lady Lord Captain Colonel Aunt Uncle M. Mme. Professor".split())
BREAKS: Final = frozenset("who whom whose which that of in on at with from , ; ( -- — for to by near upon".split())
SPEAKING: Final = re.compile(
    r"(?:cri|murmur|mutter|whisper|exclaim|return|inquir|continu|shout|scream|call|gasp|sigh|laugh|stammer|pursu|repli|"
    r"answer|repeat|observ|remark|ask|add|said|say|says|told|began|interrupt|retort|protest|growl|faltered|"
    r"persist|rejoin|demand|declar|explain|announc|respond|suggest|assent|thought)(?:e?d)?$",
    re.IGNORECASE,
)
NEAR: Final = 8
"""Most tokens between a quotation and the mention that is taken as its speaker."""
Place = tuple[int, int]
"""Sentence and token."""


def load(folder: Path) -> Iterator[PartialRecord]:
    """The texts of ``coref_conll``, in pieces."""
    folder = set_folder(folder, "litbank")
    for file in sorted((folder / "coref_conll").glob("*.conll")):
        labels = folder / "quotations_tsv" / f"{file.stem}.ann"
        quotes = labels.read_text(encoding="utf-8") if labels.is_file() else ""
        yield from cut(_record(file.stem.removesuffix("_brat"), file.read_text(encoding="utf-8"), quotes))


def _record(name: str, source: str, labels: str) -> PartialRecord:
    sentences, chains = _read(source)
    raw = _quotes(labels)
    text, spans = _written(_turned(sentences, raw))
    quotes = [(start, end, _chain(speaker, sentences, chains)) for start, end, speaker in raw]
    speakers = {speaker for _, _, speaker in quotes if speaker}
    mentions: dict[Span, str] = {}
    tokens_of: dict[Span, tuple[Place, str]] = {}
    for chain, places in chains.items():
        personal = any(sentences[s][a].lower() in PERSONAL for s, a, b in places if a == b)
        if chain not in speakers and not personal:
            continue
        for sentence, begin, last in places:
            first = begin
            end = _bare_end(sentences[sentence], first, last)
            while first < end and sentences[sentence][first] in TITLES:
                first += 1
            span = spans[sentence][first][0], spans[sentence][end][1]
            if span[0] < span[1] and span not in mentions:
                mentions[span] = chain
                tokens_of[span] = ((sentence, first), chain)
    statements = []
    for opens, closes, speaker in quotes:
        content = _content(text, spans[opens[0]][opens[1]][0], spans[closes[0]][closes[1]][1])
        if content is not None:
            near = _near(opens, closes, speaker, sentences, tokens_of) if speaker else None
            cue = _cue(text, content, near) if near else None
            statements.append(PartialStatement((content,), cue, near if cue else None, "direct"))
    return PartialRecord(
        id=f"{SET}-{name}",
        text=text,
        layers=LAYERS,
        mentions=tuple((*span, "person", mentions[span]) for span in sorted(mentions)),
        statements=tuple(sorted(statements, key=lambda s: s.content)),
        licence="CC BY 4.0",
        set=SET,
    )


def _read(source: str) -> tuple[list[list[str]], dict[str, list[tuple[int, int, int]]]]:
    """Sentences of tokens, and for each chain the sentence, first and last token of its mentions."""
    sentences: list[list[str]] = [[]]
    chains: dict[str, list[tuple[int, int, int]]] = {}
    still: list[tuple[str, int]] = []
    for line in source.splitlines():
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) < 5:
            if sentences[-1]:
                sentences.append([])
            continue
        sentences[-1].append(columns[3])
        at = len(sentences[-1]) - 1
        for piece in re.findall(r"\(\d+\)?|\d+\)", columns[-1]):
            chain = piece.strip("()")
            if piece.startswith("("):
                still.append((chain, at))
            if piece.endswith(")"):
                i = max(i for i, (open_chain, _) in enumerate(still) if open_chain == chain)
                chains.setdefault(chain, []).append((len(sentences) - 1, still.pop(i)[1], at))
    return [s for s in sentences if s], chains


def _turned(sentences: list[list[str]], quotes: list[tuple[Place, Place, str]]) -> list[list[str]]:
    """The sentences with straight marks told apart where a quotation begins and ends."""
    turned = [list(sentence) for sentence in sentences]
    for start, end, _ in quotes:
        for (sentence, token), mark in ((start, "``"), (end, "''")):
            if turned[sentence][token] == '"':
                turned[sentence][token] = mark
    return turned


def _written(sentences: list[list[str]]) -> tuple[str, list[list[Span]]]:
    """The text without the underscores that stood for italics; they keep a place without width."""
    kept = [[i for i, token in enumerate(sentence) if token != "_"] for sentence in sentences]
    text, spans = join_sentences([[sentences[n][i] for i in places] for n, places in enumerate(kept)])
    whole: list[list[Span]] = []
    for n, sentence in enumerate(sentences):
        found = dict(zip(kept[n], spans[n], strict=True))
        row: list[Span] = []
        for i in range(len(sentence)):
            at = row[-1][1] if row else (whole[-1][-1][1] if whole and whole[-1] else 0)
            row.append(found.get(i, (at, at)))
        whole.append(row)
    return text, whole


def _quotes(labels: str) -> list[tuple[Place, Place, str]]:
    """First and last token of each quotation, and the name of its speaker."""
    places: dict[str, tuple[Place, Place]] = {}
    found = []
    for line in labels.splitlines():
        columns = line.split("\t")
        if columns[0] == "QUOTE":
            numbers = [int(n) for n in columns[2:6]]
            places[columns[1]] = (numbers[0], numbers[1]), (numbers[2], numbers[3])
        elif columns[0] == "ATTRIB":
            found.append((*places[columns[1]], columns[2].rsplit("-", 1)[0]))
    return found


def _chain(speaker: str, sentences: list[list[str]], chains: dict[str, list[tuple[int, int, int]]]) -> str | None:
    """The chain that is most often called by a speaker's name; the two files number chains apart."""
    calls = {
        chain: sum(_letters(" ".join(sentences[s][a : b + 1])) == _letters(speaker) for s, a, b in places)
        for chain, places in chains.items()
    }
    best = max(calls, key=lambda chain: calls[chain], default=None)
    return best if best is not None and calls[best] else None


def _letters(name: str) -> str:
    return "".join(re.findall(r"[^\W_]", name.lower()))


def _bare_end(tokens: list[str], first: int, last: int) -> int:
    """The last token of a mention before what hangs on it."""
    for i in range(first + 1, last + 1):
        if tokens[i].lower() in BREAKS:
            return i - 1
    return last


def _content(text: str, start: int, end: int) -> Span | None:
    """What is said, without its marks and the comma before the closing one."""
    while start < end and text[start] in "\"“”‘’'—- ":
        start += 1
    while start < end and text[end - 1] in "\"“”‘’',;— ":
        end -= 1
    return (start, end) if start < end else None


def _near(
    start: Place, end: Place, speaker: str, sentences: list[list[str]], mentions: dict[Span, tuple[Place, str]]
) -> Span | None:
    """The speaker's mention next to a quotation, in its sentence or in the clause that goes on from it."""
    best: tuple[int, Span] | None = None
    for span, ((sentence, token), chain) in mentions.items():
        if chain != speaker:
            continue
        if sentence == end[0] and token > end[1]:
            gap = token - end[1]
        elif sentence == end[0] + 1 and sentences[sentence][0][:1].islower():
            gap = token + 1
        elif sentence == start[0] and token < start[1]:
            gap = start[1] - token
        else:
            continue
        if gap <= NEAR and (best is None or gap < best[0]):
            best = gap, span
    return best[1] if best else None


def _cue(text: str, content: Span, speaker: Span) -> Span | None:
    """The verb of saying that stands right before or after a speaker's mention, on its side of the quotation."""
    after = re.match(r"\s([a-z]+)\b", text[speaker[1] :])
    before = re.search(r"\b([a-z]+)\s$", text[: speaker[0]])
    inside = content[1] if speaker[0] >= content[1] else 0
    for found, shift in ((before, 0), (after, speaker[1])):
        if found and SPEAKING.match(found[1]) and found.start(1) + shift >= inside:
            return found.start(1) + shift, found.end(1) + shift
    return None

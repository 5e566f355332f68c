"""PolNeAR: news of the 2016 US campaign with attributions: source, cue and content.

Source: Newell, Margolin and Ruths 2018, "An Attribution Relations Corpus for Political News". No licence is stated
and the articles are the publishers', so nothing trained on it may be shipped. PolNeAR also labels what somebody
wants, backs or shows; where the cue has no verb of saying or believing, its passage is left open (``unsure``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .cutting import cut
from .folders import set_folder
from .partial import PartialRecord, PartialStatement, Span
from .speech import bare_cue, source_mention, statement
from .tokens import Mended

__all__ = ["load"]

SET: Final = "polnear"
LAYERS: Final = frozenset({"statements", "speakers-at"})
HEADINGS: Final = re.compile(r"^(?:ABSTRACT|FULL TEXT)\.\n\n|<tweet[^>]*>(?:<tweet/>)?", re.MULTILINE)
SENTENCE_BREAK: Final = re.compile(r"[.!?][\"”’']*\s|\n|[.!?]$")


@dataclass(slots=True)
class _Attribution:
    """One attribution in offsets of the mended text."""

    sources: list[Span] = field(default_factory=list)
    cues: list[Span] = field(default_factory=list)
    contents: list[Span] = field(default_factory=list)


def load(folder: Path) -> Iterator[PartialRecord]:
    """The articles of ``train`` and ``dev``; of an article that several people labelled, the first one's work."""
    folder = set_folder(folder, "polnear")
    for part in ("train", "dev"):
        for file in sorted((folder / part / "text").glob("*.txt")):
            labels = sorted((folder / part / "attributions").glob(f"{glob_safe(file.stem)}_????.ann"))
            if labels:
                text = file.read_bytes().decode("utf-8").replace("\r\n", "\n")
                yield from cut(_record(file.stem, text, labels[0].read_text(encoding="utf-8")))


def glob_safe(name: str) -> str:
    """A file name without meaning to a glob."""
    return re.sub(r"([\[?*])", r"[\1]", name)


def _record(name: str, text: str, labels: str) -> PartialRecord:
    mended = Mended(text, [*_marks(text), *((m.start(), m.end(), "") for m in HEADINGS.finditer(text))])
    statements, unsure = list[PartialStatement](), list[Span]()
    attributions, others = _attributions(labels, mended)
    for attribution in attributions:
        found = list(_statements(mended.text, attribution))
        statements += found
        known = [piece for made in found for piece in made.content]
        spans = attribution.contents + ([] if found else attribution.cues)
        unsure += [(s, e) for s, e in spans if not any(s <= a < e for a, _ in known)]
    return PartialRecord(
        id=f"{SET}-{name}",
        text=mended.text,
        layers=LAYERS,
        mentions=tuple((*span, None, None) for span in sorted({s.speaker for s in statements if s.speaker})),
        statements=tuple(statements),
        licence="local only (none stated)",
        set=SET,
        unsure=tuple(sorted({*unsure, *others})),
    )


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Some publishers' marks are pairs of apostrophes."""
    yield from ((m.start(), m.end(), '"') for m in re.finditer("''", text))


def _attributions(labels: str, mended: Mended) -> tuple[list[_Attribution], list[Span]]:
    """The attributions of a standoff file, and the passages that its labellers set aside."""
    spans: dict[str, list[Span]] = {}
    events, others = list[str](), list[Span]()
    for line in labels.splitlines():
        columns = line.split("\t")
        if line.startswith("T") and len(columns) > 1:
            kind, places = columns[1].split(" ", 1)
            pairs = [tuple(int(n) for n in piece.split(" ")) for piece in places.split(";")]
            spans[columns[0]] = sorted(mended.span(s, e) for s, e in pairs)
            if kind in ("Discard", "Discuss"):
                others += spans[columns[0]]
        elif line.startswith("E") and len(columns) > 1:
            events.append(columns[1])
    found = []
    for event in events:
        attribution = _Attribution()
        for part in event.split():
            name, _, key = part.partition(":")
            for prefix, into in (("Source", "sources"), ("Cue", "cues"), ("Content", "contents")):
                if name.rstrip("0123456789") == prefix and key in spans:
                    getattr(attribution, into).extend(spans[key])
        if attribution.contents:
            found.append(attribution)
    return found, others


def _statements(text: str, attribution: _Attribution) -> Iterator[PartialStatement]:
    """One statement for the sentence of the cue, and one without a cue for each quotation that is resumed after it."""
    cue = next((c for c in (bare_cue(text, *span) for span in attribution.cues) if c), None)
    quoted = any(text[s] in '"“' for s, _ in attribution.contents)
    if cue is None and quoted and attribution.cues and text[slice(*attribution.cues[0])] == ":":
        cue = attribution.cues[0]
    if cue is None:
        return
    speaker = source_mention(text, *attribution.sources[0]) if len(attribution.sources) == 1 else None
    near = speaker if speaker and not _apart(text, [speaker], cue)[0] else None
    groups = _groups(text, attribution.contents)
    own = min(range(len(groups)), key=lambda i: _apart(text, groups[i], cue))
    for i, pieces in enumerate(groups):
        made = statement(text, pieces, cue if i == own else None, near if i == own else None)
        if made is not None:
            yield made


def _groups(text: str, contents: list[Span]) -> list[list[Span]]:
    """Pieces that one sentence holds together; paragraphs that reopen their marks stand alone."""
    pieces = list[Span]()
    for start, end in sorted(contents):
        at = start
        for gap in re.finditer(r"\s*\n\s*", text[start:end]):
            pieces.append((at, start + gap.start()))
            at = start + gap.end()
        pieces.append((at, end))
    groups: list[list[Span]] = []
    for piece in (p for p in pieces if text[slice(*p)].strip()):
        if groups and not _broken(text, groups[-1][-1][1], piece[0]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _broken(text: str, end: int, start: int) -> bool:
    """Whether a sentence ends between two pieces, the last marks of the first counted."""
    return bool(SENTENCE_BREAK.search(text[end - 2 : end] + text[end:start]))


def _apart(text: str, pieces: list[Span], cue: Span) -> tuple[bool, int]:
    """How far a group stands from a cue: a sentence's end between counts most."""
    start, end = pieces[0][0], pieces[-1][1]
    if start <= cue[0] < end:
        return False, 0
    between = text[end : cue[0]] if end <= cue[0] else text[cue[1] : start]
    return bool(SENTENCE_BREAK.search(between)), len(between)

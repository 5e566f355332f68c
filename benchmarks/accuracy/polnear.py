"""PolNeAR, development part: who is quoted with which words in news about politics.

One annotator an article, the first by name. An attribution has a content, a
cue and a source, each in one or more pieces. A statement of the coder pairs
with the attribution whose content it shares most of, by intersection over union
of at least a half; PolNeAR counts the quotation marks to the content, Marsad
does not, so marks at the ends are taken off. The cue and the source of a pair
are right where they share a word. PolNeAR also labels thoughts, wishes and
documents' contents ("believes", "the poll shows") that are no statements for
Marsad: they are counted against it here.
"""

from __future__ import annotations

import re
from pathlib import Path

from rows import Count, Row, Setting, meet, overlap, share

NAME = "polnear"
TITLE = "PolNeAR dev"

Pieces = list[tuple[int, int]]
Attribution = dict[str, Pieces]

_OPENING, _CLOSING = frozenset('"“'), frozenset('"”')
_MARKS = "\"'“”‘’ \n"


def attributions(file: Path, text: str) -> list[Attribution]:
    """The attributions of one file of brat standoff, each with its pieces by role."""
    spans: dict[str, Pieces] = {}
    found: list[Attribution] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            numbers = re.match(r"\S+ ([\d; ]+)", rest)
            pieces = numbers[1].strip().split(";") if numbers else []
            spans[name] = [trimmed(text, *map(int, piece.split())) for piece in pieces]
        elif name.startswith("E"):
            roles: Attribution = {"Content": [], "Cue": [], "Source": []}
            for role, value in re.findall(r"(Content|Cue|Source)\d*:(T\d+)", rest):
                roles[role] += spans.get(value, [])
            if roles["Content"]:
                start, end = roles["Content"][0][0], roles["Content"][-1][1]
                quoted = text[:start].rstrip()[-1:] in _OPENING and text[end:].lstrip()[:1] in _CLOSING
                found.append(roles | {"Direct": roles["Content"] if start and quoted else []})
    return found


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A passage without quotation marks and blanks at its ends."""
    while start < end and text[start] in _MARKS:
        start += 1
    while start < end and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def measure(setting: Setting) -> list[Row]:
    """The rows of this set. Raises Absent."""
    folder = setting.path("data", "polnear", "dev")
    articles: list[tuple[str, list[Attribution]]] = []
    for file in setting.unseen(NAME, sorted((folder / "text").glob("*.txt")), lambda f: f.stem):
        # newline="": the offsets count the characters as they are.
        with file.open(encoding="utf-8", newline="") as handle:
            text = handle.read()
        annotators = sorted((folder / "attributions").glob(f"{file.stem}_*.ann"))
        if annotators:
            articles.append((text, attributions(annotators[0], text)))
    content, cue, source, direct = Count(), Count(), Count(), Count()
    for (_, gold), record in zip(articles, setting.code(text for text, _ in articles), strict=True):
        system = list(record.statements)
        for count, role in ((content, "Content"), (cue, "Cue"), (source, "Source")):
            count.gold += sum(bool(g[role]) for g in gold)
        content.system += len(system)
        direct.gold += sum(bool(g["Direct"]) for g in gold)
        cue.system += sum(s.cue is not None for s in system)
        source.system += sum(s.speaker_span is not None for s in system)
        for i, j in meet(gold, system, lambda g, s: v if (v := share(g["Content"], s.content)) >= 0.5 else 0.0):
            content.hits += 1
            said, who = system[j].cue, system[j].speaker_span
            cue.hits += bool(said and overlap(gold[i]["Cue"], [said]))
            source.hits += bool(who and overlap(gold[i]["Source"], [who]))
            direct.hits += bool(gold[i]["Direct"]) and share(gold[i]["Content"], system[j].content) >= 0.8
    of = f"{content.gold} attributions"
    return [
        Row("content", "content found (IoU ≥ .5), F1", content.f1, of),
        Row("content-recall", "… recall", content.recall, of),
        Row("content-precision", "… precision", content.precision, of),
        Row("cue", "content and cue, F1", cue.f1, of),
        Row("source", "content and source, F1", source.f1, of),
        Row("direct", "direct quotation found whole (IoU ≥ .8)", direct.recall, f"{direct.gold} quotations"),
    ]

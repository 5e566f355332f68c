"""UW and UDS-IH2: sentences whose predicates people judged from -3, it surely did not happen, to 3, it surely did.

Source: Lee et al. 2015 (UW), Rudinger, White and Van Durme 2018 (UDS-IH2), as Jiang and de Marneffe 2021 gave them
out (MIT; the texts are mixed, so for local use). Only the ends of the scale say something about our statuses, and
only so:

- ``happened`` at 2.6 and above, when no word of the future, wish or possibility stands before the predicate. The
  judges gave scheduled things ("will continue") as much as past ones.
- ``did-not-happen`` at -2 and below, when a denial of just this predicate stands before it. In UDS-IH2 most low values
  are requests and hypotheses ("please let", "if you go"), which are other statuses.
- ``certain`` at 2.8 and above in UW, the mean of five judges. UDS-IH2 has two, so it gives no certainty.

- ``planned`` right after "will" or a plan ("agreed to"), ``conditional`` right after "may", "might" or "could",
  ``requested`` after a request ("urged ... to"), where no judge's mean says the contrary: the word gives the status,
  the value that it is not overruled. In UW, 1.5 and above is a sure future, in UDS-IH2, below 0 is not yet done.

Values between say only that judges disagreed. States ("know", "want", "is") are left out. MEANTIME is not used: it
gives plans 3 as well ("Airlines to purchase"), nor CommitmentBank, whose targets are whole clauses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from .folders import set_folder
from .partial import PartialEvent, PartialRecord
from .tokens import join

__all__ = ["load"]

SET: Final = "factuality"
PARTS: Final = {"UW": "local only (mixed)", "UDS_IH2": "local only (mixed)"}
HAPPENED, CERTAIN, DENIED = 2.6, 2.8, -2.0
OPEN: Final = frozenset(
    "will 'll wo would 'd to may might could should can shall must if unless whether going plan plans planned planning "
    "hope hopes want wants intend intends expect expects expected likely possible let please for when whenever until "
    "before every usually always often sometimes ca".split()
)
"""Words before a predicate after which its happening is open, to come or a habit."""
DENIALS: Final = frozenset("not n't never no nobody none neither nor without failed refused".split())
DENIED_BY: Final = re.compile(
    r"(?:\b(?:did|has|have|had|was|were|is|are|will|wo|could) (?:n't|not|never)(?: \w+ly| be| been| being| yet| ever)*"
    r"|\bnever|\b(?:failed|refused) to|\b(?:nobody|no one|none)(?: has| have| had| was| were)?(?: been)?|\bwithout)$"
)
"""A denial whose verb the predicate is; "do not" is mostly a request or a habit."""
STATES: Final = frozenset(
    "be is are was were am been being 's 're have has had having do does did done know knows knew known think thinks "
    "thought want wants wanted like likes liked need needs needed seem seems seemed feel feels felt love loves loved "
    "believe believes believed mean means meant look looks care matter deserve exist exists belong understand enjoy "
    "expected sure able aware happy worried trust remember agree see seen guess wish hope include includes including "
    "contain contains appear appears going coming go goes get gets got using use unable kidding joking".split()
)
CONDITIONS: Final = frozenset({"if", "unless", "whether", "would", "should", "?", "neither", "nor"})
PLANS: Final = frozenset(
    "plan plans planned planning intend intends intended agreed agree agrees promised promises promise vowed vows vow "
    "pledged pledges pledge scheduled expected expects going about ready set ordered orders decided".split()
)
REQUESTS: Final = frozenset("urged urges urging asked asks asking begged appealed appeals".split())
NO_OBJECT: Final = frozenset("to for and that , by about".split())
"""Words after a verb of asking that show that the infinitive is not what somebody is asked to do."""
FUTURE: Final = 1.5
WINDOW: Final = 4
LAYERS: Final = frozenset({"status-at", "certainty-at"})


def load(folder: Path) -> Iterator[PartialRecord]:
    """The sentences of both parts that have a predicate with a status."""
    folder = set_folder(folder, "factuality")
    for part, licence in PARTS.items():
        for split in ("train", "dev"):
            file = folder / part / f"{split}.jsonl"
            for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
                record = _record(part, split, licence, json.loads(line))
                if record is not None:
                    yield record


def _record(part: str, split: str, licence: str, sentence: dict[str, Any]) -> PartialRecord | None:
    words = sentence["text"].split()
    text, spans = join(words)
    events = []
    for target in sentence["targets"]:
        first, end = target["span1"]
        status = _status(words, first, target["label"], part) if end == first + 1 and first < len(words) else None
        if status is not None:
            sure = "certain" if status == "happened" and part == "UW" and target["label"] >= CERTAIN else None
            start, stop = spans[first]
            events.append(PartialEvent(start, stop, status=status, certainty=sure))
    if not events:
        return None
    return PartialRecord(
        id=f"{SET}-{part}-{split}-{sentence['idx']}",
        text=text,
        layers=LAYERS,
        events=tuple({(e.start, e.end): e for e in events}.values()),
        licence=licence,
        set=SET,
    )


def _status(words: list[str], at: int, value: float, part: str) -> str | None:
    """The status that a value stands for at a predicate, or None."""
    word = words[at].lower()
    if word in STATES or not re.match(r"[a-z]{3}", word):
        return None
    before = [w.lower() for w in words[max(0, at - WINDOW) : at]]
    if value >= HAPPENED and not OPEN & set(before) and not DENIALS & set(before):
        return "happened"
    if value <= DENIED and DENIED_BY.search(" ".join(before)) and not {"if", "please", "think"} & set(before):
        return "did-not-happen"
    if CONDITIONS & {w.lower() for w in words} or DENIALS & set(before):
        return None
    return _open_status(before, [w.lower() for w in words[max(0, at - 2 * WINDOW) : at]], value, part)


def _open_status(before: list[str], far: list[str], value: float, part: str) -> str | None:
    """The status that the words before a predicate give, where its value agrees."""
    last = [w for w in before if w != "be" and not w.endswith("ly")][-2:]
    future = value >= FUTURE if part == "UW" else value < 0
    if last[-1:] in (["will"], ["'ll"]) and future:
        return "planned"
    if last[-1:] in (["may"], ["might"], ["could"]) and value < FUTURE:
        return "conditional"
    if last[-1:] == ["to"] and value < HAPPENED:
        if last[0] in PLANS and value > DENIED:
            return "planned"
        asking = max((i for i, w in enumerate(far) if w in REQUESTS), default=None)
        asked = far[asking + 1 : -1] if asking is not None else []
        if asked and not NO_OBJECT & set(asked):
            return "requested"
    return None

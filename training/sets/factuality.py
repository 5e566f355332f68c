"""UW and UDS-IH2: sentences whose predicates people judged from -3, it surely did not happen, to 3, it surely did.

Source: Lee et al. 2015 (UW), Rudinger, White and Van Durme 2018 (UDS-IH2), as Jiang and de Marneffe 2021 gave them
out (MIT; the texts are mixed, so for local use). Only the ends of the scale say something about our statuses, and
only so:

- ``happened`` at 2.6 and above, when no word of the future, wish or possibility stands before the predicate. The
  judges gave scheduled things ("will continue") as much as past ones.
- ``did-not-happen`` at -2 and below, when a word of denial stands before the predicate. In UDS-IH2 most low values
  are requests and hypotheses ("please let", "if you go"), which are other statuses.
- ``certain`` at 2.8 and above in UW, the mean of five judges. UDS-IH2 has two, so it gives no certainty.

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
STATES: Final = frozenset(
    "be is are was were am been being 's 're have has had having do does did done know knows knew known think thinks "
    "thought want wants wanted like likes liked need needs needed seem seems seemed feel feels felt love loves loved "
    "believe believes believed mean means meant look looks care matter deserve exist exists belong understand enjoy "
    "expected sure able aware happy worried trust remember agree see seen guess wish hope include includes including "
    "contain contains appear appears going coming go goes get gets got using use unable kidding joking".split()
)
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
        status = _status(words, first, target["label"]) if end == first + 1 and first < len(words) else None
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


def _status(words: list[str], at: int, value: float) -> str | None:
    """The status that a value stands for at a predicate, or None."""
    word = words[at].lower()
    if word in STATES or not re.match(r"[a-z]{3}", word):
        return None
    before = [w.lower() for w in words[max(0, at - WINDOW) : at]]
    if value >= HAPPENED and not OPEN & set(before) and not DENIALS & set(before):
        return "happened"
    if value <= DENIED and DENIALS & set(before) and not {"if", "to", "please"} & set(before):
        return "did-not-happen"
    return None

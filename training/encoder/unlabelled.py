"""The texts from which the encoder learns the words of conflict reporting: no label of them is read.

All texts of the public sets (``sets/``), further texts of ``sets/texts.py``, sentences of two more sets, the labelled
reports and their spun variants. What is held out or chosen on is left out, whatever
folder it comes from; so is what may not leave the machine that it lies on (licence "local").
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sets import LOADERS
from sets.texts import TEXTS, load_texts

__all__ = ["unlabelled"]

SENTENCES: Final = ("IndiaPoliceEvents_sents/train.tsv", "satp_relevant/train.tsv")
"""One sentence a line, labels after a tab: India Police Events (Halterman et al. 2021) and the South Asia Terrorism
Portal, as ConfliBERT gave them out (Hu et al. 2022). The texts are their publishers': for training only, none is
kept."""
LEAST: Final = 40
"""Code points of a line with its labels that says something."""
TOGETHER: Final = 6
"""Sentences to a text."""


def unlabelled(
    gold: Sequence[Path], sets: Path, without: tuple[str, ...], choosing: Path | None = None
) -> dict[str, str]:
    """Text -> where it is from, each text once. ``gold`` are folders of reports and of their variants; ``without`` is
    how ids of what is held out begin; ``choosing`` a folder of reports that are left out as well.

    Sets that are not in the folder are passed over with a word.
    """
    found: dict[str, str] = {}
    for name, (folder, load) in LOADERS.items():
        if (sets / folder).is_dir():
            found |= {record.text: name for record in load(sets / folder) if not record.id.startswith(without)}
        else:
            print(f"{name} is not in {sets}: left out", flush=True)
    for name, (folder, _) in TEXTS.items():
        if (sets / folder).is_dir():
            found |= dict.fromkeys(load_texts(name, sets), name)
    for file in SENTENCES:
        if (sets / "conflibert" / file).is_file():
            found |= dict.fromkeys(_sentences(sets / "conflibert" / file), file.partition("/")[0])
    never = {record["text"] for record in _reports([choosing] if choosing else [])}
    for record in _reports(gold):
        if record["id"].startswith(without):
            never.add(record["text"])
        elif "local" not in str(record["source"].get("licence", "")).lower():
            found[record["text"]] = "reports"
    return {text: origin for text, origin in found.items() if text not in never}


def _reports(folders: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The labelled reports of the folders; a variant's id begins as its report's does."""
    for folder in folders:
        for file in sorted(folder.glob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))


def _sentences(file: Path) -> Iterator[str]:
    """Some sentences to a text."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if len(line) >= LEAST]
    sentences = [line.split("\t")[0].strip().strip('"') for line in lines]
    for first in range(0, len(sentences), TOGETHER):
        yield "\n".join(sentences[first : first + TOGETHER])

"""The fictional cases of several reports: read, coded, and their claims set beside the labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from marsad.records import Claim, Passage, Record, Report, Source

CASES: Final = Path(__file__).parent / "cases"
_MARK: Final = re.compile(r"\{([^|{}]+)\|([A-Z])\}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report of a case; ``labels`` gives words of it and the letter of the happening that they tell of."""

    report: Report
    origin: str
    labels: tuple[tuple[Passage, str], ...]

    def happening(self, claim: Claim) -> str | None:
        """The letter of a claim, by its most informative trigger that is labelled; None where none is."""
        for trigger in claim.triggers:
            for passage, letter in self.labels:
                if trigger.start < passage.end and passage.start < trigger.end:
                    return letter
        return None


@dataclass(frozen=True, slots=True)
class Case:
    """Reports of happenings that are close to each other."""

    name: str
    reports: tuple[Labelled, ...]


def cases(part: str) -> Iterator[Case]:
    """The cases of a part, ``tune`` or ``report``."""
    for path in sorted((CASES / part).glob("*.txt")):
        pieces = path.read_text(encoding="utf-8").split("=== ")[1:]
        yield Case(path.stem, tuple(_labelled(path.stem, piece) for piece in pieces))


def _labelled(case: str, piece: str) -> Labelled:
    head, _, body = piece.partition("\n")
    name, published, source, *copied = (field.strip() for field in head.split("|"))
    text, labels, at = "", [], 0
    body = body.strip()
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        labels.append((Passage(len(text), len(text) + len(mark[1])), mark[2]))
        text += mark[1]
        at = mark.end()
    text += body[at:]
    report = Report(f"{case}/{name}", text, published=published, source=Source(source), language="en")
    origin = f"{case}/{copied[0]}" if copied else report.id
    return Labelled(report, origin, tuple(labels))


def by_letter(case: Case, records: Sequence[Record]) -> dict[str, str]:
    """The letter of each claim (``REPORT:CLAIM``) that tells of something labelled."""
    return {
        f"{record.id}:{claim.id}": letter
        for labelled, record in zip(case.reports, records, strict=True)
        for claim in record.events
        if (letter := labelled.happening(claim)) is not None
    }

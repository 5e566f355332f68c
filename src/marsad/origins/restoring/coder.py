"""The coder with restoring: what is machine-spun is coded by its restored reading, and led back to its own words."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from marsad.coding import Coder
from marsad.errors import CodingError
from marsad.knowledge import Knowledge
from marsad.origins.restoring.change import Reading
from marsad.origins.restoring.mapping import led_back
from marsad.origins.restoring.restorer import Restorer
from marsad.origins.spun import Spun, judge_spun, spun_probability
from marsad.records import Json, Record, Report
from marsad.vocabulary import SPUN

__all__ = ["RestoringCoder"]

_TABLES: Final = (Path(__file__).parent, Path(__file__).parents[1] / "spun")


class RestoringCoder:
    """A coder that first asks whether a report is machine-spun and, where it is, puts garbled names right.

    Takes what :class:`marsad.Coder` takes. Records of English reports have one more key, ``spun`` (how probable it is,
    and for spun ones the passages and signs); those of spun ones have ``restored`` too (what was read in place of
    which words). Their text is the report's own. Where a cleaner copy of the report was at hand, ``restored_from`` is
    its id.
    """

    def __init__(
        self,
        packs: Iterable[Path] = (),
        *,
        encoder: bool = True,
        codebooks: Iterable[Path] = (),
    ) -> None:
        packs = tuple(packs)
        self._coder = Coder(packs, encoder=encoder, codebooks=codebooks)
        self._restorer = Restorer(Knowledge.load(packs))
        self.name = self._coder.name
        self.version = self._coder.version

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with all that the records depend on."""
        return hashlib.sha256((self._coder.fingerprint + _fingerprint()).encode()).hexdigest()[:16]

    def warm_up(self) -> None:
        """Load the models now rather than with the first report. Raises ModelError."""
        with ThreadPoolExecutor(1) as beside:  # half of what loading the coder's models takes is not Python's
            hashed = beside.submit(lambda: self.fingerprint)
            tables = beside.submit(spun_probability, "Load the tables.")
            self._coder.warm_up()
            hashed.result()
            tables.result()

    def code(self, report: Report, cleaner: Report | None = None) -> Record:
        """The record of one report, coded by its restored reading where it is machine-spun.

        Words of ``cleaner``, a cleaner copy of it, come before guesses. Raises CodingError when the report cannot be
        coded.
        """
        spun, reading = self._read(report, cleaner)
        record = self._finished(self._coder.code(_as_read(report, reading)), spun, reading)
        if cleaner is None or spun is None or spun.probability < SPUN:
            return record
        return replace(record, extra={**record.extra, "restored_from": cleaner.id})

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """The records of many reports, in order. Raises CodingError at the first that cannot be coded."""
        read: deque[tuple[Spun | None, Reading]] = deque()

        def readings() -> Iterator[Report]:
            for report in reports:
                read.append(self._read(report))
                yield _as_read(report, read[-1][1])

        for record in self._coder.code_many(readings()):
            yield self._finished(record, *read.popleft())

    def code_together(self, reports: Sequence[Report]) -> list[Record | CodingError]:
        """The records of some reports, or why there is none; all are held in memory. Raises ModelError."""
        read = [self._read(report) for report in reports]
        again = [_as_read(report, reading) for report, (_, reading) in zip(reports, read, strict=True)]
        coded = self._coder.code_together(again)
        return [
            one if isinstance(one, CodingError) else self._finished(one, spun, reading)
            for one, (spun, reading) in zip(coded, read, strict=True)
        ]

    def _read(self, report: Report, cleaner: Report | None = None) -> tuple[Spun | None, Reading]:
        if report.language not in (None, "en"):
            return None, Reading(report.text, ())
        spun = judge_spun(report.text, signs_from=SPUN)
        return spun, self._restorer.read(report.text, spun, cleaner)

    def _finished(self, record: Record, spun: Spun | None, reading: Reading) -> Record:
        record = led_back(record, reading)
        extra: dict[str, Any] = dict(record.extra)
        if "coder" in extra:
            extra["coder"] = {**extra["coder"], "fingerprint": self.fingerprint}
        if spun is not None:
            extra["spun"] = _spun_json(spun) if spun.probability >= SPUN else {"probability": spun.probability}
        if spun is not None and spun.probability >= SPUN:
            both = sorted((*reading.changes, *reading.proposals), key=lambda change: change.start)
            extra["restored"] = [change.to_json() for change in both]
        return replace(record, extra=extra)


def _as_read(report: Report, reading: Reading) -> Report:
    return replace(report, text=reading.text) if reading.changes else report


def _spun_json(spun: Spun) -> Json:
    return {
        "probability": spun.probability,
        "passages": [
            {"start": p.start, "end": p.end, "probability": round(p.probability, 4)} for p in spun.passages
        ],
        "signs": [
            {
                "start": s.start, "end": s.end, "kind": s.kind, "found": s.found, "expected": s.expected,
                "weight": s.weight, "reason": s.reason,
            }
            for s in spun.signs
        ],
    }  # fmt: skip


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    for folder in _TABLES:
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.suffix in (".tsv", ".npz", ".safetensors"):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()

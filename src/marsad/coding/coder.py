"""The coder: from a report to a record, one step after another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from marsad.coding.assembly import assemble
from marsad.coding.parsing import WEIGHTS, load_pipeline, parse
from marsad.errors import CodingError, MarsadError
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Record, Report

__all__ = ["Coder"]

NAME: Final = "marsad-rules"


class Coder:
    """Codes reports in English. Loads its models when the first report comes.

    ``packs`` are the user's own actor packs, beside the built-in ones. Raises
    KnowledgeError for a malformed pack, ModelError when a model is missing.
    """

    def __init__(self, packs: Iterable[Path] = ()) -> None:
        from marsad import __version__

        self.name = NAME
        self.version = __version__
        self._packs = tuple(Path(pack) for pack in packs)
        self._knowledge = Knowledge.load(self._packs)
        self._gazetteer = Gazetteer.open()

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with the version, the models, the lexicon and the packs."""
        return _fingerprint(self.version, self._packs)

    def warm_up(self) -> None:
        """Load the models now rather than with the first report. Raises ModelError."""
        load_pipeline()

    def code(self, report: Report) -> Record:
        """The record of one report. What is not English is kept and marked, not coded.

        Raises CodingError when the report cannot be coded.
        """
        extra: dict[str, Any] = {
            "coder": {"name": self.name, "version": self.version, "fingerprint": self.fingerprint},
            "language": report.language,
            "outcome": "partial" if report.partial else "ok",
        }
        skipped: list[dict[str, Any]] = [{"span": None, "reason": report.partial}] if report.partial else []
        if report.language not in (None, "en"):
            extra["outcome"] = "partial"
            skipped.append({"span": None, "reason": f"language is {report.language}, not English: kept, not coded"})
            return Record(
                report.id,
                report.text,
                report.source,
                report.title,
                report.published,
                extra={**extra, "skipped": skipped},
            )
        try:
            document = parse(report.text)
            skipped += [{"span": list(span), "reason": reason} for span, reason in document.skipped]
            if skipped:
                extra["outcome"] = "partial"
                extra["skipped"] = skipped
            return assemble(report, document, self._knowledge, self._gazetteer, extra)
        except MarsadError:
            raise
        except Exception as error:
            raise CodingError(f"{report.id}: cannot be coded: {type(error).__name__}: {error}") from error

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """The records of many reports, in order."""
        for report in reports:
            yield self.code(report)


@cache
def _fingerprint(version: str, packs: Sequence[Path]) -> str:
    digest = hashlib.sha256(version.encode())
    for folder in (files("marsad.coding.lexicon"), files("marsad.knowledge") / "packs"):
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith((".tsv", ".txt", ".toml")):
                digest.update(file.name.encode() + file.read_bytes())
    for weights in WEIGHTS.values():
        digest.update(weights.encode())
    for pack in packs:
        digest.update(pack.read_bytes())
    return digest.hexdigest()[:16]

"""The coder: from a report to a record, one step after another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from marsad.coding.assembly import assemble
from marsad.coding.codebook.applying import Codebooks
from marsad.coding.document import Document
from marsad.coding.encoder import Encoder
from marsad.coding.encoder.encoder import MODELS
from marsad.coding.parsing import FRONT_MATTER, WEIGHTS, load_pipeline, parse_many
from marsad.coding.weights import Weights
from marsad.errors import CodingError, MarsadError
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Record, Report

__all__ = ["Coder"]

NAME: Final = "marsad"
RULES: Final = "marsad-rules"
_GROUP: Final = 16
_GROUP_CHARACTERS: Final = 32_000
"""Reports, and characters of them, that are parsed together."""


class Coder:
    """Codes reports in English. Loads its models when the first report comes.

    ``packs`` are the user's own actor packs, beside the built-in ones. Raises
    KnowledgeError for a malformed pack, ModelError when a model is missing.
    With ``encoder=False`` the weighted rules decide alone. ``codebooks`` are files
    of trained codebooks of the user's own; CodebookError says what is wrong with one.
    """

    def __init__(self, packs: Iterable[Path] = (), *, encoder: bool = True, codebooks: Iterable[Path] = ()) -> None:
        from marsad import __version__

        self.name = NAME if encoder else RULES
        self._encoder = encoder
        self.version = __version__
        self._packs = tuple(Path(pack) for pack in packs)
        self._knowledge = Knowledge.load(self._packs)
        self._gazetteer = Gazetteer.open()
        books = tuple(Path(path) for path in codebooks)
        self._codebooks, self._books = Codebooks.load(books), Codebooks.fingerprint(books) if books else ""

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with the version, models, lexicon, packs and Marsad's own places."""
        return _fingerprint(self.version + self._books, self._packs, self._encoder)

    def warm_up(self) -> None:
        """Load the models now rather than with the first report. Raises ModelError."""
        load_pipeline()
        for table in Weights.folder.glob("*.weights.tsv"):
            Weights.load(table.name.removesuffix(".weights.tsv"))
        if self._encoder:
            Encoder.load()

    def code(self, report: Report) -> Record:
        """The record of one report. What is not English is kept and marked, not coded.

        Raises CodingError when the report cannot be coded.
        """
        [record] = self.code_together([report])
        if isinstance(record, CodingError):
            raise record
        return record

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """The records of many reports, in order; some pages at a time are parsed together, which is quicker.

        Raises CodingError at the first report that cannot be coded.
        """
        for group in _groups(reports):
            for record in self.code_together(group):
                if isinstance(record, CodingError):
                    raise record
                yield record

    def code_together(self, reports: Sequence[Report]) -> list[Record | CodingError]:
        """The records of some reports, or why there is none; all are held in memory. Raises ModelError."""
        try:
            texts = [report.text for report in reports if _is_english(report)]
            documents = iter(self._read(texts))
            return [self._code(report, next(documents) if _is_english(report) else None) for report in reports]
        except MarsadError:
            raise
        except Exception as error:
            if len(reports) == 1:
                why = f"{reports[0].id}: cannot be coded: {type(error).__name__}: {error}"
                failure = CodingError(why)
                failure.__cause__ = error
                return [failure]
            return [record for report in reports for record in self.code_together([report])]

    def _read(self, texts: list[str]) -> list[Document]:
        """The parse of each text, and beside it, on another core where there is one, the encoder's judgement."""
        if not self._encoder or not texts:
            return parse_many(texts)
        encoder = Encoder.load()
        with ThreadPoolExecutor(1) as aside:
            judgements = [aside.submit(encoder.judge, text) for text in texts]
            documents = parse_many(texts)
            for document, judgement in zip(documents, judgements, strict=True):
                document.judgement = judgement.result()
        return documents

    def _code(self, report: Report, document: Document | None) -> Record:
        extra: dict[str, Any] = {
            "coder": {"name": self.name, "version": self.version, "fingerprint": self.fingerprint},
            "language": report.language,
            "outcome": "ok",
        }
        skipped: list[dict[str, Any]] = [{"span": None, "reason": report.partial}] if report.partial else []
        if document is None:
            reason = f"language is {report.language}, not English: kept, not coded"
            skipped.append({"span": None, "reason": reason})
        else:
            skipped += [{"span": list(span), "reason": reason} for span, reason in document.skipped]
        if skipped:
            extra["skipped"] = skipped
        if any(passage["reason"] != FRONT_MATTER for passage in skipped):
            extra["outcome"] = "partial"
        if document is None:
            return Record(report.id, report.text, report.source, report.title, report.published, extra=extra)

        def record() -> Record:
            return assemble(report, document, self._knowledge, self._gazetteer, extra)

        return self._codebooks.apply(record(), document, record) if self._codebooks else record()


def _is_english(report: Report) -> bool:
    return report.language in (None, "en")


def _groups(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """The reports in groups of some pages."""
    group: list[Report] = []
    for report in reports:
        group.append(report)
        if len(group) >= _GROUP or sum(len(r.text) for r in group) >= _GROUP_CHARACTERS:
            yield group
            group = []
    if group:
        yield group


@cache
def _fingerprint(version: str, packs: Sequence[Path], encoder: bool) -> str:
    digest = hashlib.sha256(version.encode())
    for folder in (files("marsad.coding.lexicon"), files("marsad.knowledge") / "packs"):
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith((".tsv", ".txt", ".toml")):
                digest.update(file.name.encode() + file.read_bytes())
    digest.update((files("marsad.knowledge") / "places.tsv").read_bytes())
    for weights in WEIGHTS.values():
        digest.update(weights.encode())
    if encoder:
        for file in sorted(file for file in MODELS.iterdir() if file.suffix in (".onnx", ".safetensors", ".toml")):
            digest.update(file.name.encode() + file.read_bytes())
    for pack in packs:
        digest.update(pack.read_bytes())
    return digest.hexdigest()[:16]

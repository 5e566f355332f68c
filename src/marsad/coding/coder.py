"""The coder: from a report to a record, one step after another."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from importlib.resources import files
from multiprocessing import parent_process
from pathlib import Path
from typing import Any, Final

from marsad.coding.assembly import assemble
from marsad.coding.codebook.applying import Codebooks
from marsad.coding.document import Document
from marsad.coding.encoder import Encoder, Judgement
from marsad.coding.encoder.encoder import MODELS
from marsad.coding.parsing import parse
from marsad.coding.plain import FRONT_MATTER
from marsad.coding.weights import Weights
from marsad.errors import CodingError, MarsadError
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Record, Report

__all__ = ["Coder"]

NAME: Final = "marsad"
RULES: Final = "marsad-rules"
_AHEAD: Final = 3
"""Reports that the encoder may be ahead of what puts the records together."""


class Coder:
    """Codes reports in English. Loads its models when the first report comes.

    ``packs`` are the user's own actor packs, beside the built-in ones. Raises
    KnowledgeError for a malformed pack, ModelError when a model is missing.
    With ``encoder=False`` the weighted rules decide alone, on the encoder's parse. ``codebooks`` are files
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
        Encoder.load()
        for table in Weights.folder.glob("*.weights.tsv"):
            Weights.load(table.name.removesuffix(".weights.tsv"))

    def code(self, report: Report) -> Record:
        """The record of one report. What is not English is kept and marked, not coded.

        Raises CodingError when the report cannot be coded.
        """
        judge = Encoder.load().judge
        return _or_raise(self._coded(report, partial(judge, report.text)))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """The records of many reports, in order; while one is put together, the encoder reads the next ones.

        Raises CodingError at the first report that cannot be coded.
        """
        yield from map(_or_raise, self._all_coded(reports))

    def code_together(self, reports: Sequence[Report]) -> list[Record | CodingError]:
        """The records of some reports, or why there is none; all are held in memory. Raises ModelError."""
        return list(self._all_coded(reports))

    def _all_coded(self, reports: Iterable[Report]) -> Iterator[Record | CodingError]:
        """Each report's record, or why there is none. The encoder works beside, on another core where there is one."""
        judge = Encoder.load().judge
        if parent_process() is not None:
            # One of several workers: the other cores have work of their own.
            yield from (self._coded(report, partial(judge, report.text)) for report in reports)
            return
        aside = ThreadPoolExecutor(1)
        try:
            waiting: deque[tuple[Report, Future[Judgement]]] = deque()
            for report in reports:
                waiting.append((report, aside.submit(judge, report.text if _is_english(report) else "")))
                if len(waiting) > _AHEAD:
                    first, judgement = waiting.popleft()
                    yield self._coded(first, judgement.result)
            while waiting:
                first, judgement = waiting.popleft()
                yield self._coded(first, judgement.result)
        finally:
            aside.shutdown(cancel_futures=True)

    def _coded(self, report: Report, judge: Callable[[], Judgement]) -> Record | CodingError:
        """The record of a report, or why there is none. Raises a MarsadError where the coder itself is at fault."""
        try:
            document = None
            if _is_english(report):
                judgement = judge()
                document = parse(report.text, judgement, report.title)
                judgement.forget_syntax()
                if self._encoder:
                    document.judgement = judgement
            return self._code(report, document)
        except MarsadError:
            raise
        except Exception as error:
            failure = CodingError(f"{report.id}: cannot be coded: {type(error).__name__}: {error}")
            failure.__cause__ = error
            return failure

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


def _or_raise(result: Record | CodingError) -> Record:
    if isinstance(result, CodingError):
        raise result
    return result


@cache
def _fingerprint(version: str, packs: Sequence[Path], encoder: bool) -> str:
    digest = hashlib.sha256(version.encode())
    for folder in (files("marsad.coding.lexicon"), files("marsad.knowledge") / "packs"):
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith((".tsv", ".txt", ".toml")):
                digest.update(file.name.encode() + file.read_bytes())
    for name in ("places.tsv", "regions.tsv"):
        digest.update((files("marsad.knowledge") / name).read_bytes())
    used = (".onnx", ".safetensors", ".toml") if encoder else (".onnx", ".safetensors")
    for file in sorted(file for file in MODELS.iterdir() if file.suffix in used):
        digest.update(file.name.encode() + file.read_bytes())
    for pack in packs:
        digest.update(pack.read_bytes())
    return digest.hexdigest()[:16]

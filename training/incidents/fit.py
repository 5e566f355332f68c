"""Fit the two tables by which tellings are compared.

    python training/incidents/fit.py wording              # models/wording.weights.tsv, from ECB+
    python training/incidents/fit.py claims CODED.jsonl   # models/claims.weights.tsv, from ECB+ as coded, and the cases

``wording``: pairs of labelled actions of ECB+, the usual development topics left out. ``claims``: pairs of what the
coder found in the same reports (CODED.jsonl, made by ``coded.py``) that meet labelled actions; pairs of claims of the
fictional cases in ``tests/incidents/cases/tune``; and pairs that are apart, of the labelled records of the training
part of ``data/conflict-reports``: of one report, where the labels have joined already what is one event, and of reports
that are about other things. In all, the cases weigh as much as ECB+, and the pairs apart three times as much.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
for folder in ("benchmarks/incidents", "tests/incidents", "training"):
    sys.path.insert(0, str(ROOT / folder))

from bounded import fit_bounded  # noqa: E402
from ecbplus import DEVELOPMENT, Text, texts  # noqa: E402
from fitting import fit  # noqa: E402
from incidents_cases import cases  # noqa: E402

from marsad import Coder  # noqa: E402
from marsad.errors import RecordError  # noqa: E402
from marsad.incidents.blocking import Blocks, keys_of  # noqa: E402
from marsad.incidents.comparing import compare  # noqa: E402
from marsad.incidents.likeness import wording_features  # noqa: E402
from marsad.incidents.tellings import Telling, tellings  # noqa: E402
from marsad.incidents.wording import ReportWords, Wording  # noqa: E402
from marsad.incidents.words import alike  # noqa: E402
from marsad.knowledge import Gazetteer, Knowledge  # noqa: E402
from marsad.records import Record, Report  # noqa: E402

ECB: Final = ROOT.parent / "shared/data/ecbplus"
DATA: Final = ROOT / "data/conflict-reports"
MODELS: Final = ROOT / "src/marsad/incidents/models"
LEAST_ABOUT: Final = 0.05
"""Pairs of reports less alike than this are left out: none of them tells of one happening."""
WORDING: Final = 0.3
CLAIMS: Final = 0.1
"""Inverse of the penalty of either table; for claims chosen by leaving out one case after another."""
APART: Final = 3.0
"""What the pairs apart weigh, against ECB+."""
NEAR: Final = 8
OTHER_ABOUT: Final = 0.12
"""Reports less alike than this are about other things; more alike ones may tell of one happening."""
KEPT: Final = 0.25
"""The part of the negative pairs that is drawn."""
Row = tuple[Sequence[str], bool, float]


def training_texts() -> list[Text]:
    """The reports of ECB+ that may be fitted on."""
    return [text for text in texts(ECB) if text.topic not in DEVELOPMENT]


def wording_rows() -> Iterator[Row]:
    """Features, label and weight of pairs of labelled actions."""
    draw = random.Random(7)
    known: list[list[tuple[Wording, str]]] = []
    for text in training_texts():
        words = ReportWords(text.text)
        known.append([(words.wording([action.span]), action.chain) for action in text.actions])
    known = [found for found in known if found]
    for one, other in [*combinations(known, 2), *((found, found) for found in known)]:
        about = alike(one[0][0].about, other[0][0].about)
        if about < LEAST_ABOUT:
            continue
        pairs = combinations(one, 2) if one is other else ((a, b) for a in one for b in other)
        for (first, chain), (second, name) in pairs:
            if chain == name or draw.random() < KEPT:
                yield (
                    wording_features(first, second, one is other, about),
                    chain == name,
                    1.0 if chain == name else 1 / KEPT,
                )


def coded_rows(coded: Path, development: bool = False) -> Iterator[tuple[tuple[int, int], Row]]:
    """The same of claims of ECB+ as the coder finds them, labelled by the actions that their triggers are; each with
    the topics of its two reports. ``development``: of the topics that are not to be fitted on."""
    draw = random.Random(7)
    knowledge, gazetteer = Knowledge.load(), Gazetteer.open()
    records = {record.id: record for line in coded.read_text(encoding="utf-8").split("\n") if (record := _read(line))}
    known: list[tuple[int, list[tuple[Telling, str]]]] = []
    wanted = [text for text in texts(ECB) if (text.topic in DEVELOPMENT) == development]
    for text in wanted:
        if text.name not in records:
            continue
        record = records[text.name]
        labels = {}
        for claim in record.events:
            for trigger in reversed(claim.triggers):
                for action in text.actions:
                    if trigger.start < action.span.end and action.span.start < trigger.end:
                        labels[claim.id] = action.chain
        found = tellings(Report(record.id, record.text), record, record.id, knowledge, gazetteer)
        known.append((text.topic, [(one, labels[one.claim]) for one in found if one.claim in labels]))
    known = [found for found in known if found[1]]
    for (topic, one), (beside, other) in [*combinations(known, 2), *((found, found) for found in known)]:
        about = alike(one[0][0].wording.about, other[0][0].wording.about)
        if about < LEAST_ABOUT:
            continue
        pairs = combinations(one, 2) if one is other else ((a, b) for a in one for b in other)
        for (first, chain), (second, name) in pairs:
            if chain == name or draw.random() < KEPT:
                features = compare(first, second, about).features()
                yield (topic, beside), (features, chain == name, 1.0 if chain == name else 1 / KEPT)


def _read(line: str) -> Record | None:
    """A record, where the line is one that is well formed: the corpus's spacing lets some quotations go wrong."""
    try:
        return Record.loads(line)
    except RecordError:
        return None


def case_rows(part: str) -> Iterator[tuple[str, Row]]:
    """The same of the cases of a part, each with the name of its case."""
    coder, knowledge, gazetteer = Coder(), Knowledge.load(), Gazetteer.open()
    for case in cases(part):
        known = []
        for labelled in case.reports:
            record = coder.code(labelled.report)
            letters = {claim.id: labelled.happening(claim) for claim in record.events}
            for number, one in enumerate(tellings(labelled.report, record, labelled.origin, knowledge, gazetteer)):
                known.append((one, letters[one.claim] or f"{labelled.report.id} {number}"))
        for (first, letter), (second, name) in combinations(known, 2):
            yield case.name, (compare(first, second).features(), letter == name, 1.0)


def apart_rows() -> Iterator[Row]:
    """Features of pairs that the look-up brings up, or that stand in one report, and that are no one happening."""
    knowledge, gazetteer, blocks = Knowledge.load(), Gazetteer.open(), Blocks()
    known: list[Telling] = []
    part = dict(line.split("\t")[::2] for line in (DATA / "split.tsv").read_text(encoding="utf-8").splitlines())
    for path in sorted((DATA / "records").glob("*.json")):
        record = Record.from_json(json.loads(path.read_text(encoding="utf-8")))
        if part[record.id] != "train":
            continue
        found = tellings(Report(record.id, "", published=record.published), record, record.id, knowledge, gazetteer)
        for one in found:
            for other in blocks.near(keys_of(one)[1], NEAR):
                about = alike(one.wording.about, known[other].wording.about)
                if about < OTHER_ABOUT:
                    yield compare(known[other], one, about).features(), False, 1.0
        for one, other in combinations(found, 2):
            found_alike = compare(one, other)
            denied = "did-not-happen" in (one.status, other.status) and found_alike.types == "same"
            if not (denied and (found_alike.word or found_alike.recipients == "same")):
                yield found_alike.features(), False, 1.0
        for one in found:
            blocks.add(len(known), keys_of(one)[0])
            known.append(one)


def weighing(rows: list[Row], share: float) -> list[Row]:
    """Rows that weigh so much in all."""
    each = share / len(rows)
    return [(features, same, each * weight) for features, same, weight in rows]


def main() -> None:
    """Fit the table that is asked for."""
    if sys.argv[1] == "claims":
        rows = [row for _, row in coded_rows(Path(sys.argv[2]))]
        whole = sum(weight for _, _, weight in rows)
        rows += weighing([row for _, row in case_rows("tune")], whole) + weighing(list(apart_rows()), APART * whole)
        fit_bounded(MODELS / "claims.weights.tsv", rows, strength=CLAIMS)
        return
    rows = list(wording_rows())
    fit(
        "wording", [features for features, _, _ in rows], ["yes" if same else "no" for _, same, _ in rows],
        ("no", "yes"), strength=WORDING, weights=[weight for _, _, weight in rows], least_count=8, least_weight=0.02,
        folder=MODELS,
    )  # fmt: skip


if __name__ == "__main__":
    main()

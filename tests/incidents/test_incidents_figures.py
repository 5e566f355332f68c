"""The scores against cases worked out by hand, and the floors of what is joined rightly."""

from __future__ import annotations

import importlib
import random
import sys
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from incidents_cases import Case, by_letter, cases

from marsad import Coder
from marsad.incidents import Incidents
from marsad.incidents.clustering import agglomerate
from marsad.incidents.comparing import conflict
from marsad.knowledge import Gazetteer
from marsad.records import Record

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks/incidents"))

actions: Any = importlib.import_module("actions")
scores: Any = importlib.import_module("coreference")
ecbplus: Any = importlib.import_module("ecbplus")
muc, b_cubed, ceaf_e, conll = scores.muc, scores.b_cubed, scores.ceaf_e, scores.conll

ECB = ROOT.parent / "shared/data/ecbplus"
LEAST_CASES = 0.83
LEAST_ECB = 0.73


def test_scores_worked_out_by_hand() -> None:
    # Gold {1 2 3} {4 5 6 7}, found {1 2} {3 4 5} {6 7}: the worked case of Luo 2005's kind.
    gold, found = "aaabbbb", "xxyyyzz"
    assert muc(gold, found) == pytest.approx((3 / 4, 3 / 5))
    precision = (2 * 1 + (1 / 3 + 2 * 2 / 3) + 2 * 1) / 7
    recall = ((2 * 2 / 3 + 1 / 3) + (2 * 2 / 4 + 2 * 2 / 4)) / 7
    assert b_cubed(gold, found) == pytest.approx((precision, recall))
    # The best pairing: {1 2 3} with {1 2} (4/5) and {4 5 6 7} with {6 7} or {3 4 5} (4/6 or 4/7).
    assert ceaf_e(gold, found) == pytest.approx(((4 / 5 + 2 / 3) / 3, (4 / 5 + 2 / 3) / 2))
    assert conll(gold, gold) == 1.0
    assert muc("abc", "abc") == (0.0, 0.0)  # no links at all


def test_the_pairing_of_clusters_is_the_best_one() -> None:
    draw = random.Random(3)
    for _ in range(60):
        size = draw.randrange(1, 12)
        gold = [draw.randrange(4) for _ in range(size)]
        found = [draw.randrange(5) for _ in range(size)]
        groups = [
            [{i for i, x in enumerate(side) if x == one} for one in dict.fromkeys(side)] for side in (gold, found)
        ]
        few, many = sorted(groups, key=len)
        best = max(
            sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(few, order, strict=False))
            for order in permutations(many, len(few))
        )
        assert ceaf_e(gold, found) == pytest.approx((best / len(groups[1]), best / len(groups[0])))


def test_groups_grow_by_the_mean_over_their_pairs() -> None:
    links = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.0), (2, 3, 0.5)]
    merges, left = agglomerate([1, 1, 1, 1], links, 0.45)
    assert [(merge.kept, merge.gone) for merge in merges] == [(0, 1), (2, 3)]
    assert left == {(0, 2): pytest.approx(0.2)}
    merges, _ = agglomerate([1, 1, 1, 1], links, 0.45, forbidden=lambda one, other: (one, other) == (0, 1))
    assert [(merge.kept, merge.gone) for merge in merges] == [(1, 2)]


@cache
def coded(part: str) -> list[tuple[Case, list[Record]]]:
    coder = Coder()
    return [(case, [coder.code(labelled.report) for labelled in case.reports]) for case in cases(part)]


def joined(case: Case, records: list[Record]) -> Incidents:
    incidents = Incidents(gazetteer=Gazetteer.open())
    for labelled, record in zip(case.reports, records, strict=True):
        incidents.add(labelled.report, record, labelled.origin)
    return incidents


@pytest.mark.parametrize("part", ["report", "held"])
def test_claims_of_the_cases_not_fitted_on_are_joined_rightly(part: str) -> None:
    gold, found = [], []
    for case, records in coded(part):
        letters = by_letter(case, records)
        for incident in joined(case, records):
            for one in incident.tellings:
                if one.id in letters:
                    gold.append((case.name, letters[one.id]))
                    found.append((case.name, incident.id))
    assert len(gold) > 60
    assert b_cubed(gold, found).f1 >= LEAST_CASES


@pytest.mark.parametrize("part", ["tune", "report", "held"])
def test_no_incident_has_two_days_and_two_towns(part: str) -> None:
    for case, records in coded(part):
        for order in (1, -1):
            both = Case(case.name, case.reports[::order])
            for incident in joined(both, records[::order]):
                assert not any(conflict(one, other) for one in incident.tellings for other in incident.tellings)


@pytest.mark.slow
@pytest.mark.skipif(not ECB.is_dir(), reason="ECB+ is not at hand")
def test_actions_of_ecb_are_joined_rightly() -> None:
    some = actions.mentions(ECB, sorted(ecbplus.DEVELOPMENT))
    gold = [mention.chain for mention in some]
    found = actions.joined(some, actions.THRESHOLD)
    assert conll(gold, found) >= LEAST_ECB
    assert conll(gold, found) > conll(gold, actions.lemma(some)) + 0.08

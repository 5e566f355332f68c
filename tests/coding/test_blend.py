"""Rules and encoder decide together."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from marsad.coding import Coder
from marsad.coding.blend import Blend, logit
from marsad.coding.confidence import FIELDS, Calibration, share_of_best
from marsad.coding.encoder.judgement import Floats, Judgement
from marsad.coding.pairscores import Band
from marsad.errors import ModelError
from marsad.records import Report

TEXT = "Rebels shelled the town of Marra on Monday, killing six people. The army denied that it had fled."


def test_without_an_encoder_the_rules_decide_alone() -> None:
    both = Blend(0.5, (0.5,), 0.1)
    assert both.chance(0.3, None) == 0.3
    assert Blend().chance(0.3, [4.0]) == 0.3
    assert Blend().shares([0.2, 0.8], None) == [0.2, 0.8]


def test_both_add_their_log_odds() -> None:
    even = Blend(1.0, (1.0,), 0.0)
    assert even.chance(0.5, [0.0]) == pytest.approx(0.5)
    assert even.chance(0.8, [-logit(0.8)]) == pytest.approx(0.5)
    shares = Blend(0.0, (1.0,), biases=(0.0, 0.0)).shares([0.9, 0.1], [-3.0, -0.1])
    assert shares[1] > shares[0]
    assert sum(shares) == pytest.approx(1.0)


def test_extreme_chances_stay_finite() -> None:
    assert abs(logit(0.0)) < 20
    assert abs(logit(1.0)) < 20
    assert Blend(1.0, (1.0,)).chance(0.0, [-1000.0]) == pytest.approx(0.0)


def test_a_broken_file_of_factors_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for cls in (Blend, Calibration):
        broken = tmp_path / f"{cls.__name__}.toml"
        broken.write_text("[trigger]\nrules = 'much'\n", encoding="utf-8")
        monkeypatch.setattr(cls, "path", broken)
        with pytest.raises(ModelError, match="reinstall marsad"):
            Blend.load("trigger") if cls is Blend else Calibration.load()


def test_a_band_finds_the_likest_of_those_in_reach() -> None:
    class Judge:
        def pairs(
            self, head: str, left: list[tuple[int, int]], right: list[tuple[int, int]], which: list[tuple[int, int]]
        ) -> Floats:
            return np.array([[left[i][0] * 10.0 + right[j][0]] for i, j in which], np.float32)

    band = Band(cast(Judgement, Judge()), "coref", [(i, i + 1) for i in range(6)], 2)
    assert band.get(3, 2) == 32.0
    assert band.get(2, 3) == 32.0
    assert band.get(5, 2) is None
    assert band.get(4, 4) is None
    assert band.most(5, [1, 3, 4]) == 54.0
    assert band.most(5, [0]) is None


def test_every_event_says_how_sure_each_field_is() -> None:
    record = Coder().code(Report("r", TEXT))
    assert record.events
    for event in record.events:
        confidence = event.extra["confidence"]
        assert tuple(confidence) == FIELDS
        assert all(0.0 <= share <= 1.0 for share in confidence.values())
    assert share_of_best([{"a": 0.6, "b": 0.4}, {"a": 0.2, "b": 0.8}]) == pytest.approx(0.6)
    assert share_of_best([]) == 0.0


def test_the_rules_can_be_asked_alone() -> None:
    rules, both = Coder(encoder=False), Coder()
    assert rules.name == "marsad-rules"
    assert rules.fingerprint != both.fingerprint
    assert rules.code(Report("r", TEXT)).extra["coder"]["name"] == "marsad-rules"


def test_a_report_is_coded_alike_alone_and_beside_others() -> None:
    coder = Coder()
    reports = [Report(f"r{i}", " ".join([TEXT] * (i + 1))) for i in range(4)]
    together = [record.to_json() for record in coder.code_many(reports)]
    assert together == [coder.code(report).to_json() for report in reports]

"""The judgement on machine-spun text: probabilities, passages, signs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from marsad.origins.spun import judge_spun
from marsad.origins.spun.narrative import quoted_spans

CLEAN = (
    "Security forces arrested three men near the northern border on Tuesday after a rocket attack on a military base, "
    "the defence ministry said. Two soldiers were wounded in the attack, which no group has claimed. The army sent "
    "reinforcements to the area and closed the main road to the capital for several hours. Local officials said that "
    "most of the families who had fled during the fighting last month had returned to their homes, but that schools "
    "and shops were still closed. The prime minister is expected to visit the region next week to meet tribal leaders "
    "and discuss a ceasefire. Human rights groups have accused both sides of attacks on civilians since the war began."
)
SPUN = (
    "Surety powers apprehended three males near the northerly boundary line on Tuesday after a projectile assault on "
    "an martial base, the defense ministry remarked. Two troopers were hurt in the assault, which no grouping has "
    "arrogated. The ground forces sent off reinforcements to the expanse and shut the chief route to the Washington "
    "for respective hours. Local functionaries remarked that nigh of the kinfolk who had fled during the scrap last "
    "month had regressed to their abodes, but that schools and stores were nonetheless unopen. The choice curate is "
    "anticipated to inspect the part next hebdomad to encounter tribal drawing cards and discourse a armistice. Human "
    "rights radicals have charged both faces of onsets on noncombatants since the warfare commenced."
)


def test_a_spun_text_is_far_likelier_than_the_clean_one() -> None:
    clean, spun = judge_spun(CLEAN), judge_spun(SPUN)
    assert clean.probability < 0.5 < 0.9 < spun.probability
    assert not clean.passages
    assert len(spun.passages) == 1
    assert len(spun.signs) > 3 * len(clean.signs)


def test_signs_stand_where_they_say_and_are_in_order() -> None:
    text = "🙂 مَرصد\n\n" + SPUN
    signs = judge_spun(text).signs
    assert [s.start for s in signs] == sorted(s.start for s in signs)
    assert signs
    for sign in signs:
        assert text[sign.start : sign.end] == sign.found
        assert sign.reason
        assert "\n" not in sign.reason


def test_a_text_in_capitals_is_judged_like_any_other() -> None:
    assert judge_spun(CLEAN.upper()).probability < 0.5 < judge_spun(SPUN.upper()).probability
    assert judge_spun(CLEAN.title()).probability < 0.5


@pytest.mark.parametrize("text", ["“" * 50_000, "‘a " * 50_000, "``" * 50_000, "‘a’b" * 20_000, "a\n" * 50_000])
def test_hostile_texts_are_judged_to_their_end(text: str) -> None:
    spans = quoted_spans(text)
    assert all(start < end <= after for (start, end), (after, _) in pairwise([*spans, (len(text), len(text))]))
    assert judge_spun(text).probability < 0.5


def test_quotations_are_no_evidence() -> None:
    text = f"“{SPUN}” the speaker said on Tuesday.\n\n{CLEAN}"
    found = judge_spun(text)
    assert found.probability < 0.5
    assert all(sign.start > len(SPUN) for sign in found.signs)


@pytest.mark.parametrize(
    "text", ["", " \n\n", "“", "...", "12 34", "a", "你好", "\u0000\ud7ff", "“a” ‘b’ «c", "\n" * 99]
)
def test_texts_without_words_are_not_spun(text: str) -> None:
    assert judge_spun(text).probability < 0.5


def test_the_real_spun_report_is_recognised() -> None:
    file = Path(__file__).resolve().parents[4] / "shared/reports/iraq-militias-2020-07.txt"
    if not file.exists():
        pytest.skip("the shared reports are not here")
    assert judge_spun(file.read_text(encoding="utf-8")).probability > 0.9

from __future__ import annotations

import time

import pytest
from origins_texts import INDEPENDENT, ORIGINAL, OTHER, REPRINT, SPUN, TRANSLATED, parts

from marsad.origins.credits import credits_of
from marsad.origins.judging import Side, judge
from marsad.origins.likeness import compare, copy_score, is_copy
from marsad.origins.sidebyside import side_by_side
from marsad.origins.wording import MASK, Wording
from marsad.records import Report, Source


def side(text: str, name: str = "a", published: str | None = None, source: str | None = None) -> Side:
    return Side.of(Report(name, text, published=published, source=Source(source)))


@pytest.mark.parametrize("copy", [REPRINT, SPUN, TRANSLATED, "\n\n".join(parts(ORIGINAL)[2:5])])
def test_copies_are_copies_in_either_direction(copy: str) -> None:
    for a, b in ((ORIGINAL, copy), (copy, ORIGINAL)):
        likeness = compare(Wording(a), Wording(b))
        assert is_copy(likeness)
        assert likeness.share > 0.6


@pytest.mark.parametrize("text", [ORIGINAL, REPRINT, SPUN])
def test_another_report_of_the_same_event_is_none(text: str) -> None:
    likeness = compare(Wording(text), Wording(INDEPENDENT))
    assert likeness.quotations.shared == 2
    assert likeness.names.shared >= 5
    assert not is_copy(likeness)
    assert copy_score(likeness) < -1


def test_a_shared_statement_alone_is_no_copy() -> None:
    said = '\n\n"{}," the governor said.'.format(" ".join(parts(OTHER)[1].replace("\n", " ").split()[:40]))
    likeness = compare(Wording(ORIGINAL + said * 1), Wording(INDEPENDENT + said))
    assert likeness.quotations.shared == 3
    assert not is_copy(likeness)


def test_unrelated_reports_share_nothing() -> None:
    likeness = compare(Wording(ORIGINAL), Wording(OTHER))
    assert likeness.there.pairs == ()
    assert likeness.quotations.shared == 0
    assert not is_copy(likeness)


def test_capitals_count_in_neither_where_one_has_none() -> None:
    assert is_copy(compare(Wording(ORIGINAL), Wording(SPUN.lower())))
    assert not is_copy(compare(Wording(ORIGINAL), Wording(INDEPENDENT.lower())))


def test_what_is_masked_and_what_is_kept() -> None:
    wording = Wording("Gunmen of the Red Front shot 30 men at Alpha, Orlo said. Gunmen left.")
    kept = [word for word, mask in zip(wording.words, wording.masked, strict=True) if mask is not MASK]
    assert kept == ["of", "the", "red", "front", "30", "at", "alpha", "orlo"]


def test_words_in_every_kind_of_quotation_mark() -> None:
    for text in ('He "went away" then', "He “went away” then", "He «went away» then", "He ``went away'' then"):
        assert Wording(text).quoted == [False, True, True, False]


@pytest.mark.parametrize(("text", "kind"), [
    (ORIGINAL, "identical"), (REPRINT, "reprint"), (SPUN, "spun"), (TRANSLATED, "back-translated"),
    ("\n\n".join([*parts(ORIGINAL)[:5], *parts(OTHER)[:3]]), "additions"),
])  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    edge = judge(side(ORIGINAL), side(text, "b"))
    assert edge is not None
    assert (edge.derived, edge.source, edge.kind) == ("b", "a", kind)


def test_swaps_are_shown_and_point_from_the_source_to_the_copy() -> None:
    edge = judge(side(ORIGINAL), side(SPUN, "b"))
    assert edge is not None
    swaps = dict(edge.swaps)
    assert swaps["fighters"] == "soldiers"
    assert swaps["attacked"] == "assaulted"


def test_passages_say_which_paragraphs_are_which() -> None:
    text = "\n\n".join([parts(OTHER)[0], *parts(SPUN)[2:6], parts(OTHER)[1]])
    edge = judge(side(ORIGINAL), side(text, "b"))
    assert edge is not None
    [passage] = edge.passages
    assert (passage.paragraphs, passage.of_paragraphs) == ((2, 5), (3, 6)), "the first of them is a quotation"
    assert passage.passage.of(text).endswith(parts(SPUN)[5])
    assert passage.of_passage.of(ORIGINAL).endswith(parts(ORIGINAL)[5])


def test_the_later_one_is_made_from_the_earlier() -> None:
    edge = judge(side(ORIGINAL, "a", "2020-07-05"), side(REPRINT, "b", "2020-07-04"))
    assert edge is not None
    assert (edge.derived, edge.source, edge.sure) == ("a", "b", True)
    assert "2020-07-05" in edge.reasons[-1]
    vague = judge(side(ORIGINAL, "a", "2020-07"), side(ORIGINAL, "b", "2020-07-04"))
    assert vague is not None
    assert not vague.sure


def test_a_credit_tells_more_than_a_date() -> None:
    credited = ORIGINAL.replace("Fighters", "ALPHA (Reuters) - Fighters", 1)
    edge = judge(side(credited, "a", "2020-07-04", "Gazette"), side(ORIGINAL, "b", "2020-07-05", "Reuters"))
    assert edge is not None
    assert (edge.derived, edge.credit and edge.credit.whom) == ("a", "Reuters")
    assert edge.credit is not None
    assert edge.credit.passage.of(credited) == "Reuters"


def test_a_credit_that_both_have_is_evidence_too() -> None:
    edge = judge(side(f"{ORIGINAL}\n\n(AFP)"), side(f"{REPRINT}\n\nAFP", "b"))
    assert edge is not None
    assert edge.reasons[-1] == "both credit AFP"
    assert edge.credit is not None
    assert edge.credit.whom == "AFP"


@pytest.mark.parametrize(("text", "whom"), [
    ("ALPHA (Reuters) - Gunmen came.", ["Reuters"]), ("ALPHA, Jan 3 (AP) — Gunmen came.", ["AP"]),
    ("By Associated Press\nGunmen came.", ["AP"]), ("Gunmen came.\n(AFP)", ["AFP"]), ("Source: TASS\nText.", ["TASS"]),
    ("Gunmen came. Reprinted from The Gamma Herald with thanks.", ["Gamma Herald"]),
    ("This article was originally published by Delta Post.", ["Delta Post"]),
    ("The agency Reuters said on Monday that it had lost contact with two of its people near the town.", []),
    ("He ran an app. The map shows it.", []),
])  # fmt: skip
def test_credits(text: str, whom: list[str]) -> None:
    found = credits_of(text)
    assert [credit.whom for credit in found] == whom
    assert all(0 <= credit.passage.start < credit.passage.end <= len(text) for credit in found)


def test_a_spun_report_is_never_the_source() -> None:
    clean, spun = side(ORIGINAL, "a", "2020-07-05"), side(SPUN, "b", "2020-07-04")
    edge = judge(spun._replace(spun=lambda: 0.98), clean._replace(spun=lambda: 0.01))
    assert edge is not None
    assert (edge.derived, edge.source, edge.sure) == ("b", "a", True)


def test_texts_that_are_not_english() -> None:
    arabic = "هاجم مسلحون نقطة تفتيش قرب البلدة صباح الاثنين وقتلوا أربعة جنود وأصابوا تسعة بحسب المحافظ. " * 4
    other = "أعلنت هيئة الميناء إغلاق المرفأ ثلاثة أسابيع في الخريف لاستبدال بوابات القفل القديم بحسب بيان. " * 4
    assert is_copy(compare(Wording(arabic), Wording(arabic)))
    assert not is_copy(compare(Wording(arabic), Wording(other)))


@pytest.mark.parametrize("word", ["a", "word", "The", "x. ", '"'])
def test_a_text_made_to_be_slow_is_not(word: str) -> None:
    text = f"{word} " * 20_000
    begun = time.process_time()
    for other in (text, text + "end", ORIGINAL):
        judge(side(text), side(other, "b"))
        list(side_by_side(text, other))
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("text", ["", " ", '"', "word", "\u0000" * 40, "\ud800 lone", "“" * 50, "1 " * 500])
def test_odd_texts_do_no_harm(text: str) -> None:
    likeness = compare(Wording(text), Wording(ORIGINAL))
    assert not is_copy(likeness)
    assert compare(Wording(text), Wording(text)).identical

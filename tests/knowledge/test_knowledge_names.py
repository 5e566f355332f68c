from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge.names import bare_key, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kata'ib Hezbollah", "Kataib Hezbollah"),
        ("Kata’ib Ḥezbollah", "kataib hezbollah"),
        ("Al-Hol", "al Hol"),
        ("Tal-Afar", "Talafar"),
        ("Deir ez-Zor", "Deir al-Zor"),
        ("Erdoğan", "ERDOGAN"),
        ("Yıldırım", "Yildirim"),
        ("São Tomé", "Sao Tome"),
        ("U.S.", "US"),
        ("الأنبار", "الانبار"),
        ("الموصل", "موصل"),
        ("الحَشد الشَّعبي", "الحشد الشعبي"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    assert bare_key(one) == bare_key(other)


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("Iraq", "Iran"), ("Hama", "Homs")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert bare_key(one) != bare_key(other)


def test_a_name_of_articles_only_keeps_them() -> None:
    assert bare_key("Al-As") == "alas"


@given(st.text(max_size=60))
def test_folding_never_fails_and_is_settled(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
    assert once == once.strip()
    bare_key(name)

"""Dates and languages."""

from __future__ import annotations

import pytest

from marsad.reading import language
from marsad.reading.dates import is_iso, iso_date
from marsad.reading.language import language_of


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020", "2020"),
        ("2020-07", "2020-07"),
        (" 2020-07-04 ", "2020-07-04"),
        ("2020-07-04T23:59:59.123+03:00", "2020-07-04"),
        ("2020-07-04 10:00", "2020-07-04"),
        ("20200704T101500Z", "2020-07-04"),
        ("Sat, 04 Jul 2020 23:30:00 -0500", "2020-07-04"),
        ("Sat Jul 04 12:00:00 +0000 2020", "2020-07-04"),
        ("4 July 2020", "2020-07-04"),
        ("July 4th, 2020", "2020-07-04"),
        ("Sept. 9, 2020", "2020-09-09"),
        ("July 2020", "2020-07"),
        (1593820800, "2020-07-04"),
        (1593820800000, "2020-07-04"),
        ("2020-02-30", None),
        ("03/04/2020", None),
        ("yesterday", None),
        ("4 Juvember 2020", None),
        ("0000-01-01", None),
        ("٢٠٢٠-٠٧-٠٤", None),
        ("", None),
        (True, None),
        (None, None),
        (float("nan"), None),
        (1e300, None),
        (3, None),
        ({"day": 1}, None),
    ],
)
def test_dates(value: object, day: str | None) -> None:
    assert iso_date(value) == day


def test_iso_is_exact() -> None:
    assert is_iso("2020-07-04")
    assert not is_iso("2020-07-04\n")
    assert not is_iso("2020-7-4")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Police killed protesters in Homs", "en"),
        ("The army said that the convoy was hit and that two men were killed by the blast.", "en"),
        ("قُتل ثلاثة أشخاص في الغارة على القرية", "ar"),
        ("Drei Menschen wurden bei dem Angriff getötet.", "de"),
        ("Trois personnes ont été tuées dans l'attaque.", "fr"),
        ("Tres personas murieron en el ataque al pueblo.", "es"),
        ("سه نفر در حمله کشته شدند و ارتش بیانیه داد", "fa"),
        ("a" * 4000, None),
        ("Five killed.", None),
        ("1234567890 " * 50, None),
        ("", None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert language_of(text) == code


def test_no_temporary_space_means_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(language, "_identifier", full)
    assert language_of("Drei Menschen wurden bei dem Angriff getötet.") is None

"""Plain text and Markdown: every character is kept; encodings are found."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_making import One

from marsad.reading import read
from marsad.reading.encoding import decode


def test_text_is_kept_exactly(one: One) -> None:
    text = "A\x00B\x01\x1b[31m\r\nline\rnext\u2028\u202eend\ufeff 💥 e\u0301 قُتل\n\n "
    report = one("a.txt", b"\xef\xbb\xbf" + text.encode()).report
    assert report
    assert report.text == text
    assert report.title is None
    assert report.published is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Five people” were killed – the army’s spokesman said.", "cp1252"),
        ("São Paulo: ações militares, o município não foi atacado pelo exército.", "cp1252"),
        ("Wojsko zaatakowało wioskę, zginęło pięć osób, mówi świadek.", "cp1250"),
        ("Войска обстреляли деревню, погибли пять человек.", "cp1251"),
        ("Οι στρατιώτες επιτέθηκαν στο χωριό", "cp1253"),
        ("Saldırıda üç kişi öldü, ordu açıklama yapmadı.", "cp1254"),
        ("שלושה בני אדם נהרגו בתקיפה ליד הגבול", "cp1255"),
        ("قتل ثلاثة أشخاص في غارة على قرية قرب الحدود", "cp1256"),
        ("三人在袭击中死亡，军方表示他们正在调查", "gbk"),
        ("軍は攻撃で三人が死亡したと発表した。", "shift_jis"),
        ("Fighters attacked the village.", "utf-16-le"),
        ("قتل ثلاثة أشخاص في غارة", "utf-16-be"),
        ("Fighters attacked 村.", "utf-16"),
        ("Fighters attacked 村.", "utf-32"),
        ("Fighters attacked 村 💥.", "utf-8-sig"),
    ],
)
def test_encodings(text: str, name: str) -> None:
    assert decode(text.encode(name)) == (text, None)


def test_damaged_utf8_is_partial(one: One) -> None:
    outcome = one("a.txt", "قتل ثلاثة ".encode() + b"\xff" + " أشخاص في غارة".encode() + b"\xd8")
    assert outcome.status == "partial"
    assert outcome.report
    assert outcome.report.text == "قتل ثلاثة � أشخاص في غارة�"


def test_labels_cannot_ask_for_any_codec() -> None:
    for label in ("utf-7", "idna", "punycode", "unicode_escape", "zlib", "rot13", "no such", "x\x00"):
        text, _ = decode(b"caf\xe9 +ADw-script+AD4-", label=label)
        assert text == "café +ADw-script+AD4-"


def test_seven_bit_japanese_needs_its_label() -> None:
    text = "軍は攻撃で三人が死亡した"
    assert decode(text.encode("iso2022_jp"), label="ISO-2022-JP") == (text, None)


@pytest.mark.parametrize("start", [b"%PDF-1.4\n", b"PK\x03\x04", b"\x1f\x8b\x08"])
def test_other_kinds_named_txt_are_told(one: One, start: bytes) -> None:
    outcome = one("a.txt", start + b" text enough")
    assert outcome.status == "failed"
    assert "not plain text but" in str(outcome.reason)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_text_end_as_an_outcome(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_bytes(content)
        (outcome,) = read([path])
    assert (outcome.report is None) == (outcome.status == "failed")
    assert (outcome.reason is None) == (outcome.status == "ok")
    if outcome.report:
        outcome.report.text.encode()
        if outcome.status == "ok" and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            assert len(outcome.report.text) in (len(content), len(content) // 2) or not content.isascii()


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_utf8_text_comes_back_unchanged(text: str) -> None:
    data = text.encode("utf-8-sig")
    assert decode(data) == (text, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Intro\n\n## The *raid* ##\n\n# Later\n", "The *raid*"),
        ("Raid on Taji\n============\ntext", "Raid on Taji"),
        ("```\n# code\n```\n#no\n# Yes\n", "Yes"),
        ("only text\n", None),
    ],
)
def test_markdown_title(one: One, text: str, title: str | None) -> None:
    report = one("a.md", text).report
    assert report
    assert (report.title, report.text) == (title, text)


def test_markdown_front_matter(one: One) -> None:
    text = "---\ntitle: 'A raid'\ndate: 2020-07-04 10:00\nauthor: Desk\ntags: [a]\n---\n# Other\n"
    report = one("a.md", text).report
    assert report
    assert (report.title, report.published, report.author, report.text) == ("A raid", "2020-07-04", "Desk", text)


def test_markdown_front_matter_without_end_is_text(one: One) -> None:
    report = one("a.md", "---\ntitle: x\n\n# Heading\n").report
    assert report
    assert report.title == "Heading"

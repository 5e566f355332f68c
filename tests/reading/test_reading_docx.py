"""Word files: paragraphs, properties, bombs."""

from __future__ import annotations

import pytest
from reading_making import One, docx, paragraph

CORE = (
    "<dc:title>Flash note</dc:title><dc:creator>Field desk</dc:creator>"
    "<dcterms:created>2021-03-09T22:15:00Z</dcterms:created>"
)


def test_paragraphs_and_properties(one: One) -> None:
    body = (
        paragraph("Security forces ", "raided", " a house.")
        + "<w:p/>"
        + "<w:tbl><w:tr><w:tc>" + paragraph("Killed") + "</w:tc><w:tc>" + paragraph("5") + "</w:tc></w:tr></w:tbl>"
        + "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/>"
        "<w:t>three</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )  # fmt: skip
    outcome = one("a.docx", docx(body, CORE, footnotes=paragraph("A note.")))
    assert outcome.status == "ok"
    assert outcome.report
    assert outcome.report.text == "Security forces raided a house.\n\nKilled\n\n5\n\nOne\ttwo\nthree new\n\nA note."
    assert outcome.report.title == "Flash note"
    assert outcome.report.author == "Field desk"
    assert outcome.report.published == "2021-03-09"


def test_text_box_is_read_once(one: One) -> None:
    box = "<w:r><w:txbxContent>" + paragraph("In the box.") + "</w:txbxContent></w:r>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><w:t>Around.</w:t></w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    report = one("a.docx", docx(body)).report
    assert report
    assert sorted(report.text.split("\n\n")) == ["Around.", "In the box."]


def test_entities_are_refused(one: One) -> None:
    for declared in ('<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY y "aaaa"><!ENTITY x "&y;&y;&y;">'):
        outcome = one("a.docx", docx(paragraph("&x;"), head=f"<!DOCTYPE a [{declared}]>"))
        assert outcome.status == "failed"
        assert "document type" in str(outcome.reason)


def test_bomb_ends_at_the_limit(one: One) -> None:
    outcome = one("a.docx", docx(paragraph(" " * 20_000_000)), max_bytes=1_000_000)
    assert outcome.status == "failed"
    assert "unpacks to more" in str(outcome.reason)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a readable Word file"),
        (b"PK\x03\x04 broken", "not a readable Word file"),
        (b"\xd0\xcf\x11\xe0 old", "encrypted or of the old .doc kind"),
        (docx("<w:p>"), "damaged"),
        (docx("<w:p>" * 5000 + "</w:p>" * 5000), "damaged"),
        (docx(""), "no text"),
    ],
)
def test_damaged(one: One, content: bytes, words: str) -> None:
    outcome = one("a.docx", content)
    assert outcome.status == "failed"
    assert words in str(outcome.reason)

"""Mail: body, headers, attachments."""

from __future__ import annotations

from email.message import EmailMessage

from reading_making import One


def message(text: str | None, html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Flash note 3 – Taji"
    mail["From"] = "Desk <desk@example.org>"
    mail["Date"] = "Sat, 04 Jul 2020 23:30:00 -0500"
    if text is not None:
        mail.set_content(text)
    if html is not None:
        (mail.add_alternative if text is not None else mail.set_content)(html, subtype="html")
    return mail


def test_plain_body_is_preferred(one: One) -> None:
    outcome = one("a.eml", message("The army said — five were killed.\n", "<p>Other</p>").as_bytes())
    assert outcome.status == "ok"
    report = outcome.report
    assert report
    assert report.text == "The army said — five were killed.\n"
    assert (report.title, report.published) == ("Flash note 3 – Taji", "2020-07-04")
    assert report.author == "Desk <desk@example.org>"


def test_html_body(one: One) -> None:
    report = one("a.eml", message(None, "<p>The army said it.</p><p>Five died.</p>").as_bytes()).report
    assert report
    assert report.text == "The army said it.\n\nFive died."
    assert report.title == "Flash note 3 – Taji"


def test_attachments_are_named(one: One) -> None:
    mail = message("See the file.")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="note.pdf")
    mail.add_attachment(b"GIF", maintype="image", subtype="gif", filename="logo.gif")
    outcome = one("a.eml", mail.as_bytes())
    assert outcome.status == "partial"
    assert outcome.reason == "attachments not read: note.pdf"


def test_charsets_known_wrong_and_unknown(one: One) -> None:
    head = b"Subject: a\nContent-Type: text/plain; charset=%s\nContent-Transfer-Encoding: 8bit\n\n"
    text = "Войска обстреляли деревню, погибли пять человек."
    for label, encoding in ((b"koi8-r", "koi8-r"), (b"us-ascii", "utf-8"), (b"x-none", "utf-8"), (b"x-none", "cp1251")):
        report = one("a.eml", head % label + text.encode(encoding)).report
        assert report
        assert report.text == text


def test_what_is_no_mail(one: One) -> None:
    for content in (b"", b"just text", b"\xff\x00" * 50, b"Subject: only a head\n"):
        assert one("a.eml", content).status == "failed"


def test_endless_nesting(one: One) -> None:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    outcome = one("a.eml", b"Subject: a\n" + parts)
    assert outcome.status == "failed"
    assert outcome.reason


def test_date_that_is_none(one: One) -> None:
    outcome = one("a.eml", b"Subject: a\nDate: some day\n\nThe text is here.")
    assert outcome.status == "partial"
    assert outcome.report
    assert outcome.report.published is None


def test_headers_that_the_parser_cannot_take(one: One) -> None:
    head = (
        b"Subject: =?utf-8?q?a\nDate: Sat, 04 Jul 20200000000000000000 23:30:00 -0500\nFrom: <<@\n\nThe text is here.\n"
    )
    outcome = one("a.eml", head)
    assert outcome.report
    assert outcome.report.text == "The text is here.\n"
    assert outcome.report.published is None

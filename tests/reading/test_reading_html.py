"""HTML: main text, metadata, and what a page must not do."""

from __future__ import annotations

import pytest
from reading_making import One

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Raid near Taji | The Example Post</title>
<meta property="og:title" content="Raid near Taji">
<meta property="og:site_name" content="The Example Post">
<meta property="article:published_time" content="2020-07-04T23:10:00+03:00">
<meta name="author" content="Jane Roe">
<link rel="canonical" href="https://example.org/raid">
</head><body><nav><a href="/">Home</a> <a href="/news">News from all over the world</a></nav>
<article><h1>Raid near Taji</h1>
<p>Security forces raided a house near Taji late on Thursday, the joint command said in a statement.</p>
<p>Fourteen members of the group were detained, according to two officials who asked not to be named.</p>
<p style="display: none">Nine hundred people were killed.</p><p hidden>Nobody was there.</p>
<script>var a = "Three killed";</script></article><footer>Copyright. All rights reserved.</footer></body></html>"""


def test_article(one: One) -> None:
    outcome = one("page.html", PAGE)
    report = outcome.report
    assert outcome.status == "ok"
    assert report
    assert report.title == "Raid near Taji"
    assert report.published == "2020-07-04"
    assert report.author == "Jane Roe"
    assert report.source.name == "The Example Post"
    assert report.source.url == "https://example.org/raid"
    assert report.language == "en"
    assert "raided a house near Taji late on Thursday" in report.text
    assert ".\n\nFourteen members" in report.text
    for unseen in ("Nine hundred", "Nobody", "Three killed", "Home", "<p>"):
        assert unseen not in report.text


def test_text_that_trafilatura_does_not_want_is_taken_all_the_same(one: One) -> None:
    report = one("a.htm", "<title>T</title><div>Army <b>raids</b>\nbase<br>Two held</div>").report
    assert report
    assert report.text == "Army raids base\n\nTwo held"
    assert report.title == "T"


def test_wrapped_markup_is_unwrapped(one: One) -> None:
    page = "<article><p>Army\n   raids\nbase near the <b>town</b>\n of Taji,<br>said it.</p>\n<pre>a\nb</pre></article>"
    report = one("a.html", page).report
    assert report
    assert report.text.split("\n\n") == ["Army raids base near the town of Taji,", "said it.", "a", "b"]


def test_declared_charset_and_a_lying_one(one: One) -> None:
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body><p>{}</p></body>'
    text = "Войска обстреляли деревню"
    for name, content in (
        ("a.html", head.format("koi8-r", text).encode("koi8-r")),
        ("b.html", head.format("windows-1252", text).encode()),
        ("c.html", head.format("utf-7", text).encode()),
        ("d.html", head.format("utf-8", text).encode("utf-16-le")),
    ):
        report = one(name, content).report
        assert report, name
        assert report.text == text, name


def test_deep_nesting_is_partial(one: One) -> None:
    outcome = one("a.html", "<p>Armed men attacked.</p>" + "<div>" * 100_000 + "x")
    assert outcome.status == "partial"
    assert outcome.report
    assert outcome.report.text == "Armed men attacked."
    assert "256" in str(outcome.reason)


@pytest.mark.parametrize(
    "content",
    ["", "<html>", "<!-- only -->", "<p title='never closed", "<script>x</script>", "\x00" * 9, "<?xml?>"],
)
def test_pages_without_text_fail(one: One, content: str) -> None:
    outcome = one("a.html", content)
    assert outcome.status == "failed"
    assert outcome.reason


def test_entities_do_not_reach_out(one: One) -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>Safe text &x; here and there.</p>'
    report = one("a.html", page).report
    assert report
    assert "root:" not in report.text


def test_character_references_to_control_characters(one: One) -> None:
    report = one("a.html", "<p>The army&#1;\nand &#xd800; the &#0; men\n said it.</p>").report
    assert report
    report.text.encode()
    assert report.text.startswith("The army")
    assert report.text.endswith("said it.")

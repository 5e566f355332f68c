"""The page as a file: whole in itself, nothing of a record is markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import page_making as making
import pytest
from hypothesis import given
from hypothesis import strategies as st

import marsad.page.html as page_html
from marsad.errors import MarsadError
from marsad.page import render_page, write_page
from marsad.page.data import embedded, page_data
from marsad.records import Record

BLNS = Path(__file__).parents[3] / "shared/badinput/blns"


class Elements(HTMLParser):
    """The elements of a page, with the words of each script, style and title."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.words:
            self.words[tag].append("")
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words[self.inside][-1] += data

    def policy(self) -> str:
        [policy] = [
            attrs["content"] for tag, attrs in self.tags if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy
        return policy


def data(page: str) -> Any:
    return json.loads(Elements(page).words["script"][0])


def test_the_policy_names_the_very_script_and_style() -> None:
    elements = Elements(render_page([making.mixed_record()]))
    policy = elements.policy()
    for name, words in (("script-src", elements.words["script"][1]), ("style-src", elements.words["style"][0])):
        digest = base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_nothing_is_loaded_from_elsewhere() -> None:
    elements = Elements(render_page(making.own_records(), "All"))
    for tag, attributes in elements.tags:
        assert "src" not in attributes
        assert tag != "link" or attributes["href"] == "data:,"
    assert len(elements.words["script"]) == 2
    assert not re.search(r"url\((?!data:|#|\"#)", elements.words["style"][0])


@pytest.mark.parametrize(
    "words", [making.HOSTILE, "<!--<script>", "]]>", "&lt;b&gt;", "\u2028\u2029\x00\x7f", "\ud800 \udfff", "a\r\nb"]
)
def test_hostile_words_stay_data(words: str) -> None:
    record = making.hostile_record(words)
    page = render_page([record], words)
    page.encode()
    elements = Elements(page)
    assert [tag for tag, _ in elements.tags].count("script") == 2
    assert "img" not in [tag for tag, _ in elements.tags]
    assert "b" not in [tag for tag, _ in elements.tags]
    found = data(page)
    assert found["title"] == words
    assert found["records"][0]["text"] == record.text
    assert found["records"][0]["actors"][0]["name"] == words
    block = elements.words["script"][0]
    assert not re.search("[<>&\u2028\u2029]", block)


def test_the_big_list_of_naughty_strings() -> None:
    files = sorted(BLNS.glob("*.json")) if BLNS.is_dir() else []
    if not files:
        pytest.skip("the big list of naughty strings is not here")
    strings = [words for file in files for words in json.loads(file.read_text("utf-8")) if words]
    assert len(strings) > 400
    page = render_page([making.hostile_record(words) for words in strings], strings[0])
    assert [record["title"] for record in data(page)["records"]] == strings
    assert len(Elements(page).words["script"]) == 2


@given(st.text(st.characters(codec=None)))
def test_any_text_comes_back_and_holds_no_markup(words: str) -> None:
    block = embedded({"words": words})
    block.encode()
    assert json.loads(block)["words"] == words or any("\ud800" <= c <= "\udfff" for c in words)
    assert not re.search("[<>&\u2028\u2029]", block)


def test_the_title_is_the_one_given_else_a_lone_reports() -> None:
    record = making.mixed_record()
    assert Elements(render_page([record])).words["title"] == [f"{record.title} – Marsad"]
    assert Elements(render_page([record], "Given & <b>")).words["title"] == ["Given & <b> – Marsad"]
    assert Elements(render_page([record, record])).words["title"] == ["2 reports – Marsad"]
    assert Elements(render_page([])).words["title"] == ["Marsad"]


def test_the_same_records_give_the_same_page() -> None:
    records = making.own_records()
    assert render_page(records) == render_page(records)


def test_extra_keys_of_any_shape() -> None:
    deep = json.loads("[" * 600 + '"x"' + "]" * 600)
    shapes: list[Any] = [None, "words", 7, 1e999, [], ["a", None], {"a": [{"b": 1}]}, [[1, 2]], {"span": 3}, deep]
    for shape in shapes:
        record = Record(
            id="r", text="abc", extra={"coder": shape, "language": shape, "outcome": shape, "skipped": shape}
        )
        render_page([record]).encode()
    record = Record(
        id="r",
        text="abc",
        extra={
            "coder": {"name": "marsad", "version": "1"},
            "outcome": {"status": "partial", "reason": "cut"},
            "skipped": [
                {"span": [0, 3], "reason": "why"},
                {"span": [2, 9], "reason": "outside"},
                {"span": [True, 2]},
                "bare",
            ],
        },
    )
    [made] = page_data([record], None)["records"]
    assert made["about"] == [["Coded by", "marsad 1"], ["Outcome", "partial: cut"]]
    assert made["skipped"] == [
        {"span": [0, 3], "reason": "why"},
        {"span": None, "reason": "outside"},
        {"span": None, "reason": "no reason given"},
        {"span": None, "reason": "bare"},
    ]


def test_no_records_make_a_page() -> None:
    assert data(render_page([])) == {"title": None, "records": []}


def test_writing_replaces_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    write_page([making.mixed_record()], path)
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_a_device_is_written_to_and_stays_one() -> None:
    device = Path("/dev/null")
    write_page([], device)
    assert device.is_char_device()


def test_a_replaced_page_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.touch(0o600)
    write_page([], path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_path_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(MarsadError, match="cannot write the page to") as caught:
        write_page([], tmp_path / "missing" / "page.html")
    assert "\n" not in str(caught.value)


def test_a_page_that_was_not_built_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(page_html, "files", lambda _: tmp_path)
    with pytest.raises(MarsadError, match="was not built"):
        render_page([])


def test_a_script_that_would_end_its_element_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/page.js").write_text("'</SCRIPT>'")
    (tmp_path / "assets/page.css").write_text("")
    monkeypatch.setattr(page_html, "files", lambda _: tmp_path)
    with pytest.raises(MarsadError, match="cannot stand in a page"):
        render_page([])


def test_the_bundle_is_small_and_names_its_licences() -> None:
    script = Elements(render_page([])).words["script"][1]
    assert len(script.encode()) < 1_500_000
    for package in ("d3-geo", "d3-force", "topojson-client", "world-atlas"):
        assert package in script
    assert "Permission to use, copy, modify, and/or distribute this software" in script

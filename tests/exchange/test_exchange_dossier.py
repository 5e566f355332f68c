from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import exchange_making as making
import pytest

from marsad.casebook import Casebook, Filters
from marsad.decisions import Decision, Target
from marsad.errors import ExchangeError
from marsad.exchange.casebook import table_rows
from marsad.exchange.dossier import dossier
from marsad.exchange.dossierpage import render_dossier, write_dossier
from marsad.exchange.markup import Html, bdi, el, text
from marsad.exchange.wanted import Wanted
from marsad.incidents import Question, Rules


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._style = ""
        self._mark = ""
        self.feed(page)
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self._open.append(tag)
        if tag == "mark":
            self._mark = dict(attrs)["class"] or ""

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["style"]:
            self._style += data
        else:
            self.words.append(data)
            if self._open[-1:] == ["mark"]:
                self.marks.append((self._mark, data))

    @property
    def style(self) -> str:
        return self._style

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return making.make(tmp_path / "ark.casebook")


@pytest.fixture
def casebook(path: Path) -> Iterator[Casebook]:
    with Casebook(path, write=False) as opened, opened.as_of_now():
        yield opened


def hostile_incident(casebook: Casebook) -> str:
    [row] = table_rows(casebook, Wanted("incidents", Filters(report=making.HOSTILE)))
    return str(row.incident)


def test_it_tells_what_is_known(casebook: Casebook) -> None:
    page = Page(render_dossier(dossier(casebook, "other:e1")))
    words = page.text
    assert "Assault (heavy weapons) in Ark, 3 May 2020" in words
    assert "Reem Brigade" in words
    assert "3 reports, 3 origins" in words
    assert "Contested" in words
    assert "Reem Brigade denies it." in words
    for head in ("What is known, and by which rule", "Where the reports disagree", "What each account says"):
        assert head in words
    for head in ("Decisions", "Open questions", "Sources"):
        assert head in words
    assert "most independent origins" in words
    assert re.search(r"4 \([^)]*lowest", words) or re.search(r"6 \([^)]*highest", words)
    assert sum(words.count(f": {title}") for title in ("Ark Post", "Reem Monitor", "Reem Voice")) == 3
    assert words.count("Account ") == 3
    assert "=Bob()" in words
    assert "Did it happen? Some say that it did not." in words


def test_passages_are_lit_in_their_context(casebook: Casebook) -> None:
    page = Page(render_dossier(dossier(casebook, "mill:e1")))
    assert page.marks.count(("trigger", "shelled")) == 3
    assert ("time", "3 May 2020") in page.marks
    assert ("place", "Ark") in page.marks
    assert ("actor", "Reem Brigade") in page.marks
    assert "🔥 The Reem Brigade shelled the mill of Ark on 3 May 2020" in page.text
    assert "قال القائد" in page.text


def test_it_is_of_itself_and_nothing_runs(casebook: Casebook) -> None:
    for incident in ("mill:e1", hostile_incident(casebook)):
        page = Page(render_dossier(dossier(casebook, incident)))
        names = {name for name, _ in page.elements}
        assert not names & {"script", "img", "iframe", "object", "embed", "form", "base", "video", "audio"}
        for name, attributes in page.elements:
            assert not [
                key for key in attributes if key.startswith("on") or key in ("style", "src", "srcset", "action")
            ]
            address = attributes.get("href")
            assert address is None or address.startswith("#") or (name, address) == ("link", "data:,")
        [policy] = [
            of["content"] or "" for name, of in page.elements if of.get("http-equiv") == "Content-Security-Policy"
        ]
        mark = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        assert policy.startswith("default-src 'none'; ")
        assert f"'sha256-{mark}'" in policy
        assert "url(" not in page.style
        assert "@import" not in page.style
        assert "prefers-color-scheme: dark" in page.style
        assert "@media print" in page.style


def test_hostile_words_are_words(casebook: Casebook) -> None:
    page = Page(render_dossier(dossier(casebook, hostile_incident(casebook))))
    assert making.HOSTILE.replace("\x0b", "\ufffd") in page.text
    assert "\x0b" not in page.text
    links = [of["href"] for name, of in page.elements if name == "a" and not (of["href"] or "").startswith("#")]
    assert links == []


def test_an_address_is_a_link_only_where_it_is_of_the_web(tmp_path: Path) -> None:
    import dataclasses

    from marsad.records import Report, Source

    addresses = [
        "https://example.invalid/a?b=<c>",
        "javascript:alert(1)",
        "HTTP://example.invalid/",
        "//example.invalid",
    ]
    with Casebook(tmp_path / "x.casebook", create=True) as casebook:
        for number, url in enumerate(addresses):
            record = making.shelling(making.OTHER, f"r{number}", "Monitor", 1)
            record = dataclasses.replace(
                record, source=Source("Monitor", url), extra={"spun": {"probability": 0.0, "passages": [], "signs": []}}
            )
            casebook.add(
                Report(record.id, record.text, record.title, record.published, record.source), record, making.RUN
            )
        page = Page(render_dossier(dossier(casebook, "r0:e1")))
    links = [of["href"] for name, of in page.elements if name == "a" and not (of["href"] or "").startswith("#")]
    assert links == [addresses[0], addresses[2]]
    assert all(address in page.text for address in addresses)


def test_rules_and_what_reviewers_set(path: Path) -> None:
    with Casebook(path) as casebook:
        for rules, figure in ((Rules({"killed": "lowest"}), "4 killed"), (Rules({"killed": "highest"}), "6 killed")):
            assert figure in Page(render_dossier(dossier(casebook, "mill:e1", rules))).text
        target = Target("incident", field="grade", claims=(("mill", making.at(making.MILL, "shelled")),))
        casebook.decide(Decision("correct", target, "Ana", "weak", "<i>hearsay</i>"))
        page = Page(render_dossier(dossier(casebook, "mill:e1"))).text
        assert "Weak" in page
        assert "set by Ana" in page
        assert "<i>hearsay</i>" in page
        latest = casebook.decisions()[-1]
        assert f"As of decision {latest.number} " in page
        assert (latest.hash or "-") in page
        casebook.decide(Decision("reject", Target("incident", claims=target.claims), "Ana"))
        assert "A reviewer rejected this incident." in Page(render_dossier(dossier(casebook, "mill:e1"))).text


def test_it_is_found_as_among_all_incidents(path: Path) -> None:
    with Casebook(path) as casebook:
        raid, hostile = ("mill", making.at(making.MILL, "raided")), hostile_incident(casebook)
        [record] = [one for one in making.records() if one.id == making.HOSTILE]
        both = (raid, (making.HOSTILE, record.events[0].span))
        kept = casebook.decide(Decision("merge", Target("incident", claims=both), "Ana"))
        for one in casebook.listed_incidents():
            for claim in one.claims:
                found = dossier(casebook, claim.id)
                assert found.settled.incident.id == one.claims[0].id
                assert [telling.id for telling in found.settled.incident.tellings] == [each.id for each in one.claims]
                assert found.settled.decisions == one.decisions
        assert dossier(casebook, hostile).settled.incident.reports == 2
        casebook.undo(kept.number or 0, "Bob")
        assert dossier(casebook, hostile).settled.incident.reports == 1


def test_questions_are_open_until_a_reviewer_answers_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Question("mill:e1", "mill:e2", 0.4, False, "Is the 'raid' the same?", ("both in Ark",))
    monkeypatch.setattr(Casebook, "questions", lambda self, most=None, about=None: [asked][:most])
    shelled, raid = (("mill", making.at(making.MILL, word)) for word in ("shelled", "raided"))
    with Casebook(path) as casebook:

        def told() -> bool:
            return (
                "Is the 'raid' the same? 40% likely; left apart meanwhile; both in Ark"
                in Page(render_dossier(dossier(casebook, "mill:e1"))).text
            )

        assert told()
        for kind, claims, answered in (
            ("note", (shelled,), False), ("note", (shelled, raid), True), ("split", (raid,), True),
            ("split", (raid, shelled), False),
        ):  # fmt: skip
            kept = casebook.decide(Decision(kind, Target("incident", claims=claims), "Ana", why="so"))  # type: ignore[arg-type]
            assert told() != answered, (kind, claims)
            casebook.undo(kept.number or 0, "Ana")
            assert told()


def test_when_it_was_reported(casebook: Casebook) -> None:
    page = Page(render_dossier(dossier(casebook, "mill:e1")))
    [picture] = [of for name, of in page.elements if name == "svg" and "reported" in (of["class"] or "")]
    for words in ("Ark Post: 2020-05-04", "Reem Monitor: 2020-05-04", "Reem Voice: 2020-05-04"):
        assert words in (picture["aria-label"] or "")
    circles = [of["class"] for name, of in page.elements if name == "circle" and of.get("r") == "6"]
    assert sorted(circles, key=str) == ["count", "count chosen", "count chosen"]
    assert "[1] 2020-05-04" in page.text
    assert "An open circle says that it did not happen." in page.text
    # Of one account there is nothing to be seen.
    assert "When it was reported" not in Page(render_dossier(dossier(casebook, "mill:e2"))).text


def test_an_unknown_incident_leaves_no_file(casebook: Casebook, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="no incident 'nothing'"):
        write_dossier(casebook, "nothing", tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()
    write_dossier(casebook, "mill:e1", tmp_path / "x.html")
    once = (tmp_path / "x.html").read_text("utf-8")
    assert once == render_dossier(dossier(casebook, "denial:e1"))


def test_the_shared_naughty_strings_are_words() -> None:
    source = making.SHARED / "badinput/blns/blns.txt"
    if not source.exists():
        pytest.skip("the shared bad input is not here")
    for words in source.read_text("utf-8", "surrogatepass").split("\n"):
        page = Page(str(el("p", bdi(words), title=words)))
        assert [name for name, _ in page.elements] == ["p", "bdi"]
        told = page.text.replace("\ufffd", "")
        assert told == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]", "", words)


def test_markup() -> None:
    assert text("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"
    assert text(Html("<b>")) == "<b>"
    assert text("a\ud800b\x00") == "a\ufffdb\ufffd"
    assert el("a", "x", None, 3, class_='"', aria_label="y", hidden=True, title=None) == (
        '<a class="&quot;" aria-label="y" hidden>x3</a>'
    )

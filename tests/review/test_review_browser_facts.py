"""Adding what the coder missed, and deciding about statements, actors and ties, at the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import review_making as making
from review_browsing import AXE, TOLD, Reader, axe, control, decided, opened, text, wait
from review_making import at

from marsad.casebook import Casebook
from marsad.records import Actor, Record, Relation, Statement

pytestmark = pytest.mark.browser

TEXT = (
    "🔥 The Reem Brigade shelled the mill of Ark on 3 May 2020, killing 4.\n"
    "Guards of the mill burned a truck near Tal on Monday. The brigade, which Oram backs, said that it had left."
)
"""A fictional report, with an emoji before everything, so that code points are not code units."""


def record() -> Record:
    first = making.mill(text=making.MILL).events[0]
    return Record(
        id="mill", text=TEXT, title="The mill of Ark", published="2020-05-04",
        actors=(
            Actor("a1", "Reem Brigade", "armed-group", (at(TEXT, "Reem Brigade"),)),
            Actor("a2", "brigade", "other", (at(TEXT, "The brigade"),)),
            Actor("a3", "Oram", "state", (at(TEXT, "Oram"),)),
        ),
        events=(replace(first, extra={}),),
        statements=(Statement("s1", "indirect", (at(TEXT, "it had left"),), at(TEXT, "said"), "a2"),),
        relations=(Relation("a2", "backed-by", "a3", at(TEXT, "which Oram backs")),),
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ark.casebook"
    making.add(made, [record()])
    return made


MARKED = text(".marked-words")
SELECT = """
const [words] = arguments;
const pieces = [...document.querySelectorAll('.text-body [data-from]')];
const all = pieces.map((one) => one.textContent).join('');
const place = (at) => {
  for (const piece of pieces) {
    if (at <= piece.textContent.length) return [piece.firstChild, at];
    at -= piece.textContent.length;
  }
};
const at = all.indexOf(words);
getSelection().setBaseAndExtent(...place(at), ...place(at + words.length));
"""


def by_mouse(reader: Reader, words: str) -> None:
    """Select words in the text."""
    reader.run(SELECT, words)
    wait(reader, MARKED, words)


def choose(reader: Reader, name: str, value: str) -> None:
    reader.run(
        "const s = document.querySelector(`.correct [name=${arguments[0]}]`); s.value = arguments[1];"
        "s.dispatchEvent(new Event('change'))",
        name,
        value,
    )


def press(reader: Reader, legend: str, selector: str) -> None:
    """Click something in the part of the form that has this legend."""
    reader.run(
        "[...document.querySelectorAll('.correct fieldset')].find((one) => one.querySelector('legend').innerText"
        " === arguments[0]).querySelector(arguments[1]).click()",
        legend,
        selector,
    )


def to(reader: Reader, words: str) -> None:
    """Open one of the facts beside the events."""
    reader.run(
        "const all = [...document.querySelectorAll('.besides .fact-link')];"
        "all.find((one) => one.textContent.includes(arguments[0])).click()",
        words,
    )


def test_a_missed_event_by_keyboard(reader: Reader, address: str, path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    reader.keys("i")
    wait(reader, "return /Mark the words first/.test(document.querySelector('.toast').textContent)")
    reader.keys("t")
    wait(reader, "return document.activeElement.className", "text-scroll")
    reader.keys(Keys.ARROW_RIGHT)
    wait(reader, MARKED, "shelled")
    for word in ("the", "mill", "of", "Ark", "on", "3", "May", "2020", "killing", "4", "Guards"):
        reader.keys(Keys.ARROW_RIGHT)
        wait(reader, MARKED, word)
    ActionChains(reader.driver).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT * 3).key_up(Keys.SHIFT).perform()
    wait(reader, MARKED, "Guards of the mill")
    reader.keys(Keys.ARROW_RIGHT)
    wait(reader, MARKED, "burned")
    reader.keys("i")
    wait(reader, "return document.activeElement?.name ?? null", "type")
    assert reader.run(text(".correct h3")) == "New event"
    control(reader, Keys.ENTER)
    wait(reader, text(".correct .wrong"), "Choose: type.")
    choose(reader, "type", "ASSAULT")
    choose(reader, "mode", "destroy")
    by_mouse(reader, "Guards of the mill")
    press(reader, "who", ".take")
    by_mouse(reader, "Monday")
    press(reader, "when", ".take")
    reader.run("document.querySelector('[name=time-start]').value = '2020-05-04'")
    by_mouse(reader, "Tal")
    press(reader, "where", ".take")
    reader.run("document.querySelector('[name=killed-best]').value = '1'")
    reader.run("document.querySelector('[name=time-start]').focus()")
    control(reader, Keys.ENTER)
    wait(reader, TOLD, "Added: event")
    wait(reader, text(".card .state"), "Added")
    assert decided(path) == [("Ana", "add", None)]
    with Casebook(path, write=False) as casebook:
        found = casebook.record("mill")
        [event] = [one for one in found.events if one.id != "e1"]
        assert event.span.of(TEXT) == "burned"
        assert (event.type, event.mode, event.killed and event.killed.best) == ("ASSAULT", "destroy", 1)
        assert event.time is not None
        assert event.time.span is not None
        assert (event.time.span.of(TEXT), event.time.start, event.time.end) == ("Monday", "2020-05-04", "2020-05-04")
        assert event.place is not None
        assert (event.place.name, event.place.span) == ("Tal", at(TEXT, "Tal"))
        [guards] = [one for one in found.actors if one.id in event.actors]
        assert (guards.name, guards.mentions) == ("Guards of the mill", (at(TEXT, "Guards of the mill"),))
    # Where an event stands already, it is said.
    by_mouse(reader, "burned")
    reader.run("document.querySelector('[data-add=event]').click()")
    choose(reader, "type", "COERCE")
    reader.run("document.querySelector('.correct').requestSubmit()")
    wait(
        reader, "return /an event stands on 'burned' already/.test(document.querySelector('.correct .wrong').innerText)"
    )
    reader.run("document.querySelector('.correct [type=button].decide-button').click()")
    reader.keys("u")
    wait(reader, TOLD, "Undone: decision 1")
    with Casebook(path, write=False) as casebook:
        assert [one.id for one in casebook.record("mill").events] == ["e1"]
    assert [line for line in reader.console() if "400" not in line] == []


def test_statements_actors_and_ties(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    assert [
        one.split(" ·")[0]
        for one in reader.run("return [...document.querySelectorAll('.besides summary')].map((one) => one.innerText)")
    ] == ["1 statement", "3 actors", "1 tie"]
    # The two are one.
    to(reader, "brigade · other")
    wait(reader, text(".card h2"), "brigade · other")
    reader.keys("e")
    wait(reader, text(".correct h3"), "Correct the actor")
    choose(reader, "same_as", "a1")
    reader.run("document.querySelector('.correct').requestSubmit()")
    wait(reader, TOLD, "Corrected: 1 field")
    wait(reader, text(".card h2"), "Reem Brigade · armed group")
    with Casebook(path, write=False) as casebook:
        found = casebook.record("mill")
        assert [one.name for one in found.actors] == ["Reem Brigade", "Oram"]
        assert (found.relations[0].subject, found.statements[0].speaker) == ("a1", "a1")
    # A statement is corrected, by words and by a choice.
    to(reader, "it had left")
    wait(reader, text(".card h2"), "Statement · indirect")
    reader.keys("e")
    by_mouse(reader, "that it had left")
    press(reader, "what is said", ".drop, .take")
    choose(reader, "manner", "mixed")
    reader.run("document.querySelector('.correct').requestSubmit()")
    wait(reader, TOLD, "Corrected: 2 fields")
    wait(reader, text(".card .state"), "Corrected")
    # A tie is rejected, and stays to be seen.
    to(reader, "backed by")
    wait(reader, text(".card h2"), "Tie")
    reader.keys("x")
    wait(reader, text(".card .state"), "Rejected")
    with Casebook(path, write=False) as casebook:
        found = casebook.record("mill")
        assert found.relations == ()
        assert (found.statements[0].manner, len(found.statements[0].content)) == ("mixed", 2)
    reader.keys("u")
    wait(reader, text(".card .state"), "Not decided")
    # An actor, a statement and a tie that are missing.
    by_mouse(reader, "a truck")
    reader.run("document.querySelector('[data-add=actor]').click()")
    choose(reader, "kind", "company")
    reader.run("document.querySelector('.correct').requestSubmit()")
    wait(reader, text(".card h2"), "a truck · company")
    by_mouse(reader, "killing 4")
    reader.run("document.querySelector('[data-add=statement]').click()")
    choose(reader, "manner", "indirect")
    choose(reader, "speaker", "a3")
    reader.run("document.querySelector('.correct').requestSubmit()")
    wait(reader, text(".card h2"), "Statement · indirect")
    by_mouse(reader, "Guards of the mill")
    reader.run("document.querySelector('[data-add=relation]').click()")
    for name, value in (("subject", "a1"), ("relation", "fights"), ("object", "a3")):
        choose(reader, name, value)
    reader.run("document.querySelector('.correct').requestSubmit()")
    wait(reader, text(".card h2"), "Tie")
    wait(reader, text(".card .state"), "Added")
    with Casebook(path, write=False) as casebook:
        found = casebook.record("mill")
        assert [one.name for one in found.actors] == ["Reem Brigade", "Oram", "a truck"]
        assert [one.speaker for one in found.statements] == ["a1", "a3"]
        assert [(one.relation, one.evidence.of(TEXT)) for one in found.relations] == [
            ("backed-by", "which Oram backs"), ("fights", "Guards of the mill"),
        ]  # fmt: skip
        assert casebook.check() == []
    assert reader.console() == []


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1400), ("light", 390)])
def test_axe(reader: Reader, address: str, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    opened(reader, address, width, scheme)
    by_mouse(reader, "Guards of the mill")
    for part in ("event", "statement", "actor", "relation"):
        reader.run("document.querySelector(`[data-add=${arguments[0]}]`).click()", part)
        assert reader.run("return document.scrollingElement.scrollWidth") <= width
        assert axe(reader) == [], part
        reader.run("document.querySelector('.correct [type=button].decide-button').click()")
    to(reader, "it had left")
    assert axe(reader) == []
    assert reader.run("return document.scrollingElement.scrollWidth") <= width

"""The review page in a browser: what a reviewer sees and does, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import review_making as making
from review_browsing import (
    AXE,
    CHOSEN,
    HOSTILE,
    ROWS,
    TOLD,
    Reader,
    axe,
    decided,
    opened,
    served,
    text,
    until,
    wait,
)
from review_making import MILL, mill

from marsad.casebook import Casebook

pytestmark = pytest.mark.browser


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A casebook with two reports."""
    return making.two(tmp_path / "ark.casebook")


def test_the_first_event_is_there_with_its_words_lit(reader: Reader, address: str) -> None:
    opened(reader, address)
    assert reader.run(ROWS) == ["mill/e1", "mill/e2", "mill/e3", "again/e1", "again/e2", "again/e3"]
    assert reader.run(CHOSEN) == "mill/e1"
    assert reader.lit("trigger") == ["shelled"]
    assert reader.lit("time") == ["3 May 2020"]
    assert reader.run("return document.querySelector('.text-body').textContent") == MILL
    assert reader.run(text(".progress-line .summary")) == "0 of 6 events decided · 2 reports, 1 origin"
    assert reader.run("return location.search") == ""
    assert reader.console() == []
    assert all(url.startswith(("http://127.0.0.1:", "data:")) for url in reader.requests())


def test_accept_reject_and_undo_by_keyboard(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    reader.keys("a")
    wait(reader, CHOSEN, "mill/e2")
    assert "Accepted" in reader.run(TOLD)
    assert decided(path) == [("Ana", "accept", None)]
    reader.keys("x")
    wait(reader, CHOSEN, "mill/e3")
    wait(reader, text(".progress-line .summary > span"), "2 of 6 events decided")
    assert reader.run("return [...document.querySelectorAll('.queue-row .state')].map((one) => one.innerText)") == [
        "Accepted", "Rejected",
    ]  # fmt: skip
    reader.keys("k")
    wait(reader, CHOSEN, "mill/e2")
    wait(reader, text(".card .state"), "Rejected")
    reader.keys("u")
    wait(reader, text(".card .state"), "Not decided")
    assert decided(path) == [("Ana", "accept", None), ("Ana", "reject", None), ("Ana", "undo", None)]
    reader.keys("U")
    wait(reader, text(".card .state"), "Rejected")
    with Casebook(path) as casebook:
        assert [event.id for event in casebook.reviewed("mill").record.events] == ["e1", "e3"]
        assert casebook.check() == []
    assert reader.console() == []


def test_correct_by_keyboard(reader: Reader, address: str, path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    reader.keys("j")
    wait(reader, CHOSEN, "mill/e2")
    wait(reader, text(".card h2"), "Coercion")
    reader.keys("e")
    wait(reader, "return document.activeElement?.name ?? null", "type")
    assert reader.run("return getComputedStyle(document.querySelector('.decide')).display") == "none"
    # Escape leaves it as it is.
    reader.keys(Keys.ESCAPE)
    wait(reader, "return document.querySelector('.correct') === null")
    reader.keys("e")
    wait(reader, "return document.activeElement?.name ?? null", "type")
    reader.run("const s = document.activeElement; s.value = 'ASSAULT'; s.dispatchEvent(new Event('change'))")
    assert "drone" in reader.run("return [...document.querySelector('[name=mode]').options].map((one) => one.value)")
    reader.run("document.querySelector('[name=killed-best]').focus()")
    reader.keys("two")
    ActionChains(reader.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(reader, text(".wrong"), "killed: “two” is no number")
    assert decided(path) == []
    reader.run("document.querySelector('[name=killed-best]').value = '2'")
    ActionChains(reader.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(reader, text(".card h2"), "Assault")
    assert decided(path) == [("Ana", "correct", "type"), ("Ana", "correct", "killed")]
    assert reader.run(text(".card .state")) == "Corrected"
    assert "COERCE → ASSAULT" in reader.run(text(".said"))
    with Casebook(path, write=False) as casebook:
        event = casebook.reviewed("mill").record.events[1]
        assert (event.type, event.killed and (event.killed.low, event.killed.best)) == ("ASSAULT", (2, 2))
    assert reader.console() == []


def test_a_note_and_the_audit_trail(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    reader.keys("n")
    wait(reader, "return document.activeElement?.tagName", "TEXTAREA")
    reader.keys(f"see {HOSTILE}")
    reader.run("document.querySelector('dialog[open] form').requestSubmit()")
    until(path, lambda found: found == [("Ana", "note", None)])
    reader.keys("a")
    wait(reader, CHOSEN, "mill/e2")
    reader.keys("h")
    wait(reader, "return document.querySelectorAll('.trail-row').length", 2)
    trail = reader.run("return [...document.querySelectorAll('.trail-row')].map((row) => row.innerText)")
    assert "Ana accepted the event" in trail[0]
    assert "shelled in mill" in trail[0]
    assert HOSTILE in trail[1]
    reader.run("document.querySelector('.trail-row [aria-label=\"Undo decision 2\"]').click()")
    wait(reader, "return document.querySelectorAll('.trail-row.undone').length", 1)
    assert decided(path)[-1] == ("Ana", "undo", None)
    reader.keys("h")
    wait(reader, "return document.querySelector('.audit').hidden")
    assert reader.run("return window.struck ?? null") is None
    assert reader.console() == []


def test_the_name_is_asked_for_once(reader: Reader, address: str, path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(reader, address, who=None)
    reader.keys("a")
    wait(reader, "return document.querySelector('dialog[open] h2')?.innerText ?? null", "Who decides?")
    assert decided(path) == []
    reader.keys("Ben", Keys.ENTER)
    wait(reader, CHOSEN, "mill/e2")
    assert decided(path) == [("Ben", "accept", None)]
    reader.keys("a")
    wait(reader, CHOSEN, "mill/e3")
    assert decided(path) == [("Ben", "accept", None), ("Ben", "accept", None)]
    assert reader.run("return [...document.querySelectorAll('.reviewer')].at(-1).innerText") == "Reviewing as Ben"


def test_what_another_decides_is_seen(reader: Reader, address: str, path: Path) -> None:
    from marsad.decisions import Decision, Target

    opened(reader, address)
    with Casebook(path) as casebook:
        casebook.decide(Decision("reject", Target("event", "mill", mill().events[0].span), "Ben"))
    wait(reader, text(".card .state"), "Rejected")
    assert "Ben rejected the event" in reader.run(text(".said"))
    wait(reader, text(".progress-line .summary > span"), "1 of 6 events decided")


def test_search_filters_and_views(reader: Reader, address: str) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    reader.keys("/")
    wait(reader, "return document.activeElement?.getAttribute('aria-label') ?? null", "Search the reports")
    reader.keys("bridge")
    wait(reader, ROWS, ["again/e1", "again/e2", "again/e3"])
    reader.keys(Keys.ESCAPE)
    reader.run("document.querySelector('.more-filters .quiet').click()")
    wait(reader, "return document.querySelectorAll('.queue-row').length", 6)
    reader.run("document.querySelector('[data-view=doubtful]').click()")
    wait(reader, ROWS, ["mill/e2", "again/e2"])
    reader.run("document.querySelector('[data-view=decided]').click()")
    wait(reader, text(".queue-list .empty-title"), "Nothing here.")


def test_words_in_the_text_lead_to_their_event(reader: Reader, address: str) -> None:
    opened(reader, address)
    reader.run("[...document.querySelectorAll('.has-event')].find((one) => one.textContent === 'raided').click()")
    reader.run("document.querySelector('.on-passage .fact-link').click()")
    wait(reader, CHOSEN, "mill/e2")
    assert reader.run(text(".card h2")) == "Coercion"


def test_incidents_by_keyboard(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    incidents = "return [...document.querySelectorAll('[data-incident]')].map((row) => row.dataset.incident)"
    reader.keys("2")
    # The second report is a copy with other words: whatever is joined, everything can be seen, apart and together.
    reader.run("document.querySelector('.incidents [data-view=all]').click()")
    wait(
        reader, "return document.querySelectorAll('[data-incident]').length > 1 && !!document.querySelector('.figure')"
    )
    before = reader.run(incidents)
    reader.run("document.querySelector('[data-incident] button').click()")
    wait(reader, "return document.querySelector('[data-incident].chosen')?.dataset.incident ?? null", before[0])
    reader.keys("m", "j")
    wait(reader, "return document.querySelector('[data-incident].chosen').dataset.incident", before[1])
    reader.keys("m", "M")
    wait(reader, "return document.querySelectorAll('[data-incident]').length", len(before) - 1)
    assert decided(path)[-1][:2] == ("Ana", "merge")
    wait(reader, "return /merged the incident/.test(document.querySelector('.incident-card').innerText)")
    reader.run("document.querySelector('.claim input').click()")
    reader.keys("s")
    wait(reader, "return document.querySelectorAll('[data-incident]').length", len(before))
    assert decided(path)[-1][:2] == ("Ana", "split")
    reader.keys("u")
    wait(reader, "return document.querySelectorAll('[data-incident]').length", len(before) - 1)
    reader.run("document.querySelector('.claim .link').click()")
    wait(reader, "return document.querySelector('.incidents').hidden")
    wait(reader, "return !!document.querySelector('.card .decide')")
    assert reader.console() == []


def test_questions_by_keyboard(reader: Reader, address: str, path: Path) -> None:
    with Casebook(path) as casebook:
        casebook.incidents()
    doubt(path)
    opened(reader, address)
    reader.keys("2")
    reader.run("document.querySelector('[data-view=questions]').click()")
    wait(reader, "return document.querySelectorAll('[data-question]').length", 1)
    wait(reader, text(".incident-card h2"), "One happening or two?")
    reader.keys("x")
    wait(reader, "return document.querySelectorAll('[data-question]').length", 0)
    assert decided(path)[-1][1] in ("split", "note")
    reader.keys("u")
    wait(reader, "return document.querySelectorAll('[data-question]').length", 1)
    reader.keys("a")
    wait(reader, "return document.querySelectorAll('[data-question]').length", 0)
    assert decided(path)[-1][:2] == ("Ana", "merge")
    assert reader.console() == []


def doubt(path: Path) -> None:
    """Make it doubtful whether the claims that are farthest from each other are of one happening, and nothing else."""
    from marsad.casebook.connection import connect

    # By the same SQLite as the server's: two in one process undo each other's locks.
    db = connect(str(path), create=False, write=True, patience=10)
    db.execute("DELETE FROM telling_pairs WHERE kind = 'doubt'")
    db.execute(
        """INSERT INTO telling_pairs (kind, one, other, probability, reasons)
           SELECT 'doubt', min(number), max(number), 0.5, '["the same place"]' FROM tellings"""
    )
    db.close()


def test_the_query_box(reader: Reader, address: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    reader.keys("4")
    wait(reader, "return document.activeElement?.getAttribute('aria-label') ?? null", "SQL: one SELECT")
    for number in range(reader.run("return document.querySelectorAll('.examples button').length")):
        reader.run("document.querySelector('.ask .queue-told').textContent = ''")
        reader.run("document.querySelectorAll('.examples button')[arguments[0]].click()", number)
        wait(reader, "return / rows?, in /.test(document.querySelector('.ask .queue-told').textContent)")
    reader.run("document.querySelector('.sql').value = ''; document.querySelector('.sql').focus()")
    reader.keys("SELECT id, title FROM reports ORDER BY id")
    ActionChains(reader.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(reader, "return document.querySelector('.answer td')?.textContent ?? null", "again")
    reader.run("document.querySelector('.sql').value = 'DELETE FROM reports'")
    ActionChains(reader.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(reader, text(".ask .wrong"), "only one SELECT is done here, on the casebook's own tables")


def test_hostile_words_stay_words(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "hostile.casebook"
    making.add(path, [making.hostile(HOSTILE)])
    with served(path) as address:
        opened(reader, address, who=HOSTILE[:80])
        reader.keys("a")
        wait(reader, text(".card .state"), "Accepted")
        reader.keys("h")
        wait(reader, "return document.querySelectorAll('.trail-row').length", 1)
        assert HOSTILE in reader.run("return document.body.textContent")
        assert reader.run("return window.struck ?? null") is None
        assert reader.run("return document.querySelectorAll('script').length") == 1
        assert reader.run("return document.querySelectorAll('img, iframe, object').length") == 0
        assert reader.console() == []


def test_a_stopped_server_is_said(reader: Reader, path: Path) -> None:
    with served(path) as address:
        opened(reader, address)
    reader.keys("a")
    wait(reader, TOLD, "The server does not answer: is “marsad serve” still running?")
    assert decided(path) == []


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1400), ("light", 360)])
def test_nothing_is_too_wide_and_axe_finds_nothing_serious(
    reader: Reader, address: str, scheme: str, width: int
) -> None:  # fmt: skip
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    opened(reader, address, width, scheme)

    def found() -> list[str]:
        return axe(reader)

    wide = "return document.scrollingElement.scrollWidth"
    assert reader.run(wide) <= width
    assert found() == []
    if width < 900:
        reader.run("document.querySelector('.queue-toggle').click()")
        assert reader.run(wide) <= width
        assert found() == []
        reader.run("document.querySelector('.queue-row button').click()")
        wait(reader, "return document.querySelector('.review').classList.contains('queue-open')", False)
    reader.run("document.querySelector('.more-filters').open = true")
    reader.keys("e")
    wait(reader, "return document.querySelector('.correct') !== null")
    assert reader.run(wide) <= width
    assert found() == []
    reader.run("document.querySelector('.correct .form-buttons [type=button]').click()")
    reader.keys("a")
    wait(reader, "return document.querySelectorAll('.queue-row .state').length", 1)
    reader.keys("h")
    wait(reader, "return document.querySelectorAll('.trail-row').length", 1)
    assert reader.run(wide) <= width
    assert found() == []
    reader.keys("2")
    reader.run("document.querySelector('.incidents [data-view=all]').click()")
    wait(reader, "return !!document.querySelector('.figure')")
    assert reader.run(wide) <= width
    assert found() == []
    reader.keys("4")
    reader.run("document.querySelector('.examples button').click()")
    wait(reader, "return !!document.querySelector('.answer')")
    assert reader.run(wide) <= width
    assert found() == []
    reader.run("document.activeElement.blur()")
    reader.keys("?")
    assert found() == []

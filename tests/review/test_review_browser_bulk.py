"""Picking several events at the page and deciding about them in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
import review_making as making
from review_browsing import AXE, CHOSEN, ROWS, TOLD, Reader, axe, decided, opened, text, wait

from marsad.casebook import Casebook

pytestmark = pytest.mark.browser

PICKED = "return [...document.querySelectorAll('.queue-row.picked')].map((row) => row.dataset.event)"
DIALOG = "return document.querySelector('dialog[open] h2')?.innerText ?? null"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return making.two(tmp_path / "ark.casebook")


def test_several_by_keyboard_accepted_and_undone_in_one_step(reader: Reader, address: str, path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    reader.keys(" ")
    wait(reader, PICKED, ["mill/e1"])
    reader.keys("J")
    wait(reader, CHOSEN, "mill/e2")
    reader.keys("J")
    wait(reader, CHOSEN, "mill/e3")
    assert reader.run(PICKED) == ["mill/e1", "mill/e2", "mill/e3"]
    # Going back lets go of what was picked last.
    reader.keys("K")
    wait(reader, PICKED, ["mill/e1", "mill/e2"])
    assert reader.run(text(".picked-bar strong")) == "2 events of 1 report picked"
    # It is asked first, and can be left.
    reader.keys("a")
    wait(reader, DIALOG, "Accept 2 events?")
    reader.keys(Keys.ESCAPE)
    wait(reader, DIALOG, None)
    assert decided(path) == []
    reader.keys("a")
    wait(reader, DIALOG, "Accept 2 events?")
    reader.keys(Keys.ENTER)
    wait(reader, TOLD, "Accepted 2 events: decisions 1 to 2 are kept")
    assert decided(path) == [("Ana", "accept", None)] * 2
    wait(reader, ROWS, ["mill/e3", "again/e1", "again/e2", "again/e3"])
    assert reader.run("return document.querySelector('.picked-bar').hidden")
    reader.keys("u")
    wait(reader, TOLD, "Undone: 2 decisions")
    assert [kind for _, kind, _ in decided(path)] == ["accept", "accept", "undo", "undo"]
    wait(reader, text(".progress-line .summary > span"), "0 of 6 events decided")
    reader.keys("U")
    wait(reader, text(".progress-line .summary > span"), "2 of 6 events decided")
    with Casebook(path, write=False) as casebook:
        assert casebook.check() == []
    assert reader.console() == []


def test_all_of_a_filter_are_rejected_with_a_reason(reader: Reader, address: str, path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    reader.run("document.querySelector('[data-view=contested]').click()")
    wait(reader, ROWS, ["mill/e1", "mill/e3", "again/e1", "again/e3"])
    reader.keys("*")
    wait(reader, "return document.querySelectorAll('.queue-row.picked').length", 4)
    assert reader.run(text(".picked-bar strong")) == "4 events of 2 reports picked"
    reader.keys("x")
    wait(reader, DIALOG, "Reject 4 events?")
    reader.run("document.querySelector('dialog[open] input').focus()")
    reader.keys("a drill", Keys.ENTER)
    wait(reader, TOLD, "Rejected 4 events: decisions 1 to 4 are kept")
    with Casebook(path, write=False) as casebook:
        assert {(one.kind, one.why, one.step) for one in casebook.decisions()} == {("reject", "a drill", 1)}
        assert [event.id for name in ("mill", "again") for event in casebook.record(name).events] == ["e2", "e2"]
    # In the audit trail they are one row, which is undone as one.
    reader.keys("h")
    wait(reader, "return document.querySelectorAll('.trail > .trail-row').length", 1)
    assert "Ana rejected 4 things in one go" in reader.run(text(".trail-row"))
    reader.run("document.querySelector('[aria-label=\"Undo all 4: decisions 1 to 4\"]').click()")
    wait(reader, "return document.querySelectorAll('.trail > .trail-row').length", 2)
    with Casebook(path, write=False) as casebook:
        assert len(casebook.record("mill").events) == 3
    assert reader.console() == []


def test_by_mouse_with_shift_and_a_note(reader: Reader, address: str, path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    boxes = reader.driver.find_elements(By.CSS_SELECTOR, ".queue-row .pick input")
    boxes[1].click()
    wait(reader, PICKED, ["mill/e2"])
    ActionChains(reader.driver).key_down(Keys.SHIFT).click(boxes[3]).key_up(Keys.SHIFT).perform()
    wait(reader, PICKED, ["mill/e2", "mill/e3", "again/e1"])
    reader.run("document.querySelector('.picked-bar .decide-note').click()")
    wait(reader, DIALOG, "Note on 3 events?")
    reader.keys("to be read again", Keys.ENTER)
    wait(reader, TOLD, "Noted on 3 events: decisions 1 to 3 are kept")
    assert decided(path) == [("Ana", "note", None)] * 3
    # Another filter lets go of what is no longer seen.
    reader.keys("*")
    wait(reader, "return document.querySelectorAll('.queue-row.picked').length", 6)
    reader.run("document.querySelector('[data-view=doubtful]').click()")
    wait(reader, "return document.querySelectorAll('.queue-row').length", 2)
    assert reader.run(PICKED) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_axe(reader: Reader, address: str, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    opened(reader, address, width, scheme)
    if width < 900:
        reader.run("document.querySelector('.queue-toggle').click()")
    reader.keys("*")
    wait(reader, "return document.querySelectorAll('.queue-row.picked').length", 6)
    assert reader.run("return document.scrollingElement.scrollWidth") <= width
    assert axe(reader) == []
    reader.keys("a")
    wait(reader, DIALOG, "Accept 6 events?")
    assert axe(reader) == []
    reader.run("document.querySelector('dialog[open] form').requestSubmit()")
    wait(reader, TOLD, "Accepted 6 events: decisions 1 to 6 are kept")
    reader.keys("h")
    wait(reader, "return document.querySelectorAll('.trail > .trail-row').length", 1)
    reader.run("document.querySelector('.step').open = true")
    assert reader.run("return document.scrollingElement.scrollWidth") <= width
    assert axe(reader) == []

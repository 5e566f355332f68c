"""Incidents merged, split and their claims moved, by dragging and by keys, at the page."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_browsing import AXE, TOLD, Reader, axe, opened, text, wait
from review_making import mill
from test_review_incidents import other

from marsad.casebook import Casebook

pytestmark = pytest.mark.browser

INCIDENTS = "return [...document.querySelectorAll('[data-incident]')].map((row) => row.dataset.incident)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two reports of one shelling, joined, and two other events."""
    made = tmp_path / "ark.casebook"
    making.add(made, [mill(), other()])
    with Casebook(made) as casebook:
        assert sorted(map(len, groups(casebook))) == [1, 1, 2]
    return made


def groups(casebook: Casebook) -> list[list[str]]:
    return [[claim.id for claim in one.incident.tellings] for one in casebook.incidents()]


def kept(path: Path) -> list[list[str]]:
    with Casebook(path) as casebook:
        assert casebook.check() == []
        return groups(casebook)


def kinds(path: Path) -> list[tuple[str, int | None]]:
    with Casebook(path, write=False) as casebook:
        return [(one.kind, one.step) for one in casebook.decisions()]


def go(reader: Reader, address: str, width: int = 1400, scheme: str = "light") -> list[str]:
    opened(reader, address, width, scheme)
    reader.keys("2")
    reader.run("document.querySelector('.incidents [data-view=all]').click()")
    wait(reader, "return document.querySelectorAll('[data-incident]').length === 3", True, 30)
    wait(reader, "return document.querySelectorAll('.claim').length", 2)
    settled(reader)  # what is marked before the list is drawn anew is not marked any more
    found: list[str] = reader.run(INCIDENTS)
    assert found[0] == "mill:e1"
    return found


def settled(reader: Reader) -> None:
    """Wait until the list is that of now, and is not drawn anew any more."""
    wait(reader, "return /being joined/.test(document.querySelector('.incidents .queue-told').innerText)", False, 30)
    drawn = "const before = window.kept; window.kept = document.querySelector('.claim'); return before === window.kept"
    reader.run(drawn)
    time.sleep(0.3)
    wait(reader, drawn)


def drag(reader: Reader, source: str, target: str) -> None:
    """Drag by the mouse from one element to another."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    settled(reader)

    def find(selector: str) -> Any:
        return reader.driver.find_element(By.CSS_SELECTOR, selector)

    chain = ActionChains(reader.driver, duration=100)
    chain.click_and_hold(find(source)).pause(0.2).move_by_offset(8, 8).pause(0.2)
    chain.move_to_element(find(target)).pause(0.2).move_by_offset(2, 2).pause(0.2).release().perform()


def test_an_incident_is_dragged_onto_another(reader: Reader, address: str, path: Path) -> None:
    first, second, third = go(reader, address)
    drag(reader, f"[data-incident='{third}'] .grip", f"[data-incident='{second}']")
    wait(reader, TOLD, "2 incidents merged")
    wait(reader, "return document.querySelectorAll('[data-incident]').length", 2)
    assert sorted(kept(path)) == sorted([["mill:e1", "other:e1"], ["mill:e2", "mill:e3"]])
    reader.keys("u")
    wait(reader, "return document.querySelectorAll('[data-incident]').length", 3)
    assert sorted(map(len, kept(path))) == [1, 1, 2]
    assert first == "mill:e1"
    assert reader.console() == []


def test_a_claim_is_dragged_out_and_into_another(reader: Reader, address: str, path: Path) -> None:
    _, second, third = go(reader, address)
    drag(reader, ".claim:has([aria-label='Mark the claim of Six die at Ark']) .grip", f"[data-incident='{second}']")
    wait(reader, TOLD, "Moved: 1 claim")
    wait(reader, "return document.querySelectorAll('.claim').length", 2)
    assert sorted(map(sorted, kept(path))) == sorted([["mill:e1"], sorted([second, "other:e1"]), [third]])
    assert kinds(path) == [("split", 1), ("merge", 1)]
    # One step: both are undone.
    reader.keys("u")
    wait(reader, TOLD, "Undone: 2 decisions")
    wait(reader, "return document.querySelectorAll('.queue-row .row-meta').length > 0")
    assert ["mill:e1", "other:e1"] in kept(path)
    # Dropped beside the others it is an incident of its own.
    reader.run("document.querySelector(\"[data-incident='mill:e1'] button\").click()")
    wait(reader, "return document.querySelectorAll('.claim').length", 2)
    settled(reader)
    drag_alone(reader)
    wait(reader, TOLD, "Split off: 1 claim")
    assert ["other:e1"] in kept(path)
    assert reader.console() == []


def drag_alone(reader: Reader) -> None:
    """To the place that only shows while a claim is dragged."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    source = reader.driver.find_element(
        By.CSS_SELECTOR, ".claim:has([aria-label='Mark the claim of Six die at Ark']) .grip"
    )
    ActionChains(reader.driver, duration=100).click_and_hold(source).pause(0.2).move_by_offset(8, 8).perform()
    wait(reader, "return getComputedStyle(document.querySelector('.drop-alone')).display", "block")
    alone = reader.driver.find_element(By.CSS_SELECTOR, ".drop-alone")
    chain = ActionChains(reader.driver, duration=100).move_to_element(alone).pause(0.2)
    chain.move_by_offset(2, 2).pause(0.2).release().perform()


def test_a_claim_is_moved_by_keys(reader: Reader, address: str, path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    _, second, third = go(reader, address)
    reader.keys("c")
    wait(reader, TOLD, "Mark the claims that are of another incident first.")
    reader.run("[...document.querySelectorAll('.claim input')].at(-1).focus()")
    reader.keys(Keys.SPACE, "c")
    wait(reader, text(".carrying strong"), "1 claim on the way: choose the incident")
    reader.keys("p")
    wait(reader, TOLD, "Choose another incident, the one that they are of.")
    reader.keys(Keys.ESCAPE)
    wait(reader, "return document.querySelector('.carrying').hidden")
    reader.keys("c", "j")
    wait(reader, "return document.querySelector('[data-incident].chosen')?.dataset.incident ?? null", second)
    reader.keys("p")
    wait(reader, TOLD, "Moved: 1 claim")
    assert sorted(map(sorted, kept(path))) == sorted([["mill:e1"], sorted([second, "other:e1"]), [third]])
    wait(reader, "return document.querySelector('.carrying').hidden")
    assert reader.console() == []


def test_axe(reader: Reader, address: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    go(reader, address, 390, "dark")
    reader.run("[...document.querySelectorAll('.claim input')].at(-1).click()")
    reader.keys("c")
    wait(reader, "return document.querySelector('.carrying').hidden", False)
    assert reader.run("return document.scrollingElement.scrollWidth") <= 390
    assert axe(reader) == []

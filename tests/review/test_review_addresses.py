"""Every page has an address of its own, a main landmark, and a skip link that leads there."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_browsing import AXE, ROWS, Reader, axe, opened, wait

pytestmark = pytest.mark.browser

PAGES = {
    "events": "Skip to the chosen event",
    "incidents": "Skip to the chosen incident",
    "audit": "Skip to audit trail",
    "query": "Skip to query",
    "pictures": "Skip to pictures",
    "agreement": "Skip to agreement",
    "add": "Skip to add reports",
}
SHOWN = "return document.querySelector('[aria-current=page]')?.dataset.page ?? null"
HASH = "return location.hash"
MAINS = "return [...document.querySelectorAll('main')].filter((one) => !one.hidden).length"


def go(reader: Reader, page: str) -> None:
    reader.run(f"document.querySelector('[data-page={page}]').click()")


def again(reader: Reader) -> None:
    reader.driver.refresh()
    wait(reader, "return document.querySelectorAll('.queue-row').length > 0")


def test_back_and_reload_keep_the_page(reader: Reader, address: str) -> None:
    opened(reader, address)
    event = reader.run(HASH)
    assert event.endswith("/e1")
    for page in ("incidents", "audit", "query", "agreement", "add"):
        go(reader, page)
        assert reader.run(HASH) == f"#/{page}"
        again(reader)
        wait(reader, SHOWN, page)
        assert reader.run(HASH) == f"#/{page}"
    for page in ("agreement", "query", "audit", "incidents", "events"):
        reader.driver.back()
        wait(reader, SHOWN, page)
    assert reader.run(HASH) == event
    reader.driver.forward()
    wait(reader, SHOWN, "incidents")


def test_a_view_of_incidents_and_a_chosen_one_have_addresses(reader: Reader, address: str) -> None:
    opened(reader, address)
    go(reader, "incidents")
    reader.run("document.querySelector('.incidents [data-view=all]').click()")
    assert reader.run(HASH) == "#/incidents/all"
    wait(reader, "return document.querySelectorAll('.incidents [data-incident]').length > 1")
    again(reader)
    pressed = "return document.querySelector('.incidents [aria-pressed=true]')?.dataset.view ?? null"
    wait(reader, pressed, "all")
    wait(reader, "return document.querySelectorAll('.incidents [data-incident]').length > 1")
    wanted = reader.run(
        "const row = document.querySelectorAll('.incidents [data-incident]')[1];"
        "row.querySelector(':scope > button').click(); return row.dataset.incident"
    )
    chosen = "return document.querySelector('.incident-card .figure') && location.hash"
    wait(reader, chosen, "#/incident/" + wanted.replace(":", "%3A"))
    reader.driver.refresh()
    wait(reader, chosen, "#/incident/" + wanted.replace(":", "%3A"))
    reader.run("document.querySelector('.incidents [data-view=questions]').click()")
    assert reader.run(HASH) == "#/incidents/questions"
    again(reader)
    wait(reader, pressed, "questions")


def test_a_view_of_the_queue_and_a_query_stand_in_the_address(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    whole = len(reader.run(ROWS))
    reader.run("document.querySelector('.review [data-view=doubtful]').click()")
    assert reader.run("return location.search") == "?view=doubtful"
    reader.driver.refresh()
    wait(reader, "return document.querySelector('.review .views [aria-pressed=true]')?.dataset.view", "doubtful")
    reader.run("document.querySelector('.review [data-view=new]').click()")
    assert reader.run("return location.search") == ""
    wait(reader, "return document.querySelectorAll('.review .queue-row').length", whole)
    go(reader, "query")
    reader.run("document.querySelector('.sql').value = \"SELECT 'a/b' AS c\"; ")
    reader.run("document.querySelector('.ask .decide-accept').click()")
    wait(reader, "return document.querySelector('.answer td')?.innerText ?? null", "a/b")
    again(reader)
    wait(reader, SHOWN, "query")
    assert reader.run("return document.querySelector('.sql').value") == "SELECT 'a/b' AS c"
    # It is asked by the person, not by an address.
    assert reader.run("return document.querySelector('.answer')") is None


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_landmarks_and_skip_links(reader: Reader, address: str, scheme: str, width: int) -> None:
    opened(reader, address, width, scheme)
    for page, words in PAGES.items():
        go(reader, page)
        assert reader.run(MAINS) == 1, page
        link = reader.run("const one = document.querySelector('a.skip'); return [one.textContent, one.hash]")
        assert link[0] == words
        before = reader.run(HASH)
        target = reader.run(
            "document.querySelector('a.skip').click();"
            "const to = document.activeElement; return [`#${to.id}`, !!to.closest('main:not([hidden])')]"
        )
        assert target == [link[1], True], page
        assert reader.run(HASH) == before


def test_buttons_of_the_audit_trail_are_called_what_they_say(reader: Reader, address: str) -> None:
    opened(reader, address)
    reader.keys("a")
    wait(reader, "return document.querySelectorAll('.queue-row .state').length", 1)
    reader.keys("u")
    wait(reader, "return document.querySelectorAll('.queue-row .state').length", 0)
    go(reader, "audit")
    wait(reader, "return document.querySelectorAll('.trail-row').length", 2)
    names = reader.run(
        "return [...document.querySelectorAll('.trail-row > button')].map((one) => [one.innerText, one.ariaLabel])"
    )
    assert names == [["Redo", "Redo decision 1"]]
    if AXE.exists():
        assert axe(reader) == []

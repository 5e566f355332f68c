"""Two people at one casebook: what the other decides is seen, and where they differ both words stand side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
import review_making as making
from review_browsing import AXE, ROWS, TOLD, Reader, axe, decided, opened, text, wait
from review_making import mill

from marsad.casebook import Casebook
from marsad.decisions import Decision, Target

pytestmark = pytest.mark.browser


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return making.two(tmp_path / "ark.casebook")


def ben(path: Path, kind: str, event: int, field: str | None = None, value: str | None = None) -> None:
    """What the other one decides, at another server."""
    with Casebook(path) as casebook:
        target = Target("event", "mill", mill().events[event].span, field)
        casebook.decide(Decision(kind, target, "Ben", value))  # type: ignore[arg-type]


def test_nobody_decides_over_what_they_have_not_seen(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    ben(path, "reject", 0)
    reader.keys("a")
    told = "Ben has just decided on the same (decision 1): look at it, and decide again"
    wait(reader, TOLD, told)
    wait(reader, text(".card .state"), "Rejected")
    assert decided(path) == [("Ben", "reject", None)]
    # Now it has been seen.
    reader.keys("a")
    wait(reader, "return /is kept/.test(document.querySelector('.toast').textContent)")
    assert decided(path) == [("Ben", "reject", None), ("Ana", "accept", None)]
    reader.run("document.querySelector('[data-view=disputed]').click()")
    wait(reader, ROWS, ["mill/e1"])
    reader.run("document.querySelector('.queue-row > button').click()")
    wait(reader, text(".differ h4"), "is there such a thing?")
    words = reader.run("return [...document.querySelectorAll('.side-by-side li')].map((one) => one.innerText)")
    assert [one.replace("\n\n", "\n").split("\n")[:2] for one in words] == [
        ["Ben, decision 1", "no"], ["Ana, decision 2 · holds", "yes"],
    ]  # fmt: skip
    if AXE.exists():
        assert axe(reader) == []
    # Ana comes round.
    reader.run("document.querySelector('.side-by-side button').click()")
    wait(reader, TOLD, "Kept: decision 3")
    wait(reader, text(".card .state"), "Rejected")
    wait(reader, "return document.querySelector('.differing') === null")
    assert [line for line in reader.console() if "409" not in line] == []


def test_a_form_is_not_sent_over_another_word(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    reader.keys("e")
    wait(reader, "return document.activeElement?.name ?? null", "type")
    ben(path, "correct", 0, "type", "COERCE")
    reader.run("document.querySelector('.correct [name=killed-best]').value = '7'")
    reader.run("document.querySelector('.correct').requestSubmit()")
    wait(reader, "return /Ben has just decided/.test(document.querySelector('.correct .wrong').innerText)")
    assert decided(path) == [("Ben", "correct", "type")]
    reader.run("document.querySelector('.correct .form-buttons [type=button]').click()")
    wait(reader, text(".card h2"), "Coercion")


def test_what_others_decide_is_listed_as_it_comes(reader: Reader, address: str, path: Path) -> None:
    opened(reader, address)
    ben(path, "reject", 1)
    wait(reader, "return document.querySelector('.others').hidden", False)
    assert reader.run(text(".others summary")).startswith("Ben rejected raided")
    reader.run("document.querySelector('.others').open = true")
    assert reader.run("return document.scrollingElement.scrollWidth") <= 1400
    if AXE.exists():
        assert axe(reader) == []
    reader.run("document.querySelector('.others .link').click()")
    wait(reader, text(".card .state"), "Rejected")
    assert reader.run(text(".card h2")) == "Coercion"
    assert reader.console() == []

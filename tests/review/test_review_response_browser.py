"""The view Response in a browser: a question asked, its answer read, a pair looked at, a long one stopped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from review_browsing import AXE, Reader, here, text, wait
from review_feud import SLOW, TURN, joined_feud

from marsad.review import analysis

pytestmark = pytest.mark.browser

READY = "return !!document.querySelector('.series-bars') && !document.querySelector('.response-body').hidden"
DRAWN = (
    "const all = [...document.querySelectorAll('.response-canvas')];"
    "return all.length > 0 && all.every((one) => one.childElementCount)"
)
SUBMIT = "document.querySelector('.response-form button[type=submit]').click()"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return joined_feud(tmp_path_factory.mktemp("response"))


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    with here(path) as url:
        yield url


@pytest.fixture(scope="module")
def vague(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, with incidents of which only the month is known."""
    with here(joined_feud(tmp_path_factory.mktemp("vague"), vague=3)) as url:
        yield url


def opened(reader: Reader, address: str, question: dict[str, object] | None = None, width: int = 1400) -> None:
    reader.open(address, width, 900, "light")
    reader.driver.get("about:blank")
    place = f"/{quote(json.dumps(question), safe='')}" if question else ""
    reader.driver.get(f"{address.partition('?')[0]}#/response{place}")
    wait(reader, READY, seconds=120)


def axe(reader: Reader, leave: str = ".none") -> list[str]:
    """What axe finds to be wrong in the view, but for ``leave``: the hundreds of shapes of a figure take minutes."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    reader.run(AXE.read_text("utf-8"))
    reader.driver.set_script_timeout(120)
    result = reader.driver.execute_async_script(
        "const [leave, done] = arguments;"
        "axe.run({include: [['.pictures']], exclude: [[leave]]}, {resultTypes: ['violations']})"
        ".then(done, (error) => done({failed: String(error)}));",
        leave,
    )
    assert "failed" not in result, result
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:200]}"
        for one in result["violations"] if one["impact"] in ("moderate", "serious", "critical")
        for node in one["nodes"][:3]
    ]  # fmt: skip


def test_a_question_its_answer_and_its_figures(reader: Reader, address: str) -> None:
    opened(reader, address)
    assert reader.run("return document.querySelector('.switch [data-picture=response]').ariaPressed") == "true"
    assert reader.run("return document.querySelector('.picture-table').hidden") is True
    # Without a day nothing is asked, and the page says what is missing.
    reader.run(SUBMIT)
    wait(reader, text(".response .wrong"), "Say after which day: type it, or press it in the picture.")
    actor = reader.driver.find_element("css selector", "input[list=response-actor]")
    actor.send_keys("Reem Brigade")
    wait(reader, "return document.querySelector('.response-side .queue-told').innerText.startsWith('85 ')")
    # A press on the series chooses a day, a second press lets it go.
    press = (
        "const svg = document.querySelector('.series-chart svg'), box = svg.getBoundingClientRect();"
        "svg.dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: box.left + box.width * arguments[0]}))"
    )
    reader.run(press, 0.5)
    wait(reader, "return document.querySelectorAll('.chips-held .chip').length", 1)
    reader.run(press, 0.5)
    wait(reader, "return document.querySelectorAll('.chips-held .chip').length", 0)
    reader.run(
        "const day = document.querySelector('.chips-field input[type=date]'); day.value = arguments[0];"
        "day.closest('.chips-field').querySelector('button').click()",
        TURN.isoformat(),
    )
    wait(reader, "return decodeURIComponent(location.hash).includes(arguments[0])".replace("arguments[0]", f"'{TURN}'"))
    reader.run(SUBMIT)
    wait(reader, DRAWN, seconds=120)
    assert reader.run("return document.querySelector('[data-verdict]').dataset.verdict") == "fell"
    assert "evidence." in reader.run(text(".response-verdict strong"))
    figures = "return [...document.querySelectorAll('.response-figure')].map((one) => one.dataset.figure)"
    assert reader.run(figures) == [f"{name}-{TURN}" for name in ("change", "placebos", "silence", "intensity")]
    heads = "return [...document.querySelectorAll('.response-answer .answer thead th')].map((one) => one.innerText)"
    assert "with another choice" in reader.run(heads)
    assert reader.run("return document.querySelector('.response-answer a[download]').href").endswith(".svg")
    assert axe(reader, ".response-canvas") == []
    assert reader.console() == []
    # On a telephone it is drawn anew, and nothing sticks out.
    opened(reader, address, {"kind": "respond", "points": [str(TURN)], "actor": "Reem Brigade"}, 390)
    reader.run(SUBMIT)
    wait(reader, DRAWN, seconds=120)
    assert reader.run("return document.querySelector('.response-canvas svg').viewBox.baseVal.width") == 360
    assert reader.run("return document.scrollingElement.scrollWidth") <= 390


def test_answers_to_others_and_drawn_days_are_asked_for_by_keys(reader: Reader, vague: str) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(reader, vague, {"kind": "respond", "points": [str(TURN)]})
    assert reader.run("return document.querySelector('.answering').open") is False
    reader.run("document.querySelector('.answering summary').focus()")
    reader.keys(Keys.ENTER)
    assert reader.run("return document.querySelector('.answering').open") is True
    assert reader.run(text(".answering .tick")) == "the other side: say above who acts"
    # Without an actor there is no other side, which is said as by the command.
    reader.keys(Keys.TAB, " ")
    assert reader.run("return document.querySelector('.answering .tick input').checked") is True
    reader.run(SUBMIT)
    wait(reader, text(".response .wrong"), "there is no counterpart without an actor: say whose events are asked about")
    [refused] = reader.console()
    assert "400 (Bad Request)" in refused
    for name, words in (("actor", "Reem Brigade"), ("recipient", "army")):
        reader.driver.find_element("css selector", f"input[list=response-{name}]").send_keys(words)
    wait(reader, text(".answering .tick"), "the other side: what army does to Reem Brigade")
    # Three are the most: the third other is not taken, and what was typed stays.
    other = reader.driver.find_element("css selector", ".answering .chips-field input")
    for number, words in enumerate(("type=COERCE", "army>militia", "militia")):
        other.send_keys(words, Keys.ENTER)
        assert reader.run("return document.querySelectorAll('.answering .chip').length") == min(number + 1, 2)
    assert reader.run("return document.querySelector('.answering .chips-field input').validationMessage").startswith(
        "3 "
    )
    assert other.get_attribute("value") == "militia"
    other.clear()
    for _ in range(2):
        reader.run("document.querySelector('.answering .chip').click()")
    assert reader.run("return document.activeElement === document.querySelector('.answering .chips-field input')")
    assert reader.run("return document.querySelector('.answering input[type=number]').closest('label').hidden") is True
    wait(
        reader,
        "return / incidents of those that count have /.test(document.querySelector('#response-vague').innerText)",
    )
    coarse = reader.driver.find_element("css selector", ".answering select")
    coarse.send_keys("a day")
    draws = reader.driver.find_element("css selector", ".answering input[type=number]")
    assert draws.is_displayed()
    draws.clear()
    draws.send_keys("3", Keys.TAB)
    place = "return JSON.parse(decodeURIComponent(location.hash.split('/')[2]))"
    wait(reader, f"{place}.draws", 3)
    assert reader.run(place) == {
        "kind": "respond", "actor": "Reem Brigade", "recipient": "army", "points": [str(TURN)],
        "echo_of": ["counterpart"], "coarse": "impute", "draws": 3,
    }  # fmt: skip
    assert axe(reader, ".response-canvas") == []
    reader.run(SUBMIT)
    wait(reader, DRAWN, seconds=200)
    facts = "return Object.fromEntries([...document.querySelectorAll('.answer tr')].map((row) => [...row.children].map((cell) => cell.innerText)))"  # noqa: E501
    shown = reader.run(facts)
    assert "each is answered by " in shown["answers to events by army, against Reem Brigade"]
    assert shown["days that are not known"].startswith("3 draws, put together by Rubin's rules; ")
    assert "given the same events by army, against Reem Brigade" in reader.run(text(".response-verdict"))
    assert reader.console() == []
    # The address brings all of it back, also on a telephone, where nothing sticks out.
    asked = {"kind": "respond", "points": [str(TURN)], "actor": "Reem Brigade", "echo_of": [
        "counterpart", "The Very Long Name of a Brigade of the Northern Front>Another Very Long Name", "type=COERCE",
    ], "coarse": "impute", "draws": 7}  # fmt: skip
    opened(reader, vague, asked, 390)
    assert reader.run("return document.querySelector('.answering .tick input').checked") is True
    assert reader.run("return document.querySelectorAll('.answering .chip').length") == 2
    assert reader.run("return document.querySelector('.answering input[type=number]').value") == "7"
    assert reader.run("return document.scrollingElement.scrollWidth") <= 390


def test_a_pair_is_looked_at_and_an_incident_leads_to_a_question(reader: Reader, address: str) -> None:
    opened(reader, address, {"kind": "provoke"})
    reader.run(SUBMIT)
    wait(reader, "return !!document.querySelector(\"[data-pair='0-1']\")", seconds=120)
    cell = reader.driver.find_element("css selector", "[data-pair='0-1']")
    reader.run("arguments[0].focus()", cell)
    reader.keys("\ue007")
    wait(reader, "return !!document.querySelector('.pair-place .response-canvas svg')")
    assert "Reem Brigade" in reader.run(text(".pair-place figcaption h3"))
    assert reader.run("return document.activeElement.innerText") == "One pair"
    assert axe(reader, ".pair-place .response-canvas") == []
    reader.keys("2")
    wait(reader, "return document.querySelectorAll('.incidents .queue-row').length > 0")
    reader.run("document.querySelector('.incidents .queue-row button').click()")
    wait(reader, "return !!document.querySelector('.after-links a')")
    reader.run("document.querySelector('.incident-card .after-links a').click()")
    wait(reader, "return !document.querySelector('.pictures').hidden")
    wait(reader, "return document.querySelectorAll('.chips-held .chip').length", 1)
    assert reader.run("return document.querySelector('input[list=response-actor]').value") in ("Reem Brigade", "army")
    assert reader.console() == []


def test_a_long_answer_is_stopped(reader: Reader, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis.Analysis.__init__, "__defaults__", ((sys.executable, "-c", SLOW),))
    with here(path) as address:
        opened(reader, address, {"kind": "provoke"})
        reader.run(SUBMIT)
        wait(reader, "return document.querySelector('.stage-told')?.innerText.startsWith('thinking …') ?? false")
        assert reader.run("return document.querySelector('.response-form button[type=submit]').disabled") is True
        reader.run("document.querySelector('.response-progress button').click()")
        wait(reader, "return document.querySelector('.response-progress').childElementCount", 0)
        assert reader.run("return document.querySelector('.response-form button[type=submit]').disabled") is False
    assert reader.console() == []

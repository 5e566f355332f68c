"""Pictures of the whole casebook in a browser: timeline, map, network, actors, and what they choose."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import review_making as making
from review_browsing import AXE, HOSTILE, served, text, wait
from review_making import mill
from test_pictures_api import raid

sys.path.insert(0, str(making.ROOT / "tests/page"))

import page_making
from page_making import Reader

pytestmark = pytest.mark.browser

ROWS = "return [...document.querySelectorAll('.picture-table [data-row]')].map((row) => row.dataset.row)"
MARKS = "return [...document.querySelectorAll('.happening[data-incident]')].map((one) => one.dataset.incident).sort()"
PLACES = "return [...document.querySelectorAll('.places-table tbody th')].map((one) => one.innerText)"
PRESS = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true}))"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    yield from page_making.reader()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with two reports."""
    made = tmp_path_factory.mktemp("pictures") / "ark.casebook"
    making.add(made, [mill(), raid()])
    return made


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    with served(path) as url:
        yield url


def opened(
    reader: Reader, address: str, picture: str, filters: str = "", width: int = 1400, scheme: str = "light"
) -> None:
    """Open one of the pictures and wait until its table is there."""
    reader.open(address, width, 900, scheme)
    base = address.partition("?")[0]
    reader.driver.get("about:blank")
    reader.driver.get(f"{base}{filters}#/{picture}")
    wait(reader, "return document.querySelectorAll('.picture-table [data-row]').length > 0")
    wait(reader, "return document.querySelector('.pictures-head .queue-told').innerText.includes('joined')", False)


def test_the_timeline_shows_precision_and_opens_an_incident(reader: Reader, address: str) -> None:
    opened(reader, address, "timeline")
    wait(reader, MARKS, ["mill:e1", "raid:e1", "raid:e3", "raid:e4"])
    broad = "return document.querySelector('[data-incident=\"raid:e3\"] .stretch').width.baseVal.value"
    assert reader.run(broad) > 100
    assert reader.run("return !!document.querySelector('[data-incident=\"raid:e4\"] .open-end')")
    assert reader.run("return !document.querySelector('[data-incident=\"mill:e1\"] .stretch')")
    assert len(reader.run(ROWS)) == 8
    assert "4 incidents without a date" in reader.run(text(".picture-note"))
    reader.run(PRESS, '[data-incident="raid:e1"]')
    wait(reader, text(".incident-card h2"), "Coercion")
    assert reader.run("return document.querySelector('.place-tab[aria-current]').innerText") == "Incidents"
    reader.driver.back()
    wait(reader, "return document.querySelector('.pictures').hidden", False)
    assert reader.console() == []


def test_drawing_over_the_days_filters_every_page(reader: Reader, address: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    opened(reader, address, "timeline")
    overlay = reader.driver.find_element("css selector", ".brush .overlay")
    width = overlay.rect["width"]
    drag = ActionChains(reader.driver).move_to_element_with_offset(overlay, int(width * 0.3), 0)
    drag.click_and_hold().move_by_offset(int(width * 0.18), 0).release().perform()
    wait(reader, "return new URLSearchParams(location.search).get('since')?.startsWith('2020-0') ?? false")
    wait(reader, "return document.querySelectorAll('.picture-table [data-row]').length < 8")
    assert "raid:e3" not in reader.run(ROWS)
    since = reader.run("return new URLSearchParams(location.search).get('since')")
    assert (
        reader.run("return document.querySelector('.pictures .filter-grid input[placeholder=\"2020-07\"]').value")
        == since
    )
    reader.keys("1")
    wait(reader, "return document.querySelector('.queue .filter-grid input[placeholder=\"2020-07\"]').value", since)
    reader.keys("2")
    wait(reader, "return document.querySelectorAll('.also-filtered .chip').length", 2)
    reader.run("document.querySelector('.also-filtered .chip').click()")
    wait(reader, "return new URLSearchParams(location.search).get('since')", None)
    assert reader.console() == []


def test_arrow_keys_and_plus_move_the_timeline(reader: Reader, address: str) -> None:
    opened(reader, address, "timeline")
    wait(reader, MARKS, ["mill:e1", "raid:e1", "raid:e3", "raid:e4"])
    before = "return document.querySelector('.timeline .axis').textContent"
    at = reader.run(before)
    reader.run("document.querySelector('svg.timeline').focus()")
    reader.keys("+", "+")
    assert reader.run(before) != at
    reader.keys("0")
    wait(reader, before, at)


def test_the_map_draws_countries_and_lists_what_has_no_place(reader: Reader, address: str) -> None:
    opened(reader, address, "map")
    wait(reader, PLACES, ["Ark", "Iraq", "Tarn"])
    assert reader.run("return document.querySelectorAll('.map .area').length") == 1
    beside = reader.run(text(".unplaced"))
    assert "5 incidents" in beside
    assert "Salm" in beside
    reader.run(PRESS, '.places-table [data-spot-key^="town:33.1"]')
    wait(reader, ROWS, ["raid:e4"])
    assert reader.run(text(".picture-table h2")) == "Incidents in Tarn"
    reader.run("document.querySelector('.unplaced [data-spot-key=none]').click()")
    wait(reader, "return document.querySelectorAll('.picture-table [data-row]').length", 4)
    reader.run("document.querySelector('.table-tools button').click()")
    wait(reader, "return document.querySelectorAll('.picture-table [data-row]').length", 8)
    assert reader.console() == []


def test_an_edge_leads_to_incidents_and_a_party_to_its_page(reader: Reader, address: str) -> None:
    opened(reader, address, "network")
    wait(reader, "return document.querySelectorAll('[data-edge]').length", 3)
    assert reader.run("return document.querySelectorAll('.lasting').length") >= 1
    edge = reader.run(
        "const all = [...document.querySelectorAll('[data-edge]')];"
        "return all.find((one) => / words /.test(one.dataset.edge)).dataset.edge"
    )
    reader.run(PRESS, f"[data-edge={json.dumps(edge)}]")
    wait(reader, ROWS, ["raid:e2"])
    reader.run(PRESS, '[data-party="name:arkcouncil"]')
    wait(reader, "return document.querySelectorAll('[data-edge]').length", 2)
    assert reader.run("return location.hash") == "#/network/name%3Aarkcouncil"
    reader.run("document.querySelector('[data-to=actor]').click()")
    wait(reader, text(".actor-page h2"), "Ark Council")
    assert "The Ark Council, part of the Reem Brigade" in reader.run(text(".tie-told blockquote"))
    wait(reader, "return document.querySelectorAll('.picture-table [data-row]').length", 3)
    reader.run("document.querySelector('.tie-told blockquote .link').click()")
    wait(reader, "return document.querySelector('.review').hidden", False)
    assert reader.console() == []


def test_filters_of_the_address_hold_on_every_picture(reader: Reader, address: str) -> None:
    opened(reader, address, "map", "?place=tarn")
    assert reader.run(ROWS) == ["raid:e4"]
    reader.run("document.querySelector('[data-picture=timeline]').click()")
    wait(reader, MARKS, ["raid:e4"])
    assert reader.run("return location.search") == "?place=tarn"
    reader.run("document.querySelector('.pictures-head .more-filters').open = true")
    reader.run("document.querySelector('.pictures-head .more-filters .quiet').click()")
    wait(reader, "return document.querySelectorAll('.picture-table [data-row]').length", 8)
    assert reader.run("return location.search") == ""


def test_a_picture_of_nothing_says_so(reader: Reader, address: str) -> None:
    base = address.partition("?")[0]
    reader.open(address, 1400, 900, "light")
    for picture in ("timeline", "map", "network"):
        reader.driver.get("about:blank")
        reader.driver.get(f"{base}?actor=nobody#/{picture}")
        wait(reader, text(".stage .empty-state .empty-title"), "Nothing to draw.")
        wait(reader, text(".picture-table .empty-title"), "No incident.")
    reader.driver.get("about:blank")
    reader.driver.get(f"{base}#/actor/name%3Anobody")
    wait(reader, text(".stage .empty-title"), "This actor is not there.")


@pytest.mark.parametrize("picture", ["timeline", "map", "network"])
def test_a_picture_is_saved_with_its_colours_and_without_a_style_sheet(
    reader: Reader, address: str, picture: str
) -> None:
    opened(reader, address, picture)
    reader.run(
        "window.saved = [];"
        "HTMLAnchorElement.prototype.click = function () { window.saved.push([this.download, this.href]); };"
        "URL.createObjectURL = (blob) => {"
        " blob.text().then((words) => window.saved.push([blob.type, words]));"
        " return 'blob:x';"
        "};"
    )
    reader.run("document.querySelector('[data-save=svg]').click()")
    wait(reader, "return window.saved.length", 2)
    saved = dict(reader.run("return window.saved"))
    assert f"{picture}.svg" in saved
    words = saved["image/svg+xml"]
    assert words.startswith("<svg")
    assert 'xmlns="http://www.w3.org/2000/svg"' in words
    assert "class=" not in words
    assert "var(" not in words
    assert "127.0.0.1" not in words
    reader.run("window.saved = []; document.querySelector('[data-save=png]').click()")
    wait(reader, "return window.saved.some(([kind]) => kind === 'image/png')")
    assert reader.console() == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_nothing_is_too_wide_and_axe_finds_nothing(reader: Reader, address: str, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    for picture in ("timeline", "map", "network", "actor/name%3Aarkcouncil"):
        opened(reader, address, picture, width=width, scheme=scheme)
        reader.run("document.querySelector('.pictures-head .more-filters').open = true")
        assert reader.run("return document.scrollingElement.scrollWidth") <= width, picture
        reader.run(AXE.read_text("utf-8"))
        result = reader.driver.execute_async_script(
            "const [done] = arguments;"
            "axe.run('.pictures', {resultTypes: ['violations']}).then(done, (error) => done({failed: String(error)}));"
        )
        assert "failed" not in result, result
        found = [
            f"{one['id']}: {node['target']} {node['failureSummary'][:200]}"
            for one in result["violations"] if one["impact"] in ("moderate", "serious", "critical")
            for node in one["nodes"][:3]
        ]  # fmt: skip
        assert found == [], (picture, found)


def test_an_incident_is_drawn_in_time_by_origin_and_on_a_map(reader: Reader, address: str) -> None:
    base = address.partition("?")[0]
    reader.open(address, 1400, 900, "light")
    reader.driver.get("about:blank")
    reader.driver.get(f"{base}#/incident/raid%3Ae4")
    wait(reader, "return document.querySelectorAll('.incident-pictures .map .spot').length", 1)
    assert reader.run(text(".incident-pictures .map-picture .picture-title")) == "Where: Tarn"
    assert reader.run("return document.querySelectorAll('.claims-strip .flag').length") == 1
    assert reader.run("return document.querySelectorAll('.claims-strip .stretch').length") == 1
    assert "Ark Post: Jul 2020, Happened" in reader.run(
        "return document.querySelector('.claims-strip').getAttribute('aria-label')"
    )


def test_hostile_words_stay_words_in_every_picture(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "hostile.casebook"
    making.add(path, [making.hostile(HOSTILE)])
    with served(path) as address:
        base = address.partition("?")[0]
        reader.open(address, 1400, 900, "light")
        for picture in (
            "timeline",
            "map",
            "network",
            f"incident/{quote(HOSTILE + ':' + HOSTILE, safe='')}",
            "incident/%",
        ):
            reader.driver.get("about:blank")
            reader.driver.get(f"{base}#/{picture}")
            time.sleep(1)
            assert reader.run("return window.struck ?? null") is None
            assert reader.run("return document.querySelectorAll('script').length") == 1
            assert reader.run("return document.querySelectorAll('img, iframe, object').length") == 0
        assert [line for line in reader.console() if "404" not in line] == []

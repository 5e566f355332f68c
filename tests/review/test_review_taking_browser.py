"""Take away, in a browser: the dialog, its downloads, the dossier of an incident, and the dossier itself."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import review_making as making
from review_browsing import AXE, Reader, axe, opened, served, wait

from marsad.casebook import Casebook
from marsad.exchange.dossierpage import write_dossier

pytestmark = pytest.mark.browser

BUTTON = "[...document.querySelectorAll('button')].find((one) => one.textContent === {name!r})"
OPEN = "return document.querySelector('dialog.taking')?.open ?? false"
WRONG = "return document.querySelector('dialog.taking .wrong').textContent"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A casebook with two reports."""
    return making.two(tmp_path / "ark.casebook")


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    with served(path) as url:
        yield url


@pytest.fixture
def folder(reader: Reader, tmp_path: Path) -> Path:
    """Where the browser puts what it downloads."""
    found = tmp_path / "downloads"
    found.mkdir()
    reader.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(found), "eventsEnabled": False}
    )
    return found


def press(reader: Reader, name: str) -> None:
    reader.run(f"{BUTTON.format(name=name)}.click()")


def choose(reader: Reader, what: str, form: str) -> None:
    reader.run(
        f"const s = document.getElementById('take-what'); s.value = {what!r}; s.dispatchEvent(new Event('change'));"
        f"document.querySelector('dialog.taking input[value={form}]').click()"
    )


def downloaded(folder: Path, name: str) -> Path:
    end = time.monotonic() + 20
    while not (folder / name).exists():
        assert time.monotonic() < end, list(folder.iterdir())
        time.sleep(0.05)
    return folder / name


def test_a_table_with_the_filters_that_are_set(reader: Reader, address: str, folder: Path) -> None:
    opened(reader, address)
    reader.run(
        "const field = document.querySelector('.filter-grid select'); field.value = 'COERCE';"
        "field.dispatchEvent(new Event('change'))"
    )
    press(reader, "Take away")
    wait(reader, OPEN, True)
    choose(reader, "events", "csv")
    assert "type COERCE" in reader.run("return document.querySelector('dialog.taking').innerText")
    press(reader, "Download")
    wait(reader, OPEN, False)
    with downloaded(folder, "ark-events.csv").open(newline="", encoding="utf-8") as file:
        assert [row["type"] for row in csv.DictReader(file)] == ["COERCE", "COERCE"]
    press(reader, "Take away")
    choose(reader, "decisions", "jsonl")
    assert "mean nothing here" in reader.run("return document.querySelector('dialog.taking').innerText")
    press(reader, "Download")
    wait(reader, OPEN, False)
    assert downloaded(folder, "ark-decisions.jsonl").read_text() == ""
    assert reader.console() == []


def test_passages_and_by_keyboard_alone(reader: Reader, address: str, folder: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(reader, address)
    press(reader, "Take away")
    wait(reader, "return document.activeElement?.id", "take-what")
    reader.keys("Pas")
    wait(reader, "return document.querySelector('dialog.taking input[type=radio]:checked').value", "jsonld")
    reader.run("document.querySelector('dialog.taking button[type=submit]').focus()")
    reader.keys(Keys.ENTER)
    wait(reader, OPEN, False)
    assert json.loads(downloaded(folder, "ark-annotations.jsonld").read_text("utf-8"))["total"] > 5
    press(reader, "Take away")
    reader.keys(Keys.ESCAPE)
    wait(reader, OPEN, False)


def test_what_goes_wrong_is_said_and_nothing_is_downloaded(reader: Reader, address: str, folder: Path) -> None:
    opened(reader, address)
    press(reader, "Take away")
    choose(reader, "events", "xlsx")
    reader.run(
        "const real = window.fetch; window.fetch = (address, options) =>"
        " real(String(address).replace('events.xlsx', 'events.doc'), options)"
    )
    press(reader, "Download")
    wait(reader, f"{WRONG}.slice(0, 23)", "there is no such export")
    assert reader.run(OPEN) is True
    assert list(folder.iterdir()) == []


def test_the_dossier_of_an_incident(reader: Reader, address: str, folder: Path) -> None:
    opened(reader, address)
    reader.keys("2")
    wait(reader, "return document.querySelectorAll('.incidents .queue-row').length > 0", True)
    reader.run("document.querySelector('.incidents .queue-row button').click()")
    wait(reader, f"return {BUTTON.format(name='Dossier')} !== undefined", True)
    press(reader, "Dossier")
    end = time.monotonic() + 20
    while not list(folder.glob("ark-dossier-*.html")):
        assert time.monotonic() < end
        time.sleep(0.05)
    [page] = folder.glob("ark-dossier-*.html")
    assert "Incident dossier" in page.read_text("utf-8")
    assert reader.console() == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_axe_and_width(reader: Reader, address: str, path: Path, tmp_path: Path, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    wide = "return document.documentElement.scrollWidth <= innerWidth"
    opened(reader, address, width, scheme)
    press(reader, "Take away")
    wait(reader, OPEN, True)
    assert axe(reader) == []
    assert reader.run(wide) is True
    with Casebook(path) as casebook:
        write_dossier(casebook, "mill:e1", tmp_path / "dossier.html")
    reader.open((tmp_path / "dossier.html").as_uri(), width, 900, scheme)
    wait(reader, "return document.readyState", "complete")
    assert "Incident dossier" in reader.run("return document.body.innerText")
    assert reader.run(wide) is True
    assert axe(reader) == []
    assert reader.console() == []

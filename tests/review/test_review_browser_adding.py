"""Adding reports at the page: files and pasted text, with progress, while the person goes on reviewing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import review_making as making
from review_browsing import AXE, TOLD, Reader, axe, here, opened, text, wait

from marsad.casebook import Casebook
from marsad.review import adding

pytestmark = pytest.mark.browser

FAKE = """
import json, sys, time
sys.path.insert(0, sys.argv.pop(1))
import review_making as making
book, rest = sys.argv[1], sys.argv[2:]
for name in rest[rest.index("--") + 1:]:
    words = open(name, encoding="utf-8").read()
    while words.startswith("wait"):
        time.sleep(0.1)
    if words == "bad":
        line = {"input": name, "outcome": "failed", "reason": "no text", "report": None, "change": "failed"}
    else:
        given = json.loads(words) if name.endswith("json") else {"title": name}
        making.add(book, [making.mill(name, making.MILL + " And " + name, given["title"])])
        line = {"input": name, "outcome": "ok", "reason": None, "report": name, "change": "new"}
    print(json.dumps(line), flush=True)
"""
"""Stands for ``marsad add``: every file is the same report but for its last words."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return making.two(tmp_path / "ark.casebook")


@pytest.fixture
def address(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    script = tmp_path / "fake.py"
    script.write_text(FAKE, "utf-8")
    command = (sys.executable, str(script), str(making.ROOT / "tests/review"))
    monkeypatch.setattr(adding.Adding.__init__, "__defaults__", (command,))
    with here(path) as url:
        yield url


def choose(reader: Reader, *files: Path) -> None:
    from selenium.webdriver.common.by import By

    reader.driver.find_element(By.ID, "adding-files").send_keys("\n".join(map(str, files)))
    wait(reader, "return document.querySelectorAll('.adding-files li').length", len(files))


def go(reader: Reader) -> None:
    reader.run("document.querySelector('[data-page=add]').click()")
    wait(reader, "return document.querySelector('.adding-page').hidden", False)


def test_files_and_pasted_text(reader: Reader, address: str, path: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "zeta.txt", tmp_path / "empty.txt"
    good.write_text("Police arrested nine men.", "utf-8")
    bad.write_text("bad", "utf-8")
    opened(reader, address)
    go(reader)
    assert reader.run("return document.querySelector('.adding-form [type=submit]').disabled")
    choose(reader, good, bad)
    reader.run("document.querySelector('.paste').open = true; document.querySelector('#adding-text').focus()")
    reader.keys("The Reem Brigade shelled the mill.")
    reader.run("document.querySelector('.paste input').focus()")
    reader.keys("A pasted one")
    assert reader.run(text(".adding-form [type=submit]")) == "Add 3 reports and files"
    reader.run("document.querySelector('.adding-form').requestSubmit()")
    wait(reader, text(".adding-told h3"), "Added: 2 new reports, 1 failed")
    wait(reader, TOLD, "Added: 2 new reports, 1 failed")
    assert "empty.txt: no text" in reader.run(text(".adding-problems"))
    wait(reader, text(".progress-line .summary"), "0 of 12 events decided · 4 reports, 1 origin")
    with Casebook(path, write=False) as casebook:
        assert "A pasted one" in {casebook.record(one.report).title for one in casebook.reports()}
    # They can be read at once.
    reader.run("document.querySelector('.adding-reports button').click()")
    wait(reader, "return document.querySelector('.adding-page').hidden")
    wait(reader, text("#text-title"), "A pasted one")
    assert reader.run(text(".card .empty-title")) == "No event is chosen."
    assert reader.console() == []


def test_a_long_one_is_told_of_everywhere_and_stopped(reader: Reader, address: str, path: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for file, words in zip(files, ("good", "wait", "good"), strict=True):
        file.write_text(words, "utf-8")
    opened(reader, address)
    go(reader)
    choose(reader, *files)
    reader.run("document.querySelector('.adding-form').requestSubmit()")
    wait(reader, text(".adding-badge"), "Adding 1 of 3 …")
    assert "1 of 3 files, now b.txt" in reader.run(text(".adding-told"))
    # The page is used meanwhile.
    reader.keys("1", "a")
    wait(reader, "return document.querySelectorAll('.queue-row .state').length", 1)
    reader.run("document.querySelector('.adding-badge').click()")
    wait(reader, "return document.querySelector('.adding-page').hidden", False)
    reader.run("document.querySelector('.adding-told .decide-reject').click()")
    wait(reader, text(".adding-told h3"), "Stopped: 1 new report", 20)
    assert reader.run("return document.querySelector('.adding-badge').hidden")
    with Casebook(path, write=False) as casebook:
        assert len(list(casebook.reports())) == 3
    assert reader.console() == []


def test_dropped_files(reader: Reader, address: str) -> None:
    opened(reader, address)
    go(reader)
    reader.run(
        "const data = new DataTransfer(); data.items.add(new File(['good'], 'dropped.txt'));"
        "document.querySelector('.drop').dispatchEvent("
        "new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))"
    )
    wait(reader, "return document.querySelectorAll('.adding-files li').length", 1)
    assert "dropped.txt" in reader.run(text(".adding-files"))
    reader.run("document.querySelector('.drop-file').click()")
    wait(reader, "return document.querySelectorAll('.adding-files li').length", 0)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_axe(reader: Reader, address: str, tmp_path: Path, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    bad = tmp_path / "bad.txt"
    bad.write_text("bad", "utf-8")
    opened(reader, address, width, scheme)
    go(reader)
    choose(reader, bad)
    reader.run("document.querySelector('.paste').open = true")
    assert axe(reader) == []
    assert reader.run("return document.scrollingElement.scrollWidth") <= width
    reader.run("document.querySelector('.adding-form').requestSubmit()")
    wait(reader, text(".adding-told h3"), "Added: 0 new reports, 1 failed")
    assert axe(reader) == []
    assert reader.run("return document.scrollingElement.scrollWidth") <= width

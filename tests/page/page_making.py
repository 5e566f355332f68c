"""Records, pages and a browser for the page's tests. All reports here are fictional."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from marsad.page import write_page
from marsad.records import (
    Actor,
    Claim,
    EventPlace,
    EventTime,
    Passage,
    PlaceMention,
    Record,
    Relation,
    Source,
    Statement,
    TimeExpression,
    Toll,
)

ROOT = Path(__file__).parents[2]
HOSTILE = "</script><script>window.struck=1;alert(1)</script><img src=x onerror='window.struck=1'><!--<script>"

MIXED = (
    "😀 قُتِلَ ثلاثةُ مدنيّين في قصفٍ على «وادي الريم» 👩‍👩‍👧‍👦 يوم الجمعة.\n"
    "\n"
    "Cafe\u0301 owner José🔥 said the brigade of 𝔸𝕣𝕜 had “shelled the mill” in May 2020.\n"
    "The brigade denied that it had fired."
)


def own_records() -> list[Record]:
    """The fictional reports that the repository labels itself."""
    files = sorted((ROOT / "tests/gold").glob("own-*.json"))
    return [Record.from_json(json.loads(file.read_text("utf-8"))) for file in files]


def at(text: str, words: str) -> Passage:
    """The first passage of ``words`` in ``text``."""
    start = text.index(words)
    return Passage(start, start + len(words))


def mixed_record() -> Record:
    """Emoji, Arabic with diacritics, combining accents and letters beyond the basic plane."""
    text = MIXED
    second = text.rindex("brigade")
    return Record(
        id="mixed/1",
        text=text,
        title="قصف على وادي الريم",
        published="2020-07-04",
        source=Source(name="صحيفة الريم", url="https://example.org/1", licence="CC BY 4.0"),
        actors=(
            Actor("a1", "José", "person", (at(text, "José🔥"),)),
            Actor(
                "a2",
                "brigade of 𝔸𝕣𝕜",
                "armed-group",
                (at(text, "brigade of 𝔸𝕣𝕜"), Passage(second, second + len("brigade"))),
            ),
            Actor("a3", "مدنيّون", "population", (at(text, "ثلاثةُ مدنيّين"),)),
        ),
        relations=(Relation("a2", "fights", "a3", at(text, "قصفٍ على «وادي الريم»")),),
        statements=(
            Statement(
                "s1",
                "mixed",
                (at(text, "the brigade of 𝔸𝕣𝕜 had “shelled the mill” in May 2020"),),
                cue=at(text, "said"),
                speaker="a1",
                speaker_span=at(text, "José🔥"),
            ),
            Statement("s2", "indirect", (at(text, "it had fired"),), at(text, "denied"), "a2", None, anonymous=True),
        ),
        events=(
            Claim(
                "e1",
                at(text, "قصفٍ"),
                "ASSAULT",
                also=(at(text, "قُتِلَ"),),
                mode="heavy-weapons",
                recipients=("a3",),
                time=EventTime(at(text, "يوم الجمعة")),
                place=EventPlace(at(text, "وادي الريم"), "وادي الريم"),
                killed=Toll(3, 3, None),
            ),
            Claim(
                "e2",
                at(text, "shelled"),
                "ASSAULT",
                actors=("a2",),
                time=EventTime(at(text, "May 2020"), "2020-05", "2020-05"),
                place=EventPlace(at(text, "mill"), "Mill of Reem, Ark", 33.5, 36.3),
                certainty="probable",
                according_to=("a1",),
            ),
            Claim(
                "e3",
                at(text, "fired"),
                "ASSAULT",
                actors=("a2",),
                status="did-not-happen",
                according_to=("a2",),
            ),
            Claim(
                "e4",
                at(text, "denied"),
                "REJECT",
                actors=("a2",),
                time=EventTime(None, "2020-07-03", "2020-07-03"),
                place=EventPlace(None, "Iraq", 33.0, 44.0),
            ),
        ),
        times=(TimeExpression(at(text, "May 2020"), "2020-05"),),
        places=(PlaceMention(at(text, "وادي الريم"), "وادي الريم", "SY", 33.4, 36.2),),
        extra={
            "coder": {"name": "marsad", "version": "0"},
            "language": "ar",
            "outcome": {"status": "partial", "reason": "one line could not be read"},
            "skipped": [
                {"span": list(at(text, "👩‍👩‍👧‍👦")), "reason": "no words"},
                {"span": None, "reason": "one line could not be read"},
            ],
        },
    )


def hostile_record(words: str = HOSTILE) -> Record:
    """Every free string of a record is ``words``."""
    text = f"{words} attacked {words} at dawn."
    whole = Passage(0, max(len(words), 1))
    return Record(
        id=words,
        text=text,
        title=words,
        source=Source(name=words, url=words, licence=words),
        actors=(Actor("a1", words, "person", (whole,)), Actor("a2", words + "2", "armed-group", (whole,))),
        relations=(Relation("a1", "leads", "a2", whole),),
        statements=(Statement("s1", "direct", (whole,), whole, "a1", whole),),
        events=(
            Claim(
                "e1",
                whole,
                "ASSAULT",
                actors=("a1",),
                recipients=("a2",),
                time=EventTime(whole, "2020", "2020"),
                place=EventPlace(whole, words, 10.0, 10.0),
            ),
            Claim(words, at(text, "attacked"), "ASSAULT", place=EventPlace(None, words)),
        ),
        places=(PlaceMention(whole, words, None, 1.0, 1.0),),
        times=(TimeExpression(whole, words),),
        extra={
            "coder": words,
            "language": words,
            "outcome": {words: words},
            "skipped": [{"span": [0, 1], "reason": words}],
        },
    )


def page(folder: Path, records: Sequence[Record], title: str | None = None) -> str:
    """Write a page below ``folder``; its address."""
    path = folder / f"page-{len(list(folder.iterdir()))}.html"
    write_page(records, path, title)
    return path.as_uri()


class Reader:
    """A person at the page, through headless Chromium."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, address: str, width: int = 1400, height: int = 1000, scheme: str = "light") -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(address)

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def view(self, name: str) -> None:
        self.run("document.getElementById('tab-' + arguments[0]).click()", name)

    def views(self) -> list[str]:
        found: list[str] = self.run("return [...document.querySelectorAll('.tab')].map((tab) => tab.dataset.view)")
        return found

    def keys(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver, duration=0).send_keys(*keys).perform()

    def console(self) -> list[str]:
        """What the browser complained of since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Every address asked for since the page was opened, that of the page left out."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return [url for url in found if url.split("#")[0] != self.driver.current_url.split("#")[0]]

    def lit(self, role: str) -> list[str]:
        """The passages lit in the text for one role: neighbouring lit pieces together."""
        found: list[str] = self.run(
            """
            const pieces = [...document.querySelectorAll('.text-body [data-from]')];
            const passages = [];
            let open = false;
            for (const piece of pieces) {
              const on = (piece.dataset.roles ?? '').split(' ').includes(arguments[0]);
              if (on && open) passages[passages.length - 1] += piece.textContent;
              else if (on) passages.push(piece.textContent);
              open = on;
            }
            return passages;
            """,
            role,
        )
        return found


def reader() -> Iterator[Reader]:
    """A browser for a module's tests; skips where there is none."""
    pytest.importorskip("selenium", reason="selenium is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    if not chromium or not chromedriver:
        pytest.skip("Chromium and its driver are not installed")
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    try:
        yield Reader(driver)
    finally:
        driver.quit()

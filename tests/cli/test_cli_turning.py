"""``marsad report --turning-point``: the answer at the top of the page, to be read without script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from marsad.cli.main import main
from marsad.cli.turning import could_be_asked
from marsad.records import Actor, Claim, EventTime, Passage, Record

FIRST = date(2031, 1, 6)
TURN = date(2031, 9, 1)
NAME = "Red <i>Column</i>"


def told(day: date, number: int) -> Record:
    """A fictional report of one raid on one day."""
    text = f"{NAME} raided farm number {number} on {day.isoformat()}."
    start = text.index("raided")
    return Record(
        id=f"r{number}", text=text, title=f"Raid {number}", published=day.isoformat(),
        actors=(Actor("a1", NAME, "armed-group", (Passage(0, len(NAME)),)),),
        events=(
            Claim("e1", Passage(start, start + 6), "ASSAULT", actors=("a1",),
                  time=EventTime(Passage(len(text) - 11, len(text) - 1), day.isoformat(), day.isoformat())),
        ),
        extra={"spun": {"probability": 0.0, "passages": [], "signs": []}},
    )  # fmt: skip


def records(path: Path, every: int = 4, days: int = 400) -> Path:
    """Raids every few days, and none after the turning point; the last report is on something else."""
    found = [told(FIRST + timedelta(day), day) for day in range(0, days, every) if FIRST + timedelta(day) < TURN]
    found.append(Record(id="end", text="Nothing happened.", published=(FIRST + timedelta(days)).isoformat()))
    path.write_text("".join(json.dumps(one.to_json()) + "\n" for one in found), encoding="utf-8")
    return path


class Reader(HTMLParser):
    """The words that a browser without script shows, and the styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.styles: list[str] = []
        self.tags: list[str] = []
        self._in: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "link"):
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" in self._in:
            self.styles.append(data)
        elif "script" not in self._in:
            self.words.append(data)


def test_the_answer_stands_at_the_top(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "page.html"
    options = ["--as-is", "--turning-point", TURN.isoformat(), "--counting", "actor:Column+type:ASSAULT"]
    assert main(["report", str(records(tmp_path / "r.jsonl")), *options, "--out", str(out)]) == 0
    assert "--turning-point DATE" not in capsys.readouterr().err
    page = out.read_text("utf-8")
    read = Reader(page)
    words = " ".join(" ".join(read.words).split())
    assert f"Did anything change after {TURN}?" in words
    assert f"After {TURN} there were no incidents by Column, of type ASSAULT at all" in words
    assert "days of silence" in words
    assert read.tags.count("figure") == 4
    assert "i" not in read.tags
    assert page.index('class="opening"') < page.index('id="marsad"')
    policy = unescape(page.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0])
    assert len(read.styles) == 2
    for style in read.styles:
        assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy


def test_without_a_date_the_page_is_as_ever_and_the_question_is_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = records(tmp_path / "r.jsonl"), tmp_path / "page.html"
    assert main(["report", str(path), "--as-is", "--out", str(out)]) == 0
    assert re.search(r"tell of \d+ days: --turning-point DATE adds", capsys.readouterr().err)
    assert 'class="opening"' not in out.read_text("utf-8")
    assert main(["report", str(path), "--as-is", "--quiet", "--out", str(out)]) == 0
    assert "--turning-point" not in capsys.readouterr().err


def test_few_events_or_days_offer_nothing() -> None:
    assert could_be_asked([told(FIRST + timedelta(day), day) for day in range(60)]) is None
    assert could_be_asked([told(FIRST + timedelta(day * 30), day) for day in range(7)]) is None
    assert could_be_asked([told(FIRST + timedelta(day * 10), day) for day in range(8)]) is not None


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--turning-point", "1999-01-01"], 2, "is outside the series"),
        (["--turning-point", "2031-13-01"], 2, "is not a day such as"),
        (["--counting", "actor:Column"], 2, "--counting is about a --turning-point"),
        (["--turning-point", "2031-09-01", "--counting", "colour:red"], 2, "write FIELD:VALUE"),
        (["--turning-point", "2031-09-01", "--counting", "actor:"], 2, "write FIELD:VALUE"),
        (["--turning-point", "2031-09-01", "--counting", "actor:nobody"], 2, "no event to count"),
    ],
)
def test_what_cannot_be_answered_makes_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], code: int, said: str
) -> None:
    out = tmp_path / "page.html"
    found = main(["report", str(records(tmp_path / "r.jsonl", 8, 300)), "--as-is", *options, "--out", str(out)])
    assert found == code
    assert said in capsys.readouterr().err
    assert not out.exists()

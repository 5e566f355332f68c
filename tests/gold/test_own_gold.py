"""Our own gold is well formed, fictional and says so, and keeps the rules of labelling that can be checked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from marsad.records import Record
from marsad.wellformed import problems

HERE = Path(__file__).parent
GOLDKIT = HERE.parents[2] / "shared" / "gold" / "goldkit.py"
FILES = sorted(HERE.glob("*.json"))
QUOTES = re.compile(r'"([^"]*)"')
PRONOUNS = {"he", "she", "it", "they", "him", "them", "his", "her", "its", "their"}

Json = dict[str, Any]


def test_there_are_eight() -> None:
    assert len(FILES) == 8


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def data(request: pytest.FixtureRequest) -> Json:
    found: Json = json.loads(request.param.read_text(encoding="utf-8"))
    assert found["id"] == request.param.stem
    return found


def test_well_formed(data: Json) -> None:
    assert problems(data) == []
    assert Record.from_json(data).to_json() == data


def test_fictional_and_free(data: Json) -> None:
    assert data["text"].endswith("\n\nThis report is fictional.\n")
    assert data["source"]["fictional"] is True
    assert data["source"]["licence"] == "CC BY 4.0"
    assert data["source"]["url"] is None
    assert data["published"] is not None


def test_size_and_density(data: Json) -> None:
    words = len(data["text"].split())
    scored = sum(event["scored"] for event in data["events"])
    assert 250 <= words <= 500
    assert len(data["text"]) / scored >= 110


def test_actors(data: Json) -> None:
    taken = [tuple(m) for a in data["actors"] for m in a["mentions"]]
    assert len(taken) == len(set(taken)), "one span is a mention of one actor"
    for actor in data["actors"]:
        words = [data["text"][slice(*m)] for m in actor["mentions"]]
        assert any(w.lower() not in PRONOUNS for w in words), actor["name"]
        assert not [w for w in words if w.split()[0] in {"The", "the"} and w.split()[1:] and w.split()[1].isupper()]


def test_every_pronoun_that_can_only_be_an_actor_is_a_mention(data: Json) -> None:
    mentions = {tuple(m) for a in data["actors"] for m in a["mentions"]}
    for found in re.finditer(r"\b(he|she|him|they)\b", data["text"], re.IGNORECASE):
        assert found.span() in mentions, data["text"][found.start() - 20 : found.end() + 20]


def test_speakers(data: Json) -> None:
    mentions = {a["id"]: a["mentions"] for a in data["actors"]}
    for statement in data["statements"]:
        if statement["speaker_span"]:
            assert statement["speaker_span"] in mentions[statement["speaker"]], statement["id"]
        if statement["cue"]:
            between = sorted([statement["cue"], statement["content"][0]])
            assert "\n\n" not in data["text"][between[0][1] : between[1][0]]


def test_every_quotation_belongs_to_a_statement(data: Json) -> None:
    pieces = [c for s in data["statements"] for c in s["content"]]
    for quoted in QUOTES.finditer(data["text"]):
        start, end = quoted.span(1)
        assert any(c[0] < end and start < c[1] for c in pieces), quoted[0]
    for statement in data["statements"]:
        if statement["manner"] == "direct":
            for start, _ in statement["content"]:
                assert data["text"][start - 1] == '"'


def test_events(data: Json) -> None:
    for event in data["events"]:
        spans = [event["span"], *event["also"]]
        assert len({tuple(s) for s in spans}) == len(spans)
        time = event["time"]
        if time and time["start"] and time["end"]:
            assert time["start"] <= time["end"]
            assert event["status"] in {"planned", "requested", "conditional"} or time["start"] <= data["published"]
        for toll in ("killed", "injured"):
            if event[toll]:
                assert event["type"] == "ASSAULT"
                assert event[toll]["high"] is None or event[toll]["low"] <= event[toll]["best"] <= event[toll]["high"]
        if event["status"] == "requested":
            assert event["according_to"] != ["author"] or not event["scored"]


def test_event_times_and_places_are_marked_as_such(data: Json) -> None:
    times = [t["span"] for t in data["times"]]
    places = [p["span"] for p in data["places"]]
    for event in data["events"]:
        if event["time"] and event["time"]["span"]:
            assert event["time"]["span"] in times
        if event["place"] and event["place"]["span"]:
            assert event["place"]["span"] in places


@pytest.mark.skipif(not GOLDKIT.exists(), reason="the shared gold is not here")
def test_the_shared_checker_finds_nothing() -> None:
    done = subprocess.run(
        [sys.executable, str(GOLDKIT), "check", *map(str, FILES)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_data_card_counts_right() -> None:
    card = (HERE / "README.md").read_text(encoding="utf-8")
    for file in FILES:
        record: Json = json.loads(file.read_text(encoding="utf-8"))
        row = next(line for line in card.splitlines() if f"`{file.name}`" in line)
        assert [cell.strip() for cell in row.split("|")[3:8]] == [
            record["published"],
            str(len(record["text"].split())),
            str(sum(e["scored"] for e in record["events"])),
            str(len(record["statements"])),
            str(sum(len(a["mentions"]) for a in record["actors"])),
        ]

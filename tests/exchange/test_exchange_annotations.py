from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import exchange_making as making
import pytest

from marsad.casebook import Casebook, Filters
from marsad.exchange.wanted import Wanted
from marsad.exchange.writing import text_lines, write_file

IRI = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
"""The motivations that the model has. Source: Web Annotation Data Model, 3.3.5."""


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook(making.make(tmp_path / "ark.casebook"), write=False) as opened:
        yield opened


def collection(casebook: Casebook, **filters: Any) -> Any:
    return json.loads("".join(text_lines(casebook, Wanted("annotations", Filters(**filters)), "jsonld")))


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def well_formed(one: dict[str, Any], texts: dict[str, str]) -> None:
    """What the model requires of an annotation, its bodies, targets and selectors, and agents."""
    assert IRI.match(one["id"])
    assert one["type"] == "Annotation"
    assert one["motivation"] in MOTIVATIONS
    assert WHEN.match(one["created"])
    for agent in (one["creator"], one["generator"]):
        assert agent["type"] in ("Person", "Software")
        assert agent["name"]
    assert one["body"]
    for body in one["body"]:
        assert body["type"] == "TextualBody"
        assert isinstance(body["value"], str)
        assert body["purpose"] in MOTIVATIONS
        if body["format"] in ("application/json", "application/geo+json"):
            json.loads(body["value"])
        else:
            assert body["format"] == "text/plain"
    for target in listed(one["target"]):
        assert target["type"] == "SpecificResource"
        source = target["source"]
        assert IRI.match(source["id"])
        assert (source["type"], source["format"]) == ("Text", "text/plain")
        position, quote = target["selector"]
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        text = texts[source["dcterms:identifier"]]
        assert 0 <= position["start"] < position["end"] <= len(text)
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text.find(quote["prefix"] + quote["exact"] + quote["suffix"]) == position["start"] - len(quote["prefix"])
        assert len(quote["prefix"]) == min(32, position["start"])


def test_the_collection_is_as_the_model_has_it(casebook: Casebook) -> None:
    texts = {record.id: record.text for record in making.records()}
    found = collection(casebook)
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert found["first"]["partOf"] == found["id"] != found["first"]["id"] == found["last"]
    assert found["first"]["startIndex"] == 0
    items = found["first"]["items"]
    assert found["total"] == len(items) > 20
    assert len({one["id"] for one in items}) == len(items)
    for one in items:
        well_formed(one, texts)


def test_a_field_has_its_value_and_who_said_so(casebook: Casebook) -> None:
    items = collection(casebook, report="mill")["first"]["items"]
    of_raid = [one for one in items if one["marsad:fact"] == "mill:e2"]
    by_field = {body["marsad:field"]: (body, one["creator"]) for one in of_raid for body in one["body"]}
    body, creator = by_field["killed"]
    assert json.loads(body["value"]) == {"low": 1, "best": 2, "high": None}
    assert creator == {"type": "Person", "name": "Ana"}
    body, creator = by_field["type"]
    assert (body["value"], creator["type"], creator["name"]) == ("COERCE", "Software", "coder 1 (fingerprint-)")
    place = [body for one in items for body in one["body"] if body.get("marsad:field") == "place"]
    assert [body["value"] for body in place] == ["Ark", '{"type":"Point","coordinates":[36.3,33.5]}']
    [time] = [one for one in items for body in one["body"] if body.get("marsad:field") == "time"]
    assert time["target"]["selector"][1]["exact"] == "3 May 2020"
    assert time["body"][0]["value"] == "2020-05-03"


def test_offsets_are_code_points_behind_an_emoji(casebook: Casebook) -> None:
    [one] = [
        one for one in collection(casebook, report="mill")["first"]["items"]
        if one["marsad:fact"] == "mill:e1" and one["body"][0]["marsad:field"] == "type"
    ]  # fmt: skip
    position = one["target"]["selector"][0]
    assert position["start"] == making.MILL.index("shelled")
    assert making.MILL.encode("utf-16-le").index("shelled".encode("utf-16-le")) // 2 == position["start"] + 1


def test_remarks_of_reviewers(casebook: Casebook) -> None:
    items = collection(casebook, report="mill")["first"]["items"]
    remarks = {one["motivation"]: one for one in items if one["motivation"] in ("assessing", "commenting")}
    assert remarks["assessing"]["body"][0]["value"] == "accepted"
    assert remarks["assessing"]["creator"] == {"type": "Person", "name": "Ana"}
    assert remarks["commenting"]["body"][0]["value"] == making.HOSTILE.replace("\x0b", "")
    coded = collection(casebook, report="mill", as_coded=True)["first"]["items"]
    assert {one["creator"]["type"] for one in coded} == {"Software"}
    assert not [one for one in coded if one["motivation"] == "assessing"]


def test_one_a_line(casebook: Casebook, tmp_path: Path) -> None:
    whole = collection(casebook)
    count = write_file(casebook, Wanted("annotations"), "jsonl", tmp_path / "x.jsonl")
    read = [json.loads(text) for text in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()]
    assert count == len(read) == whole["total"]
    assert [{key: value for key, value in one.items() if key != "@context"} for one in read] == whole["first"]["items"]
    assert write_file(casebook, Wanted("annotations"), "jsonld", tmp_path / "x.jsonld") == count
    assert write_file(casebook, Wanted("annotations", Filters(since="2090")), "jsonld", tmp_path / "none.jsonld") == 0
    assert json.loads((tmp_path / "none.jsonld").read_text("utf-8"))["first"]["items"] == []

"""What a decision says of a report and of who is in it, as the queue and the report's card have it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from review_making import HOST, JSON, OWN, RUN, TOKEN, at, mill
from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.records import Actor, Record, Report
from marsad.review import review_app


def test_a_corrected_title_and_date_are_in_the_queue(client: TestClient) -> None:
    wanted = [
        {"kind": "correct", "target": {"part": "report", "report": "mill", "field": name}, "value": value}
        for name, value in (("title", "Shells on Ark"), ("published", "2019-01-02"))
    ]
    answer = client.post("/api/decisions", json={"who": "Ana", "decisions": wanted}, headers=JSON)
    assert answer.status_code == 200, answer.text
    items = client.get("/api/queue", params={"view": "all"}).json()["items"]
    assert {(one["title"], one["published"]) for one in items} == {("Shells on Ark", "2019-01-02")}
    # Events without a day of their own are of the report's.
    found = client.get("/api/queue", params={"view": "all", "until": "2019"}).json()["items"]
    assert [one["event"] for one in found] == ["e2", "e3"]


@pytest.mark.parametrize("field", [None, "according_to", "actors"])
def test_accept_changes_nobody(tmp_path: Path, field: str | None) -> None:
    text = mill().text + " A Reem Brigade commander spoke."
    commander = Actor("a9", "A Reem Brigade commander", "person", (at(text, "A Reem Brigade commander"),))
    one: Record = replace(mill(text=text), actors=(*mill().actors, commander))
    inner = Actor("a8", "Reem Brigade", "armed-group", (at(text, "Reem Brigade commander"),))
    one = replace(one, actors=(inner, *one.actors), events=(
        replace(one.events[0], according_to=("a9",), actors=("a9", "a1")), *one.events[1:],
    ))  # fmt: skip
    with Casebook(tmp_path / "x.casebook", create=True) as casebook:
        casebook.add(Report(one.id, text, one.title, one.published, one.source), one, RUN)
    with TestClient(review_app(tmp_path / "x.casebook", token=TOKEN, hosts=[HOST]), base_url=OWN) as client:
        client.get("/", params={"token": TOKEN})
        target = {"part": "event", "report": "mill", "passage": list(one.events[0].span), "field": field}
        sent = {"who": "Ana", "decisions": [{"kind": "accept", "target": target}]}
        answer = client.post("/api/decisions", json=sent, headers=JSON)
        assert answer.status_code == 200, answer.text
        event = client.get("/api/report", params={"id": "mill"}).json()["record"]["events"][0]
    assert (event["actors"], event["according_to"]) == (["a9", "a1"], ["a9"])

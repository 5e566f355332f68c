"""Agreement between reviewers, and between reviewer and coder, as the page tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
import review_making as making
from review_browsing import AXE, Reader, axe, here, opened, wait
from review_making import JSON, mill, said, target
from starlette.testclient import TestClient

from marsad.decisions import FieldAgreement
from marsad.review.agreement import _words


def decide(
    client: TestClient, who: str, kind: str, event: str, field: str | None = None, value: str | None = None
) -> None:
    sent = said({"kind": kind, "target": target(mill(), event, field), "value": value}, who=who)
    answer = client.post("/api/decisions", json=sent, headers=JSON)
    assert answer.status_code == 200, answer.text


def test_agreement(client: TestClient) -> None:
    assert client.get("/api/agreement").json() == {"reviewers": [], "pairs": []}
    decide(client, "Ana", "accept", "e1")
    decide(client, "Ana", "correct", "e2", "type", "ASSAULT")
    decide(client, "Ben", "correct", "e2", "type", "ASSAULT")
    decide(client, "Ben", "reject", "e1")
    told = client.get("/api/agreement").json()
    assert told["reviewers"] == [{"who": "Ana", "decisions": 2}, {"who": "Ben", "decisions": 2}]
    pairs = {(one["one"], one["other"]): {of["field"]: of for of in one["fields"]} for one in told["pairs"]}
    assert set(pairs) == {("Ana", None), ("Ben", None), ("Ana", "Ben")}
    assert pairs["Ana", None]["type"]["n"] == 2
    assert pairs["Ana", None]["type"]["same"] == 0.5
    assert pairs["Ana", "Ben"]["is"] | {"words": ""} == {
        "part": "event", "field": "is", "n": 1, "same": 0.0, "kappa": 0.0, "alpha": 0.0, "words": "",
    }  # fmt: skip
    assert pairs["Ana", "Ben"]["type"]["words"] == "The same in 1 of 1: too few to tell more."
    described = client.get("/openapi.json").json()
    schema = described["paths"]["/api/agreement"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(making.wrong(told, schema, described)) == []


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (FieldAgreement(3, 1.0, 1.0, 1.0), "The same in 3 of 3: too few to tell more."),
        (FieldAgreement(20, 0.9, 0.75, 0.7), "The same in 18 of 20: of what chance leaves open, 75% was agreed on."),
        (FieldAgreement(20, 1.0, 1.0, 1.0), "The same in 20 of 20, always."),
        (FieldAgreement(20, 0.5, -0.1, -0.1), "The same in 10 of 20: no more than chance alone would bring about."),
        (
            FieldAgreement(20, 1.0, None, None),
            "The same in 20 of 20: one answer throughout, so nothing can be said about chance.",
        ),
    ],
)  # fmt: skip
def test_sentences(of: FieldAgreement, words: str) -> None:
    assert _words(of) == words


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_the_page(reader: Reader, client: TestClient, path: Path, scheme: str, width: int) -> None:
    decide(client, "Ana", "accept", "e1")
    decide(client, "Ben", "reject", "e1")
    with here(path) as address:
        opened(reader, address, width, scheme)
        reader.run("document.querySelector('[data-page=agreement]').click()")
        wait(reader, "return document.querySelectorAll('.agreement h3').length", 3)
        heads = reader.run("return [...document.querySelectorAll('.agreement h3')].map((one) => one.innerText)")
        assert heads == ["Ana and the coder", "Ben and the coder", "Ana and Ben"]
        words = "return document.querySelector('.agreement section:last-child tbody tr').innerText"
        assert "whether there is one" in reader.run(words)
        assert reader.run("return document.scrollingElement.scrollWidth") <= width
        if AXE.exists():
            assert axe(reader) == []
        assert reader.console() == []

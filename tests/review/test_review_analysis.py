"""The analysis on the review page: what may be asked, answering one question at a time, stopping, keeping, taking."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import review_making as making
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review_feud import FIRST, SLOW, TURN, joined_feud
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from marsad.analysis.events import CONDITIONS
from marsad.cli.main import main
from marsad.errors import MarsadError
from marsad.review import analysis, review_app
from marsad.review.analysis_asked import Question, question_of
from marsad.review.analysis_drawing import tree
from marsad.review.analysis_running import Running

ASKED = {"kind": "respond", "points": [TURN.isoformat()], "actor": "Reem Brigade"}
RESULT: dict[str, Any] = {"answer": {"a": 1}, "shown": [], "figures": [], "page": None, "undated": 0}
QUICK = f"import json, sys; sys.stdin.read(); print(json.dumps({{'result': {RESULT!r}}}))"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return joined_feud(tmp_path_factory.mktemp("feud"))


@contextmanager
def opened(path: Path, command: str | None = None) -> Iterator[TestClient]:
    """A client of the page of a casebook; ``command`` is Python that answers instead of the analysis."""
    with pytest.MonkeyPatch.context() as patch:
        if command is not None:
            patch.setattr(analysis.Analysis.__init__, "__defaults__", ((sys.executable, "-c", command),))
        app = review_app(path, token=making.TOKEN, hosts=[making.HOST])
    with TestClient(app, base_url=making.OWN) as client:
        client.get("/", params={"token": making.TOKEN})
        until(lambda: client.get("/api/analysis/choices").json()["fresh"])
        yield client


@pytest.fixture(scope="module")
def client(book: Path) -> Iterator[TestClient]:
    with opened(book) as found:
        yield found


def until(fits: Callable[[], Any], seconds: float = 120.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := fits()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def post(client: TestClient, data: Any, path: str = "") -> Any:
    return client.post(f"/api/analysis{path}", content=json.dumps(data), headers=making.JSON)


def answered(client: TestClient, question: dict[str, Any]) -> dict[str, Any]:
    key = post(client, question).json()["id"]

    def done() -> Any:
        found = client.get("/api/analysis", params={"id": key}).json()
        return found if found["state"] not in ("working", "stopping") else None

    found: dict[str, Any] = until(done)
    return found


# What can be asked about


def test_what_there_is_to_choose_from(client: TestClient) -> None:
    found = client.get("/api/analysis/choices").json()
    assert {name for name, _ in found["actors"]} == {"Reem Brigade", "army"}
    assert [name for name, _ in found["types"]] == ["ASSAULT", "COERCE"]
    assert found["incidents"] == sum(number for _, number in found["types"]) > 80
    assert found["wrong"] is None
    assert found["first"] > FIRST.isoformat()


def test_the_series_is_that_of_what_was_chosen(client: TestClient) -> None:
    whole = client.get("/api/analysis/series").json()
    one = client.get("/api/analysis/series", params={"actor": "reem brigade", "until": "2022-01-31"}).json()
    assert sum(one["counts"]) == one["incidents"] < whole["incidents"] == sum(whole["counts"])
    assert one["last"] == "2022-01-31"
    assert one["words"] == "by reem brigade"
    assert client.get("/api/analysis/series", params={"since": "2020-2-1"}).status_code == 400
    late = client.get("/api/analysis/series", params={"since": "2090-01-01"})
    assert late.status_code == 400
    assert "no day is left" in late.json()["error"]
    far = client.get("/api/analysis/series", params={"since": "1500-01-01"})
    assert far.status_code == 400
    assert "150 years" in far.json()["error"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "kind must be one of respond, provoke, whatif"),
        ({"kind": "respond"}, "after which date"),
        ({"kind": "respond", "points": []}, "after which date"),
        ({"kind": "respond", "points": ["2020-02-30"]}, "is not a day such as"),
        ({"kind": "respond", "points": [1]}, "points must be text"),
        ({"kind": "respond", "points": ["2020-02-01"] * 7}, "a list of 6 at most"),
        ({**ASKED, "after": 4}, "a whole number from 5 to 900"),
        ({**ASKED, "after": True}, "a whole number"),
        ({**ASKED, "half_life": 1e999}, "a whole number from 1 to 365"),
        ({**ASKED, "shape": "wave"}, "shape must be one of step, pulse, decay"),
        ({**ASKED, "echo_of": "counterpart"}, "echo_of must be a list of 3 at most"),
        ({**ASKED, "echo_of": ["a", "b", "c", "d"]}, "echo_of must be a list of 3 at most"),
        ({**ASKED, "echo_of": [">"]}, "'>' names no events"),
        ({**ASKED, "echo_of": ["type=RAID,by=x"]}, "'by=x' is no condition"),
        ({**ASKED, "actor": None, "echo_of": ["counterpart"]}, "no counterpart without an actor"),
        ({**ASKED, "coarse": "last"}, "coarse must be one of spread, impute"),
        ({**ASKED, "coarse": "impute", "draws": 1}, "draws must be a whole number from 2 to 500"),
        ({**ASKED, "actor": "x" * 201}, "one line of 200 characters"),
        ({**ASKED, "actor": "a\nb"}, "one line of 200 characters"),
        ({**ASKED, "causes": []}, "respond takes no 'causes'"),
        ({**ASKED, "since": "2021-01-01", "until": "2020-01-01"}, "no day is left"),
        ({"kind": "provoke", "parties": ["army"]}, "at least two parties"),
        ({"kind": "provoke", "most": 7}, "from 2 to 6"),
        ({"kind": "whatif", "causes": [{"name": "raid"}]}, "on which days it was, or which incidents"),
        ({"kind": "whatif", "causes": [{"name": "raid", "days": ["soon"]}]}, "is not a day such as"),
        ({"kind": "whatif", "causes": [{"name": "raid", "where": {}}]}, "where is empty"),
        ({"kind": "whatif", "causes": [{"name": "raid", "where": {"colour": "x"}}]}, "where must be an object"),
        ({"kind": "whatif", "scenarios": ["no raid"]}, "is none of 'no CAUSE'"),
    ],
)
def test_a_question_that_makes_no_sense_is_said_so(client: TestClient, data: Any, said: str) -> None:
    # Python writes a number beyond all as a word that is no JSON; others write it in digits.
    body = json.dumps(data).replace("Infinity", "1e999")
    answer = client.post("/api/analysis", content=body, headers=making.JSON)
    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert client.get("/api/analysis").json()["state"] != "working"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(
    st.sampled_from(["kind", *CONDITIONS, "since", "until", "points", "after", "shape", "half_life", "echo_of",
                     "coarse", "draws", "by", "parties", "most", "causes", "scenarios", "days", "x"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
        | st.sampled_from(["respond", "provoke", "whatif", "2020-02-01", "step", "actor", "no raid", "counterpart"]),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "days", "where", "type"]), inner, max_size=3),
        max_leaves=6,
    ),
))  # fmt: skip
def test_any_data_is_a_question_or_refused_in_words(data: dict[str, Any]) -> None:
    try:
        question = question_of(data)
    except (HTTPException, MarsadError) as error:
        status, words = getattr(error, "status_code", 400), getattr(error, "detail", str(error))
    else:
        assert question_of(question.to_json()) == question
        assert question.key(1) != question.key(2)
        return
    assert status == 400
    assert words
    assert "\n" not in words


# Answers


def test_did_it_change(client: TestClient) -> None:
    found = answered(client, ASKED)
    assert found["state"] == "done", found["wrong"]
    [shown] = found["answer"]["shown"]
    whole = client.get(f"/api/analysis/{found['id']}/answer.json").json()
    assert shown["sentence"] == whole["verdict"]
    assert shown["answer"] == whole["answer"] == "fell"
    assert {row[0] for row in shown["variants"]} >= {"each report counted, copies too", "no seasons"}
    names = [figure["name"] for figure in found["answer"]["figures"]]
    assert names == [f"{name}-{TURN}" for name in ("change", "placebos", "silence", "intensity")]
    for name in names:
        for width in ("wide", "narrow"):
            drawn = client.get("/api/analysis/figure", params={"id": found["id"], "name": name, "width": width}).json()
            assert drawn["width"] == (860 if width == "wide" else 360)
            assert {one[0] for one in drawn["elements"]} >= {"path", "text"}
        svg = client.get(f"/api/analysis/{found['id']}/{name}.svg")
        assert svg.headers["content-type"] == "image/svg+xml"
        assert svg.headers["content-disposition"].startswith("attachment; filename*=UTF-8''feud-")
        ElementTree.fromstring(svg.content)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/analysis/{found['id']}/{names[0]}.csv").text)))
    after = [float(row["events"]) for row in rows if row["band_low"]]
    assert sum(after) == pytest.approx(whole["after"]["events"])
    page = client.get(f"/api/analysis/{found['id']}/answer.html").text
    assert whole["verdict"] in page.replace("&#x27;", "'").replace("&lt;", "<")


def test_the_same_question_is_answered_at_once(client: TestClient) -> None:
    first = answered(client, ASKED)
    again = post(client, {**ASKED, "actor": " Reem Brigade ", "shape": "step"}).json()
    assert (again["state"], again["id"], again["seconds"]) == ("done", first["id"], 0.0)
    assert client.get("/api/analysis", params={"id": first["id"]}).json()["answer"]["shown"]


ANSWERING = {
    "kind": "respond", "points": [TURN.isoformat()], "actor": "army", "recipient": "Reem Brigade",
}  # fmt: skip


def commanded(capsys: pytest.CaptureFixture[str], book: Path, *more: str) -> str:
    """What the command says of the same question."""
    assert main(["respond", str(book), "--turning-point", TURN.isoformat(), "--what", "incidents", *more]) == 0
    return capsys.readouterr().out


def told_alike(shown: dict[str, Any], text: str) -> None:
    """The page says, line by line, what the command prints."""
    lines = {" ".join(line.split()) for line in text.splitlines()}
    assert shown["sentence"] == text.splitlines()[0]
    for name, words in shown["facts"]:
        assert f"{name} {words}" in lines
    assert set(shown["assumptions"]) <= lines


def test_answers_to_others_are_told_apart_as_by_the_command(
    client: TestClient, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(client, {**ANSWERING, "echo_of": ["counterpart"]})
    assert found["state"] == "done", found["wrong"]
    [shown] = found["answer"]["shown"]
    asked = ["--actor", "army", "--recipient", "Reem Brigade", "--echo-of", "counterpart"]
    told_alike(shown, commanded(capsys, book, *asked))
    [echo] = client.get(f"/api/analysis/{found['id']}/answer.json").json()["echo_of"]
    assert echo["events"] == "events by Reem Brigade, against army"
    [answers] = [words for name, words in shown["facts"] if name == "answers to events by Reem Brigade, against army"]
    assert "each is answered by " in answers
    assert "no answers to others" in {row[0] for row in shown["variants"]}
    assert any("are taken as they were" in words for words in shown["assumptions"])
    drawn = client.get(f"/api/analysis/{found['id']}/intensity-{TURN}.csv").text
    assert sum(float(row["answers"]) for row in csv.DictReader(io.StringIO(drawn))) > 0


def test_another_order_of_the_same_question_is_not_another(client: TestClient) -> None:
    asked = {**ANSWERING, "echo_of": ["counterpart", " counterpart "], "coarse": "spread"}
    first = answered(client, {**ANSWERING, "echo_of": ["counterpart"]})
    assert post(client, asked).json()["id"] == first["id"]
    assert post(client, ANSWERING).json()["id"] != first["id"]
    post(client, {}, "/stop")
    until(lambda: client.get("/api/analysis").json()["state"] in ("stopped", "done"))


def test_too_few_to_be_answered_and_nothing_to_draw_are_said(client: TestClient) -> None:
    few = answered(client, {**ANSWERING, "echo_of": ["type=NONE"]})
    assert (few["state"], few["answer"]) == ("failed", None)
    assert "only 0 events of type NONE: 20 are needed" in few["wrong"]
    exact = answered(client, {**ANSWERING, "coarse": "impute"})
    assert exact["state"] == "failed"
    assert "the day of every event is known: there is nothing to impute" in exact["wrong"]


def test_days_that_are_not_known_are_drawn_as_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = joined_feud(tmp_path, vague=3)
    with opened(book) as client:
        assert client.get("/api/analysis/series", params={"actor": "Reem Brigade"}).json()["spread"] > 5
        found = answered(client, {**ASKED, "coarse": "impute", "draws": 4})
        assert found["state"] == "done", found["wrong"]
        [shown] = found["answer"]["shown"]
        whole = client.get(f"/api/analysis/{found['id']}/answer.json").json()
    asked = ["--actor", "Reem Brigade", "--coarse", "impute", "--draws", "4", "--json"]
    assert json.loads(commanded(capsys, book, *asked)) == whole
    assert whole["imputation"]["draws"] == 4
    facts = dict(shown["facts"])
    assert facts["days that are not known"].startswith("4 draws, put together by Rubin's rules; ")
    assert any("drawn evenly from the days they may have been on" in words for words in shown["assumptions"])
    assert "coarse dates spread" in {row[0] for row in shown["variants"]}


def test_who_answers_whom(client: TestClient) -> None:
    found = answered(client, {"kind": "provoke"})
    assert found["state"] == "done", found["wrong"]
    shown = found["answer"]["shown"]
    assert shown["names"] == ["Reem Brigade → army", "army → Reem Brigade"]
    assert len(shown["pairs"]) == 4
    names = {figure["name"] for figure in found["answer"]["figures"]}
    assert names == {"matrix", "series", "delays", "pair-0-1", "pair-1-0"}
    drawn = client.get("/api/analysis/figure", params={"id": found["id"], "name": "matrix"}).json()
    cells = {one[1]["data-pair"] for one in drawn["elements"] if "data-pair" in one[1]}
    assert cells == {"0-1", "1-0"}


def test_what_if(client: TestClient) -> None:
    raid = {"name": "raid", "where": {"actor": "army"}}
    question = {"kind": "whatif", "actor": "Reem Brigade", "causes": [raid], "scenarios": ["as before", "no raid"]}
    found = answered(client, {**question, "days": 60})
    assert found["state"] == "done", found["wrong"]
    shown = found["answer"]["shown"]
    assert [row[0] for row in shown["scenarios"]] == ["as before", "no raid"]
    assert "conditional on the fitted model" in shown["conditional"]
    assert {figure["name"] for figure in found["answer"]["figures"]} == {"fan", "totals"}
    assert client.get(f"/api/analysis/{found['id']}/answer.html").status_code == 404
    none = answered(client, {**question, "causes": [{"name": "raid", "where": {"actor": "nobody"}}]})
    assert none["state"] == "failed"
    assert "no incident by nobody has an exact day" in none["wrong"]


def test_what_cannot_be_answered_is_said_in_a_sentence(client: TestClient) -> None:
    found = answered(client, {**ASKED, "points": ["1999-01-01"]})
    assert found["state"] == "failed"
    assert "is outside the series" in found["wrong"]
    assert found["answer"] is None


def test_answers_are_as_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    found = answered(client, ASKED)
    name = found["answer"]["figures"][0]["name"]
    for address, parameters in (
        ("", {"id": found["id"]}), ("", {}), ("/choices", {}), ("/series", {}),
        ("/figure", {"id": found["id"], "name": name}),
    ):  # fmt: skip
        path = f"/api/analysis{address}"
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(making.wrong(client.get(path, params=parameters).json(), schema, described)) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?id=nothing", 404),
        ("/figure?id=nothing&name=change", 404),
        ("/figure?id=nothing", 400),
        ("/figure?id=a&name=b&width=huge", 400),
        ("/nothing/answer.json", 404),
        ("/nothing/answer.pdf", 404),
        ("/series?colour=red", 400),
        ("/series?actor=a&actor=b", 400),
    ],
)
def test_what_is_not_there(client: TestClient, address: str, status: int) -> None:
    answer = client.get(f"/api/analysis{address}")
    assert answer.status_code == status
    assert answer.json()["error"]


# One at a time


def test_one_question_at_a_time_and_stopping(book: Path) -> None:
    with opened(book, SLOW) as client:
        begun = post(client, ASKED).json()
        assert begun["state"] == "working"
        assert begun["question"]["points"] == [TURN.isoformat()]
        assert post(client, ASKED).json()["id"] == begun["id"]
        other = post(client, {**ASKED, "actor": "army"})
        assert other.status_code == 409
        assert "another question is being answered" in other.json()["error"]
        until(lambda: client.get("/api/analysis").json()["stage"] == "thinking")
        began = time.monotonic()
        assert client.get("/api/queue").status_code == 200
        assert time.monotonic() - began < 20
        assert post(client, {}, "/stop").json()["state"] in ("stopping", "stopped")
        until(lambda: client.get("/api/analysis").json()["state"] == "stopped")
        assert client.get(f"/api/analysis/{begun['id']}/answer.json").status_code == 404
        assert post(client, {**ASKED, "actor": "army"}).json()["state"] == "working"
    # The server has ended, and what it was doing with it.


def test_a_worker_that_breaks_is_told_of(book: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with opened(book, "raise SystemExit('broken')") as client:
        found = answered(client, ASKED)
        assert found["state"] == "failed"
        assert "the terminal of 'marsad serve' says why" in found["wrong"]
    assert "broken" in capfd.readouterr().err


def test_only_the_latest_answers_are_kept(tmp_path: Path) -> None:
    running = Running(str(tmp_path / "none"), (sys.executable, "-c", QUICK))
    keys = []
    for day in range(1, 11):
        question = Question("respond", points=(f"2020-01-{day:02}",))
        running.ask(question, 1)
        until(lambda: running.state()["state"] == "done")
        keys.append(question.key(1))
    assert running.answer(keys[-1])["answer"] == {"a": 1}
    with pytest.raises(HTTPException, match="not kept any more"):
        running.answer(keys[0])
    assert running.ask(Question("respond", points=("2020-01-10",)), 1)["state"] == "done"
    # After a change of the casebook it is another question.
    assert running.ask(Question("respond", points=("2020-01-10",)), 2)["state"] == "working"
    until(lambda: running.state()["state"] == "done")
    running.close()


def test_a_casebook_without_dates_says_so(tmp_path: Path) -> None:
    from dataclasses import replace

    path, mill = tmp_path / "undated.casebook", making.mill()
    events = tuple(replace(one, time=None) for one in mill.events)
    making.add(path, [replace(mill, published=None, events=events)])
    with opened(path) as client:
        found = client.get("/api/analysis/choices").json()
        assert (found["incidents"], found["first"]) == (0, None)
        assert "day of publication" in found["wrong"]
        for answer in (client.get("/api/analysis/series"), post(client, ASKED)):
            assert answer.status_code == 400
            assert "day of publication" in answer.json()["error"]


def test_a_drawing_as_data() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><text x="1">a &lt; b</text>'
        '<rect data-pair="0-1"><title>t</title></rect></svg>'
    )
    assert tree(svg) == {
        "width": 10.0, "height": 20.0,
        "elements": [["text", {"x": "1"}, ["a < b"]], ["rect", {"data-pair": "0-1"}, [["title", {}, ["t"]]]]],
    }  # fmt: skip

"""How long the review page's server takes to answer, with many reports in the casebook.

    python benchmarks/review/serving.py --reports 2000 --decisions 500

The reports are Marsad's own fictional ones, each many times over, with the letters of every copy exchanged so that no
two are alike. Times are wall clock in one process, through the whole application but the socket; the casebook is made
in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import random
import string
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from starlette.testclient import TestClient
from timing import timed

from marsad.casebook import Casebook, Run
from marsad.decisions import Decision, Target
from marsad.records import Record, Report
from marsad.review import review_app

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1:8000"
HEADERS = {"Origin": f"http://{HOST}"}


def records(number: int) -> Iterator[Record]:
    """So many records: the own ones in turn, each copy with letters of its own; lengths and passages stay."""
    own = [Record.from_json(json.loads(f.read_text("utf-8"))) for f in sorted((ROOT / "tests/gold").glob("own-*.json"))]
    chance = random.Random(7)
    for at in range(number):
        record = own[at % len(own)]
        letters = chance.sample(string.ascii_lowercase, 26)
        table = str.maketrans(
            string.ascii_lowercase + string.ascii_uppercase, "".join(letters) + "".join(letters).upper()
        )
        events = tuple(
            replace(event, extra={"confidence": {"event": chance.random(), "type": chance.random()}})
            for event in record.events
        )
        yield replace(
            record, id=f"report-{at}", text=record.text.translate(table), title=f"{record.title} {at}", events=events,
            extra={"spun": {"probability": 0.0, "passages": [], "signs": []}},
        )  # fmt: skip


def fill(path: Path, reports: int, decisions: int) -> None:
    """Make the casebook, and decide on events of different reports."""
    run = Run("benchmark", "1", "one")
    with Casebook(path, create=True) as casebook:
        for record in records(reports):
            casebook.add(Report(record.id, record.text, record.title, record.published, record.source), record, run)
        made = list(records(min(decisions, reports)))
        for at in range(decisions):
            record = made[at % len(made)]
            event = record.events[at // len(made) % len(record.events)]
            target = Target("event", record.id, event.span)
            casebook.decide(Decision("accept" if at % 3 else "reject", target, "Ana"))


def main() -> None:
    """Measure and print one line for each kind of request."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--decisions", type=int, default=500)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="A casebook of an earlier run to use, or to make.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "benchmark.casebook"
        start = time.perf_counter()
        if not path.exists():
            fill(path, given.reports, given.decisions)
            print(f"made in {time.perf_counter() - start:.0f} s")
        with TestClient(review_app(path, token="t", hosts=[HOST]), base_url=f"http://{HOST}") as client:
            client.get("/", params={"token": "t"})
            start = time.perf_counter()
            told = client.get("/api/casebook").json()
            print(f"{told}; first request {1000 * (time.perf_counter() - start):.0f} ms")
            measure(client, given.times)


def measure(client: TestClient, times: int) -> None:
    """Ask for each page and decide; the figures in milliseconds."""
    events = client.get("/api/queue", params={"limit": 500}).json()["items"]
    spans = iter(events)

    def decide() -> Any:
        item = next(spans)
        target = {"part": "event", "report": item["report"], "passage": item["span"]}
        sent = {"who": "Ben", "decisions": [{"kind": "accept", "target": target}]}
        return client.post("/api/decisions", json=sent, headers=HEADERS)

    def get(address: str, **parameters: Any) -> Callable[[], Any]:
        return lambda: client.get(address, params=parameters)

    def after_a_decision() -> Any:
        decide()
        start = time.perf_counter()
        answer = client.get("/api/queue")
        after.append(1000 * (time.perf_counter() - start))
        return answer

    after: list[float] = []
    word = client.get("/api/report", params={"id": events[0]["report"]}).json()["record"]["text"].split()[5]
    rows = {
        "page": timed(get("/"), times),
        "script": timed(get("/assets/review.js"), times),
        "casebook (poll)": timed(get("/api/casebook"), times),
        "queue, to decide": timed(get("/api/queue"), times),
        "queue, doubtful": timed(get("/api/queue", view="doubtful"), times),
        "queue, by actor and date": timed(get("/api/queue", actor="the", since="2020", view="all"), times),
        "queue, full-text search": timed(get("/api/queue", q=word, view="all"), times),
        "report": timed(get("/api/report", id=events[-1]["report"]), times),
        "audit trail": timed(get("/api/decisions"), times),
        "decide": timed(decide, times),
        "decide, then queue": timed(after_a_decision, times),
    }
    rows["  of it the queue"] = sorted(after)
    print(f"{'request':28}{'median ms':>12}{'worst ms':>12}")
    for name, figures in rows.items():
        print(f"{name:28}{median(figures):12.1f}{figures[-1]:12.1f}")


if __name__ == "__main__":
    main()

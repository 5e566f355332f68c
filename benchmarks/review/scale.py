"""Is a casebook of 100,000 reports still quick? Every page of ``marsad serve``, and adding one report more.

    python benchmarks/review/scale.py --casebook FILE [--reports 100000] [--times-over 7] [--only fill|pages|add]

The casebook is made first, or gone on with: reports without a coder (``synthetic.py``), in batches, which is quicker
than ``marsad add`` and leaves the same. With ``--times-over`` only a part of them is made so, and the rest are the same
reports years later (``multiply.py``). Then:

- pages: wall clock in one process through the whole application but the socket, each request ``--times`` times, median
  and worst; how long the server takes from starting until its lists are there; peak memory.
- add: new reports into this casebook and into an empty one by turns, coded by the coder and added. How long adding
  alone takes, and coding and adding. They stay in the casebook.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import mean, median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from multiply import multiply
from starlette.testclient import TestClient
from synthetic import REPORTS_A_DAY, reports
from timing import timed

from marsad import Coder
from marsad.casebook import Casebook, Run
from marsad.review import review_app

RUN = Run("synthetic", "1", "1")
BATCH = 64
HOST = "127.0.0.1:8000"
HEADERS = {"Origin": f"http://{HOST}"}


def fill(path: Path, many: int) -> None:
    """Make the casebook, or go on with it: what ``Casebook.add`` does, for several reports in one transaction."""
    begun = time.perf_counter()
    with Casebook(path, create=True) as casebook:
        have = int(casebook._db.execute("SELECT count(*) FROM reports WHERE id GLOB 'r[0-9]*'").get)
        casebook._db.pragma("synchronous", "off")
        casebook._db.pragma("cache_size", -400_000)
        rest, done = islice(reports(many), have, None), have
        while batch := list(islice(rest, BATCH)):
            with casebook._writing("a batch"):
                for report, record in batch:
                    casebook._add(report, record, RUN)
                casebook._join([report for report, _ in batch])
                casebook._join_waiting(BATCH)
            done += len(batch)
            if done % (BATCH * 32) == 0:
                print(f"{done} reports; {done - have} in {time.perf_counter() - begun:.0f} s", flush=True)


def peak() -> str:
    """The most memory that this process has had."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB"


def pages(path: Path, times: int) -> None:
    """Ask for everything that can be asked for by GET, and decide."""
    with TestClient(review_app(path, token="t", hosts=[HOST]), base_url=f"http://{HOST}") as client:
        client.get("/", params={"token": "t"})
        begun = time.perf_counter()
        told = client.get("/api/casebook").json()
        print(f"{told}; ready after {time.perf_counter() - begun:.1f} s, {peak()}", flush=True)

        def get(address: str, **parameters: Any) -> Callable[[], Any]:
            return lambda: client.get(address, params=parameters)

        while not client.get("/api/incidents").json()["fresh"]:
            time.sleep(0.2)
        found = client.get("/api/incidents", params={"view": "all", "limit": 500}).json()
        print(f"{found['views']} incidents, ready after {time.perf_counter() - begun:.1f} s, {peak()}", flush=True)
        events = client.get("/api/queue", params={"limit": 500}).json()["items"]
        one = found["items"][0]["incident"]
        claim = client.get("/api/incident", params={"id": one}).json()["claims"][-1]
        spans = iter(events)

        def decide() -> Any:
            item = next(spans)
            target = {"part": "event", "report": item["report"], "passage": item["span"]}
            sent = {"who": "Ben", "decisions": [{"kind": "accept", "target": target}]}
            return client.post("/api/decisions", json=sent, headers=HEADERS)

        asked: dict[str, Callable[[], Any]] = {
            "page": get("/"),
            "script": get("/assets/review.js"),
            "description": get("/openapi.json"),
            "casebook (asked every four seconds)": get("/api/casebook"),
            "queue, to decide": get("/api/queue"),
            "queue, doubtful": get("/api/queue", view="doubtful"),
            "queue, all, the last": get("/api/queue", view="all", offset=told["events"] - 100),
            "queue, by type and status": get("/api/queue", type="ASSAULT", status="happened"),
            "queue, by actor and date": get("/api/queue", actor="army", since="2021-03", view="all"),
            "queue, by place": get("/api/queue", place=events[0]["place"] or "Kenya"),
            "queue, full text, a rare word": get("/api/queue", q="pensioners", view="all"),
            "queue, full text, a common word": get("/api/queue", q="people", view="all"),
            "report": get("/api/report", id=events[-1]["report"]),
            "incidents, several reports": get("/api/incidents"),
            "incidents, all, the last": get("/api/incidents", view="all", offset=found["total"] - 100),
            "incidents, by grade and date": get("/api/incidents", grade="confirmed", since="2021-03"),
            "incidents, by actor": get("/api/incidents", actor="army", view="all"),
            "incidents, by place": get("/api/incidents", place="Kenya", view="all"),
            "incident": get("/api/incident", id=one),
            "incident, by one of its claims": get("/api/incident", id=f"{claim['report']}:{claim['event']}"),
            "questions": get("/api/questions"),
            "audit trail": get("/api/decisions"),
        }
        known = client.get("/openapi.json").json()["paths"]
        for address in ("/api/timeline", "/api/map", "/api/network", "/api/pictured"):
            if address in known:
                settle(client, address)
                asked[address.removeprefix("/api/")] = get(address)
                asked[f"{address.removeprefix('/api/')}, by type"] = get(address, type="ASSAULT")
        print(f"{'request':40}{'median ms':>12}{'worst ms':>12}")
        for name, work in asked.items():
            row(name, timed(work, times))
        after: list[float] = []

        def decided() -> Any:
            decide()
            start = time.perf_counter()
            answer = client.get("/api/queue")
            after.append(1000 * (time.perf_counter() - start))
            return answer

        row("a decision, on disk", timed(decide, times))
        timed(decided, times)
        row("the queue right after a decision", sorted(after))
        print(f"peak memory {peak()}")


def settle(client: TestClient, address: str) -> None:
    """Ask until it is of now: pictures are drawn in the background too."""
    end = time.monotonic() + 600
    while time.monotonic() < end and not client.get(address).json().get("fresh", True):
        time.sleep(0.2)


def row(name: str, figures: list[float]) -> None:
    """Print a line of the table."""
    print(f"{name:40}{median(figures):12.1f}{figures[-1]:12.1f}", flush=True)


def add(path: Path, many: int) -> None:
    """Add new reports here and to an empty casebook by turns."""
    coder = Coder()
    run = Run.of(coder)
    with tempfile.TemporaryDirectory() as folder, Casebook(path) as full:
        have = int(full._db.execute("SELECT count(*) FROM reports").get)
        # Of the last days that the casebook knows: beside them stand most that may be alike.
        last = full._db.execute("SELECT max(published) FROM reports").get
        alone: tuple[list[float], list[float]] = ([], [])
        both: tuple[list[float], list[float]] = ([], [])
        for number, (report, _) in enumerate(reports(many + 20, seed=5)):
            one = replace(report, id=f"new-{have}-{number}", published=str(last))
            begun = time.perf_counter()
            record = coder.code(one)
            coding = time.perf_counter() - begun
            with Casebook(Path(folder) / f"{number}.casebook", create=True) as empty:
                for which in (0, 1) if number % 2 else (1, 0):
                    begun = time.perf_counter()
                    (empty, full)[which].add(one, record, run)
                    taken = time.perf_counter() - begun
                    if number >= 20:  # the first ones load what adding needs
                        alone[which].append(taken)
                        both[which].append(coding + taken)
    for name, times in (("adding alone", alone), ("coding and adding", both)):
        empty_ms, full_ms = (1e3 * median(one) for one in times)
        print(f"{name}: empty {empty_ms:.1f} ms, {have:,} reports {full_ms:.1f} ms, ratio {full_ms / empty_ms:.2f} "
              f"(means {mean(times[1]) / mean(times[0]):.2f})")  # fmt: skip
    print(f"peak memory {peak()}")


def main() -> None:
    """Make and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--casebook", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--times-over", type=int, default=1)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--added", type=int, default=60)
    parser.add_argument("--only", choices=("fill", "pages", "add"))
    given = parser.parse_args()
    if given.only in (None, "fill"):
        part = -(-given.reports // given.times_over)
        fill(given.casebook, part)
        if given.times_over > 1:
            multiply(given.casebook, given.times_over, 60 * (part // REPORTS_A_DAY // 60 + 1))
    print(f"{given.casebook.stat().st_size / 2**20:,.0f} MiB")
    if given.only in (None, "pages"):
        pages(given.casebook, given.times)
    if given.only in (None, "add"):
        add(given.casebook, given.added)


if __name__ == "__main__":
    main()

"""How long the review page's pictures take to be answered, of a casebook with many incidents.

    python benchmarks/review/scale.py --casebook scale.casebook --reports 6000 --only fill
    python benchmarks/review/pictures.py --casebook scale.casebook

Wall clock in one process through the whole application but the socket, each request ``--times`` times. The columns that
pictures are drawn from are made in the background whenever incidents have changed; how long that takes is told too.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.knowledge import Knowledge
from marsad.review import review_app
from marsad.review.pictures_making import ColumnMaker

HOST = "127.0.0.1:8000"


def ready(client: TestClient) -> Any:
    """The timeline, once it is that of now."""
    while True:
        answer = client.get("/api/timeline").json()
        if "error" in answer or answer["wrong"]:
            raise SystemExit(answer)
        if answer["fresh"]:
            return answer
        time.sleep(0.1)


def main() -> None:
    """Measure and print one line for each kind of request."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--casebook", type=Path, required=True)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    with TestClient(review_app(given.casebook, token="t", hosts=[HOST]), base_url=f"http://{HOST}") as client:
        client.get("/", params={"token": "t"})
        whole = ready(client)
        key = client.get("/api/network").json()["parties"][0]["key"]
        place = client.get("/api/map").json()["places"][0]
        first, last = whole["span"]
        rows: list[tuple[str, str, dict[str, Any]]] = [
            ("timeline, by type", "timeline", {}),
            ("timeline, by actor and status", "timeline", {"lanes": "actor", "signs": "status"}),
            ("timeline, some days", "timeline", {"from": first, "to": first}),
            ("timeline, by actor, place and date", "timeline", {"actor": "army", "since": first[:7]}),
            ("map", "map", {}),
            ("network, 45 parties", "network", {"most": 45}),
            ("network, 150 parties, described too", "network", {"most": 150, "described": 1, "weight": "origins"}),
            ("network around one", "network", {"focus": key}),
            ("an actor's page", "actor", {"key": key}),
            ("a table of 100", "pictured", {}),
            ("incidents of a place", "pictured", {"spot": place["key"]}),
            ("by words in the reports", "map", {"q": "army"}),
        ]
        print(f"{whole['total']:,} incidents, {first} to {last}")
        print(f"{'request':40}{'median ms':>12}{'worst ms':>12}")
        for words, what, asked in rows:
            figures = []
            for _ in range(given.times):
                start = time.perf_counter()
                answer = client.get(f"/api/{what}", params=asked)
                figures.append(1000 * (time.perf_counter() - start))
                assert answer.status_code == 200, answer.text
            print(f"{words:40}{median(figures):12.1f}{max(figures):12.1f}")
    with Casebook(given.casebook) as casebook:
        summaries = [one.summary() for one in casebook.incidents()]
    maker = ColumnMaker(Knowledge.load())
    for words in ("", " again, one of them changed"):
        start = time.perf_counter()
        maker.make(summaries, (), lambda _: "")
        print(f"columns of {len(summaries):,} incidents{words}: {time.perf_counter() - start:.2f} s, in the background")
        summaries[0] = replace(summaries[0])


if __name__ == "__main__":
    main()

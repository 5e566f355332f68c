from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from scale_making import FakeCoder, report

from marsad.errors import ModelError
from marsad.records import Record, Report
from marsad.scale import Failure, code_many, usable_cores
from marsad.scale.chunks import CHUNK_ITEMS, chunks


def test_results_are_in_order_from_several_processes() -> None:
    texts = ["SLOW" if number % 7 == 0 else "Fictional. " * (number % 50) for number in range(300)]
    results = list(code_many((report(n, text) for n, text in enumerate(texts)), jobs=3, opener=FakeCoder))
    records = [result for result in results if isinstance(result, Record)]
    assert [record.id for record in records] == [f"r{number}" for number in range(300)]
    assert [record.text for record in records] == texts
    workers = {record.extra["pid"] for record in records}
    assert len(workers) > 1
    assert os.getpid() not in workers


def test_a_refused_report_is_a_failure_of_its_own() -> None:
    reports = [report(n, "REFUSE" if n in (0, 17, 39) else "Fictional.") for n in range(40)]
    for jobs in (1, 2):
        results = list(code_many(reports, jobs=jobs, opener=FakeCoder))
        assert len(results) == 40
        assert [n for n, result in enumerate(results) if isinstance(result, Failure)] == [0, 17, 39]
        assert results[17] == Failure("r17", "r17: the text defeats the coder")


def test_a_missing_model_ends_the_work_after_what_came_before() -> None:
    reports = [report(n, "NO MODEL" if n == 30 else "Fictional.") for n in range(100)]
    results = code_many(reports, jobs=2, opener=FakeCoder)
    assert all(isinstance(next(results), Record) for _ in range(CHUNK_ITEMS))
    with pytest.raises(ModelError, match="install it"):
        list(results)


def test_none_keeps_its_place() -> None:
    items = [None, None, *(report(n) for n in range(20)), None, report(20), *[None] * 100]
    for jobs in (1, 2):
        results = list(code_many(items, jobs=jobs, opener=FakeCoder))
        assert [result and result.id for result in results if not isinstance(result, Failure)] == [
            item and item.id for item in items
        ]


@pytest.mark.parametrize("reports", [[], [report(n) for n in range(11)], [report(1, "x" * 59_000)], [None] * 500])
def test_little_is_coded_in_this_process(reports: list[Report | None]) -> None:
    coder = FakeCoder()
    for result in code_many(reports, jobs=2, opener=FakeCoder, coder=coder):
        assert result is None or (isinstance(result, Record) and result.extra["pid"] == os.getpid())


def test_one_job_is_this_process_and_codes_each_report_as_it_comes() -> None:
    taken: list[int] = []

    def source() -> Iterator[Report]:
        for number in range(100):
            taken.append(number)
            yield report(number)

    for number, result in enumerate(code_many(source(), jobs=1, opener=FakeCoder)):
        assert isinstance(result, Record)
        assert result.extra["pid"] == os.getpid()
        assert taken[-1] == number


def test_an_endless_source_is_taken_in_no_faster_than_it_is_coded() -> None:
    taken = 0

    def source() -> Iterator[Report]:
        nonlocal taken
        while True:
            taken += 1
            yield report(taken, "x" * 1000)

    with closing(code_many(source(), jobs=2, opener=FakeCoder)) as results:
        for done, _ in enumerate(results, 1):
            assert taken - done <= 2 * 4 * CHUNK_ITEMS + CHUNK_ITEMS
            if done == 500:
                break


def test_little_is_looked_at_before_the_first_result() -> None:
    taken = 0

    def source() -> Iterator[Report | None]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield None if number else report(0)

    with closing(code_many(source(), jobs=2, opener=FakeCoder)) as results:
        next(results)
    assert taken <= 64


def test_chunks_hold_all_in_order_and_large_texts_alone() -> None:
    items = [None if n % 5 == 0 else report(n, "x" * (40_000 if n == 33 else n)) for n in range(100)]
    found = list(chunks(items))
    assert [item for chunk in found for item in chunk] == items
    assert max(map(len, found)) == CHUNK_ITEMS
    assert items[33] == found[[items[33] in chunk for chunk in found].index(True)][-1]


def test_a_slow_source_is_not_waited_for_until_a_chunk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    assert [len(chunk) for chunk in chunks([report(n) for n in range(5)])] == [1] * 5


def test_workers_have_the_packs_and_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    results = list(code_many(map(report, range(30)), packs=[Path("a.json")], jobs=2, opener=FakeCoder))
    assert {isinstance(result, Record) for result in results} == {True}
    extras = [result.extra for result in results if isinstance(result, Record)]
    assert all(extra["packs"] == ["a.json"] and extra["threads"] == ["1", "1"] for extra in extras)
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_usable_cores() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)

"""Any history of adding, adding again and coding anew leaves what a simple model says."""

from __future__ import annotations

from dataclasses import replace

from casebook_making import TEXT, record, report
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.casebook import Casebook, Run

steps = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["", " More.", " Less."]), st.sampled_from("12")), max_size=14
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_history(history: list[tuple[str, str, str]]) -> None:
    ids: dict[str, str] = {}  # by content
    made: dict[str, dict[str, int]] = {}  # by content: the number of events of each coder's record
    current: dict[str, str] = {}
    with Casebook.temporary() as casebook:
        for name, content, coder in history:
            one = report(name, TEXT + content)
            full = record(one)
            kept = replace(full, events=full.events[: int(coder)])
            added = casebook.add(one, kept, Run("rules", coder, f"print {coder}"))

            if content not in ids:
                taken = sum(found == name or found.startswith(f"{name}~") for found in ids.values())
                ids[content] = f"{name}~{taken + 1}" if taken else name
                wanted = "new"
            else:
                wanted = "unchanged" if current[content] == coder else "recoded"
            made.setdefault(content, {})[coder] = int(coder)
            current[content] = coder
            assert (added.report_id, added.change) == (ids[content], wanted)
            assert casebook.kept(one, Run("rules", coder, f"print {coder}")) == ("ok", None)

        assert [row.report for row in casebook.reports()] == list(ids.values())
        numbers = {run.version: run.id for run in casebook.runs()}
        for content, report_id in ids.items():
            assert len(casebook.record(report_id).events) == made[content][current[content]]
            for coder, events in made[content].items():
                earlier = casebook.record(report_id, run=numbers[coder])
                assert len(earlier.events) == events
                assert earlier.text == TEXT + content
        assert len(list(casebook.events())) == sum(made[content][current[content]] for content in ids)
        assert sum(run.records or 0 for run in casebook.runs()) == sum(map(len, made.values()))
        assert casebook.check() == []
        assert {found.report for found in casebook.search("raided")} == set(ids.values())

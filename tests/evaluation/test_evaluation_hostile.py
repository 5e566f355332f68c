"""Whatever JSON a record holds, the comparison gives figures or says in one line why not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import EvaluationError
from marsad.evaluation import agreement, evaluate

Json = dict[str, Any]

RECORD: Json = {
    "format": "marsad-record/1",
    "id": "d",
    "text": "Reds bombed Qasr on Monday, they said.",
    "actors": [{"id": "r", "name": "Reds", "kind": "armed-group", "mentions": [[0, 4], [28, 32]]}],
    "relations": [{"subject": "r", "relation": "fights", "object": "r", "evidence": [0, 4]}],
    "statements": [{"id": "s", "manner": "indirect", "content": [[0, 26]], "speaker": "r"}],
    "events": [
        {
            "id": "e",
            "span": [5, 11],
            "also": [[12, 16]],
            "type": "ASSAULT",
            "mode": "aerial",
            "actors": ["r"],
            "recipients": [],
            "time": {"span": [20, 26], "start": "2020-01-06", "end": None},
            "place": {"span": [12, 16], "name": "Qasr", "latitude": 33.0, "longitude": 44.0},
            "killed": {"low": 1, "best": 2, "high": None},
            "status": "happened",
            "certainty": "certain",
            "according_to": ["r"],
        }
    ],
    "times": [{"span": [20, 26], "value": "2020-01-06"}],
    "places": [{"span": [12, 16], "name": "Qasr", "latitude": 33.0, "longitude": 44.0}],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled(draw: st.DrawFn) -> Json:
    data = copy.deepcopy(RECORD)
    for _ in range(draw(st.integers(1, 3))):
        at: Any = data
        while True:
            keys = [key for key in at if at is not data or key != "text"] if isinstance(at, dict) else range(len(at))
            key = draw(st.sampled_from(list(keys)))
            if isinstance(at[key], dict | list) and at[key] and draw(st.integers(0, 4)):
                at = at[key]
                continue
            at[key] = draw(JSON)
            break
    return data


def outcome(compare: Callable[[], Any]) -> str:
    """The message of a refusal; empty where there are figures."""
    try:
        compare()
    except EvaluationError as error:
        return str(error) or "no message"
    return ""


@settings(max_examples=300, deadline=None)
@given(spoiled(), spoiled())
def test_figures_or_one_line(gold: Json, system: Json) -> None:
    assert outcome(lambda: evaluate({"d": RECORD}, {"d": RECORD}).text()) == ""
    for said in (
        outcome(lambda: evaluate({"d": gold}, {"d": system}).text()),
        outcome(lambda: evaluate({"d": RECORD}, {"d": system}).text()),
        outcome(lambda: agreement({"d": gold}, {"d": system}).text()),
    ):
        assert said != "no message"
        assert "\n" not in said

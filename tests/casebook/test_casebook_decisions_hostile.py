"""Whatever is given as a decision is kept or refused in one line; the record stays well formed."""

from __future__ import annotations

import json
from typing import Any

from casebook_making import TEXT
from deciding import about, decided, filled
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.casebook import Casebook
from marsad.decisions import FIELDS, KINDS, PARTS, Decision, Target
from marsad.decisions.grouping import INCIDENT_FIELDS
from marsad.errors import CasebookError, DecisionError
from marsad.records import Passage, Record

SOME = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
WORDS = st.sampled_from(["a1", "author", "Alpha", "ASSAULT", "planned", "2020-07", "name", "mentions", "type", "kind"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SOME | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            WORDS
            | st.sampled_from(["low", "best", "start", "span", "mention", "actors", "value", "number"])
            | st.text(max_size=3),
            inner,
            max_size=5,
        )
    ),
    max_leaves=8,
)
PLACES = st.tuples(st.integers(0, len(TEXT) + 5), st.integers(0, len(TEXT) + 5)) | st.sampled_from(
    [about(words).passage for words in ("raided", "took", "denied", "Red Front", "their spokesman", "We took it,")]
)
NAMES = st.sampled_from(sorted({name for names in FIELDS.values() for name in names} | set(INCIDENT_FIELDS))) | st.text(
    max_size=4
)
TARGETS = st.builds(
    Target,
    st.sampled_from(PARTS),
    st.sampled_from(["r1", "r1", "r1", None, "no", ""]),
    st.none() | PLACES.map(lambda pair: pair and Passage(*pair)),
    st.none() | NAMES,
    st.lists(
        st.tuples(st.sampled_from(["r1", "no"]), PLACES.map(lambda pair: Passage(*(pair or (0, 1))))), max_size=3
    ).map(tuple),
    st.integers(-2, 3),
)


def refused(casebook: Casebook, decision: Decision) -> bool:
    """Whether it is; in one line, and without a trace."""
    before = len(casebook.decisions())
    try:
        casebook.decide(decision)
    except (DecisionError, CasebookError) as error:
        said = str(error)
    else:
        return False
    assert "\n" not in said
    assert len(said) < 1000
    assert len(casebook.decisions()) == before
    return True


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KINDS), TARGETS, VALUES, st.sampled_from(["Ann", "Bob", ""])), max_size=6))
def test_any_decision(given_: list[tuple[Any, Target, Any, str]]) -> None:
    with filled() as casebook:
        for kind, target, value, who in given_:
            refused(casebook, Decision(kind, target, who, value, "why"))
        reviewed = casebook.reviewed("r1").record
        assert Record.from_json(json.loads(reviewed.dumps())) == casebook.record("r1")
        assert casebook.check() == []
        list(casebook.events())
        list(casebook.statements())
        list(casebook.actors())
        list(casebook.relations())
        casebook.reviewer_agreement()


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(FIELDS["event"])), VALUES)
def test_any_value_of_an_event(field: str, value: Any) -> None:
    with filled() as casebook:
        refused(casebook, Decision("correct", about("raided", field), "Ann", value))
        refused(casebook, Decision("add", about("said"), "Ann", {"type": "ASSAULT", field: value}))
        of = casebook.record("r1")
        assert Record.from_json(of.to_json()) == of


def test_what_is_too_large_or_too_deep() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with filled() as casebook:
        assert refused(casebook, Decision("correct", about("raided", "killed"), "Ann", deep))
        assert refused(casebook, Decision("correct", about("raided", "actors"), "Ann", deep))
        assert refused(casebook, Decision("correct", Target("report", "r1", None, "title"), "Ann", "x" * 2_000_000))
        assert refused(casebook, Decision("correct", about("raided", "killed"), "Ann", {"best": 2**80}))
        decided(casebook, "correct", Target("report", "r1", None, "title"), "x" * 1000)

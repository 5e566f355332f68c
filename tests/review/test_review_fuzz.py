"""The server asked at random what its own description allows: it never breaks, and answers as it says it does.

``MARSAD_FUZZ=300`` asks so many times for each address (10 if not given).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_browsing import here
from review_making import mill

pytest.importorskip("schemathesis", reason="schemathesis is not installed")

import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from marsad.casebook import Casebook
from marsad.decisions import FIELDS, KINDS
from marsad.review import adding, analysis
from marsad.review.description import description

TIMES = int(os.environ.get("MARSAD_FUZZ", "10"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
QUICKLY = settings(
    max_examples=TIMES, deadline=None, database=None, derandomize=TIMES <= 10,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
DESCRIBED = schemathesis.openapi.from_dict(description())
OPERATIONS = {
    f"{one.method.upper()} {one.path}": one
    for found in DESCRIBED.get_all_operations()
    for one in (found.ok(),)  # type: ignore[union-attr]
}


class Client:
    """A browser's session, at the server's own address."""

    def __init__(self, address: str, path: Path) -> None:
        self.base, self.path = address.partition("/?")[0], path
        self.session = requests.Session()
        self.session.headers["Origin"] = self.base
        assert self.session.get(address).status_code == 200

    def check(self, case: Any) -> Any:
        """Ask; the answer must be one of those described."""
        case.headers = {**(case.headers or {}), "Origin": self.base}
        answer = case.call(base_url=self.base, session=self.session, timeout=30)
        case.validate_response(answer, checks=CHECKS)
        return answer


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    path = making.two(tmp_path_factory.mktemp("fuzz") / "ark.casebook")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding.Adding.__init__, "__defaults__", ((sys.executable, "-c", "pass"),))
        patch.setattr(analysis.Analysis.__init__, "__defaults__", ((sys.executable, "-c", "pass"),))
        with here(path) as address:
            found = Client(address, path)
            yield found
            found.session.close()
    with Casebook(path, write=False) as casebook:
        assert casebook.check() == []


@pytest.mark.parametrize("name", list(OPERATIONS))
def test_what_the_description_allows(client: Client, name: str) -> None:
    @QUICKLY
    @given(case=OPERATIONS[name].as_strategy())
    def ask(case: Any) -> None:
        client.check(case)

    ask()


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.startswith("POST")])
def test_what_the_description_does_not_allow(client: Client, name: str) -> None:
    @QUICKLY
    @given(case=OPERATIONS[name].as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    def ask(case: Any) -> None:
        client.check(case)

    ask()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
ALL_FIELDS = [one for of in FIELDS.values() for one in of]
NAMES = st.sampled_from(
    ["a1", "a2", "author", "army", "Reem Brigade", "nobody", {"name": "mill", "mentions": [[20, 24]]}]
)
PASSAGES = st.sampled_from([list(one.span) for one in mill().events] + [[0, 1], [19, 23], [0, 10**6], [5, 5]])
VALUES = st.one_of(
    ANYTHING, NAMES, st.lists(NAMES, max_size=3), PASSAGES, st.lists(PASSAGES, max_size=2),
    st.sampled_from(["ASSAULT", "COERCE", "drone", "happened", "planned", "possible", "person", "mixed", "fights"]),
    st.builds(lambda low, best: {"low": low, "best": best, "high": None}, ANYTHING, st.none() | st.integers()),
    st.builds(lambda span, start: {"span": span, "start": start, "end": start}, PASSAGES | st.none(), ANYTHING),
    st.dictionaries(st.sampled_from(ALL_FIELDS), ANYTHING | PASSAGES | NAMES, max_size=9),
)  # fmt: skip
TARGETS = st.fixed_dictionaries({
    "part": st.sampled_from(["event", "statement", "actor", "relation", "report", "incident"]),
    "report": st.sampled_from(["mill", "again", "other", None]),
    "passage": PASSAGES | st.none(),
    "field": st.none() | st.sampled_from([*ALL_FIELDS, "grade"]),
    "nth": st.integers(0, 2),
    "claims": st.lists(
        st.builds(lambda name, span: [name, *span], st.sampled_from(["mill", "again"]), PASSAGES), max_size=3
    ),
})  # fmt: skip
DECISIONS = st.fixed_dictionaries({
    "kind": st.sampled_from([one for one in KINDS if one != "undo"]), "target": TARGETS, "value": VALUES,
    "why": st.text(max_size=5),
})  # fmt: skip


@settings(QUICKLY, max_examples=8 * TIMES)
@given(wanted=st.lists(DECISIONS, min_size=1, max_size=3), number=st.integers(0, 60), together=st.booleans())
def test_decisions_that_nearly_make_sense(client: Client, wanted: Any, number: int, together: bool) -> None:
    """Such as a person might send who knows the format; what is kept can be shown, listed and undone."""
    body = {"who": "Ana", "decisions": wanted}
    kept = client.session.post(f"{client.base}/api/decisions", json=body, timeout=30)
    undone = client.session.post(
        f"{client.base}/api/undo", json={"who": "Ben", "number": number, "together": together}, timeout=30
    )
    assert {kept.status_code, undone.status_code} <= {200, 400}, (kept.text, undone.text)
    if kept.status_code == 200:
        for address in (
            "report?id=mill",
            "report?id=again",
            "queue?view=all",
            "decisions",
            "agreement",
            "incidents?view=all",
        ):
            answer = client.session.get(f"{client.base}/api/{address}", timeout=30)
            assert answer.status_code == 200, (wanted, answer.text)

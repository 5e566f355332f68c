"""Records: what is written can be read, passages keep their words, and nothing malformed gets in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.errors import RecordError
from marsad.records import (
    Actor,
    Claim,
    EventPlace,
    EventTime,
    Passage,
    PlaceMention,
    Record,
    Relation,
    Source,
    Statement,
    TimeExpression,
    Toll,
)
from marsad.vocabulary import CERTAINTIES, KINDS, MANNERS, MODES, RELATIONS, STATUSES
from marsad.wellformed import problems

GOLD = Path(__file__).parents[2] / "shared" / "gold"
OWN = Path(__file__).parent / "gold"
FILES = sorted(OWN.glob("*.json")) + sorted(GOLD.glob("*/*.json"))

# Words that break naive offsets: beyond the BMP, joined emoji, marks that attach to the letter before, NUL.
ODD = [
    "raid", "\U0001f681", "\U0001f469\u200d\U0001f692", "\u0645\u064e\u0631\u0652\u0635\u064e\u062f", "الجَيْشُ",
    "e\u0301le\u0301ve", "Z\u0310\u0323", "a\r\nb", "a\x00b", "\U0001d504ttack", "\ufdfa", "\u202eabc", "\u0130",
]  # fmt: skip
WORDS = st.sampled_from(ODD) | st.text(min_size=1, max_size=8).filter(lambda word: word == word.strip())
GAPS = st.sampled_from([" ", "\r\n", "\n\n", "\t", "\u2028", " \u00a0", "\x0c"])
DATES = st.sampled_from(["2014", "2014-08", "2014-08-22"])


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[tuple[Passage, str]]]:
    """A text, and passages of it with the words that each must give back."""
    text = draw(st.sampled_from(["", "\ufeff", "\r\n", "🚁 "]))
    passages = []
    for word in draw(st.lists(WORDS, min_size=1, max_size=8)):
        passages.append((Passage(len(text), len(text) + len(word)), word))
        text += word + draw(GAPS)
    return text, passages


@st.composite
def records(draw: st.DrawFn) -> Record:
    text, known = draw(texts())
    passage = st.sampled_from([p for p, _ in known])
    some = st.lists(passage, max_size=2).map(tuple)
    least_one = st.lists(passage, min_size=1, max_size=3).map(tuple)
    maybe = st.none() | passage
    words = st.text(max_size=5)
    label = st.none() | words
    ids = draw(
        st.lists(st.text(min_size=1, max_size=3).filter(lambda i: i != "author"), min_size=1, max_size=3, unique=True)
    )
    who = st.sampled_from(ids)
    several = st.lists(who, max_size=2).map(tuple)
    sources = st.lists(st.sampled_from([*ids, "author"]), min_size=1, max_size=2).map(tuple)
    degrees = st.none() | st.floats(-90, 90)
    count = st.none() | st.integers(0, 10**6)
    tolls = st.none() | st.builds(Toll, count, count, count)
    extra = st.dictionaries(
        st.text(min_size=1, max_size=4).filter(lambda k: k not in _OWN_KEYS), st.integers() | words, max_size=2
    )

    def claim(kind: str) -> st.SearchStrategy[Claim]:
        return st.builds(
            Claim,
            id=words,
            span=passage,
            type=st.just(kind),
            also=some,
            mode=st.none() | st.sampled_from(MODES[kind]) if MODES[kind] else st.none(),
            actors=several,
            recipients=several,
            time=st.none() | st.builds(EventTime, maybe, st.none() | DATES, st.none() | DATES),
            place=st.none() | st.builds(EventPlace, maybe, label, degrees, degrees),
            killed=tolls,
            injured=tolls,
            status=st.sampled_from(STATUSES),
            certainty=st.sampled_from(CERTAINTIES),
            according_to=sources,
            scored=st.booleans(),
        )

    return Record(
        id=draw(st.text(min_size=1, max_size=5)),
        text=text,
        source=draw(st.builds(Source, label, label, label, extra)),
        title=draw(label),
        published=draw(st.none() | DATES),
        actors=tuple(draw(st.builds(Actor, st.just(i), words, st.sampled_from(KINDS), least_one)) for i in ids),
        relations=tuple(
            draw(st.lists(st.builds(Relation, who, st.sampled_from(RELATIONS), who, passage, sources), max_size=2))
        ),
        statements=tuple(
            draw(
                st.lists(
                    st.builds(
                        Statement,
                        words,
                        st.sampled_from(MANNERS),
                        least_one,
                        maybe,
                        st.none() | who,
                        maybe,
                        st.booleans(),
                    ),
                    max_size=2,
                )
            )
        ),
        events=tuple(draw(st.lists(st.sampled_from(list(MODES)).flatmap(claim), max_size=2))),
        times=tuple(draw(st.lists(st.builds(TimeExpression, passage, label), max_size=2))),
        places=tuple(
            draw(
                st.lists(
                    st.builds(PlaceMention, passage, words, label, degrees, degrees),
                    max_size=2,
                )
            )
        ),
        extra=draw(extra),
    )


_OWN_KEYS = {
    "format", "id", "source", "title", "published", "text", "name", "url", "licence",
    "actors", "relations", "statements", "events", "times", "places",
}  # fmt: skip

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(records())
def test_written_and_read_again(record: Record) -> None:
    assert problems(record.to_json()) == []
    assert Record.from_json(record.to_json()) == record
    assert Record.loads(record.dumps()) == record
    assert "\n" not in record.dumps()
    assert json.loads(record.dumps()) == record.to_json()


@FEW
@given(texts(), records())
def test_passages_give_back_their_words(made: tuple[str, list[tuple[Passage, str]]], record: Record) -> None:
    text, known = made
    for passage, words in known:
        assert passage.of(text) == words
    again = Record.loads(record.dumps())
    assert again.text == record.text
    assert [p.of(again.text) for p in again.passages()] == [p.of(record.text) for p in record.passages()]
    assert all(p.of(again.text) for p in again.passages())


@FEW
@given(JSON)
def test_any_json_at_all_is_judged_and_not_stumbled_over(value: Any) -> None:
    assert all(isinstance(line, str) for line in problems(value))


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """A record with any JSON in the place of one of its parts, however deep."""
    data: dict[str, Any] = draw(records()).to_json()
    at: Any = data
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = draw(st.sampled_from(keys))
        inner = at[key]
        if isinstance(inner, dict | list) and inner and draw(st.integers(0, 3)):
            at = inner
            continue
        if isinstance(at, dict) and draw(st.booleans()) and draw(st.booleans()):
            del at[key]
        else:
            at[key] = draw(JSON)
        return data


@settings(FEW, max_examples=200)
@given(spoiled())
def test_a_spoiled_record_is_refused_or_well_formed(data: dict[str, Any]) -> None:
    found = problems(data)
    if found:
        with pytest.raises(RecordError) as caught:
            Record.from_json(data)
        assert "\n" not in str(caught.value)
    else:
        record = Record.from_json(data)
        assert problems(record.to_json()) == []
        assert list(record.passages()) == list(Record.from_json(record.to_json()).passages())


@pytest.mark.parametrize("line", ["", "nul", "[]", "3", '"text"', "[" * 100_000, '{"format":"marsad-record/1"}'])
def test_what_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(RecordError):
        Record.loads(line)


def test_the_gold_is_read_and_written_without_a_change() -> None:
    assert FILES
    for file in FILES:
        data = json.loads(file.read_text(encoding="utf-8"))
        record = Record.from_json(data)
        assert record.to_json() == data, file.name
        assert Record.loads(record.dumps()) == record


def test_shared_gold_is_among_it() -> None:
    if not GOLD.is_dir():
        pytest.skip(f"no shared gold at {GOLD}")
    assert len(FILES) > len(list(OWN.glob("*.json")))


def test_an_actor_by_its_id() -> None:
    actor = Actor("a1", "Reds", "armed-group", (Passage(0, 4),))
    record = Record("d", "Reds.", actors=(actor,))
    assert record.actor("a1") is actor
    with pytest.raises(KeyError):
        record.actor("a2")

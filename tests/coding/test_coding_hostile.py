"""Whatever the text, the coder gives a well-formed record whose passages lie in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from coding_making import coder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.records import Record, Report
from marsad.wellformed import problems

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "badinput"

PIECES = [
    "Rebels attacked the army in Mosul", "killing three soldiers", '"We left," he said', "according to", "said", "that",
    "denied", "on Monday", "30 February 2016", "99:99", "the 31st", "at least", "between 10 and", "no", "Islamic State",
    "(IS)", "O'Neil's", "U.S.-led", "don't", ".", ",", ":", ";", "!", "?", "…", "-", "–", "—", "(", ")", "[", "]", "“",
    "”", '"', '""', "'", "‘", "’", "«", "»", "„", "``", "''", "\n", "\n\n", "\r\n", "\r", "\t", "\x00", "\x0b", "\x1c",
    "\x85", "\u2028", "\ufeff", "\u200b", "\u202e", "🙂", "👩‍👩‍👧", "قُتل ثلاثة", "مصدر:", "e\u0301", "\u0301", "Ω", "ß",
    "İstanbul", "ﬁre", "\ud7ff", "a" * 500, "1" * 60, "1,2,3,4", "0", "http://example.org/?a=b", "- ", "• ", "1. ",
    "MR X: ", "QUESTION: ", "The ministry said:",
]  # fmt: skip


def passages(record: Record) -> Iterator[tuple[int, int]]:
    for actor in record.actors:
        yield from actor.mentions
    for statement in record.statements:
        yield from statement.content
        yield from (p for p in (statement.cue, statement.speaker_span) if p is not None)
    for event in record.events:
        yield from (event.span, *event.also)
    yield from (item.span for item in record.times)
    yield from (item.span for item in record.places)
    for tie in record.relations:
        yield tie.evidence


def holds(text: str, published: str | None = None) -> Record:
    made = coder().code(Report("r", text, published=published))
    assert made.text == text
    assert problems(made.to_json()) == []
    for start, end in passages(made):
        assert 0 <= start < end <= len(text)
        assert not text[start:end].isspace()
    assert json.loads(made.dumps()) == made.to_json()
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(PIECES), max_size=60),
    st.sampled_from(["", " "]),
    st.sampled_from([None, "2016", "2016-02", "2016-02-29", "0001-01-01", "9999-12-31"]),
)
def test_soup(pieces: list[str], between: str, published: str | None) -> None:
    holds(between.join(pieces), published)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    holds(text)


SHAPES = {
    "one letter": "a" * 200_000,
    "one mark": '"' * 200_000,
    "one emoji": "🙂" * 50_000,
    "one Arabic letter": "ق" * 50_000,
    "combining accents": "e" + "\u0301" * 5_000,
    "nested brackets": "(" * 3_000 + "he left" + ")" * 3_000,
    "nested quotations": "«a " * 2_000 + "he left" + " a»" * 2_000,
    "spaced marks": '" ' * 3_000,
    "line ends": "\r\n" * 5_000,
    "no period": "the rebels attacked the army in Mosul on Monday and said the police killed three men and " * 60,
    "names": "OMAR HADDAD, RUTH AMSAL, " * 200,
    "dates": "12 May 2014, " * 300,
    "numbers": "killed 17 " * 300,
    "pronouns": "he said she said " * 150,
    "lines": "The army said:\nWe attacked Mosul on Monday.\n\n" * 80,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_hostile_shapes(shape: str) -> None:
    holds(SHAPES[shape], "2014-05-13")


def test_a_quoted_block_with_a_paragraph_that_is_not_parsed() -> None:
    foreign = "هذا نص عربي طويل جدا من غير كلام آخر."
    made = holds(f"The ministry said in a statement:\n\nWe condemn the attack and promise to respond.\n\n{foreign}")
    assert [len(said.content) for said in made.statements] == [2]


def test_dates_from_every_line_of_time() -> None:
    holds("He left 999 decades ago, 999 weeks later, next week, tomorrow, the day before, the 31st.", "9999-12-31")


def _naughty() -> list[str]:
    strings: list[str] = []
    for path in sorted((SHARED / "blns").glob("*")):
        if path.suffix == ".json":
            strings += [s for s in json.loads(path.read_text(encoding="utf-8")) if isinstance(s, str)]
        elif path.suffix == ".txt":
            strings += path.read_text(encoding="utf-8", errors="replace").split("\n")
    return list(dict.fromkeys(strings))


@pytest.mark.skipif(not (SHARED / "blns").is_dir(), reason="the shared data are not beside the repository")
def test_naughty_strings() -> None:
    strings = _naughty()
    assert len(strings) > 100
    for string in strings[::4]:
        holds(string)
    holds("\n\n".join(strings))
    holds(" said that ".join(strings))

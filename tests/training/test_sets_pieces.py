"""What all loaders share: joining tokens, mending, cutting, checking, and reading quotations."""

from __future__ import annotations

from typing import Any

import pytest
from sets_making import module, words

tokens, cutting, partial, speech, plover = (module(n) for n in ("tokens", "cutting", "partial", "speech", "plover"))


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("The Harn 's men did n't fire .", "The Harn's men didn't fire."),
        ('" We left , " he said , " and they stayed . "', '"We left," he said, "and they stayed."'),
        ("`` Go , '' she said ( twice ) .", '"Go," she said (twice).'),
        ("a well - known , 2 , 000 - strong band", "a well-known, 2,000-strong band"),
        ("the others ' tents", "the others' tents"),
        ("-LRB- no -RRB- : 9 : 02", "(no): 9:02"),
        ("“ Stay ! ” she cried", "“Stay!” she cried"),
    ],
)
def test_tokens_are_joined_as_people_write(given: str, text: str) -> None:
    made, spans = tokens.join(given.split())
    assert made == text
    assert [made[s:e] for s, e in spans] == [tokens.written(token) for token in given.split()]


def test_a_title_gets_a_line_of_its_own_and_marks_go_on_over_sentences() -> None:
    made, spans = tokens.join_sentences([["Harn", "falls"], ['"', "We", "left", "."], ["All", "did", ".", '"']])
    assert made == 'Harn falls\n"We left. All did."'
    assert made[slice(*spans[2][0])] == "All"


def test_mended_text_keeps_every_span_that_is_outside_the_changes() -> None:
    mended = tokens.Mended("one ''two'' XX three", [(4, 6, '"'), (9, 11, '"'), (12, 15, "")])
    assert mended.text == 'one "two" three'
    assert [mended.text[slice(*mended.span(*s))] for s in [(0, 3), (6, 9), (4, 11), (15, 20)]] == [
        "one", "two", '"two"', "three",
    ]  # fmt: skip


def _record(**changes: object) -> Any:
    text = "Harn fell. " * 30 + "\n" + "The Orrin fled, Tomas said. " * 30
    values = {"id": "x", "text": text, "layers": frozenset({"mentions"}), "licence": "own", "set": "sample", **changes}
    return partial.PartialRecord(**values)


def test_long_texts_are_cut_between_sentences_and_nothing_is_lost() -> None:
    record = _record()
    at = [i for i in range(len(record.text)) if record.text.startswith("Tomas", i)]
    record = _record(mentions=tuple((i, i + 5, "person", "t") for i in at))
    pieces = list(cutting.cut(record, 300))
    assert all(len(piece.text) <= 300 for piece in pieces)
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(record.text.split())
    assert [words(p, m[:2]) for p in pieces for m in p.mentions] == ["Tomas"] * 30
    assert [fault for piece in pieces for fault in partial.faults(piece)] == []
    assert len({piece.id for piece in pieces}) == len(pieces)


def test_no_border_cuts_a_statement_and_roles_across_borders_go() -> None:
    text = "A" + "a" * 50 + ". B" + "b" * 50 + ". C" + "c" * 50 + "."
    event = partial.PartialEvent(0, 51, "ASSAULT", (("actor", 0, 5), ("recipient", 106, 120)))
    made = partial.PartialStatement(((53, 104),), None, (106, 110), "direct")
    record = _record(
        text=text, mentions=((0, 5, None, None), (106, 120, None, None)), events=(event,), statements=(made,)
    )
    first, second = cutting.cut(record, 60)
    assert first.text[:1] == "A"
    assert second.text.startswith("B")
    assert second.text.endswith("c.")
    assert [role for role, *_ in first.events[0].roles] == ["actor"]
    assert second.statements[0].speaker == (53, 57)


@pytest.mark.parametrize(
    "wrong",
    [
        {"layers": frozenset({"moods"})},
        {"licence": ""},
        {"mentions": ((0, 5, None, None),)},
        {"mentions": ((0, 4, "king", None),)},
        {"mentions": ((0, 4, None, None), (0, 4, None, "b"))},
        {"events": (partial.PartialEvent(0, 4, "WAR"),)},
        {"events": (partial.PartialEvent(0, 4, "ASSAULT", (("actor", 5, 9),)),)},
        {"relations": ((0, "leads", 1),)},
        {"places": ((0, 9999),)},
        {"text": "  "},
    ],
)
def test_faults_are_found(wrong: dict[str, object]) -> None:
    assert list(partial.faults(_record(**wrong)))
    assert list(partial.faults(_record())) == []


@pytest.mark.parametrize(
    ("cue", "bare"),
    [
        ("said in a statement", "said"),
        ("has repeatedly called on", "called on"),
        ("according to", "according to"),
        ("then also told", "told"),
        ("declined to say", None),
        ("did not mention", None),
        ("waved", None),
    ],
)
def test_cues_are_cut_back_to_the_verb(cue: str, bare: str | None) -> None:
    span = speech.bare_cue(cue, 0, len(cue))
    assert (span and cue[slice(*span)]) == bare


@pytest.mark.parametrize(
    ("source", "mention"),
    [
        ("Harn's foreign minister, Ada Quill", "Ada Quill"),
        ("former Governor Ada Quill, who left", "Ada Quill"),
        ("the Harn Gazette", "Harn Gazette"),
        ("a spokesman for the Orrin", "a spokesman for the Orrin"),
        ("supporters of opposition leader Ada Quill", "supporters of opposition leader Ada Quill"),
        ("Mr. Quill", "Quill"),
        ("two residents in Harn", "two residents"),
        ("who", None),
        ("one and two and three and four and five", None),
    ],
)
def test_sources_become_mentions(source: str, mention: str | None) -> None:
    span = speech.source_mention(source, 0, len(source))
    assert (span and source[slice(*span)]) == mention


@pytest.mark.parametrize(
    ("piece", "manner", "content"),
    [
        ("“We left,”", "direct", "We left"),
        ('"We left."', "direct", "We left."),
        ("that they had left,", "indirect", "they had left"),
        ("they had “left in fear.”", "mixed", "they had “left in fear.”"),
    ],
)
def test_content_loses_what_is_none(piece: str, manner: str, content: str) -> None:
    made = speech.statement(piece, [(0, len(piece))], None, None)
    assert made.manner == manner
    assert piece[slice(*made.content[0])] == content


def test_content_whose_marks_do_not_pair_is_left_out() -> None:
    assert speech.statement("“We left, she said", [(0, 18)], None, None) is None


@pytest.mark.parametrize(
    ("type", "trigger", "plover_type"),
    [
        ("Conflict.Attack.DetonateExplode", "bombing", "ASSAULT"),
        ("Conflict.Attack.Unspecified", "Firearms", None),
        ("Contact.Contact.Meet", "asked", None),
        ("contact.discussion.meet", "talks", "CONSULT"),
        ("Life.Die.Unspecified", "died", None),
        ("Life.Die.Unspecified", "killed", "ASSAULT"),
        ("Justice.ArrestJailDetain.Unspecified", "arrested", "COERCE"),
        ("transaction.transaction.embargosanction", "boycott", None),
        ("Disaster.DiseaseOutbreak.Unspecified", "virus", None),
    ],
)
def test_types_match_by_trigger(type: str, trigger: str, plover_type: str | None) -> None:
    rule = plover.rule_for(type, trigger)
    assert (rule and rule.type) == plover_type


def test_places_and_things_are_no_actors() -> None:
    assert [p for p in ("two villages", "the rebels", "1,500", "the town of Harn", "Harn") if plover.actorlike(p)] == [
        "the rebels", "Harn",
    ]  # fmt: skip

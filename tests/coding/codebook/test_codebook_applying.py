from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from codebook_making import trained

from marsad.coding import Coder
from marsad.coding.assembly import assemble
from marsad.coding.codebook.applying import Codebooks
from marsad.coding.codebook.trained import TrainedCodebook
from marsad.coding.document import Document
from marsad.coding.encoder import Encoder
from marsad.coding.parsing import parse
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Claim, Record, Report
from marsad.wellformed import problems

TEXT = (
    "The kidnappers freed two aid workers after eleven weeks. "
    "Gunmen attacked a police station in the same town. "
    "Talks about a truce will go on in May."
)
"""Fictional; the first sentence is one of the examples, so that any encoder knows it."""


@cache
def parts() -> tuple[Knowledge, Gazetteer]:
    return Knowledge.load(()), Gazetteer.open()


def analysed(text: str) -> Document:
    document = parse(text)
    document.judgement = Encoder.load().judge(text)
    return document


def assembled(text: str, document: Document) -> Record:
    return assemble(Report("r", text), document, *parts(), {})


def coded(text: str, parent: str | None = "RETREAT") -> Record:
    document = analysed(text)
    return Codebooks([trained(parent).codebook]).apply(
        assembled(text, document), document, lambda: assembled(text, document)
    )


def codes(event: Claim) -> list[str]:
    return [code["type"] for code in event.extra.get("codes", ())]


def test_the_event_of_a_users_type_has_its_code_and_no_other_has() -> None:
    record = coded(TEXT)
    with_code = {event.span.of(TEXT): codes(event) for event in record.events if codes(event)}
    assert with_code == {"freed": ["release of hostages"]}
    [code] = next(event.extra["codes"] for event in record.events if codes(event))
    assert code["codebook"] == "hostages"
    assert 0.25 <= code["confidence"] <= 1.0
    assert record.extra["codebooks"] == ["hostages"]


def test_a_record_with_codes_is_well_formed_and_reads_back() -> None:
    record = coded(TEXT)
    assert problems(record.to_json()) == []
    assert Record.loads(record.dumps()) == record
    plain = assembled(TEXT, analysed(TEXT))
    assert [e.id for e in plain.events] == [e.id for e in record.events]
    assert all("codes" not in e for e in plain.to_json()["events"])


def test_assembling_twice_gives_the_same_record() -> None:
    document = analysed(TEXT)
    assert assembled(TEXT, document) == assembled(TEXT, document)


def without_trigger(text: str, word: str, patch: pytest.MonkeyPatch) -> Document:
    """The text, analysed by a coder that does not see that the word tells of an event."""
    from marsad.coding import triggers

    real = triggers.is_candidate
    patch.setattr(triggers, "is_candidate", lambda w: w.text != word and real(w))
    return analysed(text)


def test_what_the_coder_does_not_see_is_added_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    document = without_trigger(TEXT, "freed", monkeypatch)
    before = assembled(TEXT, document)
    assert "freed" not in [event.span.of(TEXT) for event in before.events]
    record = Codebooks([trained().codebook]).apply(before, document, lambda: assembled(TEXT, document))
    added = [event for event in record.events if event.extra.get("added_by_codebook")]
    kept = record.extra.get("codebook_only", [])
    assert len(added) + len(kept) == 1, "either an event, or listed with its passage"
    [event] = added
    assert event.type == "RETREAT"
    assert codes(event) == ["release of hostages"]
    assert event.span.of(TEXT) in TEXT[: TEXT.index(".")].split()
    assert len(record.events) == len(before.events) + 1


def test_without_a_parent_it_is_listed_with_its_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    document = without_trigger(TEXT, "freed", monkeypatch)
    # The clause names no other event that could be meant.
    before = assembled(TEXT, document)
    record = Codebooks([trained(None).codebook]).apply(before, document, lambda: pytest.fail("nothing to assemble"))
    [one] = record.extra["codebook_only"]
    assert (one["codebook"], one["type"], one["parent"]) == ("hostages", "release of hostages", None)
    assert TEXT[slice(*one["span"])] == TEXT[: TEXT.index(".") + 1]
    assert [event.id for event in record.events] == [event.id for event in before.events]
    assert not any(codes(event) for event in record.events)


def test_a_passage_that_was_left_out_is_not_judged() -> None:
    text = f"{TEXT}\n\nNothing else happened in Harun on that day."
    document = analysed(text)
    document.skipped.append(((0, len(TEXT)), "for the test"))
    record = Codebooks([trained().codebook]).apply(
        Record("r", text), document, lambda: pytest.fail("nothing to assemble")
    )
    assert "codebook_only" not in record.extra


def test_a_text_without_words_has_nothing_to_code() -> None:
    for text in ("", " \n", "…", "1234 5678."):
        document = analysed(text)
        record = Codebooks([trained().codebook]).apply(Record("r", text), document, lambda: Record("r", ""))
        assert record.events == ()


def test_the_coder_takes_codebooks_and_says_so_in_its_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "b.codebook"
    trained().codebook.save(path)
    coder = Coder(codebooks=[path])
    record = coder.code(Report("r", TEXT))
    assert [codes(event) for event in record.events if codes(event)] == [["release of hostages"]]
    assert coder.fingerprint != Coder().fingerprint
    assert record.extra["coder"]["fingerprint"] == coder.fingerprint
    assert TrainedCodebook.load(path).name == "hostages"
    french = coder.code(Report("f", "Les rebelles ont libéré sept otages.", language="fr"))
    assert french.events == ()

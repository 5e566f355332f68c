from __future__ import annotations

from pathlib import Path

import pytest
from coding_making import coder, record

from marsad.coding import Coder
from marsad.errors import KnowledgeError
from marsad.records import Report, Source
from marsad.wellformed import problems

TEXT = (
    'Rebels of the Red Front attacked the army in Mosul on Monday, killing three soldiers. "We took it," their '
    "spokesman, Omar Haddad, said. The army denied that it had lost any men."
)

PACK = """
[[actor]]
id = "xx.red-front"
name = "The Red Front of Calidia"
kind = "party"
aliases = ["Red Front"]
source = "https://example.org/red-front"
"""


def test_the_record_keeps_the_report() -> None:
    report = Report("r1", TEXT, "A title", "2016-12", Source("Gazette", "https://example.org/1"))
    made = coder().code(report)
    assert (made.id, made.text, made.title, made.published) == ("r1", TEXT, "A title", "2016-12")
    assert made.source == report.source
    assert made.extra["coder"]["name"] == coder().name
    assert made.extra["coder"]["fingerprint"] == coder().fingerprint
    assert made.extra["outcome"] == "ok"
    assert problems(made.to_json()) == []


def test_the_same_report_twice_gives_the_same_record() -> None:
    report = Report("r1", TEXT, published="2016-12-14")
    first = coder().code(report)
    assert coder().code(report).dumps() == first.dumps()
    assert Coder().code(report).dumps() == first.dumps()


def test_many_reports_come_in_their_order() -> None:
    reports = [Report(str(number), f"Rebels killed {number} soldiers in Mosul.") for number in range(2, 7)]
    made = list(coder().code_many(reports))
    assert [r.id for r in made] == [r.id for r in reports]
    assert [r.events[0].killed.best for r in made if r.events[0].killed] == [2, 3, 4, 5, 6]


def test_what_is_not_english_is_kept_and_not_coded() -> None:
    made = coder().code(Report("r1", "Les rebelles ont attaqué l'armée.", language="fr"))
    assert made.text == "Les rebelles ont attaqué l'armée."
    assert (made.actors, made.events, made.statements) == ((), (), ())
    assert made.extra["outcome"] == "partial"
    assert "fr" in made.extra["skipped"][0]["reason"]


def test_a_paragraph_in_another_script_is_skipped_with_the_reason() -> None:
    foreign = "قُتل ثلاثة جنود في الهجوم على الموصل يوم الاثنين."
    text = f"Rebels attacked the army in Mosul.\n\n{foreign}\n\nThe army left the town."
    made = coder().code(Report("r1", text))
    [skipped] = made.extra["skipped"]
    assert text[slice(*skipped["span"])] == foreign
    assert skipped["reason"]
    assert made.extra["outcome"] == "partial"
    assert {text[e.span.start : e.span.end] for e in made.events} == {"attacked", "left"}


def test_a_run_without_spaces_is_skipped_with_the_reason() -> None:
    text = "Rebels attacked the army in Mosul. " + "QUJD" * 200 + " The army left the town."
    made = coder().code(Report("r1", text))
    [skipped] = made.extra["skipped"]
    assert text[slice(*skipped["span"])] == "QUJD" * 200
    assert {text[e.span.start : e.span.end] for e in made.events} == {"attacked", "left"}


def test_a_report_read_in_part_is_marked() -> None:
    made = coder().code(Report("r1", TEXT, partial="page 2 is an image"))
    assert made.extra["outcome"] == "partial"
    assert {"span": None, "reason": "page 2 is an image"} in made.extra["skipped"]
    assert made.events


def test_a_pack_of_the_users_own_names_an_actor_and_changes_the_fingerprint(tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text(PACK, encoding="utf-8")
    own = Coder([pack])
    made = own.code(Report("r1", TEXT))
    assert {(a.name, a.kind) for a in made.actors} >= {("The Red Front of Calidia", "party")}
    assert own.fingerprint != coder().fingerprint
    assert len(own.fingerprint) == 16
    assert "The Red Front of Calidia" not in {a.name for a in record(TEXT).actors}


def test_a_pack_that_is_malformed_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text("[[actor]]\nid = 3\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        Coder([pack])


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", ".", "\ufeff", "\u200b", "🙂"])
def test_a_report_with_next_to_nothing_gives_an_empty_record(text: str) -> None:
    made = coder().code(Report("r1", text))
    assert problems(made.to_json()) == []
    assert (made.events, made.statements, made.relations) == ((), (), ())

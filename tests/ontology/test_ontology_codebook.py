from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import CodebookError
from marsad.ontology import Codebook, Example, UserType, read_codebook
from marsad.ontology.codebook import alike, remarks

TOML = """
name = "sites"
[[type]]
name = "attack on a shrine"
definition = "Any armed attack."
parent = "assault"
examples = ["Gunmen [[stormed]] the shrine.", {text = "A bomb went off in the shrine.", trigger = "went off"}]
counter_examples = ["Pilgrims left the shrine."]
"""
CSV = """type,text,trigger,counter,definition,parent
attack on a shrine,Gunmen [[stormed]] the shrine.,,,Any armed attack.,ASSAULT
attack on a shrine,A bomb went off in the shrine.,went off,no,,
attack on a shrine,Pilgrims left the shrine.,,yes,,
"""


def written(tmp_path: Path, text: str, name: str = "sites.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_three_kinds_of_file_say_the_same(tmp_path: Path) -> None:
    rows = [
        {"type": "attack on a shrine", "text": "Gunmen [[stormed]] the shrine.", "definition": "Any armed attack.",
         "parent": "ASSAULT"},
        {"type": "attack on a shrine", "text": "A bomb went off in the shrine.", "trigger": "went off"},
        {"type": "attack on a shrine", "text": "Pilgrims left the shrine.", "counter": True},
    ]  # fmt: skip
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    one = read_codebook(written(tmp_path, TOML))
    assert one == Codebook(
        "sites",
        (
            UserType(
                "attack on a shrine",
                "Any armed attack.",
                (
                    Example("Gunmen stormed the shrine.", ((7, 14),)),
                    Example("A bomb went off in the shrine.", ((7, 15),)),
                ),
                (Example("Pilgrims left the shrine."),),
                "ASSAULT",
            ),
        ),
    )
    assert read_codebook(written(tmp_path, CSV, "sites.csv")) == one
    assert read_codebook(written(tmp_path, CSV.replace(",", "\t"), "sites.tsv")) == one
    assert read_codebook(written(tmp_path, "\ufeff" + lines, "sites.jsonl")) == one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("name = ", "cannot be read"),
        ("name = 'x'", "has no types"),
        ("type = 3", "begin each type with a line"),
        ("colour = 3", "unknown key 'colour'"),
        (TOML.replace("parent", "parents"), "unknown key 'parents'"),
        (TOML.replace("assault", "attack"), "'ATTACK' is no PLOVER type"),
        (TOML.replace("]] the", " the"), r"\[\[ without \]\]"),
        (TOML.replace("[[stormed]]", "[[ ]]"), "nothing stands between"),
        (TOML.replace('"went off"', '"blew up"'), "does not stand in the text"),
        (TOML.replace("Pilgrims left the shrine.", "gunmen  stormed the SHRINE."), "both an example and a counter"),
        (TOML.replace("Pilgrims left the shrine.", "x" * 3000), "3000 characters"),
        (TOML.replace("attack on a shrine", "x" * 99), "give it a name"),
        (TOML + TOML[15:], "two types are called"),
        ('[[type]]\nname = "x"\nexamples = "y"', "must be a list"),
        ('[[type]]\nname = "x"\nexamples = [3]', "must be a sentence"),
        ('[[type]]\nname = "x"', "has no examples"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CodebookError, match=said) as error:
        read_codebook(written(tmp_path, text))
    assert "\n" not in str(error.value)
    assert "sites.toml" in str(error.value)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("a,b\n1,2\n", "x.csv", "must name the columns type and text"),
        ("type,text,colour\n", "x.csv", "unknown column 'colour'"),
        ("type,text\nx,one, two\n", "x.csv", "line 2: more cells"),
        ("type,text\n,one\n", "x.csv", "no type"),
        ("type,text,counter\nx,one,maybe\n", "x.csv", "write yes"),
        ("type,text,parent\nx,one,AID\nx,two,AGREE\n", "x.csv", "another parent"),
        ("{", "x.jsonl", "line 1: not JSON"),
        ("[]", "x.jsonl", "must be an object"),
        ('{"type": "x", "text": 3}', "x.jsonl", "must be words"),
        ('{"type": "x", "text": "\\ud800"}', "x.jsonl", "half a character"),
        ("x", "x.docx", "is a .toml, .csv, .tsv or .jsonl file"),
    ],
)
def test_rows_are_checked(tmp_path: Path, text: str, name: str, said: str) -> None:
    with pytest.raises(CodebookError, match=said):
        read_codebook(written(tmp_path, text, name))


@given(st.one_of(st.text(), st.binary()), st.sampled_from([".toml", ".csv", ".tsv", ".jsonl"]))
@settings(max_examples=150, deadline=None)
def test_any_file_is_a_codebook_or_a_codebook_error(
    tmp_path_factory: pytest.TempPathFactory, data: str | bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    with suppress(CodebookError):
        assert read_codebook(path).types


def sentences(count: int) -> tuple[Example, ...]:
    return tuple(Example(f"In town {chr(97 + n) * 3} the shrine was shelled by unit {n * n}.") for n in range(count))


def test_remarks_tell_what_would_make_it_better() -> None:
    few = UserType("few", "", sentences(6))
    book = Codebook("b", (few, UserType("many", "d", (*sentences(12), *sentences(1)), (Example("No."),))))
    found = "\n".join(remarks(book))
    for said in ("few: 6 examples are few", "few: no definition", "few: no counter-examples", "many: 1 examples stand",
                 "many and few share an example"):  # fmt: skip
        assert said in found
    assert remarks(Codebook("b", (UserType("fine", "d", sentences(12), (Example("No."),)),))) == []
    assert "too few to train" in remarks(Codebook("b", (UserType("t", "d", sentences(3), (Example("No."),)),)))[0]


def test_copies_of_a_sentence_are_one_group() -> None:
    first = "Rockets landed in the grounds of the embassy before dawn on Monday."
    groups = alike([first, "The consul left.", first.replace("Monday", "Tuesday"), "A new consul arrived in town."])
    assert groups[0] == groups[2]
    assert len(set(groups)) == 3

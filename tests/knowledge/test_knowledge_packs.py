from __future__ import annotations

from pathlib import Path

import pytest

from marsad.knowledge import Knowledge, KnowledgeError

GOOD = """
[pack]
title = "Example"

[[actor]]
id = "xx.blue-banner"
name = "Blue Banner"
kind = "armed-group"
aliases = ["BB", "Blue Banner Brigade"]
backed_by = ["xx.coast"]
source = "https://example.org/blue-banner"

[[actor]]
id = "xx.coast"
name = "Coast Republic"
kind = "state"
adjectives = ["Coastal"]
people = ["Coasters"]
source = "https://example.org/coast"

[[actor]]
id = "xx.premier"
name = "The Premier"
kind = "person"
source = "https://example.org/premier"
terms = [
  {office = "Prime Minister", body = "xx.coast", start = "2001-03", end = "2004-05-06", source = "https://example.org/p"},
]
"""


def written(folder: Path, text: str, name: str = "pack.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pack_of_the_users_own(tmp_path: Path) -> None:
    knowledge = Knowledge.load([written(tmp_path, GOOD)])
    assert knowledge.by_alias["BB"] == ("xx.blue-banner",)
    assert knowledge.by_adjective["Coastal"] == "xx.coast"
    assert knowledge.by_people["Coasters"] == "xx.coast"
    assert knowledge.actors["iq.badr"].name == "Badr Organization"
    holder = knowledge.office("xx.coast", "prime minister", "2004-05-06")
    assert holder is not None
    assert holder.id == "xx.premier"
    assert knowledge.office("xx.coast", "prime minister", "2004-05-07") is None


def test_the_same_pack_as_a_table(tmp_path: Path) -> None:
    text = (
        "# a comment\n"
        "id\tname\tkind\taliases\toffice\tbody\tstart\tend\tsource\n"
        "xx.a\tAda Example\tperson\tAda|A. Example\tmayor\txx.town\t2001\t2003\thttps://example.org/a\n"
        "xx.a\t\t\t\tmayor\txx.town\t2009\t\thttps://example.org/a\n"
        "xx.town\tTown Hall\tgovernment\t\t\t\t\t\thttps://example.org/t\n"
    )
    knowledge = Knowledge.load([written(tmp_path, text, "pack.tsv")])
    actor = knowledge.actors["xx.a"]
    assert actor.aliases == ("Ada", "A. Example")
    assert [(term.start, term.end) for term in actor.terms] == [("2001", "2003"), ("2009", None)]
    assert knowledge.office("xx.town", "mayor", "2005") is None
    assert knowledge.office("xx.town", "mayor", "2030") is actor


def test_a_later_pack_replaces_an_entry(tmp_path: Path) -> None:
    text = '[[actor]]\nid = "iq.badr"\nname = "Badr, mine"\nkind = "party"\nsource = "https://example.org/"\n'
    knowledge = Knowledge.load([written(tmp_path, text)])
    assert knowledge.actors["iq.badr"].kind == "party"
    assert "Badr Organization" not in knowledge.by_alias
    assert Knowledge.load().actors["iq.badr"].kind == "armed-group"


HEAD = '[[actor]]\nid = "xx.a"\nname = "A"\nkind = "party"\nsource = "https://example.org/"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds [[actor]] tables"),
        ("actor = 3", "holds [[actor]] tables"),
        ("[[actor", "not TOML"),
        ('[[actor]]\nname = "A"', "'id' is missing"),
        (HEAD.replace("party", "gang"), "kind 'gang'"),
        (HEAD.replace("xx.a", "XX A"), "is not like"),
        (HEAD.replace("https://example.org/", "hearsay"), "web address"),
        (HEAD + "aliases = 'A'", "aliases must be a list"),
        (HEAD + "aliases = [1]", "aliases must be a text"),
        (HEAD + "aliases = ['']", "not empty"),
        (HEAD + "shoe_size = 4", "no such key: 'shoe_size'"),
        (HEAD + "country = 'Iraq'", "alpha-2"),
        (HEAD + "died = 'long ago'", "not an ISO date"),
        (HEAD + "part_of = ['xx.nobody']", "no actor has the id 'xx.nobody'"),
        (HEAD + "terms = [{office='o', body='iq', start='2001'}]", "lacks 'source'"),
        (HEAD + "terms = [{office='o', body='iq', start='May', source='https://e.org'}]", "ISO dates"),
        (HEAD + "terms = [{office='o', body='iq', start='2002', end='2001', source='https://e.org'}]", "before it"),
        (HEAD + "terms = 'none'", "terms is a list"),
    ],
)
def test_a_malformed_pack_is_refused_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        Knowledge.load([written(tmp_path, text)])
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("id\tname\n\n", "name' is missing"),
        ("id\tname\nxx.a\tA\tmore\n", "3 columns"),
        ("id\tcolour\nxx.a\tred\n", "no such column: 'colour'"),
        ("id\tname\tkind\tsource\nxx.a\tA\tparty\thttps://e.org\nxx.a\tB\tparty\thttps://e.org\n", "another name"),
    ],
)
def test_a_malformed_table_is_refused(tmp_path: Path, text: str, says: str) -> None:
    if text == "id\tname\n\n":
        text = "id\tkind\tsource\nxx.a\tparty\thttps://e.org\n"
    with pytest.raises(KnowledgeError, match=says):
        Knowledge.load([written(tmp_path, text, "pack.tsv")])


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"cannot be read"):
        Knowledge.load([tmp_path / "absent.toml"])
    with pytest.raises(KnowledgeError, match=r"ends in \.toml or \.tsv"):
        Knowledge.load([written(tmp_path, "x", "pack.json")])
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(KnowledgeError, match="UTF-8"):
        Knowledge.load([latin])

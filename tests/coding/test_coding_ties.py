"""Lasting ties that the text states outright, and whom "ISIL terrorists" and the like mean."""

from __future__ import annotations

import pytest
from coding_making import actor_of, names, record


def ties(text: str) -> set[tuple[str, str, str]]:
    """(words of the subject's first mention, relation, words of the object's first mention)."""
    found = record(text)
    first = [tuple(n.split("|")[0] for n in names(found, [r.subject, r.object])) for r in found.relations]
    return {(one, r.relation, other) for (one, other), r in zip(first, found.relations, strict=True)}


def test_each_member_of_a_list_is_part_of_the_body() -> None:
    text = "Coalition nations which have conducted strikes in Iraq include Australia, Belgium, Canada, and Denmark."
    members = {one for one, relation, other in ties(text) if (relation, other) == ("part-of", "Coalition nations")}
    assert members == {"Australia", "Belgium", "Canada", "Denmark"}


def test_a_list_of_things_makes_no_members() -> None:
    assert not {t for t in ties("The goods of Alpha include Syria, a film, and three books.") if t[1] == "part-of"}


@pytest.mark.parametrize(
    "text",
    [
        "The coalition conducted 11 strikes in support of the government of Iraq.",
        "Coalition forces conducted 11 strikes coordinated with and in support of the government of Iraq.",
    ],
)
def test_strikes_in_support_of_somebody_back_them(text: str) -> None:
    assert {r for _, r, _ in ties(text)} >= {"backed-by"}


@pytest.mark.parametrize("text", ["Russia and its ally Syria met in Alpha.", "Russia met its ally Syria in Alpha."])
def test_an_ally_by_name(text: str) -> None:
    assert any(relation == "allied-with" and other == "Syria" for _, relation, other in ties(text))


@pytest.mark.parametrize("phrase", ["ISIL terrorists", "an ISIL tactical unit", "five ISIL tactical units"])
def test_units_of_a_group_are_the_group(phrase: str) -> None:
    found = record(f"ISIL took the town of Alpha. One strike hit {phrase} near Mosul.")
    assert actor_of(found, phrase) == actor_of(found, "ISIL") is not None


def test_a_spokesman_of_a_group_is_somebody_else() -> None:
    found = record("Hamas took the town of Alpha. A Hamas spokesman said that it was quiet.")
    assert actor_of(found, "A Hamas spokesman") != actor_of(found, "Hamas")


def test_weapons_are_no_actors() -> None:
    found = record("Near Mosul, two strikes destroyed a VBIED, an IED and a UAV of ISIL.")
    assert not {"VBIED", "IED", "UAV"} & {found.text[m.start : m.end] for a in found.actors for m in a.mentions}


def test_the_same_words_with_a_name_mean_the_same_actor() -> None:
    found = record(
        "Coalition nations struck Alpha on Monday. Ruth Amsal left. Coalition nations struck Beta on Tuesday."
    )
    assert actor_of(found, "Coalition nations") is not None


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Monitors of the Continental Mission said that the army had left.", "Monitors of the Continental Mission"),
        ("Thousands of people marched against the government.", "Thousands of people"),
    ],
)
def test_a_description_reaches_to_the_end_of_its_phrase(text: str, mention: str) -> None:
    assert actor_of(record(text), mention) is not None

"""What people are in states and bodies, by their titles and offices."""

from __future__ import annotations

import pytest
from coding_making import record


def ties(text: str) -> set[tuple[str, str, str]]:
    """(subject, relation, object) by the names of the actors."""
    found = record(text)
    name = {actor.id: actor.name for actor in found.actors}
    return {(name[r.subject], r.relation, name[r.object]) for r in found.relations}


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "Colombian President Virgilio Torres met the rebels. The Colombian government will not pay.",
            ("Virgilio Torres", "leads", "Colombian government"),
        ),
        (
            "Peru's Prime Minister, Alberto Torres, condemned the attack. Peru closed its border.",
            ("Alberto Torres", "leads", "Peru"),
        ),
        (
            "Argentine Foreign Minister Domingo Torres arrived in Lima. The Argentine government sent aid.",
            ("Domingo Torres", "works-for", "Argentine government"),
        ),
        (
            "Alberto Torres, the Honduran ambassador to Peru, accused the rebels. Honduras closed its border.",
            ("Alberto Torres", "works-for", "Honduras"),
        ),
        (
            "President Alberto Torres condemned the attack. The Peruvian government closed the border of Peru.",
            ("Alberto Torres", "leads", "Peruvian government"),
        ),
    ],
)
def test_the_title_tells_what_somebody_is_in_a_state(text: str, tie: tuple[str, str, str]) -> None:
    assert tie in ties(text)


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "United Nations spokesman Alberto Torres said that the rebels had attacked the town.",
            ("Alberto Torres", "works-for", "United Nations"),
        ),
        (
            "Hezbollah leader Alberto Torres accused the army of the attack.",
            ("Alberto Torres", "leads", "Hezbollah"),
        ),
        (
            "Alberto Torres, a member of Hezbollah, was killed by the army.",
            ("Alberto Torres", "member-of", "Hezbollah"),
        ),
        (
            "Alberto Torres, the vice president of Amnesty International, accused the army.",
            ("Alberto Torres", "member-of", "Amnesty International"),
        ),
        (
            "United Nations Secretary General Alberto Torres condemned the attack.",
            ("Alberto Torres", "leads", "United Nations"),
        ),
    ],
)
def test_an_office_beside_a_name_tells_what_its_bearer_is(text: str, tie: tuple[str, str, str]) -> None:
    assert tie in ties(text)


def test_nobody_leads_two_states() -> None:
    text = (
        "Colombian President Virgilio Torres and Bolivian President Jaime Pereda met in Cartagena. Colombia and "
        "Bolivia signed an accord."
    )
    leads = {tie for tie in ties(text) if tie[1] == "leads"}
    assert leads == {("Virgilio Torres", "leads", "Colombia"), ("Jaime Pereda", "leads", "Bolivia")}


def test_a_president_of_whom_nothing_tells_where_leads_the_state_spoken_of_by_far_most() -> None:
    text = (
        "President Alberto Torres condemned the attack. Peru closed its border. Peru and Chile will not pay. Peru lost."
    )
    assert ("Alberto Torres", "leads", "Peru") in ties(text)
    even = "President Alberto Torres condemned the attack. Peru and Chile closed their border. Peru and Chile lost."
    assert not {tie for tie in ties(even) if tie[1] == "leads"}


def test_a_state_and_its_government_are_not_tied() -> None:
    found = ties("The Colombian government accused the rebels of the attack. Colombia will not pay.")
    assert not {tie for tie in found if tie[1] == "part-of"}


def test_soldiers_of_a_state_of_which_nothing_is_said_are_no_part_of_it() -> None:
    assert ties("Peruvian soldiers killed three rebels near the town.") == set()
    assert ("Peruvian soldiers", "part-of", "Peru") in ties("Peruvian soldiers killed three rebels. Peru will not pay.")

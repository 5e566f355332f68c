from __future__ import annotations

import pytest
from coding_making import actor_of, record


def same(text: str, *mentions: str) -> bool:
    found = record(text)
    ids = {actor_of(found, mention) for mention in mentions}
    return len(ids) == 1 and None not in ids


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("The Red Front Brigade (RFB) freed its prisoners. The RFB asked for talks.", ("Red Front Brigade", "RFB")),
        ("The European Union (EU) condemned the attack. The EU sent aid.", ("European Union", "EU")),
        ("Ruth Amsal met Omar Haddad in Alpha. Haddad thanked Amsal.", ("Ruth Amsal", "Amsal")),
        ("Ruth Amsal met Omar Haddad in Alpha. Haddad thanked Amsal.", ("Omar Haddad", "Haddad")),
        ("Ruth Amsal left the town. She met the rebels.", ("Ruth Amsal", "She")),
        ("Omar Haddad was tired. He asked his soldiers to rest.", ("Omar Haddad", "He", "his")),
        ("The soldiers said that they had seen nothing.", ("The soldiers", "they")),
        ("Israeli jets bombed Gaza. Israel said nothing.", ("Israeli", "Israel")),
        ("ISIS attacked Mosul. The Islamic State killed 20 soldiers.", ("ISIS", "Islamic State")),
        ("Hezbollah attacked Israel. Hizbullah killed two soldiers.", ("Hezbollah", "Hizbullah")),
        ("Vladimir Putin met Angela Merkel. Putin thanked her.", ("Vladimir Putin", "Putin")),
        pytest.param(
            "Vladimir Putin met Angela Merkel. Putin thanked her.",
            ("Angela Merkel", "her"),
        ),
    ],
)
def test_mentions_of_one_actor(text: str, mentions: tuple[str, ...]) -> None:
    assert same(text, *mentions)


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Ruth Amsal met Omar Haddad in Alpha.", ("Ruth Amsal", "Omar Haddad")),
        ("Russia and Turkey signed an agreement.", ("Russia", "Turkey")),
        ("The rebels attacked the army.", ("The rebels", "the army")),
        ("Hamas attacked Hezbollah.", ("Hamas", "Hezbollah")),
        ("North Korea threatened South Korea.", ("North Korea", "South Korea")),
    ],
)
def test_mentions_of_two_actors(text: str, mentions: tuple[str, str]) -> None:
    found = record(text)
    ids = [actor_of(found, mention) for mention in mentions]
    assert None not in ids
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("Ruth Amsal left the town.", "Ruth Amsal", "person"),
        ("Hezbollah attacked the town.", "Hezbollah", "armed-group"),
        ("Russia condemned the attack.", "Russia", "state"),
        ("The United Nations condemned the attack.", "United Nations", "international-organisation"),
        ("The police arrested 14 protesters.", "The police", "police"),
        ("The police arrested 14 protesters.", "14 protesters", "population"),
        ("The army shelled the town.", "The army", "military"),
        ("The parliament rejected the plan.", "The parliament", "legislature"),
        ("The court sentenced two men.", "The court", "judiciary"),
        ("The government rejected the plan.", "The government", "government"),
        ("The rebels rejected the plan.", "The rebels", "armed-group"),
    ],
)
def test_kinds(text: str, mention: str, kind: str) -> None:
    found = record(text)
    assert {a.id: a.kind for a in found.actors}[str(actor_of(found, mention))] == kind


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("ISIL attacked the army.", "ISIL", "Islamic State"),
        ("Haddad was tired. Omar Haddad is a colonel.", "Haddad", "Omar Haddad"),
        ("The army shelled the town.", "The army", "The army"),
    ],
)
def test_an_actor_is_called_by_its_known_or_fullest_name(text: str, mention: str, name: str) -> None:
    found = record(text)
    assert {a.id: a.name for a in found.actors}[str(actor_of(found, mention))] == name


def test_titles_and_determiners_stay_outside_names() -> None:
    found = record("Lt. Gen. Omar Haddad met the Islamic State's envoy. President Vladimir Putin was there.")
    mentions = {found.text[m.start : m.end] for a in found.actors for m in a.mentions}
    assert {"Omar Haddad", "Islamic State", "Vladimir Putin"} <= mentions


@pytest.mark.parametrize(
    ("text", "subject", "relation", "object_"),
    [
        ("Omar Haddad, the leader of the Red Front, was arrested.", "Omar Haddad", "leads", "Red Front"),
        ("Omar Haddad leads the Red Front.", "Omar Haddad", "leads", "Red Front"),
        ("The Red Front is part of the Islamic Front.", "Red Front", "part-of", "Islamic Front"),
        ("Omar Haddad, a spokesman for the Red Front, said no.", "Omar Haddad", "works-for", "Red Front"),
        ("The Russian army shelled the town. Russia denied it.", "Russian army", "part-of", "Russia"),
        ("Hezbollah attacked Israel.", "Hezbollah", "fights", "Israel"),
        pytest.param(
            "The Free Syrian Army is backed by Turkey.",
            "Free Syrian Army",
            "backed-by",
            "Turkey",
        ),
        pytest.param(
            "Hamas, which is backed by Iran, fired rockets.",
            "Hamas",
            "backed-by",
            "Iran",
        ),
    ],
)
def test_relations(text: str, subject: str, relation: str, object_: str) -> None:
    found = record(text)
    ties = {(r.subject, r.relation, r.object) for r in found.relations}
    assert (actor_of(found, subject), relation, actor_of(found, object_)) in ties


def test_a_relation_that_somebody_states_is_according_to_them() -> None:
    found = record("Ruth Amsal said that Omar Haddad leads the Red Front.")
    [tie] = [r for r in found.relations if r.subject == actor_of(found, "Omar Haddad")]
    assert (tie.relation, tie.object) == ("leads", actor_of(found, "Red Front"))
    assert tie.according_to == (actor_of(found, "Ruth Amsal"),)
    assert found.text[tie.evidence.start : tie.evidence.end] == "Omar Haddad leads the Red Front"


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("The Foreign Secretary pressed the rebels to free their prisoners.", "The Foreign Secretary"),
        (
            "Rebels freed two soldiers. The Foreign Secretary welcomed this and met their families.",
            "The Foreign Secretary",
        ),
        ("The Defence Minister said that the army had left the town.", "The Defence Minister"),
    ],
)
def test_an_office_stands_for_whoever_holds_it(text: str, office: str) -> None:
    assert actor_of(record(text), office) is not None


def test_an_office_before_a_name_is_no_mention() -> None:
    found = record("The Foreign Secretary Ruth Amsal pressed the rebels to free their prisoners.")
    mentions = {found.text[m.start : m.end] for actor in found.actors for m in actor.mentions}
    assert "Ruth Amsal" in mentions
    assert not any("Secretary" in mention for mention in mentions)


def test_of_a_long_list_of_doers_nobody_is_said_to_fight() -> None:
    two = record("France and Germany bombed the Islamic State near Raqqa on Monday.")
    four = record("France, Germany, Belgium and Denmark bombed the Islamic State near Raqqa on Monday.")
    assert any(tie.relation == "fights" for tie in two.relations)
    assert not any(tie.relation == "fights" for tie in four.relations)
    [event] = four.events
    assert len(event.actors) > 2


def test_those_who_are_hurt_in_a_battle_are_not_said_to_hurt_themselves() -> None:
    [event] = record("Two soldiers were wounded in the gun battle.").events
    assert (event.actors, len(event.recipients)) == ((), 1)

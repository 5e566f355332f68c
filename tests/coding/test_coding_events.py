from __future__ import annotations

import pytest
from coding_making import actor_of, claims, names, record, words

from marsad.coding import events
from marsad.coding.eventlinks import EventDraft
from marsad.coding.mentions import Mention
from marsad.coding.triggers import Trigger
from marsad.records import Passage

PUBLISHED = "2016-12-14"


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "doer", "sufferer"),
    [
        ("The rebels attacked the army in Mosul.", "attacked", "ASSAULT", "The rebels", "the army"),
        pytest.param(
            "Rebels attacked the army in Mosul.",
            "attacked",
            "ASSAULT",
            "Rebels",
            "the army",
        ),
        ("The army was attacked by rebels.", "attacked", "ASSAULT", "rebels", "The army"),
        ("The rebels' raid on the army began at noon.", "raid", "ASSAULT", "The rebels", "the army"),
        ("The police arrested two journalists.", "arrested", "COERCE", "The police", "two journalists"),
        ("Two journalists were arrested by the police.", "arrested", "COERCE", "the police", "Two journalists"),
        ("The rebels asked the army to leave the town.", "asked", "REQUEST", "The rebels", "the army"),
        ("The rebels released two journalists.", "released", "RETREAT", "The rebels", "two journalists"),
        ("Ruth Amsal met Omar Haddad in Alpha.", "met", "CONSULT", "Ruth Amsal", "Omar Haddad"),
        ("France urged Russia to withdraw.", "urged", "REQUEST", "France", "Russia"),
        ("The government accused the rebels of murder.", "accused", "ACCUSE", "The government", "the rebels"),
        ("The rebels threatened to kill the hostages.", "threatened", "THREATEN", "The rebels", "the hostages"),
        pytest.param(
            "The police fired tear gas at protesters.",
            "fired",
            "ASSAULT",
            "The police",
            "protesters",
        ),
    ],
)
def test_who_did_what_to_whom(text: str, trigger: str, kind: str, doer: str, sufferer: str) -> None:
    found = record(text)
    [event] = claims(found, trigger)
    assert event.type == kind
    assert actor_of(found, doer) in event.actors
    assert actor_of(found, sufferer) in event.recipients
    assert event.according_to == ("author",)


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The army left the town.", "left", "RETREAT"),
        ("Thousands of people protested in Baghdad.", "protested", "PROTEST"),
        ("Turkey imposed a curfew in Diyarbakir.", "curfew", "COERCE"),
        ("Iran condemned the attack.", "condemned", "ACCUSE"),
        ("The parliament rejected the plan.", "rejected", "REJECT"),
        ("Turkey sent tents and food to Syria.", "sent", "AID"),
        ("Germany and France signed an agreement in Berlin.", "signed", "SUPPORT"),
        ("The court sentenced two men to death.", "sentenced", "SANCTION"),
    ],
)
def test_types(text: str, trigger: str, kind: str) -> None:
    assert [event.type for event in claims(record(text), trigger)] == [kind]


def test_those_joined_by_and_both_take_part() -> None:
    found = record("Russia and Iran attacked the rebels and the army of Calidia.")
    [event] = claims(found, "attacked")
    assert {actor_of(found, "Russia"), actor_of(found, "Iran")} <= set(event.actors)
    assert actor_of(found, "the rebels") in event.recipients


@pytest.mark.parametrize(
    ("text", "trigger", "parties"),
    [
        ("Heavy clashes between rebels and the army went on in Aleppo.", "clashes", {"rebels", "the army"}),
        ("France and Iran signed an agreement in Geneva.", "signed", {"France", "Iran"}),
    ],
)
def test_both_parties_stand_on_both_sides_of_what_they_do_together(text: str, trigger: str, parties: set[str]) -> None:
    found = record(text)
    [event] = claims(found, trigger)
    assert set(names(found, event.actors)) == set(names(found, event.recipients)) == parties


def test_who_fights_whom_is_told_apart_where_the_sentence_does() -> None:
    found = record("The rebels clashed with the army in Mosul.")
    [event] = claims(found, "clashed")
    assert names(found, event.actors) == ["The rebels"]
    assert names(found, event.recipients) == ["the army"]


def test_the_killing_of_one_person_is_one_event() -> None:
    text = (
        "Omar Haddad was killed in Mosul on Monday. Ruth Amsal said that gunmen had shot Haddad at his house. "
        "Police said that they knew who murdered Haddad."
    )
    found = record(text)
    [event] = [claim for claim in found.events if claim.type == "ASSAULT"]
    assert {words(text, span) for span in (event.span, *event.also)} == {"killed", "shot", "murdered"}


def test_the_killings_of_two_who_have_names_are_two_events() -> None:
    text = "Omar Haddad was killed in Mosul on Monday. Samir Karim was killed in Mosul on Tuesday."
    found = record(text)
    assert [names(found, claim.recipients) for claim in found.events] == [["Omar Haddad"], ["Samir Karim"]]


def test_that_nobody_claims_an_attack_is_no_telling_of_it() -> None:
    text = "No group had claimed the attack."
    assert "claimed" not in {words(text, span) for claim in record(text).events for span in (claim.span, *claim.also)}


def test_what_comes_of_an_attack_is_the_same_event() -> None:
    found = record("Rebels attacked the army in Mosul on Monday, killing three soldiers and wounding 12.", PUBLISHED)
    [event] = found.events
    assert {words(found.text, p) for p in (event.span, *event.also)} == {"attacked", "killing", "wounding"}


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("The army attacked the town.", "attacked", "happened"),
        ("The army did not attack the town.", "attack", "did-not-happen"),
        ("The army will attack the town if the rebels do not leave.", "attack", "conditional"),
        ("None of the rebels laid down their arms.", "laid down", "did-not-happen"),
        ("Few of the rebels laid down their arms.", "laid down", "happened"),
        ("No fewer than 80 villagers were killed in the massacre.", "killed", "happened"),
        ("No doubt the army shelled the town.", "shelled", "happened"),
        ("Not only did the army shell the town, it also bombed the bridge.", "shell", "happened"),
        ("None of the soldiers was hurt when rebels fired at the bus.", "fired", "happened"),
        ("The rebels asked the army to leave the town.", "leave", "requested"),
        ("The rebels threatened to kill the hostages.", "kill", "planned"),
        ("The United States remains committed to sending aid to Jordan.", "sending", "planned"),
        ("The army, which is committed to the coalition, shelled the town.", "shelled", "happened"),
        ("If the rebels agreed to a truce, Russia would send food to the town.", "send", "conditional"),
        ("Russia said that it would send food to the town.", "send", "planned"),
        ("The army said it had not confirmed that rebels shelled the town.", "shelled", "happened"),
        ("The police have not said who killed the two men.", "killed", "happened"),
        ("The army denied that it shelled the town.", "shelled", "did-not-happen"),
        ("If the rebels fire again, the army will retaliate, the general threatened.", "threatened", "happened"),
        ("Russia will send 20 tanks to Syria.", "send", "planned"),
        ("Greek students announced new protests after the police shot a boy.", "protests", "planned"),
        pytest.param(
            "The army plans to attack the town next week.",
            "attack",
            "planned",
        ),
    ],
)
def test_status(text: str, trigger: str, status: str) -> None:
    assert [event.status for event in claims(record(text, PUBLISHED), trigger)] == [status]


@pytest.mark.parametrize(
    ("text", "trigger", "certainty"),
    [
        ("The army attacked the town.", "attacked", "certain"),
        ("The army may have attacked the town.", "attacked", "possible"),
        ("The army reportedly attacked the town.", "attacked", "probable"),
    ],
)
def test_certainty(text: str, trigger: str, certainty: str) -> None:
    assert [event.certainty for event in claims(record(text), trigger)] == [certainty]


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("The ministry denied that the army had bombed the hospital.", "The ministry"),
        ("Ruth Amsal denied that the army had bombed the hospital.", "Ruth Amsal"),
    ],
)
def test_what_is_denied_did_not_happen_according_to_the_denier(text: str, denier: str) -> None:
    found = record(text)
    [event] = claims(found, "bombed")
    assert event.status == "did-not-happen"
    assert names(found, event.according_to) == [denier]


@pytest.mark.parametrize(
    ("text", "trigger", "owed"),
    [
        ("The army must go back to its barracks, the ministry said.", "go", True),
        ("The soldiers must withdraw from the valley of Tamra.", "withdraw", True),
        ("The government has to release the prisoners.", "release", True),
        ("The soldiers had to withdraw from the valley of Tamra.", "withdraw", False),
        ("The soldiers must have withdrawn from the valley of Tamra.", "withdrawn", False),
    ],
)
def test_what_must_be_done_has_not_happened(text: str, trigger: str, owed: bool) -> None:
    [event] = claims(record(text), trigger)
    assert (event.status != "happened") == owed


def test_talks_that_somebody_did_not_join_are_not_those_of_the_others() -> None:
    found = record("Ethiopia and Sudan held talks in Cairo on Monday. Eritrea did not take part in the talks.")
    told = {event.status: names(found, event.actors) for event in found.events if event.type == "CONSULT"}
    assert told["did-not-happen"] == ["Eritrea"]
    assert "Eritrea" not in told["happened"]


@pytest.mark.parametrize("words", ["took no part in the talks", "did not join the talks", "did not attend the talks"])
def test_who_stays_away_from_talks_does_not_talk(words: str) -> None:
    events = [event for event in record(f"Eritrea {words}.").events if event.type == "CONSULT"]
    assert {event.status for event in events} == {"did-not-happen"}


def test_an_attack_on_another_town_is_another_event() -> None:
    text = "Syrian warplanes bombed Idlib on Monday, killing six. The attack on {} came a day later and killed nine."
    found = record(text.format("Aleppo"))
    [first], [second] = claims(found, "bombed"), claims(found, "attack")
    assert first is not second
    assert [event.place.name for event in (first, second) if event.place] == ["Idlib", "Aleppo"]
    assert [event.killed.best for event in (first, second) if event.killed] == [6, 9]
    again = record("Syrian warplanes bombed Idlib on Monday, killing six. The attack on Idlib was condemned by Qatar.")
    assert claims(again, "bombed") == claims(again, "attack")


def test_the_request_is_the_authors_and_what_is_asked_for_the_askers() -> None:
    found = record("The rebels asked the army to leave the town.")
    [asking], [leaving] = claims(found, "asked"), claims(found, "leave")
    assert asking.according_to == ("author",)
    assert names(found, leaving.according_to) == ["The rebels"]
    assert actor_of(found, "the army") in leaving.actors


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        ("The police arrested two journalists.", "arrested", "arrest"),
        ("The rebels released two journalists.", "released", "release"),
        ("The army shelled the town.", "shelled", "heavy-weapons"),
        ("Turkey imposed a curfew in Diyarbakir.", "curfew", "curfew"),
        ("Thousands of people protested in Baghdad.", "protested", "demo"),
        ("A roadside bomb killed three soldiers.", "killed", "explosives"),
        ("A landmine killed four farmers.", "killed", "explosives"),
        ("A suicide bomber killed five people in Baghdad.", "killed", "suicide-attack"),
        ("A drone killed the commander.", "killed", "drone"),
        ("Warplanes bombed the market.", "bombed", "aerial"),
        ("Rebels fired mortars at the airport.", "fired", "heavy-weapons"),
        ("Gunmen killed two judges.", "killed", "firearms"),
        ("Militants stabbed a policeman to death.", "stabbed", "primitive"),
        ("Rebels attacked the village with machetes.", "attacked", "primitive"),
        ("Soldiers used chlorine gas against the rebels.", "used", "unconventional"),
        ("A gas attack killed ten civilians.", "killed", "unconventional"),
        ("A gas explosion killed five people.", "killed", "explosives"),
        ("Rebels launched a gas pipeline attack near Kano.", "launched", None),
        ("Soldiers killed ten civilians.", "killed", None),
        ("Militants attacked an army base, killing five soldiers.", "attacked", None),
    ],
)
def test_modes(text: str, trigger: str, mode: str | None) -> None:
    assert [event.mode for event in claims(record(text), trigger)] == [mode]


@pytest.mark.parametrize(
    "text",
    [
        "Floods and landslides killed 30 people.",
        "An earthquake killed 200 people in Herat.",
        "An earthquake struck the city, killing 200 people.",
        "Floods killed 30 people in Sindh.",
        "Cholera has killed 60 people in the camp.",
        "A bus crash killed 12 people near Kano.",
    ],
)
def test_what_nobody_did_is_no_assault(text: str) -> None:
    assert [event.type for event in record(text).events if event.type == "ASSAULT"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two aid workers during the Ebola epidemic in Beni.",
        "Gunmen stormed the clinic during the Ebola epidemic, killing two nurses.",
        "The massacre of 30 villagers during the cholera epidemic shocked the country.",
        "Twelve guards were killed by gunmen during the pandemic.",
        "Militants killed five people during the flood.",
        "The Northern Storm Brigade killed five soldiers in Azaz.",
    ],
)
def test_what_somebody_did_in_a_bad_time_is_an_assault(text: str) -> None:
    assert [event.type for event in record(text).events] == ["ASSAULT"]


def test_a_storm_of_bullets_is_no_weather() -> None:
    assert [event.type for event in record("A storm of bullets killed three men.").events] == ["ASSAULT"]


def test_time_and_place_of_an_event() -> None:
    found = record("Rebels attacked the army in Mosul on Monday. The police had left Baghdad in May.", PUBLISHED)
    [attack], [leaving] = claims(found, "attacked"), claims(found, "left")
    assert attack.time is not None
    assert (attack.time.start, attack.time.end) == ("2016-12-12", "2016-12-12")
    assert words(found.text, attack.time.span) == "Monday"
    assert attack.place is not None
    assert attack.place.name == "Mosul"
    assert leaving.time is not None
    assert leaving.time.start == "2016-05"


def test_an_event_without_time_or_place_is_given_none() -> None:
    [event] = record("Rebels attacked the army.", PUBLISHED).events
    assert event.time is None
    assert event.place is None
    assert event.killed is None
    assert event.injured is None


@pytest.mark.parametrize("text", ["It rained all day.", "The mayor is 50 years old.", "Wheat prices rose by a tenth."])
def test_what_tells_of_no_event(text: str) -> None:
    assert record(text).events == ()


@pytest.mark.parametrize(
    ("kind", "chance", "taken"),
    [
        ("REQUEST", 0.1, True),
        ("REQUEST", 0.05, False),
        ("ASSAULT", 0.1, False),
        ("ASSAULT", 0.2, True),
        ("PROTEST", 0.2, False),
        ("PROTEST", 0.25, True),
    ],
)
def test_a_doubtful_recipient_is_taken_where_such_events_seldom_have_none(
    kind: str, chance: float, taken: bool
) -> None:
    event = EventDraft([Trigger(0, Passage(0, 5), kind, 1.0, {kind: 1.0})], doers={1: 0.9}, types={kind: 1.0})
    events._fall_back(event, {0: []}, [(2, 0.0, 0.0)])
    assert event.sufferers == {}
    far = EventDraft(list(event.triggers), doers={1: 0.9}, types={kind: 1.0})
    events._fall_back(far, {0: []}, [(2, 0.0, 0.3)])
    assert far.sufferers == ({2: 0.3} if kind == "REQUEST" else {})
    mention = Mention(0, 1, 0, 0, 5, "name", actor=3)
    events._fall_back(event, {0: [(mention, 0.0, chance)]}, [])
    assert event.sufferers == ({3: chance} if taken else {})

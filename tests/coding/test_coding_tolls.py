from __future__ import annotations

import pytest
from coding_making import claims, record

from marsad.coding import tolls
from marsad.coding.counts import number_of
from marsad.coding.parsing import parse
from marsad.records import Toll


def exactly(number: int) -> Toll:
    return Toll(number, number, number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3", 3),
        ("1,200", 1200),
        ("1,234,567", 1_234_567),
        ("twelve", 12),
        ("forty-one", 41),
        ("two dozen", 24),
        ("a dozen", 12),
        ("three hundred", 300),
        ("two hundred and five", 205),
        ("six thousand", 6000),
        ("2 million", 2_000_000),
        ("one thousand two hundred", 1200),
        ("dozens", None),
        ("hundreds", None),
        ("several", None),
        ("half a dozen", 6),
        ("a score", 20),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_numbers(words: str, number: int | None) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Rebels attacked the army, killing three soldiers and wounding 12.", exactly(3), exactly(12)),
        ("A bomb killed 1,200 people in Baghdad.", exactly(1200), None),
        ("Seven people were killed and 23 were wounded in the attack.", exactly(7), exactly(23)),
        ("The rebels' raid on the village left two dozen civilians dead.", exactly(24), None),
        ("The attack by the rebels on the army killed at least 43 people.", Toll(43, 43, None), None),
        ("A drone strike killed more than 100 fighters.", Toll(100, 100, None), None),
        ("A drone strike killed up to 100 fighters.", Toll(None, 100, 100), None),
        ("The army killed between 10 and 15 rebels in the raid.", Toll(10, 13, 15), None),
        ("The army killed 10 to 14 rebels in the raid.", Toll(10, 12, 14), None),
        ("At least seven soldiers and a nurse were killed in the attack.", Toll(8, 8, None), None),
        ("Gunmen shot dead the mayor of Alpha.", exactly(1), None),
        ("Gunmen killed Omar Haddad and two guards.", exactly(3), None),
        ("The rebels shelled the town. There were no casualties.", exactly(0), exactly(0)),
        ("The rebels shelled the town. Four children were killed.", exactly(4), None),
        ("The murder of two nurses shocked the town.", exactly(2), None),
        ("The blast left 3 dead and 10 wounded.", exactly(3), exactly(10)),
        ("Three soldiers were killed and four injured in the attack.", exactly(3), exactly(4)),
        ("A total of 120 civilians have been killed.", exactly(120), None),
        ("Some 40 people, including 12 children, were killed in the strike.", exactly(40), None),
        ("The shelling killed a mother and her two children.", exactly(3), None),
        ("No one was hurt when the rebels fired at the bus.", exactly(0), exactly(0)),
        ("Two soldiers were killed and a dozen wounded in the raid.", exactly(2), exactly(12)),
        ("Two people were killed and several others wounded in a shooting.", exactly(2), None),
        ("A soldier was killed and three others injured by a landmine.", exactly(1), exactly(3)),
        ("Five people were killed and another wounded in the blast.", exactly(5), exactly(1)),
        ("The blast left 12 dead and dozens hurt.", exactly(12), None),
        ("The clashes left 10 rebels and four soldiers dead.", exactly(14), None),
        ("The attack resulted in 12 deaths and 30 injuries.", exactly(12), exactly(30)),
        ("The army killed or wounded 30 rebels in the battle.", None, None),
        ("There were 30 dead and wounded in the attack.", None, None),
        ("Half a dozen soldiers were killed in the ambush.", exactly(6), None),
        ("Several dozen people were killed in the attack.", None, None),
        ("A dozen people were killed and a score wounded in the attack.", exactly(12), exactly(20)),
        ("No more than 5 people were killed in the attack.", Toll(None, 5, 5), None),
        ("No fewer than 80 villagers were killed in the massacre.", Toll(80, 80, None), None),
        ("Another 30 people were wounded in the attack.", None, exactly(30)),
        ("Twenty-two soldiers lost their lives in the raid.", exactly(22), None),
        ("A family of five was killed in an air strike.", exactly(5), None),
        ("A couple and their three children were killed in the strike.", exactly(5), None),
        ("Both men were killed in the raid.", exactly(2), None),
        ("The death toll in the attack has reached 90.", exactly(90), None),
        ("Not a single soldier was killed in the bombing of the base.", exactly(0), None),
        ("Not all of the hostages were killed in the raid.", None, None),
        ("Not everybody was killed in the attack.", None, None),
        ("Rebels attacked the army.", None, None),
        ("Rebels killed soldiers in the raid.", None, None),
    ],
)
def test_tolls(text: str, killed: Toll | None, injured: Toll | None) -> None:
    found = record(text)
    assert [e.killed for e in found.events if e.killed is not None] == ([killed] if killed else [])
    assert [e.injured for e in found.events if e.injured is not None] == ([injured] if injured else [])


def test_what_is_between_two_verbs_is_the_first_ones() -> None:
    found = record(
        "SELMET, Kardesh, March 15 - Gunmen ambushed an army convoy in the Teral valley on Monday, killing at least "
        "nine soldiers and wounding 14, officials said on Tuesday, in the deadliest attack on the army this year."
    )
    assert [(e.killed, e.injured) for e in found.events if e.killed] == [(Toll(9, 9, None), exactly(14))]


def test_where_nobody_was_killed_the_attack_killed_nobody() -> None:
    found = record("Nobody was killed in the attack on the town.")
    assert [(e.status, e.killed) for e in found.events] == [("did-not-happen", exactly(0)), ("happened", exactly(0))]


def test_those_who_kill_are_not_counted() -> None:
    [event] = claims(record("Three gunmen killed the mayor of Alpha."), "killed")
    assert event.killed == exactly(1)


@pytest.mark.parametrize(
    "text", ["On 17 May 2012 gunmen shot soldiers dead.", "In 2014 soldiers killed students.", "Rebels died 3 May."]
)
def test_dates_are_no_tolls(text: str) -> None:
    document = parse(text)
    counts = [tolls.toll(document, index) for index, _ in tolls.toll_words(document, 0, len(document.words))]
    assert all(count is None or count.best not in (3, 17, 2012, 2014) for count in counts)


def test_each_count_goes_to_one_event() -> None:
    text = "Rebels killed six soldiers in Mosul on Monday. In Baghdad, the police shot dead two men on Tuesday."
    events = record(text, "2016-12-14").events
    assert [e.killed.best for e in events if e.killed] == [6, 2]

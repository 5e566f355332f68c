from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from marsad.knowledge import Knowledge
from marsad.vocabulary import KINDS


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def test_loading_again_costs_nothing(knowledge: Knowledge) -> None:
    assert Knowledge.load() is knowledge


def test_every_entry_has_a_kind_a_source_and_a_clean_name(knowledge: Knowledge) -> None:
    for actor in knowledge.actors.values():
        assert actor.kind in KINDS
        assert re.fullmatch(r"https://[a-z.]+/\S*", actor.source), actor.id
        for name in actor.surfaces:
            assert name == " ".join(name.split()), (actor.id, name)
            assert len(name) > 1


def test_arabic_names_are_in_arabic_letters(knowledge: Knowledge) -> None:
    for actor in knowledge.actors.values():
        for name in actor.arabic:
            assert not re.search(r"[A-Za-z]", name), (actor.id, name)
            assert re.search(r"[\u0600-\u06ff]", name), (actor.id, name)


def test_states(knowledge: Knowledge) -> None:
    states = [actor for actor in knowledge.actors.values() if actor.kind == "state"]
    assert len(states) >= 196
    assert all(state.id == (state.country or "").lower() for state in states)
    assert knowledge.by_adjective["Iraqi"] == "iq"
    assert knowledge.by_people["Americans"] == "us"
    assert {knowledge.by_alias[name] for name in ("US", "U.S.", "United States", "America")} == {("us",)}
    assert "Washington" not in knowledge.by_alias


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("ISIS", "islamic-state"), ("Daesh", "islamic-state"), ("Da'esh", "islamic-state"), ("داعش", "islamic-state"),
        ("PMF", "iq.pmf"), ("Hashd al-Shaabi", "iq.pmf"), ("الحشد الشعبي", "iq.pmf"),
        ("Kata'ib Hezbollah", "iq.kataib-hezbollah"), ("kataib hizballah", "iq.kataib-hezbollah"),
        ("Asaib Ahl al-Haq", "iq.asaib-ahl-al-haq"), ("Qassem Soleimani", "ir.soleimani"),
        ("Abu Mahdi al-Muhandis", "iq.muhandis"), ("Hezbollah", "lb.hezbollah"), ("U.N.", "un"),
        ("Human Rights Watch", "ngo.hrw"), ("SOHR", "sy.sohr"), ("Reuters", "media.reuters"),
        ("Jabhat al-Nusra", "sy.nusra"), ("Mustafa al-Kadhimi", "iq.kadhimi"),
    ],
)  # fmt: skip
def test_names_find_their_actor(knowledge: Knowledge, name: str, actor: str) -> None:
    assert [found.id for found in knowledge.lookup(name)] == [actor]


@pytest.mark.parametrize(
    ("body", "office", "date", "holder"),
    [
        ("iq", "prime minister", "2020-06-26", "iq.kadhimi"),
        ("IQ", "Prime Minister", "2014-09-08", "iq.abadi"),
        ("iq", "prime minister", "2014-09-07", "iq.maliki"),
        ("us", "president", "2020-01-03", "us.trump"),
        ("us", "secretary of state", "2016", "us.kerry"),
        ("gb", "prime minister", "2016-07-12", "gb.cameron"),
        ("ru", "president", "2010-01-01", "ru.medvedev"),
        ("un", "secretary-general", "2012-03", "un.ban"),
        ("iq.quds-force", "commander", "2020-06-01", "ir.qaani"),
    ],
)
def test_who_held_an_office(knowledge: Knowledge, body: str, office: str, date: str, holder: str) -> None:
    found = knowledge.office(body, office, date)
    assert found is not None
    assert found.id == holder


def test_what_is_not_known_is_none(knowledge: Knowledge) -> None:
    assert knowledge.office("iq", "prime minister", "1999-01-01") is None
    assert knowledge.office("iq", "prime minister", "2090-01-01") is None
    assert knowledge.office("iq", "beekeeper", "2020") is None
    assert knowledge.lookup("Nobody of that name") == ()


def test_terms_of_one_office_do_not_overlap(knowledge: Knowledge) -> None:
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for actor in knowledge.actors.values():
        for term in actor.terms:
            terms.setdefault((term.body, term.office), []).append((term.start, term.end or "9999", actor.id))
    for office, held in terms.items():
        for (_, end, one), (start, _, other) in pairwise(sorted(held)):
            n = min(len(end), len(start))
            assert end[:n] <= start[:n], (office, one, other)


def test_the_dead_hold_no_office(knowledge: Knowledge) -> None:
    for actor in knowledge.actors.values():
        if actor.died:
            for term in actor.terms:
                assert term.end is not None, actor.id
                assert term.end[:4] <= actor.died[:4], actor.id


def test_few_names_are_shared(knowledge: Knowledge) -> None:
    shared = Counter(len(ids) for ids in knowledge.by_alias.values())
    assert sum(count for size, count in shared.items() if size > 1) <= 10

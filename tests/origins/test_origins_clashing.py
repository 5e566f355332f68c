"""One form filled for two happenings is no copy; a copy with another toll, dateline or spelling is. All fictional."""

from __future__ import annotations

from itertools import permutations

import pytest

from marsad.origins import Origins, ReportStore
from marsad.origins.alignment import align
from marsad.origins.clashing import Clash, clash, like_names, of_another
from marsad.origins.facts import facts, own_day, sentences
from marsad.origins.judging import Side, judge
from marsad.origins.wording import Wording
from marsad.records import Report

FORM = (
    "MERIDA, {date} - Fighting broke out on {day} between the army and the Lowland Council in {place}, south of the "
    "capital, medical workers said.\n\n{n} people were killed and {m} wounded, the ministry of health said.\n\nTavria "
    "has known no peace since the uprising that brought down President Orlan Veskid in 2012. The Council began its "
    "march on the capital in spring. The Union of Coastal States has called for a truce again and again, but "
    "neighbours send both sides weapons and money."
)
MAY = FORM.format(date="May 6, 2019", day="Monday", place="Tal Marez", n="Eleven", m="30")
JULY = FORM.format(date="July 18, 2019", day="Thursday", place="Sennar Bay", n="Four", m="nine")
SEPTEMBER = FORM.format(date="Sept 3, 2019", day="Tuesday", place="Ketra", n="Twenty", m="55")
BRIEF = (
    "MERIDA, May {date}, 2016 - A bomb beside a road killed {n} policemen in Hadun province on Tuesday, the governor's "
    "spokesman said. No group has said that it laid the bomb, but the Red Dawn Front has carried out many such "
    "attacks. The rebels have fought the government since 2001."
)


def origins(*reports: Report) -> int:
    """How many origins the reports have."""
    with ReportStore() as store:
        index = Origins(store)
        for report in reports:
            index.add(report)
        return len(list(index.listed()))


def copied(one: str, other: str, days: tuple[str | None, str | None] = (None, None)) -> bool:
    """Whether one is taken for a copy of the other, whichever came in first."""
    a, b = (
        Side.of(Report(name, text, published=day)) for name, text, day in zip("ab", (one, other), days, strict=True)
    )
    found = judge(a, b) is not None
    assert found == (judge(b, a) is not None)
    return found


@pytest.mark.parametrize("dated", [True, False])
def test_three_fights_in_the_same_words_are_three_origins_in_any_order(dated: bool) -> None:
    days = ("2019-05-06", "2019-07-18", "2019-09-03")
    reports = [
        Report(name, text, published=day if dated else None)
        for name, text, day in zip("abc", (MAY, JULY, SEPTEMBER), days, strict=True)
    ]
    for order in permutations(reports):
        assert origins(*order) == 3


@pytest.mark.parametrize(
    "copy",
    [
        MAY.replace("Eleven", "Fourteen"),
        MAY.replace("Eleven", "Fourteen").replace("30", "41") + " The figures may still rise.",
        MAY.replace("MERIDA, May 6, 2019", "GRANFORT, May 7 (Star Agency)"),
        MAY.replace("Tal Marez", "Tell Mares"),
        MAY.replace("Tal Marez", "Tell Mares").replace("30", "more than 35"),
        MAY.replace("on Monday", "yesterday"),
        MAY.partition("\n\nTavria")[0],
        MAY.replace("Fighting broke out", "Clashes erupted").replace("weapons", "arms"),
    ],
)
def test_copies_stay_copies(copy: str) -> None:
    for days in ((None, None), ("2019-05-06", "2019-05-07")):
        assert copied(MAY, copy, days)


def test_the_same_weekday_of_another_week_is_another_day() -> None:
    three, five = BRIEF.format(date=17, n="three"), BRIEF.format(date=3, n="five")
    assert not copied(five, three, ("2016-05-03", "2016-05-17"))
    assert not copied(five, three)  # by their datelines
    assert copied(five, BRIEF.format(date=3, n="six"), ("2016-05-03", "2016-05-04"))
    assert copied(five, BRIEF.format(date=17, n="five"), ("2016-05-03", "2016-05-17"))


def test_another_town_on_the_same_day_is_another_happening() -> None:
    other = FORM.format(date="May 6, 2019", day="Monday", place="Sennar Bay", n="Four", m="nine")
    assert not copied(MAY, other)


def test_background_that_reports_of_two_months_share_makes_no_copy() -> None:
    lead = (
        "A convoy of the relief agency reached the hill district on {day} with {n} lorries of flour and medicine.\n\n"
    )
    mine = "Two shells hit the port of Sennar Bay at noon on Monday, and 14 dockers were hurt when a crane fell.\n\n"
    background = MAY.partition("\n\nTavria")[2]
    one, other = mine + "Tavria" + background, lead.format(day="Friday", n="nine") + "Tavria" + background
    assert copied(one, other)  # as long as nothing is known of when they were written
    assert not copied(one, other, ("2019-05-06", "2019-08-02"))
    assert copied(one, other, ("2019-05-06", "2019-05-10"))


def test_an_update_of_a_long_report_is_a_copy() -> None:
    body = (
        MAY + "\n\nThe bakery in Hadun Street lost 3 ovens, and 12 houses burned on Monday, said the mayor of the town."
    )
    body += "\n\nOn Monday evening 250 families left for the coast, and 40 buses were waiting for them at the bridge."
    update = body.replace("Eleven", "Fifteen").replace("medical workers said", "medical workers said on Tuesday")
    assert copied(body, update, ("2019-05-06", "2019-05-07"))


def test_facts_are_days_counts_and_names_outside_the_dateline() -> None:
    found = [(fact.kind, fact.value) for fact in facts(Wording(MAY.partition("\n\nTavria")[0]))]
    assert ("date", (5, 6)) not in found
    assert found[1:] == [
        ("weekday", (0,)), ("name", ("lowland", "council")), ("name", ("tal", "marez")), ("count", (11,)),
        ("count", (30,)),
    ]  # fmt: skip
    plain = [(f.kind, f.value) for f in facts(Wording("On 8 June 2016 and Jan. 9 forty-two men and 1,200 goats left."))]
    assert plain == [("date", (6, 8)), ("date", (1, 9)), ("count", (42,)), ("count", (1200,))]


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        (MAY, None, "2019-05-06"), (MAY, "2020-01-02", "2020-01-02"), (MAY, "2020", "2019-05-06"),
            (MAY, "2020-02-30", "None"), ("", None, "None"),
        ("KARSEN, February 30, 2019 - Nothing.", None, "None"), ("Rain fell on May 6, 2019.", None, "None"),
    ],
)  # fmt: skip
def test_the_day_of_a_report(text: str, published: str | None, day: str) -> None:
    assert str(own_day(Wording(text), published)) == day


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Gen. Anton Velik spoke on Jan. 9 in Merida. Nobody came.\nThe end"
    assert sentences(Wording(text)) == [0] * 9 + [1] * 2 + [2] * 2


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("deir ez zor", "dayr az zawr", True), ("wadi al rabie", "wadi rabea", True), ("kiev", "kyiv", True),
        ("raqqa", "manbij", False), ("ketra", "karabeh", False), ("hadun", "tellin", False),
    ],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str, alike: bool) -> None:
    assert like_names(one.split(), other.split()) is alike
    assert like_names(other.split(), one.split()) is alike


def test_nothing_clashes_where_nothing_is_told() -> None:
    a = Wording("")
    assert clash(a, a, align(a, a)) == Clash("unknown", 0, 0, 0, 0.0, False)
    assert not of_another(Clash("unknown", 0, 0, 0, 0.0, False))


def test_a_few_other_figures_among_many_that_stay_are_corrections() -> None:
    assert of_another(Clash("apart", 1, 2, 0, 1.0, False))
    assert not of_another(Clash("apart", 1, 2, 3, 1.0, False))
    assert not of_another(Clash("far", 1, 2, 0, 0.4, False))

from __future__ import annotations

import pytest
from coding_making import valued

from marsad.coding.times import times

DAY = "2016-12-14"  # a Wednesday


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2016-11-30", "2016-11-30"),
        ("30 November 2016", "2016-11-30"),
        ("30th November 2016", "2016-11-30"),
        ("the 30th of November 2016", "2016-11-30"),
        ("November 30, 2016", "2016-11-30"),
        ("Nov. 30, 2016", "2016-11-30"),
        ("November 30th, 2016", "2016-11-30"),
        ("Wednesday, 30 November 2016", "2016-11-30"),
        ("30 November", "2016-11-30"),
        ("November 30", "2016-11-30"),
        ("Nov. 30", "2016-11-30"),
        ("December 25", "2016-12-25"),
        ("20 February", "2016-02-20"),
        ("November 2016", "2016-11"),
        ("November, 2016", "2016-11"),
        ("November", "2016-11"),
        ("last November", "2016-11"),
        ("1991", "1991"),
        ("the 1990s", "1990/1999"),
        ("3-5 November 2016", "2016-11-03/2016-11-05"),
        ("3 to 5 November 2016", "2016-11-03/2016-11-05"),
        ("November 3-5, 2016", "2016-11-03/2016-11-05"),
        ("November 3–5", "2016-11-03/2016-11-05"),
        ("yesterday", "2016-12-13"),
        ("yesterday morning", "2016-12-13"),
        ("today", "2016-12-14"),
        ("tonight", "2016-12-14"),
        ("tomorrow", "2016-12-15"),
        ("last night", "2016-12-13"),
        ("overnight", "2016-12-13"),
        ("this morning", "2016-12-14"),
        ("Monday", "2016-12-12"),
        ("Wednesday", "2016-12-14"),
        ("Thursday", "2016-12-08"),
        ("Monday morning", "2016-12-12"),
        ("last Monday", "2016-12-12"),
        ("last Wednesday", "2016-12-07"),
        ("next Monday", "2016-12-19"),
        ("last week", "2016-12-05/2016-12-11"),
        ("this week", "2016-12-12/2016-12-18"),
        ("next week", "2016-12-19/2016-12-25"),
        ("last weekend", "2016-12-10/2016-12-11"),
        ("last month", "2016-11"),
        ("this month", "2016-12"),
        ("next month", "2017-01"),
        ("last year", "2015"),
        ("this year", "2016"),
        ("next year", "2017"),
        ("last summer", "2016"),
        ("two days ago", "2016-12-12"),
        ("a week ago", "2016-12-07"),
        ("a fortnight ago", "2016-11-30"),
        ("three months ago", "2016-09"),
        ("a year ago", "2015-12"),
        ("five years ago", "2011"),
        ("two decades ago", "1996"),
        ("in November last year", "2015-11"),
        ("on 3 March last year", "2015-03-03"),
        ("on Christmas Day", "2016-12-25"),
        ("on New Year's Day", "2016-01-01"),
    ],
)
def test_at_the_precision_of_a_day(words: str, value: str) -> None:
    text = f"The army shelled the town {words} and left."
    [(found, got)] = valued(text, DAY).items()
    assert got == value
    assert words.removeprefix("the ").removeprefix("in ").removeprefix("on ") in found


@pytest.mark.parametrize("words", ["several days ago", "a few weeks ago", "few years ago"])
def test_a_vague_number_of_steps_has_no_value(words: str) -> None:
    assert valued(f"He left {words}.", DAY) == {words: None}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("yesterday", "2016-12"),
        ("Monday", "2016-12"),
        ("last week", "2016-12"),
        ("last month", "2016-11"),
        ("last year", "2015"),
        ("November", "2016-11"),
        ("November 30", "2016-11-30"),
        ("three months ago", "2016-09"),
        ("five years ago", "2011"),
        ("30 November 2014", "2014-11-30"),
        ("three weeks ago", None),
    ],
)
def test_at_the_precision_of_a_month(words: str, value: str | None) -> None:
    assert valued(f"The army left {words}.", "2016-12") == {words: value}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("yesterday", None),
        ("Monday", None),
        ("last week", None),
        ("last month", None),
        ("last year", "2015"),
        ("five years ago", "2011"),
        ("three months ago", None),
        ("30 November 2014", "2014-11-30"),
    ],
)
def test_at_the_precision_of_a_year(words: str, value: str | None) -> None:
    assert valued(f"The army left {words}.", "2016") == {words: value}


@pytest.mark.parametrize(
    "words",
    ["yesterday", "Monday", "last week", "last month", "last year", "November", "November 30", "five years ago",
     "the next day", "two days later", "that day", "last summer", "this weekend"],
)  # fmt: skip
def test_without_a_date_of_publication_nothing_is_invented(words: str) -> None:
    assert valued(f"The army left {words}.") == {words: None}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He left on 3 May 2014. Two days later he came back.", "Two days later", "2014-05-05"),
        ("He left on 3 May 2014. Two days earlier he had come.", "Two days earlier", "2014-05-01"),
        ("He left on 3 May 2014. He came back the next day.", "the next day", "2014-05-04"),
        ("He left on 3 May 2014. He came back the next night.", "the next night", "2014-05-04"),
        ("He left on 3 May 2014. He had come the previous morning.", "the previous morning", "2014-05-02"),
        ("He left on 3 May 2014. The day before, he slept.", "The day before", "2014-05-02"),
        ("He left on 3 May 2014. That night it rained.", "That night", "2014-05-03"),
        ("He left in May 2014. Three months later he came back.", "Three months later", "2014-08"),
        ("He left in 2014. Three years later he came back.", "Three years later", "2017"),
        ("He left in May 2014 and came back the following March.", "the following March", "2015-03"),
        ("He left on 31 January 2014. One month later he came back.", "One month later", "2014-02"),
    ],
)
def test_steps_from_the_date_named_last(text: str, words: str, value: str) -> None:
    assert valued(text, DAY)[words] == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The talks will begin on Monday.", "Monday", "2016-12-19"),
        ("Parliament is to vote on Thursday.", "Thursday", "2016-12-15"),
        ("He demands an answer by Friday.", "Friday", "2016-12-16"),
        ("The strike was called off until Sunday.", "Sunday", "2016-12-18"),
        ("On Monday the talks will begin.", "Monday", "2016-12-19"),
        ("The army was attacked by rebels on Monday.", "Monday", "2016-12-12"),
        ("The minister said on Monday that he would leave.", "Monday", "2016-12-12"),
        ("The vote is due in February.", "February", "2017-02"),
        ("The vote was held in February.", "February", "2016-02"),
    ],
)
def test_what_is_to_come_lies_ahead(text: str, words: str, value: str) -> None:
    assert valued(text, DAY)[words] == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Four days after the raid there is no count of the dead.", "Four days after", "2016-12-10"),
        ("They met on Monday, two days after the raid.", "two days after", "2016-12-10"),
        ("They met on Monday, two days before the vote.", "two days before", "2016-12-14"),
        ("He came on 3 May 2014. Two days after that he left.", "Two days after", "2014-05-05"),
        ("They met on Monday, four years after the war.", "four years after", "2012"),
    ],
)
def test_steps_to_an_event_that_a_clause_names_lead_to_that_event(text: str, words: str, value: str) -> None:
    assert valued(text, DAY)[words] == value


def test_a_heading_in_capitals_has_its_date() -> None:
    assert valued("LOG FOR FRIDAY, 7 APRIL 2017\n\nThe army left.")["FRIDAY, 7 APRIL 2017"] == "2017-04-07"


def test_a_dateline_stands_in_for_the_date_of_publication() -> None:
    assert valued("ALPHA, 14 December 2016 - The army left on Monday.")["Monday"] == "2016-12-12"
    assert valued("ALPHA (December 14, 2016) - The army left yesterday.")["yesterday"] == "2016-12-13"


@pytest.mark.parametrize(
    "text",
    ["It may march on the town in a second.", "The 5th Brigade left.", "He paid 2,014 francs.", "Room 2014-7 is shut.",
     "In the 20th century all was well.", "Resolution 1970 people left", "It sunk 50 km off the coast.",
     "May God help us.", "He is 45 years old."],
)  # fmt: skip
def test_what_names_no_time(text: str) -> None:
    assert [v for v in valued(text, DAY).values() if v is not None] == []


@pytest.mark.parametrize("words", ["30 February 2016", "2016-13-01", "31 November 2016", "February 30, 2016"])
def test_days_that_do_not_exist_have_no_full_date(words: str) -> None:
    assert all(value is None or len(value) < 10 for value in valued(f"He left on {words}.", DAY).values())


@pytest.mark.parametrize("published", ["0001", "0001-01", "0001-01-01", "9999", "9999-12", "9999-12-31", "2016-02-30"])
@pytest.mark.parametrize(
    "words", ["yesterday", "tomorrow", "next week", "last week", "last month", "next month", "last year", "next year",
              "999 days ago", "999 decades ago", "999 months ago", "the 1990s", "Monday", "next Monday", "30 November",
              "this weekend", "last winter", "next winter", "999 weeks later", "999 years earlier"],
)  # fmt: skip
def test_the_ends_of_the_calendar_raise_nothing(words: str, published: str) -> None:
    text = f"He left {words} and {words}."
    for found in times(text, published):
        assert found.value is None or len(found.value.split("/")[0].split("-")[0]) == 4

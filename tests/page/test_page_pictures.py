"""Words in and about the pictures: all inside, none over another, none said twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import page_making as making
import pytest
from page_making import Reader, at, page

from marsad.records import Actor, Claim, EventPlace, EventTime, Passage, Record, Relation

pytestmark = pytest.mark.browser

OUTSIDE = """
const svg = document.querySelector(arguments[0]).getBoundingClientRect();
return [...document.querySelectorAll(arguments[0] + ' ' + arguments[1])]
  .map((words) => [words.textContent, words.getBoundingClientRect()])
  .filter(([, box]) => box.left < svg.left - 1 || box.right > svg.right + 1)
  .map(([words]) => words);
"""
OVERLAPPING = """
const boxes = [...document.querySelectorAll(arguments[0])]
  .map((words) => [words.textContent, words.getBoundingClientRect()]);
return boxes.flatMap(([a, x], n) => boxes.slice(n + 1)
  .filter(([, y]) => x.left < y.right && y.left < x.right && x.top < y.bottom - 2 && y.top < x.bottom - 2)
  .map(([b]) => a + ' / ' + b));
"""
TEXTS = "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)"
TEXT = "Gunmen struck the post near Orrun at dawn. This report is fictional."


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    yield from making.reader()


def events(days: list[str], place: str | None = None) -> Record:
    where = EventPlace(None, place) if place else None
    return Record(
        id="post",
        text=TEXT,
        events=tuple(
            Claim(f"e{n}", at(TEXT, "struck"), "ASSAULT", time=EventTime(None, day, day), place=where)
            for n, day in enumerate(days, 1)
        ),
    )


@pytest.mark.parametrize("width", [390, 800, 1400])
@pytest.mark.parametrize(
    "days",
    [
        ["2020-01", "2020-06-26", "2020-06-29", "2020-06-30"],
        ["2020-06-28", "2020-06-29"],
        ["2019", "2020-02-03", "2020-12"],
        [f"20{n:02}-11-30" for n in range(1, 25)] + ["2025-02-01"] * 8,
    ],
)
def test_the_words_of_the_timeline_stay_inside_and_apart(
    reader: Reader, tmp_path: Path, days: list[str], width: int
) -> None:
    reader.open(page(tmp_path, [events(days, "Orrun, Kardesh")]), width)
    assert "Assault, Orrun" in reader.run(TEXTS, ".timeline .happening-label")
    assert len(reader.run(TEXTS, ".timeline .axis text")) > 1
    assert reader.run(OUTSIDE, ".timeline", ".happening-label, .axis text") == []
    assert reader.run(OVERLAPPING, ".timeline .axis text") == []
    assert reader.run(OVERLAPPING, ".timeline .happening-label") == []


def test_the_axis_says_no_more_than_is_new(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [events(["2019-11-02", "2020-04-28"])]))
    assert reader.run(TEXTS, ".timeline .axis text") == ["Nov 2019", "Dec", "Jan 2020", "Feb", "Mar", "Apr", "May"]


def test_a_crowded_timeline_names_whom_it_has_room_for(reader: Reader, tmp_path: Path) -> None:
    days = ["2001-01-01", *["2010-05-05"] * 16, "2020-01-01"]
    reader.open(page(tmp_path, [events(days)]), 390)
    assert len(reader.run(TEXTS, ".timeline .happening")) == len(days)
    assert len(reader.run(TEXTS, ".timeline .happening-label")) > 2


@pytest.mark.parametrize("width", [390, 1400])
def test_names_in_the_network_stay_inside(reader: Reader, tmp_path: Path, width: int) -> None:
    words = " ".join(f"Brigade{n}" for n in range(60))
    names = [f"Brigade{n}" for n in range(60)]
    record = Record(
        id="many",
        text=words,
        actors=tuple(
            Actor(f"a{n}", f"{name} of the Northern Highlands", "armed-group", (at(words, name),))
            for n, name in enumerate(names)
        ),
        relations=tuple(Relation(f"a{n}", "fights", f"a{n + 30}", at(words, names[n])) for n in range(30)),
    )
    reader.open(page(tmp_path, [record]), width)
    reader.view("who")
    drawn = len(reader.run(TEXTS, ".network g.actor"))
    note = reader.run("return document.querySelector('.network-picture .picture-note').textContent")
    if width == 390:
        assert 10 < drawn < 40
        assert note == f"The {drawn} best-connected actors are drawn; {60 - drawn} more are in the list."
    else:
        assert drawn == 60
    assert reader.run(OUTSIDE, ".network", ".actor-name") == []


def test_a_lone_title_is_said_once(reader: Reader, tmp_path: Path) -> None:
    untitled = events(["2020"])
    for record in (untitled, replace(untitled, title="Raid at dawn")):
        reader.open(page(tmp_path, [record]))
        assert reader.run(TEXTS, "h1") == [record.title or TEXT]
        assert reader.run(TEXTS, "#text-title") == ["The report’s text"]
        reader.run("dispatchEvent(new Event('beforeprint'))")
        assert reader.run(TEXTS, ".printed h2") == []
    reader.open(page(tmp_path, [replace(untitled, title="Raid at dawn")], "My week"))
    assert reader.run(TEXTS, "h1, #text-title") == ["My week", "Raid at dawn"]
    reader.run("dispatchEvent(new Event('beforeprint'))")
    assert reader.run(TEXTS, ".printed h2") == ["Raid at dawn"]


def test_reports_of_one_title_are_told_apart_by_their_ids(reader: Reader, tmp_path: Path) -> None:
    one = replace(events(["2020"]), title="Raid")
    reader.open(page(tmp_path, [one, replace(one, id="post-2"), replace(one, id="post-3", title="Other")]))
    titles = ["Raid (post)", "Raid (post-2)", "Other"]
    assert reader.run(TEXTS, ".scope option")[1:] == titles
    reader.view("reports")
    assert reader.run(TEXTS, ".report-list .fact-title") == titles


def test_the_middle_of_a_country_is_not_given_as_a_place(reader: Reader, tmp_path: Path) -> None:
    record = events(["2020", "2021"])
    first, second = record.events
    places = (EventPlace(None, "Iraq", 33.0, 44.0), EventPlace(None, "Kirkuk", 35.5, 44.4))
    record = replace(record, events=(replace(first, place=places[0]), replace(second, place=places[1])))
    reader.open(page(tmp_path, [record]))
    shown = []
    for fact in ("0/e1", "0/e2"):
        reader.run("document.querySelector(`[data-fact='${arguments[0]}'] button`).click()", fact)
        shown += [words for words in reader.run(TEXTS, ".fields div") if words.startswith("Where")]
    assert shown == ["WhereIraq (the country, no closer place given)", "WhereKirkuk (35.50, 44.40)"]


def test_front_matter_is_small_and_whole(reader: Reader, tmp_path: Path) -> None:
    text = "---\ntitle: Raid\n---\nGunmen struck.\n---\nThey left. This report is fictional."
    reader.open(page(tmp_path, [Record(id="m", text=text)]))
    assert reader.run(TEXTS, ".front-matter") == ["---\n", "title: Raid\n", "---\n"]
    assert reader.run("return document.querySelector('.text-body').textContent") == text


def test_reports_without_a_date_are_counted(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [replace(making.mixed_record(), published=None)]))
    assert "1 report has no date of publication" in reader.run("return document.querySelector('.summary').textContent")
    reader.open(page(tmp_path, [making.mixed_record()]))
    assert "no date of publication" not in reader.run("return document.querySelector('.summary').textContent")


def test_a_table_s_rows_are_low(reader: Reader, tmp_path: Path) -> None:
    one = replace(events(["2020"]), title="A title of very many words " * 12)
    reader.open(page(tmp_path, [one, replace(one, id="post-2")]))
    reader.run("[...document.querySelectorAll('button')].find((button) => button.textContent === 'Table').click()")
    assert reader.run(TEXTS, ".events thead th") == [
        "Status", "When", "What", "Who", "To whom", "Where", "Toll", "According to", "Report",
    ]  # fmt: skip
    heights = reader.run("return [...document.querySelectorAll('.events tbody tr')].map((row) => row.offsetHeight)")
    assert len(heights) == 2
    assert max(heights) < 140


def test_the_word_beside_a_passage_never_wraps_alone(reader: Reader, tmp_path: Path) -> None:
    words = " ".join(["Gunmen struck the post."] * 40)
    starts = [n for n in range(len(words)) if words.startswith("struck", n)]
    record = Record(
        id="m",
        text=words,
        events=tuple(Claim(f"e{n}", Passage(start, start + 6), "ASSAULT") for n, start in enumerate(starts)),
    )
    reader.open(page(tmp_path, [record]), 800)
    for n in range(len(starts)):
        reader.run("document.querySelector(`[data-fact='${arguments[0]}'] button`).click()", f"0/e{n}")
        assert reader.run("return document.querySelector('.text-body [data-tag]').getClientRects().length") == 1


def test_only_names_are_one_across_reports_and_pronouns_are_quoted(reader: Reader, tmp_path: Path) -> None:
    called = ["Red Front", "The Hague", "The army", "Our fighters", "We", "الجيش"]
    text = ". ".join(called) + ". This report is fictional."
    actors = tuple(Actor(f"a{n}", name, "other", (at(text, name),)) for n, name in enumerate(called))
    record = Record(id="r1", text=text, actors=actors)
    reader.open(page(tmp_path, [record, replace(record, id="r2")]))
    reader.view("who")
    shown = reader.run(TEXTS, ".panel .fact .fact-title")
    assert sorted(shown) == sorted(
        ["Red Front", "The Hague", "الجيش", *["The army"] * 2, *["Our fighters"] * 2, *["“We”"] * 2]
    )

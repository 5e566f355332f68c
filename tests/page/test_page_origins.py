"""Copies, two reports side by side, spun text and restored words: what a reader sees and does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import page_making as making
import pytest
from origins_making import COUNT, TEXTS, family, family_page, rows, spun_record
from page_making import Reader, page

from marsad.page import write_page
from marsad.records import Record

pytestmark = pytest.mark.browser

PANEL = "return document.querySelector('.panel').textContent"
FACTS = "return [...document.querySelectorAll('.panel [data-fact]')].map((row) => row.dataset.fact)"
COMPARE = "document.querySelector(`[data-report='${arguments[0]}'] .kin-tools .quiet`).click()"
COLUMN = "return [...document.querySelectorAll(`.beside td:nth-child(${arguments[0]})`)].map((td) => td.textContent)"
MARKED = "return [...document.querySelectorAll(`.beside td:nth-child(2) .${arguments[0]}`)].map((m) => m.textContent)"
NOTE = "const n = document.querySelector('.restored-note'); return n.hidden ? null : n.textContent"
RIGHT = (
    "const s = document.querySelectorAll('.beside-pick select')[1]; s.value = arguments[0];"
    "s.dispatchEvent(new Event('change'))"
)
BODY = "return document.querySelector('.text-body').textContent"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    yield from making.reader()


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_reports_stand_under_the_ones_they_are_made_from(reader: Reader, tmp_path: Path) -> None:
    reader.open(family_page(tmp_path))
    assert reader.run("return document.querySelector('.summary').textContent").startswith(
        f"{COUNT}, from 6 sources, published 1 Jul 2020 – 4 Jul 2020. 1 report reads as machine-spun."
    )
    reader.view("reports")
    assert COUNT in reader.run(PANEL)
    shown = reader.run(
        "return [...document.querySelectorAll('.report-list > li')].map((li) => li.querySelector('h3')?.textContent"
        " ?? li.className.match(/depth-./)[0] + ' ' + li.querySelector('.fact-title').textContent)"
    )
    assert shown == [
        "Told more than once",
        "depth-0 Story of the wire",
        "depth-1 Story of the gazette",
        "depth-1 Story of the digest",
        "depth-1 Story of the weekly",
        "Told once",
        "depth-0 Story of the herald",
        "depth-0 Story of the courier",
    ]
    kinds = reader.run("return [...document.querySelectorAll('.fact-body > .kin')].map((k) => k.textContent)")
    assert kinds == [
        "Reprint of Story of the wire",
        "Spun rewrite of Story of the wire",
        "Copy, with additions, of Story of the wire",
    ]
    shows = reader.run("return document.querySelector(`[data-report='2'] .evidence`).textContent")
    assert "it reads as machine-spun, and the other does not" in shows
    assert "2 of 2 quotations" in shows
    assert "town → city" in shows
    assert "of its words are from Story of the courier" in reader.run(PANEL)
    reader.keys("/", "spun")
    reader.run("return new Promise((done) => setTimeout(done, 300))")
    titles = reader.run("return [...document.querySelectorAll('.report-list .fact-title')].map((t) => t.textContent)")
    assert titles == ["Story of the digest"]
    assert reader.console() == []


@pytest.mark.parametrize("copy", [1, 2, 4])
def test_both_texts_stand_whole_side_by_side(reader: Reader, tmp_path: Path, copy: int) -> None:
    reader.open(family_page(tmp_path))
    reader.view("reports")
    reader.run(COMPARE, copy)
    assert reader.run("return document.querySelector('.beside-dialog').open")
    texts = list(TEXTS.values())
    for column, text in ((1, texts[0]), (2, texts[copy])):
        cells = [cell for cell in reader.run(COLUMN, column) if cell != "not here"]
        assert squeezed("".join(cells)) == squeezed(text)
    assert reader.console() == []


def test_what_differs_is_marked_and_what_agrees_is_not(reader: Reader, tmp_path: Path) -> None:
    reader.open(family_page(tmp_path))
    reader.view("reports")
    reader.run(COMPARE, 2)
    differs = reader.run(MARKED, "differs")
    assert {"assaulted", "city", "daybreak", "grasped"} <= set(differs)
    assert not [words for words in differs if words in ("Red Front", "Monday", "the")]
    assert reader.run(MARKED, "only") == []
    quotes = reader.run(MARKED, "same-quote")
    assert quotes[0] == '"They came to show that they can come,"'
    said = reader.run("return document.querySelector('.beside-said').textContent")
    assert said.startswith("The digest: spun rewrite of The wire. ")
    assert said.endswith("2 of 2 quotations are the same word for word.")
    # Marks are lines and words, not colours alone.
    style = (
        "const s = getComputedStyle(document.querySelector(`.beside td .${arguments[0]}`)); return s.borderBottomStyle"
    )
    assert [reader.run(style, name) for name in ("differs", "same-quote")] == ["solid", "double"]
    # A cut and a headline: what only one of them has.
    reader.run(RIGHT, "1")
    assert "Four soldiers dead in dawn raid" in reader.run(MARKED, "only")
    assert "not here" in reader.run(COLUMN, 1)


def test_a_second_source_is_named_beside_it(reader: Reader, tmp_path: Path) -> None:
    reader.open(family_page(tmp_path))
    reader.run("document.querySelectorAll('.beside-pick select')[0].value = '5'")
    reader.run("document.querySelector('.beside-dialog').showModal()")
    reader.run(RIGHT, "4")
    said = reader.run("return document.querySelector('.beside-said').textContent")
    assert "% of the words of The weekly are from The courier. " in said
    shown = "return [...document.querySelectorAll('.legend > span')].filter((s) => !s.hidden).map((s) => s.dataset.for)"
    assert reader.run(shown) == ["only"]
    reader.run(RIGHT, "3")
    said = reader.run("return document.querySelector('.beside-said').textContent")
    assert said.startswith("Two origins: neither is made from the other. ")


def test_side_by_side_by_keyboard(reader: Reader, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    reader.open(f"{family_page(tmp_path)}#digest")
    reader.keys("c")
    heads = "return [...document.querySelectorAll('.beside th > bdi')].map((th) => th.textContent)"
    assert reader.run(heads) == ["Story of the wire", "Story of the digest"]
    at = "return document.querySelector('.beside .at')?.textContent"
    first = reader.run("return document.querySelector('.beside .differs').textContent")
    reader.keys("n")
    assert reader.run(at) == first
    reader.keys("n", "n", "p", "p")
    assert reader.run(at) == first
    where = "return document.querySelector('.beside-tools .count').textContent"
    assert reader.run(where).startswith("1 of ")
    reader.keys("p")
    number = reader.run(where).split()
    assert number[0] == number[2]
    reader.run("document.querySelector('[aria-label=\"Exchange left and right\"]').click()")
    assert reader.run(heads) == ["Story of the digest", "Story of the wire"]
    reader.keys(Keys.ESCAPE)
    assert not reader.run("return document.querySelector('.beside-dialog').open")


def test_texts_of_any_script_side_by_side(reader: Reader, tmp_path: Path) -> None:
    first = "قُتِلَ ثلاثةُ مدنيّين في قصفٍ على «وادي الريم» 👩‍👩‍👧‍👦 يوم الجمعة."
    last = "Cafe\u0301 owner José🔥 saw it. <b>No</b> shot fell."
    left = f"{first}\n{last}"
    right = f"{first.replace('ثلاثةُ', 'أربعةُ')}\nNothing else.\n{last.replace('saw', 'heard')}"
    reader.open(
        page(tmp_path, [Record("a", left), Record("b", right), Record("c", ""), Record("d", f"{last}\n{first}")])
    )
    assert reader.run("return document.querySelectorAll('.kin').length") == 0
    reader.run(
        "const d = document.querySelector('.beside-dialog'); const [l, r] = d.querySelectorAll('select');"
        "l.value = '0'; r.value = '1'; d.showModal(); r.dispatchEvent(new Event('change'))"
    )
    assert squeezed("".join(reader.run(COLUMN, 2))) == squeezed(right)
    assert reader.run(MARKED, "differs") == ["أربعةُ", "heard"]
    assert reader.run(MARKED, "only") == ["Nothing else."]
    reader.run(RIGHT, "2")
    assert set(reader.run(COLUMN, 2)) == {"not here"}
    reader.run(RIGHT, "3")
    assert squeezed("".join(reader.run(MARKED, "moved"))) == squeezed(first)
    assert reader.run(MARKED, "only") == []
    assert reader.console() == []


def test_facts_of_one_report_of_each_origin(reader: Reader, tmp_path: Path) -> None:
    reader.open(family_page(tmp_path))
    everything = reader.run(FACTS)
    assert {fact.split("/")[0] for fact in everything} == {"0", "1", "2", "3", "4", "5"}
    reader.run("document.querySelector('.scope-line input').click()")
    assert {fact.split("/")[0] for fact in reader.run(FACTS)} == {"0", "3", "5"}
    assert reader.run("return document.querySelector('.summary').textContent").startswith(
        f"{COUNT}: one report of each"
    )
    assert reader.run("return document.querySelector('#tab-happened .count').textContent") == "3"
    # A copy's fact that is asked for by its address is shown all the same.
    reader.run("location.hash = '#digest/e2'")
    assert reader.run("return document.querySelector('.fact.chosen').dataset.fact") == "2/e2"
    assert not reader.run("return document.querySelector('.scope-line input').checked")


def test_a_page_without_copies_has_no_switch(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, making.own_records()[:2]))
    assert reader.run("return document.querySelectorAll('.scope-line input').length") == 0
    reader.view("reports")
    assert reader.run("return document.querySelector('.shown-count').textContent") == "2 reports"
    assert reader.run("return document.querySelectorAll('.report-list h3, .kin').length") == 0


def test_spun_text_says_so_with_its_signs(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [spun_record()]))
    assert "It reads as machine-spun (0.99)." in reader.run("return document.querySelector('.summary').textContent")
    line = reader.run("return document.querySelector('.spun-line').textContent")
    assert line.startswith("This report reads as machine-spun (0.99) · 2 signs")
    assert "daybreak for dawn · odd" in line
    reader.run("document.querySelectorAll('.signs button')[1].click()")
    assert reader.run("return document.querySelector('.text-body .at').textContent") == "grasped"
    assert reader.run("return document.querySelectorAll('.reads-spun').length") == 1
    reader.open(page(tmp_path, [making.mixed_record()]))
    assert "machine-spun" not in reader.run("return document.querySelector('.text-pane').textContent")


def test_restored_words_are_told_on_demand(reader: Reader, tmp_path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    reader.open(family_page(tmp_path) + "#digest")
    assert reader.run(BODY) == TEXTS["digest"]
    assert reader.run(NOTE) is None
    reader.run("document.querySelector('.restored-sign').focus()")
    told = reader.run(NOTE)
    for words in ("restored:checkpoint (0.91)", "stood there:barrier", "others:roadblock (0.05)", "Story of the wire"):
        assert words in told
    label = "return document.querySelector('.restored-sign').getAttribute('aria-label')"
    assert reader.run(label) == "restored: checkpoint (0.91)"
    reader.keys(Keys.ESCAPE)
    assert reader.run(NOTE) is None
    second = reader.driver.find_elements("css selector", ".restored .stood")[1]
    ActionChains(reader.driver, duration=0).move_to_element(second).perform()
    assert "provincial governor (0.77)" in reader.run(NOTE)
    reader.run("document.querySelectorAll('.restored-sign')[0].click()")
    assert "checkpoint" in reader.run(NOTE)
    ActionChains(reader.driver, duration=0).move_by_offset(0, 300).perform()
    assert "checkpoint" in reader.run(NOTE)
    inside = (
        "const note = document.querySelector('.restored-note').getBoundingClientRect();"
        "return [note.left, innerWidth - note.right]"
    )
    assert min(reader.run(inside)) >= 0
    # Not by colour alone: a line below the words, and a sign after them.
    style = "return getComputedStyle(document.querySelector('.restored .stood')).borderBottomStyle"
    assert reader.run(style) == "dotted"
    sign = "return getComputedStyle(document.querySelector('.restored-sign'), '::before').content"
    assert reader.run(sign) == '"↺"'


def test_proposed_readings_are_told_and_never_put_in(reader: Reader, tmp_path: Path) -> None:
    record = spun_record()
    first, *others = record.extra["restored"]
    reader.open(
        page(tmp_path, [replace(record, extra={**record.extra, "restored": [{**first, "applied": False}, *others]})])
    )
    assert "1 place restored, 1 reading only proposed" in reader.run(
        "return document.querySelector('.restored-switch').textContent"
    )
    reader.run("document.querySelectorAll('.restored-switch button')[1].click()")
    shown = "return [...document.querySelectorAll('.reading')].map((r) => r.textContent)"
    assert reader.run(shown) == ["", "provincial governor"]
    reader.run("document.querySelector('.restored-sign').focus()")
    assert "perhaps:checkpoint (0.91)" in reader.run(NOTE)
    sign = "return getComputedStyle(document.querySelector('.restored-sign'), '::before').content"
    assert reader.run(sign) == '"?"'


def test_passages_are_lit_exactly_in_both_readings(reader: Reader, tmp_path: Path) -> None:
    record = spun_record()
    reader.open(page(tmp_path, [record]))
    for restored in (False, True, False):
        reader.run("document.querySelectorAll('.restored-switch button')[arguments[0]].click()", int(restored))
        for fact in ("e1", "e2", "e3"):
            reader.run('document.querySelector(`[data-fact="0/${arguments[0]}"] button`).click()', fact)
            [event] = [event for event in record.events if event.id == fact]
            assert reader.lit("trigger") == [event.span.of(record.text)], (restored, fact)
            reading = "return [...document.querySelectorAll('.reading[data-roles]')].map((r) => r.textContent)"
            wanted = {"e1": [], "e2": ["checkpoint"], "e3": ["provincial governor"]}[fact]
            assert reader.run(reading) == (wanted if restored else [""] * len(wanted))
            reader.run('document.querySelector(`[data-fact="0/${arguments[0]}"] button`).click()', fact)
        shown = reader.run("return document.querySelector('.text-body').innerText")
        assert ("a checkpoint" in shown) is restored
        struck = "return getComputedStyle(document.querySelector('.restored .stood')).textDecorationLine"
        assert reader.run(struck) == ("line-through" if restored else "none")
    assert reader.run(BODY) == record.text


def test_the_reading_by_keyboard_stays_for_the_next_report(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [spun_record(), spun_record(), making.mixed_record()]))
    reader.keys("r")
    assert "checkpoint" in reader.run(BODY)
    assert reader.run("return document.querySelector('[role=status]').textContent") == "restored reading"
    reader.run("document.querySelector('.pager button:last-child').click()")
    pressed = "return document.querySelector('.restored-switch [aria-pressed=true]').textContent"
    assert reader.run(pressed) == "Restored reading"
    assert "checkpoint" in reader.run(BODY)
    reader.keys("r")
    assert reader.run(BODY) == spun_record().text
    reader.run("document.querySelector('.pager button:last-child').click()")
    assert reader.run("return document.querySelectorAll('.restored-switch').length") == 0


def test_paper_holds_what_was_restored(reader: Reader, tmp_path: Path) -> None:
    reader.open(family_page(tmp_path))
    printed = reader.run(
        "dispatchEvent(new Event('beforeprint')); const t = document.querySelector('.printed-all').textContent;"
        "dispatchEvent(new Event('afterprint')); return t"
    )
    assert "barrier read as checkpoint (0.91)" in printed
    assert "Spun rewrite of Story of the wire" in printed
    assert "This report reads as machine-spun (0.99)" in printed


@pytest.mark.parametrize("width", [360, 768])
def test_narrow_screens_scroll_one_way_only(reader: Reader, tmp_path: Path, width: int) -> None:
    reader.open(family_page(tmp_path) + "#digest", width, 780)
    wide = "return document.scrollingElement.scrollWidth"
    reader.run("document.querySelector('.restored-sign').click(); document.querySelector('.spun-line').open = true")
    assert reader.run(wide) <= width
    reader.view("reports")
    reader.run("for (const d of document.querySelectorAll('.panel details')) d.open = true")
    assert reader.run(wide) <= width
    reader.run(COMPARE, 2)
    assert reader.run(wide) <= width
    inner = "const s = document.querySelector('.beside-scroll'); return s.scrollWidth - s.clientWidth"
    assert reader.run(inner) <= 0
    assert reader.run("return document.querySelector('.beside-dialog').getBoundingClientRect().width") <= width


def test_hostile_words_in_every_new_place_stay_words(reader: Reader, tmp_path: Path) -> None:
    hostile = making.HOSTILE
    records = []
    for record in family():
        extra = {
            "spun": {"probability": 0.9, "signs": [{"start": 0, "end": 2, "expected": hostile, "reason": hostile}]},
            "restored": [{"start": 2, "end": 9, "reading": hostile, "reason": hostile, "of": hostile, "by": "copy",
                          "alternatives": [{"reading": hostile}]}],
        }  # fmt: skip
        records.append(Record(hostile + record.id, record.text, title=hostile, extra=extra))
    write_page(records, tmp_path / "hostile.html", hostile, rows(records))
    reader.open((tmp_path / "hostile.html").as_uri())
    reader.view("reports")
    reader.run("for (const d of document.querySelectorAll('details')) d.open = true")
    reader.run("document.querySelector('.restored-sign').focus()")
    assert "<script>" in reader.run(NOTE)
    reader.keys("r")
    reader.run("document.querySelector('.kin-tools .quiet').click()")
    assert reader.run("return window.struck ?? null") is None
    assert reader.run("return document.querySelectorAll('script').length") == 2
    assert reader.run("return document.querySelectorAll('img').length") == 0
    assert reader.console() == []

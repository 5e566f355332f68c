"""The page in a browser: what a reader sees and does."""

from __future__ import annotations

import base64
import functools
from collections.abc import Iterator
from pathlib import Path

import page_making as making
import pytest
from page_making import Reader, page

from marsad.records import Actor, Claim, EventPlace, EventTime, Passage, Record

pytestmark = pytest.mark.browser

WIDE_SCROLL = "return document.scrollingElement.scrollWidth"
CHOOSE = 'document.querySelector(`[data-fact="${arguments[0]}"] button`).click()'
FACTS = "return [...document.querySelectorAll('.panel [data-fact]')].map((row) => row.dataset.fact)"
CHOSEN = "return document.querySelector('.fact.chosen, tr.chosen')?.dataset.fact ?? null"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    yield from making.reader()


def choose(reader: Reader, fact: str) -> None:
    reader.run(CHOOSE, fact)


@pytest.mark.parametrize("records", [1, 2])
def test_hostile_words_stay_words(reader: Reader, tmp_path: Path, records: int) -> None:
    reader.open(page(tmp_path, [making.hostile_record()] * records, making.HOSTILE))
    for view in reader.views():
        reader.view(view)
        assert making.HOSTILE in reader.run("return document.body.textContent")
        for number in range(reader.run("return document.querySelectorAll('.panel [data-fact]').length")):
            reader.run("document.querySelectorAll('.panel [data-fact] button')[arguments[0]]?.click()", number)
    assert reader.run("return document.querySelector('h1').textContent") == making.HOSTILE
    assert reader.run("return document.querySelector('.text-body').textContent") == making.hostile_record().text
    assert reader.run("return window.struck ?? null") is None
    assert reader.run("return document.querySelectorAll('script').length") == 2
    assert reader.run("return document.querySelectorAll('img, iframe, object').length") == 0
    assert reader.run("return [...document.querySelectorAll('.text-pane a, .panel a')].every((a) => a.hash)")
    assert reader.console() == []


def test_the_policy_stops_what_is_not_the_page(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "changed.html"
    page(tmp_path, [making.mixed_record()])
    [made] = tmp_path.iterdir()
    changed = made.read_text("utf-8").replace("</body>", "<script>window.struck = 1</script></body>")
    path.write_text(changed, "utf-8")
    reader.open(path.as_uri())
    assert reader.run("return window.struck ?? null") is None
    assert any("Content Security Policy" in message for message in reader.console())


def test_nothing_leaves_and_nothing_complains(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [making.mixed_record(), *making.own_records()]))
    for view in reader.views():
        reader.view(view)
        reader.run("document.querySelector('.panel .fact-main')?.click()")
        reader.run("document.querySelectorAll('.zoom-buttons button').forEach((button) => button.click())")
    assert reader.console() == []
    assert [url for url in reader.requests() if not url.startswith("data:")] == []


def test_the_text_is_exactly_the_reports(reader: Reader, tmp_path: Path) -> None:
    for record in (making.mixed_record(), making.own_records()[0]):
        reader.open(page(tmp_path, [record]))
        assert reader.run("return document.querySelector('.text-body').textContent") == record.text
    reader.open(page(tmp_path, [making.mixed_record()]))
    paragraphs = (
        "return [...document.querySelectorAll('.text-body p:not(.blank)')].map((p) => getComputedStyle(p).direction)"
    )
    assert reader.run(paragraphs) == ["rtl", "ltr", "ltr"]


def test_choosing_an_event_lights_its_words_and_no_others(reader: Reader, tmp_path: Path) -> None:
    record = making.mixed_record()
    reader.open(page(tmp_path, [record]))
    for event in record.events:
        choose(reader, f"0/{event.id}")
        assert reader.lit("trigger") == [p.of(record.text) for p in sorted(event.triggers)]
        for role, part in (("time", event.time), ("place", event.place)):
            assert reader.lit(role) == ([part.span.of(record.text)] if part and part.span else [])
    choose(reader, "0/e2")
    assert reader.lit("actor") == ["brigade of 𝔸𝕣𝕜"]
    assert reader.lit("source") == ["José🔥", "said"]
    choose(reader, "0/e2")
    assert reader.run("return document.querySelectorAll('.text-body [data-roles]').length") == 0


def test_choosing_a_statement_lights_content_cue_and_speaker(reader: Reader, tmp_path: Path) -> None:
    record = making.mixed_record()
    reader.open(page(tmp_path, [record]))
    reader.view("says")
    for statement in record.statements:
        choose(reader, f"0/{statement.id}")
        assert reader.lit("content") == [p.of(record.text) for p in statement.content]
        assert reader.lit("cue") == ([statement.cue.of(record.text)] if statement.cue else [])
        assert reader.lit("speaker") == ([statement.speaker_span.of(record.text)] if statement.speaker_span else [])
    headings = reader.run("return [...document.querySelectorAll('.panel .major h3')].map((h) => h.textContent)")
    assert headings == ["Named speakers", "Unnamed speakers"]


def test_every_fact_of_our_own_reports_lights_its_words(reader: Reader, tmp_path: Path) -> None:
    for record in making.own_records()[:3]:
        reader.open(page(tmp_path, [record]))
        for event in record.events:
            choose(reader, f"0/{event.id}")
            lit = "".join(reader.lit("trigger"))
            assert lit == "".join(p.of(record.text) for p in sorted(event.triggers))


def test_choosing_a_passage_lists_the_facts_on_it(reader: Reader, tmp_path: Path) -> None:
    record = making.mixed_record()
    reader.open(page(tmp_path, [record]))
    click = """
      const pieces = [...document.querySelectorAll('.text-body [data-from]')];
      const piece = pieces.find((one) => one.textContent === arguments[0]);
      piece.click();
      return [...document.querySelectorAll('.on-passage li')].map((li) => li.querySelector('.tag').textContent);
    """
    assert reader.run(click, "shelled") == ["Event", "Statement"]
    assert reader.run(click, "May 2020") == ["Event", "Statement", "Date"]
    assert reader.run(click, "وادي الريم") == ["Event", "Tie", "Place"]
    reader.run("document.querySelectorAll('.on-passage .fact-link')[1].click()")
    assert reader.run("return document.querySelector('[aria-selected=true]').dataset.view") == "who"
    assert reader.run(CHOSEN) == "0/tie-1"
    assert reader.lit("evidence") == ["قصفٍ على «وادي الريم»"]


def test_the_text_by_keyboard(reader: Reader, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    reader.open(page(tmp_path, [making.mixed_record()]))
    reader.keys("t", "n")
    assert reader.run("return document.querySelector('.text-body .at').textContent") == "قُتِلَ"
    reader.keys(Keys.ENTER)
    assert reader.run("return document.activeElement.className") == "fact-link"
    reader.keys(Keys.ESCAPE)
    assert reader.run("return document.querySelector('.on-passage').hidden")
    assert "text-scroll" in reader.run("return document.activeElement.className")
    reader.keys("n", "p", "p", "n")
    assert reader.run("return document.querySelectorAll('.text-body .at').length") == 1


def test_facts_by_keyboard(reader: Reader, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    reader.open(page(tmp_path, [making.mixed_record()]))
    order = reader.run(FACTS)
    assert order == ["0/e2", "0/e4", "0/e1", "0/e3"]  # in order of time, undated ones last
    reader.keys("j")
    assert reader.run(CHOSEN) == order[0]
    reader.keys("j", Keys.ARROW_DOWN)
    assert reader.run(CHOSEN) == order[2]
    reader.keys("k")
    assert reader.run(CHOSEN) == order[1]
    assert reader.run("return document.activeElement.closest('[data-fact]').dataset.fact") == order[1]
    assert reader.run("return decodeURIComponent(location.hash)") == "#mixed/1/e4"
    reader.keys(Keys.ESCAPE)
    assert reader.run(CHOSEN) is None
    assert reader.run("return location.hash") == ""
    reader.keys("/")
    assert reader.run("return document.activeElement.type") == "search"
    reader.keys("j", Keys.ESCAPE)
    assert reader.run("return document.activeElement.type ?? null") != "search"
    reader.keys("?")
    assert reader.run("return document.querySelector('dialog').open")
    reader.keys(Keys.ESCAPE)
    assert not reader.run("return document.querySelector('dialog').open")
    reader.keys("2")
    assert reader.run("return document.querySelector('[aria-selected=true]').dataset.view") == "says"
    reader.run("document.querySelector('[aria-selected=true]').focus()")
    reader.keys(Keys.ARROW_RIGHT)
    assert reader.run("return document.activeElement.dataset.view") == "who"


def test_single_keys_can_be_switched_off(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [making.mixed_record()]))
    reader.keys("?")
    reader.run(
        "document.querySelector('dialog input[type=checkbox]').click(); document.querySelector('dialog').close()"
    )
    reader.keys("j")
    assert reader.run(CHOSEN) is None
    reader.keys("?")
    assert not reader.run("return document.querySelector('dialog').open")


def shows(reader: Reader, facts: list[str], _: object) -> bool:
    return bool(reader.run(FACTS) == facts)


def test_filters(reader: Reader, tmp_path: Path) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    reader.open(page(tmp_path, [making.mixed_record()]))
    reader.run("document.querySelector('.chip.status-did-not-happen').click()")
    assert reader.run(FACTS) == ["0/e3"]
    reader.run("document.querySelector('.filters .quiet').click()")
    assert len(reader.run(FACTS)) == 4
    for words, left in (("jose", ["0/e2"]), ("قتل", ["0/e1"]), ("nothing of it", [])):
        reader.run("document.querySelector('input[type=search]').focus(); document.activeElement.select()")
        reader.keys(words)
        WebDriverWait(reader.driver, 5).until(functools.partial(shows, reader, left))
    assert "No event passes the filters" in reader.run("return document.querySelector('.panel').textContent")
    reader.open(page(tmp_path, [making.mixed_record()]))
    pick = (
        "const s = document.querySelector(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change'))"
    )
    reader.run(pick, "select[aria-label='Type of event']", "REJECT")
    assert reader.run(FACTS) == ["0/e4"]
    reader.run(pick, "select[aria-label='Type of event']", "")
    reader.run(pick, "select[aria-label='Certainty']", "probable")
    assert reader.run(FACTS) == ["0/e2"]


def test_a_link_to_a_fact_opens_it(reader: Reader, tmp_path: Path) -> None:
    records = [*making.own_records(), making.mixed_record()]
    address = page(tmp_path, records)
    reader.open(f"{address}#mixed%2F1/s2")
    last = len(records) - 1
    assert reader.run(CHOSEN) == f"{last}/s2"
    assert reader.lit("content") == ["it had fired"]
    assert reader.run("return document.querySelector('#text-title').textContent") == "قصف على وادي الريم"
    reader.run("location.hash = '#nothing/here'")
    assert reader.console() == []


def test_no_date_and_no_place_are_made_up(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [making.mixed_record()]))
    drawn = (
        "return [...document.querySelectorAll('.timeline .happening title')].map((t) => t.textContent.split('\\n')[1])"
    )
    assert sorted(reader.run(drawn)) == ["3 Jul 2020", "May 2020"]
    hatched = "return [...document.querySelectorAll('.timeline .stretch')].map((r) => r.getAttribute('fill'))"
    assert reader.run(hatched) == ["url(#hatch-happened)"]
    undated = "return document.querySelector('.undated').textContent"
    assert "2 events whose day, month or year the report does not give" in reader.run(undated)
    reader.view("where")
    # Iraq alone is a country: hatched, with no dot in its middle. The valley has no coordinates: listed only.
    assert reader.run("return document.querySelectorAll('.map .spot').length") == 1
    assert "Iraq" in reader.run("return document.querySelector('.map .area title').textContent")
    assert "Named, without coordinates" in reader.run("return document.querySelector('.places').textContent")
    assert "No place given" in reader.run("return document.querySelector('.places').textContent")


def test_a_country_is_hatched_and_a_namesake_is_a_place(reader: Reader, tmp_path: Path) -> None:
    word = Passage(0, 6)
    places = [
        ("Georgia", 42.0, 43.5),
        ("Georgia", 32.6, -83.4),
        ("Indonesia", -2.0, 118.0),
        ("Congo", None, None),
        ("Mali", None, None),
    ]
    events = tuple(
        Claim(f"e{number}", word, "ASSAULT", place=EventPlace(None, name, latitude, longitude))
        for number, (name, latitude, longitude) in enumerate(places)
    )
    reader.open(page(tmp_path, [Record(id="r", text="raided", events=events)]))
    reader.view("where")
    areas = reader.run(
        "return [...document.querySelectorAll('.map .area title')].map((t) => t.textContent.split(':')[0])"
    )
    assert sorted(areas) == ["Georgia", "Indonesia", "Mali"]
    assert reader.run("return document.querySelectorAll('.map .spot').length") == 1
    assert "Congo not on the map" in reader.run("return document.querySelector('.places').textContent")


def test_who_denies_and_who_says_that_nothing_happened(reader: Reader, tmp_path: Path) -> None:
    record = Record(
        id="r",
        text="Rel denied a raid. No shot fell.",
        actors=(Actor("a1", "Rel", "state", (Passage(0, 3),)),),
        events=(
            Claim("e1", Passage(13, 17), "ASSAULT", status="did-not-happen", according_to=("a1",)),
            Claim("e2", Passage(22, 26), "ASSAULT", status="did-not-happen"),
        ),
    )
    reader.open(page(tmp_path, [record]))
    signs = reader.run("return [...document.querySelectorAll('.fact .status')].map((s) => s.textContent)")
    assert signs == ["Denied", "Did not happen"]


def test_only_names_are_matched_across_reports(reader: Reader, tmp_path: Path) -> None:
    def record(number: int) -> Record:
        names = ["Rel Guard", "residents", "الحرس"]
        actors = tuple(Actor(f"a{at}", name, "population", (Passage(0, 3),)) for at, name in enumerate(names))
        return Record(id=f"r{number}", text="They met.", actors=actors)

    reader.open(page(tmp_path, [record(1), record(2)]))
    reader.view("who")
    names = reader.run("return [...document.querySelectorAll('.panel .fact-title')].map((t) => t.textContent)")
    assert sorted(names) == ["Rel Guard", "residents", "residents", "الحرس"]


def test_a_long_report_opens_at_once(reader: Reader, tmp_path: Path) -> None:
    sentence = "The 😀 brigade raided the mill at dawn. "
    text = sentence * 6000
    events = tuple(
        Claim(f"e{n}", Passage(n * 4 * len(sentence) + 14, n * 4 * len(sentence) + 20), "ASSAULT") for n in range(1500)
    )
    assert events[7].span.of(text) == "raided"
    reader.open(page(tmp_path, [Record(id="long", text=text.strip(), events=events)]))
    loaded = reader.run("const [n] = performance.getEntriesByType('navigation'); return n.loadEventEnd - n.startTime")
    assert loaded < 8000
    choose(reader, "0/e7")
    assert reader.lit("trigger") == ["raided"]


def test_impossible_dates_are_no_dates(reader: Reader, tmp_path: Path) -> None:
    word = Passage(0, 6)
    events = tuple(
        Claim(f"e{number}", word, "ASSAULT", time=EventTime(None, start, end))
        for number, (start, end) in enumerate(
            [("2014-02-30", None), ("2014-13", None), ("0000", "0000"), (None, "2015-01"), ("2016", "2014")]
        )
    )
    reader.open(page(tmp_path, [Record(id="r", text="raided", events=events)]))
    groups = reader.run("return [...document.querySelectorAll('.group h3')].map((h) => h.textContent)")
    assert groups == ["0000", "2014 – 2016", "Jan 2015", "Without a date"]
    assert reader.console() == []


def test_what_was_left_out_is_shown_with_its_reason(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [making.mixed_record()]))
    reader.view("skipped")
    words = reader.run("return document.querySelector('.panel').textContent")
    assert "no words" in words
    assert "one line could not be read" in words
    choose(reader, "0/left-out-1")
    assert reader.lit("skipped") == ["👩‍👩‍👧‍👦"]
    about = reader.run("return document.querySelector('.about').textContent")
    assert "partial: one line could not be read" in about
    assert "Arabic" in about


def luminance(reader: Reader) -> float:
    colour = reader.run("return getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)")
    return float(sum(colour[:3])) / 765


def test_light_and_dark(reader: Reader, tmp_path: Path) -> None:
    address = page(tmp_path, [making.mixed_record()])
    reader.open(address)
    assert luminance(reader) > 0.9
    reader.open(address, scheme="dark")
    assert luminance(reader) < 0.15
    press = "document.querySelector('.theme').click(); return document.querySelector('.theme').ariaLabel"
    assert reader.run(press) == "Colours: light"
    assert luminance(reader) > 0.9
    assert reader.run(press) == "Colours: dark"
    assert luminance(reader) < 0.15
    assert reader.run(press) == "Colours: as the system"


@pytest.mark.parametrize("width", [360, 390, 768])
def test_narrow_screens_scroll_one_way_only(reader: Reader, tmp_path: Path, width: int) -> None:
    long = Record(id="long", text="w" * 400, title="t" * 200)
    reader.open(
        page(tmp_path, [making.mixed_record(), making.hostile_record(), long, *making.own_records()]), width, 780
    )
    for view in reader.views():
        reader.view(view)
        reader.run("document.querySelector('.panel .fact-main')?.click()")
        assert reader.run(WIDE_SCROLL) <= width, view
    reader.view("happened")
    reader.run("[...document.querySelectorAll('.switch button')].at(-1).click()")
    assert reader.run(WIDE_SCROLL) <= width


def test_the_facts_show_in_a_table(reader: Reader, tmp_path: Path) -> None:
    record = making.mixed_record()
    reader.open(page(tmp_path, [record]))
    reader.run("[...document.querySelectorAll('.switch button')].at(-1).click()")
    assert reader.run("return document.querySelectorAll('table.events tbody tr').length") == len(record.events)
    row = reader.run("return document.querySelector('[data-fact=\"0/e1\"]').textContent")
    for words in (
        "Happened",
        "certain",
        "Assault",
        "heavy weapons",
        "مدنيّون",
        "وادي الريم",
        "at least 3 killed",
        "the report itself",
    ):
        assert words in row
    choose(reader, "0/e1")
    assert reader.run(CHOSEN) == "0/e1"


def test_print_holds_all_facts_and_the_text(reader: Reader, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    records = [making.mixed_record(), making.own_records()[0]]
    reader.open(page(tmp_path, records, "On paper"), scheme="dark")
    made = reader.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
    document = pdfium.PdfDocument(base64.b64decode(made["data"]))
    try:
        words = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()
    assert "On paper" in words
    for expected in ("shelled the mill", "Mill of Reem, Ark", "Denied", "Who says what", "no words", "Mixed"):
        assert expected in words
    own = records[1]
    flat = "".join(words.split())
    for line in own.text.split("\n"):
        assert "".join(line.split())[:60] in flat
    for actor in own.actors:
        assert "".join(actor.name.split()) in flat
    assert reader.run("return document.querySelector('.printed-all').childNodes.length") == 0


def test_many_reports_are_drawn_as_far_as_they_are_read(reader: Reader, tmp_path: Path) -> None:
    own = making.own_records()
    records = [own[number % len(own)] for number in range(200)]
    reader.open(page(tmp_path, records, "Many"))
    loaded = reader.run("const [n] = performance.getEntriesByType('navigation'); return n.loadEventEnd - n.startTime")
    assert loaded < 8000
    assert reader.run("return document.querySelectorAll('.panel [data-fact]').length") < 400
    assert "200 reports" in reader.run("return document.querySelector('.summary').textContent")
    for view in reader.views():
        reader.view(view)
        assert reader.run("return document.querySelectorAll('.panel li').length") < 1500, view
    reader.view("reports")
    reader.run("document.querySelectorAll('.report-list button')[3].click()")
    assert reader.run("return document.querySelector('.scope').value") == "3"
    assert set(
        reader.run(
            "return [...document.querySelectorAll('.panel [data-fact]')].map((r) => r.dataset.fact.split('/')[0])"
        )
    ) == {"3"}
    assert reader.run("return document.querySelector('#text-title').textContent") == records[3].title
    reader.run("document.querySelector('.pager button:last-child').click()")
    assert reader.run("return document.querySelector('.scope').value") == "4"
    assert reader.console() == []


def test_empty_pages_say_so(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, []))
    assert "Nothing to read yet" in reader.run("return document.body.textContent")
    reader.open(page(tmp_path, [Record(id="bare", text="")]))
    for view, words in (
        ("happened", "No events were found"),
        ("says", "No statements were found"),
        ("who", "No actors were found"),
        ("where", "No events were found"),
    ):
        reader.view(view)
        assert words in reader.run("return document.querySelector('.panel').textContent")
    assert "This report has no text" in reader.run("return document.querySelector('.text-pane').textContent")
    assert reader.console() == []

"""PDF: text layer, paragraphs, and files that have none."""

from __future__ import annotations

from reading_making import One, pdf

from marsad.reading.reflow import SOFT, Line, join_pages, mend, reflow

STORY = [
    (50, 800, "RAID NEAR TAJI"),
    (50, 770, "Security forces raided a house near Taji late on Thursday, the joint com-"),
    (50, 758, "mand said in a statement. Fourteen members of the group were detained at a"),
    (50, 746, "base that belongs to it."),
    (50, 722, "The group called it a pro-government plot and asked for the men to be set"),
    (50, 710, "free at once."),
]


def test_lines_become_paragraphs(one: One) -> None:
    outcome = one("a.pdf", pdf([STORY], info="/Title(Raid near Taji)/Author(Desk)/CreationDate(D:20200704)"))
    report = outcome.report
    assert outcome.status == "ok"
    assert report
    assert report.text.split("\n\n") == [
        "RAID NEAR TAJI",
        "Security forces raided a house near Taji late on Thursday, the joint command said in a statement. "
        "Fourteen members of the group were detained at a base that belongs to it.",
        "The group called it a pro-government plot and asked for the men to be set free at once.",
    ]
    assert (report.title, report.author, report.published, report.language) == ("Raid near Taji", "Desk", None, "en")


def test_pages_are_parted_unless_a_sentence_runs_on(one: One) -> None:
    pages = [
        [(50, 50, "The convoy was hit by a bomb and")],
        [(50, 800, "two men died.")],
        [(50, 800, "Later it left.")],
    ]
    report = one("a.pdf", pdf(pages)).report
    assert report
    assert report.text == "The convoy was hit by a bomb and two men died.\n\nLater it left."


def test_most_pages(one: One) -> None:
    outcome = one("a.pdf", pdf([[(50, 800, f"Page {n} text.")] for n in range(5)]), max_pages=2)
    assert outcome.status == "partial"
    assert outcome.reason == "only 2 of 5 pages read"
    assert outcome.report
    assert outcome.report.text == "Page 0 text.\n\nPage 1 text."


def test_no_text_layer(one: One) -> None:
    outcome = one("a.pdf", pdf([[]]))
    assert outcome.status == "failed"
    assert "no text layer" in str(outcome.reason)


def test_encrypted(one: One) -> None:
    locked = f"/Encrypt<</Filter/Standard/V 1/R 2/O({'a' * 32})/U({'b' * 32})/P -4>>/ID[(abcd)(abcd)]"
    outcome = one("a.pdf", pdf([STORY], trailer=locked))
    assert outcome.status == "failed"
    assert "encrypted" in str(outcome.reason)


def test_damaged(one: One) -> None:
    for content in (b"", b"%PDF-1.4", pdf([STORY])[:200], b"no pdf"):
        outcome = one("a.pdf", content)
        assert outcome.status == "failed"
        assert outcome.reason


def test_titles_that_programs_leave_are_dropped(one: One) -> None:
    report = one("a.pdf", pdf([STORY], info="/Title(Microsoft Word - draft3.doc)")).report
    assert report
    assert report.title is None


def test_hyphens_that_belong_to_a_word_stay() -> None:
    assert mend(f"well-known and well{SOFT}known") == "well-known and well-known"
    assert mend(f"the com{SOFT}mand") == "the command"
    assert mend(f"anti{SOFT}American, 1980{SOFT}88") == "anti-American, 1980-88"


def test_columns_are_not_mixed_and_sentences_run_on() -> None:
    left = [Line("The first column says that", 50, 180, 700 - 12 * n, 710 - 12 * n) for n in range(3)]
    right = [Line("goes on in the second one.", 300, 430, 700, 710)]
    assert reflow([*left, *right]) == ["The first column says that " * 3 + "goes on in the second one."]
    new = [Line("Another story stands here.", 300, 430, 700, 710)]
    assert reflow([*left, *new]) == [("The first column says that " * 3).strip(), "Another story stands here."]


def test_items_and_headings_stand_alone() -> None:
    words = ["Findings", "1. The first finding is long enough", "to need two lines.", "2. The second one"]
    lines = [Line(text, 50, 50 + 5 * len(text), 700 - 12 * n, 710 - 12 * n) for n, text in enumerate(words)]
    assert reflow(lines) == ["Findings", "1. The first finding is long enough to need two lines.", "2. The second one"]


def test_lines_without_positions() -> None:
    lines = [
        Line("A long line of text that runs on to the"),
        Line("next one."),
        Line("Then another begins here and so on."),
    ]
    assert reflow(lines) == ["A long line of text that runs on to the next one.", "Then another begins here and so on."]
    assert join_pages([[], ["a"], []]) == "a"

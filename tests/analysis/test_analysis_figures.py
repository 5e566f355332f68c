"""The figures: well-formed, the same numbers as the answer, words never markup, readable at both widths."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from analysis_making import FIRST, halved
from analysis_making import series as made
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.analysis.answerpage import answer_page, answer_part, answer_style
from marsad.analysis.changepicture import ChangeRow
from marsad.analysis.picture import RESPONSE_FIGURES, picture, response_figures
from marsad.analysis.provocationpicture import PROVOCATION_FIGURES
from marsad.analysis.response import Response, respond
from marsad.analysis.series import Series
from marsad.analysis.silencepicture import silences_before
from marsad.analysis.svg import NARROW, WIDE, Figure, Sheet, style_sheet, time_ticks
from marsad.analysis.verdict import judge
from marsad.analysis.whatifpicture import WHATIF_FIGURES

SVG = "{http://www.w3.org/2000/svg}"
ODD = "<b>&\x00\ud800 \u202enames"


@pytest.fixture(scope="module")
def fell() -> Response:
    return respond(halved(factor=0.3), [FIRST + 500], sensitivity=False)[0]


@pytest.fixture(scope="module")
def silent() -> Response:
    """Nothing at all after the turning point, names that are no names, and more reporting at times."""
    values = np.random.default_rng(3).poisson(0.2, 500).astype(float)
    values[380:] = 0.0
    effort = np.where(np.arange(500) % 100 < 50, 8.0, 2.0)
    one = Series(FIRST, values, np.arange(500) % 60 != 7, effort, ODD, float(values.sum()))
    return respond(one, [FIRST + 380], sensitivity=False)[0]


def by_name(one: Response) -> dict[str, Figure]:
    return {figure.name: figure for figure in response_figures(one)}


def test_the_names_are_those_that_the_commands_know(fell: Response) -> None:
    from marsad.cli.provoke import command as provoke
    from marsad.cli.respond import command as respond_command
    from marsad.cli.whatif import command as whatif

    assert tuple(by_name(fell)) == RESPONSE_FIGURES
    for command, names in (
        (respond_command, RESPONSE_FIGURES), (provoke, PROVOCATION_FIGURES), (whatif, WHATIF_FIGURES)
    ):  # fmt: skip
        [option] = [one for one in command.params if one.name == "figure"]
        assert f"({', '.join(names)})" in str(getattr(option, "help", ""))


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("case", ["fell", "silent"])
def test_each_figure_is_well_formed_and_says_what_it_is(
    case: str, width: float, request: pytest.FixtureRequest
) -> None:
    one: Response = request.getfixturevalue(case)
    for figure in response_figures(one):
        root = ElementTree.fromstring(figure.svg(width).encode("utf-8"))
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert title.text == root.get("aria-label")
        assert desc is not None
        assert len(desc.text or "") > 40
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
            "svg", "title", "desc", "style", "rect", "path", "text", "polyline", "polygon", "circle"
        }  # fmt: skip
        # Nothing is drawn outside, and nothing is no number.
        assert "nan" not in figure.svg(width)
        assert "inf" not in re.sub(r"<(title|desc|text)[^>]*>[^<]*", "", figure.svg(width, style=False))
        for node in root.iter(f"{SVG}text"):
            assert -1 <= float(node.get("x", "")) <= width + 1, ElementTree.tostring(node)


def test_numbers_are_those_of_the_answer(fell: Response) -> None:
    figures = by_name(fell)
    change = [row for row in figures["change"].rows if isinstance(row, ChangeRow)]
    after = [row for row in change if row.band_low is not None]
    assert after[0].since == fell.turning_point
    assert sum(row.events for row in after) == pytest.approx(fell.events_after)
    assert after[0].fitted_a_week / after[0].unchanged_a_week == pytest.approx(fell.effect.ratio, rel=0.01)
    for row in after:
        assert row.band_low is not None
        assert row.band_high is not None
        assert row.band_low < row.unchanged_a_week < row.band_high
    assert f"{fell.effect.ratio:.2f} times" in figures["change"].title
    placebos = figures["placebos"].rows
    assert len(placebos) == len(fell.effect.placebos.dates) + 1
    assert [row.date for row in placebos if row.here] == [fell.turning_point]
    weeks = figures["intensity"].rows
    assert any(row.since == fell.turning_point for row in weeks)
    for row in weeks:
        assert row.background + row.reporting + row.answers + row.echo == pytest.approx(row.expected, abs=1e-3)
    days = [fell.series.at(number) for number in range(len(fell.series))]
    first, last = days.index(weeks[0].since), days.index(weeks[-1].since) + 7
    assert sum(row.events for row in weeks) == fell.series.counts[first:last].sum()


def test_more_reporting_is_a_part_of_its_own(silent: Response, fell: Response) -> None:
    assert any(abs(row.reporting) > 0 for row in by_name(silent)["intensity"].rows)
    assert "more reporting" in by_name(silent)["intensity"].svg()
    assert not any(row.reporting for row in by_name(fell)["intensity"].rows)
    assert "more reporting" not in by_name(fell)["intensity"].svg()


def test_answers_to_others_are_a_part_of_their_own() -> None:
    raids = np.random.default_rng(5).poisson(0.5, 500).astype(float)
    follow = np.random.default_rng(6).poisson(0.2 + 0.8 * np.roll(raids, 1)).astype(float)
    one = respond(made(follow).echoing(made(raids, "raids")), [FIRST + 380], sensitivity=False)[0]
    figure = by_name(one)["intensity"]
    assert sum(row.answers for row in figure.rows) > 0.2 * sum(row.expected for row in figure.rows)
    for row in figure.rows:
        assert row.background + row.reporting + row.answers + row.echo == pytest.approx(row.expected, abs=1e-3)
    assert "answers to others" in figure.svg()


def test_silences_are_runs_of_watched_days_between_events() -> None:
    counts = np.array([0, 0, 1, 0, 0, 0, 2, 1, 0, 1, 0, 0], dtype=float)
    found = silences_before(counts, np.ones(12, dtype=bool))
    assert found.days.tolist() == [3, 1, 2]
    assert found.ended.tolist() == [True, True, False]
    unwatched = np.ones(12, dtype=bool)
    unwatched[4] = False
    assert silences_before(counts, unwatched).days.tolist() == [2, 1, 2]
    assert len(silences_before(np.zeros(5), np.ones(5, dtype=bool))) == 0


def test_the_survival_curve_is_that_of_kaplan_and_meier(silent: Response) -> None:
    figure = by_name(silent)["silence"]
    before = silences_before(silent.series.counts[:380], silent.series.observed[:380])
    share = 1.0
    for row in figure.rows:
        at_risk = int((before.days >= row.days).sum())
        ended = int(((before.days == row.days) & before.ended).sum())
        assert (row.at_risk, row.ended) == (at_risk, ended)
        if row.lasting_longer is None:
            continue
        share *= 1 - ended / at_risk if at_risk else 1
        assert row.lasting_longer == pytest.approx(share, abs=1e-4)
        assert row.low <= row.lasting_longer <= row.high
    assert f"a silence of {silent.silence.days} days" in figure.title
    chance = {row.days: row.p_longest for row in figure.rows}
    assert chance[silent.silence.days] == pytest.approx(silent.silence.p, abs=1e-4)


def test_words_are_words(silent: Response) -> None:
    for text in (picture(silent), answer_page([(silent, judge(silent, ODD))])):
        assert "<b>" not in text
        assert "&lt;b&gt;&amp;" in text
        assert "\x00" not in text
    page = answer_page([(silent, judge(silent, "events"))])
    assert page.count('class="marsad large"') == page.count('class="marsad small"') == 4
    assert "<script" not in page
    assert page.count("<style>") == 1
    assert answer_style() in page


def test_headings_leave_no_level_out(silent: Response, fell: Response) -> None:
    both = [(one, judge(one)) for one in (silent, fell)]
    for judged in (both[:1], both):
        for page in (answer_page(judged), "<h1></h1><h2></h2>" + answer_part(judged)):
            levels = [int(level) for level in re.findall(r"<h(\d)", page)]
            assert levels[0] == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))
            assert len(levels) > 5


def test_where_nothing_follows_on_earlier_events_no_delay_is_named(fell: Response) -> None:
    setting = fell.effect.setting
    still = replace(setting, traits=replace(setting.traits, branching=0.0))
    title = by_name(replace(fell, effect=replace(fell.effect, setting=still)))["intensity"].title
    assert "none follow on earlier ones; the rest" in title
    assert "later on the mean" not in title
    assert re.search(r"\d% follow on earlier ones, \d+ days? later", by_name(fell)["intensity"].title)


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=300), width=st.sampled_from([WIDE, NARROW]))
def test_any_words_make_a_well_formed_drawing(words: str, width: float) -> None:
    sheet = Sheet(width)
    sheet.heading(words, words)
    panel = sheet.plot(80, (0, 1), (0, 1), words, words)
    panel.upright(0.5, words)
    panel.box(1, 1, 5, 5, "cell", words, opacity=0.5)
    sheet.legend(("bar", words), ("fit dash", words))
    root = ElementTree.fromstring(sheet.svg(words, words).encode("utf-8"))
    assert root.tag == f"{SVG}svg"


@settings(max_examples=60, deadline=None)
@given(first=st.integers(1, 3_600_000), days=st.integers(1, 55_000), width=st.sampled_from([WIDE, NARROW]))
def test_time_has_a_few_labels_wherever_it_is(first: int, days: int, width: float) -> None:
    ticks = time_ticks(first, min(first + days, 3_652_059), width)
    assert len(ticks) <= width / 60
    assert all(first <= day <= first + days for day, _ in ticks)


def test_every_class_has_its_colour_in_light_and_dark(silent: Response) -> None:
    style = style_sheet()
    assert "prefers-color-scheme: dark" in style
    classes = set(re.findall(r"\.marsad \.([a-z-]+)", style))
    used = " ".join(re.findall(r'class="([^"]+)"', picture(silent, style=False)))
    assert set(used.split()) <= classes | {"marsad"}
    assert len(set(used.split())) > 12


def table(path: Path) -> Path:
    lines = ["date,count", *(f"{made_day},{int(n)}" for made_day, n in _days())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _days() -> list[tuple[str, float]]:
    one = made(halved(400, 250).counts)
    return [(one.at(day), value) for day, value in enumerate(one.counts.tolist())]


def test_figures_by_name_and_into_a_folder(tmp_path: Path) -> None:
    from marsad.cli.respond import command

    path, point = table(tmp_path / "t.csv"), made(halved(400, 250).counts).at(250)
    asked = ["--figure", str(tmp_path / "all.svg"), "--figure", f"silence={tmp_path / 's.svg'}",
             "--figure", f"change={tmp_path / 'c.csv'}", "--figures", str(tmp_path / "out/figures")]  # fmt: skip
    result = CliRunner().invoke(command, [str(path), "--turning-point", point, "--json", *asked])
    assert result.exit_code == 0, result.output
    whole = (tmp_path / "all.svg").read_text("utf-8")
    assert all(whole.count(words) >= 1 for words in ("events a week", "log scale", "days of silence", "events a day"))
    assert "days of silence" in (tmp_path / "s.svg").read_text("utf-8")
    assert (tmp_path / "c.csv").read_text("utf-8").startswith("since,until,watched_days")
    names = {file.name for file in (tmp_path / "out/figures").iterdir()}
    assert names == {f"{name}.{form}" for name in RESPONSE_FIGURES for form in ("svg", "csv")}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("fan=x.svg", "there is no figure 'fan': there are change, placebos, silence, intensity"),
        ("x.csv", "of which figure? Write NAME=x.csv"),
        ("change=", "names no file"),
        (".", "names no file"),
    ],
)
def test_what_names_no_figure_is_said(tmp_path: Path, value: str, said: str) -> None:
    from marsad.cli.respond import command

    result = CliRunner().invoke(command, [str(table(tmp_path / "t.csv")), "--figure", value])
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())

"""The analysis at work, in a process of its own: ``python -m marsad.review.analysis_worker``.

It reads one question as JSON (``path`` and ``question``) and writes JSON lines: ``{"stage": ...}`` whenever it goes on
to another part, then ``{"result": ...}``, or ``{"wrong": ...}`` with the reason in a sentence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from marsad.analysis.events import Choose, EventTable, day_number
from marsad.analysis.fromcasebook import casebook_events, casebook_variants
from marsad.analysis.svg import NARROW, Figure
from marsad.casebook import Casebook
from marsad.errors import AnalysisError, MarsadError
from marsad.exchange.jsonl import finite
from marsad.exchange.table import csv_lines
from marsad.records import Json
from marsad.review.analysis_asked import Question, question_of

if TYPE_CHECKING:
    from marsad.analysis.scenarios import Cause

__all__ = ["answer", "main"]

Told = Callable[[str], None]
_WHAT = "incidents"
_PATIENCE = 60.0


def main() -> None:
    """Read a question, write its answer."""
    asked = json.load(sys.stdin)

    def say(data: Json) -> None:
        sys.stdout.write(json.dumps(data, allow_nan=False) + "\n")
        sys.stdout.flush()

    try:
        say({"result": answer(asked["path"], question_of(asked["question"]), lambda stage: say({"stage": stage}))})
    except MarsadError as error:
        say({"wrong": str(error)})


def answer(path: str, question: Question, told: Told = lambda _: None) -> Json:
    """The answer to a question about the casebook at ``path``, with its figures: what the page keeps and shows.

    Raises AnalysisError where it cannot be answered, CasebookError.
    """
    told("reading the incidents")
    variants: Mapping[str, EventTable] = {}
    with Casebook(path, write=False, patience=_PATIENCE) as casebook:
        table = casebook_events(casebook)
        if question.kind == "respond":
            variants = casebook_variants(casebook)
    if question.kind == "respond":
        found = _respond(table, variants, question, told)
    elif question.kind == "provoke":
        found = _provoke(table, question, told)
    else:
        found = _whatif(table, question, told)
    return {**found, "undated": table.undated}


def _respond(table: EventTable, variants: Mapping[str, EventTable], question: Question, told: Told) -> Json:
    from marsad.analysis.answerpage import answer_page
    from marsad.analysis.asking import ask
    from marsad.analysis.picture import response_figures
    from marsad.analysis.response import respond
    from marsad.analysis.telling import assumptions, facts, ranged, response_json
    from marsad.analysis.verdict import judge
    from marsad.analysis.wording import number_words, ratio_words

    told("counting days")
    since, until = _days(question)
    points = [day_number(point) for point in question.points]
    asked = ask(
        table, question.choose, others=variants, since=since, until=until, coarse=question.coarse,
        echo_of=question.echo_of, draws=question.draws, name=_WHAT,
    )  # fmt: skip
    found = respond(
        asked.series, points, after=question.after, shape=question.shape, half_life=question.half_life,
        variants=asked.variants, imputed=asked.imputed, told=told,
    )  # fmt: skip
    words = f"{_WHAT} {question.choose.words}" if question.choose.words else _WHAT
    judged = [(one, judge(one, words)) for one in found]
    told("drawing")
    figures = [
        {**_drawn(figure), "name": f"{figure.name}-{one.turning_point}", "part": number}
        for number, (one, _) in enumerate(judged) for figure in response_figures(one)
    ]  # fmt: skip
    answers = [response_json(one, verdict) for one, verdict in judged]
    shown = [
        {
            "point": one.turning_point, "sentence": verdict.sentence, "answer": verdict.answer,
            "strength": verdict.strength, "facts": [list(fact) for fact in facts(one)],
            "assumptions": assumptions(one),
            "variants": [
                [row.name, ratio_words(row.ratio), ranged(row.low, row.high), f"{row.p:.3f}", number_words(row.events)]
                for row in one.variants
            ],
        }
        for one, verdict in judged
    ]  # fmt: skip
    return {
        "answer": answers[0] if len(answers) == 1 else answers, "shown": shown, "figures": figures,
        "page": answer_page(judged),
    }  # fmt: skip


def _provoke(table: EventTable, question: Question, told: Told) -> Json:
    from marsad.analysis.dyads import several
    from marsad.analysis.provocation import provoke
    from marsad.analysis.provocationpicture import pair_figure, provocation_figures

    told("counting days")
    since, until = _days(question)
    series = several(
        table, Choose(type=question.type, place=question.place), by=question.by, named=question.parties,
        most=question.most, since=since, until=until,
    )  # fmt: skip
    told("fitting the series together")
    found = provoke(series)
    told("drawing")
    many = len(series.names)
    figures = [_drawn(figure) for figure in provocation_figures(found)]
    figures += [_drawn(pair_figure(found, a, b)) for a in range(many) for b in range(many) if a != b]
    shown = {
        "names": list(series.names), "by": series.by,
        "sentences": [found.sentence(one) for one in sorted(found.answers, key=lambda one: one.p) if one.told],
        "pairs": [
            [row.source, row.target, f"{row.more:.2f}", f"{row.low:.2f} to {row.high:.2f}",
             *("own" if chance is None else f"{chance:.3f}" for chance in (row.p, row.p_alone, row.q))]
            for row in found.rows()
        ],
        "checks": [
            [one.series, f"{one.uniform:.3f}", f"{one.independent:.3f}",
             "does not hold well" if min(one.uniform, one.independent) < 0.01 else "nothing against it"]
            for one in found.checks
        ],
    }  # fmt: skip
    return {"answer": finite(found.to_json()), "shown": shown, "figures": figures, "page": None}


def _whatif(table: EventTable, question: Question, told: Told) -> Json:
    from marsad.analysis.scenarios import read_scenario
    from marsad.analysis.series import daily
    from marsad.analysis.whatif import usual_scenarios, whatif
    from marsad.analysis.whatifpicture import whatif_figures

    told("counting days")
    since, until = _days(question)
    series = daily(table, question.choose, since=since, until=until, name=_WHAT)
    causes = [_cause(one.name, one.days, one.where, table) for one in question.causes]
    words = question.scenarios or usual_scenarios(causes)
    scenarios = [read_scenario(text, causes, series.first, series.last, question.days) for text in words]
    told("fitting the model, and drawing days to come")
    found = whatif(series, causes, scenarios, days=question.days)
    told("drawing")
    first = found.outlooks[0]
    shown = {
        "conditional": found.conditional, "days": found.days,
        "scenarios": [
            [one.scenario.name, f"{one.total.value:,.0f}", f"{one.total.low:,.0f} to {one.total.high:,.0f}",
             "" if one is first else f"{one.ratio.value:.2f}",
             "" if one is first else f"{one.ratio.low:.2f} to {one.ratio.high:.2f}", "; ".join(one.beyond)]
            for one in found.outlooks
        ],
        "effects": [
            [one.cause, str(one.seen), *(f"{factor.value:.2f} ({factor.low:.2f} to {factor.high:.2f})"
                                         for factor in one.factors)]
            for one in found.effects
        ],
        "after": list(found.effects[0].after) if found.effects else [],
    }  # fmt: skip
    return {
        "answer": finite(found.to_json()), "shown": shown, "page": None,
        "figures": [_drawn(figure) for figure in whatif_figures(found)],
    }  # fmt: skip


def _cause(name: str, days: Sequence[str], where: Mapping[str, str] | None, table: EventTable) -> Cause:
    from marsad.analysis.scenarios import Cause

    if where is None:
        return Cause(name, tuple(sorted({day_number(day) for day in days})))
    choose = Choose(**where)
    seen = tuple(sorted({event.first for event in table.events if event.exact and choose(event)}))
    if not seen:
        raise AnalysisError(f"no incident {choose.words} has an exact day: say otherwise what {name!r} is")
    return Cause(name, seen)


def _days(question: Question) -> tuple[int | None, int | None]:
    return tuple(None if day is None else day_number(day) for day in (question.since, question.until))  # type: ignore[return-value]


def _drawn(figure: Figure) -> Json:
    return {
        "name": figure.name, "title": figure.title, "about": figure.about,
        "wide": figure.svg(style=False, headed=False), "narrow": figure.svg(NARROW, style=False, headed=False),
        "svg": figure.svg(), "csv": "".join(csv_lines(figure.columns, figure.rows)),
    }  # fmt: skip


if __name__ == "__main__":
    main()

"""``marsad report``: one page to read, with every passage marked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.ending import ended_in_order
from marsad.cli.inputs import Coding, Tally, coded, input_options, outcomes, refuse_to_overwrite
from marsad.cli.sources import is_casebook, spun_of
from marsad.cli.terminal import say
from marsad.cli.turning import changed_after, could_be_asked, counted, turning_options

if TYPE_CHECKING:
    from marsad.origins import OriginRow
    from marsad.records import Record

__all__ = ["command"]


@click.command(
    "report",
    short_help="Make a page that shows reports and their facts.",
    epilog="""\b
Examples:
  marsad report article.html --out page.html
  marsad report reports/ --out page.html --title "Diyala, August 2014"
  marsad report syria.casebook --out page.html
  marsad report syria.casebook --turning-point 2018-04-14 --counting type:ASSAULT --out page.html
  marsad report records.jsonl --as-is --out page.html""",
)
@input_options
@click.option(
    "--out",
    "-o",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The page: one HTML file that needs no network.",
)
@click.option("--title", metavar="WORDS", help="The page's heading.")
@click.option(
    "--as-is",
    is_flag=True,
    help="Show the labels of given records (marsad-record/1); otherwise their texts are coded anew.",
)
@turning_options
@click.pass_context
@ended_in_order()
def command(
    ctx: click.Context, /, paths: tuple[Path, ...], published: str | None, packs: tuple[Path, ...],
    codebooks: tuple[Path, ...], restore: bool, jobs: int | None, quiet: bool, out: Path, title: str | None,
    as_is: bool, points: tuple[int, ...], counting: str | None, **fields: Any,
) -> None:  # fmt: skip
    """Make a page that shows reports with their events, statements and actors.

    PATH is what 'marsad code' takes, or a casebook, whose current records are shown.
    Copies of one report are shown as such: see 'marsad origins'.
    """
    from marsad.page import write_page

    refuse_to_overwrite(out, paths)
    choose = counted(points, counting)
    tally, books = Tally(), [path for path in paths if path.is_file() and is_casebook(path)]
    records = list(_kept(books, tally))
    rest = [path for path in paths if path not in books]
    coding = None
    if as_is:
        records += _given(rest, tally)
    elif rest:
        coding = Coding(packs, jobs, codebooks, paths, restore=restore)
        with coded(outcomes(rest, published, fields), coding, tally, quiet) as items:
            records += [one.record for one in items if one.record]
    origins = _origins(records, paths)
    if coding and origins and not books:
        records = list(_restored(records, origins, coding))
    if records:
        opening = changed_after(points, choose, records, books[0] if len(books) == len(paths) == 1 else None)
        write_page(records, out, title=title, origins=origins, opening=opening)
    tally.tell(quiet)
    if not quiet and not points and (hint := could_be_asked(records)):
        say(hint)
    if not records:
        raise click.ClickException(f"nothing to show, so {out} was not written")
    ctx.exit(tally.exit_code)


def _kept(books: list[Path], tally: Tally) -> Iterator[Record]:
    from marsad.casebook import Casebook

    for book in books:
        with Casebook(book, write=False) as casebook:
            for record in casebook.records():
                tally.ok += 1
                yield record


def _origins(records: list[Record], paths: tuple[Path, ...]) -> list[OriginRow] | None:
    """Which of the records are copies of which: as a lone casebook keeps it, else found out now."""
    if len(records) < 2:
        return None
    from marsad.casebook import Casebook
    from marsad.origins import ReportStore, Survey
    from marsad.origins.spun import spun_probability

    if len(paths) == 1 and is_casebook(paths[0]):
        with Casebook(paths[0], write=False) as casebook, casebook.surveyed() as kept:
            rows = list(kept.rows())
        if [row.report for row in rows] == [record.id for record in records]:
            return rows
    known = {record.text: spun for record in records if (spun := spun_of(record)) is not None}
    with ReportStore() as store:
        survey = Survey(store, lambda text: known[text] if text in known else spun_probability(text))
        survey.add(record.report for record in records)
        return list(survey.rows())


def _restored(records: list[Record], origins: list[OriginRow], coding: Coding) -> Iterator[Record]:
    """The records, those of machine-spun copies of a clean report coded anew with its words."""
    from marsad.errors import CodingError
    from marsad.vocabulary import SPUN

    all_of = {row.report: (row, record) for row, record in zip(origins, records, strict=True)}
    for row, record in all_of.values():
        clean, source = all_of[row.origin]
        again = None
        if row.spun >= SPUN > clean.spun and "restored_from" not in record.extra:
            with suppress(CodingError):  # its record stays as it is
                again = coding.again(record.report, source.report)
        yield again or record


def _given(paths: list[Path], tally: Tally) -> Iterator[Record]:
    from marsad.exchange.jsonl import read_records

    for path in paths:
        for record in read_records(sys.stdin.buffer if str(path) == "-" else path):
            tally.ok += 1
            yield record

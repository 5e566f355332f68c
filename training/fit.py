"""Fit all tables of weighted rules from labelled reports.

    python training/fit.py GOLD... [--out FOLDER] [--without PREFIX ...] [--encoder FOLDER]

GOLD are folders of marsad-record/1 files; a report in two of them counts once. The tables are written to the coder's
lexicon, or to FOLDER. Each table is fitted on what the steps before it make of
the same reports, so the order matters. ``--without`` leaves out reports whose id
begins so (held-out tests). ``--encoder`` says on whose parse the tables are
fitted, if not the shipped one's. Needs scikit-learn; takes about two minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import heads
import never
from data import analyse, load
from fitting import LEXICON, fit

from marsad.coding.encoder.encoder import MODELS
from marsad.coding.relations import LABELS
from marsad.coding.roles import ROLES
from marsad.coding.weights import Weights
from marsad.coding.wordlists import words_of
from marsad.knowledge import Gazetteer, Knowledge
from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, KINDS, STATUSES

YES_NO = ("no", "yes")
HOW = {"strength": 0.3, "least_count": 2, "least_weight": 0.08}


def main() -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=LEXICON)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--encoder", type=Path, default=MODELS)
    options = parser.parse_args()
    Weights.folder = options.out
    without = tuple(options.without) or "\0"
    examples = load(*options.gold, encoder=options.encoder, chosen=lambda name: not name.startswith(without))
    if not examples:
        sys.exit(f"no labelled reports in {options.gold[0]}")
    knowledge = Knowledge.load()

    def table(name: str, rows: heads.Rows, order: tuple[str, ...], **how: float) -> None:
        fit(name, rows.features, rows.labels, order, weights=rows.weights, folder=options.out, **{**HOW, **how})

    # Candidates are everything until the lists of words that never count are made.
    for name in ("never_triggers", "never_mentions"):
        never.write(name, [], options.out)
    words_of.cache_clear()
    never.write("never_triggers", never.never_triggers(examples), options.out)
    never.write("never_mentions", never.never_mentions(examples, knowledge), options.out)
    words_of.cache_clear()
    # The strengths are those that did best on reports held out of the training part; see docs/coder.md.
    table("trigger", heads.trigger_rows(examples), ("-", *EVENT_TYPES), strength=5.0, least_count=1, least_weight=0.12)
    table("mention", heads.mention_rows(examples, knowledge), YES_NO, least_count=1)
    table("cue", heads.cue_rows(examples), YES_NO)
    table("coref", heads.coref_rows(examples, knowledge), YES_NO)
    with Gazetteer.open() as gazetteer:
        table("place", heads.place_rows(examples, knowledge, gazetteer), YES_NO, least_count=1)
    table("status", heads.status_rows(examples, certainty=False), STATUSES)
    table("certainty", heads.status_rows(examples, certainty=True), CERTAINTIES)
    modes = heads.mode_rows(examples)
    table("mode", modes, tuple(sorted(set(modes.labels))), least_weight=0.15)
    analysed = list(analyse(examples, knowledge))
    table("role", heads.role_rows(analysed), ROLES)
    table("implied", heads.implied_rows(analysed), ROLES)
    table("kind", heads.kind_rows(analysed), KINDS)
    table("relation", heads.relation_rows(analysed, knowledge), LABELS, strength=1.0, least_count=1, least_weight=0.1)
    table("eventlink", heads.eventlink_rows(analysed), YES_NO)


if __name__ == "__main__":
    main()

"""``marsad codebook``: event types of a user's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from marsad.cli.terminal import emit, print_table, say

if TYPE_CHECKING:
    from marsad.coding.codebook import TrainedCodebook, Training

__all__ = ["command"]

_SHOWN: Final = 3
"""Texts that are shown of each confusion, unless all are asked for."""
_FILE: Final = click.Path(path_type=Path, dir_okay=False)

TEMPLATE: Final = '''# A codebook: event types of your own, for 'marsad codebook train'.
# Lines that begin with # are for you. Every text stands in quotation marks; use '...' where it holds "quotations".

name = "{name}"

[[type]]
name = "rocket attack on a diplomatic site"
definition = """
What belongs to it, and what does not, as you would tell another coder.
"""
# The PLOVER type that every event of this type has. Without this line, events of any type may be of yours.
# One of: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST,
# SANCTION, MOBILIZE, COERCE, ASSAULT.
parent = "ASSAULT"

# Ten to fifty sentences that tell of it, as reports put it: in different words, long and short, from different
# places. [[ ]] marks the words that tell of the event; you may leave the marks out.
examples = [
  "Two rockets [[landed]] in the grounds of the embassy before dawn.",
  "The consulate was [[hit]] by a rocket fired from the western suburbs.",
]

# As many sentences that are near to it and not it: another act on the same target, the same act on another target,
# a threat, an exercise. They teach more than anything else.
counter_examples = [
  "Rockets landed in a field outside the town.",
  "Protesters burned a flag in front of the embassy.",
]

# Add further types with another [[type]].
'''


@click.group(
    "codebook",
    short_help="Define event types of your own, train and look at them.",
    epilog="""\b
Examples:
  marsad codebook new diplomatic-sites.toml
  marsad codebook check diplomatic-sites.toml
  marsad codebook train diplomatic-sites.toml
  marsad codebook show diplomatic-sites.codebook
  marsad code reports/ --codebook diplomatic-sites.codebook --out records.jsonl""",
)
def command() -> None:
    """Event types of your own: write down a definition and ten to fifty examples, train, code with it.

    A codebook is a TOML file ('marsad codebook new' writes one to fill in), or a
    CSV, TSV or JSON lines file with the columns type, text, trigger, counter,
    definition and parent. docs/codebooks.md tells how to write a good one.
    """


@command.command("new", epilog="\b\nExamples:\n  marsad codebook new diplomatic-sites.toml")
@click.argument("file", type=_FILE)
def new(file: Path) -> None:
    """Write a codebook to fill in, with comments."""
    from marsad.atomic import whole_file

    if file.suffix.lower() != ".toml":
        raise click.UsageError(f"{file}: give it a name that ends in .toml")
    if file.exists():
        raise click.UsageError(f"{file} is there already: choose another name")
    name = "".join(c if c.isprintable() and c not in '"\\' else "-" for c in file.stem)[:80]
    with whole_file(file) as out:
        out.write(TEMPLATE.replace("{name}", name))
    say(f"{file} is written: fill it in, then marsad codebook train {file}")


@command.command("check", epilog="\b\nExamples:\n  marsad codebook check diplomatic-sites.toml")
@click.argument("file", type=_FILE)
@click.pass_context
def check(ctx: click.Context, /, file: Path) -> None:
    """Say whether a codebook can be trained, and what would make it better.

    Exit code 1 where a type has too few examples to train.
    """
    from marsad.ontology.codebook import LEAST, folded, remarks
    from marsad.ontology.codebookfiles import read_codebook

    codebook = read_codebook(file)
    rows = [
        (t.name, t.parent, len(t.examples), sum(bool(e.marks) for e in t.examples), len(t.counter_examples))
        for t in codebook.types
    ]
    print_table(("type", "parent", "examples", "with marks", "counter-examples"), rows)
    for remark in remarks(codebook):
        say(remark)
    few = any(len({folded(e.text) for e in t.examples}) < LEAST for t in codebook.types)
    ctx.exit(1 if few else 0)


@command.command(
    "train",
    epilog="""\b
Examples:
  marsad codebook train diplomatic-sites.toml
  marsad codebook train sentences.csv --out types.codebook --all""",
)
@click.argument("file", type=_FILE)
@click.option("--out", "-o", metavar="FILE", type=_FILE, help="The trained codebook (FILE.codebook if not given).")
@click.option("--all", "everything", is_flag=True, help="Show every text that was confused, not only the surest.")
def train(file: Path, out: Path | None, everything: bool) -> None:
    """Train a codebook, and tell how well its types are found.

    Figures come from cross-validation: each text is judged by heads that were
    trained without it and without its copies. Nothing leaves this machine, and the
    trained file holds single words of your examples, not the examples.
    """
    from marsad.coding.codebook import train as fit
    from marsad.ontology.codebookfiles import read_codebook

    target = out or file.with_suffix(".codebook")
    if target.exists() and target.samefile(file):
        raise click.UsageError(f"--out {target} is the codebook itself: choose another name")
    done = fit(read_codebook(file))
    done.codebook.save(target)
    _tell(done, everything)
    say(f"{target} is written: marsad code REPORTS --codebook {target}")


def _tell(done: Training, everything: bool) -> None:
    print_table(
        ("type", "examples", "precision", "recall", "F1", "F1, 9 of 10 draws", "wrongly taken"),
        [
            (
                f.name, f.examples, _cent(f.precision), _cent(f.recall), _cent(f.f1),
                f"{_cent(f.low)} to {_cent(f.high)}", sum(f.wrong.values()),
            )
            for f in done.figures
        ],
    )  # fmt: skip
    emit(
        f"\n{done.folds}-fold cross-validation, copies of a sentence kept together: {done.examples} examples, "
        f"{done.counters} counter-examples, {done.ordinary} ordinary sentences, each judged without having been seen.\n"
    )
    for confusion in done.confusions:
        emit(f"\n{confusion.words}:\n")
        shown = confusion.texts if everything else confusion.texts[:_SHOWN]
        for text in shown:
            emit(f"  - {' '.join(text.split())[:200]}\n")
        if len(confusion.texts) > len(shown):
            emit(f"  and {len(confusion.texts) - len(shown)} more (--all shows them)\n")
    sys.stdout.flush()
    for warning in done.warnings:
        say(f"note: {warning}")


@command.command("show", epilog="\b\nExamples:\n  marsad codebook show diplomatic-sites.codebook")
@click.argument("file", type=_FILE)
def show(file: Path) -> None:
    """Tell what a trained codebook knows: its types, figures and telling words, and whether it fits this Marsad."""
    from marsad.coding.codebook import TrainedCodebook
    from marsad.coding.codebook.trained import encoder_fingerprint

    codebook = TrainedCodebook.load(file)
    emit("\n".join(_about(codebook)) + "\n")
    if codebook.encoder != encoder_fingerprint():
        say(f"{file} was trained on another encoder: train it again with 'marsad codebook train'")


def _about(codebook: TrainedCodebook) -> list[str]:
    about = codebook.about
    lines = [
        f"{codebook.name}: {len(codebook.types)} types, trained with marsad {about.get('marsad')} on "
        f"{about.get('examples')} examples, {about.get('counter_examples')} counter-examples and "
        f"{about.get('background')} ordinary sentences ({about.get('folds')}-fold cross-validation)",
        f"encoder {codebook.encoder}; columns: {'vectors and words' if codebook.heads.with_words else 'vectors'}; "
        f"penalty {codebook.heads.penalty:g}",
    ]
    for number, kind in enumerate(codebook.types):
        figures = kind.figures
        lines += ["", f"{kind.name}" + (f" (always {kind.parent})" if kind.parent else "")]
        if kind.definition:
            lines.append(f"  {kind.definition}")
        if "f1" in figures:
            lines.append(
                f"  {figures['examples']} examples; precision {_cent(figures['precision'])}, recall "
                f"{_cent(figures['recall'])}, F1 {_cent(figures['f1'])} "
                f"({_cent(figures['f1_low'])} to {_cent(figures['f1_high'])})"
            )
        lines.append(f"  taken from a probability of {_cent(codebook.heads.thresholds[number])} per cent on")
        if words := codebook.telling_words(number):
            lines.append(f"  telling words: {', '.join(words)}")
    return lines


def _cent(share: float) -> str:
    return f"{100 * share:.0f}"

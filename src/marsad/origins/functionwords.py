"""The small words of English, which hold a sentence together and which a rewriter mostly leaves as they are."""

from __future__ import annotations

from typing import Final

__all__ = ["FUNCTION_WORDS"]

FUNCTION_WORDS: Final = frozenset(
    """
    a an the this that these those some any each every no all both either neither another such what which who whom
    whose i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself
    himself herself itself themselves am is are was were be been being have has had having do does did doing will
    would shall should can could may might must of in on at by for with from to into onto upon about against between
    among through during before after above below under over near within without along across behind beyond toward
    towards around off out up down since until till as than like per via and or but nor so yet if because although
    though while when where why how whether unless once not there here then also too very more most less least only
    just even still already again ever never now one two other own same
    isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't
    it's he's she's they're we're i'm i've we've
    """.split()
)
"""Lower-case words; numbers and names are kept by other signs."""

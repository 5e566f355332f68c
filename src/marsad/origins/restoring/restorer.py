"""From a machine-spun text to the reading that likely stood there before."""

from __future__ import annotations

from marsad.knowledge import Knowledge
from marsad.origins.restoring.change import Change, Reading
from marsad.origins.restoring.copied import from_copy
from marsad.origins.restoring.guessed import guessed
from marsad.origins.restoring.lexicon import Lexicon
from marsad.origins.spun import Spun
from marsad.records import Report
from marsad.vocabulary import SPUN

__all__ = ["Restorer"]


class Restorer:
    """Reads garbled text. ``knowledge`` has the names that are known, the user's own packs among them.

    Raises ModelError when a shipped table is missing.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicon: Lexicon | None = None

    def read(self, text: str, spun: Spun, cleaner: Report | None = None) -> Reading:
        """The reading of a text that was judged ``spun``; the text itself where it was judged clean.

        Words of ``cleaner``, a cleaner copy of the report, come before guesses.
        """
        if spun.probability < SPUN:
            return Reading(text, ())
        changes = from_copy(text, cleaner.text, cleaner.id) if cleaner else []
        if self._lexicon is None:
            self._lexicon = Lexicon.load(self._knowledge)
        found = _together(changes, guessed(text, self._lexicon))
        return Reading(text, tuple(c for c in found if c.applied), tuple(c for c in found if not c.applied))


def _together(first: list[Change], then: list[Change]) -> list[Change]:
    """Both, in order; of two that overlap the one of ``first``."""
    kept = list(first)
    for change in then:
        if all(change.end <= other.start or other.end <= change.start for other in first):
            kept.append(change)
    return sorted(kept, key=lambda change: change.start)

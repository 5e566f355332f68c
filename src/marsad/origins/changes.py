"""What a rewriter did to the sentences that two reports share: which kinds of words are not the same any more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from marsad.origins.alignment import Alignment
from marsad.origins.functionwords import FUNCTION_WORDS
from marsad.origins.wording import Wording

__all__ = ["Changes", "changes"]

_LONGEST_SWAP: Final = 4
"""Words: more in one place are not swapped but written anew, or left out."""
_LONGEST_MOVE: Final = 12
_FEW: Final = 2
_NEAR: Final = 1
"""Units before and after the counterpart that are looked at with it."""
_ENOUGH: Final = 400
"""Words looked at."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts over the aligned units: words looked at, and of them swapped for others, by what they are."""

    words: int
    content: int
    small: int
    grammar: int
    """Small words that are left out or put in, one or two at a time."""
    moved: int
    """Other words that stand elsewhere in the same sentences."""
    names: int
    quoted_words: int
    quoted: int
    """Swapped words within quotations, of ``quoted_words`` there."""
    examples: tuple[tuple[str, str], ...]
    """Some swaps: the words in the source, the words in the derived report."""

    @property
    def share(self) -> float:
        """The part of the words outside quotations that is swapped."""
        return (self.content + self.small) / self.words if self.words else 0.0

    @property
    def quoted_share(self) -> float:
        """The part of the quoted words that is swapped."""
        return self.quoted / self.quoted_words if self.quoted_words else 0.0


def changes(derived: Wording, source: Wording, alignment: Alignment) -> Changes:
    """What became of the source's words; ``alignment`` is the derived report's with the source."""
    words = content = small = grammar = moved = names = quoted_words = quoted = 0
    examples: list[tuple[str, str]] = []
    for pair in alignment.pairs:
        if words + quoted_words > _ENOUGH:
            break
        first, end = derived.units[pair.a].words
        low = source.units[max(0, pair.b - _NEAR)].words[0]
        high = source.units[min(len(source.units) - 1, pair.b + _NEAR)].words[1]
        matcher = SequenceMatcher(None, source.words[low:high], derived.words[first:end], autojunk=False)
        gone: Counter[str] = Counter()
        come: Counter[str] = Counter()
        for how, i1, i2, j1, j2 in matcher.get_opcodes():
            inside = sum(derived.quoted[first + j1 : first + j2])
            if how == "equal":
                quoted_words += inside
                words += j2 - j1 - inside
            elif not inside and max(i2 - i1, j2 - j1) <= _LONGEST_MOVE:
                gone.update(w for w in source.words[low + i1 : low + i2] if w not in FUNCTION_WORDS)
                come.update(w for w in derived.words[first + j1 : first + j2] if w not in FUNCTION_WORDS)
            if how in ("insert", "delete") and not inside:
                loose = [*source.words[low + i1 : low + i2], *derived.words[first + j1 : first + j2]]
                if len(loose) <= _FEW and all(w in FUNCTION_WORDS for w in loose):
                    grammar += len(loose)
            if how != "replace" or max(i2 - i1, j2 - j1) > _LONGEST_SWAP:
                continue
            old = source.words[low + i1 : low + i2]
            new = derived.words[first + j1 : first + j2]
            if inside:
                quoted_words += j2 - j1
                quoted += j2 - j1
                continue
            words += j2 - j1
            plain = [w for w in old if w not in FUNCTION_WORDS]
            if any(source.named[low + i1 : low + i2]) or any(w[0].isdigit() for w in old):
                names += 1
            elif plain:
                content += j2 - j1
                if len(examples) < 6 and len(plain) == len(old) and all(w not in FUNCTION_WORDS for w in new):
                    examples.append((" ".join(old), " ".join(new)))
            else:
                small += j2 - j1
        moved += (gone & come).total()
    return Changes(words, content, small, grammar, moved, names, quoted_words, quoted, tuple(examples))

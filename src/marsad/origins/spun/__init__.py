"""Is a text machine-spun: did a program swap its words for others, outside the quotations?

:func:`judge_spun` gives a calibrated probability, the paragraphs, and the signs, each with what probably stood there;
:func:`spun_probability` the probability alone.
``docs/spun.md`` says what the model was made from, how well it does, and where it fails.
"""

from marsad.origins.spun.judge import judge_spun, spun_probability
from marsad.origins.spun.sign import Sign, SignKind, Spun, SpunPassage

__all__ = ["Sign", "SignKind", "Spun", "SpunPassage", "judge_spun", "spun_probability"]

"""One pass of a small encoder over a report, and what its heads judge of words and of pairs of passages."""

from marsad.coding.encoder.encoder import Encoder
from marsad.coding.encoder.judgement import Judgement

__all__ = ["Encoder", "Judgement"]

"""Restoring: names, titles and set phrases that a machine garbled are put right, and every passage leads back."""

from marsad.origins.restoring.change import Alternative, Change, ChangeKind, Reading
from marsad.origins.restoring.coder import RestoringCoder
from marsad.origins.restoring.restorer import Restorer

__all__ = ["Alternative", "Change", "ChangeKind", "Reading", "Restorer", "RestoringCoder"]

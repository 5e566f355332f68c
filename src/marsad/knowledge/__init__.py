"""What is known before any report is read: who is who, when, and where places are."""

from __future__ import annotations

from marsad.errors import KnowledgeError
from marsad.knowledge.actors import KnownActor, Term
from marsad.knowledge.gazetteer import Gazetteer
from marsad.knowledge.ownplaces import OwnPlace, own_places
from marsad.knowledge.place import PLACE_KINDS, Place, distance
from marsad.knowledge.store import Knowledge

__all__ = [
    "PLACE_KINDS",
    "Gazetteer",
    "Knowledge",
    "KnowledgeError",
    "KnownActor",
    "OwnPlace",
    "Place",
    "Term",
    "distance",
    "own_places",
]

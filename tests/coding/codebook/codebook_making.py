"""A small codebook, trained once for all tests: hostages who are let go, told apart from what else is done to them."""

from __future__ import annotations

from functools import cache
from unittest import mock

from marsad.coding.codebook import Training, train
from marsad.coding.codebook.cases import background
from marsad.ontology import Codebook, Example, UserType

__all__ = ["EXAMPLES", "NEAR", "book", "trained"]

EXAMPLES = (
    "The kidnappers freed two aid workers after eleven weeks.",
    "All the hostages were released on Friday in exchange for prisoners.",
    "The group let the abducted engineers go at the border.",
    "A kidnapped priest was set free unharmed near the monastery.",
    "Militants released five of the captives whom they had taken from a bus.",
    "Two journalists held hostage since March walked free on Sunday.",
    "The rebels handed over nine hostages to the Red Cross.",
    "A nurse who had been abducted from her clinic was freed by her captors.",
    "The gang released the last of the schoolgirls it had kidnapped.",
    "Tribal elders won the freedom of four hostages, who were brought to the capital.",
)
NEAR = (
    "Gunmen kidnapped two aid workers on the road to the camp.",
    "The court released the former minister on bail.",
    "The army freed the town from the rebels after a week.",
    "The hostages' families marched to the ministry.",
    "The group threatened to kill the captives.",
    "The company released its figures on Friday.",
    "Militants took five people from a bus.",
    "The government refused to exchange prisoners.",
)


def book(parent: str | None = "RETREAT", random: bool = False) -> Codebook:
    """The codebook; ``random`` has ordinary sentences for examples, so that there is nothing to learn."""
    yes, no = (background()[80:90], background()[90:98]) if random else (EXAMPLES, NEAR)
    kind = UserType(
        "release of hostages", "Let go, not freed by force.", tuple(map(Example, yes)), tuple(map(Example, no)), parent
    )
    return Codebook("hostages", (kind,))


@cache
def trained(parent: str | None = "RETREAT", random: bool = False) -> Training:
    """The codebook, trained against some of the background."""
    with mock.patch("marsad.coding.codebook.training.background", return_value=background()[:80]):
        return train(book(parent, random))

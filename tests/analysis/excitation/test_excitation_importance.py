"""Draws by adaptive importance sampling: means, spreads and coefficients of densities that are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from marsad.analysis.excitation.importance import LOST, Draws, sampled
from marsad.analysis.excitation.kernel import Floats
from marsad.errors import AnalysisError

CENTRE = np.array([1.0, -2.0, 0.5])
AMONG = np.array([[1.0, 0.8, 0.0], [0.8, 1.0, -0.2], [0.0, -0.2, 0.3]])


@dataclass(frozen=True)
class Normal:
    """A normal distribution whose best coefficient is twice the first dimension; none beyond ``most`` of it."""

    most: float = np.inf
    hills: tuple[float, ...] = (0.0,)
    cells: int = 100_000

    def begin(self, points: Floats) -> Floats:
        return np.zeros((len(points), 1))

    def features(self, points: Floats) -> Floats:
        return points

    def at(self, points: Floats, near: Floats) -> tuple[Floats, Floats]:
        inverse = np.linalg.inv(AMONG)
        each = []
        for hill in self.hills:
            apart = points - CENTRE - hill
            each.append(-np.einsum("ni,ij,nj->n", apart, inverse, apart) / 2)
        heights = np.logaddexp.reduce(each, axis=0)
        return np.where(points[:, 0] <= self.most, heights, LOST), 2 * points[:, :1]


def moments(draws: Draws) -> tuple[Floats, Floats]:
    middle = draws.weights @ draws.points
    apart = draws.points - middle
    return middle, (apart * draws.weights[:, None]).T @ apart


def test_mean_and_spread_of_a_normal_distribution_from_a_guess_far_off() -> None:
    draws = sampled(Normal(), np.array([-1.0, 1.0, 0.0]), np.array([2.0, 2.0, 2.0]))
    middle, among = moments(draws)
    assert draws.effective > 200
    assert middle == pytest.approx(CENTRE, abs=0.15)
    assert among == pytest.approx(AMONG, abs=0.25)
    assert draws.coefficients[:, 0] == pytest.approx(2 * draws.points[:, 0])
    again = sampled(Normal(), np.array([-1.0, 1.0, 0.0]), np.array([2.0, 2.0, 2.0]))
    assert (again.points == draws.points).all()


def test_both_hills_are_found() -> None:
    draws = sampled(Normal(hills=(0.0, 4.0)), CENTRE, np.array([3.0, 3.0, 3.0]))
    far = draws.weights[(draws.points @ np.ones(3)) > CENTRE.sum() + 6].sum()
    assert far == pytest.approx(0.5, abs=0.12)


def test_no_density_anywhere_is_an_error() -> None:
    with pytest.raises(AnalysisError, match="no background explains these counts"):
        sampled(Normal(most=-np.inf), CENTRE, np.ones(3))


def test_where_there_is_no_density_nothing_is_drawn() -> None:
    draws = sampled(Normal(most=1.0), CENTRE, np.ones(3))
    counting = draws.counting()
    assert counting.points[:, 0].max() <= 1.0
    assert counting.weights.sum() == pytest.approx(1)
    assert len(counting.points) < len(draws.points)
    # Of the half that is left, the mean lies .8 standard errors below the middle.
    assert float(counting.weights @ counting.points[:, 0]) == pytest.approx(1 - 0.8, abs=0.12)

"""Probabilities of counts, against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from marsad.analysis.excitation import family as families
from marsad.analysis.excitation.family import Family, Tally
from marsad.analysis.excitation.kernel import Floats

COUNTS = np.array([[0.0, 3.0], [1.0, 12.0], [40.0, 200.0]])
MEANS = np.array([[0.2, 4.0], [1.0, 9.0], [30.0, 260.0]])
SCATTER = np.log(np.array([0.3, 0.05]))


def test_negative_binomial() -> None:
    size = np.exp(-SCATTER)
    known = stats.nbinom(size, size / (size + MEANS))
    assert Tally(COUNTS).log_likelihood(MEANS, SCATTER, "negative-binomial") == pytest.approx(known.logpmf(COUNTS))
    assert families.distribution(COUNTS, MEANS, SCATTER, "negative-binomial") == pytest.approx(known.cdf(COUNTS))
    assert 1 / families.information(MEANS, SCATTER, "negative-binomial") == pytest.approx(known.var())


def test_poisson() -> None:
    known = stats.poisson(MEANS)
    assert Tally(COUNTS).log_likelihood(MEANS, SCATTER, "poisson") == pytest.approx(known.logpmf(COUNTS))
    assert families.distribution(COUNTS, MEANS, SCATTER, "poisson") == pytest.approx(known.cdf(COUNTS))


def test_without_scatter_the_negative_binomial_is_the_poisson() -> None:
    least = np.full(2, families.LEAST_SCATTER)
    tally = Tally(COUNTS)
    poisson = tally.log_likelihood(MEANS, least, "poisson")
    assert tally.log_likelihood(MEANS, least, "negative-binomial") == pytest.approx(poisson, abs=0.05)


def test_no_fewer_than_no_events() -> None:
    assert families.distribution(np.array([[-1.0]]), np.array([[2.0]]), np.zeros(1), "poisson") == 0


@pytest.mark.parametrize("logs", [-12.0, -4.0, 0.5])
def test_slopes_by_the_scatter_are_those_of_small_differences(logs: float) -> None:
    scatter, small = np.full(2, logs), 1e-4
    tally = Tally(COUNTS)

    def at(scatter: Floats) -> Floats:
        return tally.log_likelihood(MEANS, scatter, "negative-binomial")

    first, second = tally.scatter_slopes(MEANS, scatter)
    assert first == pytest.approx((at(scatter + small) - at(scatter - small)) / (2 * small), rel=1e-4, abs=1e-4)
    slopes = [tally.scatter_slopes(MEANS, scatter + move)[0] for move in (small, -small)]
    assert second == pytest.approx((slopes[0] - slopes[1]) / (2 * small), rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("family", ["negative-binomial", "poisson"])
def test_draws_have_the_mean_and_variance(family: Family) -> None:
    generator = np.random.default_rng(5)
    drawn = families.draw(np.full((200_000, 1), 3.0), np.log(np.array([0.5])), family, generator)
    assert drawn.mean() == pytest.approx(3, abs=0.03)
    assert drawn.var() == pytest.approx(3 + 4.5 * (family == "negative-binomial"), rel=0.03)

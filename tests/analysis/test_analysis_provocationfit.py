"""The quick climb ends where the slow one does; intervals lie about both fits; the halves and the ratio."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from marsad.analysis.dyads import Several
from marsad.analysis.excitation import Fitted, fit
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.provocation import provoke
from marsad.analysis.provocationends import Moved, ends
from marsad.analysis.provocationfit import integrated, jointly
from marsad.analysis.provocationhalves import halves
from marsad.analysis.provocationratio import ratio

FIRST, DAYS = date(2020, 1, 1).toordinal(), 500


def series(seed: int, days: int = DAYS) -> Several:
    """Two that drift by themselves; each event of A brings 0.4 more of B a day later."""
    generator = np.random.default_rng(seed)
    walk = np.exp(np.cumsum(generator.normal(0, 0.03, (days, 2)), axis=0))
    first = generator.poisson(1.5 * walk[:, 0] / walk[:, 0].mean())
    second = generator.poisson(walk[:, 1] / walk[:, 1].mean() + 0.4 * np.concatenate([[0], first[:-1]]))
    counts = np.column_stack([first, second]).astype(float)
    return Several(("A", "B"), counts, np.ones(days, bool), FIRST, tuple(counts.sum(axis=0)), 0.0, "actor")


def weights(fitted: Fitted) -> Floats:
    layout = fitted.model.layout
    return fitted.estimate[layout.first_weight : layout.first_delay]


def test_the_quick_climb_ends_where_the_slow_one_does() -> None:
    made = series(1)
    joint, design = jointly(made)
    quick = integrated(joint, design, answers=True)
    slow = fit(made.counts, design, series=made.names, longest=10.0, marginal=True)
    assert weights(quick.fitted) == pytest.approx(weights(slow), abs=0.02)
    assert np.log(quick.fitted.delays) == pytest.approx(np.log(slow.delays), abs=0.1)
    cautious = integrated(joint, design, answers=False)
    assert weights(cautious.fitted)[2] < weights(quick.fitted)[2]  # B after A


def test_ends_reach_about_both_fits_by_fewer_errors_where_they_are_apart() -> None:
    around = np.random.default_rng(1).standard_normal((4000, 3)) * 0.05
    around /= around.std(axis=0) / 0.05
    least, most = Moved(np.array([0.3, 0.3, -0.02]), around), Moved(np.array([0.3, 0.5, 0.01]), around)
    low, high = ends(least, most, 0.95)
    assert low[0] == pytest.approx((0.3**0.5 - 1.96 * 0.05 / (2 * 0.3**0.5)) ** 2, abs=1e-3)
    # Far apart, five of a hundred may be beyond either end: 1.645 errors.
    assert high[1] == pytest.approx((0.5**0.5 + 1.645 * 0.05 / (2 * 0.5**0.5)) ** 2, abs=2e-3)
    assert low[2] == 0
    assert high[2] > 0.01 + 1.645 * 0.05


def test_the_ratio_has_its_interval_from_all_weights_together() -> None:
    around = np.random.default_rng(1).standard_normal((4000, 4)) * 0.05
    moved = Moved(np.array([0.3, 0.0, 0.25, 0.3]), around)
    found = ratio(moved, moved, 2, 0.95)
    assert found.value == pytest.approx(0.3)
    # Both series' own can be less by up to 2.45 errors, together.
    assert found.low == pytest.approx(0.3 - 2.45 * 0.05 / 2**0.5, abs=0.015)
    assert found.high > 0.3 + 1.96 * 0.05 - 0.01


def test_halves_tell_of_a_window() -> None:
    one, other = series(2), series(3)
    quiet = other.counts.copy()
    quiet[:, 1] = np.random.default_rng(9).poisson(1.4, DAYS)
    counts = np.vstack([one.counts, quiet])
    both = Several(("A", "B"), counts, np.ones(2 * DAYS, bool), FIRST, tuple(counts.sum(axis=0)), 0.0, "actor")
    found = provoke(both, draws=300)
    first, second = found.halves
    assert first.found["A", "B"][0] > 0.25
    assert second.found["A", "B"][0] < 0.15
    row = next(row for row in found.rows() if (row.source, row.target) == ("A", "B"))
    assert (row.first_half, row.second_half) == (first.found["A", "B"][0], second.found["A", "B"][0])
    data = found.to_json()["by_half"]
    assert isinstance(data, list)
    assert [half["until"] for half in data] == [first.until, second.until]
    assert halves(series(4, 300), 2.0, 200, 1, 1.96) == ()  # too short

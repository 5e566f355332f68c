from __future__ import annotations

import numpy as np

from marsad.coding.codebook.regression import Doubles, fit, scaling, sigmoid


def made(cases: int = 300, columns: int = 5) -> tuple[Doubles, Doubles, Doubles]:
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(cases, columns))
    true = np.array([[2.0, -1.0, 0.5, 0.0, 0.0], [0.0, 0.0, -2.0, 1.0, 0.0]]).T
    labels = (draw.random((cases, 2)) < sigmoid(rows @ true + 0.3)).astype(np.float64)
    return rows, labels, true


def test_the_loss_is_at_its_minimum() -> None:
    rows, labels, true = made()
    weights = np.ones_like(labels)
    weights[:50, 1] = 0.0
    found = fit(rows, labels, weights, 1.0)
    residual = weights * (sigmoid(rows @ found[:-1] + found[-1]) - labels)
    assert np.abs(rows.T @ residual + found[:-1]).max() < 0.5
    assert np.abs(residual.sum(axis=0)).max() < 0.5
    assert np.abs(found[:-1] - true).max() < 0.5


def test_each_question_is_answered_as_if_it_were_alone() -> None:
    rows, labels, _ = made()
    both = fit(rows, labels, np.ones_like(labels), 1.0)
    alone = fit(rows, labels[:, :1], np.ones((len(rows), 1)), 1.0)
    assert np.allclose(both[:, :1], alone, atol=0.03)


def test_what_weighs_nothing_changes_nothing() -> None:
    rows, labels, _ = made()
    weights = np.ones_like(labels)
    weights[:100] = 0.0
    assert np.allclose(fit(rows, labels, weights, 1.0), fit(rows[100:], labels[100:], weights[100:], 1.0), atol=0.03)


def test_a_higher_penalty_makes_weights_smaller() -> None:
    rows, labels, _ = made()
    weights = np.ones_like(labels)
    sizes = [float(np.abs(fit(rows, labels, weights, penalty)[:-1]).sum()) for penalty in (0.1, 10.0, 1000.0)]
    assert sizes[0] > sizes[1] > sizes[2]


def test_scaled_scores_are_as_often_right_as_they_say() -> None:
    draw = np.random.default_rng(5)
    odds = draw.normal(-1.0, 2.0, 4000)
    labels = (draw.random(4000) < sigmoid(odds)).astype(np.float64)
    slope, offset = scaling(10.0 * odds + 7.0, labels, np.ones(4000))
    chances = sigmoid(slope * (10.0 * odds + 7.0) + offset)
    for low in (0.1, 0.4, 0.7):
        inside = (chances >= low) & (chances < low + 0.2)
        assert abs(chances[inside].mean() - labels[inside].mean()) < 0.05


def test_scores_that_say_nothing_or_all_do_not_break_the_scale() -> None:
    labels = np.array([1.0, 1.0, 0.0, 0.0])
    slope, offset = scaling(np.zeros(4), labels, np.ones(4))
    assert np.isfinite([slope, offset]).all()
    slope, offset = scaling(np.array([-1.0, -2.0, 1.0, 2.0]), labels, np.ones(4))
    assert slope == 0.0, "scores that are wrong way round must not be turned over"
    assert np.isfinite(sigmoid(np.array([-1e9, 0.0, 1e9]))).all()

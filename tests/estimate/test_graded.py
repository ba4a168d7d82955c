"""Ease by degree: what the lists cannot exclude of unlikeness stays in the answer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import check_grad

import dadkhah.estimate as mse
from dadkhah.estimate.graded import _data, _density, graded


def world(spread: float, seed: int, lists: int = 5, people: int = 4000) -> mse.Overlaps:
    kinds = (mse.Kind(share=1.0, least=0.1, most=0.35),)
    design = mse.Design(people=people, lists=lists, kinds=kinds, spread=spread)
    return mse.world(design, seed=seed)


@pytest.mark.parametrize("spread", [0.0, 0.7, 2.0])
def test_the_slope_and_curve_are_those_of_the_density(spread: float) -> None:
    data = _data(world(0.5, 1))
    at = np.array([-1.0, -0.5, -2.0, 0.3, -1.2])
    value = lambda x: _density(x, spread, data)[0]  # noqa: E731 two short functions of one point
    slope = lambda x: _density(x, spread, data)[1]  # noqa: E731
    assert check_grad(value, slope, at) < 1e-3 * np.abs(slope(at)).max()
    curve = _density(at, spread, data)[2]
    for j in range(5):
        step = np.zeros(5)
        step[j] = 1e-5
        numeric = -(slope(at + step) - slope(at - step)) / 2e-5
        assert numeric == pytest.approx(curve[j], rel=1e-4, abs=1e-2)


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0, 1.5])
def test_the_truth_is_held_when_ease_is_spread_by_degree(spread: float) -> None:
    held = 0
    for seed in range(12):
        found = graded(world(spread, seed), seed=1)
        held += found.low <= 4000 <= found.high
        assert found.draws is not None
    assert held >= 9


def test_the_spread_is_found() -> None:
    assert graded(world(1.5, 3), seed=1).detail["spread"] == pytest.approx(1.5, abs=0.3)
    assert graded(world(0.0, 3), seed=1).detail["spread"] < 0.4


def test_with_no_spread_it_is_the_model_of_independent_lists() -> None:
    table = world(0.0, 4, people=200_000)
    found = graded(table, seed=1)
    assert found.low < 200_000 < found.high
    assert found.high / found.low < 1.1


def test_the_same_seed_gives_the_same_draws() -> None:
    table = world(0.8, 5)
    first, second = graded(table, seed=4), graded(table, seed=4)
    assert first.draws is not None
    assert np.array_equal(first.draws, second.draws)

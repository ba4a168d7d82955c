"""What many parts say at once is what each says alone."""

from __future__ import annotations

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.graded import _data, _density
from dadkhah.estimate.parts import density, parts_of, seen


def world(seed: int, lists: int = 4) -> mse.Overlaps:
    kinds = (mse.Kind(share=1.0, least=0.1, most=0.35),)
    return mse.world(mse.Design(people=500, lists=lists, kinds=kinds, spread=0.7), seed=seed)


@pytest.mark.parametrize("spread", [0.0, 0.8])
def test_density_slope_and_curve_are_those_of_one_table(spread: float) -> None:
    tables, at = [world(1), world(2)], np.array([[-1.0, -0.5, -2.0, 0.3], [0.2, -1.5, -1.0, -0.7]])
    value, slope, curve = density(at, spread, parts_of(tables))
    for row, table in enumerate(tables):
        alone, steep, bent = _density(at[row], spread, _data(table))
        prior = 1.0 / (1.0 + np.exp(-at[row]))
        flat = (at[row] - 2.0 * np.logaddexp(0.0, at[row])).sum()
        assert value[row] == pytest.approx(alone - flat)
        assert slope[row] == pytest.approx(steep - 1.0 + 2.0 * prior)
        assert curve[row] == pytest.approx(bent - np.diag(2.0 * prior * (1.0 - prior)))


def test_a_list_that_could_not_list_in_a_part_says_nothing_there() -> None:
    full, less = world(1, lists=4), mse.drop_list(world(2, lists=4), "L4")
    data = parts_of([full, less])
    assert data.open[1].tolist() == [1.0, 1.0, 1.0, 0.0]
    at = np.full((2, 4), -1.0)
    value, slope, curve = density(at, 0.5, data)
    apart = density(np.full((1, 3), -1.0), 0.5, parts_of([less]))
    assert value[1] == pytest.approx(apart[0][0])
    assert slope[1, :3] == pytest.approx(apart[1][0])
    assert slope[1, 3] == 0.0
    assert curve[1, 3] == pytest.approx(np.zeros(4))


def test_the_chances_of_no_list_and_of_one_are_those_of_independence_without_spread() -> None:
    rates = np.array([0.2, 0.5, 0.1])
    levels = np.log(rates / (1.0 - rates))[None, :]
    none, once = seen(levels, np.ones((1, 3)), 0.0)
    quiet = (1.0 - rates).prod()
    assert none[0] == pytest.approx(quiet)
    assert once[0] == pytest.approx(quiet * (rates / (1.0 - rates)).sum())

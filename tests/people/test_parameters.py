"""Draws of the parameters: about what was trained, as open as the data leave them."""

from __future__ import annotations

import numpy as np
import pytest

from dadkhah.people.parameters import TABLES, draw_parameters

CHANCES = {
    "name": ((0.01, 0.09, 0.1, 0.1, 0.3, 0.4), (0.99, 0.004, 0.003, 0.001, 0.001, 0.001)),
    "sex": ((0.01, 0.99), (0.4, 0.6)),
}


def test_the_first_table_is_as_trained() -> None:
    ratios, priors = draw_parameters(CHANCES, 1e-3, 1e6, 1500, 1)
    assert ratios.shape == (TABLES + 1, 2, 6)
    assert ratios[0, 1, :2] == pytest.approx(np.log([0.01 / 0.4, 0.99 / 0.6]))
    assert priors[0] == pytest.approx(np.log(1e-3 / (1 - 1e-3)))


def test_fewer_pairs_leave_more_open() -> None:
    few, many = (
        draw_parameters(CHANCES, 1e-3, total, 10**6, 1)[0][1:, 1, 0].std() for total in (2e4, 2e9)
    )
    assert few > many > 0


def test_a_seed_gives_the_same_tables() -> None:
    one, two = (draw_parameters(CHANCES, 1e-3, 1e6, 1500, 4)[0] for _ in range(2))
    assert (one == two).all()

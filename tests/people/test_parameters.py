"""Draws of the parameters: about what was trained, as open as the data leave them."""

from __future__ import annotations

import numpy as np
import pytest

from dadkhah.people.doubt import Detail
from dadkhah.people.parameters import TABLES, draw_parameters, weigh_given, with_persons
from dadkhah.people.seen import Seen

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


def test_the_lowest_level_of_a_name_is_drawn_from_all_pairs() -> None:
    """A hundred pairs of unlike names agree as only one person's do: then it is not so rare."""
    chances = {
        "name": ((0.001, 0.099, 0.1, 0.1, 0.3, 0.4), (0.995, 0.001, 0.001, 0.001, 0.001, 0.001)),
        "sex": ((0.05, 0.95), (0.99999, 0.00001)),
    }
    levels = {
        "name": np.array([0, 0], dtype=np.int8), "sex": np.array([0, 1], dtype=np.int8)
    }  # fmt: skip

    def lowest(agreeing: float) -> float:
        pairs = np.array([1e6, agreeing])
        seen = Seen(levels=levels, pairs=pairs, mentions=1500, persons=500, alone=100)
        ratios, _ = draw_parameters(chances, 1e-3, 1e6, 1500, 1, seen)
        return float(np.exp(ratios[1:, 0, 0]).mean())

    assert lowest(10.0) < lowest(100.0)
    assert lowest(10.0) < 0.02 < lowest(100.0)


def test_the_weight_of_another_given_name_follows_the_pairs() -> None:
    given = np.array([0, 3, 0, 3], dtype=np.int8)
    chance = np.array([0.99, 0.99, 0.01, 0.01])
    rare = weigh_given(given, chance, np.array([10, 990, 500, 500]))
    common = weigh_given(given, chance, np.array([100, 900, 500, 500]))
    assert rare < common < 0


@pytest.mark.parametrize("alone", [5, 50])
def test_a_mention_joins_the_readier_the_fewer_are_named_once(alone: int) -> None:
    """Of 1,000 mentions of 300 people, each of the others is one of 300 and not one of the few."""
    open_ = Detail(
        levels=lambda left, _: np.zeros((len(left), 0), np.int8),
        ratios=np.zeros((TABLES + 1, 0, 1)), priors=np.full(TABLES + 1, -7.0),
    )  # fmt: skip
    seen = Seen(levels={}, pairs=np.zeros(0), mentions=1000, persons=300, alone=alone)
    found = with_persons(open_, 1e-3, seen, 1).priors
    prior = np.log((1000 - alone) / 300 / (alone + 1)) - np.log(1e-3 / 0.999)
    assert found[0] == pytest.approx(-7.0 + prior)
    assert found[1:].std() > 0.0


def test_where_hardly_anybody_is_named_twice_the_prior_stays_that_of_a_pair() -> None:
    open_ = Detail(
        levels=lambda left, _: np.zeros((len(left), 0), np.int8),
        ratios=np.zeros((TABLES + 1, 0, 1)), priors=np.full(TABLES + 1, -7.0),
    )  # fmt: skip
    seen = Seen(levels={}, pairs=np.zeros(0), mentions=1000, persons=999, alone=998)
    assert (with_persons(open_, 1e-3, seen, 1).priors == -7.0).all()

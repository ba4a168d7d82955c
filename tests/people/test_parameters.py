"""Draws of the parameters: about what was trained, as open as the data leave them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from dadkhah.people.doubt import Detail
from dadkhah.people.parameters import (
    TABLES,
    draw_parameters,
    learn_apart,
    weigh_given,
    with_persons,
)
from dadkhah.people.repeats import Repeats
from dadkhah.people.seen import Seen

CHANCES = {
    "name": ((0.01, 0.09, 0.1, 0.1, 0.3, 0.4), (0.99, 0.004, 0.003, 0.001, 0.001, 0.001)),
    "sex": ((0.01, 0.99), (0.4, 0.6)),
}
# One list says as much of two mentions as two lists do.
ANY_LIST = Repeats(lists=np.zeros(0, np.int32), one=0.0, two=0.0)


def seen_of(
    mentions: int,
    persons: int,
    alone: int,
    *,
    levels: Mapping[str, NDArray[np.int8]] | None = None,
    pairs: NDArray[np.float64] | None = None,
) -> Seen:
    """What the mentions of one list show."""
    return Seen(
        levels=levels or {}, pairs=np.zeros(0) if pairs is None else pairs, mentions=mentions,
        persons=persons, alone=alone, lists=np.array([[mentions, persons, 0.0]]),
        apart=np.zeros(0),
    )  # fmt: skip


def without_fields(prior: float) -> Detail:
    """Make what says nothing of any pair but the log prior odds."""
    return Detail(
        levels=lambda left, _: np.zeros((len(left), 0), np.int8),
        ratios=np.zeros((TABLES + 1, 0, 1)),
        priors=np.full(TABLES + 1, prior),
    )


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

    def lowest(agreeing: float, *, relatives: bool = False) -> float:
        pairs = np.array([1e6, agreeing])
        seen = seen_of(1500, 500, 100, levels=levels, pairs=pairs)
        ratios, _ = draw_parameters(chances, 1e-3, 1e6, 1500, 1, seen, relatives=relatives)
        return float(np.exp(ratios[1:, 0, 0]).mean())

    assert lowest(10.0) < lowest(100.0)
    assert lowest(10.0) < 0.02 < lowest(100.0)
    few, many = lowest(1.0, relatives=True), lowest(10_000.0, relatives=True)
    assert 0.0 < many < 0.3 * few
    assert few < 0.02  # few that look like relatives make unlike names no likelier


def test_the_weight_of_another_given_name_follows_the_pairs() -> None:
    given = np.array([0, 3, 0, 3], dtype=np.int8)
    chance = np.array([0.99, 0.99, 0.01, 0.01])
    rare = weigh_given(given, chance, np.array([10, 990, 500, 500]))
    common = weigh_given(given, chance, np.array([100, 900, 500, 500]))
    assert rare < common < 0


@pytest.mark.parametrize("alone", [5, 50])
def test_a_mention_joins_the_readier_the_fewer_are_named_once(alone: int) -> None:
    """Of 1,000 mentions of 300 people, each of the others is one of 300 and not one of the few."""
    open_ = without_fields(-7.0)
    found = with_persons(open_, 1e-3, seen_of(1000, 300, alone), ANY_LIST, 1).priors
    prior = np.log((999 - alone) / 301 / (alone + 1)) - np.log(1e-3 / 0.999)
    assert found[0] == pytest.approx(-7.0 + prior)
    assert found[1:].std() > 0.0


def test_where_hardly_anybody_is_named_twice_the_prior_stays_that_of_a_pair() -> None:
    open_ = without_fields(-7.0)
    assert (with_persons(open_, 1e-3, seen_of(1000, 999, 998), ANY_LIST, 1).priors == -7.0).all()


def test_of_two_lists_without_repeats_the_odds_are_those_over_the_people_who_are_free() -> None:
    """Of 60 and 40 mentions 30 are of people whom the other list names, and 40 stand alone."""
    open_ = without_fields(-9.0)
    lists = np.array([[60.0, 60.0, 1.0], [40.0, 40.0, 1.0]])
    seen = dataclasses.replace(seen_of(100, 70, 40), lists=lists)
    odds = np.exp(with_persons(open_, 1e-4, seen, ANY_LIST, 1).priors[0] + 9.0) * 1e-4 / 0.9999
    free = np.array([70 - 60 + 1, 70 - 40 + 1])
    assert (odds * free / (1 + odds * free)) @ lists[:, 0] == pytest.approx(100 - 41)


def test_a_list_that_repeats_nobody_leaves_fewer_people_free_to_a_mention() -> None:
    open_ = without_fields(-9.0)
    half = np.array([[100.0, 80.0, 0.0], [100.0, 80.0, 0.0]])
    seen = dataclasses.replace(seen_of(200, 120, 40), lists=half)
    rarely = Repeats(lists=ANY_LIST.lists, one=-3.0, two=0.0)
    often, seldom = (
        with_persons(open_, 1e-4, seen, how, 1).priors[0] for how in (ANY_LIST, rarely)
    )
    assert seldom > often


def test_a_copy_teaches_nothing_of_how_often_accounts_differ() -> None:
    """Ten pairs of two lists differ once; ninety of a list and its copy never."""
    levels = {"sex": np.array([0, 1], dtype=np.int8)}
    chances = {"sex": ((0.01, 0.99), (0.5, 0.5))}
    seen = dataclasses.replace(seen_of(110, 60, 10), apart=np.array([10.0, 90.0]))
    m, u = learn_apart(levels, seen, np.array([1.0, 1.0]), chances)["sex"]
    assert m == pytest.approx((10.005 / 101, 90.995 / 101))
    assert u == (0.5, 0.5)


def test_the_lowest_levels_of_a_name_stay_as_trained() -> None:
    levels = {"rarity": np.array([0, 24], dtype=np.int8)}
    m = tuple(np.full(27, 1 / 27).tolist())
    seen = dataclasses.replace(seen_of(110, 60, 10), apart=np.array([50.0, 50.0]))
    found, _ = learn_apart(levels, seen, np.array([0.0, 1.0]), {"rarity": (m, m)})["rarity"]
    assert found[:3] == m[:3]
    assert found[24] > 0.8
    assert sum(found) == pytest.approx(1.0)

"""Strata add up by joint draws; partitions are pooled, and a doubt is never averaged away."""

from __future__ import annotations

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError
from dadkhah.estimate.reasons import reason


def estimate(centre: float, spread: float, seed: int, level: float = 0.95) -> mse.Estimate:
    draws = np.random.default_rng(seed).normal(centre, spread, (1, 4000))
    return mse.Estimate(
        low=float(np.quantile(draws, 0.025)),
        middle=centre,
        high=float(np.quantile(draws, 0.975)),
        level=level,
        documented=int(centre / 2),
        draws=mse.Draws(values=draws, seed=seed),
        findings=(
            mse.Finding(family="a", low=0, middle=centre, high=1, draws=draws.ravel()),
            mse.Finding(family="b", low=0, middle=centre, high=1, draws=draws.ravel() + spread),
        ),
    )


BOUND = mse.AtLeast(
    low=150, level=0.95, documented=100, reasons=(reason("some-hard-to-list", chance="60%"),),
    draws=mse.Draws(values=np.full((1, 100), 160.0), seed=1),
)  # fmt: skip
NOTHING = mse.Refusal(reasons=(reason("no-finite-estimate"),), documented=40)


def test_a_sum_is_narrower_than_the_sum_of_the_ends() -> None:
    summed = mse.total([estimate(1000, 50, 1), estimate(2000, 50, 2)], seed=1)
    assert isinstance(summed, mse.Estimate)
    assert summed.documented == 1500
    assert summed.high - summed.low == pytest.approx(2 * 1.96 * 50 * np.sqrt(2), rel=0.05)


def test_one_bound_makes_the_sum_a_bound_and_a_refusal_adds_its_documented() -> None:
    summed = mse.total([estimate(1000, 50, 1), BOUND, NOTHING], seed=1)
    assert isinstance(summed, mse.AtLeast)
    assert summed.low == pytest.approx(1000 - 1.645 * 50 + 160 + 40, abs=6)
    assert {r.code for r in summed.reasons} == {"some-hard-to-list", "no-finite-estimate"}


def test_refusals_alone_stay_a_refusal() -> None:
    assert isinstance(mse.total([NOTHING, NOTHING]), mse.Refusal)


def test_levels_must_agree_and_something_must_be_given() -> None:
    with pytest.raises(EstimateError) as caught:
        mse.total([estimate(10, 1, 1), estimate(10, 1, 1, level=0.9)])
    assert caught.value.code == "pooling-levels-differ"
    with pytest.raises(EstimateError):
        mse.average([])


def test_an_average_is_as_wide_as_the_partitions_are_apart() -> None:
    pooled = mse.average([estimate(1000, 10, 1), estimate(1400, 10, 2)], seed=1)
    assert isinstance(pooled, mse.Estimate)
    assert pooled.low < 1010
    assert pooled.high > 1390


def test_an_average_of_mostly_bounds_is_a_bound() -> None:
    assert isinstance(mse.average([estimate(1000, 10, 1), BOUND, BOUND]), mse.AtLeast)
    assert isinstance(mse.average([BOUND, NOTHING, NOTHING]), mse.Refusal)


def test_the_width_is_split_into_linkage_models_and_sampling() -> None:
    parts = mse.variance_parts([estimate(1000, 10, 1), estimate(1400, 10, 2)])
    assert parts["linkage"] > 0.9
    assert parts["linkage"] + parts["models"] + parts["sampling"] == pytest.approx(1.0)
    assert mse.variance_parts([NOTHING])["partitions"] == 0

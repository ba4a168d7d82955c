"""The latent-class sampler draws from the published posterior, the same way every time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.kernels import gradient
from dadkhah.estimate.latent import LatentPrior, data_of, prefix_tree, workspace
from dadkhah.estimate.sweeps import gibbs_chain
from dadkhah.estimate.tempering import temper

Published = Callable[[str], mse.Overlaps]


def test_kosovo_gives_the_published_posterior(published: Published) -> None:
    people = mse.sample(published("kosovo_1999"), seed=1, draws=2500).people
    low, middle, high = np.quantile(people, [0.025, 0.5, 0.975])
    assert middle == pytest.approx(10_427, rel=0.03)
    assert low == pytest.approx(9_025, rel=0.05)
    assert high == pytest.approx(13_886, rel=0.08)


@pytest.mark.parametrize("lists", [3, 4, 6])
def test_the_gradient_is_the_slope_of_the_density(lists: int) -> None:
    kinds = (mse.Kind(share=1, least=0.2, most=0.5),)
    table = mse.world(mse.Design(people=3000, lists=lists, kinds=kinds), seed=lists)
    classes, data, work = 4, data_of(table), workspace(table, 4)
    model = (LatentPrior().numbers(), classes, 1.0)
    rng = np.random.default_rng(lists)
    place = rng.normal(size=classes - 1 + lists * classes)
    sizes = rng.normal(2.0, 1.0, classes)
    slope, scratch = np.empty(place.size), np.empty(place.size)
    gradient(place, data, model, sizes, slope, work, True)
    for i in range(place.size):
        step = np.zeros(place.size)
        step[i] = 1e-5
        up = gradient(place + step, data, model, sizes, scratch, work, True)
        down = gradient(place - step, data, model, sizes, scratch, work, True)
        assert slope[i] == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-3)


def test_the_dense_and_the_sparse_form_agree() -> None:
    kinds = (mse.Kind(share=1, least=0.3, most=0.6),)
    table = mse.world(mse.Design(people=5000, lists=6, kinds=kinds), seed=2)
    dense = workspace(table, 3)
    sparse = (*dense[:7], (np.zeros((64, 3)), np.zeros((64, 3)), np.zeros(0), np.zeros(0)))
    model, data = (LatentPrior().numbers(), 3, 1.0), data_of(table)
    place = np.random.default_rng(4).normal(size=2 + 18)
    slopes = [np.empty(20), np.empty(20)]
    values = [
        gradient(place, data, model, np.ones(3), slope, work, True)
        for slope, work in zip(slopes, (dense, sparse), strict=True)
    ]
    assert dense[7][3].size == 64
    assert values[0] == pytest.approx(values[1])
    assert np.allclose(slopes[0], slopes[1])


def test_it_agrees_with_plain_gibbs_where_gibbs_mixes(alike: mse.Overlaps) -> None:
    ours = np.log(mse.sample(alike, seed=1, draws=2000).people)
    data, work = data_of(alike), workspace(alike, 10)
    rng = np.random.default_rng(3)
    state, values = rng.normal(size=49), np.empty((40_000, 3))
    gibbs_chain(state, values, data, (LatentPrior().numbers(), 10, 1.0), work, rng)
    seen = values[4000:, 1]
    theirs = np.log(data[2] + rng.poisson(rng.gamma(data[2], 1.0, seen.size) * (1 - seen) / seen))
    assert ours.mean() == pytest.approx(theirs.mean(), abs=0.01)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.35)


def test_the_same_seed_gives_the_same_draws_whatever_the_threads(alike: mse.Overlaps) -> None:
    one = mse.sample(alike, seed=7, chains=2, draws=100, threads=1)
    two = mse.sample(alike, seed=7, chains=2, draws=100, threads=2)
    assert np.array_equal(one.people, two.people)
    assert not np.array_equal(one.people, mse.sample(alike, seed=8, chains=2, draws=100).people)


def test_a_stopped_run_goes_on_from_where_it_was(alike: mse.Overlaps) -> None:
    told: list[str] = []
    first = mse.sample(alike, seed=7, chains=2, draws=60)
    more = mse.sample(
        alike, seed=7, chains=2, draws=60, resume=first, progress=lambda what, _: told.append(what)
    )
    assert not np.array_equal(first.people, more.people)
    assert told == ["latent classes"] * 2


def test_at_power_zero_the_prior_comes_back(alike: mse.Overlaps) -> None:
    prior = mse.sample(alike, seed=1, chains=2, draws=1500, power=0.0)
    # With four Beta(1, 1) rates in one class the seen share is 1 - product of uniforms, mean
    # 15/16; more classes only average it.
    assert prior.seen.mean() == pytest.approx(15 / 16, abs=0.02)


def test_tempering_gives_the_same_answer(alike: mse.Overlaps) -> None:
    plain = np.log(mse.sample(alike, seed=1, draws=1000).people).mean()
    tempered = np.log(temper(alike, seed=1, chains=2, draws=400).people).mean()
    assert tempered == pytest.approx(plain, abs=0.02)


def test_a_prefix_tree_holds_every_pattern_once() -> None:
    table = mse.Overlaps(lists=("A", "B", "C"), patterns=((1, 1, 1), (0, 1, 1)), counts=(4, 3))
    tree, counts = prefix_tree(table)
    assert tree.tolist() == [[0, 0], [0, 0], [1, 1], [2, 2], [0, 1], [4, 2]]
    assert counts.tolist() == [0, 0, 0, 4, 0, 3]

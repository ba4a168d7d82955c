"""Diagnostics are those of ArviZ, and see chains that disagree."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.diagnostics import (
    bulk_draws,
    modes,
    split_rhat,
    summary,
    tail_draws,
    to_arviz,
)


def chains(correlation: float, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(4, 1000))
    for t in range(1, 1000):
        noise[:, t] += correlation * noise[:, t - 1]
    return noise


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
def test_the_numbers_are_those_of_arviz(correlation: float) -> None:
    draws = chains(correlation)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        import arviz
    assert split_rhat(draws) == pytest.approx(float(arviz.rhat(draws)), rel=1e-6)
    assert bulk_draws(draws) == pytest.approx(float(arviz.ess(draws)), rel=0.02)
    assert tail_draws(draws) == pytest.approx(float(arviz.ess(draws, method="tail")), rel=0.05)


def test_chains_in_different_places_are_seen() -> None:
    draws = chains(0.3)
    draws[2:] += 5.0
    assert split_rhat(draws) > 1.5


def test_two_answers_are_found_and_one_is_left_alone() -> None:
    rng = np.random.default_rng(3)
    both = np.concatenate([rng.normal(50_000, 3000, 2000), rng.normal(140_000, 9000, 2000)])
    first, second = modes(both)
    assert first == pytest.approx(50_000, rel=0.1)
    assert second == pytest.approx(140_000, rel=0.1)
    assert len(modes(np.exp(rng.normal(9.0, 0.3, 4000)))) == 1


def test_draws_go_to_arviz_for_its_plots() -> None:
    data = to_arviz(mse.Draws(values=np.exp(chains(0.1)), seed=1))
    assert data.posterior["people"].shape == (4, 1000)
    assert summary(np.exp(chains(0.1))).chains == 4


def test_a_long_tail_is_not_a_second_answer() -> None:
    rng = np.random.default_rng(5)
    for _ in range(40):
        draws = 2500 + np.exp(rng.normal(6.0, 1.3, (4, 500)))
        assert len(modes(draws)) == 1

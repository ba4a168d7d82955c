"""Log-linear models give the published numbers, and say when they have none."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.loglinear import average, fit, stepwise

Published = Callable[[str], mse.Overlaps]


def pairs(lists: int) -> list[tuple[int, ...]]:
    return list(combinations(range(lists), 2))


@pytest.mark.parametrize(
    ("name", "model", "people"),
    [
        ("kosovo_1999", [], 7395),
        ("kosovo_1999", pairs(4), 14402),
        ("kosovo_1999", [(0, 1, 2), (0, 3), (2, 3)], 10357),
        ("care1_diabetes", pairs(4), 2790),
        ("care1_hav", [], 388),
        ("care1_hav", pairs(3), 1313),
        ("rcapture_hiv", [(0, 1)], 12318.5),
        ("gaza_2024_3lists", [], 66750),
        ("gaza_2024_3lists", pairs(3), 64696),
    ],
)
def test_a_model_gives_its_published_number(
    published: Published, name: str, model: list[tuple[int, ...]], people: float
) -> None:
    assert fit(published(name), [model])[0].people == pytest.approx(people, rel=2e-4, abs=0.5)


def test_stepwise_searches_end_where_the_published_ones_did(published: Published) -> None:
    assert stepwise(published("uk_modern_slavery_6"), criterion="p").people == pytest.approx(
        11418, abs=1
    )
    assert stepwise(published("care1_diabetes")).people == pytest.approx(2771.2, abs=0.1)


def test_a_table_without_a_finite_answer_is_found_out(published: Published) -> None:
    fitted = fit(published("artificial_3"), [[(0, 1)]])
    assert not fitted[0].identified


def test_averaging_holds_the_truth_when_people_are_alike(alike: mse.Overlaps) -> None:
    found = average(alike, seed=1, resamples=200)
    assert found.low < 2000 < found.high
    assert found.draws is not None
    assert np.array_equal(found.draws, average(alike, seed=1, resamples=200).draws)


def test_six_lists_are_searched_step_by_step(published: Published) -> None:
    found = average(published("uk_modern_slavery_6"), seed=1, resamples=60)
    assert 10_000 < found.middle < 14_000
    assert found.detail["models"] < 60
